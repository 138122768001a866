"""Settles by exact search whether a small room can have an evening at all, and how good it can be.

Every conversation that the rules allow is a yes-or-no unknown of a mixed-integer program. It shares nothing with the
planner or the re-check but the data types and the difference.

What it asks of an evening: everybody who is there talks every round, but for those who asked to rest and those whom
arithmetic leaves over. In an open mix of adults that is one three (odd = "trio") or one rest (odd = "rest") when the
number is odd; with hosts and guests, as many threes, or rests of the larger side, as the sides differ. An under-18
may rest, together with their responsible adult when that adult is there. A cap binds when it is a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.difference import difference, groups, members
from relexp.roster.gender import is_woman
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Kind, NeverSame, Odd, Repeats, Rules

LARGEST = 12


class TooHard(Exception):
    """The search did not settle the question in time, or the room has rules that it does not judge."""


@dataclass(frozen=True)
class Best:
    """The best evening by some measure, and that measure."""

    value: float
    evening: Evening


def can_be(roster: Roster, rules: Rules, seconds: float = 10.0) -> bool:
    """Whether any evening keeps every hard rule. Raises TooHard when that is not settled in time."""
    return _best(roster, rules, seconds, _no_cost) is not None


def fewest_repeats(roster: Roster, rules: Rules, seconds: float = 10.0) -> Best | None:
    """An evening with the fewest repeated meetings (0 where none may be); None when there is no evening at all.

    Raises TooHard for repeats in a room with under-18s: their rests would be traded for other people's repeats.
    """
    return _best(roster, rules, seconds, _repeats_cost)


def most_total(roster: Roster, rules: Rules, seconds: float = 10.0) -> Best | None:
    """An evening with the highest total of differences, whatever its threes, rests and same-group talks."""
    best = _best(roster, rules, seconds, _total_cost)
    return best and Best(-best.value, best.evening)


@dataclass(frozen=True)
class _Talk:
    round: int
    people: tuple[int, ...]
    happened: bool = False


class _Program:
    """Unknowns and constraints, as they are gathered."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.whole: list[int] = []
        self.highest: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def unknown(self, highest: float = 1.0, whole: bool = True) -> int:
        self.costs.append(0.0)
        self.whole.append(int(whole))
        self.highest.append(highest)
        return len(self.costs) - 1

    def ask(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        row: dict[int, float] = {}
        for column, factor in terms:
            row[column] = row.get(column, 0.0) + factor
        self.rows.append((row, low, high))

    def solve(self, seconds: float) -> np.ndarray | None:
        if any(not row and not low <= 0 <= high for row, low, high in self.rows):
            return None
        rows = [row for row in self.rows if row[0]]
        entries = [(line, column, value) for line, (row, _, _) in enumerate(rows) for column, value in row.items()]
        if not self.costs:
            return np.zeros(0)
        constraints = []
        if entries:
            lines, columns, values = zip(*entries, strict=True)
            matrix = csr_array((values, (lines, columns)), shape=(len(rows), len(self.costs)))
            constraints = [LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])]
        found = milp(
            np.array(self.costs),
            integrality=np.array(self.whole),
            bounds=Bounds(np.zeros(len(self.costs)), np.array(self.highest)),
            constraints=constraints,
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise TooHard(found.message)
        return found.x


class _Room:
    """The room in the oracle's own words: talkers by number, their rules as plain sets."""

    def __init__(self, roster: Roster, rules: Rules, fixed_meet: bool) -> None:
        self.roster, self.rules = roster, rules
        self.people = [person for person in roster if person.interpreter_for is None]
        self.number = {person.id: number for number, person in enumerate(self.people)}
        self.side = [self._side(person) for person in self.people]
        self.minors = {number for number, person in enumerate(self.people) if person.under_18}
        self.adult = {n: self.number.get(self.people[n].responsible_adult or "") for n in self.minors}
        self.fixed_meet = fixed_meet
        self.groups = self._groups()
        self.apart = {frozenset(self._table_of(id) for id in pair) for pair in rules.keep_apart}
        self.met = {frozenset(pair) for pair in rules.met_before}
        self.happened = [
            _Talk(pin.round, tuple(sorted(self.number[id] for id in pin.people if id in self.number)), True)
            for pin in rules.locked
        ]
        self.open = [
            pair for pair in combinations(range(len(self.people)), 2) if self._may_meet(*(self.people[n] for n in pair))
        ]

    def there(self, round: int) -> list[int]:
        return [
            number
            for number, person in enumerate(self.people)
            if self.rules.attends(person.id, round) and round not in person.rest
        ]

    def talks(self, round: int) -> Iterator[_Talk]:
        """Every conversation that could take place in a round; only what has happened, for those it happened to."""
        happened = [talk for talk in self.happened if talk.round == round]
        taken = {number for talk in happened for number in talk.people}
        yield from happened
        free = [number for number in self.there(round) if number not in taken]
        allowed = {pair for pair in self.open if pair[0] in free and pair[1] in free}
        for pair in sorted(allowed):
            if self._may_be_together(pair):
                yield _Talk(round, pair)
        for trio in combinations(free, 3):
            if all(pair in allowed for pair in combinations(trio, 2)) and self._may_be_together(trio):
                yield _Talk(round, trio)

    def same(self, column: int, one: int, other: int) -> bool:
        group = self.groups[column][1]
        return group[one] is not None and group[one] == group[other]

    def _side(self, person: Person) -> str:
        sides = self.rules.sides
        value = person.values.get(sides.column, "").strip().casefold() if sides else ""
        named = {sides.hosts.casefold(): "host", sides.guests.casefold(): "guest"} if sides else {}
        return named.get(value, "")

    def _groups(self) -> list[tuple[NeverSame, list[object], int | None]]:
        found: list[tuple[NeverSame, list[object], int | None]] = []
        for attribute in self.rules.across:
            if attribute.never_same is None:
                continue
            codes = groups(self.roster, attribute.column)
            levels = {level.casefold() for level in attribute.order}
            group: list[object] = []
            for person in self.people:
                code = int(codes[self.roster.index[person.id]])
                text = person.values.get(attribute.column, "").strip().casefold()
                blank = code < 0 or (attribute.kind is Kind.ORDERED and bool(levels) and text not in levels)
                group.append(None if blank else code)
            found.append((attribute.never_same, group, attribute.cap))
        return found

    def _table_of(self, id: str) -> str:
        return self.roster[id].interpreter_for or id

    def _may_meet(self, one: Person, other: Person) -> bool:
        pair = frozenset((one.id, other.id))
        numbers = self.number[one.id], self.number[other.id]
        hard = (n for n, (firmness, _, _) in enumerate(self.groups) if firmness is NeverSame.HARD)
        return (
            pair not in self.apart
            and not (self.rules.repeats is Repeats.NEVER and pair in self.met)
            and not any(self.same(column, *numbers) for column in hard)
            and all(self._share(column, one, other) for column in self.rules.share)
            and (not one.women_only or is_woman(other.gender))
            and (not other.women_only or is_woman(one.gender))
            and self._seats_meet(one.fixed_seat, other.fixed_seat)
        )

    def _share(self, column: str, one: Person, other: Person) -> bool:
        mine, theirs = self._offers(column, one), self._offers(column, other)
        return mine is None or theirs is None or bool(mine & theirs)

    def _offers(self, column: str, person: Person) -> set[str] | None:
        own = set(members(person.values.get(column, "")))
        if not own:
            return None
        if column != "languages":
            return own
        offered = set(own)
        for id in self.roster.interpreters.get(person.id, ()):
            spoken = members(self.roster[id].values.get(column, ""))
            if spoken <= own:
                return None
            offered |= spoken
        return offered

    def _seats_meet(self, one: int | None, other: int | None) -> bool:
        if one is None or other is None:
            return True
        if not one or not other:
            return self.fixed_meet
        adjacent = self.rules.tables.adjacent
        if adjacent is None:
            return abs(one - other) == 1
        return (one, other) in adjacent or (other, one) in adjacent

    def _may_be_together(self, people: Sequence[int]) -> bool:
        children = [number for number in people if number in self.minors]
        if len(children) == 1 and (len(people) == 2 or self.adult[children[0]] not in people):
            return False
        if self.rules.sides is None:
            return True
        hosts = sum(self.side[number] == "host" for number in people)
        if self.rules.sides.guests_per_host == 2:
            return hosts == 1 and len(people) - hosts in (1, 2)
        return 0 < hosts < len(people)


Cost = Callable[[_Room, _Program, dict[_Talk, int], list[int]], None]


def _best(roster: Roster, rules: Rules, seconds: float, cost: Cost) -> Best | None:
    """The cheapest evening. People who keep a seat of no given table may be near each other or not: both are tried."""
    kept = [person.fixed_seat for person in roster.talkers if person.fixed_seat is not None]
    numbered = [table for table in kept if table]
    if len(set(numbered)) < len(numbered):
        raise TooHard("two people keep one table")
    near = _search(_Room(roster, rules, fixed_meet=True), seconds, cost)
    if near is None or len(kept) < 2 or 0 not in kept:
        return near
    apart = _search(_Room(roster, rules, fixed_meet=False), seconds, cost)
    if apart is None or apart.value > near.value + 1e-9:
        raise TooHard("it depends on which tables people keep")
    return apart


def _search(room: _Room, seconds: float, cost: Cost) -> Best | None:
    if len(room.people) > LARGEST:
        raise TooHard("too many people")
    program = _Program()
    talks = [talk for round in _rounds(room) for talk in room.talks(round)]
    column = {talk: program.unknown() for talk in talks}
    for talk in room.happened:
        program.ask([(column[talk], 1.0)], 1, 1)
    for round in _rounds(room):
        _seat_everybody(room, program, column, round)
        count = room.rules.tables.count
        if count is not None:
            program.ask([(column[talk], 1.0) for talk in talks if talk.round == round], 0, count)
    for pin in room.rules.pins:
        people = {room.number[id] for id in pin.people if id in room.number}
        held = [talk for talk in talks if talk.round == pin.round and people <= set(talk.people)]
        program.ask([(column[talk], 1.0) for talk in held], 1, 1)
    _cap(room, program, column)
    repeats = _never_twice(room, program, column)
    _one_of_alike(room, program, column)
    cost(room, program, column, repeats)
    found = program.solve(seconds)
    if found is None:
        return None
    value = float(np.dot(program.costs, found)) if len(found) else 0.0
    return Best(value, _evening(room, [talk for talk in talks if found[column[talk]] > 0.5]))


def _rounds(room: _Room) -> range:
    return range(1, room.rules.rounds + 1)


def _seat_everybody(room: _Room, program: _Program, column: dict[_Talk, int], round: int) -> None:
    """Everybody in one conversation, or resting where the rules let them; no more threes than needed."""
    talks = [talk for talk in column if talk.round == round]
    there = room.there(round)
    children = [number for number in there if number in room.minors]
    if children and room.rules.sides is not None:
        raise TooHard("hosts and guests with under-18s")
    happened = {number for talk in talks if talk.happened for number in talk.people}
    left = [number for number in there if number not in happened]
    trios, rests = _arithmetic(room, left, _pinned(room, round))
    rest = {number: program.unknown() for number in left}
    for number in there:
        terms = [(column[talk], 1.0) for talk in talks if number in talk.people]
        program.ask([*terms, *([(rest[number], 1.0)] if number in rest else [])], 1, 1)
    fresh = [talk for talk in talks if not talk.happened and len(talk.people) == 3]
    if not children:
        program.ask([(column[talk], 1.0) for talk in fresh], trios, trios)
        program.ask([(unknown, 1.0) for unknown in rest.values()], rests, rests)
        return
    of_adults = [talk for talk in fresh if not room.minors & set(talk.people)]
    one_left = room.rules.odd is Odd.REST
    pinned = sum(len(people) == 3 and not people & room.minors for people in _pinned(room, round))
    program.ask([(column[talk], 1.0) for talk in of_adults], 0, pinned + (0 if one_left else 1))
    others = []
    for number, unknown in rest.items():
        wards = [child for child in children if room.adult[child] == number and child in rest]
        if number in children:
            adult = room.adult[number]
            if adult is not None and adult in there:
                # An adult in a conversation that has happened cannot rest with the child.
                partner = [(rest[adult], -1.0)] if adult in rest else []
                program.ask([(unknown, 1.0), *partner], -1, 0)
        elif wards:
            excuse = program.unknown()
            others.append(excuse)
            program.ask([(unknown, 1.0), (excuse, -1.0), *((rest[child], -1.0) for child in wards)], -np.inf, 0)
        else:
            others.append(unknown)
    program.ask([(unknown, 1.0) for unknown in others], 0, 1 if one_left or len(left) == 1 else 0)


def _arithmetic(room: _Room, left: list[int], pinned: list[frozenset[int]]) -> tuple[int, int]:
    """How many threes and how many rests a round without under-18s has, beside what has happened."""
    rules = room.rules
    forced = sum(len(people) == 3 for people in pinned)
    if rules.sides is None:
        free = len(left) - 3 * forced
        alone = rules.odd is Odd.REST or free == 1
        return (forced, free % 2) if alone else (forced + free % 2, 0)
    if forced:
        raise TooHard("hosts and guests with a three that somebody wished for")
    hosts = sum(room.side[number] == "host" for number in left)
    guests = len(left) - hosts
    if rules.sides.guests_per_host == 2:
        trios = min(max(guests - hosts, 0), hosts)
    elif rules.odd is Odd.TRIO:
        trios = min(abs(guests - hosts), hosts, guests)
    else:
        trios = 0
    return trios, abs(guests - hosts) - trios


def _pinned(room: _Room, round: int) -> list[frozenset[int]]:
    joined: list[frozenset[int]] = []
    for pin in room.rules.pins:
        if pin.round == round:
            people = frozenset(room.number[id] for id in pin.people if id in room.number)
            people = people.union(*(other for other in joined if other & people))
            joined = [other for other in joined if not other & people] + [people]
    return joined


def _cap(room: _Room, program: _Program, column: dict[_Talk, int]) -> None:
    for number, (firmness, _, cap) in enumerate(room.groups):
        if firmness is NeverSame.FEWEST and cap is not None:
            for one in range(len(room.people)):
                own = [
                    (unknown, 1.0)
                    for talk, unknown in column.items()
                    if one in talk.people
                    and any(room.same(number, one, other) for other in talk.people if other != one)
                ]
                program.ask(own, 0, cap)


def _never_twice(room: _Room, program: _Program, column: dict[_Talk, int]) -> list[int]:
    """Each two people at most once, but for what has happened; or, where repeats may be, an unknown counting them."""
    meetings: dict[tuple[int, int], list[int]] = {}
    happened: Counter[tuple[int, int]] = Counter()
    for talk, unknown in column.items():
        for pair in combinations(talk.people, 2):
            meetings.setdefault(pair, []).append(unknown)
            happened[pair] += talk.happened
    counters = []
    for pair, unknowns in meetings.items():
        met = frozenset(room.people[number].id for number in pair) in room.met
        if room.rules.repeats is Repeats.NEVER:
            program.ask([(unknown, 1.0) for unknown in unknowns], 0, max(1, happened[pair]))
        else:
            counters.append(program.unknown(np.inf, whole=False))
            program.ask([*((unknown, 1.0) for unknown in unknowns), (counters[-1], -1.0)], -np.inf, 0 if met else 1)
    return counters


def _one_of_alike(room: _Room, program: _Program, column: dict[_Talk, int]) -> None:
    """Rounds that differ in nothing may come in any order: the first person's conversations come in theirs."""
    whole = frozenset(_rounds(room))
    special = {pin.round for pin in (*room.rules.pins, *room.rules.locked)}
    for person in room.people:
        present = room.rules.present.get(person.id, whole)
        special |= person.rest | (whole - present)
    alike = sorted(whole - special)
    if not alike or not room.people:
        return
    places: dict[tuple[int, ...], int] = {}
    for talk in column:
        if 0 in talk.people:
            places.setdefault(talk.people, len(places) + 1)
    for earlier, later in pairwise(alike):
        terms = [
            (unknown, -1.0 * places[talk.people] if talk.round == earlier else 1.0 * places[talk.people])
            for talk, unknown in column.items()
            if 0 in talk.people and talk.round in (earlier, later)
        ]
        program.ask(terms, 0, np.inf)


def _no_cost(room: _Room, program: _Program, column: dict[_Talk, int], repeats: list[int]) -> None:
    """Any evening will do."""


def _repeats_cost(room: _Room, program: _Program, column: dict[_Talk, int], repeats: list[int]) -> None:
    if repeats and room.minors:
        raise TooHard("repeats in a room with under-18s")
    for unknown in repeats:
        program.costs[unknown] = 1.0


def _total_cost(room: _Room, program: _Program, column: dict[_Talk, int], repeats: list[int]) -> None:
    """Half the sum of what everybody gains: the mean over a three's partners, the host alone for one-to-two guests."""
    table = difference(room.roster, room.rules.across)
    place = [room.roster.index[person.id] for person in room.people]
    one_to_two = room.rules.sides is not None and room.rules.sides.guests_per_host == 2
    for talk, unknown in column.items():
        gain = 0.0
        for one in talk.people:
            partners = [other for other in talk.people if other != one]
            if one_to_two and room.side[one] == "guest":
                partners = [other for other in partners if room.side[other] == "host"]
            gain += sum(table[place[one], place[other]] for other in partners) / len(partners)
        program.costs[unknown] = -gain / 2


def _evening(room: _Room, chosen: list[_Talk]) -> Evening:
    """The conversations at tables: those who keep a numbered seat at theirs, all others at the lowest free ones."""
    rounds = []
    for round in _rounds(room):
        talks = [talk for talk in chosen if talk.round == round]
        tables = _tables(room, talks)
        conversations = [
            Conversation(
                tuple(room.people[number].id for number in talk.people),
                tables[talk],
                tuple(id for n in talk.people for id in room.roster.interpreters.get(room.people[n].id, ())),
            )
            for talk in sorted(talks, key=tables.__getitem__)
        ]
        seated = {number for talk in talks for number in talk.people}
        resting = [
            person.id
            for number, person in enumerate(room.people)
            if room.rules.attends(person.id, round) and number not in seated
        ]
        rounds.append(Round(round, tuple(conversations), tuple(resting)))
    names = {person.id: person.name for person in room.roster}
    return Evening(tuple(rounds), names, room.rules.seed, room.rules.present)


def _tables(room: _Room, talks: list[_Talk]) -> dict[_Talk, int]:
    numbered = {number: person.fixed_seat for number, person in enumerate(room.people) if person.fixed_seat}
    rolling = [number for number, person in enumerate(room.people) if person.fixed_seat == 0]
    own = dict(numbered)
    for number in rolling:
        own[number] = next(table for table in range(1, 1000) if table not in own.values())
    quiet = {number for number, person in enumerate(room.people) if person.quiet}
    tables: dict[_Talk, int] = {}
    for talk in talks:
        kept = [own[number] for number in talk.people if number in own]
        if kept:
            tables[talk] = min(kept, key=lambda table: max(abs(table - other) for other in kept))
    order = sorted((talk for talk in talks if talk not in tables), key=lambda talk: not quiet & set(talk.people))
    free = [table for table in range(1, 1000) if table not in own.values()]
    free.sort(key=lambda table: table not in room.rules.tables.quiet)
    for talk in order:
        tables[talk] = free.pop(0)
    return tables
