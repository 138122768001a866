"""The method of Good-Enough Golfers (github.com/islemaster/good-enough-golfers), written anew: swaps against repeats.

It knows who has met and who must not meet, and no attribute. A round starts from a few random seatings; again and
again everybody in the worst pair is swapped with everybody else, and the best seatings are kept, up to a hundred of
them, for thirty generations. With an odd number somebody sits with an empty chair and rests.
"""

from __future__ import annotations

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.rounds import Ask, Talk, Work

GENERATIONS, STARTS, EXTRA, KEPT = 30, 5, 2, 100
NEVER = 1e6


def good_enough_golfers(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """One round after another, each with the fewest forbidden pairs and repeats that the swaps find."""
    draw = np.random.default_rng(ask.seed)
    work = Work(facts, ask.past)
    rests = np.zeros(len(facts.people))
    while len(work.rounds) < facts.rules.rounds:
        free = work.free()
        cost = np.where(facts.pair_may, work.met.astype(float) ** 2, NEVER)[np.ix_(free, free)]
        if len(free) % 2:
            cost = np.pad(cost, (0, 1))
            cost[-1, :-1] = cost[:-1, -1] = rests[free] ** 2
        people = np.append(free, -1)
        talks = [(int(people[a]), int(people[b])) for a, b in _round(draw, cost)]
        rests[[max(talk) for talk in talks if -1 in talk]] += 1
        work.hold(work.pinned() + [talk for talk in talks if -1 not in talk])
    return work.rounds


def _round(draw: np.random.Generator, cost: np.ndarray) -> np.ndarray:
    """The best seating found, (pairs, 2)."""
    top = [_random(draw, len(cost)) for _ in range(STARTS)]
    best = min(top, key=lambda seating: _total(cost, seating))
    for _ in range(GENERATIONS):
        if _total(cost, best) <= 0:
            break
        top = _next(draw, cost, top)
        best = min([best, *top], key=lambda seating: _total(cost, seating))
    return best


def _next(draw: np.random.Generator, cost: np.ndarray, top: list[np.ndarray]) -> list[np.ndarray]:
    """The next generation: of all swaps with the worst pair, the unchanged and a few random, those that cost least."""
    options: list[tuple[float, np.ndarray, tuple[int, int, int] | None]] = []
    for seating in top:
        total = _total(cost, seating)
        options.append((total, seating, None))
        worst = int(np.argmax(cost[seating[:, 0], seating[:, 1]]))
        options += [(value, seating, (worst, *swap)) for value, swap in _swaps(cost, seating, worst, total)]
        for _ in range(EXTRA):
            fresh = _random(draw, len(cost))
            options.append((_total(cost, fresh), fresh, None))
    least = min(value for value, _, _ in options)
    equal = [option for option in options if option[0] <= least + 1e-9]
    return [_swapped(*equal[k][1:]) for k in draw.permutation(len(equal))[:KEPT]]


def _swaps(cost: np.ndarray, seating: np.ndarray, worst: int, total: float) -> list[tuple[float, tuple[int, int]]]:
    """The cheapest ways to exchange someone of the worst pair: (new total, (who of the pair, with which seat))."""
    found = []
    flat, other = seating.ravel(), seating[:, ::-1].ravel()
    for end in (0, 1):
        person, partner = seating[worst, end], seating[worst, 1 - end]
        change = cost[flat, partner] + cost[person, other] - cost[person, partner] - cost[flat, other]
        change[2 * worst : 2 * worst + 2] = np.inf
        seats = np.flatnonzero(change <= change.min() + 1e-9)
        found += [(total + float(change[seat]), (end, int(seat))) for seat in seats]
    return found


def _swapped(seating: np.ndarray, swap: tuple[int, int, int] | None) -> np.ndarray:
    if swap is None:
        return seating
    worst, end, seat = swap
    copy = seating.copy()
    copy[worst, end], copy[seat // 2, seat % 2] = seating[seat // 2, seat % 2], seating[worst, end]
    return copy


def _random(draw: np.random.Generator, size: int) -> np.ndarray:
    return draw.permutation(size).reshape(-1, 2)


def _total(cost: np.ndarray, seating: np.ndarray) -> float:
    return float(cost[seating[:, 0], seating[:, 1]].sum())
