"""The sheet on the page, to correct in place: what is changed, taken back, and where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, row, script, show
from relexp.exchange.cells import Cells, History
from relexp.messages import Fault, say
from relexp.roster.headers import columns_of, private_keys
from relexp.roster.table import Table

# What a person may need, as the sign-up template asks for it: a sheet without such a column can have it here.
_NEEDS = {
    key: str(say(f"template.{key}"))
    for key in (
        "organisation",
        "side",
        "languages",
        "under_18",
        "responsible_adult",
        "interpreter_for",
        "fixed_seat",
        "quiet",
        "rest",
    )
}
# A cell is no place for a book.
LONGEST = 2000


class TableWidget(anywidget.AnyWidget):
    """The table as the browser draws it, again whenever `revision` changes; `faults` are [row, column or -1, words].

    `numbers` are those of the rows in the spreadsheet; `only` are the places of the rows to draw, none for all.
    """

    _esm = script("table.js")
    words = traitlets.Dict().tag(sync=True)
    header: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    rows: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    numbers: traitlets.List[int] = traitlets.List().tag(sync=True)
    faults: traitlets.List[list[object]] = traitlets.List().tag(sync=True)
    only: traitlets.List[int] = traitlets.List().tag(sync=True)
    addable: traitlets.List[str] = traitlets.List().tag(sync=True)
    can_undo = traitlets.Bool(False).tag(sync=True)
    can_redo = traitlets.Bool(False).tag(sync=True)
    any_private = traitlets.Bool(False).tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)


class SheetTable(ipywidgets.VBox):
    """One sheet at a time, folded away unless something in it is wrong; `changed` gets the corrected sheet."""

    changed: Callable[[Cells], None]

    def __init__(self, speak: Callable[[str], None]) -> None:
        self._speak = speak
        self.history: History | None = None
        self._faults: tuple[Fault, ...] = ()
        # The rows, by number, that something was wrong in since the sheet was offered; None once all were asked for.
        self._only: set[int] | None = set()
        self.opener = ipywidgets.ToggleButton(value=False, description=str(say("table.open")), tooltip="")
        hint, self.private = Fragment(), Fragment()
        hint.show(tag("p", str(say("table.hint")), class_="hint"))
        self.private.show(tag("p", str(say("table.private")), class_="hint"))
        self.table = TableWidget(words=_words())
        self.table.on_msg(lambda _, said, __: self._heard(said))
        self.body = ipywidgets.VBox((hint, self.private, self.table))
        show(self.body, False)
        self.opener.observe(lambda change: show(self.body, change["new"]), "value")
        super().__init__((row((self.opener,)), self.body))
        self.offer(None)

    def offer(self, table: Table | None, faults: Sequence[Fault] = ()) -> None:
        """Show this sheet in place of the one before, open where something in it is wrong; None for none."""
        show(self, table is not None)
        if table is None:
            self.history = None
            return
        cells = Cells.of(table)
        self.history = History((cells,))
        self.table.revealed = False
        self._only = set()
        self._show(faults)
        if faults:
            self.opener.value = True

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return self.history is not None and self.history.can_undo

    def correct(self, cells: Cells) -> None:
        """Change the sheet as a visitor does who writes into its cells; it can be taken back like any other change."""
        if self.history is not None:
            self.history = self.history.then(cells)
            self._show()
            self.changed(cells)

    def tell(self, faults: Sequence[Fault]) -> None:
        """Say where the corrected sheet is wrong now."""
        self._show(faults)

    def _show(self, faults: Sequence[Fault] | None = None) -> None:
        if self.history is None:
            return
        if faults is not None:
            self._faults = tuple(faults)
        cells = self.history.now
        columns = columns_of(Table(cells.header, tuple(zip(cells.numbers, cells.rows, strict=True))))
        hidden = {place for column in columns if column.key in private_keys(columns) for place in column.places}
        seen = [at for at in range(len(cells.header)) if self.table.revealed or at not in hidden]
        with self.table.hold_sync():
            self.table.header = [{"at": at, "text": cells.header[at]} for at in seen]
            self.table.rows = [[row[at] for at in seen] for row in cells.rows]
            self.table.numbers = list(cells.numbers)
            self.table.faults = [
                self._placed(fault, cells, seen) for fault in self._faults if fault.row in cells.numbers
            ]
            self.table.only = self._places(cells)
            known = {column.key for column in columns}
            self.table.addable = [heading for key, heading in _NEEDS.items() if key not in known]
            self.table.any_private = bool(hidden)
            self.table.can_undo, self.table.can_redo = self.history.can_undo, self.history.can_redo
            self.table.revision += 1
        show(self.private, bool(hidden) and not self.table.revealed)

    def _places(self, cells: Cells) -> list[int]:
        if self._only is None:
            return []
        self._only |= {fault.row for fault in self._faults if fault.row in cells.numbers}
        return [place for place, number in enumerate(cells.numbers) if number in self._only]

    def _placed(self, fault: Fault, cells: Cells, seen: Sequence[int]) -> list[object]:
        at = next((at for at in seen if cells.header[at] == fault.column), -1)
        words = str(fault.message)
        if at < 0 and fault.column in cells.header:
            # It stands in a column that is hidden: nothing could be mended without knowing that.
            words = str(say("table.private_wrong", column=fault.column, reveal=say("table.reveal")))
        return [cells.numbers.index(fault.row or 0), at, words]

    def _heard(self, said: dict[str, object]) -> None:
        """What the browser says: an edit, a row in or out, back or forth. What does not fit the sheet is nothing."""
        if self.history is None:
            return
        try:
            self._do(said)
        except (IndexError, TypeError, ValueError):
            self._show()

    def _do(self, said: dict[str, object]) -> None:
        assert self.history is not None
        before = self.history
        match said:
            case {"edit": [int(row), int(at), str(text)]}:
                self.history = before.then(before.now.with_cell(row, at, text[:LONGEST]))
            case {"remove": int(row)}:
                self.history = before.then(before.now.without_row(row))
                self._speak(str(say("table.removed", row=before.now.numbers[row])))
            case {"add": True}:
                self.history = before.with_row()
                if self._only:
                    self._only.add(self.history.now.numbers[-1])
                self._speak(str(say("table.added")))
            case {"column": str(heading)} if heading in self.table.addable:
                self.history = before.then(before.now.with_column(heading))
                self._speak(str(say("table.column_added", heading=heading)))
            case {"undo": True} if before.can_undo:
                self.history = before.undo()
                self._speak(str(say("table.undone")))
            case {"redo": True} if before.can_redo:
                self.history = before.redo()
                self._speak(str(say("table.redone")))
            case {"all": True}:
                self._only = None
                self._show()
                self._lead_to(0)
                return
            case {"reveal": bool(reveal)}:
                self.table.revealed = reveal
                self._show()
                return
        if self.history.now != before.now:
            self.changed(self.history.now)
        # Where the pressed button was, or where there is something to fill in.
        last = len(self.history.now.rows) - 1
        match said:
            case {"add": True}:
                self._lead_to(last)
            case {"remove": int(row)}:
                self._lead_to(min(row, last))

    def _lead_to(self, row: int) -> None:
        if row >= 0:
            self.table.send({"focus": [row, self.table.header[0]["at"]]})


def _words() -> dict[str, str]:
    codes = ("column", "add", "remove", "undo", "redo", "reveal", "hide", "row", "more")
    return {"table": str(say("table.name")), **{code: say_raw(f"table.{code}") for code in codes}}


def say_raw(code: str) -> str:
    """A sentence whose numbers the browser fills in."""
    return str(say(code, count="{count}"))
