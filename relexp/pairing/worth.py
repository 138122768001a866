"""What a conversation is worth: the difference it brings to each person, and the price of what it bends.

The search adds these up and keeps the largest sum. Prices stand on levels so far apart that no gain of a lower
level buys a breach of a higher one: protection, then the evening's rules, then shared fairness, then difference.
Everything is +, -, * and rounding to a grid, so that every machine finds the same evening.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.pairing.room import UNWISHED, Bools, Floats, Ints, Room
from relexp.roster.rules import Repeats

REPEAT = 2.0**17  # a second meeting where as few as possible was asked: above any unevenness of rests
SHARED = 2.0**13  # a second trio or rest while others had none
MEETING = 2.0**10  # a same-group meeting where as few as possible was asked
EVENLY = 2.0**5  # the same person once more
GRAIN = 2.0**22  # worths are rounded to this grid: their sums are exact

# U(s) = s - CURVE (n - s)^2 / 2n - PULL max(0, threshold n - s): the plain total, a gentle preference for evenness,
# and a pull on whoever is below the threshold. Concave, so that matching one round is exact (pairing across
# difference is a concave assignment); measured on rooms of 60 to 300 it reaches the plain bound on the total.
CURVE = 0.5
PULL = 20.0


@dataclass
class Feeling:
    """How a person's sum of differences counts, given the rounds they talk (`seats`) and the search's threshold."""

    seats: Floats
    threshold: float = 0.0

    def worth(self, people: Ints, sums: Floats) -> Floats:
        """The worth of these people's sums; `sums` has the people along its first axis."""
        n = self.seats[people].reshape(-1, *([1] * (sums.ndim - 1)))
        short = n - sums
        worth: Floats = sums - short * short * (CURVE / 2) / n - PULL * np.maximum(self.threshold * n - sums, 0.0)
        return worth


def pair_price(room: Room, met: NDArray[np.int8], left: Ints, right: Ints) -> Floats:
    """The price of two people's meeting in any conversation, for all of `left` x `right`."""
    cross = left[:, None] * room.size + right[None, :]
    times = met.ravel()[cross]
    # as few second meetings as can be, and among as many of these, rather not the same two a third time
    few = REPEAT * (np.minimum(times, 1) + np.maximum(times - 1, 0) / 32)
    again = few if room.rules.repeats is Repeats.FEWEST else UNWISHED * times
    price: Floats = again + room.barred.ravel()[cross]
    return price


def same_price(room: Room, counts: Ints, left: Ints, right: Ints, evenly: float) -> Floats:
    """The price of same-group meetings: shared evenly without a cap, freely up to it."""
    price = np.zeros((len(left), len(right)))
    for table, cap, count in zip(room.same, room.caps, counts, strict=True):
        mine, theirs = count[left][:, None], count[right][None, :]
        if cap is None:
            once = 2 * MEETING + evenly * (2 * mine + 2 * theirs + 2)
        else:
            once = 2 * MEETING + UNWISHED * ((mine >= cap).astype(np.float64) + (theirs >= cap))
        price += table[np.ix_(left, right)] * once
    return price


def lonely_minor(room: Room, first: Ints, second: Ints, third: Ints) -> Bools:
    """Which trios hold one under-18 without their responsible adult; the arrays broadcast together."""
    a, b, c = room.minor[first], room.minor[second], room.minor[third]
    one = (a.astype(int) + b + c) == 1
    in_care = (
        (a & ((room.guardian[first] == second) | (room.guardian[first] == third)))
        | (b & ((room.guardian[second] == first) | (room.guardian[second] == third)))
        | (c & ((room.guardian[third] == first) | (room.guardian[third] == second)))
    )
    bad: Bools = one & ~in_care
    return bad


def lopsided(room: Room, first: Ints, second: Ints, third: Ints) -> Bools:
    """Which trios do not cross from side to side as planned."""
    guests = room.side[first] + room.side[second] + room.side[third]
    bad: Bools = (guests != 2) if room.one_to_two else (guests == 0) | (guests == 3)
    return bad
