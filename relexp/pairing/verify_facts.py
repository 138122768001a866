"""The evening as the re-check sees it: who is there when, who talks with whom, and what must not change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from relexp.pairing.evening import Conversation, Evening
from relexp.roster.difference import groups
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind, NeverSame, Rules

Pair = tuple[int, int]
HOST, GUEST, NEITHER = 1, 2, 0


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation, its talkers as places in the roster, in order; `locked` when it has already happened."""

    round: int
    table: int
    people: tuple[int, ...]
    locked: bool

    @property
    def is_trio(self) -> bool:
        """Whether three people talk."""
        return len(self.people) == 3

    def pairs(self) -> Iterator[Pair]:
        """Every two people who meet here."""
        return combinations(self.people, 2)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A column on which people of one group are kept from each other.

    `name` is the column's key in the report ("private 1", "private 2", ... for private columns); `codes` holds
    each person's group, -1 for a blank.
    """

    attribute: Across
    name: str
    hidden: bool
    codes: NDArray[np.int64]

    def same(self, one: int, other: int) -> bool:
        """Whether two people are of one group."""
        return bool(self.codes[one] >= 0 and self.codes[one] == self.codes[other])

    def meetings(self, talks: Iterable[Talk]) -> int:
        """How often two people of one group meet in some conversations."""
        return sum(self.same(*pair) for talk in talks for pair in talk.pairs())

    def rounds_a_person(self, talks: Iterable[Talk]) -> Counter[int]:
        """How many of some conversations each person has with someone of their own group."""
        counts: Counter[int] = Counter()
        for talk in talks:
            counts.update({place for pair in talk.pairs() if self.same(*pair) for place in pair})
        return counts


class Facts:
    """What roster, rules and evening say, by places in the roster and round numbers from 1.

    `there` is (N, R + 1): whether a person is in the room in a round (column 0 is unused). `free` leaves out
    interpreters and those who asked to sit the round out. Expects rounds 1 to R and nobody unknown.
    """

    def __init__(self, roster: Roster, rules: Rules, evening: Evening) -> None:
        self.roster, self.rules, self.evening = roster, rules, evening
        self.size = len(roster)
        self.talker = np.array([person.interpreter_for is None for person in roster], dtype=bool)
        self.there = _there(roster, rules.rounds, evening.present or rules.present)
        self.free = self.there & self.talker[:, None]
        for place, person in enumerate(roster):
            for round in person.rest:
                if 1 <= round <= rules.rounds:
                    self.free[place, round] = False
        self.attended = self.free.sum(axis=1)
        self.minor = tuple(person.under_18 for person in roster)
        self.responsible = tuple(roster.index.get(person.responsible_adult or "", -1) for person in roster)
        self.fixed = tuple(person.fixed_seat for person in roster)
        self.side = _sides(roster, rules)
        self.finished = _finished(evening)

    @cached_property
    def wishes(self) -> tuple[tuple[int, frozenset[int]], ...]:
        """Round and talkers of each wish; one whose people are not all there any more has no force."""
        wishes = ((pin.round, self.talkers_of(pin.people)) for pin in self.rules.pins)
        return tuple(
            (round, people)
            for round, people in wishes
            if round > self.rules.rounds or all(self.there[place, round] for place in people)
        )

    @cached_property
    def locked(self) -> frozenset[tuple[int, frozenset[int]]]:
        """The conversations that have already happened: round and talkers."""
        return frozenset((pin.round, self.talkers_of(pin.people)) for pin in self.rules.locked)

    @cached_property
    def talks(self) -> Mapping[int, tuple[Talk, ...]]:
        """The conversations of each round, interpreters left out."""
        return {
            round.number: tuple(self._talk(round.number, conversation) for conversation in round.conversations)
            for round in self.evening.rounds
        }

    @cached_property
    def resting(self) -> Mapping[int, frozenset[int]]:
        """Who rests in each round without having asked for it, interpreters left out."""
        return {
            round.number: frozenset(place for place in self.talkers_of(round.resting) if self.free[place, round.number])
            for round in self.evening.rounds
        }

    @cached_property
    def meetings(self) -> Counter[Pair]:
        """How often each two people meet in the evening."""
        return Counter(pair for talk in self.every_talk() for pair in talk.pairs())

    @cached_property
    def met_before(self) -> frozenset[Pair]:
        """Every two people who met at an earlier gathering."""
        return self.places(self.rules.met_before)

    @cached_property
    def trio_counts(self) -> Counter[int]:
        """How many conversations of three each person has."""
        return Counter(place for talk in self.every_talk() if talk.is_trio for place in talk.people)

    @cached_property
    def rest_counts(self) -> Counter[int]:
        """How many rounds each person rests without having asked for it."""
        return Counter(place for resting in self.resting.values() for place in resting)

    @cached_property
    def group_rules(self) -> tuple[GroupRule, ...]:
        """The columns with a never-same rule, in the order of the rules."""
        found: list[GroupRule] = []
        for attribute in self.rules.across:
            if attribute.never_same is None:
                continue
            hidden = attribute.is_hidden(self.roster.private)
            number = 1 + sum(rule.hidden for rule in found)
            name = f"private {number}" if hidden else attribute.column
            found.append(GroupRule(attribute, name, hidden, _groups(self.roster, attribute)))
        return tuple(found)

    @cached_property
    def soft_groups(self) -> tuple[GroupRule, ...]:
        """The columns on which same-group talks are to be as few as possible."""
        return tuple(rule for rule in self.group_rules if rule.attribute.never_same is NeverSame.FEWEST)

    def every_talk(self) -> Iterator[Talk]:
        """Every conversation of the evening, round by round."""
        for talks in self.talks.values():
            yield from talks

    def minors_free(self, round: int) -> bool:
        """Whether an under-18 is there to talk in a round."""
        return any(minor and self.free[place, round] for place, minor in enumerate(self.minor))

    def name(self, place: int) -> str:
        """A person's name as they wish it on a badge."""
        return self.roster.people[place].name

    def heading(self, column: str) -> str:
        """A column as the user wrote it."""
        return self.roster.columns.get(column, column)

    def places(self, pairs: Iterable[tuple[str, str]]) -> frozenset[Pair]:
        """Pairs of ids as pairs of places, lower place first; those with somebody unknown are left out."""
        index = self.roster.index
        known = ((index[one], index[other]) for one, other in pairs if one in index and other in index)
        return frozenset((min(pair), max(pair)) for pair in known)

    def talkers_of(self, ids: Iterable[str]) -> frozenset[int]:
        """The places of those among some people who talk for themselves."""
        places = (self.roster.index[id] for id in ids if id in self.roster)
        return frozenset(place for place in places if self.talker[place])

    def _talk(self, round: int, conversation: Conversation) -> Talk:
        people = self.talkers_of(conversation.people)
        return Talk(round, conversation.table, tuple(sorted(people)), (round, people) in self.locked)


