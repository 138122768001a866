"""The linear programs that find good prices: they hold the pairs that could matter, and grow where a price is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from relexp.pairing.bounds import STRIP, Frame, bound, surplus
from relexp.pairing.linear import maximise
from relexp.pairing.room import Bools, Floats, Ints
from relexp.pairing.smooth import smooth_prices

# Up to this many people every pair stands in the program; above, the pairs of the evening and each person's best few.
WHOLE = 150
FEW = 5
# A bound this close to the program's own optimum is tight enough to print.
TIGHT = 2e-5
TURNS = 3
# Above this many people prices are found one person at a time, to within a thousandth of the program's.
LARGE = 600


@dataclass(frozen=True)
class Columns:
    """Pairs in a program: who with whom, how much of a round each gives, and how often they may at most."""

    one: Ints
    other: Ints
    mine: Floats
    theirs: Floats
    often: Floats

    def matrix(self, size: int) -> sparse.csr_array:
        """How much of each person's rounds each column takes, (size, columns)."""
        columns = np.arange(len(self.one))
        entries = np.concatenate([self.mine, self.theirs])
        places = (np.concatenate([self.one, self.other]), np.concatenate([columns, columns]))
        return sparse.csr_array((entries, places), shape=(size, len(columns)))


def columns(frame: Frame, wanted: Bools) -> Columns:
    """The columns for the `wanted` (N, N) pairs, with a second, shared form of each where one-to-two is planned."""
    one, other = np.nonzero(np.triu(wanted & (frame.often > 0), 1))
    often = frame.often[one, other].astype(np.float64)
    full = np.ones(len(one))
    if not frame.one_to_two:
        return Columns(one, other, full, full, often)
    half = np.where(frame.side == 0, 0.5, 1.0)
    return Columns(
        np.concatenate([one, one]),
        np.concatenate([other, other]),
        np.concatenate([full, half[one]]),
        np.concatenate([full, half[other]]),
        np.concatenate([often, often]),
    )


def promising(frame: Frame, slopes: Floats, met: Bools) -> Bools:
    """Pairs that could matter to a program: those of the evening, and each person's best few."""
    if frame.size <= WHOLE:
        return np.ones((frame.size, frame.size), dtype=bool)
    wanted = met.copy()
    few = min(int(frame.n.max(initial=0)) + FEW, frame.size - 1)
    for start in range(0, frame.size, STRIP):
        rows = np.arange(start, min(start + STRIP, frame.size))
        worth = (slopes[rows][:, None] + slopes[None, :]) * frame.d[rows]
        worth[frame.often[rows] == 0] = -1.0
        best = np.argpartition(-worth, few, axis=1)[:, :few]
        wanted[rows[:, None], best] = True
    return wanted | wanted.T


def prices(frame: Frame, slopes: Floats, met: Bools) -> tuple[Floats, float]:
    """Prices (u, m) under which B(slopes, u, m) is small: the most the weighted experiences could come to."""
    if frame.size > LARGE and not frame.sided:
        return smooth_prices(frame, slopes), 0.0
    wanted = promising(frame, slopes, met)
    nothing: tuple[Floats, float] = (np.zeros(frame.size), 0.0)
    found = [(bound(frame, slopes, *nothing), nothing)]
    for _ in range(TURNS):
        answer = _solve(frame, slopes, columns(frame, wanted))
        if answer is None:
            break
        u, m, optimum = answer
        found.append((bound(frame, slopes, u, m), (u, m)))
        if frame.size <= WHOLE or found[-1][0] <= optimum * (1 + TIGHT):
            break
        wanted |= _underpriced(frame, slopes, u, m)
    return min(found, key=lambda tried: tried[0])[1]


def _solve(frame: Frame, slopes: Floats, pairs: Columns) -> tuple[Floats, float, float] | None:
    """The program over these columns: its prices and its optimum, or None where it has no answer."""
    if not len(pairs.one):
        return None
    gain = frame.d[pairs.one, pairs.other] * (slopes[pairs.one] * pairs.mine + slopes[pairs.other] * pairs.theirs)
    same = _one_sided(frame, pairs)
    chairs, seats = _chairs(frame)
    count, rests = len(gain), chairs.shape[1]
    answer = maximise(
        np.append(gain, np.zeros(rests)),
        (np.append(same, np.zeros(rests))[None, :], np.array([frame.trios / 2])),
        (
            sparse.vstack(
                [
                    sparse.hstack([pairs.matrix(frame.size), chairs]),
                    sparse.hstack([sparse.csr_array((len(frame.rests), count)), seats]),
                ]
            ),
            np.append(frame.n, [rest for _, rest in frame.rests]),
        ),
        np.append(pairs.often, np.ones(rests)),
        inner=frame.size > WHOLE,
    )
    if answer is None:
        return None
    return answer.balances[: frame.size], float(answer.limits[0]) if same.any() else 0.0, answer.optimum


