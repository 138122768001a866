"""Small rooms, searched to the end: an evening without a breach where there is one, or the proof that there is none."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from relexp.pairing.deal import Group, as_tables, pinned_conversations, seated
from relexp.pairing.draft import HELD, NOBODY, Draft
from relexp.pairing.integer import Program, Unproven
from relexp.pairing.room import Bools, Room
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Repeats

# Up to this many people every possible conversation of every round fits in one integer program.
SMALL = 14
# Nodes of the search tree, not seconds, end a search too long: the same evening comes on slow machines and fast.
NODES = 2000
# A second meeting costs more than any number of same-group meetings.
AGAIN = 1000.0


def small_enough(room: Room) -> bool:
    """Whether a room can be searched to the end."""
    return room.size <= SMALL and room.rounds <= SMALL


def exact_draft(draft: Draft, seed: int) -> Draft | None:
    """An evening of the same shape (pairs, trios, rests a round) that breaks no hard rule, or None if there is none.

    Where second meetings are allowed, it has as few of them as can be. Raises Unproven when it is given up first.
    """
    room = draft.room
    columns = [(round, talk) for round in range(room.rounds) for talk in _possible(room, draft, round)]
    if not columns:
        raise Unproven
    limits = _limits(room, draft, columns)
    if limits is None:
        return None
    chosen = limits.solve(NODES)
    if chosen is None:
        return None
    found = Draft(room, seed)
    for round in range(room.rounds):
        groups = [talk for on, (at, talk) in zip(chosen, columns, strict=False) if on and at == round]
        held = draft.tables[round][_fixed(draft, round)]
        rows, states = seated(groups, pinned_conversations(room, round))
        found.lay(round, held, [HELD] * len(held))
        found.lay(round, as_tables(rows), states)
    return found


def _fixed(draft: Draft, round: int) -> Bools:
    """The conversations that stay as they are: what is over, and who waits with an under-18."""
    pinned = {person for group in pinned_conversations(draft.room, round) for person in group}
    talks = [set(row[row != NOBODY].tolist()) for row in draft.tables[round]]
    fixed = [state == HELD and not talk & pinned for state, talk in zip(draft.states[round], talks, strict=True)]
    return np.array(fixed, dtype=bool)


def _possible(room: Room, draft: Draft, round: int) -> list[Group]:
    """Every conversation that breaks no hard rule among those who are not fixed, of the sizes this round has."""
    fixed = _fixed(draft, round)
    taken = set(draft.tables[round][fixed].ravel().tolist())
    free = [int(person) for person in room.talking(round) if int(person) not in taken]
    sizes = set((draft.tables[round][~fixed] != NOBODY).sum(axis=1).tolist())
    pinned = pinned_conversations(room, round)
    return [
        talk
        for size in sorted(sizes)
        for talk in combinations(free, size)
        if (size == 1 or talk in pinned or _may_talk(room, talk)) and _keeps_pins(talk, pinned)
    ]


def _keeps_pins(talk: Group, pinned: list[Group]) -> bool:
    return all(set(pin) <= set(talk) or not set(pin) & set(talk) for pin in pinned)


def _may_talk(room: Room, talk: Group) -> bool:
    if any(room.apart[pair] or room.unwished[pair] for pair in combinations(talk, 2)):
        return False
    if len(talk) == 2:
        one, other = np.array([talk[0]]), np.array([talk[1]])
        return not room.alone_bad(one, other).any()
    seats = [np.array([person]) for person in talk]
    return not lonely_minor(room, *seats)[0] and not (room.sided and lopsided(room, *seats)[0])


Column = tuple[int, Group]


def _limits(room: Room, draft: Draft, columns: list[Column]) -> Program | None:
    """Everyone in one conversation a round, as many trios and rests as arithmetic makes, no pair twice, caps kept.

    None where somebody has no possible conversation at all in some round.
    """
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
    if _somebody_missing(room, draft, once):
        return None
    again = room.rules.repeats is Repeats.FEWEST
    slack = len(pairs) if again else 0
    prices = np.array([_same_meetings(room, talk) for _, talk in columns] + [AGAIN] * slack)
    limits = Program(prices, np.append(np.ones(len(columns)), np.full(slack, float(room.rounds))))
    for members in once.values():
        limits.bind(members, 1.0, 1.0)
    for (round, size), members in sizes.items():
        rows = draft.tables[round][~_fixed(draft, round)]
        wanted = float(((rows != NOBODY).sum(axis=1) == size).sum())
        limits.bind(members, wanted, wanted)
    before = _meetings_before(draft)
    for number, (pair, members) in enumerate(pairs.items()):
        most = float(max(0, 1 - before.get(pair, 0) - int(room.history[pair])))
        limits.bind(members, -float(room.rounds), most, [len(columns) + number] if again else [])
    for (number, _), members in caps.items():
        limits.bind(members, 0.0, float(room.caps[number] or 0))
    return limits


def _same_meetings(room: Room, talk: Group) -> float:
    """Same-group meetings cost, so that rooms with "as few as possible" begin well; all else is for the search."""
    return float(sum(bool(table[pair]) for table in room.same for pair in combinations(talk, 2)))


def _meetings_before(draft: Draft) -> dict[tuple[int, int], int]:
    """How often held conversations bring each pair together."""
    times: dict[tuple[int, int], int] = {}
    for round, tables in enumerate(draft.tables):
        for row in tables[_fixed(draft, round)]:
            for pair in combinations(sorted(int(person) for person in row if person != NOBODY), 2):
                times[pair] = times.get(pair, 0) + 1
    return times


def _somebody_missing(room: Room, draft: Draft, once: dict[tuple[int, int], list[int]]) -> bool:
    for round in range(room.rounds):
        held = set(draft.tables[round][_fixed(draft, round)].ravel().tolist())
        if any((round, int(person)) not in once for person in room.talking(round) if int(person) not in held):
            return True
    return False
