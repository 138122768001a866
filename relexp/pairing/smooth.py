"""Prices for the largest rooms, found person by person: near the best that a linear program finds, and far quicker.

The bound B of the bounds module falls in u_i as long as more partners are worth their price to person i than i has
rounds. Each person's price is moved to where these are as many, with a soft edge that is drawn sharper turn by turn
(block coordinate descent on a smoothed dual; the edge is the entropic one of Sinkhorn scaling: Cuturi, 2013). Any
prices are a proof, so nothing but the bound's sharpness rests on this.
"""

from __future__ import annotations

import numpy as np

from relexp.pairing.bounds import Frame
from relexp.pairing.room import Floats, Ints

# How soft the edge is, turn by turn, as a share of the largest worth a pair can have.
EDGES = (0.05, *np.geomspace(0.03, 0.0005, 14).tolist(), *[0.0003] * 3, *[0.0001] * 4)
# Half of nearly all there is to have: from above the prices settle sooner than from below.
START = 0.46
# People whose prices move together, and how many partners of each are looked at (four a round at least).
STRIP = 128
PARTNERS = 64
STEPS = 4


def smooth_prices(frame: Frame, slopes: Floats) -> Floats:
    """Prices under which B(slopes, u, 0) is small, for a room without sides."""
    scale = 2 * float(slopes.max())
    u = np.full(frame.size, START * scale)
    dice = np.random.Generator(np.random.PCG64(0))
    for edge in EDGES:
        people = dice.permutation(np.nonzero(frame.n > 0)[0])
        for start in range(0, len(people), STRIP):
            rows = people[start : start + STRIP]
            u[rows] = _moved(frame, slopes, u, rows, edge * scale)
    return u


def _moved(frame: Frame, slopes: Floats, u: Floats, rows: Ints, edge: float) -> Floats:
    """The prices at which these people have as many partners worth their price as they have rounds."""
    worth = (slopes[rows][:, None] + slopes[None, :]) * frame.d[rows] - u[None, :]
    often = frame.often[rows]
    worth[often == 0] = -np.inf
    looked = min(max(PARTNERS, 4 * int(frame.n.max())), frame.size)
    best = np.argpartition(-worth, looked - 1, axis=1)[:, :looked]
    worth, times = np.take_along_axis(worth, best, axis=1), np.take_along_axis(often, best, axis=1)
    price = u[rows].copy()
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(np.clip((price[:, None] - worth) / edge, -50.0, 50.0)))
        too_many = (times * share).sum(axis=1) - frame.n[rows]
        slope = (times * share * (1 - share)).sum(axis=1) / edge
        price += np.clip(too_many / np.maximum(slope, 1e-3), -3 * edge, 3 * edge)
    return price