def _chairs(frame: Frame) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The chairs of rest: who may take each, (size, chairs), and which round and side each belongs to."""
    people = np.concatenate([there for there, _ in frame.rests]) if frame.rests else np.zeros(0, dtype=np.int64)
    groups = np.repeat(np.arange(len(frame.rests)), [len(there) for there, _ in frame.rests])
    columns, ones = np.arange(len(people)), np.ones(len(people))
    return (
        sparse.csr_array((ones, (people, columns)), shape=(frame.size, len(people))),
        sparse.csr_array((ones, (groups, columns)), shape=(len(frame.rests), len(people))),
    )


def _underpriced(frame: Frame, slopes: Floats, u: Floats, m: float) -> Bools:
    """The few pairs of each person whose worth exceeds their prices the most."""
    wanted = np.zeros((frame.size, frame.size), dtype=bool)
    for start in range(0, frame.size, STRIP):
        rows = np.arange(start, min(start + STRIP, frame.size))
        over = np.where(frame.often[rows] > 0, surplus(frame, slopes, u, m, rows), -1.0)
        worst = np.argpartition(-over, FEW, axis=1)[:, :FEW]
        wanted[rows[:, None], worst] = np.take_along_axis(over, worst, axis=1) > 0
    return wanted | wanted.T


def lowest_mean(frame: Frame, few: Ints, met: Bools) -> tuple[Floats, Floats, float] | None:
    """Shares and prices (u, m) from the program for the lowest mean among a `few` people; None without an answer."""
    wanted = np.zeros((frame.size, frame.size), dtype=bool)
    best = min(2 * int(frame.n.max()) + FEW, frame.size - 1)
    offers = np.where(frame.often[few] > 0, frame.d[few], -1.0)
    wanted[few[:, None], np.argpartition(-offers, best, axis=1)[:, : best + 1]] = True
    wanted[few] |= met[few] | (frame.size <= WHOLE)
    wanted |= wanted.T
    found: list[tuple[float, tuple[Floats, Floats, float]]] = []
    for _ in range(TURNS):
        answer = _solve_mean(frame, few, columns(frame, wanted))
        if answer is None:
            break
        share, u, m, optimum = answer
        found.append((bound(frame, share, u, m), (share, u, m)))
        if found[-1][0] <= optimum * (1 + TIGHT):
            break
        wanted |= _underpriced(frame, share, u, m)
    return min(found, key=lambda tried: tried[0])[1] if found else None


def _solve_mean(frame: Frame, few: Ints, pairs: Columns) -> tuple[Floats, Floats, float, float] | None:
    if not len(pairs.one):
        return None
    size, count = frame.size, len(pairs.one)
    rank = np.full(size, -1)
    rank[few] = np.arange(len(few))
    first, second = rank[pairs.one] >= 0, rank[pairs.other] >= 0
    d, places = frame.d[pairs.one, pairs.other], np.arange(count)
    entries = np.concatenate([-(d * pairs.mine)[first], -(d * pairs.theirs)[second], frame.n[few]])
    rows = np.concatenate([rank[pairs.one[first]], rank[pairs.other[second]], np.arange(len(few))])
    across = np.concatenate([places[first], places[second], np.full(len(few), count)])
    means = sparse.csr_array((entries, (rows, across)), shape=(len(few), count + 1))
    room = sparse.hstack([pairs.matrix(size), sparse.csr_array((size, 1))])
    same = sparse.csr_array(np.append(_one_sided(frame, pairs), 0.0)[None, :])
    answer = maximise(
        np.append(np.zeros(count), 1.0),
        (sparse.vstack([means, room, same]), np.concatenate([np.zeros(len(few)), frame.n, [frame.trios / 2]])),
        None,
        np.append(pairs.often, 1.0),
        inner=True,
    )
    if answer is None:
        return None
    share = np.zeros(size)
    share[few] = answer.limits[: len(few)]
    scale = float(share @ frame.n)
    if scale <= 0:
        return None
    return share / scale, answer.limits[len(few) : -1] / scale, float(answer.limits[-1]) / scale, answer.optimum


def _one_sided(frame: Frame, pairs: Columns) -> Bools:
    """Which columns are two of one side, who meet only in conversations of three."""
    same: Bools = (frame.side[pairs.one] == frame.side[pairs.other]) & frame.sided
    return same
