"""The search: deal every round, then re-match one round at a time until nothing gets better, and keep the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from relexp.pairing.deal import deal
from relexp.pairing.draft import HELD, Draft
from relexp.pairing.worth import GRAIN

Watch = Callable[[float], bool]
Rounds = Sequence[int]

# A re-match of more conversations than this is slower than several smaller ones that together reach as far.
BLOCK = 110
FIRST_TRIES = 5
PATIENCE = 3
# In a large room chance evens out sooner, and a turn costs more.
LARGE = 400
# Gains a person below a hundred-thousandth of a whole difference are the rounding of equal choices, not progress.
PROGRESS = GRAIN / 100_000
# An end to turns that only trade equal choices, and to lifting the worst-off person.
MOST = 200
STEPS_UP = 12
SAME = 1e-6


class Pulse:
    """Tells whoever watches how far the search has come, and whether they asked it to stop."""

    def __init__(self, watch: Watch | None) -> None:
        self.watch = watch
        self.before = 0.0
        self.span = 0.8
        self.stopped = False

    def beat(self, within: float) -> None:
        """Report progress: `within` is the share done of the step at hand."""
        if self.watch is not None and not self.stopped:
            self.stopped = not self.watch(self.before + self.span * min(within, 1.0))

    def step(self) -> None:
        """A step is over; nobody knows how many more a room will need, so each next one has half of what is left."""
        self.before += self.span
        self.span = (1.0 - self.before) / 2

    def done(self) -> None:
        """All is done."""
        if self.watch is not None and not self.stopped:
            self.watch(1.0)


def sweep(draft: Draft, round: int) -> float:
    """Re-match a whole round once, in blocks of conversations drawn at random; returns the gain."""
    free = np.nonzero(draft.states[round] != HELD)[0]
    if len(free) < 2:
        return 0.0
    mixed = draft.dice.permutation(free)
    blocks = np.array_split(mixed, -(-len(mixed) // BLOCK))
    return sum(draft.rematch(round, block) for block in blocks)


def fill(draft: Draft, pulse: Pulse) -> None:
    """Deal the rounds that are still empty, one after another, each matched before the next."""
    for round in range(draft.room.rounds):
        if not len(draft.tables[round]):
            deal(draft, round)
            tries = FIRST_TRIES if draft.room.size <= LARGE else FIRST_TRIES // 2 + 1
            for _ in range(1 if pulse.stopped else tries):
                sweep(draft, round)
            pulse.beat(0.7 * (round + 1) / draft.room.rounds)


def settle(draft: Draft, rounds: Rounds, pulse: Pulse, patience: int = PATIENCE, most: int = MOST) -> None:
    """Re-match round after round until `patience` turns through the evening have gained nothing."""
    idle = 0
    patience = patience if draft.room.size <= LARGE else 1
    for turn in range(most):
        if pulse.stopped:
            return
        gain = sum(sweep(draft, round) for round in rounds)
        idle = 0 if gain > PROGRESS * draft.room.size else idle + 1
        if idle >= patience:
            return
        pulse.beat(0.7 + 0.2 * turn / (turn + 5))


def lift(draft: Draft, rounds: Rounds, pulse: Pulse, patience: int = PATIENCE) -> None:
    """Raise the worst-off person step by step: set the threshold just above them and re-match, while it helps."""
    there = draft.room.seats() > 0
    if not there.any():
        return
    best = -1.0
    large = draft.room.size > LARGE
    for _ in range(2 if large else STEPS_UP):
        means = np.sort((draft.sums / draft.feeling.seats)[there])
        worst = float(means[0])
        if worst <= best + SAME or pulse.stopped:
            return
        best = worst
        above = means[means > worst + SAME]
        draft.feeling.threshold = float(above[0]) if len(above) else worst
        settle(draft, rounds, pulse, patience, 2 if large else MOST)
