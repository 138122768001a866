"""The list at the door: who is here, who is not yet, who has left, and whoever walks in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import anywidget
import ipywidgets
import traitlets

from relexp.apps.consent_panel import ConsentPanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.walk_in import WalkIn
from relexp.apps.widgets import Fragment, Pick, button, row, script, show
from relexp.gathering.live import lacking_interpreter, roster_of, rules_of
from relexp.gathering.tonight import Guest, Tonight
from relexp.messages import Message, listed, say
from relexp.privacy.roles import Identity
from relexp.roster.mix import mix
from relexp.roster.person import Person
from relexp.store import Store
from relexp.store.gatherings import Gatherings

_WORDS = (
    "find",
    "here",
    "left",
    "back",
    "is_here",
    "has_left",
    "off",
    "nobody",
    "none_expected",
    "none_here",
    "none_left",
    "asked",
)
EXPECTED, HERE, LEFT = range(3)
_VIEWS = ("expected", "here", "left")
# Of fewer than these no mix can be told.
FEWEST = 2


class DoorList(anywidget.AnyWidget):
    """Everybody by name and whom they came with, to be looked up by typing; `pressed` gets who, and whether they go.

    `asked` gets about whom it is asked what they said yes to.

    `states` is where each one is (0 not here yet, 1 here, 2 left), `came` who is here in the order they came, `off` who
    took back that they may be on the plan.
    """

    _esm = script("door.js")
    people: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    came = traitlets.List(traitlets.Unicode()).tag(sync=True)
    off = traitlets.List(traitlets.Unicode()).tag(sync=True)
    view = traitlets.Int(EXPECTED).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, pressed: Callable[[str, bool], None], asked: Callable[[str], None]) -> None:
        words = {word: str(say(f"door.{word}")) for word in _WORDS}
        super().__init__(words=words | {"all": str(say("door.all", count="{count}"))})
        self._pressed, self._asked = pressed, asked
        self.on_msg(self._told)

    def _told(self, widget: object, content: dict[str, object], buffers: object = None) -> None:
        for word, goes in (("come", False), ("go", True)):
            person = content.get(word)
            if isinstance(person, str) and person in self.states:
                self._pressed(person, goes)
        person = content.get("ask")
        if isinstance(person, str) and person in self.states:
            self._asked(person)


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at the door on this page, and how it was before, so that it can be taken back."""

    person: Person
    before: Guest | None


