"""The lines that were shared after the rounds: for whoever leads to read, and to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from relexp.apps.html import join, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.store.written import Line, Written
from relexp.weave.held import Held

# A line to choose is known by how it begins.
_BEGINNING = 60


class LinesPanel(ipywidgets.VBox):
    """Every line below its round; `offer` brings those of other gatherings."""

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None]) -> None:
        self._speak = speak
        self._written: Written | None = None
        self._gatherings: Sequence[Held] = ()
        self.list = Fragment()
        self.which = ipywidgets.Dropdown(description=str(say("woven.lines_pick")))
        self.which.add_class("wide")
        self.away = button(str(say("woven.lines_away")), lambda: guard(self._take_away))
        self._tools = row((self.which, self.away))
        super().__init__((self.list, self._tools))

    def offer(self, written: Written, gatherings: Sequence[Held]) -> None:
        """Show the lines of these gatherings."""
        self._written, self._gatherings = written, gatherings
        self._show()

    def _show(self) -> None:
        if self._written is None:
            return
        found = [(held, self._written.lines(held.id)) for held in self._gatherings]
        lines = [line for _, those in found for line in those]
        several = len(self._gatherings) > 1
        lead = tag("p", str(say("woven.lines_lead" if lines else "woven.lines_none")), class_="hint")
        pieces = [tag("h2", str(say("woven.lines"))), lead]
        for held, those in found:
            if several and those:
                pieces.append(tag("h3", typed(held.name)))
            for number in dict.fromkeys(line.round for line in those):
                said = (tag("li", typed(line.text)) for line in those if line.round == number)
                pieces += [tag("p", f"{say('woven.round')} {number}", class_="small"), tag("ul", *said, class_="said")]
        self.list.show(join(pieces))
        self.which.options = [(_begins(line), line.id) for line in lines]
        self.which.index = 0 if lines else None
        show(self._tools, bool(lines))

    def _take_away(self) -> None:
        if self._written is not None and self.which.value is not None:
            self._written.take_back(self.which.value)
            self._show()
            self._speak(str(say("woven.lines_gone")))


def _begins(line: Line) -> str:
    more = "…" if len(line.text) > _BEGINNING else ""
    return f"{line.round}: {line.text[:_BEGINNING]}{more}"
