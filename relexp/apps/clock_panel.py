"""Where the evening stands, its clock, and what can be pressed now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.widgets import Fragment, script
from relexp.gathering.formats import Part
from relexp.gathering.live import alone
from relexp.gathering.running import Act, Press, Running, Stage, can_press, holding, pressed, replay
from relexp.gathering.tonight import Scene, Tonight
from relexp.messages import Message, say

_CLOCK_WORDS = ("left", "over", "longer", "stands", "swap", "swapped")


class Clock(anywidget.AnyWidget):
    """A clock that ticks by itself: `left` of `whole` seconds when it was `sent`, `pace` times as fast as others."""

    _esm = script("clock.js")
    shown = traitlets.Bool(False).tag(sync=True)
    left = traitlets.Float(0.0).tag(sync=True)
    whole = traitlets.Float(0.0).tag(sync=True)
    half = traitlets.Bool(False).tag(sync=True)
    stands = traitlets.Bool(False).tag(sync=True)
    pace = traitlets.Int(1).tag(sync=True)
    sent = traitlets.Int(0).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


class Presses(anywidget.AnyWidget):
    """Buttons, of which each press tells what its reader saw (`seen`); `answered` counts those that were dealt with."""

    _esm = script("presses.js")
    main = traitlets.List(traitlets.Dict()).tag(sync=True)
    more = traitlets.List(traitlets.Dict()).tag(sync=True)
    rare = traitlets.List(traitlets.Dict()).tag(sync=True)
    seen = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, took: Callable[[Press, int, str, str], None]) -> None:
        super().__init__(words={"rare": str(say("run.rare"))})
        self._took = took
        self.on_msg(self._told)

    def press(self, press: Press, minutes: int = 0, key: str = "") -> None:
        """Do as somebody does who presses a button as it stands here."""
        self._told(
            self,
            {"press": press.value, "minutes": minutes, "seen": self.seen, "key": key or f"{id(self)}-{next(_KEYS)}"},
        )

    def _told(self, widget: object, content: dict[str, object], buffers: object = None) -> None:
        press, minutes, seen, key = (content.get(part) for part in ("press", "minutes", "seen", "key"))
        try:
            if isinstance(minutes, int) and isinstance(seen, str) and isinstance(key, str) and press in _PRESSES:
                self._took(Press(str(press)), minutes, seen, key[:40])
        finally:
            # Whatever went wrong, the button waits no longer.
            self.answered += 1


_PRESSES = frozenset(press.value for press in Press)
_KEYS = count()


class ClockPanel(ipywidgets.VBox):
    """The first thing on the page that runs the evening; `took` gets what was pressed, what was seen, and its key."""

    def __init__(self, took: Callable[[Press, int, str, str], None]) -> None:
        self.head, self.question = Fragment(), Fragment()
        self.clock = Clock(words={word: str(say(f"clock.{word}")) for word in _CLOCK_WORDS})
        self.presses = Presses(took)
        super().__init__((self.head, self.clock, self.question, self.presses))
        self.add_class("step")
        self.add_class("now")

    def show(self, tonight: Tonight, now: datetime, pace: int, waiting: bool, rehearsing: bool) -> None:
        """Show where it stands; with `waiting` something else on the page is the one main thing to do."""
        scene, running = tonight.scene(now), tonight.running(now)
        self.head.show(head(scene))
        over = scene.stage is Stage.CLOSED and not rehearsing
        self.question.show(_after() if over else _asks(scene, alone(tonight, now)))
        left = scene.left
        with self.clock.hold_sync():
            self.clock.shown = left is not None
            self.clock.left = (left or timedelta()).total_seconds()
            self.clock.whole = running.minutes.total_seconds()
            self.clock.half = scene.part is Part.TALK
            self.clock.stands, self.clock.pace = scene.paused, pace
            self.clock.sent += 1
        main, more, rare = actions(tonight, running, now)
        if waiting:
            main, more = [], [*main, *more]
        with self.presses.hold_sync():
            self.presses.main, self.presses.more, self.presses.rare = main, more, rare
            self.presses.seen = seen(tonight, running)


def _asks(scene: Scene, alone: Sequence[tuple[str, int]]) -> Markup | None:
    """The question, and who needs somebody to talk about it with."""
    pieces = []
    if alone:
        tables = (tag("li", sentence(say("run.at_table", table=table, person=person))) for person, table in alone)
        says, do = (tag("p", str(say(f"run.{key}"))) for key in ("alone", "alone_do"))
        pieces.append(tag("div", says, tag("ul", *tables), do, class_="note"))
    if scene.question:
        pieces.append(tag("p", typed(scene.question), class_="asks"))
    return join(pieces) if pieces else None


def _after() -> Markup:
    """What is there to do once the evening is closed."""
    woven = tag("p", tag("a", str(say("woven.title")), href="weave", class_="button"))
    return join((tag("p", str(say("run.after"))), woven))


def seen(tonight: Tonight, running: Running) -> str:
    """What tells this moment from others to whoever presses: how often was pressed, and the part that goes on."""
    return f"{len(tonight.acts)} {running.round} {running.part or running.stage}"


def head(scene: Scene) -> Markup:
    """What goes on, as a heading, and how far the evening has come."""
    return join(
        (
            tag("p", sentence(_far(scene)), class_="which"),
            tag("h2", sentence(what_goes_on(scene)), id="now", tabindex="-1"),
        )
    )


def _far(scene: Scene) -> Message:
    if scene.stage is Stage.ROUNDS:
        return say("run.round", round=scene.round, rounds=scene.of)
    if scene.stage is Stage.CLOSED:
        return say("run.over")
    if scene.of == 1:
        return say("run.before_one")
    return say("run.before", rounds=scene.of) if scene.of else say("run.before_plan")


def what_goes_on(scene: Scene) -> Message:
    """The part that goes on, in a word or two."""
    if scene.part is None:
        return say("run.closed" if scene.stage is Stage.CLOSED else "run.invited")
    return say(f"run.part_{scene.part}")


Button = dict[str, object]


def actions(tonight: Tonight, running: Running, now: datetime) -> tuple[list[Button], list[Button], list[Button]]:
    """What can be pressed: the one thing that is next, what else is often wanted, and what rarely is."""
    format, rounds = tonight.asked.format, tonight.of
    possible = can_press(running, format, rounds)
    labels: dict[Press, Button] = {}
    for press in possible:
        labels[press] = _button(press, _label(press, running, tonight, now))
    first = next((press for press in _likely(running, tonight) if press in possible), None)
    main = [labels.pop(first)] if first else []
    rare = [labels.pop(press) for press in (Press.CLOSE,) if press in labels]
    if running.part is not Part.CLOSING and running.part not in (Part.PROMPT, Part.TALK, Part.HARVEST):
        # Where nothing runs by the clock there is no hurry to stop it.
        rare = [labels.pop(press) for press in (Press.PAUSE, Press.EXTEND) if press in labels] + rare
    more = [labels[press] for press in _ORDER if press in labels]
    if last := _last(tonight):
        more.append(_button(Press.UNDO, say("run.undo", what=last)))
    return main, more, rare


_ORDER = (Press.WELCOME, Press.START_ROUND, Press.PAUSE, Press.EXTEND, Press.SKIP, Press.OPEN_DOORS, Press.GO_ON)


def _likely(running: Running, tonight: Tonight) -> tuple[Press, ...]:
    """What is most likely wanted next, best first; nothing while a round goes by its clock."""
    if running.paused is not None:
        return (Press.GO_ON,)
    match running.part:
        case None:
            return (Press.OPEN_DOORS,)
        case Part.ARRIVAL:
            return (Press.WELCOME,) if tonight.asked.format.opening else (Press.START_ROUND, Press.WELCOME)
        case Part.OPENING:
            return (Press.SKIP, Press.START_ROUND)
        case Part.MOVE | Part.TEA:
            return (Press.START_ROUND, Press.SKIP)
        case Part.CLOSING:
            return (Press.CLOSE,)
        case _:
            return ()


def _label(press: Press, running: Running, tonight: Tonight, now: datetime) -> Message:
    if press is Press.START_ROUND:
        return say("run.start_round", round=running.round + 1)
    if press is Press.SKIP:
        after = pressed(running, Act(Press.SKIP, now), tonight.asked.format, tonight.of)
        return say(f"run.skip_{after.part}")
    return say(f"run.{press}")


def _button(press: Press, label: Message) -> Button:
    return {"press": press.value, "label": str(label), "minutes": 1 if press is Press.EXTEND else 0}


def _last(tonight: Tonight) -> Message | None:
    """What the last press that holds was, as its button said; the opening of the doors is not taken back."""
    held = holding(tonight.acts, tonight.asked.format, tonight.of)
    if not held or held[-1].press is Press.OPEN_DOORS:
        return None
    return said(held, tonight)


def said(held: tuple[Act, ...], tonight: Tonight) -> Message:
    """What the last of the presses was, in the words of its button."""
    last = held[-1]
    after = replay(held, tonight.asked.format, tonight.of, last.at)
    if last.press is Press.START_ROUND:
        return say("run.start_round", round=after.round)
    return say(f"run.skip_{after.part}" if last.press is Press.SKIP else f"run.{last.press}")
