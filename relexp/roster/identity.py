"""An id for everybody on a sheet: the same person has the same id on the next one, so that meetings are found again."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b

from relexp.roster.person import Roster
from relexp.roster.words import fold, slug

_LONGEST = 24
_MARK = 5
# Stands in the id of somebody who was taken off a corrected sheet, before the number of their row.
_GONE = "\x1f"


def make_ids(people: Sequence[tuple[str, str, str]], taken: Collection[str] = ()) -> tuple[str, ...]:
    """A short readable id for each (name, organisation, anything that tells namesakes apart), none of them in `taken`.

    The same name and organisation give the same id whatever the case, accents, padding and order of the rows.
    Namesakes of one organisation get "-2", "-3" and so on, in the order of what tells them apart, then of the sheet.
    """
    order = sorted(range(len(people)), key=lambda place: (people[place][2], place))
    used = set(taken)
    ids = [""] * len(people)
    for place in order:
        name, organisation, _ = people[place]
        stem = _stem(name, organisation)
        id, count = stem, 1
        while id in used:
            count += 1
            id = f"{stem}-{count}"
        used.add(id)
        ids[place] = id
    return tuple(ids)


def carried(before: Roster, after: Roster) -> Mapping[str, str]:
    """The ids that another spelling gave to people of one sheet, before it was corrected and after: old to new.

    Who stands in the same row is the same person. Somebody whose row was taken out gets an id that nobody else has, and
    their own again once the row is back: otherwise a namesake could come by their seat.
    """
    now = {person.row: person.id for person in after}
    rows = {person.row for person in before}
    ids = {person.id: now.get(person.row, f"{person.id}{_GONE}{person.row}") for person in before}
    gone = {f"{id}{_GONE}{row}": id for row, id in now.items() if row not in rows}
    return {old: new for old, new in (ids | gone).items() if old != new}


def of_before(id: str) -> str:
    """The id that somebody who was taken off a sheet had on it, by which the next sheet may know them again."""
    return id.partition(_GONE)[0]


def _stem(name: str, organisation: str) -> str:
    readable = slug(name, "-") or "person"
    if len(readable) > _LONGEST:
        readable = readable[:_LONGEST].rpartition("-")[0] or readable[:_LONGEST]
    digest = blake2b(f"{fold(name)}\x1f{fold(organisation)}".encode(), digest_size=8).digest()
    return f"{readable}-{b32encode(digest).decode().lower()[:_MARK]}"
