"""Workbooks for tests, made part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """An xlsx file with these sheets; None leaves a cell out."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if cell is not None:
                        page.write(row, place, cell)
            if name in hidden:
                page.hide()
    return data.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An ods file with one sheet of text, filled up with repeated blanks as LibreOffice does."""
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    lines = "".join(f"<table:table-row>{''.join(map(_cell, cells))}{blank}</table:table-row>" for cells in rows)
    rest = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    return parts(
        {
            "mimetype": _KIND,
            "META-INF/manifest.xml": _manifest(),
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:body>'
            f'<office:spreadsheet><table:table table:name="People">{lines}{rest}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def parts(named: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return data.getvalue()


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _manifest() -> str:
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    return f'<?xml version="1.0"?><manifest:manifest {space}>{entry}</manifest:manifest>'
