"""What a page keeps, for others than the page: told without what is private, and without somebody who is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace

from relexp.apps.drafts import CORRECTED, Draft
from relexp.exchange.cells import Cells
from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound
from relexp.roster.headers import columns_of, private_keys
from relexp.roster.rows import rows_of
from relexp.roster.words import fold


def told(content: bytes) -> str:
    """A draft as json, its sheet without private columns and nobody kept apart; "" for what is no draft of ours."""
    draft = Draft.from_bytes(content)
    if draft is None:
        return ""
    shape = json.loads(replace(draft, apart="", mending=None).to_bytes())
    return json.dumps(shape | {"sheet": _open_columns(draft)}, ensure_ascii=False)


def forgotten(content: bytes, name: str) -> bytes | None:
    """The draft without the rows of everybody of that name, and without the evening that was planned with them.

    None where they are not in it; b"" where they cannot be told apart from the rest, and all of it has to go.
    """
    draft = Draft.from_bytes(content)
    if draft is None:
        return b"" if fold(name) in fold(content.decode(errors="replace")) else None
    try:
        table = read_table(draft.sheet, draft.file or draft.name)
    except FaultsFound:
        return b"" if fold(name) in fold(draft.sheet.decode(errors="replace")) else None
    theirs = {row.number for row in rows_of(table, columns_of(table)) if fold(row.name) == fold(name)}
    kept = [(number, row) for number, row in table.rows if number not in theirs]
    # Whoever came with them, or interprets for them, names them.
    rows = tuple(tuple("" if fold(cell) == fold(name) else cell for cell in row) for _, row in kept)
    if rows == tuple(row for _, row in table.rows) and draft.mending is None:
        return None
    left = Cells.of(replace(table, rows=tuple(zip((number for number, _ in kept), rows, strict=True))))
    wishes, times = draft.wishes, draft.times
    return Draft(draft.name, left.to_bytes(), CORRECTED, draft.rounds, wishes=wishes, times=times).to_bytes()


def _open_columns(draft: Draft) -> str:
    try:
        table = read_table(draft.sheet, draft.file or draft.name)
    except FaultsFound:
        return ""
    columns = columns_of(table)
    private = private_keys(columns)
    hidden = {place for column in columns if column.key in private for place in column.places}
    places = [place for place in range(len(table.header)) if place not in hidden]
    cells = Cells.of(table)
    rows = tuple(tuple(row[place] for place in places) for row in cells.rows)
    return Cells(tuple(cells.header[place] for place in places), rows, cells.numbers).to_bytes().decode()
