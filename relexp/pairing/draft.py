"""A draft of the evening on the search's desk: who sits with whom so far, and what each person has had of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from relexp.pairing import worth
from relexp.pairing.breadth import Breadth
from relexp.pairing.room import PROTECT, UNWISHED, Bools, Floats, Ints, Room
from relexp.pairing.worth import EVENLY, GRAIN, MEETING, SHARED, Feeling
from relexp.roster.rules import Repeats

NOBODY = -1
# How far a conversation may be re-matched: wholly, not at all, or only in who joins the two as a third.
FREE, HELD, THIRD = 0, 1, 2


class Draft:
    """Seats for every round, kept together with the sums that a re-match needs.

    `tables[r]` is an (T, 3) table of talkers (NOBODY where a chair is empty): a pair, a trio, or one who rests.
    `states[r]` says of each whether it is FREE to be re-matched, HELD fast, or open for a THIRD. `proven`: a search
    to the end has shown that no evening in this room breaks fewer hard rules than none.
    """

    def __init__(self, room: Room, seed: int) -> None:
        size = room.size
        self.room = room
        self.dice = np.random.Generator(np.random.PCG64(seed))
        self.feeling = Feeling(np.maximum(room.seats(), 1).astype(np.float64))
        self.tables: list[Ints] = [np.zeros((0, 3), dtype=np.int64) for _ in range(room.rounds)]
        self.states: list[Ints] = [np.zeros(0, dtype=np.int64) for _ in range(room.rounds)]
        self.met = room.history.copy()
        self.sums = np.zeros(size)
        self.trios = np.zeros(size, dtype=np.int64)
        self.rests = np.zeros(size, dtype=np.int64)
        self.same = np.zeros((len(room.same), size), dtype=np.int64)
        self.breadth = Breadth(room) if room.rules.breadth > 0 else None
        self.keep: list[Ints] | None = None
        self.bonus = 0.0
        self.evenly = EVENLY
        self.proven = False

    @property
    def spent(self) -> Bools:
        """Which pairs have met and may not meet again, (N, N)."""
        again = self.room.rules.repeats is Repeats.FEWEST
        met: Bools = self.met > (self.room.rounds if again else 0)
        return met

    def lay(self, round: int, tables: Ints, states: Sequence[int] | None = None) -> None:
        """Seat these conversations, beside those that the round has already."""
        fresh = np.array([FREE] * len(tables) if states is None else states, dtype=np.int64)
        self.tables[round] = np.concatenate([self.tables[round], tables])
        self.states[round] = np.concatenate([self.states[round], fresh])
        self._count(tables, 1)

    def take(self, round: int, chosen: Ints) -> tuple[Ints, Ints]:
        """Take some conversations of a round off the desk; returns them and their states."""
        tables, states = self.tables[round][chosen], self.states[round][chosen]
        self._count(tables, -1)
        self.tables[round] = np.delete(self.tables[round], chosen, axis=0)
        self.states[round] = np.delete(self.states[round], chosen)
        return tables, states

    def saved(self) -> list[tuple[Ints, Ints]]:
        """Today's seating, to come back to."""
        return [(tables.copy(), states.copy()) for tables, states in zip(self.tables, self.states, strict=True)]

    def restore(self, saved: list[tuple[Ints, Ints]]) -> None:
        """Go back to a seating."""
        for round, (tables, states) in enumerate(saved):
            self.take(round, np.arange(len(self.tables[round])))
            self.lay(round, tables, states.tolist())

    def _count(self, tables: Ints, sign: int) -> None:
        """Add a set of conversations to everybody's sums, or take them off again."""
        a, b, c = tables.T
        self.rests[a[b == NOBODY]] += sign
        two, three = (b != NOBODY) & (c == NOBODY), c != NOBODY
        if two.any():
            x, y = a[two], b[two]
            gain = self.room.d[x, y]
            self._meet(x, y, sign)
            for people in (x, y):
                self.sums[people] += sign * gain
                for index, table in enumerate(self.room.same):
                    self.same[index][people] += sign * table[x, y]
        if three.any():
            self._count_trios(a[three], b[three], c[three], sign)
        if self.breadth is not None:
            self.breadth.count(tables, sign)

    def _count_trios(self, x: Ints, y: Ints, z: Ints, sign: int) -> None:
        shares = trio_shares(self.room, self.room.d, x, y, z)
        for people, others, share in zip((x, y, z), ((y, z), (x, z), (x, y)), shares, strict=True):
            self.trios[people] += sign
            self.sums[people] += sign * share
            for index, table in enumerate(self.room.same):
                self.same[index][people] += sign * (table[people, others[0]] | table[people, others[1]])
        for one, other in ((x, y), (x, z), (y, z)):
            self._meet(one, other, sign)

    def _meet(self, one: Ints, other: Ints, sign: int) -> None:
        self.met[one, other] += sign
        self.met[other, one] += sign

    def rematch(self, round: int, chosen: Ints) -> float:
        """Deal the second chairs of these conversations anew, as well as can be; never worse. Returns the gain.

        Each conversation sends one of its people to the second row by the toss of a coin; what is left of it keeps
        its table. Which second person joins which table is then an assignment problem, solved exactly, and today's
        seating is among its answers.
        """
        before = self.tables[round][chosen]
        first, second = self._split(before, self.states[round][chosen] == THIRD)
        self._count(before, -1)
        value = self._values(round, first, second)
        rows, columns = linear_sum_assignment(value, maximize=True)
        gain = float(value[rows, columns].sum() - np.trace(value))
        after = self._join(first, second[columns]) if gain >= 0 else before
        self.tables[round][chosen] = after
        self._count(after, 1)
        return gain

    def _split(self, tables: Ints, thirds: Bools) -> tuple[Ints, Ints]:
        """Who keeps the table, (T, 2), and who is dealt anew, (T,); of `thirds` only the third is."""
        size = (tables != NOBODY).sum(axis=1)
        rows = np.arange(len(tables))
        second = self._across(tables) if self.room.sided else self.dice.integers(0, size)
        second = np.where(thirds, 2, second)
        dealt = tables[rows, second]
        one = tables[rows, (second + 1) % 3]
        other = tables[rows, (second + 2) % 3]
        one, other = np.where(one == NOBODY, other, one), np.where(one == NOBODY, NOBODY, other)
        return np.stack([one, other], axis=1), dealt

    def _across(self, tables: Ints) -> Ints:
        """Which chair is dealt anew where sides face each other: all the guests' this time, or all the hosts'."""
        dealt = int(self.dice.integers(0, 2))
        scores = (self.room.side[tables] == dealt) + self.dice.random(tables.shape)
        return np.asarray(np.where(tables == NOBODY, -1.0, scores).argmax(axis=1), dtype=np.int64)

    @staticmethod
    def _join(first: Ints, second: Ints) -> Ints:
        empty = first[:, 0] == NOBODY
        one = np.where(empty, second, first[:, 0])
        other = np.where(empty, NOBODY, np.where(first[:, 1] == NOBODY, second, first[:, 1]))
        third = np.where(first[:, 1] == NOBODY, NOBODY, second)
        return np.stack([one, other, third], axis=1)

    def _values(self, round: int, first: Ints, second: Ints) -> Floats:
        """What each second person is worth at each table, (T, T), exact on the grid."""
        value = np.empty((len(first), len(second)))
        empty = first[:, 0] == NOBODY
        three = first[:, 1] != NOBODY
        two = ~empty & ~three
        if two.any():
            value[two] = self.pair_values(first[two, 0], second)
        if three.any():
            value[three] = self.trio_values(first[three, 0], first[three, 1], second)
        if empty.any():
            rest = SHARED * (2 * self.rests[second] + 1) + PROTECT * self.room.minor[second]
            value[empty] = -rest[None, :]
        if self.keep is not None:
            was = self.keep[round]
            value += self.bonus * (was[second][None, :] == first[:, :1])
            value += self.bonus * ((was[first[:, 0]][:, None] == second[None, :]) & ~empty[:, None])
        return np.rint(value * GRAIN)

    def pair_values(self, left: Ints, right: Ints) -> Floats:
        """What it is worth that two talk, for all of `left` x `right`, beside what stands on the desk."""
        room, feel = self.room, self.feeling
        d = room.d.ravel()[left[:, None] * room.size + right[None, :]]
        value = feel.worth(left, self.sums[left][:, None] + d) - feel.worth(left, self.sums[left])[:, None]
        value += (feel.worth(right, self.sums[right][:, None] + d.T)).T - feel.worth(right, self.sums[right])
        value -= worth.pair_price(room, self.met, left, right) + worth.same_price(
            room, self.same, left, right, self.evenly
        )
        if room.sided or room.minor.any():
            value -= PROTECT * room.alone_bad(left, right)
        if self.breadth is not None:
            value -= self.breadth.stale(left, right) + self.breadth.stale(right, left).T
        return value

    def trio_values(self, one: Ints, other: Ints, right: Ints) -> Floats:
        """What it is worth that a third of `right` joins a pair, for all pairs (`one`, `other`) x `right`."""
        room, feel = self.room, self.feeling
        x, y, z = np.broadcast_arrays(one[:, None], other[:, None], right[None, :])
        value = np.zeros(x.shape)
        for people, gain in zip((x, y, z), trio_shares(self.room, self.room.d, x, y, z), strict=True):
            flat = people.ravel()
            sums = self.sums[flat]
            value += (feel.worth(flat, sums + gain.ravel()) - feel.worth(flat, sums)).reshape(x.shape)
            value -= SHARED * (2 * self.trios[people] + 1)
        value -= worth.pair_price(room, self.met, one, right) + worth.pair_price(room, self.met, other, right)
        own = np.array([worth.pair_price(room, self.met, one[[k]], other[[k]])[0, 0] for k in range(len(one))])
        value -= own[:, None]
        value -= self._trio_same(x, y, z)
        if self.breadth is not None:
            for held in (one, other):
                value -= (self.breadth.stale(held, right) + self.breadth.stale(right, held).T) / 2
        if room.minor.any():
            value -= PROTECT * worth.lonely_minor(room, x, y, z)
        if room.sided:
            value -= PROTECT * worth.lopsided(room, x, y, z)
        return value

    def _trio_same(self, x: Ints, y: Ints, z: Ints) -> Floats:
        price = np.zeros(x.shape)
        for table, cap, count in zip(self.room.same, self.room.caps, self.same, strict=True):
            xy, xz, yz = table[x, y], table[x, z], table[y, z]
            price += 2 * MEETING * (xy.astype(float) + xz + yz)
            for people, hit in ((x, xy | xz), (y, xy | yz), (z, xz | yz)):
                had = count[people]
                price += hit * (self.evenly * (2 * had + 1) if cap is None else UNWISHED * (had >= cap))
        return price


def trio_shares(room: Room, d: Floats, x: Ints, y: Ints, z: Ints) -> tuple[Floats, Floats, Floats]:
    """What each of three gets out of their trio: the mean over the partners who count for them.

    In a planned one-to-two the host has the mean over both guests, and a guest the host alone.
    """
    xy, xz, yz = d[x, y], d[x, z], d[y, z]
    halves = (xy + xz) / 2, (xy + yz) / 2, (xz + yz) / 2
    if not room.one_to_two:
        return halves
    hosts = [(room.side[people] == 0).astype(np.float64) for people in (x, y, z)]
    to_host = xy * hosts[1] + xz * hosts[2], xy * hosts[0] + yz * hosts[2], xz * hosts[0] + yz * hosts[1]
    shares = [np.where(h > 0, half, one) for h, half, one in zip(hosts, halves, to_host, strict=True)]
    return shares[0], shares[1], shares[2]
