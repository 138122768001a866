"""Re-computes every bound of an evening's report from its certificate, and holds the evening against it.

One formula proves them all. For slopes g, prices u (one number a person each) and a same-side price m >= 0,

    B(g, u, m) = sum_i n_i u_i  -  rests(u)  +  m T / 2  +  sum over pairs {i, j} that may meet of c_ij max(0, modes)

    mode                          (g_i + g_j) v_ij - u_i - u_j, less m where both are of one side
    modes with one-to-twos        host h, guest g: (g_h + g_g) v - u_h - u_g  and  (g_h/2 + g_g) v - u_h/2 - u_g

n_i: rounds in which person i is there and did not ask to rest; T: conversations of three in the evening; c_ij: 1, or
with repeats = "fewest" the number of rounds in which both are free, and never less than they meet in the evening; v:
the difference; rests(u): where k of a side (of all, in an open mix) rest unasked in a round of the evening, the k
lowest prices of those of that side who are there in that round. Then sum_i g_i s_i <= B for every evening with as many
threes, and rests of either side a round, s_i being what person i's conversations add up to: everybody pays their
price, of either sign, for each round in which they do not rest.

- The total: B(1/2, u, m) with `certificate["u"]` and `certificate["m"]`.
- The worst-off person: B(share, u, m), at most 1, of `certificate["worst"]`; share_i >= 0, sum share_i n_i = 1.
- A column that keeps groups apart, from `certificate["same_group"][name]`, v_ij = 1 for two of one group, else 0:
  `fewest_meetings` is at least -B(-1/2, -u, m) of `["meetings"]` = {"u", "m"}, and `lowest_possible` at least
  -B(-share, -u, m) of `["person"]` = {"share", "u", "m"}, rounded up; share_i >= 0, sum share_i = 1, u of either sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.messages import Message, say
from relexp.pairing.verify_facts import GUEST, HOST, Facts
from relexp.pairing.verify_figures import close, figures, number, shown
from relexp.pairing.verify_pairs import PairRules, Places
from relexp.roster.rules import Repeats

Numbers = NDArray[np.float64]
Value = Callable[[Places, Places], Numbers]
# Rows of the table of pairs that are looked at together: 3,000 people then need some tens of megabytes.
ROWS = 256
# Prices and shares from a solver may stray this far below nothing.
STRAY = 1e-9


@dataclass(frozen=True, slots=True)
class Prices:
    """What proves a bound: a slope and a price for everybody, and the price of two from one side."""

    slopes: Numbers
    prices: Numbers
    same_side: float


def wrong_bounds(facts: Facts, pair_rules: PairRules, differences: Numbers) -> Iterator[Message]:
    """Every bound of the report on differences that is not what its certificate proves, or that the evening beats."""
    found = figures(facts, differences)
    certificate = mapping(facts.evening.report.get("certificate"))
    worst = mapping(certificate.get("worst"))

    def value(ones: Places, others: Places) -> Numbers:
        return differences[ones, others]

    halves = np.full(facts.size, 0.5)
    total = prices_from(facts, certificate, halves)
    shares = vector(worst.get("share"), facts.size)
    fair = None if shares is None or not _shared_out(facts, shares) else prices_from(facts, worst, shares)
    for figure, prices, most in (("total", total, np.inf), ("worst_person", fair, 1.0)):
        proven = None if prices is None else min(most, bound(facts, pair_rules, prices, value))
        yield from _held(facts, figure, found[figure], proven)
    limit = number(facts.evening.report.get("total_bound"))
    gap = number(facts.evening.report.get("total_gap"))
    if limit is not None:
        right = (limit - found["total"]) / limit if limit else 0.0
        if gap is None:
            yield say("verify.report_missing", figure="total_gap")
        elif not close(gap, right):
            yield say("verify.figure", figure="total_gap", said=shown(gap), found=shown(right))


def _held(facts: Facts, figure: str, reached: float, proven: float | None) -> Iterator[Message]:
    """A printed bound against its proof and against what the evening reached."""
    limit = number(facts.evening.report.get(f"{figure}_bound"))
    if proven is None:
        yield say("verify.certificate", figure=f"{figure}_bound")
    if limit is None:
        yield say("verify.report_missing", figure=f"{figure}_bound")
        return
    if proven is not None and not close(limit, proven):
        yield say("verify.bound", figure=f"{figure}_bound", said=shown(limit), found=shown(proven))
    if reached > limit and not close(reached, limit):
        yield say("verify.beyond", figure=figure, said=shown(reached), limit=shown(limit))


def bound(facts: Facts, pair_rules: PairRules, proof: Prices, value: Value) -> float:
    """B of the formula above, with v from `value` for arrays of places that broadcast against each other."""
    trios = sum(talk.is_trio for talk in facts.every_talk())
    paid = float(facts.attended @ proof.prices) - _resting(facts, proof.prices) + proof.same_side * trios / 2
    return paid + sum(_block(facts, pair_rules, proof, value, start) for start in range(0, facts.size, ROWS))


def _resting(facts: Facts, prices: Numbers) -> float:
    """The least that the evening's rests take from the prices paid, whoever it is that rests."""
    side, least = np.array(facts.side), 0.0
    for round, resting in facts.resting.items():
        for one, count in Counter(facts.side[place] for place in resting).items():
            there = prices[facts.free[:, round] & (side == one)]
            least += float(np.sort(there)[:count].sum())
    return least


