"""The evening round by round, as somebody would put it together around any method that pairs up one round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.facts import Facts
from benchmarks.scoring import experiences
from relexp.roster.rules import NeverSame, Repeats

Talk = tuple[int, ...]
# Pairs people up: (k, k) worth of every pair and whether it is allowed -> pairs, nobody in two.
Choose = Callable[[np.ndarray, np.ndarray], Sequence[tuple[int, int]]]

# What a needless same-group meeting, a repeat or a second trio takes off a pair's worth: more than any difference.
PENALTY = 1.0


@dataclass(frozen=True)
class Ask:
    """What a peer is given beside the room: a seed, the seconds it may take, and the rounds that are over."""

    seed: int = 1
    seconds: float = 10.0
    past: Sequence[Sequence[Talk]] = ()


class Work:
    """An evening in the making: who has met, who has sat in a trio, and the rounds planned so far."""

    def __init__(self, facts: Facts, past: Sequence[Sequence[Talk]] = ()) -> None:
        self.facts = facts
        self.rounds: list[list[Talk]] = []
        self.met = np.zeros((len(facts.people),) * 2, dtype=int)
        self.trios = np.zeros(len(facts.people), dtype=int)
        for talks in past:
            self.hold(talks)

    def hold(self, talks: Sequence[Talk]) -> None:
        """Take a round as planned."""
        self.rounds.append(list(talks))
        for talk in talks:
            for person in talk:
                self.met[person, [other for other in talk if other != person]] += 1
                self.trios[person] += len(talk) == 3

    def worth(self) -> np.ndarray:
        """What each pair is worth in the next round, (n, n)."""
        worth = self.facts.d - PENALTY * self.met
        for across in self.facts.rules.across:
            if across.never_same is NeverSame.FEWEST:
                worth = worth - PENALTY * self.facts.same_group[across.column]
        return worth

    def may(self, pair_rules: np.ndarray) -> np.ndarray:
        """Which pairs may meet in the next round: by the rules given, not yet met, not both in a fixed seat."""
        fixed = self.facts.fixed
        again = self.facts.rules.repeats is Repeats.FEWEST
        return pair_rules & ((self.met == 0) | again) & ~(fixed[:, None] & fixed[None, :])

    def pinned(self) -> list[Talk]:
        """The conversations that the rules fix for the next round."""
        number = len(self.rounds) + 1
        asked = [pin for pin in self.facts.rules.pins + self.facts.rules.locked if pin.round == number]
        return [tuple(self.facts.place[id] for id in pin.people) for pin in asked]

    def free(self) -> np.ndarray:
        """Who is to be seated in the next round, beyond the pinned."""
        taken = {person for talk in self.pinned() for person in talk}
        here = np.flatnonzero(self.facts.here[:, len(self.rounds)])
        return np.array([person for person in here if person not in taken], dtype=int)


def round_by_round(facts: Facts, choose: Choose, past: Sequence[Sequence[Talk]] = ()) -> list[list[Talk]]:
    """Pair everybody up for one round after another; those left over join a pair where one may, else rest."""
    work = Work(facts, past)
    while len(work.rounds) < facts.rules.rounds:
        free, pinned = work.free(), work.pinned()
        grid = np.ix_(free, free)
        pairs = choose(work.worth()[grid], work.may(facts.pair_may)[grid])
        talks = [(int(free[a]), int(free[b])) for a, b in pairs]
        work.hold(pinned + seat_left_over(work, talks, choose))
    return work.rounds


def seat_left_over(work: Work, talks: list[Talk], choose: Choose) -> list[Talk]:
    """Put those whom the pairing left over with a pair each, chosen by the same method."""
    seated = {person for talk in talks for person in talk}
    left = [int(person) for person in work.free() if person not in seated]
    if not left or not talks:
        return talks
    size = len(left) + len(talks)
    worth, may = np.zeros((size, size)), np.zeros((size, size), dtype=bool)
    meet = work.may(work.facts.may_meet)
    for row, person in enumerate(left):
        for column, (a, b) in enumerate(talks, start=len(left)):
            if meet[person, a] and meet[person, b] and work.facts.trio_may((person, a, b)):
                may[row, column] = may[column, row] = True
                worth[row, column] = worth[column, row] = _join_worth(work, person, (a, b))
    joined = {max(pair): min(pair) for pair in choose(worth, may)}
    return [(*talk, left[joined[k]]) if k in joined else talk for k, talk in enumerate(talks, start=len(left))]


def _join_worth(work: Work, person: int, pair: Talk) -> float:
    gained = sum(experiences(work.facts, (*pair, person))) - sum(experiences(work.facts, pair))
    same = sum(int(table[person, list(pair)].sum()) for table in work.facts.same_group.values())
    again = 0 if work.facts.one_to_two else int(work.trios[[person, *pair]].sum())
    return gained - PENALTY * (same + again)
