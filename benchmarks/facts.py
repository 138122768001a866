"""What the roster and the rules say about every person and every two people, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from relexp.roster.difference import difference, groups, members
from relexp.roster.person import Person, Roster
from relexp.roster.rules import NeverSame, Odd, Repeats, Rules

WOMAN = {"woman", "women", "female", "f", "w"}


@dataclass(frozen=True)
class Facts:
    """A room read out of its roster and rules. All arrays are over the talkers, in roster order, n of them."""

    roster: Roster
    rules: Rules

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return self.roster.talkers

    @cached_property
    def place(self) -> dict[str, int]:
        return {person.id: place for place, person in enumerate(self.people)}

    @cached_property
    def _rows(self) -> np.ndarray:
        return np.array([self.roster.index[person.id] for person in self.people])

    @cached_property
    def d(self) -> np.ndarray:
        """How different every two talkers are, (n, n)."""
        return difference(self.roster, self.rules.across)[np.ix_(self._rows, self._rows)]

    @cached_property
    def here(self) -> np.ndarray:
        """Who wants to talk in which round, (n, rounds): in the room, and has not asked to sit out."""
        rounds = range(1, self.rules.rounds + 1)
        return np.array([[self.rules.attends(p.id, r) and r not in p.rest for r in rounds] for p in self.people])

    @cached_property
    def host(self) -> np.ndarray | None:
        """Who is a host, (n,); None in an open mix."""
        sides = self.rules.sides
        if sides is None:
            return None
        return np.array([p.values.get(sides.column, "").casefold() == sides.hosts.casefold() for p in self.people])

    @cached_property
    def one_to_two(self) -> bool:
        return self.rules.sides is not None and self.rules.sides.guests_per_host == 2

    @cached_property
    def under_18(self) -> np.ndarray:
        return np.array([person.under_18 for person in self.people])

    @cached_property
    def fixed(self) -> np.ndarray:
        return np.array([person.fixed_seat is not None for person in self.people])

    @cached_property
    def same_group(self) -> dict[str, np.ndarray]:
        """Who shares a group with whom, (n, n), for each column with a never-same rule; a blank is in no group."""
        return {a.column: same for a in self.rules.across if a.never_same for same in [self._same(a.column)]}

    def _same(self, column: str) -> np.ndarray:
        codes = groups(self.roster, column)[self._rows]
        same = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
        np.fill_diagonal(same, False)
        return same

    @cached_property
    def may_meet(self) -> np.ndarray:
        """Which two may sit in one conversation by the rules that bind every pair of it, (n, n)."""
        rules, people = self.rules, self.people
        may = ~np.eye(len(people), dtype=bool)
        for across in rules.across:
            if across.never_same is NeverSame.HARD:
                may &= ~self.same_group[across.column]
        for column in rules.share:
            may &= self._shares(column)
        woman = np.array([person.gender.strip().casefold() in WOMAN for person in people])
        asks = np.array([person.women_only for person in people])
        may &= (~asks[:, None] | woman[None, :]) & (~asks[None, :] | woman[:, None])
        for first, second in rules.met_before | rules.keep_apart:
            if first in self.place and second in self.place:
                may[self.place[first], self.place[second]] = may[self.place[second], self.place[first]] = False
        return may

    def _shares(self, column: str) -> np.ndarray:
        """Which two have a value in common; a blank, and an interpreter of unknown languages, match everybody."""
        held: list[frozenset[str] | None] = []
        for person in self.people:
            own = members(person.values.get(column, ""))
            others = [self.roster[id].values.get(column, "") for id in self.roster.interpreters.get(person.id, ())]
            united = own.union(*map(members, others))
            held.append(None if not own or (others and united == own) else united)
        return _overlap(held)

    @cached_property
    def pair_may(self) -> np.ndarray:
        """Which two may be a pair, (n, n): by `may_meet`, across sides, and no child alone with an adult."""
        may = self.may_meet & (self.under_18[:, None] == self.under_18[None, :])
        return may if self.host is None else may & (self.host[:, None] != self.host[None, :])

    @cached_property
    def rounds_together(self) -> np.ndarray:
        """How often two may meet at most, (n, n): once, or every round both attend where repeats are allowed."""
        together = self.here.astype(float) @ self.here.T.astype(float)
        return np.minimum(together, 1.0) if self.rules.repeats is Repeats.NEVER else together

    def trio_may(self, trio: Sequence[int]) -> bool:
        """Whether three people may be a conversation, by the rules for pairs, for sides and for under-18s."""
        a, b, c = trio
        if not (self.may_meet[a, b] and self.may_meet[a, c] and self.may_meet[b, c]):
            return False
        return self.sides_right(trio) and self.children_right(trio)

    def sides_right(self, talk: Sequence[int]) -> bool:
        """Whether a conversation holds a host and a guest; where hosts take two guests, no more than one host."""
        if self.host is None:
            return True
        hosts = int(self.host[list(talk)].sum())
        return hosts == 1 if self.one_to_two else 0 < hosts < len(talk)

    def children_right(self, talk: Sequence[int]) -> bool:
        """Whether no child is alone with adults, other than with two of whom one is responsible for the child."""
        children = [k for k in talk if self.under_18[k]]
        if len(children) != 1:
            return True
        others = {self.people[k].id for k in talk if k != children[0]}
        return len(talk) == 3 and self.people[children[0]].responsible_adult in others

    def trios_needed(self, number: int) -> int:
        """How many trios seat everybody of a round (numbered from 0) in the fewest, by arithmetic alone."""
        if self.host is not None:
            hosts = int((self.here[:, number] & self.host).sum())
            return abs(int(self.here[:, number].sum()) - 2 * hosts)
        return int(self.here[:, number].sum()) % 2 if self.rules.odd is Odd.TRIO else 0


def _overlap(held: list[frozenset[str] | None]) -> np.ndarray:
    vocabulary = {value: k for k, value in enumerate(sorted(frozenset().union(*(h for h in held if h))))}
    table = np.zeros((len(held), len(vocabulary)))
    for row, values in enumerate(held):
        table[row, [vocabulary[value] for value in values or ()]] = 1.0
    anything = np.array([values is None for values in held])
    return (table @ table.T > 0) | anything[:, None] | anything[None, :]