def _block(facts: Facts, pair_rules: PairRules, proof: Prices, value: Value, start: int) -> float:
    """The part of the pairs' sum in which the lower place is among some rows."""
    ones = np.arange(start, min(start + ROWS, facts.size))[:, None]
    others = np.arange(facts.size)[None, :]
    common = facts.free[ones[:, 0]].astype(np.float32) @ facts.free.T.astype(np.float32)
    may = pair_rules.allow(ones, others) & (common > 0)
    counts = may * (common if facts.rules.repeats is Repeats.FEWEST else 1.0)
    for (one, other), times in facts.meetings.items():
        if start <= one < start + ROWS:
            counts[one - start, other] = max(counts[one - start, other], times)
    gains = _modes(facts, proof, value(ones, others), ones, others)
    return float((counts * np.maximum(gains, 0.0))[ones < others].sum())


def _modes(facts: Facts, proof: Prices, values: Numbers, ones: Places, others: Places) -> Numbers:
    slopes, prices = proof.slopes, proof.prices
    gains: Numbers = (slopes[ones] + slopes[others]) * values - prices[ones] - prices[others]
    sides = facts.rules.sides
    if sides is None:
        return gains
    side = np.array(facts.side)
    same = side[ones] == side[others]
    if sides.guests_per_host == 1:
        gains -= proof.same_side * same
        return gains
    cross = (side[ones] != side[others]) & np.isin(side[ones], (HOST, GUEST)) & np.isin(side[others], (HOST, GUEST))
    # A host gives half of each round of a one-to-two to either guest.
    part = np.where(side == HOST, 0.5, 1.0)
    halved = (slopes * part)[ones] + (slopes * part)[others]
    shared = halved * values - (prices * part)[ones] - (prices * part)[others]
    crossing: Numbers = np.where(cross, np.maximum(gains, shared), 0.0)
    return crossing


def prices_from(facts: Facts, said: Mapping[str, object], slopes: Numbers) -> Prices | None:
    """Prices as a certificate holds them; None where they are not one number a person, or m is below nothing."""
    prices, same_side = vector(said.get("u"), facts.size), number(said.get("m", 0.0))
    if prices is None or same_side is None or same_side < -STRAY:
        return None
    return Prices(slopes, prices, same_side)


def _shared_out(facts: Facts, shares: Numbers) -> bool:
    whole = 1.0 if facts.attended.any() else 0.0
    return bool((shares >= -STRAY).all()) and close(float(shares @ facts.attended), whole)


def mapping(value: object) -> Mapping[str, object]:
    """A part of the report, empty where there is none."""
    return value if isinstance(value, Mapping) else {}


def vector(value: object, size: int) -> Numbers | None:
    """One number a person; None where the report holds something else."""
    try:
        numbers = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return numbers if numbers.shape == (size,) and bool(np.isfinite(numbers).all()) else None
