"""The room as arrays: who may talk with whom, how different they are, and who is there in which round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from relexp.pairing.companions import spoken_languages
from relexp.roster.difference import difference, groups, members
from relexp.roster.gender import is_woman
from relexp.roster.person import Roster
from relexp.roster.rules import NeverSame, Repeats, Rules

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Differences are rounded to this grid, so that their sums are exact in any order and the same sheet, rules and
# seed give the same evening on every machine.
GRID = 2.0**20

# What the search pays for a broken rule: protection and access (keep apart, shared language, women only, under-18,
# sides, seats) above the evening's rules (a hard never-same, a second meeting, a cap), and those above all else.
PROTECT = 2.0**23
UNWISHED = 2.0**20
UNEASY = 2.0**4


@dataclass(frozen=True)
class Room:
    """What the search needs of the roster and the rules, for the N people who talk and the R rounds.

    `exact` (N, N) is the difference of every two, `d` the same on the search's grid. `apart` (N, N) marks pairs
    that a rule of protection or access forbids in any conversation, `far` those among them who are so only because
    of the tables chosen for their kept seats; `uneasy` pairs are better avoided; `grouped` ones are of a group that
    a hard never-same keeps apart, and `unwished` ones those or people who have met before: only the least bad
    evening may hold them. `history` counts earlier meetings. `same` holds an (N, N) table for each attribute to
    meet as rarely as possible, `caps` the most same-group rounds a person may have on it (or None). `guardian` is
    each one's responsible adult (-1: none); `side` is 0 for a host, 1 for a guest. `here` (N, R): attends; `asked`
    (N, R): asked to rest.
    """

    roster: Roster
    rules: Rules
    ids: tuple[str, ...]
    exact: Floats
    d: Floats
    apart: Bools
    far: Bools
    uneasy: Bools
    grouped: Bools
    unwished: Bools
    history: NDArray[np.int8]
    same: tuple[Bools, ...]
    caps: tuple[int | None, ...]
    minor: Bools
    guardian: Ints
    side: Ints
    here: Bools
    asked: Bools

    @property
    def size(self) -> int:
        """How many people talk."""
        return len(self.ids)

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return int(self.here.shape[1])

    @property
    def sided(self) -> bool:
        """Whether hosts and guests sit across from each other."""
        return self.rules.sides is not None

    @property
    def one_to_two(self) -> bool:
        """Whether a host with two guests is planned, so that guests do not count for each other."""
        return self.rules.sides is not None and self.rules.sides.guests_per_host == 2

    def alone_bad(self, left: Ints, right: Ints) -> Bools:
        """Which pairs of `left` x `right` may not be a conversation of two."""
        bad: Bools = self.minor[left][:, None] != self.minor[right][None, :]
        if self.sided:
            bad |= self.side[left][:, None] == self.side[right][None, :]
        return bad

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Each talker's place in the tables, by id."""
        return {id: index for index, id in enumerate(self.ids)}

    @cached_property
    def barred(self) -> NDArray[np.float32]:
        """What it costs any two to talk, by rule alone, (N, N)."""
        costs = PROTECT * self.apart + UNWISHED * self.grouped + UNEASY * self.uneasy
        price: NDArray[np.float32] = costs.astype(np.float32)
        return price

    def seats(self) -> Ints:
        """How many rounds each person is there to talk: rounds attended less the rests they asked for."""
        counts: Ints = (self.here & ~self.asked).sum(axis=1)
        return counts

    def threes(self, round: int) -> int:
        """How many conversations of three a round of adults in an open mix needs: one for each circle of odd size.

        A circle is people who may talk with each other, or with somebody who may, and with nobody outside.
        """
        talking = self.talking(round)
        open_to = ~(self.apart & ~self.far | self.unwished)[np.ix_(talking, talking)]
        waiting, odd = np.ones(len(talking), dtype=bool), 0
        while waiting.any():
            circle = np.zeros(len(talking), dtype=bool)
            fresh = np.nonzero(waiting)[0][:1]
            while len(fresh):
                circle[fresh] = True
                fresh = np.nonzero(open_to[fresh].any(axis=0) & waiting & ~circle)[0]
            waiting &= ~circle
            odd += int(circle.sum()) % 2 and int(circle.sum()) > 1
        return odd

    def talking(self, round: int) -> Ints:
        """The people who talk in a round (numbered from 0)."""
        return np.nonzero(self.here[:, round] & ~self.asked[:, round])[0]


def open_room(roster: Roster, rules: Rules, tables_of_fixed: dict[str, int] | None = None) -> Room:
    """The room that a roster and its rules make; fixed seats stand at `tables_of_fixed`."""
    talkers = roster.talkers
    ids = tuple(person.id for person in talkers)
    place = {id: index for index, id in enumerate(ids)}
    rows = np.array([roster.index[id] for id in ids], dtype=np.int64)
    size = len(ids)
    here = np.array([[rules.attends(id, r) for r in range(1, rules.rounds + 1)] for id in ids], dtype=bool)
    asked = np.array([[r in person.rest for r in range(1, rules.rounds + 1)] for person in talkers], dtype=bool)
    whole = difference(roster, rules.across)[np.ix_(rows, rows)]
    same, caps = _fewest(roster, rules, rows)
    grouped = _hard_groups(roster, rules, rows)
    apart, far = _apart(roster, rules, place), _far(roster, rules, place, tables_of_fixed or {})
    history = np.zeros((size, size), dtype=np.int8)
    _mark(history, rules.met_before, place)
    return Room(
        roster=roster,
        rules=rules,
        ids=ids,
        exact=whole,
        d=np.rint(whole * GRID) / GRID,
        apart=apart | far,
        far=far & ~apart & ~_numbered(roster),
        uneasy=_uneasy(roster, rules, tables_of_fixed or {}),
        grouped=grouped,
        unwished=grouped | (history > 0) if rules.repeats is Repeats.NEVER else grouped,
        history=history,
        same=same,
        caps=caps,
        minor=np.array([person.under_18 for person in talkers], dtype=bool),
        guardian=np.array([place.get(person.responsible_adult or "", -1) for person in talkers], dtype=np.int64),
        side=_sides(roster, rules),
        here=here.reshape(size, rules.rounds),
        asked=(asked.reshape(size, rules.rounds)) & here.reshape(size, rules.rounds),
    )


