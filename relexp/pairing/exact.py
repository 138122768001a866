"""Small rooms, searched to the end: an evening without a breach where there is one, or the proof that there is none."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from relexp.pairing.deal import as_tables
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.room import Room
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Repeats

# Up to this many people every possible conversation of every round fits in one integer program.
SMALL = 14
SECONDS = 20.0


class Unproven(Exception):
    """The search to the end ran out of time before it found an evening or proved that there is none."""


def small_enough(room: Room) -> bool:
    """Whether a room can be searched to the end."""
    return room.size <= SMALL and room.rounds <= SMALL


def exact_draft(draft: Draft, seed: int) -> Draft | None:
    """An evening of the same shape (pairs, trios, rests a round) that breaks no hard rule, or None if there is none.

    Raises Unproven when time runs out first.
    """
    room = draft.room
    talks = [_possible(room, draft, round) for round in range(room.rounds)]
    columns = [(round, talk) for round, some in enumerate(talks) for talk in some]
    if not columns:
        return None
    answer = milp(
        c=_prices(room, columns),
        constraints=_constraints(room, draft, columns),
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        raise Unproven
    found = Draft(room, seed)
    for round in range(room.rounds):
        groups = [talk for on, (at, talk) in zip(answer.x > 0.5, columns, strict=True) if on and at == round]
        held = draft.tables[round][draft.frozen[round]]
        tables = np.concatenate([held, as_tables(groups)])
        found.lay(round, tables, [True] * len(held) + [False] * len(groups))
    return found


def _possible(room: Room, draft: Draft, round: int) -> list[tuple[int, ...]]:
    """Every conversation that breaks no hard rule among those whose seats are not held, of the sizes this round has."""
    held = set(draft.tables[round][draft.frozen[round]].ravel().tolist())
    free = [int(person) for person in room.talking(round) if int(person) not in held]
    sizes = set((draft.tables[round][~draft.frozen[round]] != NOBODY).sum(axis=1).tolist())
    return [
        talk for size in sorted(sizes) for talk in combinations(free, size) if size == 1 or _may_talk(room, talk)
    ]


def _may_talk(room: Room, talk: tuple[int, ...]) -> bool:
    if any(room.apart[pair] or room.unwished[pair] for pair in combinations(talk, 2)):
        return False
    if len(talk) == 2:
        one, other = np.array([talk[0]]), np.array([talk[1]])
        return not room.alone_bad(one, other).any()
    seats = [np.array([person]) for person in talk]
    return not lonely_minor(room, *seats)[0] and not (room.sided and lopsided(room, *seats)[0])


def _prices(room: Room, columns: list[tuple[int, tuple[int, ...]]]) -> np.ndarray:  # type: ignore[type-arg]
    """Same-group meetings cost, so that rooms with "as few as possible" begin well; all else is for the search."""
    prices = np.zeros(len(columns))
    for index, (_, talk) in enumerate(columns):
        prices[index] = sum(bool(table[pair]) for table in room.same for pair in combinations(talk, 2))
    return prices


def _constraints(
    room: Room, draft: Draft, columns: list[tuple[int, tuple[int, ...]]]
) -> list[LinearConstraint]:
    """Everyone in one conversation a round, as many trios and rests as arithmetic makes, no pair twice, caps kept."""
    once: dict[tuple[int, int], list[int]] = {}
    pairs: dict[tuple[int, int], list[int]] = {}
    sizes: dict[tuple[int, int], list[int]] = {}
    caps: dict[tuple[int, int], list[int]] = {}
    for index, (round, talk) in enumerate(columns):
        sizes.setdefault((round, len(talk)), []).append(index)
        for person in talk:
            once.setdefault((round, person), []).append(index)
            for number, table in enumerate(room.same):
                if room.caps[number] is not None and any(table[person, other] for other in talk):
                    caps.setdefault((number, person), []).append(index)
        for pair in combinations(talk, 2):
            pairs.setdefault(pair, []).append(index)
    rows: list[list[int]] = list(once.values())
    low = [1.0] * len(once)
    high = [1.0] * len(once)
    for (round, size), members in sizes.items():
        wanted = float(((draft.tables[round][~draft.frozen[round]] != NOBODY).sum(axis=1) == size).sum())
        rows, low, high = [*rows, members], [*low, wanted], [*high, wanted]
    if room.rules.repeats is Repeats.NEVER:
        held = _held_meetings(draft)
        for pair, members in pairs.items():
            rows, low, high = [*rows, members], [*low, 0.0], [*high, 0.0 if pair in held else 1.0]
    for (number, _), members in caps.items():
        rows, low, high = [*rows, members], [*low, 0.0], [*high, float(room.caps[number] or 0)]
    data = [(row, column) for row, members in enumerate(rows) for column in members]
    at = np.array(data, dtype=np.int64)
    matrix = sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(rows), len(columns)))
    missing = _missing(room, draft, once)
    constraints = [LinearConstraint(matrix, np.array(low), np.array(high))]
    if missing:
        constraints.append(LinearConstraint(sparse.csr_array((1, len(columns))), 1, 1))
    return constraints


def _held_meetings(draft: Draft) -> set[tuple[int, int]]:
    held = set()
    for tables, frozen in zip(draft.tables, draft.frozen, strict=True):
        for row in tables[frozen]:
            held |= set(combinations(sorted(int(person) for person in row if person != NOBODY), 2))
    return held


def _missing(room: Room, draft: Draft, once: dict[tuple[int, int], list[int]]) -> bool:
    """Whether somebody has no possible conversation at all in some round."""
    for round in range(room.rounds):
        held = set(draft.tables[round][draft.frozen[round]].ravel().tolist())
        if any((round, int(person)) not in once for person in room.talking(round) if int(person) not in held):
            return True
    return False
