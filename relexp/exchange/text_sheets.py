"""Sheets saved as text: which alphabet they were saved in, and what stands between the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re

from relexp.messages import FaultsFound, tell
from relexp.roster.headers import Rate, header_place, score

# Characters that no sheet holds: one for a sheet of one column, where there is nothing to split at, and one that
# stands alone in the very last row.
_NOTHING, _END = "\x1f", "\x1e"
_DELIMITERS = (",", ";", "\t")
# How many rows are looked at to tell what stands between the cells.
_LOOK = 50
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON = re.compile(r"[,;\t\n\r a-zA-Z0-9]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def text_rows(data: bytes, name: str, rate: Rate = score) -> list[list[str]]:
    """The rows of a csv or tsv file, blank ones included, so that the first is row 1 of the spreadsheet.

    `rate` tells good headings: those of a sign-up sheet, unless said otherwise.
    Raises FaultsFound when the bytes are no text, or when a quotation mark swallows the rest of the sheet.
    """
    text = _text(data, name)
    hint = _EXCEL_HINT.match(text)
    if hint:
        # Excel reads this line and does not show it: the row after it is row 1.
        return _split(text[hint.end() :], hint[1], name)
    return _split(text, _delimiter(text, rate), name)


def _text(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, name)
    if b"\0" in data:
        return _sixteen_bits(data, name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    guess = data.decode("utf-8", "replace")
    broken = guess.count("�")
    if sum(not char.isascii() for char in guess) - broken > broken:
        raise FaultsFound([tell("sheet.broken_letters", file=name)])
    return _decoded(data, "cp1252", name)


def _sixteen_bits(data: bytes, name: str) -> str:
    even = data[: len(data) // 2 * 2]
    guesses = [even.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")]
    return _checked(max(guesses, key=lambda guess: len(_COMMON.findall(guess))), name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError:
        raise FaultsFound([tell("sheet.broken_letters", file=name)]) from None


def _checked(text: str, name: str) -> str:
    # A sheet holds no control characters; a picture or a program is full of them.
    if len(_CONTROLS.findall(text)) > len(text) // 100 or "�" in text:
        raise FaultsFound([tell("sheet.not_a_sheet", file=name)])
    return _CONTROLS.sub("", text)


def _delimiter(text: str, rate: Rate) -> str:
    """What stands between the cells: what makes the best headings, then the evenest rows, then the most columns."""
    best = (0, 0.0, 1)
    chosen = _NOTHING
    for delimiter in _DELIMITERS:
        rows = _start(text, delimiter)
        place = header_place(rows, rate)
        header = rows[place] if rows else []
        below = [row for row in rows[place + 1 :] if row]
        even = sum(len(row) == len(header) for row in below) / len(below) if below else 0.0
        found = (rate(header), even, len(header))
        if len(header) > 1 and found > best:
            best, chosen = found, delimiter
    return chosen


def _start(text: str, delimiter: str) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True):
            rows.append([cell.strip() for cell in row])
            if len(rows) >= _LOOK:
                break
    except csv.Error:
        # A cell without end: told when the whole sheet is read.
        pass
    return rows


def _split(text: str, delimiter: str, name: str) -> list[list[str]]:
    # Where a quotation mark is left open, the last line is swallowed with all the others.
    last = [_END]
    lines = io.StringIO(f"{text}\n{_END}", newline="")
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except (csv.Error, TypeError, ValueError):
        raise FaultsFound([tell("sheet.open_quote", row=len(rows) + 1)]) from None
    if rows[-1] != last:
        raise FaultsFound([tell("sheet.open_quote", row=len(rows))])
    return rows[:-1]
