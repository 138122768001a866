"""People typed or pasted into a page: a table as it comes from a spreadsheet, or simply one person a line."""

from __future__ import annotations

import re

from relexp.exchange.cells import Cells
from relexp.exchange.text_sheets import text_rows
from relexp.messages import FaultsFound, tell
from relexp.roster.headers import header_place, score

# What people write between a name and where it comes from. A hyphen inside a name has no spaces around it.
# What stands before each line of a list.
_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
_BETWEEN = re.compile(r"\t|;|,| [-–—] ")


def pasted_sheet(text: str, name: str) -> bytes:
    """The sheet that somebody pasted: with a header as it is, without one as names and whom they came with.

    `name` is what the page calls it. Raises FaultsFound when it is no text that a sheet could hold.
    """
    data = text.encode()
    rows = text_rows(data, name)
    if rows and score(rows[header_place(rows)]):
        return data
    if any(sum(bool(cell.strip()) for cell in line.split("\t")) > 2 for line in text.splitlines()):
        # What stands in the third column may be nobody's to see: without its heading nobody can tell.
        raise FaultsFound([tell("bring.headings")])
    lines = (_MARK.sub("", line) for line in text.splitlines())
    people = [_BETWEEN.split(line, maxsplit=1) for line in lines if line.strip()]
    return Cells.new(
        ("name", "organisation"),
        tuple((person[0].strip(), person[1].strip() if len(person) > 1 else "") for person in people),
    ).to_bytes()
