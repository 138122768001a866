"""The proof that comes with an evening: prices for the total, and shares and prices for the worst-off person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relexp.pairing.bounds import Frame, bound
from relexp.pairing.program import LARGE, WHOLE, lowest_mean, prices
from relexp.pairing.room import Bools, Floats

# The worst-off bound is sharpened until it stands this close above what the evening reaches.
NEAR = 1.001
FAR = 1.02
# Of how many people the program for the worst-off takes heed, and how loose the bound must be for it to be asked;
# of everybody only in rooms whose every pair it holds.
MANY = 24
_FEW = ((8, 1.0), (MANY, 1.0), (WHOLE, 1.004))
# So far above what is reached may a bound by known prices be.
STILL_GOOD = 1.004


@dataclass(frozen=True)
class Proof:
    """Bounds with the numbers that prove them; B of the bounds module turns one into the other."""

    total: float
    u: Floats
    m: float
    worst: float
    share: Floats
    worst_u: Floats
    worst_m: float


def prove(frame: Frame, sums: Floats, met: Bools, crowds: list[Bools]) -> Proof:
    """Prove how good any evening in this room could be.

    `sums` (N,) and `met` (N, N) are of the evening at hand and only guide the programs. `crowds` marks groups of
    more than half of the room, whose members share what difference there is.
    """
    half = np.full(frame.size, 0.5)
    u, m = prices(frame, half, met)
    share, worst_u, worst_m = _worst(frame, sums, met, crowds)
    worst = min(1.0, bound(frame, share, worst_u, worst_m)) if frame.n.any() else 0.0
    return Proof(bound(frame, half, u, m), u, m, worst, share, worst_u, worst_m)


@dataclass(frozen=True)
class Known:
    """Prices from an earlier plan of this room, NaN for people who have come since.

    They serve again while the bound on the total is at most `good` times what is reached.
    """

    u: Floats
    m: float
    share: Floats
    worst_u: Floats
    worst_m: float
    good: float = STILL_GOOD


def reprove(frame: Frame, sums: Floats, known: Known) -> Proof | None:
    """Prove bounds with the prices of an earlier plan: any prices are a proof. None where they prove too little."""
    half = np.full(frame.size, 0.5)
    u = _newcomers(frame, known.u)
    share = np.where(np.isnan(known.share) | (frame.n == 0), 0.0, known.share)
    scale = float(share @ frame.n)
    if scale <= 0:
        return None
    share, worst_u = share / scale, np.where(np.isnan(known.worst_u), 0.0, known.worst_u) / scale
    total = bound(frame, half, u, known.m)
    worst = min(1.0, bound(frame, share, worst_u, known.worst_m / scale))
    if total > float(sums.sum()) / 2 * known.good:
        return None
    return Proof(total, u, known.m, worst, share, worst_u, known.worst_m / scale)


def _newcomers(frame: Frame, prices: Floats) -> Floats:
    """A price for those who have none yet: halfway between the last partner they would get and the next."""
    u = np.where(np.isnan(prices), 0.0, prices)
    for person in np.nonzero(np.isnan(prices) & (frame.n > 0))[0]:
        offers = np.sort(np.where(frame.often[person] > 0, frame.d[person] - u, -1.0))[::-1]
        rounds = int(frame.n[person])
        u[person] = float(offers[rounds - 1 : rounds + 1].mean())
    return u


def _worst(frame: Frame, sums: Floats, met: Bools, crowds: list[Bools]) -> tuple[Floats, Floats, float]:
    """Shares of the few whom the room serves worst; the bound is sharpened while it is loose."""
    there = np.nonzero(frame.n > 0)[0]
    if not len(there):
        return np.zeros(frame.size), np.zeros(frame.size), 0.0
    means = sums[there] / frame.n[there]
    own = np.array([_own_best(frame, int(person))[0] for person in there])
    by_room, by_plan = there[np.argsort(own, kind="stable")], there[np.argsort(means, kind="stable")]
    best = (*_alone(frame, int(by_room[0])), 0.0)
    value = bound(frame, *best)
    reached = float(means.min())
    near = NEAR if frame.size <= LARGE else FAR
    for few, loose in _FEW if frame.size <= LARGE else _FEW[:1]:
        if value > reached * max(near, loose) and (few <= MANY or frame.size <= WHOLE):
            answer = lowest_mean(frame, np.unique(np.concatenate([by_room[:few], by_plan[:few]])), met)
            if answer is not None and bound(frame, *answer) < value:
                best, value = answer, bound(frame, *answer)
    for crowd in crowds if value > reached * FAR else []:
        share = crowd / float(frame.n[crowd].sum())
        crowded = prices(frame, share, met)
        if bound(frame, share, *crowded) < value:
            best, value = (share, *crowded), bound(frame, share, *crowded)
    return best


def _own_best(frame: Frame, person: int) -> tuple[float, float]:
    """The best mean this person could have if the whole room were theirs to choose from, and the last offer taken."""
    rounds = int(frame.n[person])
    offers = np.sort(np.repeat(frame.d[person], frame.often[person]))[::-1]
    if frame.one_to_two and frame.side[person] == 0:
        # a host hears two guests at half each: still a mean of the best offers, of twice as many at most
        offers = offers[: 2 * rounds]
    return float(offers[:rounds].sum()) / rounds, float(offers[rounds - 1]) if len(offers) >= rounds else 0.0


def _alone(frame: Frame, person: int) -> tuple[Floats, Floats]:
    """The proof that this one person cannot do better than their own best choice of partners."""
    share, u = np.zeros(frame.size), np.zeros(frame.size)
    share[person] = 1.0 / frame.n[person]
    u[person] = share[person] * _own_best(frame, person)[1]
    return share, u
