"""What a page keeps, for others than the page: told without what is private, and without somebody who is forgotten."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from relexp.apps.drafts import CORRECTED, Draft, Sheet
from relexp.apps.keep_apart import sealed, unsealed
from relexp.exchange.cells import Cells
from relexp.exchange.evening_json import read_json
from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound
from relexp.roster.headers import columns_of, private_keys
from relexp.roster.identity import make_ids
from relexp.roster.rows import rows_of
from relexp.roster.short_names import shortens
from relexp.roster.words import fold, slug
from relexp.store.seal import Seal


def told(content: bytes) -> str:
    """A draft as json, its sheet without private columns and nobody kept apart; "" for what is no draft of ours."""
    draft = Draft.from_bytes(content)
    if draft is None:
        return ""
    shape = json.loads(replace(draft, apart="", mending=()).to_bytes())
    return json.dumps(shape | {"sheet": _open_columns(draft)}, ensure_ascii=False)


def said_of(content: bytes, name: str) -> dict[str, object]:
    """What a draft says of everybody of that name, for themselves: their rows, where they sit, and what was decided.

    Empty where that is nothing. Nobody else is named in it, and not who is kept apart.
    """
    draft = Draft.from_bytes(content)
    if draft is None:
        return {}
    rows, ids = _rows_of(Sheet(draft.name, draft.sheet, draft.file), name)
    same = [each for each in draft.decisions if each.same and each.second in ids]
    # Whoever was made one with somebody sits under their id.
    ids |= {each.first for each in same}
    found = {
        "rows": [*rows, *(row for sheet in draft.mending for row in _rows_of(sheet, name)[0])],
        "seats": _seats_of(draft, ids),
        "decisions": [
            {"same_person": each.same} for each in draft.decisions if each.first in ids or each.second in ids
        ],
        "looks_after_people": _looks_after(draft.opening, name),
    }
    return {key: value for key, value in found.items() if value}


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
    columns = columns_of(table)
    rows = rows_of(table, columns)
    theirs = {row.number for row in rows if fold(row.name) == fold(name)}
    if not theirs and not _mentions(draft, name):
        return None
    ids = {row.id for row in rows if row.number in theirs} | {*make_ids([(name, "", "")])}
    kept = [(number, row) for number, row in table.rows if number not in theirs]
    by_part = {place for column in columns if column.key == "responsible_adult" for place in column.places}
    cells = tuple((number, tuple(_without(row, name, by_part))) for number, row in kept)
    seal = Seal()
    apart = unsealed(draft.apart, seal)
    met = tuple((file, tuple(pair for pair in pairs if not _about(pair, ids, name))) for file, pairs in draft.met)
    return Draft(
        draft.name,
        Cells.of(replace(table, rows=cells)).to_bytes(),
        CORRECTED,
        draft.rounds,
        tuple(each for each in draft.decisions if not _about((each.first, each.second), ids, name)),
        wishes=draft.wishes,
        # Where the key of then is not here, nobody can say who is in it.
        apart=draft.apart if apart is None else sealed([pair for pair in apart if not _about(pair, ids, name)], seal),
        times=draft.times,
        met=met,
        opening="" if fold(name) in fold(_plain(draft.opening)) else draft.opening,
        spellings="" if fold(name) in fold(draft.spellings) else draft.spellings,
    ).to_bytes()


def _without(row: Sequence[str], name: str, by_part: Collection[int]) -> Iterator[str]:
    """A row without somebody: whoever came with them, or interprets for them, names them, also by a part."""
    for place, cell in enumerate(row):
        named = fold(cell) == fold(name) or (place in by_part and shortens(cell, name))
        yield "" if named else cell


def _rows_of(sheet: Sheet, name: str) -> tuple[list[dict[str, str]], set[str]]:
    """The rows of everybody of that name, each cell by its heading, and their ids."""
    try:
        table = read_table(sheet.content, sheet.file or sheet.name)
    except FaultsFound:
        return [], set()
    theirs = {row.number: row.id for row in rows_of(table, columns_of(table)) if fold(row.name) == fold(name)}
    return [_cells(table.header, row) for number, row in table.rows if number in theirs], set(theirs.values())


def _cells(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """What stands in a row, by heading; under one that stands twice, all of it."""
    cells: dict[str, str] = {}
    for head, cell in zip(header, row, strict=False):
        if cell:
            cells[head] = f"{cells[head]} / {cell}" if head in cells else cell
    return cells


def _seats_of(draft: Draft, ids: Collection[str]) -> list[dict[str, object]]:
    """In which round somebody sits at which table, None where they rest."""
    try:
        evening = read_json(draft.evening.encode(), draft.name)
    except FaultsFound:
        return []
    seats: list[dict[str, object]] = []
    for round in evening.rounds:
        at = [talk.table for talk in round.conversations if not {*talk.people, *talk.interpreters}.isdisjoint(ids)]
        rests = [None for id in round.resting if id in ids]
        seats += [{"round": round.number, "table": table} for table in (*at, *rests)]
    return seats


def _looks_after(opening: str, name: str) -> str:
    """Where somebody is found, as the one who looks after people."""
    try:
        shape = json.loads(opening or "{}")
    except ValueError:
        return ""
    named = isinstance(shape, dict) and fold(str(shape.get("who", ""))) == fold(name)
    return str(shape.get("where") or "yes") if named else ""


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
