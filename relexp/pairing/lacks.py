"""People who have nobody, or too few, to talk with: those who share a cause are told of in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from relexp.messages import Message, listed, say
from relexp.pairing.breaches import Breach, sided_rests
from relexp.pairing.room import Bools, Room, sharing
from relexp.pairing.shortage import shortage
from relexp.roster.rule_names import hidden_columns
from relexp.roster.rules import Odd, Repeats

# More such sentences than this help nobody.
MOST_SENTENCES = 6


def few_partners(room: Room, broken: Sequence[Breach], *, told: bool) -> Iterator[Message]:
    """People in a breach who may talk with fewer of the others than they have rounds, the most bound first.

    With `told`, it is said already that the rounds are too many or a group is too large, and nothing is said of those
    who would have partners enough but for that.
    """
    open_to = _may_talk(room, room.unwished)
    without_groups = _may_talk(room, room.history > 0)
    everybody = _may_talk(room, None)
    may_rest = np.array([_some_rest(room, round) for round in range(room.rounds)], dtype=bool)
    found: dict[_Lack, list[int]] = {}
    for person in sorted({person for breach in broken for person in breach.people}):
        lack = _lack(room, person, open_to[person], may_rest)
        if lack is None:
            continue
        of_all = without_groups[person].sum() == everybody[person].sum()
        if not told or not (of_all or _lack(room, person, without_groups[person], may_rest) is None):
            found.setdefault(lack, []).append(person)
    for lack in sorted(found, key=lambda lack: lack.partners)[:MOST_SENTENCES]:
        yield _sentence(room, lack, found[lack])


def few_for_several(room: Room) -> Iterator[Message]:
    """The smallest group who, between them, may talk with too few of the others in some round."""
    short = shortage(room)
    if short is not None:
        names = listed([_name(room, person) for person in short.people])
        sizes = {"count": len(short.people), "partners": len(short.partners)}
        yield say("impossible.few", round=short.round + 1, people=names, **sizes)


@dataclass(frozen=True, slots=True)
class _Lack:
    """What somebody lacks: the message that says it, what it says besides names, and how many partners are left."""

    partners: int
    code: str
    values: tuple[tuple[str, object], ...]


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
    alone = next((round for round in np.nonzero(must)[0].tolist() if not (open_to & talking[:, round]).any()), None)
    if alone is not None:
        return _nobody(room, person, alone)
    partners = int((open_to & (talking & seats[None, :]).any(axis=1)).sum())
    if partners < int(must.sum()) and room.rules.repeats is Repeats.NEVER:
        return _Lack(partners, "impossible.partners", (("count", partners), ("rounds", int(seats.sum()))))
    return None


def _nobody(room: Room, person: int, round: int) -> _Lack:
    """Somebody with nobody to talk with: named is the shared column that alone leaves nobody, if one does."""
    others = [int(other) for other in room.talking(round) if other != person]
    for column in room.rules.share:
        heard = sharing(room.roster, column)[person]
        if column not in hidden_columns(room.roster, room.rules) and not heard[others].any():
            header = room.roster.columns.get(column, column)
            return _Lack(0, "impossible.nobody_shares", (("round", round + 1), ("column", header)))
    return _Lack(0, "impossible.nobody", (("round", round + 1),))


def _sentence(room: Room, lack: _Lack, people: Sequence[int]) -> Message:
    names = [_name(room, person) for person in people]
    if len(names) == 1:
        return say(lack.code, person=names[0], **dict(lack.values))
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


def _name(room: Room, person: int) -> str:
    return room.roster[room.ids[person]].name
