"""Whom a person could best change places with in a round, by a glance at their two conversations alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from relexp.pairing.draft import NOBODY, Draft, trio_shares
from relexp.pairing.evening import Round
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Repeats

Group = tuple[int, ...]
# Rules broken and meetings within one group, the fewer the better; then the difference, the more the better.
Look = tuple[int, int, float]


def likely(draft: Draft, round: Round, person: str) -> list[str]:
    """The ids of all whom a person could change places with, the most promising first.

    Nobody, for someone who is not there to talk. A glance sees who may meet and how different they are; rules on
    tables, caps and wishes are for the judge of the change to see.
    """
    room, number = draft.room, round.number - 1
    groups = [tuple(int(one) for one in row if one != NOBODY) for row in draft.tables[number]]
    me = room.place.get(person, NOBODY)
    mine = next((group for group in groups if me in group), None)
    if mine is None:
        return []
    left = tuple(one for one in mine if one != me)
    looks = [
        (_together(draft, (*left, other), (*others, me), (mine, group)), other)
        for group in groups
        if group != mine
        for other, others in _each(group)
        if left or others
    ]
    return [room.ids[other] for _, other in sorted(looks)]


def _each(group: Group) -> Iterator[tuple[int, Group]]:
    for one in group:
        yield one, tuple(other for other in group if other != one)


def _together(draft: Draft, one: Group, other: Group, before: Sequence[Group]) -> Look:
    """How good two conversations would be, instead of those before."""
    now = {pair for group in before for pair in combinations(sorted(group), 2)}
    first, second = _look(draft, one, now), _look(draft, other, now)
    return first[0] + second[0], first[1] + second[1], -(first[2] + second[2])


def _look(draft: Draft, group: Group, now: set[tuple[int, int]]) -> Look:
    """How many rules a conversation would break, its meetings within one group, and its difference."""
    room = draft.room
    pairs = list(combinations(sorted(group), 2))
    again = room.rules.repeats is Repeats.NEVER
    breaks = sum(bool(room.apart[pair] or room.unwished[pair]) for pair in pairs)
    breaks += sum(bool(draft.met[pair] - (pair in now) > 0) for pair in pairs) if again else 0
    same = sum(bool(table[pair]) for table in room.same for pair in pairs)
    if len(group) < 3:
        alone = [pair for pair in pairs if room.alone_bad(*(np.array([one]) for one in pair))[0, 0]]
        return breaks + len(alone), same, sum(float(room.exact[pair]) for pair in pairs)
    seats = tuple(np.array([one]) for one in group)
    breaks += int(lonely_minor(room, *seats)[0]) + int(room.sided and lopsided(room, *seats)[0])
    return breaks, same, sum(float(share[0]) for share in trio_shares(room, room.exact, *seats)) / 2
