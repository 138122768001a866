"""Reads one workbook in a process of its own: bytes in, its visible sheets out as rows of text.

A damaged or hostile file can keep the reader busy for ever, fill the memory or end the process. Here that harms nobody.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

Cell = int | float | str | bool | time | date | datetime | timedelta

_MEMORY = 2_000_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A locked xlsx is an old-style container that holds this name in UTF-16.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def visible_sheets(data: bytes) -> list[list[list[str]]]:
    """Every visible sheet as rows of text, blank rows included, so that the first is row 1 of the spreadsheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
    sheets = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names)
    return [[[typed(cell) for cell in cells] for cells in sheet] for sheet in sheets]


def typed(cell: Cell) -> str:
    """A cell's value as a person would have typed it: 54 and not 54.0, a date as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def answer(data: bytes) -> dict[str, object]:
    """What is told to the process that asked: the sheets, or the code of the sentence on why there are none."""
    try:
        return {"sheets": visible_sheets(data)}
    except PasswordError:
        return {"fault": "sheet.password"}
    except CalamineError:
        locked = data.startswith(_OLE) and _LOCKED in data
        return {"fault": "sheet.password" if locked else "sheet.not_a_sheet"}


def _limit_memory() -> None:
    # Not every system lets a process limit itself.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    told = json.dumps(answer(sys.stdin.buffer.read()), ensure_ascii=True)
    sys.stdout.write(told)
