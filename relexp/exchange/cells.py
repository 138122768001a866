"""A sheet being corrected: its cells as texts, every change undone and done again, and the file that it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from relexp.exchange.sheets import write_csv
from relexp.roster.table import Table


@dataclass(frozen=True, slots=True)
class Cells:
    """The header and the rows of a sheet, each row with as many cells as the header has."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, table: Table) -> Cells:
        """The cells of a sheet that was read."""
        return cls(table.header, tuple(cells for _, cells in table.rows))

    def with_cell(self, row: int, column: int, text: str) -> Cells:
        """The sheet with another text in one cell. Raises IndexError where there is no such cell."""
        cells = list(self.rows[row])
        cells[column] = text
        return self._with_rows((*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))

    def with_row(self) -> Cells:
        """The sheet with an empty row at its end."""
        return self._with_rows((*self.rows, ("",) * len(self.header)))

    def without_row(self, row: int) -> Cells:
        """The sheet without one of its rows. Raises IndexError where there is no such row."""
        if not 0 <= row < len(self.rows):
            raise IndexError(row)
        return self._with_rows((*self.rows[:row], *self.rows[row + 1 :]))

    def with_column(self, heading: str) -> Cells:
        """The sheet with one more column, empty."""
        return Cells((*self.header, heading), tuple((*row, "") for row in self.rows))

    def to_bytes(self) -> bytes:
        """The sheet as csv, which is read back as it is: its first row is row 2."""
        made = io.BytesIO()
        # A row of nothing at all would be no line of a csv of one column.
        write_csv(made, self.header, [row if any(row) or len(row) > 1 else (" ",) for row in self.rows])
        return made.getvalue()

    def _with_rows(self, rows: Sequence[tuple[str, ...]]) -> Cells:
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class History:
    """What a sheet was, is, and was before something was undone: `at` is the place of what it is."""

    states: tuple[Cells, ...]
    at: int = 0

    @property
    def now(self) -> Cells:
        """The sheet as it is."""
        return self.states[self.at]

    def then(self, cells: Cells) -> History:
        """The history with one more change; what was undone is gone. A change that changes nothing is none."""
        if cells == self.now:
            return self
        kept = self.states[: self.at + 1][-MOST_STEPS:]
        return History((*kept, cells), len(kept))

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether anything that was taken back can be done again."""
        return self.at < len(self.states) - 1

    def undo(self) -> History:
        """The sheet before its last change."""
        return replace(self, at=max(0, self.at - 1))

    def redo(self) -> History:
        """The sheet with the change that was taken back."""
        return replace(self, at=min(len(self.states) - 1, self.at + 1))


# Further back nobody remembers what it was.
MOST_STEPS = 200
