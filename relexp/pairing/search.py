"""The search: deal every round, then re-match one round at a time until nothing gets better, and keep the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from relexp.pairing.deal import deal
from relexp.pairing.draft import HELD, Draft
from relexp.pairing.room import UNWISHED, Floats, Ints
from relexp.pairing.worth import EVENLY, GRAIN, MEETING

Watch = Callable[[float], bool]
Rounds = Sequence[int]

# A re-match of more conversations than this is slower than several smaller ones that together reach as far.
BLOCK = 110
FIRST_TRIES = 5
PATIENCE = 3
# In a small room the coins must fall right for the few good moves there are, and a turn costs next to nothing.
SMALL = 30
PATIENT = 12
# In a large room chance evens out sooner, and a turn costs more.
LARGE = 400
# Gains a person below a hundred-thousandth of a whole difference are the rounding of equal choices, not progress.
PROGRESS = GRAIN / 100_000
# Among many a ten-thousandth is as little, and one in a hundred below the best there is, as fair.
PROGRESS_OF_MANY = GRAIN / 10_000
WITHIN_MANY = 0.99
# An end to turns that only trade equal choices, and to lifting the worst-off person.
MOST = 200
STEPS_UP = 5
# Sharing same-group meetings evenly first counts this little, so that better partners can be found across it.
LOOSELY = 0.25
# Half a percent below what the room allows is as good as there.
WITHIN = 0.9955
# Between two drafts, a hundredth more for the worst-off person is worth three thousandths more for everybody.
FAIR = 0.3


class Pulse:
    """Tells whoever watches how far the search has come, and whether they asked it to stop."""

    def __init__(self, watch: Watch | None) -> None:
        self.watch = watch
        self.before = self.told = 0.0
        self.span = 0.8
        self.stopped = False

    def beat(self, within: float) -> None:
        """Report progress: `within` is the share done of the step at hand."""
        if self.watch is not None and not self.stopped:
            # what looks at a room again does not go back
            self.told = max(self.told, self.before + self.span * min(within, 1.0))
            self.stopped = not self.watch(self.told)

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
    patience = max(patience, PATIENT) if draft.room.size <= SMALL else patience
    large = draft.room.size > LARGE
    patience, progress = (1, PROGRESS_OF_MANY) if large else (patience, PROGRESS)
    for turn in range(most):
        if pulse.stopped:
            return
        gain = sum(sweep(draft, round) for round in rounds)
        idle = 0 if gain > progress * draft.room.size else idle + 1
        if idle >= patience:
            return
        pulse.beat(0.7 + 0.2 * turn / (turn + 5))


def ease(draft: Draft, rounds: Rounds, pulse: Pulse, patience: int = PATIENCE, most: int = MOST) -> None:
    """Settle, first with little regard for how evenly same-group meetings are shared, and then with all."""
    for evenly in (LOOSELY, EVENLY) if None in draft.room.caps else (EVENLY,):
        draft.evenly = evenly
        settle(draft, rounds, pulse, patience, most)


def lift(draft: Draft, rounds: Rounds, pulse: Pulse, patience: int = PATIENCE) -> None:
    """Raise the worst-off person as far as the room allows, and keep the fairest evening seen on the way.

    The threshold below which a person pulls is set just under what the room's least hopeful could have at best; where
    that is out of reach for so many, the interval is halved.
    """
    room = draft.room
    there = room.seats() > 0
    if not there.any():
        return
    low, high = worst_off(draft), fair_ceiling(draft) * WITHIN
    threshold, best, kept = high, fairness(draft), draft.saved()
    large = room.size > LARGE
    for _ in range(2 if large else STEPS_UP):
        if low >= high * (WITHIN_MANY if large else WITHIN) or pulse.stopped:
            break
        draft.feeling.threshold = threshold
        ease(draft, rounds, pulse, patience, 3 if large else MOST)
        if fairness(draft) > best:
            best, kept = fairness(draft), draft.saved()
        low, high = (threshold, high) if worst_off(draft) >= threshold * WITHIN else (low, threshold)
        threshold = (low + high) / 2
    draft.restore(kept)


def worst_off(draft: Draft) -> float:
    """The lowest mean difference of anybody who talks."""
    there = draft.room.seats() > 0
    return float((draft.sums[there] / draft.feeling.seats[there]).min()) if there.any() else 0.0


def fairness(draft: Draft) -> float:
    """What two drafts that bend the same are compared by: the total, and what the worst-off person has."""
    bent = UNWISHED * float(np.maximum(draft.met - 1, 0).sum()) + MEETING * float(draft.same.sum())
    return round(float(draft.sums.sum()) / 2 + FAIR * draft.room.size * worst_off(draft) - bent, 6)


def fair_ceiling(draft: Draft) -> float:
    """The least, over everybody, of the best mean each could have if the whole room were theirs to choose from.

    Rounds that a person has with their own group in the draft count with the best partners of that group.
    """
    room = draft.room
    seats = room.seats()
    there = np.nonzero(seats > 0)[0]
    if room.size < 2 or not len(there):
        return 1.0
    open_to = np.where(room.apart | room.unwished, 0.0, room.d)
    ceilings = _best_sums(open_to, seats)
    for table, own in zip(room.same, draft.same, strict=True):
        if own.any():
            own = np.minimum(own, seats)
            inside = _best_sums(np.where(table, open_to, 0.0), own)
            ceilings = np.minimum(ceilings, inside + _best_sums(np.where(table, 0.0, open_to), seats - own))
    return float((ceilings[there] / seats[there]).min())


def _best_sums(offers: Floats, times: Ints) -> Floats:
    """The sum of each person's best offers, as many as `times` says."""
    size = offers.shape[1]
    most = min(int(times.max(initial=0)), size - 1)
    if most < 1:
        return np.zeros(len(offers))
    best = np.sort(np.partition(offers, size - most, axis=1)[:, size - most :], axis=1)[:, ::-1]
    sums = np.concatenate([np.zeros((len(offers), 1)), np.cumsum(best, axis=1)], axis=1)
    found: Floats = sums[np.arange(len(offers)), np.minimum(times, most)]
    return found
