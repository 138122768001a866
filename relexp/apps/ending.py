"""The end of a unit: the minutes that it took, a journal, and where to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import ipywidgets

from relexp.apps.desk import Desk
from relexp.apps.html import sentence, tag
from relexp.apps.widgets import WHOLE_LABEL, Fragment, button, minutes_box, row
from relexp.apps.writing_panels import MOST_MINUTES, writing
from relexp.learning.progress import Verb
from relexp.learning.unit import Unit
from relexp.messages import Message, say


class Note(Protocol):
    """What notes that somebody did something in a block."""

    def __call__(self, verb: Verb, block: str, item: str = "", *, minutes: float = 0.0) -> None: ...


class Ending(ipywidgets.VBox):
    """Minutes to note by the block, with Undo of the last; the journal; the way home."""

    def __init__(
        self,
        unit: Unit,
        desk: Desk,
        guard: Callable[[Callable[[], None]], None],
        note: Note,
        speak: Callable[..., None],
    ) -> None:
        self._unit, self._desk, self._note, self._speak = unit, desk, note, speak
        self._last: tuple[str, float] | None = None
        titles = [(block.title, block.id) for block in unit.blocks]
        self.block = ipywidgets.Dropdown(options=titles, description=str(say("unit.which_block")), style=WHOLE_LABEL)
        self.block.add_class("wide")
        self.minutes = minutes_box(str(say("unit.took")), MOST_MINUTES)
        self.note_it = button(str(say("unit.log")), lambda: guard(self._add))
        self.undo = button(str(say("unit.undo")), lambda: guard(self._take_back))
        self.said = Fragment()
        self._place = f"{unit.id}-minutes"
        self.journal = writing(
            desk, unit.id, "journal", str(say("unit.journal")), lambda: None, lines=5, hint=str(say("unit.yours"))
        )
        head, hours, on = Fragment(), Fragment(), Fragment()
        head.show(tag("h2", str(say("unit.journal_head")), id=f"{unit.id}-journal"))
        hours.show(tag("h2", str(say("unit.hours_head"))))
        on.show(tag("p", tag("a", str(say("unit.home")), href="../learn", class_="go-on")))
        boxes = [
            ipywidgets.VBox((head, self.journal)),
            ipywidgets.VBox((hours, row((self.block, self.minutes, self.note_it, self.undo)), self.said)),
            *([on] if desk.keeps else []),
        ]
        for box in boxes:
            box.add_class("step")
        super().__init__(boxes)
        self.add_class("app")
        self.add_class("ending")
        self.look()

    def _add(self) -> None:
        if not self.minutes.value:
            self._tell(str(say("unit.log_none")))
            return
        block, minutes = self.block.value, float(self.minutes.value)
        self.minutes.value = 0
        self._log(block, minutes, last=(block, minutes))

    def _take_back(self) -> None:
        assert self._last is not None
        block, minutes = self._last
        # The log is only ever added to: what was noted by mistake is noted the other way round.
        # The button has nothing to undo any more: whoever pressed it is led to what is noted now.
        self._log(block, -minutes, last=None, go=self._place)

    def _log(self, block: str, minutes: float, last: tuple[str, float] | None, go: str = "") -> None:
        self._last = last
        try:
            self._note(Verb.LOGGED, block, minutes=minutes)
        finally:
            # What cannot be kept yet waits, and is not to be noted again.
            self.look()
        self._speak(str(self._noted()), go)

    def look(self) -> None:
        """Look again at what is noted, here or beside something to go out for."""
        self.undo.disabled = self._last is None
        self.said.show(tag("p", sentence(self._noted()), id=self._place, tabindex="-1"))

    def _noted(self) -> Message:
        taken = self._desk.stands(self._unit).taken
        return say("unit.logged", minutes=f"{taken:g}", planned=self._unit.minutes)

    def _tell(self, text: str) -> None:
        self.said.show(tag("p", text, class_="note"))
        self._speak(text)
