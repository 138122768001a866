"""Spreadsheet files (xlsx, xls, ods): their visible sheets as rows of the text that was typed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from relexp.messages import FaultsFound, tell

Cell = int | float | str | bool | time | date | datetime | timedelta

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A locked xlsx is an old-style container that holds this name in UTF-16.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SHEET_PARTS = re.compile(r"(?i)xl/worksheets/[^/]+\.xml")
_CELL_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
# More cells than any sign-up sheet has, and few enough to hold in memory.
_MOST_CELLS = 8_000_000
_MOST_BYTES = 300_000_000


def workbook_rows(data: bytes, name: str) -> list[list[list[str]]]:
    """Every visible sheet of a workbook as rows of text, blank rows included, so that the first is row 1.

    Numbers read as they were typed (54, not 54.0), dates as ISO. Raises FaultsFound when it cannot be opened.
    """
    _check_size(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        sheets = [book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in visible]
    except PasswordError:
        raise FaultsFound([tell("sheet.password", file=name)]) from None
    except BaseException as error:
        # A damaged file can make the reader itself give up, in a way that is no ordinary exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            code = "sheet.password" if data.startswith(_OLE) and _LOCKED in data else "sheet.not_a_sheet"
            raise FaultsFound([tell(code, file=name)]) from None
        raise
    return [[[typed(cell) for cell in cells] for cells in sheet] for sheet in sheets]


def typed(cell: Cell) -> str:
    """A cell's value as a person would have typed it."""
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


def _check_size(data: bytes, name: str) -> None:
    """Refuses a workbook that would fill the memory: the reader makes room for every cell up to the farthest."""
    if data.startswith(_OLE):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise FaultsFound([tell("sheet.too_big", file=name)])
            for part in parts.namelist():
                if _SHEET_PARTS.fullmatch(part) and _area(parts.read(part)) > _MOST_CELLS:
                    raise FaultsFound([tell("sheet.too_big", file=name)])
            if "xl/workbook.bin" in parts.namelist():
                raise FaultsFound([tell("sheet.not_a_sheet", file=name)])
    except FaultsFound:
        raise
    except Exception:
        raise FaultsFound([tell("sheet.not_a_sheet", file=name)]) from None


def _area(part: bytes) -> int:
    columns: set[bytes] = set()
    last = 0
    for column, row in _CELL_AT.findall(part):
        columns.add(column)
        last = max(last, int(row))
    return last * max(map(_place, columns), default=0)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place
