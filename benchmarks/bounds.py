"""Upper bounds that no evening can pass, found without the planner: two linear programs a room, solved by HiGHS.

A pair, or a half of one in a trio, is a column. People take part in at most as many rounds as they are in the room,
two people meet at most once (or as often as both attend). The bound printed is that of the dual prices, worked out
over every pair that may meet: it holds whatever the solver's tolerances were, and even if it stopped early.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, vstack

from benchmarks.facts import Facts

# Columns looked at first: this many of the best partners of each person. The others are priced and come in as needed.
FIRST = 10
SWEEPS = 30
CLOSE = 1e-6


@dataclass(frozen=True)
class Columns:
    """Every way two people may take part together: (a, b), their shares of a round, and what each gets from it.

    `same` marks two of one side (they meet only in a trio), `cap` how often the two may meet, `pair` numbers the two.
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

    def __getitem__(self, chosen: np.ndarray) -> Columns:
        return Columns(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True)
class Bounds:
    """The most any evening of a room can total, and the most its worst-off person can have (a mean, 0 to 1)."""

    total: float
    worst: float


def bounds(facts: Facts) -> Bounds:
    """Both bounds of a room."""
    columns, limit, trios = _setting(facts)
    total = _Program(columns, limit, trios, worst=False).solve()
    return Bounds(total, min(1.0, _Program(columns, limit, trios, worst=True).solve()))


def certified(facts: Facts, certificate: Mapping[str, Any]) -> Bounds:
    """Both bounds as the certificate of an evening's report proves them, worked out afresh over every pair."""
    columns, limit, trios = _setting(facts)
    rows = [facts.roster.index[person.id] for person in facts.people]

    def proven(part: Mapping[str, Any], slope: np.ndarray) -> float:
        program = _Program(columns, limit, trios, worst=False)
        price, same_price = np.array(part["u"], dtype=float)[rows], float(part.get("m", 0.0))
        return program.bound(program.profit(slope, price, same_price), price, same_price)

    worst = certificate["worst"]
    total = proven(certificate, np.full(len(rows), 0.5))
    return Bounds(total, min(1.0, proven(worst, np.array(worst["share"], dtype=float)[rows])))


def _setting(facts: Facts) -> tuple[Columns, np.ndarray, float]:
    """The columns, how many rounds everybody is in the room, and half of the trios that the room needs."""
    trios = sum(facts.trios_needed(number) for number in range(facts.rules.rounds)) / 2
    return _columns(facts), facts.here.sum(axis=1).astype(float), trios


def _columns(facts: Facts) -> Columns:
    """Every column of the room; where hosts take two guests, a pair has a second column for the two in a trio."""
    may = np.triu(facts.may_meet & (facts.rounds_together > 0), 1)
    across = np.ones_like(may) if facts.host is None else facts.host[:, None] != facts.host[None, :]
    if facts.one_to_two:
        may &= across
    a, b = np.nonzero(may)
    ones, d = np.ones(len(a)), facts.d[a, b]
    pair, cap = np.arange(len(a)), facts.rounds_together[a, b]
    plain = Columns(a, b, ones, ones, d, d, ~across[a, b], cap, pair)
    if not facts.one_to_two or facts.host is None:
        return plain
    half_a, half_b = np.where(facts.host[a], 0.5, 1.0), np.where(facts.host[b], 0.5, 1.0)
    halved = Columns(a, b, half_a, half_b, half_a * d, half_b * d, plain.same, cap, pair)
    return Columns(*(np.concatenate([getattr(plain, n), getattr(halved, n)]) for n in plain.__dataclass_fields__))


class _Program:
    """One of the two programs: the largest total, or (worst=True) the largest mean that everybody can reach at once."""

    def __init__(self, columns: Columns, limit: np.ndarray, trios: float, *, worst: bool) -> None:
        self.columns, self.limit, self.trios, self.worst = columns, limit, trios, worst
        self.size = len(limit)

    def solve(self) -> float:
        """Solve on the likeliest columns, price all, bring in those that pay, until the bound meets the solution."""
        if not len(self.columns):
            return 0.0
        chosen, best = self._first(), np.inf
        for _ in range(SWEEPS):
            reached, slope, price, same_price = self._restricted(np.flatnonzero(chosen))
            profit = self.profit(slope, price, same_price)
            best = min(best, self.bound(profit, price, same_price))
            paying = (profit > 1e-9) & ~chosen
            if best - reached <= CLOSE * max(1.0, abs(reached)) or not paying.any():
                break
            chosen |= self._strongest(profit, paying)
        return float(best)

    def _first(self) -> np.ndarray:
        gain = self.columns.gain_a + self.columns.gain_b
        return self._strongest(gain, np.ones(len(gain), dtype=bool), FIRST + 2 * int(self.limit.max()))

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

    def profit(self, slope: np.ndarray, price: np.ndarray, same_price: float) -> np.ndarray:
        """What each column brings beyond what it costs at the prices."""
        c = self.columns
        gain = slope[c.a] * c.gain_a + slope[c.b] * c.gain_b
        return gain - c.share_a * price[c.a] - c.share_b * price[c.b] - same_price * c.same

    def bound(self, profit: np.ndarray, price: np.ndarray, same_price: float) -> float:
        c = self.columns
        best = np.zeros(int(c.pair.max()) + 1)
        np.maximum.at(best, c.pair, profit * c.cap)
        return float(self.limit @ price + self.trios * same_price + best.sum())

    def _restricted(self, chosen: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, float]:
        """Solve on some columns: (value, slopes (n,), prices (n,), price of two of one side)."""
        c, n = self.columns[chosen], self.size
        k = np.arange(len(c))
        rows = [_spread(c.share_a, c.share_b, c, n), csr_matrix(c.same.astype(float)[None, :])]
        right = [self.limit, np.array([self.trios])]
        numbers, first, pair = np.unique(c.pair, return_index=True, return_inverse=True)
        if len(numbers) < len(c):
            rows.append(csr_matrix((np.ones(len(c)), (pair, k)), (len(numbers), len(c))))
            right.append(c.cap[first])
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
        return -float(solved.fun), slope / scale, dual[:n] / scale, float(dual[n]) / scale


def _spread(at_a: np.ndarray, at_b: np.ndarray, c: Columns, size: int) -> csr_matrix:
    """A row a person, a column a column: what each column asks of, or gives to, its two people."""
    k = np.arange(len(c))
    return csr_matrix((np.r_[at_a, at_b], (np.r_[c.a, c.b], np.r_[k, k])), (size, len(c)))
