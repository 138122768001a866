"""Planning the evening: how many rounds, the button, how far it has come, a way to stop, and why it cannot be."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.planning import Planning
from relexp.apps.room_view import reasons_page
from relexp.apps.rounds import ROUNDS
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message, say
from relexp.pairing import Impossible
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

Ended = Callable[[Planning, Evening | Exception], None]


class PlanPanel(ipywidgets.VBox):
    """One plan at a time in the making; `asked` are the controls that stand between the rounds and the button."""

    def __init__(self, speak: Callable[..., None], asked: tuple[ipywidgets.Widget, ...]) -> None:
        self._speak = speak
        self.planning: Planning | None = None
        # Not a bounded box: that would change what somebody typed without a word.
        self.rounds = ipywidgets.IntText(value=ROUNDS, description=str(say("app.rounds")))
        heading, hint = Fragment(), Fragment()
        self.note, self.progress, self.reasons = Fragment(), Fragment(), Fragment()
        heading.show(tag("h2", str(say("app.plan_heading"))))
        hint.show(tag("p", str(say("app.rounds_hint")), class_="hint"))
        self.plan = button(str(say("app.plan")), main=True)
        self.stop = button(str(say("app.stop")))
        self.least_bad = button(str(say("app.least_bad")))
        actions = row((self.plan, self.stop))
        below = (actions, self.progress, self.reasons, row((self.least_bad,)))
        super().__init__((heading, self.rounds, self.note, hint, *asked, *below))
        self.add_class("step")
        self.tell(None)
        self.rest()

    def tell(self, note: Message | None) -> None:
        """Say how the evening below, or the number of rounds, does not fit what stands here now."""
        self.note.show(tag("p", sentence(note), class_="note") if note else None)

    def offer(self, words: Message) -> None:
        """What a press of the button would do."""
        self.plan.description = str(words)

    def start(self, roster: Roster, rules: Rules, ended: Ended, *, least_bad: bool) -> None:
        """Plan an evening of these people under these rules; `ended` gets it, or why there is none."""
        self.forget_reasons()
        self.plan.disabled = self.rounds.disabled = True
        show(self.stop, True)
        self._told(0.0)
        self.planning = Planning(roster, rules, least_bad=least_bad, told=self._told, ended=ended)
        self.planning.start()

    def drop(self) -> None:
        """Whatever is in the making is of no use any more."""
        if self.planning is not None:
            self.planning.stop()
        self.planning = None
        self.rest()

    def rest(self) -> None:
        """No plan is in the making."""
        self.plan.disabled = self.rounds.disabled = False
        show(self.stop, False)
        self.progress.show(None)

    def ask_to_stop(self) -> None:
        """Ask for the best so far."""
        if self.planning is None:
            return
        self.planning.stop()
        self.progress.show(tag("p", str(say("app.stopping"))))
        show(self.stop, False)
        self._speak(str(say("app.stopping")))

    def explain(self, impossible: Impossible) -> None:
        """Say why the evening cannot be as asked, and offer the nearest one."""
        self.reasons.show(reasons_page(impossible.causes, impossible.bent))
        show(self.least_bad, True)
        self._speak(str(say("app.impossible")), "reasons")

    def forget_reasons(self) -> None:
        """Why something else could not be is no news any more."""
        self.reasons.show(None)
        show(self.least_bad, False)

    def _told(self, share: float) -> None:
        if self.planning is not None and self.planning.stopped:
            return
        label = tag("label", str(say("app.planning")), for_="progress")
        self.progress.show(join((label, tag("progress", max=100, value=round(100 * share), id="progress"))))