def _finished(evening: Evening) -> int:
    """How many rounds were over when the evening was last planned again: how even they are cannot be mended."""
    said = evening.report.get("finished_rounds")
    return said if isinstance(said, int) and not isinstance(said, bool) else 0


def _there(roster: Roster, rounds: int, present: Mapping[str, Iterable[int]]) -> NDArray[np.bool_]:
    there = np.ones((len(roster), rounds + 1), dtype=bool)
    there[:, 0] = False
    for id, attended in present.items():
        if id in roster:
            there[roster.index[id]] = [number in attended for number in range(rounds + 1)]
            there[roster.index[id], 0] = False
    return there


def _sides(roster: Roster, rules: Rules) -> tuple[int, ...]:
    if rules.sides is None:
        return (NEITHER,) * len(roster)
    named = {rules.sides.guests.strip().casefold(): GUEST, rules.sides.hosts.strip().casefold(): HOST}
    values = roster.column(rules.sides.column)
    return tuple(named.get(value.strip().casefold(), NEITHER) for value in values)


def _groups(roster: Roster, attribute: Across) -> NDArray[np.int64]:
    codes = groups(roster, attribute.column)
    if attribute.kind is Kind.ORDERED and attribute.order:
        levels = {level.strip().casefold() for level in attribute.order}
        inside = [value.strip().casefold() in levels for value in roster.column(attribute.column)]
        return np.where(inside, codes, -1)
    return codes
