"""Writing sheets that a spreadsheet opens as they are: what somebody typed never runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from relexp.exchange.whole import write_whole

# A spreadsheet takes a cell that begins like this for a formula. Apostrophes before it count too, so that what was
# written can always be told from what somebody typed.
_RUNS = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")
_NARROWEST, _WIDEST = 8, 60

Cell = str | int | float


def safe(text: str) -> str:
    """A cell as it is written: a leading apostrophe before anything that a spreadsheet would take for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unsafe(text: str) -> str:
    """A cell as it was before `safe`: its apostrophe taken off, where `safe` would have put one."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def write_csv(
    to: Path | BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, marked: bool = True
) -> None:
    """Writes a sheet as csv in UTF-8, safe from formulas, to a file or a stream of bytes.

    It is `marked` as UTF-8 by its first bytes: without them Excel shows accented, Arabic and Bengali names broken.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([_safe_cell(cell) for cell in row] for row in rows)
    _put(to, text.getvalue().encode("utf-8-sig" if marked else "utf-8"))


def write_xlsx(
    to: Path | BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str = "Sheet1"
) -> None:
    """Writes a sheet as an Excel workbook, safe from formulas, to a file or a stream of bytes."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True})
        widths = [len(title) for title in header]
        for place, title in enumerate(header):
            page.write_string(0, place, safe(title), bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, place, safe(cell))
                else:
                    page.write_number(number, place, cell)
                if place < len(widths):
                    widths[place] = max(widths[place], len(str(cell)))
        for place, width in enumerate(widths):
            page.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))
        page.freeze_panes(1, 0)
    _put(to, data.getvalue())


def _safe_cell(cell: Cell) -> Cell:
    return safe(cell) if isinstance(cell, str) else cell


def _put(to: Path | BinaryIO, data: bytes) -> None:
    if isinstance(to, Path):
        write_whole(to, data)
    else:
        to.write(data)