def _mark(table: NDArray[np.int8] | Bools, pairs: Iterable[tuple[str, str]], place: dict[str, int]) -> None:
    for one, other in pairs:
        if one in place and other in place:
            table[place[one], place[other]] = table[place[other], place[one]] = 1


def _group_table(roster: Roster, column: str, rows: Ints) -> Bools:
    codes = groups(roster, column)[rows]
    table: Bools = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
    np.fill_diagonal(table, False)
    return table


def _fewest(roster: Roster, rules: Rules, rows: Ints) -> tuple[tuple[Bools, ...], tuple[int | None, ...]]:
    wanted = [attribute for attribute in rules.across if attribute.never_same is NeverSame.FEWEST]
    tables = tuple(_group_table(roster, attribute.column, rows) for attribute in wanted)
    return tables, tuple(attribute.cap for attribute in wanted)


def _hard_groups(roster: Roster, rules: Rules, rows: Ints) -> Bools:
    table = np.zeros((len(rows), len(rows)), dtype=bool)
    for attribute in rules.across:
        if attribute.never_same is NeverSame.HARD:
            table |= _group_table(roster, attribute.column, rows)
    return table


def _sides(roster: Roster, rules: Rules) -> Ints:
    if rules.sides is None:
        return np.zeros(len(roster.talkers), dtype=np.int64)
    guest = rules.sides.guests.strip().casefold()
    return np.array(
        [person.values.get(rules.sides.column, "").strip().casefold() == guest for person in roster.talkers],
        dtype=np.int64,
    )


def _apart(roster: Roster, rules: Rules, place: dict[str, int]) -> Bools:
    """Pairs that a rule of protection or access forbids whatever the size of the conversation."""
    table = np.zeros((len(place), len(place)), dtype=bool)
    _mark(table, [(_speaks_for(roster, one), _speaks_for(roster, other)) for one, other in rules.keep_apart], place)
    for column in rules.share:
        table |= ~sharing(roster, column)
    careful = np.array([person.women_only for person in roster.talkers], dtype=bool)
    if careful.any():
        woman = np.array([is_woman(person.gender) for person in roster.talkers], dtype=bool)
        table |= careful[:, None] & ~woman[None, :]
        table |= (careful[:, None] & ~woman[None, :]).T
    np.fill_diagonal(table, True)
    return table


def _speaks_for(roster: Roster, id: str) -> str:
    """The person at whose table an interpreter sits; anybody else themselves."""
    return (roster[id].interpreter_for or id) if id in roster else id


def sharing(roster: Roster, column: str) -> Bools:
    """Which talkers have a value in common on a column, (N, N); a blank matches everybody."""
    held = []
    for person in roster.talkers:
        if column == "languages":
            held.append(spoken_languages(roster, person))
        else:
            held.append(members(person.values.get(column, "")))
    words = {word: index for index, word in enumerate(sorted(frozenset().union(*held)))}
    holds = np.zeros((len(held), len(words)), dtype=np.float32)
    for row, mine in enumerate(held):
        holds[row, [words[word] for word in mine]] = 1.0
    open_to_all = np.array([not mine for mine in held], dtype=bool)
    table: Bools = (holds @ holds.T > 0) | open_to_all[:, None] | open_to_all[None, :]
    return table


def _far(roster: Roster, rules: Rules, place: dict[str, int], fixed: dict[str, int]) -> Bools:
    """People who keep a seat talk together only at neighbouring tables."""
    table = np.zeros((len(place), len(place)), dtype=bool)
    steps = rules.tables.adjacent
    for id, mine in fixed.items():
        for other, theirs in fixed.items():
            near = abs(mine - theirs) == 1 if steps is None else {(mine, theirs), (theirs, mine)} & steps
            if id != other and not near:
                table[place[id], place[other]] = True
    return table


def _numbered(roster: Roster) -> Bools:
    """Pairs who both keep the table that the sheet names."""
    named = np.array([bool(person.fixed_seat) for person in roster.talkers], dtype=bool)
    table: Bools = named[:, None] & named[None, :]
    return table


def _uneasy(roster: Roster, rules: Rules, fixed: dict[str, int]) -> Bools:
    """Someone who needs quiet with someone who keeps a seat where it is not: better avoided."""
    calm = {0, *rules.tables.quiet}
    quiet = np.array([person.quiet and person.id not in fixed for person in roster.talkers], dtype=bool)
    loud = np.array([len(calm) > 1 and fixed.get(person.id, 0) not in calm for person in roster.talkers], dtype=bool)
    table: Bools = (quiet[:, None] & loud[None, :]) | (loud[:, None] & quiet[None, :])
    return table
