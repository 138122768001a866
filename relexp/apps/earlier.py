"""Earlier gatherings: who met there does not meet again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.room_view import faults_page
from relexp.apps.widgets import Fragment, SheetChooser, button, row, show
from relexp.exchange.evening_json import read_json
from relexp.exchange.evening_rows import read_csv
from relexp.messages import FaultsFound, say, tell
from relexp.roster.person import Roster


@dataclass(frozen=True, slots=True)
class Earlier:
    """An evening of before, by the name of its file, and everybody who met there."""

    name: str
    pairs: tuple[tuple[str, str], ...]


class EarlierPanel(ipywidgets.VBox):
    """The evenings that were chosen; `changed` is called when there is one more or one less."""

    changed: Callable[[], None]

    def __init__(self, speak: Callable[[str], None]) -> None:
        self.evenings: tuple[Earlier, ...] = ()
        self._roster, self._speak = Roster(()), speak
        heading, self.fault, self.list = Fragment(), Fragment(), ipywidgets.VBox(())
        heading.show(tag("h3", str(say("earlier.heading"))))
        self.fault.show(None)
        words = {"label": str(say("earlier.choose")), "hint": str(say("earlier.hint"))}
        self.file = SheetChooser(**words, accept=".json,.csv", main=False)
        self.file.observe(lambda _: self._read(), "chosen")
        super().__init__((heading, row((self.file,)), self.fault, self.list))

    def offer(self, roster: Roster, evenings: tuple[Earlier, ...]) -> None:
        """Show the evenings that were chosen, and how many pairs of this room met there."""
        self._roster, self.evenings = roster, evenings
        self.list.children = tuple(self._line(evening) for evening in evenings)
        show(self.list, bool(evenings))

    def met_before(self) -> list[list[str]]:
        """Every two people of this room who met at an earlier gathering, in the shape of a rules file."""
        return sorted({tuple(sorted(pair)): list(pair) for each in self.evenings for pair in self._here(each)}.values())

    def _here(self, evening: Earlier) -> list[tuple[str, str]]:
        return [pair for pair in evening.pairs if pair[0] in self._roster and pair[1] in self._roster]

    def _read(self) -> None:
        name, data = self.file.name, self.file.content
        try:
            if self.file.size > self.file.most:
                raise FaultsFound([tell("app.too_big", name=name)])
            found = read_json(data, name) if data.lstrip()[:1] == b"{" else read_csv(data, name)
        except FaultsFound as wrong:
            self.fault.show(faults_page(wrong.faults, name))
            self._speak(str(wrong.faults[0].message))
            return
        self.fault.show(None)
        evening = Earlier(name, tuple(sorted({*found.pairs()})))
        others = tuple(each for each in self.evenings if each.name != name)
        self.offer(self._roster, (*others, evening))
        self._speak(str(say("earlier.found", name=name, pairs=len(self._here(evening)))))
        self.changed()

    def _leave_out(self, evening: Earlier) -> None:
        self.offer(self._roster, tuple(each for each in self.evenings if each is not evening))
        self.changed()

    def _line(self, evening: Earlier) -> ipywidgets.Widget:
        words = Fragment()
        words.show(tag("p", sentence(say("earlier.found", name=evening.name, pairs=len(self._here(evening))))))
        out = button(str(say("earlier.remove")), lambda: self._leave_out(evening))
        out.tooltip = str(say("earlier.remove_one", name=evening.name))
        return row((words, out))
