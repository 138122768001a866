"""Opening a sheet of any common kind: bytes in, rows of text out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relexp.exchange.sheets import unsafe
from relexp.exchange.text_sheets import text_rows
from relexp.exchange.workbooks import workbook_rows
from relexp.messages import FaultsFound, tell
from relexp.roster.headers import Rate, header_place, score
from relexp.roster.table import Table
from relexp.roster.words import tidy

__all__ = ["Table", "best_table", "read_table"]

# A sheet of 10,000 people is about 2 MB; far above that it is some other file.
_MOST_BYTES = 50_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = re.compile(
    rb"\s*(?:%PDF|\x89PNG|\xff\xd8\xff|GIF8|\x1f\x8b|\{\\rtf|<!doctype|<html|<\?xml|[{\[]\s*[\"{\]}])", re.I
)


def read_table(data: bytes, name: str, rate: Rate = score) -> Table:
    """The rows of a sheet: csv, tsv, xlsx, xls or ods, told apart by what is in the file and not by its name.

    Text may be UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. Row numbers are the spreadsheet's.
    `name` is the file's name as the user knows it; `rate` tells good headings, those of a sign-up sheet unless said
    otherwise. Raises FaultsFound when the file is no sheet.
    """
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FaultsFound([tell("sheet.empty", file=name)])
    if len(data) > _MOST_BYTES:
        raise FaultsFound([tell("sheet.too_big", file=name)])
    if data.startswith((_ZIP, _OLE)):
        sheets = workbook_rows(data, name)
    elif _OTHER_FILES.match(data):
        raise FaultsFound([tell("sheet.not_a_sheet", file=name)])
    else:
        sheets = [text_rows(data, name, rate)]
    table = best_table(sheets, rate)
    if table is None:
        raise FaultsFound([tell("sheet.empty", file=name)])
    return table


def best_table(sheets: Sequence[Sequence[Sequence[str]]], rate: Rate = score) -> Table | None:
    """Of the sheets of a file, the one with the best headings, or the first of two alike; None where all are blank."""
    cleaned = [_clean(rows) for rows in sheets]
    rows = max(cleaned, key=lambda rows: _promise(rows, rate), default=[])
    return _table(rows, rate) if any(any(cells) for cells in rows) else None


def _clean(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[tidy(unsafe(cell)) if cell else "" for cell in cells] for cells in rows]


def _promise(rows: Sequence[Sequence[str]], rate: Rate) -> tuple[int, bool]:
    place = header_place(rows, rate)
    return (rate(rows[place]) if rows else 0, any(any(cells) for cells in rows))


def _table(rows: Sequence[Sequence[str]], rate: Rate) -> Table:
    place = header_place(rows, rate)
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if number > place + 1 and any(cells)]
    width = max(_width(cells) for cells in (rows[place], *(cells for _, cells in filled)))
    return Table(
        header=_fit(rows[place], width),
        rows=tuple((number, _fit(cells, width)) for number, cells in filled),
        header_row=place + 1,
    )


def _width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _fit(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(cells[:width]) + ("",) * (width - len(cells))
