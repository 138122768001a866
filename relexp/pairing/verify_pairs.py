"""Which two people may talk at all: each rule on pairs, for any number of pairs at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.pairing.verify_facts import Facts, Pair
from relexp.roster.difference import members
from relexp.roster.gender import is_woman
from relexp.roster.person import Person
from relexp.roster.rules import NeverSame, Repeats

Places = NDArray[np.int64]
Verdicts = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairRule:
    """One rule on two people: its message, the column it is about, and whether it holds.

    `holds` takes two arrays of places that broadcast against each other.
    """

    code: str
    holds: Callable[[Places, Places], Verdicts]
    column: str = ""


class PairRules:
    """All rules on two people together, for one roster and rules."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rules: tuple[PairRule, ...] = tuple(_pair_rules(facts))
        self._known: dict[Pair, bool] = {}

    def allow(self, ones: Places, others: Places) -> Verdicts:
        """Whether every rule holds, for each pair of two arrays of places."""
        allowed: Verdicts = ones != others
        for rule in self.rules:
            allowed = allowed & rule.holds(ones, others)
        return allowed

    def may(self, one: int, other: int) -> bool:
        """Whether two people may talk."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            self._known[pair] = bool(self.allow(np.array([pair[0]]), np.array([pair[1]]))[0])
        return self._known[pair]


def _pair_rules(facts: Facts) -> Iterable[PairRule]:
    rules, people = facts.rules, facts.roster.people
    for group in facts.group_rules:
        if group.attribute.never_same is NeverSame.HARD:
            code = "verify.same_group_hidden" if group.hidden else "verify.same_group"
            yield PairRule(code, _differ(group.codes), group.attribute.column)
    apart = facts.places((_spoken_for(facts, one), _spoken_for(facts, other)) for one, other in rules.keep_apart)
    yield PairRule("verify.apart", _not_among(apart, facts.size))
    if rules.repeats is Repeats.NEVER:
        yield PairRule("verify.met_before", _not_among(facts.met_before, facts.size))
    for column in rules.share:
        private = {attribute.column for attribute in rules.across if attribute.private} | facts.roster.private
        code = "verify.share_hidden" if column in private else "verify.share"
        yield PairRule(code, _in_common(_held(facts, column)), column)
    if any(person.women_only for person in people):
        yield PairRule("verify.women_only", _as_asked(people))
    if any(facts.fixed):
        yield PairRule("verify.reach", _in_reach(facts))


def _spoken_for(facts: Facts, id: str) -> str:
    """The one whose table an interpreter sits at; anybody else themselves."""
    return facts.roster[id].interpreter_for or id if id in facts.roster else id


def _differ(codes: Places) -> Callable[[Places, Places], Verdicts]:
    return lambda ones, others: (codes[ones] != codes[others]) | (codes[ones] < 0)


def _not_among(pairs: Iterable[Pair], size: int) -> Callable[[Places, Places], Verdicts]:
    listed = np.array(sorted(low * size + high for low, high in pairs), dtype=np.int64)

    def holds(ones: Places, others: Places) -> Verdicts:
        found: Verdicts = np.isin(np.minimum(ones, others) * size + np.maximum(ones, others), listed)
        return ~found

    return holds


def _in_common(held: Sequence[frozenset[str] | None]) -> Callable[[Places, Places], Verdicts]:
    """`held` has None for those who match everybody. Sets are kept as bits, 63 values to a word."""
    vocabulary = sorted(frozenset().union(*(values for values in held if values is not None)))
    words = np.zeros((len(vocabulary) // 63 + 1, len(held)), dtype=np.int64)
    where = {value: divmod(number, 63) for number, value in enumerate(vocabulary)}
    for place, values in enumerate(held):
        for word, bit in (where[value] for value in values or ()):
            words[word, place] |= 1 << bit
    anybody = np.array([values is None for values in held], dtype=bool)

    def holds(ones: Places, others: Places) -> Verdicts:
        common: Verdicts = anybody[ones] | anybody[others]
        for word in words:
            common = common | ((word[ones] & word[others]) != 0)
        return common

    return holds


def _held(facts: Facts, column: str) -> list[frozenset[str] | None]:
    """What each person can share in a column; None for those who match everybody."""
    return [_held_by(facts, person, column) for person in facts.roster]


def _held_by(facts: Facts, person: Person, column: str) -> frozenset[str] | None:
    own = _listed(person, column)
    if not own:
        return None
    if column == "languages":
        for id in facts.roster.interpreters.get(person.id, ()):
            spoken = _listed(facts.roster[id], column)
            if spoken <= _listed(person, column):
                return None
            own |= spoken
    return own


def _listed(person: Person, column: str) -> frozenset[str]:
    listed = members(person.values.get(column, ""))
    if column == "languages":
        listed |= frozenset(language.strip().casefold() for language in person.languages)
    return listed


def _as_asked(people: Sequence[Person]) -> Callable[[Places, Places], Verdicts]:
    asks = np.array([person.women_only for person in people], dtype=bool)
    woman = np.array([is_woman(person.gender) for person in people], dtype=bool)
    return lambda ones, others: (~asks[ones] | woman[others]) & (~asks[others] | woman[ones])


def _in_reach(facts: Facts) -> Callable[[Places, Places], Verdicts]:
    tables = sorted({table for table in facts.fixed if table})
    near = np.array([[next_to(facts, one, other) for other in tables] for one in tables], dtype=bool)
    numbered = np.array([bool(table) for table in facts.fixed])
    number = np.array([tables.index(table) if table else 0 for table in facts.fixed])
    return lambda ones, others: ~(numbered[ones] & numbered[others]) | near[number[ones], number[others]]


def next_to(facts: Facts, one: int, other: int) -> bool:
    """Whether somebody who keeps a seat at one table can talk at the other."""
    adjacent = facts.rules.tables.adjacent
    if adjacent is None:
        return abs(one - other) <= 1
    return one == other or (one, other) in adjacent or (other, one) in adjacent
