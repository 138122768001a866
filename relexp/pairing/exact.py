"""Small rooms, searched to the end: an evening without a breach where there is one, or the proof that there is none."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from relexp.pairing.deal import Group, as_tables, deal, over_conversations, pinned_conversations, seated
from relexp.pairing.draft import HELD, NOBODY, Draft
from relexp.pairing.integer import Program, Unproven
from relexp.pairing.room import Room
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Odd, Repeats

# Up to this many people every possible conversation of every round fits in one integer program.
SMALL = 14
# Nodes of the search tree, not seconds, end a search too long: the same evening comes on slow machines and fast.
NODES = 2000
# A second meeting costs more than any number of same-group meetings, and a rest that under-18s make needful more.
AGAIN = 1000.0
RESTING = 3000.0
NEEDLESS = 12000.0
THREE = 5.0


def small_enough(room: Room) -> bool:
    """Whether a room can be searched to the end."""
    return room.size <= SMALL and room.rounds <= SMALL


def exact_draft(room: Room, seed: int) -> Draft | None:
    """An evening that breaks no hard rule, or None if there is none of the shape that arithmetic gives each round.

    Where under-18s talk the shape is open: who rests, with their responsible adult, and who talks in threes is chosen
    too. Where second meetings are allowed, it has as few of them as can be. Raises Unproven when it is given up first.
    """
    shapes = [_shape(room, seed, round) for round in range(room.rounds)]
    columns = [(round, talk) for round, shape in enumerate(shapes) for talk in _possible(room, round, shape)]
    if not columns:
        raise Unproven
    limits = _limits(room, shapes, columns)
    if limits is None:
        return None
    chosen = limits.solve(NODES, presolve=True)
    if chosen is None:
        return None
    found = Draft(room, seed)
    for round in range(room.rounds):
        groups = [talk for on, (at, talk) in zip(chosen, columns, strict=False) if on and at == round]
        over = over_conversations(room, round)
        found.lay(round, as_tables(over), [HELD] * len(over))
        rows, states = seated(groups, pinned_conversations(room, round))
        waiting = _waiting(room, groups)
        found.lay(
            round, as_tables(rows), [HELD if {*row} <= waiting else s for row, s in zip(rows, states, strict=True)]
        )
    return found


# How many threes and rests a round has; None where under-18s leave it open.
Shape = tuple[int, int] | None


def _shape(room: Room, seed: int, round: int) -> Shape:
    if room.minor[room.talking(round)].any():
        return None
    dealt = Draft(room, seed)
    deal(dealt, round)
    over = [{*group} for group in over_conversations(room, round)]
    sizes = [len({*row.tolist()} - {NOBODY}) for row in dealt.tables[round] if {*row.tolist()} - {NOBODY} not in over]
    threes, rests = sizes.count(3), sizes.count(1)
    wanted = room.threes(round) if room.rules.odd is Odd.TRIO and not room.sided else threes
    return max(threes, wanted), rests


def _free(room: Room, round: int) -> list[int]:
    """Who talks in a round and whose conversation is not over."""
    over = {person for group in over_conversations(room, round) for person in group}
    return [int(person) for person in room.talking(round) if int(person) not in over]


def _waiting(room: Room, groups: list[Group]) -> set[int]:
    """Under-18s who rest, and the responsible adults who rest with them."""
    alone = {talk[0] for talk in groups if len(talk) == 1}
    young = {person for person in alone if room.minor[person]}
    return young | {int(room.guardian[person]) for person in young} & alone


def _possible(room: Room, round: int, shape: Shape) -> list[Group]:
    """Every conversation of a round that breaks no hard rule, of the sizes its shape has."""
    sizes = (1, 2, 3) if shape is None else [2] + [3] * (shape[0] > 0) + [1] * (shape[1] > 0)
    pinned = pinned_conversations(room, round)
    return [
        talk
        for size in sorted(sizes)
        for talk in combinations(_free(room, round), size)
        if (size == 1 or talk in pinned or _may_talk(room, talk)) and _keeps_pins(talk, pinned)
    ]


def _keeps_pins(talk: Group, pinned: list[Group]) -> bool:
    return all(set(pin) <= set(talk) or not set(pin) & set(talk) for pin in pinned)


def _may_talk(room: Room, talk: Group) -> bool:
    if any(room.apart[pair] or room.unwished[pair] for pair in combinations(talk, 2)):
        return False
    if len(talk) == 3 and room.rules.odd is Odd.REST and not room.one_to_two and not room.minor[list(talk)].all():
        return False
    if len(talk) == 2:
        one, other = np.array([talk[0]]), np.array([talk[1]])
        return not room.alone_bad(one, other).any()
    seats = [np.array([person]) for person in talk]
    return not lonely_minor(room, *seats)[0] and not (room.sided and lopsided(room, *seats)[0])


Column = tuple[int, Group]


def _limits(room: Room, shapes: list[Shape], columns: list[Column]) -> Program | None:
    """Everyone in one conversation a round, as many trios and rests as its shape has, no pair twice, caps kept.

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
    if any((round, person) not in once for round in range(room.rounds) for person in _free(room, round)):
        return None
    again = room.rules.repeats is Repeats.FEWEST
    slack = len(pairs) if again else 0
    prices = np.array([_price(room, shapes[round], talk) for round, talk in columns] + [AGAIN] * slack)
    limits = Program(prices, np.append(np.ones(len(columns)), np.full(slack, float(room.rounds))))
    for members in once.values():
        limits.bind(members, 1.0, 1.0)
    for (round, size), members in sizes.items():
        shape = shapes[round]
        if shape is not None and size != 2:
            wanted = float(shape[0] if size == 3 else shape[1])
            limits.bind(members, wanted, wanted)
    place = {column: index for index, column in enumerate(columns)}
    for (round, talk), index in place.items():
        adult = (int(room.guardian[talk[0]]),)
        if len(talk) == 1 and room.minor[talk[0]] and (round, adult) in place:
            limits.bind([index], -1.0, 0.0, [place[round, adult]])
    before = _meetings_before(room)
    for number, (pair, members) in enumerate(pairs.items()):
        most = float(max(0, 1 - before.get(pair, 0) - int(room.history[pair])))
        limits.bind(members, -float(room.rounds), most, [len(columns) + number] if again else [])
    for (number, _), members in caps.items():
        limits.bind(members, 0.0, float(room.caps[number] or 0))
    return limits


def _price(room: Room, shape: Shape, talk: Group) -> float:
    """Same-group meetings cost, so that rooms with "as few as possible" begin well; all else is for the search.

    Where the shape is open, a rest costs more, and that of somebody who waits with no under-18 most.
    """
    if shape is None and len(talk) == 1:
        family = room.minor[talk[0]] or talk[0] in room.guardian[room.minor]
        return RESTING if family else NEEDLESS
    same = float(sum(bool(table[pair]) for table in room.same for pair in combinations(talk, 2)))
    return same + (THREE if shape is None and len(talk) == 3 else 0.0)


def _meetings_before(room: Room) -> dict[tuple[int, int], int]:
    """How often conversations that are over bring each pair together."""
    times: dict[tuple[int, int], int] = {}
    for round in range(room.rounds):
        for group in over_conversations(room, round):
            for pair in combinations(sorted(group), 2):
                times[pair] = times.get(pair, 0) + 1
    return times
