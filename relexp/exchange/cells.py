"""A sheet being corrected: its cells as texts, every change undone and done again, and the file that it is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from relexp.exchange.sheets import write_csv
from relexp.roster.table import Table


@dataclass(frozen=True, slots=True)
class Cells:
    """The header and the rows of a sheet, each row with as many cells as the header has.

    `numbers` are those that the rows have in the spreadsheet: a row keeps its own whatever comes and goes around it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @classmethod
    def new(cls, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Cells:
        """The cells of a sheet that is written just now: its first row is row 2."""
        return cls(header, tuple(rows), tuple(range(2, 2 + len(rows))))

    @classmethod
    def of(cls, table: Table) -> Cells:
        """The cells of a sheet that was read."""
        return cls(table.header, tuple(cells for _, cells in table.rows), tuple(number for number, _ in table.rows))

    def with_cell(self, row: int, column: int, text: str) -> Cells:
        """The sheet with another text in one cell. Raises IndexError where there is no such cell."""
        cells = list(self.rows[row])
        cells[column] = text
        return replace(self, rows=(*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))

    def with_row(self, number: int) -> Cells:
        """The sheet with an empty row of this number at its end."""
        return replace(self, rows=(*self.rows, ("",) * len(self.header)), numbers=(*self.numbers, number))

    def without_row(self, row: int) -> Cells:
        """The sheet without one of its rows. Raises IndexError where there is no such row."""
        if not 0 <= row < len(self.rows):
            raise IndexError(row)
        rows, numbers = (*self.rows[:row], *self.rows[row + 1 :]), (*self.numbers[:row], *self.numbers[row + 1 :])
        return replace(self, rows=rows, numbers=numbers)

    def with_column(self, heading: str) -> Cells:
        """The sheet with one more column, empty."""
        return replace(self, header=(*self.header, heading), rows=tuple((*row, "") for row in self.rows))

    def to_bytes(self) -> bytes:
        """The sheet as csv, which is read back as it is, each row on the line of its number."""
        made = io.BytesIO()
        write_csv(made, self.header, self._lines())
        return made.getvalue()

    def _lines(self) -> Iterator[tuple[str, ...]]:
        line = 2
        for number, row in zip(self.numbers, self.rows, strict=True):
            yield from ((),) * (number - line)
            # A row of nothing at all would be no line of a csv of one column.
            yield row if any(row) or len(row) > 1 else (" ",)
            line = number + 1


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

    def with_row(self) -> History:
        """The history with an empty row more, of a number that no row has had in it."""
        taken = (number for cells in self.states for number in cells.numbers)
        return self.then(self.now.with_row(1 + max(taken, default=1)))

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
