"""What a page keeps, for others than the page: told without what is private, and without somebody who is forgotten."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from relexp.apps.drafts import CORRECTED, Draft
from relexp.apps.keep_apart import sealed, unsealed
from relexp.exchange.cells import Cells
from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound
from relexp.roster.headers import columns_of, private_keys
from relexp.roster.identity import make_ids
from relexp.roster.rows import rows_of
from relexp.roster.words import fold, slug
from relexp.store.seal import Seal


def told(content: bytes) -> str:
    """A draft as json, its sheet without private columns and nobody kept apart; "" for what is no draft of ours."""
    draft = Draft.from_bytes(content)
    if draft is None:
        return ""
    shape = json.loads(replace(draft, apart="", mending=()).to_bytes())
    return json.dumps(shape | {"sheet": _open_columns(draft)}, ensure_ascii=False)


def forgotten(content: bytes, name: str) -> bytes | None:
    """The draft without everybody of that name: their rows, what others' rows say of them, and what was planned.

    None where they are nowhere in it; b"" where they cannot be told apart from the rest, and all of it has to go. Who
    else is kept apart stays so.
    """
    draft = Draft.from_bytes(content)
    if draft is None:
        return b"" if fold(name) in fold(content.decode(errors="replace")) else None
    try:
        table = read_table(draft.sheet, draft.file or draft.name)
    except FaultsFound:
        return b"" if _mentions(draft, name) else None
    rows = rows_of(table, columns_of(table))
    theirs = {row.number for row in rows if fold(row.name) == fold(name)}
    if not theirs and not _mentions(draft, name):
        return None
    ids = {row.id for row in rows if row.number in theirs} | {*make_ids([(name, "", "")])}
    kept = [(number, row) for number, row in table.rows if number not in theirs]
    # Whoever came with them, or interprets for them, names them.
    cells = tuple((number, tuple("" if fold(cell) == fold(name) else cell for cell in row)) for number, row in kept)
    seal = Seal()
    pairs = [pair for pair in unsealed(draft.apart, seal) or () if not _about(pair, ids, name)]
    met = tuple((file, tuple(pair for pair in pairs if not _about(pair, ids, name))) for file, pairs in draft.met)
    return Draft(
        draft.name,
        Cells.of(replace(table, rows=cells)).to_bytes(),
        CORRECTED,
        draft.rounds,
        tuple(each for each in draft.decisions if not _about((each.first, each.second), ids, name)),
        wishes=draft.wishes,
        apart=sealed(pairs, seal),
        times=draft.times,
        met=met,
        opening="" if fold(name) in fold(_plain(draft.opening)) else draft.opening,
        spellings="" if fold(name) in fold(draft.spellings) else draft.spellings,
    ).to_bytes()


def _mentions(draft: Draft, name: str) -> bool:
    """Whether a name, or an id that was made of it, is anywhere in a draft."""
    told = [value for message in draft.told for value in message.values.values()]
    texts = [
        draft.sheet.decode(errors="replace"),
        *(_plain(each) for each in (draft.evening, draft.by_hand, draft.opening, draft.spellings)),
    ]
    texts += [each.content.decode(errors="replace") for each in draft.mending]
    texts += [str(value) for value in told] + [id for _, pairs in draft.met for pair in pairs for id in pair]
    return any(fold(name) in fold(text) or slug(name, "-") in text for text in texts)


def _about(pair: tuple[str, str], ids: Collection[str], name: str) -> bool:
    """Whether somebody is one of the two: by an id of theirs, or by one that was made of their name."""
    return any(id in ids or id.startswith(f"{slug(name, '-')}-") for id in pair)


def _plain(text: str) -> str:
    """A text of json with its letters as they are written."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False) if text else ""
    except ValueError:
        return text


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
