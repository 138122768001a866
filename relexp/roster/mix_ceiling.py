"""How much mixing a room allows: the most people who can talk with somebody from another group in one round.

Blanks are in nobody's group, so each of them counts as a group of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Rows of the table of guests that still fit on a projector.
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a number of extra guests from other groups would buy: the most people who can talk across, in pairs."""

    guests: int
    people: int
    ceiling: int

    @property
    def share(self) -> float:
        """The ceiling as a share of everybody who would then be here, from 0 to 1."""
        return self.ceiling / self.people


def in_pairs(people: int, largest: int) -> int:
    """The most of `people` who can talk across in a round of pairs, the largest group being `largest`.

    A pair across holds at most one of the largest group, so with m of N people there it is min(N, 2 (N - m)). In an
    odd room where no group is more than half, this counts the one who joins a pair.
    """
    return min(people, 2 * (people - largest))


def in_trios(people: int, largest: int) -> int:
    """The same where trios may be planned: two of the largest group with one other are three who talk across."""
    return min(people, 3 * (people - largest))


def with_one_trio(people: int, largest: int) -> int:
    """The same in a round of pairs with the one trio that an odd room has: it lets one more in."""
    across = in_pairs(people, largest)
    return min(people, across + 1) if people % 2 and people > largest else across


def between_sides(hosts: Sequence[int], guests: Sequence[int]) -> int:
    """The most people who can talk one to one with a group other than their own, on the other side.

    `hosts` and `guests` count each group's people on either side, group by group. By Hall's theorem only a group that
    fills both sides stands in the way of seating the smaller side whole.
    """
    most_in_one = max((host + guest for host, guest in zip(hosts, guests, strict=True)), default=0)
    return 2 * min(sum(hosts), sum(guests), sum(hosts) + sum(guests) - most_in_one)


def one_to_two(hosts: Sequence[int], guests: Sequence[int]) -> int:
    """The same with up to two guests to a host, where guests do not count for each other.

    By Hall's theorem for the hosts, each needing one guest, and for the guests, each host having two chairs for them;
    by the theorem of Mendelsohn and Dulmage both are reached together.
    """
    seats = [2 * (sum(hosts) - host) - guest for host, guest in zip(hosts, guests, strict=True)]
    guests_across = min(sum(guests), 2 * sum(hosts), sum(guests) + min(seats, default=0))
    return between_sides(hosts, guests) // 2 + guests_across


def invitations(people: int, largest: int) -> tuple[Invitation, ...]:
    """What 0, 1, 2 ... extra guests from other groups would buy, until everybody can talk across.

    A long table is thinned to even steps; its last row is the first number of guests that is enough.
    """
    needed = max(0, 2 * largest - people)
    step = max(1, -(-needed // MOST_ROWS))
    counts = [*range(0, needed, step), needed]
    return tuple(Invitation(extra, people + extra, in_pairs(people + extra, largest)) for extra in counts)
