"""The leadership table as a sheet: to take away, to fill in, and to bring back without a cell of it lost."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from relexp.exchange.pasted import pasted_sheet
from relexp.exchange.sheets import safe, write_csv
from relexp.exchange.tables import read_table
from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, cell, fields, fit, heading, shown
from relexp.leadership.headings import EVIDENCE, ID, plain, scores
from relexp.leadership.leader import Leader, Row
from relexp.messages import FaultsFound, say
from relexp.reflection.one_to_ones import Following
from relexp.roster.headers import Rate
from relexp.roster.table import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The day in the file's properties: always the same, so that the same table gives the same file.
_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_INK, _TINT, _PALE = "#1f2a37", "#f3ede2", "#6b7280"
# The number of a spreadsheet's own format for text.
_TEXT = 49
# An id is to be kept, not to be read.
_NARROW, _WIDEST, _SPARE = 9, 44, 500
# How an xlsx or ods begins, and an xls.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def leaders_csv(board: Board, rows: Sequence[Row], challenges: Mapping[str, str]) -> bytes:
    """The table as csv, in UTF-8 as Excel takes it: ids, all that can be written, then what follows from the evidence.

    `challenges` holds the last one of each leader, by id. The last column is empty: for why a stage has changed.
    """
    sheet = _Grid.of(board, rows, challenges)
    made = io.BytesIO()
    write_csv(made, sheet.header, sheet.cells, marked=True)
    return made.getvalue()


def leaders_xlsx(board: Board, rows: Sequence[Row], challenges: Mapping[str, str]) -> bytes:
    """The same table as a workbook: headings and names stay in sight, stages and followings are chosen from a list.

    Every cell is text, so that a spreadsheet makes a date of no “1-2” and a number of no “0012”.
    """
    import xlsxwriter

    grid = _Grid.of(board, rows, challenges)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _DAY})
        sheet = book.add_worksheet(str(say("lead.sheet")))
        _write(book, sheet, grid)
        _lay_out(sheet, grid)
        _choices(book, sheet, board, grid)
    return file.getvalue()


def read_leaders(data: bytes, name: str, board: Board) -> Table:
    """The rows of a sheet of leaders (csv, tsv, xlsx, xls, ods), its header found by the headings of the table.

    Text without any such heading that is no file (`name` has no ending) is one person a line: their name, and the
    institution after a comma. Raises FaultsFound when it is no sheet.
    """
    rate = scores(board)
    pasted = not PurePath(name).suffix and not data.startswith(_WORKBOOKS)
    try:
        table = read_table(data, name, rate)
    except FaultsFound as found:
        # A quotation mark that is never closed is no fault in a list of names.
        if not pasted or any(fault.message.code != "sheet.open_quote" for fault in found.faults):
            raise
        return _lines(data, name, rate)
    return table if rate(table.header) or not pasted else _lines(data, name, rate)


def _lines(data: bytes, name: str, rate: Rate) -> Table:
    text = data.decode("utf-8-sig", "replace")
    table = read_table(pasted_sheet(text, name, rate), name, rate)
    # Nobody said where they come from: that empties no cell.
    width = 2 if any(cells[1] for _, cells in table.rows) else 1
    # There is no row of headings to count.
    rows = tuple((number - 1, cells[:width]) for number, cells in table.rows)
    return Table(table.header[:width], rows, header_row=0)


@dataclass(frozen=True, slots=True)
class _Grid:
    keys: Sequence[str]
    header: Sequence[str]
    cells: Sequence[Sequence[str]]

    @classmethod
    def of(cls, board: Board, rows: Sequence[Row], challenges: Mapping[str, str]) -> _Grid:
        written = fields(board)
        names = _names([row.leader for row in rows])
        keys = (ID, *written, *DERIVED, EVIDENCE)
        cells = [
            [
                row.leader.id,
                *(_shown(board, row.leader, field, names) for field in written),
                row.met.isoformat() if row.met else "",
                str(row.meetings),
                challenges.get(row.leader.id, ""),
                row.seen.isoformat() if row.seen else "",
                "",
            ]
            for row in rows
        ]
        header = [fit(_heading(board, key)) for key in keys]
        return cls(keys, header, [[fit(text) for text in row] for row in cells])


def _heading(board: Board, key: str) -> str:
    return heading(board, key) if key not in (ID, EVIDENCE) else str(say(f"lead.column_{key}"))


def _names(leaders: Collection[Leader]) -> dict[str, str]:
    """What those are called whose name says who they are; who shares one is told by their id."""
    many = Counter(plain(leader.name) for leader in leaders)
    ids = {leader.id for leader in leaders}
    return {leader.id: leader.name for leader in leaders if many[plain(leader.name)] == 1 and leader.name not in ids}


def _shown(board: Board, leader: Leader, field: str, names: Mapping[str, str]) -> str:
    kept = cell(leader, field)
    return names.get(kept, kept) if field == "developed_by" else shown(board, field, kept, names)


def _write(book: Workbook, sheet: Worksheet, grid: _Grid) -> None:
    look = {"num_format": _TEXT, "text_wrap": True, "valign": "top"}
    head = book.add_format(look | {"bold": True, "bg_color": _TINT, "font_color": _INK, "bottom": 1})
    told = book.add_format(look | {"italic": True, "bg_color": _TINT, "font_color": _PALE, "bottom": 1})
    plain_cell = book.add_format(look)
    pale = book.add_format(look | {"font_color": _PALE, "text_wrap": False})
    aside = (ID, *DERIVED)
    for column, key in enumerate(grid.keys):
        look_of = pale if key in aside else plain_cell
        longest = max((len(cells[column]) for cells in grid.cells), default=0)
        width = _NARROW if key == ID else min(max(longest, len(grid.header[column]), 8) + 2, _WIDEST)
        sheet.set_column(column, column, width, look_of)
        sheet.write_string(0, column, safe(grid.header[column]), told if key in aside else head)
        for row, cells in enumerate(grid.cells, start=1):
            if cells[column]:
                sheet.write_string(row, column, safe(cells[column]), look_of)


def _lay_out(sheet: Worksheet, grid: _Grid) -> None:
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(grid.cells), 1), len(grid.keys) - 1)
    # “0012” is meant as it stands.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _choices(book: Workbook, sheet: Worksheet, board: Board, grid: _Grid) -> None:
    """Lists to choose from, on a page of their own: a name may hold a comma, and all of them more than a list may."""
    name = str(say("lead.sheet_choices"))
    page = book.add_worksheet(name)
    page.very_hidden()
    lists = {
        "stage": [stage.name for stage in board.ladder],
        "following": [shown(board, "following", str(band), {}) for band in Following],
    }
    for place, (key, choices) in enumerate(lists.items()):
        for row, choice in enumerate(choices):
            page.write_string(row, place, safe(choice))
        letter = "AB"[place]
        column = grid.keys.index(key)
        source = f"='{name}'!${letter}$1:${letter}${max(len(choices), 1)}"
        allowed = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": str(say("template.choose_title")),
            "error_message": str(say("lead.sheet_choose")),
        }
        sheet.data_validation(1, column, len(grid.cells) + _SPARE, column, allowed)
