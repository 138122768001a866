"""Who sits where in the round that runs, and in the next one."""

from __future__ import annotations

from datetime import datetime

import ipywidgets

from relexp.apps.evening_view import A_SCREENFUL, round_view
from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, Pick, button, row, show
from relexp.gathering.formats import Part
from relexp.gathering.running import BY_THE_CLOCK
from relexp.gathering.tonight import Tonight
from relexp.messages import say
from relexp.pairing.evening import Evening, Round


class SeatsPanel(ipywidgets.VBox):
    """One round at a time, with a name to find."""

    def __init__(self) -> None:
        self._evening = Evening((), {})
        self._rounds: tuple[Round, ...] = ()
        self._most = A_SCREENFUL
        heading, self.seen, self.count = Fragment(), Fragment(), Fragment()
        heading.show(tag("h3", str(say("run.seats_heading")), id="seats", tabindex="-1"))
        self.round = Pick(label=str(say("run.seats_round")))
        self.find = ipywidgets.Text(description=str(say("app.find")), continuous_update=True)
        self.all = button("", self._show_all)
        for control in (self.round, self.find):
            control.observe(lambda _: self._look(), "value")
        controls = row((self.round, self.find))
        controls.add_class("controls")
        super().__init__((heading, controls, self.seen, row((self.count, self.all))))
        self.add_class("step")

    def show(self, tonight: Tonight, now: datetime) -> None:
        """Show the round that runs and the next; what is looked at stays, while it can."""
        running = tonight.running(now)
        there = {round.number: round for round in tonight.rounds}
        current = there.get(running.round) if running.part in BY_THE_CLOCK else None
        coming = there.get(running.round + 1) if running.part is not None and running.part is not Part.CLOSING else None
        rounds = tuple(round for round in (current, coming) if round is not None)
        names = [
            str(say("run.seats_now" if round is current else "run.seats_next", round=round.number)) for round in rounds
        ]
        self._evening, self._rounds = Evening(tonight.rounds, tonight.names), rounds
        if names != self.round.options:
            self.round.options, self.round.value = names, 0
        show(self.round, len(names) > 0)
        self._draw()

    def _look(self) -> None:
        self._most = A_SCREENFUL
        self._draw()

    def _show_all(self) -> None:
        self._most = len(self._evening.names)
        self._draw()

    def _draw(self) -> None:
        if not self._rounds:
            self.seen.show(tag("p", str(say("run.seats_none"))))
            show(self.all, False)
            self.count.show(None)
            return
        find = self.find.value.strip()
        seen = round_view(self._evening, self._rounds[min(self.round.value, len(self._rounds) - 1)], find, self._most)
        self.seen.show(seen.page if seen.found else tag("p", sentence(say("app.found_none", find=find))))
        fewer = seen.shown < seen.found
        self.count.show(
            tag("p", sentence(say("app.found_some", shown=seen.shown, found=seen.found))) if fewer else None
        )
        self.all.description = str(say("app.show_all", found=seen.found))
        show(self.all, fewer)