class DoorPanel(ipywidgets.VBox):
    """`guard` runs what somebody did so that a fault is told; `changed` is called when the store has changed."""

    def __init__(
        self, speak: Callable[..., None], guard: Callable[[Callable[[], None]], None], changed: Callable[[], None]
    ) -> None:
        self._speak, self._changed = speak, changed
        self._gatherings: Gatherings | None = None
        self._now: Callable[[], datetime]
        self._tonight: Tonight | None = None
        self._steps: list[Step] = []
        heading, self.mix, self.note = Fragment(), Fragment(), Fragment()
        heading.show(tag("h3", str(say("door.heading")), id="door", tabindex="-1"))
        self.view = Pick(label=str(say("door.view")), options=["", "", ""])
        self.list = DoorList(
            lambda person, goes: guard(lambda: self._pressed(person, goes)),
            lambda person: guard(lambda: self._ask(person)),
        )
        self.consent = ConsentPanel(speak, guard, changed)
        self.view.observe(lambda change: self.list.set_trait("view", change["new"]), "value")
        self.undo = button("", lambda: guard(self._undo))
        self.walk_in = WalkIn(speak)
        self.walk_in.came = lambda person: guard(lambda: self._walked_in(person))
        show(self.undo, False)
        below = (self.consent, row((self.undo,)), self.walk_in, self.note)
        super().__init__((heading, self.mix, self.view, self.list, *below))
        self.add_class("step")

    def serve(self, store: Store, who: Identity | None, now: Callable[[], datetime]) -> None:
        """Note from now on in this store, by this clock, who comes and goes, as whoever leads."""
        self._gatherings, self._now = store.gatherings, now
        self.consent.serve(store.consents, who, now)
        self._steps = []
        show(self.undo, False)

    def show(self, tonight: Tonight) -> None:
        """Show who is here now."""
        self._tonight = tonight
        shown = "organisation" not in tonight.asked.private
        people = [
            [guest.person.id, guest.person.name, guest.person.organisation if shown else ""] for guest in tonight.people
        ]
        here = sorted((guest.came, guest.person.id) for guest in tonight.people if guest.here and guest.came)
        with self.list.hold_sync():
            if people != self.list.people:
                self.list.people = people
            self.list.came = [id for _, id in here]
            self.list.off = [guest.person.id for guest in tonight.people if guest.refused]
            self.list.states = {guest.person.id: _state(guest) for guest in tonight.people}
        self.view.options = [
            str(say(f"door.view_{view}", count=count)) for view, count in zip(_VIEWS, self._counts(), strict=True)
        ]
        self.walk_in.offer(tonight)
        self.consent.look(tonight.id, {guest.person.id for guest in tonight.people})
        self._show_mix(tonight)

    def _show_mix(self, tonight: Tonight) -> None:
        roster = roster_of(tonight, here=True)
        said: list[Message] = []
        if len(roster.talkers) >= FEWEST:
            said.append(mix(roster, rules_of(tonight, roster)).summary)
        if off := sum(guest.here and not guest.takes_part for guest in tonight.people):
            said.append(say("door.off_one") if off == 1 else say("door.off_some", count=off))
        self.mix.show(join(tag("p", sentence(each), class_="lead") for each in said) if said else None)
        lacking = [tonight.names[id] for id in lacking_interpreter(tonight)]
        note = say("door.lacking", names=listed(lacking)) if lacking else None
        self.note.show(tag("p", sentence(note), class_="note") if note else None)

    def _counts(self) -> tuple[int, int, int]:
        states = list(self.list.states.values())
        return states.count(EXPECTED), states.count(HERE), states.count(LEFT)

    def _pressed(self, person: str, goes: bool) -> None:
        guest = self._guest(person)
        if guest is None or guest.here is not goes or self._gatherings is None or self._tonight is None:
            return
        act = self._gatherings.go if goes else self._gatherings.come
        act(self._tonight.id, person, self._now())
        self._done(Step(guest.person, guest), "door.went" if goes else "door.came")
        if not goes and guest.refused:
            name = guest.person.name
            self.consent.ask(self._tonight.id, guest.person, say("consent.not_planned", name=name))

    def _ask(self, person: str) -> None:
        if self._tonight is not None and (guest := self._guest(person)) is not None:
            self.consent.ask(self._tonight.id, guest.person)

    def _walked_in(self, person: Person) -> None:
        if self._gatherings is None or self._tonight is None:
            return
        self._gatherings.walk_in(self._tonight.id, person, self._now())
        self._done(Step(person, None), "door.came")

    def _undo(self) -> None:
        """Take back what was done last at this door."""
        if not self._steps or self._gatherings is None or self._tonight is None:
            return
        step, id = self._steps.pop(), self._tonight.id
        if step.before is None:
            self._take_out(id, step.person.id)
        elif step.before.here:
            self._gatherings.come(id, step.person.id, self._now())
        elif step.before.went is not None:
            self._gatherings.go(id, step.person.id, step.before.went)
        else:
            self._gatherings.not_come(id, step.person.id)
        self._tell("door.undone", step.person)

    def _take_out(self, id: str, person: str) -> None:
        """Whoever walked in by mistake is forgotten; whom a plan has seated already has left, and the plan follows."""
        assert self._gatherings is not None
        assert self._tonight is not None
        rounds = self._tonight.rounds
        if any(person in (*each.people, *round.resting) for round in rounds for each in round.conversations):
            self._gatherings.go(id, person, self._now())
        else:
            self._gatherings.forget(id, person)

    def _done(self, step: Step, code: str) -> None:
        self._steps.append(step)
        self._tell(code, step.person)

    def _tell(self, code: str, person: Person) -> None:
        self._changed()
        expected, here, _ = self._counts()
        self._speak(str(say(code, name=person.name, here=here, expected=expected)))
        show(self.undo, bool(self._steps))
        if self._steps:
            self.undo.description = str(say("door.undo", name=self._steps[-1].person.name))

    def _guest(self, person: str) -> Guest | None:
        people = self._tonight.people if self._tonight else ()
        return next((guest for guest in people if guest.person.id == person), None)


def _state(guest: Guest) -> int:
    if guest.here:
        return HERE
    return LEFT if guest.came is not None else EXPECTED
