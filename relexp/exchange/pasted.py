"""People typed or pasted into a page: a table as it comes from a spreadsheet, or simply one person a line."""

from __future__ import annotations

import re

from relexp.exchange.cells import Cells
from relexp.exchange.text_sheets import text_rows
from relexp.messages import FaultsFound, tell
from relexp.roster.headers import Rate, header_place, score

# What stands before each line of a list.
_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
# A first cell that is quoted as a spreadsheet does it, and what follows; a nickname in quotes is no such cell.
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:(?:\t|;|,| [-–—] )(.*))?$')
_WHOLE = re.compile(r'"((?:[^"]|"")*)"')
# What people write between a name and where it comes from. A hyphen inside a name has no spaces around it.
_BETWEEN = re.compile(r"\t|;|,| [-–—] ")


def pasted_sheet(text: str, name: str, rate: Rate = score) -> bytes:
    """The sheet that somebody pasted: with a header as it is, without one as names and whom they came with.

    `name` is what the page calls it; `rate` tells good headings, those of a sign-up sheet unless said otherwise.
    Raises FaultsFound when it is no text that a sheet could hold.
    """
    data = text.encode()
    try:
        rows = text_rows(data, name, rate)
    except FaultsFound as found:
        # A quotation mark that is never closed is no fault in a list of names.
        if any(fault.message.code != "sheet.open_quote" for fault in found.faults):
            raise
        rows = []
    if rows and rate(rows[header_place(rows, rate)]):
        return data
    if any(sum(bool(cell.strip()) for cell in line.split("\t")) > 2 for line in text.splitlines()):
        # What stands in the third column may be nobody's to see: without its heading nobody can tell.
        raise FaultsFound([tell("bring.headings")])
    lines = (_MARK.sub("", line) for line in text.splitlines())
    people = [_parts(line) for line in lines if line.strip()]
    return Cells.new(("name", "organisation"), tuple(people)).to_bytes()


def _parts(line: str) -> tuple[str, str]:
    """A name and where it comes from. What stands in quotation marks as a whole is one of them, commas and all."""
    if quoted := _QUOTED.match(line):
        return quoted[1].replace('""', '"').strip(), _unquoted(quoted[2] or "")
    name, *rest = _BETWEEN.split(line, maxsplit=1)
    return name.strip(), _unquoted(rest[0]) if rest else ""


def _unquoted(text: str) -> str:
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1].replace('""', '"').strip() if whole else text.strip()
