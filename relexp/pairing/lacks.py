"""People who have nobody, or too few, to talk with: those who share a cause are told of in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from relexp.messages import Message, listed, say
from relexp.pairing.breaches import sided_rests
from relexp.pairing.room import Bools, Room, open_room, sharing
from relexp.pairing.shortage import shortage
from relexp.roster.rule_names import hidden_columns
from relexp.roster.rules import Odd, Repeats

# More such sentences than this help nobody.
MOST_SENTENCES = 6


def few_partners(room: Room, people: Collection[int], *, told: bool) -> Iterator[Message]:
    """Those of the people who may talk with fewer of the others than they have rounds, the most bound first.

    With `told`, it is said already that the rounds are too many or a group is too large, and nothing is said of those
    who would have partners enough but for that.
    """
    open_to = _may_talk(room, room.unwished)
    without_groups = _may_talk(room, room.history > 0)
    everybody = _may_talk(room, None)
    may_rest = np.array([_some_rest(room, round) for round in range(room.rounds)], dtype=bool)
    found: dict[_Lack, list[int]] = {}
    eased: dict[str, Bools] = {}
    for person in sorted(people):
        lack = _lack(room, person, open_to[person], may_rest)
        if lack is None:
            continue
        of_all = without_groups[person].sum() == everybody[person].sum()
        if not told or not (of_all or _lack(room, person, without_groups[person], may_rest) is None):
            if lack.code == "impossible.partners":
                eased = eased or {column: _may_talk(_without(room, column), room.unwished) for column in _said(room)}
                lack = _by_sharing(room, person, lack, eased, may_rest)
            found.setdefault(lack, []).append(person)
    for lack in sorted(found, key=lambda lack: lack.partners)[:MOST_SENTENCES]:
        yield _sentence(room, lack, found[lack])


def few_for_several(room: Room) -> Iterator[Message]:
    """The smallest group who, between them, may talk with too few of the others in some round."""
    short = shortage(room)
    if short is not None:
        sizes = {"count": len(short.people), "partners": len(short.partners)}
        eased = (column for column in _said(room) if shortage(_without(room, column)) is None)
        column = next(eased, None)
        names = listed([_with_answer(room, person, column) for person in short.people])
        if column is None:
            yield say("impossible.few", round=short.round + 1, people=names, **sizes)
        else:
            header = _header(room, column)
            yield say("impossible.few_share", round=short.round + 1, people=names, column=header, **sizes)


def tight_sharing(room: Room) -> Iterator[Message]:
    """Where no cause is proven: those whom a column that is to be in common leaves with the fewest others, if any."""
    open_to = _may_talk(room, room.unwished).sum(axis=1)
    for column in _said(room):
        eased = _may_talk(_without(room, column), room.unwished).sum(axis=1)
        bound = [int(person) for person in np.argsort(open_to, kind="stable") if open_to[person] < eased[person]]
        few = [person for person in bound if open_to[person] <= room.rounds + 1]
        if few:
            names = listed([_with_answer(room, person, column) for person in few])
            yield say("impossible.share_tight", column=_header(room, column), people=names)


@dataclass(frozen=True, slots=True)
class _Lack:
    """What somebody lacks: the message that says it, what it says besides names, and how many partners are left."""

    partners: int
    code: str
    values: tuple[tuple[str, object], ...]
    column: str = ""


def _may_talk(room: Room, barred: Bools | None) -> Bools:
    """Who may talk with whom, (N, N), where `barred` pairs may not; everybody with everybody where it is None."""
    open_to = np.ones((room.size, room.size), dtype=bool) if barred is None else ~(room.apart & ~room.far) & ~barred
    if room.sided:
        open_to &= room.side[:, None] != room.side[None, :]
    np.fill_diagonal(open_to, False)
    return open_to


def _lack(room: Room, person: int, open_to: Bools, may_rest: Bools) -> _Lack | None:
    talking = room.here & ~room.asked
    seats = talking[person]
    must = seats & ~may_rest
    if room.minor.any() and not (room.sided or room.minor[person] or person in room.guardian[room.minor]):
        # A round in which somebody under 18 may rest lets no adult rest but theirs.
        lonely = seats & (room.rules.odd is Odd.TRIO)
    else:
        lonely = must
    alone = next((round for round in np.nonzero(lonely)[0].tolist() if not (open_to & talking[:, round]).any()), None)
    if alone is not None:
        return _nobody(room, person, alone)
    partners = int((open_to & (talking & seats[None, :]).any(axis=1)).sum())
    if partners < int(must.sum()) and room.rules.repeats is Repeats.NEVER:
        return _Lack(partners, "impossible.partners", (("count", partners), ("rounds", int(seats.sum()))))
    return None


def _nobody(room: Room, person: int, round: int) -> _Lack:
    """Somebody with nobody to talk with: named is the shared column that alone leaves nobody, if one does."""
    others = [int(other) for other in room.talking(round) if other != person]
    for column in _said(room):
        if not sharing(room.roster, column)[person][others].any():
            values = (("round", round + 1), ("column", _header(room, column)))
            return _Lack(0, "impossible.nobody_shares", values, column)
    return _Lack(0, "impossible.nobody", (("round", round + 1),))


def _by_sharing(room: Room, person: int, lack: _Lack, eased: Mapping[str, Bools], may_rest: Bools) -> _Lack:
    """The lack, said of the column that is to be in common where it would be none without that."""
    for column, open_to in eased.items():
        if _lack(room, person, open_to[person], may_rest) is None:
            values = (*lack.values, ("column", _header(room, column)))
            return _Lack(lack.partners, "impossible.partners_share", values, column)
    return lack


def _said(room: Room) -> list[str]:
    """The columns that are to be in common and may be spoken of."""
    hidden = hidden_columns(room.roster, room.rules)
    return [column for column in room.rules.share if column not in hidden]


def _without(room: Room, column: str) -> Room:
    """The room in which nothing has to be in common on a column."""
    share = tuple(each for each in room.rules.share if each != column)
    eased = open_room(room.roster, replace(room.rules, share=share))
    return replace(room, apart=eased.apart | room.far, far=room.far & ~eased.apart)


def _sentence(room: Room, lack: _Lack, people: Sequence[int]) -> Message:
    names = [_with_answer(room, person, lack.column or None) for person in people]
    if len(names) == 1:
        said = {"said": _answer(room, people[0], lack.column)} if lack.column else {}
        return say(lack.code, person=_name(room, people[0]), **said, **dict(lack.values))
    return say(f"{lack.code}_many", number=len(names), people=listed(names), **dict(lack.values))


def _some_rest(room: Room, round: int) -> bool:
    """Whether anybody could rest unasked in a round, so that a lack of partners proves nothing."""
    talking = room.talking(round)
    if room.minor[talking].any() or len(talking) == 1:
        return True
    if room.sided:
        guests = int(room.side[talking].sum())
        return sided_rests(len(talking) - guests, guests, room.one_to_two, room.rules.odd is Odd.TRIO) > 0
    return room.rules.odd is Odd.REST and len(talking) % 2 == 1


def _with_answer(room: Room, person: int, column: str | None) -> str:
    name = _name(room, person)
    return name if column is None else f"{name} ({_answer(room, person, column)})"


def _answer(room: Room, person: int, column: str) -> str:
    written = room.roster[room.ids[person]].values.get(column, "")
    return ", ".join(part.strip() for part in written.split(";"))


def _header(room: Room, column: str) -> str:
    return room.roster.columns.get(column, column)


def _name(room: Room, person: int) -> str:
    return room.roster[room.ids[person]].name
