"""An id for everybody on a sheet: the same person has the same id on the next one, so that meetings are found again."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Collection, Sequence
from hashlib import blake2b

from relexp.roster.words import fold, slug

_LONGEST = 24
_MARK = 5


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


def _stem(name: str, organisation: str) -> str:
    readable = slug(name, "-") or "person"
    if len(readable) > _LONGEST:
        readable = readable[:_LONGEST].rpartition("-")[0] or readable[:_LONGEST]
    digest = blake2b(f"{fold(name)}\x1f{fold(organisation)}".encode(), digest_size=8).digest()
    return f"{readable}-{b32encode(digest).decode().lower()[:_MARK]}"
