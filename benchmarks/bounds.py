"""Upper bounds that no evening can pass, found without the planner: two linear programs a room, solved by HiGHS.

A pair, or a half of one in a trio, is a column. People take part in at most as many rounds as they are in the room,
two people meet at most once (or as often as both attend), and where same-group rounds are to be as few as possible,
nobody has more of them than the cap. The bound printed is that of the dual prices, worked out
over every pair that may meet: it holds whatever the solver's tolerances were, and even if it stopped early.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, vstack

from benchmarks.facts import Facts
from benchmarks.scoring import cap_of
from relexp.roster.rules import NeverSame

# Columns looked at first: this many of everybody's best partners. The others are priced and come in as needed.
FIRST = 5
SWEEPS = 30
CLOSE = 1e-6
# In larger rooms the bound on the worst-off person is what the least hopeful could have with nobody in the way: the
# program gave the same there, and takes a minute at 3,000.
LARGE = 600


@dataclass(frozen=True)
class Columns:
    """Every way two people may take part together: (a, b), their shares of a round, and what each gets from it.

    `same` marks two of one side (they meet only in a trio), `cap` how often the two may meet, `pair` numbers the two,
    `grouped` has a line for each column of the sheet with a cap and marks two of one group there.
    """

    a: np.ndarray
    b: np.ndarray
    share_a: np.ndarray
    share_b: np.ndarray
    gain_a: np.ndarray
    gain_b: np.ndarray
    same: np.ndarray
    cap: np.ndarray
    pair: np.ndarray
    grouped: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Columns:
        return Columns(**{name: getattr(self, name)[..., chosen] for name in self.__dataclass_fields__})

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True)
class Bounds:
    """The most any evening of a room can total, and the most its worst-off person can have (a mean, 0 to 1)."""

    total: float
    worst: float


def bounds(facts: Facts) -> Bounds:
    """Both bounds of a room."""
    total = _Program(facts, worst=False).solve()
    worst = alone(facts)
    return Bounds(total, worst if len(facts.people) > LARGE else min(worst, _Program(facts, worst=True).solve()))


def alone(facts: Facts) -> float:
    """The mean of the person with the least to hope for, if all others gave way to everybody in turn."""
    rounds = facts.here.sum(axis=1)
    times = np.where(facts.may_meet, facts.rounds_together, 0.0)
    least = 1.0
    for person in np.flatnonzero(rounds):
        order = np.argsort(-facts.d[person])
        taken = np.minimum(np.cumsum(times[person, order]), rounds[person])
        gained = np.diff(taken, prepend=0.0) @ facts.d[person, order]
        least = min(least, float(gained / rounds[person]))
    return least


@dataclass(frozen=True)
class Prices:
    """What proves a bound: for everybody the slope and the price of a round, the price of two of one side, and for
    each column with a cap everybody's price of a same-group round, (caps, n)."""

    slope: np.ndarray
    round: np.ndarray
    same: float
    grouped: np.ndarray


def _columns(facts: Facts) -> Columns:
    """Every column of the room; where hosts take two guests, a pair has a second column for the two in a trio."""
    may = np.triu(facts.may_meet & (facts.rounds_together > 0), 1)
    across = np.ones_like(may) if facts.host is None else facts.host[:, None] != facts.host[None, :]
    if facts.one_to_two:
        may &= across
    a, b = np.nonzero(may)
    ones, d = np.ones(len(a)), facts.d[a, b]
    pair, cap = np.arange(len(a)), facts.rounds_together[a, b]
    grouped = np.array([same[a, b] for same, _ in _capped(facts)]).reshape(-1, len(a))
    plain = Columns(a, b, ones, ones, d, d, ~across[a, b], cap, pair, grouped)
    if not facts.one_to_two or facts.host is None:
        return plain
    half_a, half_b = np.where(facts.host[a], 0.5, 1.0), np.where(facts.host[b], 0.5, 1.0)
    halved = Columns(a, b, half_a, half_b, half_a * d, half_b * d, plain.same, cap, pair, grouped)
    both = zip(plain.__dict__.values(), halved.__dict__.values(), strict=True)
    return Columns(*(np.concatenate(parts, axis=-1) for parts in both))


def _capped(facts: Facts) -> list[tuple[np.ndarray, int]]:
    """For each column with a cap on same-group rounds: who shares a group with whom, and the cap."""
    fewest = [across for across in facts.rules.across if across.never_same is NeverSame.FEWEST]
    return [(facts.same_group[across.column], cap_of(facts, across)) for across in fewest]


