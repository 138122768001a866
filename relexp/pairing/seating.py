"""Which conversation sits at which table: those who keep a seat stay, quiet people sit quietly, and few others move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from relexp.pairing.evening import Round
from relexp.pairing.room import Floats
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Rules, Tables

# A step less far never outweighs a person who need not move at all, nor that a table that a card already names; a
# quiet table outweighs them all.
MOVE = 10_000.0
CARD = 1e6
QUIET = 1e8
# Above this many tables an exact seating takes longer than it is worth: neighbours are seated chain by chain.
MANY = 400


@dataclass(frozen=True)
class Furniture:
    """The tables as they stand: how many at least, which are quiet, and who keeps a seat at which."""

    least: int
    quiet: frozenset[int]
    fixed: Mapping[str, int]


def furnish(roster: Roster, rules: Rules, known: Mapping[str, int] | None = None) -> Furniture:
    """Set the tables: the quiet ones (the lowest numbers where the rules name none), then one for each kept seat.

    `known` gives the tables of those who already sit.
    """
    keeping = [person for person in roster.talkers if person.fixed_seat is not None]
    quiet = rules.tables.quiet
    if not quiet:
        quiet = frozenset(range(1, 1 + sum(person.quiet for person in roster.talkers)))
    fixed: dict[str, int] = {person.id: person.fixed_seat for person in keeping if person.fixed_seat}
    fixed |= {person.id: known[person.id] for person in keeping if known and person.id in known}
    taken = set(fixed.values())
    for person in keeping:
        if person.id not in fixed:
            fixed[person.id] = _free_table(person, quiet, taken, rules.tables)
            taken.add(fixed[person.id])
    return Furniture(max([0, *fixed.values(), *rules.tables.quiet]), quiet, fixed)


def _free_table(person: Person, quiet: frozenset[int], taken: set[int], tables: Tables) -> int:
    last = tables.count or len(taken) + len(quiet) + 1
    free = [table for table in range(1, last + 1) if table not in taken]
    fitting = [table for table in free if (table in quiet) == person.quiet]
    return next(iter(fitting or free), last)


def quiet_tables(roster: Roster, rules: Rules) -> tuple[int, ...]:
    """The numbers of the quiet tables, lowest first, so that they can be put where it is calmest."""
    return tuple(sorted(furnish(roster, rules).quiet))


def tables_told(rounds: Sequence[Round]) -> list[dict[str, int]]:
    """The tables that people's cards name, round by round, for when the rounds are planned again."""
    return [{id: talk.table for talk in round.conversations for id in talk.people} for round in rounds]


Seats = Sequence[tuple[str, ...]]


def seat(
    rounds: Sequence[Seats],
    roster: Roster,
    rules: Rules,
    furniture: Furniture,
    sitting: Mapping[str, int] | None = None,
    told: Sequence[Mapping[str, int]] = (),
) -> list[list[int]]:
    """A table for every conversation of every round, with as few and as short moves as can be.

    `sitting` gives the tables where people sit before the first of these rounds; `told` those that their cards name
    in each round, where they stay if they can. Nobody who keeps a seat leaves it; of two who do, the one named first
    is visited. Returns the tables round by round, numbered from 1.
    """
    most = max((len(conversations) for conversations in rounds), default=0)
    named_last = max((table for tables in told for table in tables.values()), default=0)
    count = max(rules.tables.count or 0, most, furniture.least, named_last)
    last = dict(sitting or {})
    seated = []
    for number, conversations in enumerate(rounds):
        named = told[number] if number < len(told) else {}
        tables = _seat_round(conversations, roster, furniture, count, last, named)
        for people, table in zip(conversations, tables, strict=True):
            last.update(dict.fromkeys(people, table))
        last.update(furniture.fixed)
        seated.append(tables)
    return seated


def _seat_round(
    conversations: Seats,
    roster: Roster,
    furniture: Furniture,
    count: int,
    last: dict[str, int],
    told: Mapping[str, int],
) -> list[int]:
    bound: dict[int, int] = {}
    for index, people in enumerate(conversations):
        kept = [furniture.fixed[id] for id in people if id in furniture.fixed]
        if kept:
            bound[index] = next((table for table in kept if table not in bound.values()), kept[0])
    bound |= _as_told(conversations, roster, furniture, told, bound)
    open_tables = [table for table in range(1, count + 1) if table not in bound.values()]
    open_places = [index for index in range(len(conversations)) if index not in bound]
    if len(open_places) > MANY:
        chosen = _by_chains([conversations[index] for index in open_places], open_tables, last)
    else:
        cost = _costs([conversations[index] for index in open_places], open_tables, roster, furniture, last, told)
        rows, columns = linear_sum_assignment(cost)
        chosen = [open_tables[column] for _, column in sorted(zip(rows, columns, strict=True))]
    tables = dict(zip(open_places, chosen, strict=True)) | bound
    return [tables[index] for index in range(len(conversations))]


def _as_told(
    conversations: Seats, roster: Roster, furniture: Furniture, told: Mapping[str, int], bound: Mapping[int, int]
) -> dict[int, int]:
    """The conversations whose people all have one table on their cards and can stay there, each with its place."""
    taken = {*bound.values(), *furniture.fixed.values()}
    found: dict[int, int] = {}
    for index, people in enumerate(conversations):
        tables = {told.get(id) for id in people}
        table = next(iter(tables))
        calm = any(roster[id].quiet for id in people) == (table in furniture.quiet)
        if index not in bound and len(tables) == 1 and table is not None and table not in taken and calm:
            found[index] = table
            taken.add(table)
    return found


def _costs(
    conversations: Seats,
    tables: list[int],
    roster: Roster,
    furniture: Furniture,
    last: dict[str, int],
    told: Mapping[str, int],
) -> Floats:
    cost = np.zeros((len(conversations), len(tables)))
    numbers = np.array(tables, dtype=np.float64)
    hushed = np.array([table in furniture.quiet for table in tables], dtype=bool)
    for row, people in enumerate(conversations):
        for id in people:
            if id in last:
                steps = np.abs(numbers - last[id])
                cost[row] += steps + MOVE * (steps > 0)
            if id in told:
                cost[row] += CARD * (numbers != told[id])
        needs_quiet = any(roster[id].quiet for id in people)
        cost[row] += QUIET * ~hushed if needs_quiet else np.float64(MOVE / 100) * hushed
    return cost


def _by_chains(conversations: Seats, tables: list[int], last: dict[str, int]) -> list[int]:
    """One of each pair stays, the other comes: follow who comes from where until the chain closes."""
    free = set(tables)
    coming: dict[int, list[int]] = {}
    for place, people in enumerate(conversations):
        for id in people:
            coming.setdefault(last.get(id, 0), []).append(place)
    chosen: dict[int, int] = {}
    for start in range(len(conversations)):
        at: int | None = start
        while at is not None and at not in chosen:
            table = next((last[id] for id in conversations[at] if last.get(id) in free), None)
            if table is None:
                break
            chosen[at] = table
            free.discard(table)
            at = next((other for other in coming.get(table, []) if other not in chosen), None)
    spare = iter(sorted(free))
    return [chosen[place] if place in chosen else next(spare) for place in range(len(conversations))]
