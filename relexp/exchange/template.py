"""An empty sign-up sheet: to fill in on a laptop, to send round, or to print and lay on a table by the door."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relexp.messages import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Rows with drop-downs, and rows that print with lines to write on.
_ROWS = 500
_LINES = 30
_YES_NO = "yes,no"
_AGES = "16-24,25-34,35-44,45-54,55-64,65+"
_INK, _TINT = "#1f2a37", "#f3ede2"
_CONSENT = "consent"
_WRAPPED: dict[str, object] = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class _Column:
    # `key` names the heading and the note in the catalogue; `choices` fill the drop-down.
    key: str
    width: int
    choices: str = ""


_COLUMNS = (
    _Column("name", 30),
    _Column("organisation", 30),
    _Column("languages", 24),
    _Column("neighbourhood", 20),
    _Column("age_band", 12, _AGES),
    _Column("under_18", 10, _YES_NO),
    _Column("responsible_adult", 24),
    _Column("interpreter_for", 24),
    _Column("fixed_seat", 10, _YES_NO),
    _Column("quiet", 10, _YES_NO),
    _Column("rest", 14),
    _Column(_CONSENT, 46, _YES_NO),
)


def template_bytes() -> bytes:
    """An empty sign-up sheet as an Excel workbook.

    The headings stay in sight; each has a note in plain words; yes-or-no columns have drop-downs; the consent line
    is the heading of the last column, in full. A second page says how to use the sheet. Nothing on it but what
    people fill in is read as a person.
    """
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet(str(say("template.sheet")))
        _write_headings(book, sheet)
        _write_lines(book, sheet)
        _lay_out_for_paper(sheet)
        _write_help(book, book.add_worksheet(str(say("template.help_sheet"))))
    return data.getvalue()


def _write_headings(book: Workbook, sheet: Worksheet) -> None:
    heading = book.add_format({"bold": True, "bg_color": _TINT, "font_color": _INK, "border": 1} | _WRAPPED)
    consent = book.add_format({"bg_color": _TINT, "font_color": _INK, "border": 1} | _WRAPPED)
    sheet.set_row(0, 62)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(_COLUMNS):
        sheet.write_string(0, place, str(say(f"template.{column.key}")), consent if column.key == _CONSENT else heading)
        note = str(say(f"template.{column.key}_note"))
        sheet.write_comment(0, place, note, {"author": "relexp", "x_scale": 2.2, "y_scale": 1.2, "font_size": 11})
        if column.choices:
            sheet.data_validation(1, place, _ROWS, place, _choices(column))


def _choices(column: _Column) -> dict[str, object]:
    return {
        "validate": "list",
        "source": column.choices.split(","),
        "error_type": "warning",
        "error_title": str(say("template.choose_title")),
        "error_message": str(say("template.choose", choices=column.choices.replace(",", ", "))),
    }


def _write_lines(book: Workbook, sheet: Worksheet) -> None:
    # As text, so that a spreadsheet turns neither "10-12" into a date nor "+44" into a sum.
    cell = book.add_format({"num_format": "@", "valign": "top"})
    lined = book.add_format({"num_format": "@", "border": 1, "border_color": "#b9b2a6"} | _WRAPPED)
    for place, column in enumerate(_COLUMNS):
        sheet.set_column(place, place, column.width, cell)
    for row in range(1, _LINES + 1):
        sheet.set_row(row, 24)
        for place in range(len(_COLUMNS)):
            sheet.write_blank(row, place, None, lined)


def _lay_out_for_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, _LINES, len(_COLUMNS) - 1)
    # A heading or footer of a page is cut by Excel at 255 letters.
    sheet.set_footer(f"&L{say('template.footer')}"[:255])


def _write_help(book: Workbook, sheet: Worksheet) -> None:
    title: Format = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
    body: Format = book.add_format({"font_size": 12, "font_color": _INK} | _WRAPPED)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, str(say("template.help_title")), title)
    lines = [str(say(f"template.help_{number}")) for number in range(1, 8)]
    notes = [f"{say(f'template.{column.key}')}: {say(f'template.{column.key}_note')}" for column in _COLUMNS[:-1]]
    for row, line in enumerate([*lines, *notes], start=2):
        sheet.write_string(row, 0, line, body)
