"""How good any evening in this room could be: bounds on the total and on the worst-off person, each with its proof.

A bound is proven by prices: u for each person's rounds (and m for same-side places in trios). For slopes g,

    B(g, u, m) = sum n_i u_i - rests(u) + m T / 2 + sum over pairs that may meet of c_ij max(0, modes)

is at least the sum of g_i times everybody's experience in any evening with T trios and as many rests, whatever the
prices: rests(u) is the k lowest prices of those there, where k of a side rest unasked in a round. The linear program
only finds prices that make B small. With g = 1/2 it bounds the total; with g a set of shares that weigh the worst-off
people, it bounds the lowest mean (linear programming duality; the program is the b-matching relaxation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.pairing.room import Floats, Ints, Room
from relexp.roster.rules import Repeats

# Tables are read in strips of this many people, so that 3,000 people need no more than a few small ones at a time.
STRIP = 256


@dataclass(frozen=True)
class Frame:
    """What the bounds need of a room: rounds to talk `n`, how `often` two may meet, sides, trios, and rests.

    `rests` lists, for each round and side in which some rest unasked, who is there and how many rest.
    """

    d: Floats
    n: Floats
    often: NDArray[np.int8]
    side: Ints
    sided: bool
    one_to_two: bool
    trios: int
    rests: tuple[tuple[Ints, int], ...]

    @property
    def size(self) -> int:
        """How many people talk."""
        return len(self.n)


def frame(room: Room, met: NDArray[np.int8], trios: int, resting: list[Ints]) -> Frame:
    """The room as the bounds see it; pairs who do meet in the evening (`met` counts them) always may."""
    talking = (room.here & ~room.asked).astype(np.float32)
    common = np.rint(talking @ talking.T).astype(np.int8)
    often = common if room.rules.repeats is Repeats.FEWEST else np.minimum(common, 1).astype(np.int8)
    often[(room.apart & ~room.far) | room.unwished] = 0
    often = np.maximum(often, met)
    if room.one_to_two:
        often[room.side[:, None] == room.side[None, :]] = 0
    np.fill_diagonal(often, 0)
    n = room.seats().astype(np.float64)
    return Frame(room.exact, n, often, room.side, room.sided, room.one_to_two, trios, tuple(_rests(room, resting)))


def bound(frame: Frame, slopes: Floats, prices: Floats, same_side: float) -> float:
    """B(g, u, m): what no evening's weighted sum of experiences can exceed."""
    total = float(frame.n @ prices) + same_side * frame.trios / 2 - _rest_value(frame, prices)
    for start in range(0, frame.size, STRIP):
        rows = np.arange(start, min(start + STRIP, frame.size))
        over = surplus(frame, slopes, prices, same_side, rows)
        upper = np.arange(frame.size)[None, :] > rows[:, None]
        total += float((frame.often[rows] * upper * np.maximum(over, 0.0)).sum())
    return total


def _rests(room: Room, resting: list[Ints]) -> Iterator[tuple[Ints, int]]:
    for round, people in enumerate(resting):
        there = room.talking(round)
        for side in np.unique(room.side[people]):
            yield there[room.side[there] == side], int((room.side[people] == side).sum())


def _rest_value(frame: Frame, prices: Floats) -> float:
    """What the evening's rests leave unbought at the very least."""
    return sum(float(np.sort(prices[there])[:rests].sum()) for there, rests in frame.rests)


def surplus(frame: Frame, g: Floats, u: Floats, m: float, rows: Ints) -> Floats:
    """How far each pair's worth exceeds its prices, (rows, N), in the better of its forms."""
    d = frame.d[rows]
    together: Floats = (g[rows][:, None] + g[None, :]) * d - u[rows][:, None] - u[None, :]
    if frame.one_to_two:
        halves = np.where(frame.side == 0, 0.5, 1.0)
        shared = ((g * halves)[rows][:, None] + (g * halves)[None, :]) * d
        together = np.maximum(together, shared - (u * halves)[rows][:, None] - (u * halves)[None, :])
    elif frame.sided:
        together = together - m * (frame.side[rows][:, None] == frame.side[None, :])
    return together
