"""The conversations that the organiser keeps together: planning again leaves them as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.roster.person import Roster
from relexp.roster.rules import Pin


class KeptPanel(ipywidgets.VBox):
    """One line a kept conversation, with a way to let it go; hidden where there is none."""

    def __init__(self, let_go: Callable[[Pin], None]) -> None:
        super().__init__()
        self._let_go = let_go
        self.offer((), Roster(()))

    def offer(self, pins: Sequence[Pin], roster: Roster) -> None:
        """Show these, of people on the sheet, in place of those before."""
        heading = Fragment()
        heading.show(tag("h3", str(say("hand.kept"))))
        lines = [self._line(pin, roster) for pin in sorted(pins, key=lambda pin: pin.round)]
        self.children = (heading, *lines) if lines else ()
        show(self, bool(lines))

    def _line(self, pin: Pin, roster: Roster) -> ipywidgets.Widget:
        people = " & ".join(roster[id].name for id in pin.people)
        words = Fragment()
        words.show(tag("p", sentence(say("hand.kept_line", round=pin.round, people=people))))
        first = " & ".join(roster[id].name.split()[0] for id in pin.people)
        press = button(str(say("hand.let_go_of", round=pin.round, people=first)), lambda: self._let_go(pin))
        return row((words, press))
