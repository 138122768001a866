"""The room counted: which column matters most, its groups, hosts and guests, and how far people can meet across."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.roster.difference import groups
from relexp.roster.mix_ceiling import between_sides, in_pairs, in_trios, one_to_two, with_one_trio
from relexp.roster.person import Roster
from relexp.roster.rule_contradictions import is_host
from relexp.roster.rule_names import hidden_columns
from relexp.roster.rules import Across, Kind, Odd, Rules


@dataclass(frozen=True, slots=True)
class Group:
    """People with one answer in the column that matters most."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class SidesMix:
    """Hosts and guests by number, and how many of one side are left over in a round."""

    hosts: int
    guests: int

    @property
    def left_over(self) -> int:
        """How many are left over when people talk one to one."""
        return abs(self.hosts - self.guests)

    @property
    def left_over_one_to_two(self) -> int:
        """How many are left over when a host talks with one guest or two."""
        return max(self.hosts - self.guests, self.guests - 2 * self.hosts, 0)


@dataclass(frozen=True)
class Count:
    """A room in numbers; only those count who talk in some round, and only a column that is not private is looked at.

    `groups` are those of `column` (its `heading` as the sheet has it), largest first. The ceilings are the most people
    who can talk with another group than theirs in one round: in pairs, in pairs with the one trio of an odd room, and
    in planned trios. With `sides` they count talks across sides: in pairs, with those who join a pair where the sides
    are not alike in number, and with two guests to a host.
    """

    people: int
    column: str | None
    heading: str
    groups: tuple[Group, ...]
    blanks: int
    ceiling: int
    ceiling_with_odd_trio: int
    ceiling_in_trios: int
    sides: SidesMix | None

    @property
    def largest(self) -> Group | None:
        """The largest group; None where nobody told theirs."""
        return self.groups[0] if self.groups else None

    @property
    def share(self) -> float:
        """The ceiling in pairs as a share of the room, from 0 to 1."""
        return self.ceiling / self.people if self.people else 0.0


def present_talkers(roster: Roster, rules: Rules) -> Roster:
    """Everybody who talks in some round, as a roster of their own."""
    people = tuple(person for person in roster.talkers if rules.present.get(person.id) != frozenset())
    return Roster(people=people, columns=roster.columns, private=roster.private)


def main_attribute(roster: Roster, rules: Rules) -> Across | None:
    """The column that matters most: one with a never-same before all others, then the heaviest; never a private one."""
    crossed = rules.sides.column if rules.sides is not None else None
    hidden = hidden_columns(roster, rules)
    grouping = [
        one
        for one in rules.across
        if one.column not in hidden
        and one.column != crossed
        and (one.never_same or (one.weight > 0 and one.kind is Kind.CATEGORY))
    ]
    return max(grouping, key=lambda one: (one.never_same is not None, one.weight), default=None)


def count_room(roster: Roster, rules: Rules) -> Count:
    """A room in numbers."""
    here = present_talkers(roster, rules)
    main = main_attribute(roster, rules)
    column = main.column if main is not None else None
    codes = groups(here, column or "")
    found = [Group(name, int((codes == code).sum())) for code, name in _names(here, column or "", codes).items()]
    hosts, guests = _by_group(here, rules, codes)
    pairs, one_trio, trios = ceilings(hosts, guests, rules)
    return Count(
        people=len(here),
        column=column,
        heading=roster.columns[column] if column is not None else "",
        groups=tuple(sorted(found, key=lambda group: -group.people)),
        blanks=int((codes < 0).sum()),
        ceiling=pairs,
        ceiling_with_odd_trio=one_trio,
        ceiling_in_trios=trios,
        sides=SidesMix(sum(hosts), sum(guests)) if rules.sides is not None else None,
    )


def _names(here: Roster, column: str, codes: NDArray[np.int64]) -> dict[int, str]:
    # Each group is called as the first of its people wrote it.
    names: dict[int, str] = {}
    for code, value in zip(codes.tolist(), here.column(column), strict=True):
        if code >= 0:
            names.setdefault(code, value.strip())
    return names


def _by_group(here: Roster, rules: Rules, codes: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The hosts and the guests of each group, group by group; without sides everybody is a guest."""
    hosts, guests = Counter[int](), Counter[int]()
    for place, (code, host) in enumerate(zip(codes.tolist(), hosting(here, rules), strict=True)):
        # Whoever left the column blank is a group of one.
        (hosts if host else guests)[code if code >= 0 else -1 - place] += 1
    every = sorted(hosts | guests)
    return [hosts[code] for code in every], [guests[code] for code in every]


def hosting(here: Roster, rules: Rules) -> list[bool]:
    """Who is a host, in roster order; without sides nobody is."""
    return [rules.sides is not None and is_host(person, rules.sides) for person in here]


def ceilings(hosts: list[int], guests: list[int], rules: Rules) -> tuple[int, int, int]:
    """The most people who can talk across in one round: in pairs, with the one trio of an odd room, in planned trios.

    `hosts` and `guests` count each group's people, group by group; without sides everybody is a guest.
    """
    if rules.sides is not None:
        return between_sides(hosts, guests), _as_planned(hosts, guests, rules), one_to_two(hosts, guests)
    people, largest = sum(guests), max(guests, default=0)
    if rules.odd is Odd.REST:
        pairs = min(in_pairs(people, largest), people - people % 2)
        return pairs, pairs, in_trios(people, largest)
    return in_pairs(people, largest), with_one_trio(people, largest), in_trios(people, largest)


def _as_planned(hosts: list[int], guests: list[int], rules: Rules) -> int:
    """The most who can talk across between sides as evenings are planned: who is left over joins a pair if they may."""
    planned_twos = rules.sides is not None and rules.sides.guests_per_host == 2
    if sum(guests) > sum(hosts) and (planned_twos or rules.odd is Odd.TRIO):
        return one_to_two(hosts, guests)
    if sum(hosts) > sum(guests) and rules.odd is Odd.TRIO and not planned_twos:
        return one_to_two(guests, hosts)
    return between_sides(hosts, guests)