class _Program:
    """One of the two programs: the largest total, or (worst=True) the largest mean that everybody can reach at once."""

    def __init__(self, facts: Facts, *, worst: bool) -> None:
        self.columns, self.worst, self.size = _columns(facts), worst, len(facts.people)
        self.limit = facts.here.sum(axis=1).astype(float)
        self.trios = sum(facts.trios_needed(number) for number in range(facts.rules.rounds)) / 2
        self.caps = [float(cap) for _, cap in _capped(facts)]

    def solve(self) -> float:
        """Solve on the likeliest columns, price all, bring in those that pay, until the bound meets the solution."""
        if not len(self.columns):
            return 0.0
        chosen, best = self._first(), np.inf
        for _ in range(SWEEPS):
            reached, prices = self._restricted(np.flatnonzero(chosen))
            profit = self.profit(prices)
            best = min(best, self.bound(profit, prices))
            paying = (profit > 1e-9) & ~chosen
            if best - reached <= CLOSE * max(1.0, abs(reached)) or not paying.any():
                break
            chosen |= self._strongest(profit, paying)
        return float(best)

    def _first(self) -> np.ndarray:
        """Some of everybody's best partners, and as many at random: the best alone are the same few for all."""
        everything = np.ones(len(self.columns), dtype=bool)
        gain = self.columns.gain_a + self.columns.gain_b
        lot = np.random.default_rng(1).random(len(gain))
        each = FIRST + int(self.limit.max())
        return self._strongest(gain, everything, each) | self._strongest(lot, everything, each)

    def _strongest(self, value: np.ndarray, among: np.ndarray, each: int = 20) -> np.ndarray:
        """The `each` highest values of each person, among some columns, as a mask over all columns."""
        found = np.zeros(len(value), dtype=bool)
        places = np.flatnonzero(among)
        for end in (self.columns.a, self.columns.b):
            order = places[np.lexsort((-value[places], end[places]))]
            person = end[order]
            first = np.searchsorted(person, person)
            found[order[np.arange(len(order)) - first < each]] = True
        return found

    def profit(self, prices: Prices) -> np.ndarray:
        """What each column brings beyond what it costs at the prices."""
        c = self.columns
        gain = prices.slope[c.a] * c.gain_a + prices.slope[c.b] * c.gain_b
        gain -= c.share_a * prices.round[c.a] + c.share_b * prices.round[c.b] + prices.same * c.same
        for marked, price in zip(c.grouped, prices.grouped, strict=True):
            gain -= marked * (price[c.a] + price[c.b])
        return gain

    def bound(self, profit: np.ndarray, prices: Prices) -> float:
        """What nobody can pass at these prices: all that is paid, and the profit of every pair that brings some."""
        c = self.columns
        best = np.zeros(int(c.pair.max(initial=0)) + 1)
        np.maximum.at(best, c.pair, profit * c.cap)
        paid = self.limit @ prices.round + self.trios * prices.same
        return float(paid + np.array(self.caps) @ prices.grouped.sum(axis=1) + best.sum())

    def _restricted(self, chosen: np.ndarray) -> tuple[float, Prices]:
        """Solve on some columns: (value, prices)."""
        c, n = self.columns[chosen], self.size
        rows, right = self._rows(c)
        cost, ceiling = -(c.gain_a + c.gain_b) / 2, c.cap
        if self.worst:
            # One more column: the mean that everybody reaches; one more row a person: what they get is that or more.
            height = np.concatenate([np.zeros(sum(map(len, right))), self.limit])
            rows = [hstack([vstack([*rows, -_spread(c.gain_a, c.gain_b, c, n)]), csr_matrix(height[:, None])])]
            right.append(np.zeros(n))
            cost, ceiling = np.append(np.zeros(len(c)), -1.0), np.append(c.cap, np.inf)
        limits = np.column_stack([np.zeros(len(cost)), ceiling])
        solved = linprog(cost, A_ub=vstack(rows), b_ub=np.concatenate(right), bounds=limits, method="highs-ipm")
        dual = np.maximum(-solved.ineqlin.marginals, 0.0)
        slope, scale = np.full(n, 0.5), 1.0
        if self.worst:
            slope, scale = dual[-n:], float(dual[-n:] @ self.limit)
        grouped = dual[n + 1 : n + 1 + n * len(self.caps)].reshape(len(self.caps), n)
        return -float(solved.fun), Prices(slope / scale, dual[:n] / scale, float(dual[n]) / scale, grouped / scale)

    def _rows(self, c: Columns) -> tuple[list[csr_matrix], list[np.ndarray]]:
        """What binds: everybody's rounds, two of one side, each cap, and a pair with two columns at most once."""
        n, k = self.size, np.arange(len(c))
        rows = [_spread(c.share_a, c.share_b, c, n), csr_matrix(c.same.astype(float)[None, :])]
        rows += [_spread(marked.astype(float), marked.astype(float), c, n) for marked in c.grouped]
        right = [self.limit, np.array([self.trios]), *(np.full(n, cap) for cap in self.caps)]
        numbers, first, pair = np.unique(c.pair, return_index=True, return_inverse=True)
        if len(numbers) < len(c):
            rows.append(csr_matrix((np.ones(len(c)), (pair, k)), (len(numbers), len(c))))
            right.append(c.cap[first])
        return rows, right


def _spread(at_a: np.ndarray, at_b: np.ndarray, c: Columns, size: int) -> csr_matrix:
    """A row a person, a column a column: what each column asks of, or gives to, its two people."""
    k = np.arange(len(c))
    return csr_matrix((np.r_[at_a, at_b], (np.r_[c.a, c.b], np.r_[k, k])), (size, len(c)))
