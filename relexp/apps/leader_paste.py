"""A piece of a spreadsheet that is pasted onto the table: whose cells it is for."""

from __future__ import annotations

import csv
import io

from relexp.apps.leader_table import Corner
from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, heading
from relexp.leadership.headings import ID, scores
from relexp.roster.table import Table
from relexp.roster.words import tidy


def piece(text: str, corner: Corner, board: Board) -> Table | None:
    """The piece as a sheet of the people it lies upon; None where it has headings of its own, or lies over the edge."""
    rows = [[tidy(cell) for cell in row] for row in csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t")]
    ids, columns = corner
    wide = max(map(len, rows))
    if scores(board)(rows[0]) or len(rows) > len(ids) or wide > len(columns):
        return None
    written = [place for place in range(wide) if columns[place] not in DERIVED]
    header = (ID, *(heading(board, columns[place]) for place in written))
    filled = [row + [""] * (wide - len(row)) for row in rows]
    cells = ((id, *(row[place] for place in written)) for id, row in zip(ids, filled, strict=False))
    return Table(header, tuple(enumerate(cells, start=1)))
