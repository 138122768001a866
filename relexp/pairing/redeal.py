"""A few tables of one round dealt anew: who talks in pairs, in threes, or rests, as well as can be.

Where a room resists (an under-18 without a partner, two who may not meet), a change of partners is not enough: how many
talk in threes, and who rests, has to change with it. Every conversation that the people of these tables could have is
one yes-or-no choice of a small integer program; what it is worth stands in the draft, beside what the search pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from relexp.pairing.deal import Group, as_tables, pinned_conversations, seated
from relexp.pairing.draft import HELD, NOBODY, Draft
from relexp.pairing.integer import Program, Unproven
from relexp.pairing.room import PROTECT, UNWISHED, Floats, Ints
from relexp.pairing.worth import EVENLY, SHARED
from relexp.roster.rules import Odd

# An under-18 without a partner and the adult who rests with them cost more than any threes, and many of them together
# less than one rule of the evening; anybody else's rest costs more than such a rule: better to talk than be left out.
SIT_OUT = 2.0**17
DEAR = 8
RULE = DEAR * UNWISHED
NEEDLESS = 1.5 * RULE
# An under-18 who rests while their responsible adult talks: only where the room leaves nothing else.
ASTRAY = 4 * RULE
NODES = 400
CLOSE = 1e-5
# Gains smaller than this are differences, which the search finds by itself; what is dealt anew here is who sits how.
GAIN = EVENLY / 2


def redeal(draft: Draft, round: int, chosen: Sequence[int]) -> bool:
    """Divide the people at the `chosen` tables of a round anew; True where that is better, else all stays as it was."""
    standing = draft.tables[round], draft.states[round]
    before, states = draft.take(round, np.array(chosen, dtype=np.int64))
    options = _options(draft, round, sorted(before[before != NOBODY].tolist()), before)
    old = [tuple(sorted(row[row != NOBODY].tolist())) for row in before]
    cheap = options.price(old) - GAIN
    new = _best(options, cheap)
    if new is None or options.price(new) >= cheap:
        draft.lay(round, before, states.tolist())
        # each at its place again: whoever asked may ask for other tables next
        draft.tables[round], draft.states[round] = standing
        return False
    rows, fresh = seated(new, options.pinned)
    waiting = options.waiting(new)
    fresh = [HELD if set(row) <= waiting else state for row, state in zip(rows, fresh, strict=True)]
    draft.lay(round, as_tables(rows), fresh)
    return True


@dataclass
class _Options:
    """What the people of some tables could do, and its price; `wards` are the under-18s of each adult among them."""

    people: list[int]
    young: set[int]
    pinned: list[Group]
    threes: int
    prices: dict[Group, float] = field(default_factory=dict)
    wards: dict[int, list[int]] = field(default_factory=dict)

    def price(self, talks: Iterable[Group]) -> float:
        """What a way to seat everybody costs; without end where a rule of protection forbids it."""
        talks = list(talks)
        alone = {talk[0] for talk in talks if len(talk) == 1}
        with_them = {adult for adult, young in self.wards.items() if alone & {*young}}
        if not with_them <= alone:
            return np.inf
        excused = (SIT_OUT - NEEDLESS) * len(with_them)
        return sum(self.prices.get(talk, np.inf) for talk in talks) + excused

    def waiting(self, talks: Iterable[Group]) -> set[int]:
        """The under-18s who rest, and the adults who rest with them."""
        young = {talk[0] for talk in talks if len(talk) == 1} & self.young
        return young | {adult for adult, wards in self.wards.items() if young & {*wards}}


def _options(draft: Draft, round: int, people: list[int], before: Ints) -> _Options:
    room = draft.room
    pinned = [pin for pin in pinned_conversations(room, round) if {*pin} <= {*people}]
    young = {person for person in people if room.minor[person]}
    options = _Options(people, young, pinned, _most_threes(draft, round, before))
    talking = {*room.talking(round).tolist()}
    for person in people:
        options.prices[person,] = _rest(draft, person, people, talking) + _broken_wishes((person,), pinned)
        adult = int(room.guardian[person])
        if person in young and adult in people:
            options.wards.setdefault(adult, []).append(person)
    for talk, value in (*_pairs(draft, round, people), *_threes(draft, people, options.threes, _unsettled(before))):
        if -value < PROTECT / 2:
            broken = max(0, int(0.5 - value / UNWISHED)) * (RULE - UNWISHED)
            options.prices[talk] = broken - value + (_broken_wishes(talk, pinned) if pinned else 0.0)
    for pin in pinned:
        # a wish stands as it was accepted with the rules, in a three too, and wherever kept seats have come to stand
        options.prices.setdefault(tuple(sorted(pin)), 0.0)
    return options


def _most_threes(draft: Draft, round: int, before: Ints) -> int:
    """Among adults in an open mix no more threes than the round needs, beside those it has; elsewhere prices decide."""
    room = draft.room
    if room.sided or room.minor[room.talking(round)].any():
        return len(before)
    here, elsewhere = (int((tables[:, 2] != NOBODY).sum()) for tables in (before, draft.tables[round]))
    return max(here, room.threes(round) - elsewhere if room.rules.odd is Odd.TRIO else 0)


def _rest(draft: Draft, person: int, people: list[int], talking: set[int]) -> float:
    room = draft.room
    fair = SHARED * (2.0 * float(draft.rests[person]) + 1)
    if not room.minor[person]:
        return NEEDLESS + fair
    adult = int(room.guardian[person])
    return fair + (ASTRAY if adult in talking and adult not in people else SIT_OUT)


def _pairs(draft: Draft, round: int, people: list[int]) -> list[tuple[Group, float]]:
    places = np.array(people, dtype=np.int64)
    value = draft.pair_values(places, places)
    if draft.keep is not None:
        value = value + 2 * draft.bonus * (draft.keep[round][places][:, None] == places[None, :])
    return [((people[i], people[j]), float(value[i, j])) for i, j in combinations(range(len(people)), 2)]


def _unsettled(before: Ints) -> set[int]:
    """Who does not sit in a pair."""
    return {int(person) for row in before[(before[:, 1] == NOBODY) | (before[:, 2] != NOBODY)] for person in row}


def _threes(draft: Draft, people: list[int], most: int, unsettled: set[int]) -> list[tuple[Group, float]]:
    """The threes they could sit in: with somebody under 18, or with one who does not sit in a pair now."""
    room = draft.room
    places = np.array(people, dtype=np.int64)
    if len(people) < 3 or most == 0:
        return []
    first = np.array([*combinations(range(len(people)), 2)], dtype=np.int64)
    value = draft.trio_values(places[first[:, 0]], places[first[:, 1]], places)
    rows, thirds = np.nonzero(np.arange(len(people))[None, :] > first[:, 1:])
    talks = np.column_stack([first[rows], thirds])
    young = room.minor[places[talks]]
    if room.rules.odd is Odd.REST and not room.one_to_two:
        # without threes in the rules, only under-18s among themselves make one
        kept = young.all(axis=1)
    else:
        kept = young.any(axis=1) | np.isin(places[talks], sorted(unsettled)).any(axis=1)
    talks, rows, thirds = talks[kept], rows[kept], thirds[kept]
    # what everybody has had of threes, as where one-to-two is planned, keeps nobody from one more
    everybody = 3 * SHARED * 2 * float(draft.trios[room.seats() > 0].min())
    worth = (value[rows, thirds] + everybody).tolist()
    return [(tuple(talk), price) for talk, price in zip(places[talks].tolist(), worth, strict=True)]


def _broken_wishes(talk: Group, pinned: list[Group]) -> float:
    """What it costs to part people who were wished together, shared among them."""
    parted = (len({*pin} & {*talk}) / len(pin) for pin in pinned if {*pin} & {*talk} and not {*pin} <= {*talk})
    return RULE * sum(parted)


def _best(options: _Options, below: float) -> list[Group] | None:
    """The cheapest way to seat everybody; None where none cheaper than `below` was found in time.

    An under-18 rests only where the responsible adult among these people does, and an adult's rest is excused only
    by an under-18's.
    """
    talks = list(options.prices)
    prices: Floats = np.array([*options.prices.values(), *[SIT_OUT - NEEDLESS] * len(options.wards)])
    program = Program(prices, np.ones(len(prices)))
    holding: dict[int, list[int]] = {person: [] for person in options.people}
    for column, talk in enumerate(talks):
        for person in talk:
            holding[person].append(column)
    for columns in holding.values():
        program.bind(columns, 1.0, 1.0)
    place = {talk: column for column, talk in enumerate(talks)}
    for number, (adult, wards) in enumerate(options.wards.items()):
        own, young = len(talks) + number, [place[child,] for child in wards]
        program.bind([own], -1.0, 0.0, [place[adult,]])
        program.bind([own], -float(len(young)), 0.0, young)
        for child in young:
            program.bind([child], -1.0, 0.0, [place[adult,]])
    for odd in _odd_circles(options):
        # where everybody of a circle sat in pairs of its own, their number would be even (Edmonds, 1965)
        program.bind([column for column, talk in enumerate(talks) if len(odd & {*talk}) % 2], 1.0, float(len(odd)))
    threes = [column for column, talk in enumerate(talks) if len(talk) == 3]
    if threes:
        program.bind(threes, 0.0, float(options.threes))
    try:
        chosen = program.solve(NODES, below=below, gap=CLOSE)
    except Unproven:
        return None
    return None if chosen is None else [talk for talk, on in zip(talks, chosen, strict=False) if on]


def _odd_circles(options: _Options) -> list[set[int]]:
    """People who can pair up among themselves alone without bending a rule, where their number is odd."""
    place = {person: number for number, person in enumerate(options.people)}
    open_to = np.zeros((len(place), len(place)), dtype=bool)
    for talk, price in options.prices.items():
        if len(talk) == 2 and price < UNWISHED / 2:
            open_to[place[talk[0]], place[talk[1]]] = True
    count, circle = connected_components(sparse.csr_array(open_to), directed=False)
    people = np.array(options.people)
    circles = [{*people[circle == number].tolist()} for number in range(count)]
    return [found for found in (*circles, {*options.people}) if len(found) % 2]
