"""Re-checks that threes and rests are no more than needed, and shared as evenly as arithmetic allows.

A breach is only called where a small change puts it right without breaking any other rule: the evening with that
change would be better beyond doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from relexp.messages import Message, say
from relexp.pairing.verify_facts import GUEST, HOST, Facts, Talk
from relexp.pairing.verify_pairs import PairRules
from relexp.pairing.verify_rules import crosses, fit_for_minors
from relexp.roster.rules import Odd

Group = tuple[int, ...]


def uneven(facts: Facts, pair_rules: PairRules) -> Iterator[Message]:
    """Every round with needless threes or rests, and everybody who has a second while another could have a first."""
    changes = _Changes(facts, pair_rules)
    for round, talks in facts.talks.items():
        open_talks = [talk for talk in talks if not talk.locked]
        if round <= facts.finished or (talks and not open_talks):
            continue
        if facts.rules.sides is None and not facts.minors_free(round):
            yield from _beyond_arithmetic(changes, round, open_talks)
        else:
            yield from _needless_trios(changes, round, open_talks)
            yield from _needless_rests(changes, round, open_talks)
        yield from _second_rests(changes, round, open_talks)
    yield from _second_trios(changes)


class _Changes:
    """Whether the evening would be as good if some conversations of a round were others."""

    def __init__(self, facts: Facts, pair_rules: PairRules) -> None:
        self.facts = facts
        self.may = pair_rules.may
        self.counts = [rule.rounds_a_person(facts.every_talk()) for rule in facts.soft_groups]
        self.most = [
            max(counts.values(), default=0) if rule.attribute.cap is None else rule.attribute.cap
            for rule, counts in zip(facts.soft_groups, self.counts, strict=True)
        ]

    def fine(self, round: int, old: Sequence[Talk], new: Sequence[Group], movers: Collection[int]) -> bool:
        """Whether every rule still holds, and no more people are with their own, when `new` takes the place of `old`.

        `movers` change their table, so nobody who keeps a seat or needs quiet may be among them.
        """
        people = self.facts.roster.people
        return (
            all(crosses(self.facts, talking) and fit_for_minors(self.facts, talking) for talking in new)
            and not any(self.facts.fixed[place] is not None or people[place].quiet for place in movers)
            and self._tables_enough(round, len(new) - len(old))
            and self._pairs_fine(old, new)
            and self._pins_kept(round, {*movers, *(place for talking in new for place in talking)}, new)
            and self._groups_fine(old, new)
        )

    def _tables_enough(self, round: int, more: int) -> bool:
        count = self.facts.rules.tables.count
        return count is None or len(self.facts.talks[round]) + more <= count

    def _pairs_fine(self, old: Sequence[Talk], new: Sequence[Group]) -> bool:
        before = {pair for talk in old for pair in talk.pairs()}
        fresh = {pair for people in new for pair in combinations(sorted(people), 2)} - before
        met = self.facts.met_before
        return all(not self.facts.meetings[pair] and pair not in met and self.may(*pair) for pair in fresh)

    def _pins_kept(self, round: int, people: Collection[int], new: Sequence[Group]) -> bool:
        pins = (people for number, people in self.facts.wishes if number == round)
        return all(any(pin.issubset(talking) for talking in new) for pin in pins if not pin.isdisjoint(people))

    def _groups_fine(self, old: Sequence[Talk], new: Sequence[Group]) -> bool:
        after = [Talk(0, 0, tuple(sorted(talking)), False) for talking in new]
        for rule, counts, most in zip(self.facts.soft_groups, self.counts, self.most, strict=True):
            if rule.meetings(after) > rule.meetings(old):
                return False
            gained = rule.rounds_a_person(after)
            gained.subtract(rule.rounds_a_person(old))
            if any(more > 0 and counts[place] + more > most for place, more in gained.items()):
                return False
        return True


def _beyond_arithmetic(changes: _Changes, round: int, talks: Sequence[Talk]) -> Iterator[Message]:
    """In an open mix of adults, one three or one rest takes up an odd number, and nothing else is needed.

    People of whom nobody may talk with the others have to come out even among themselves: a three for each such odd
    circle.
    """
    facts = changes.facts
    happened = {place for talk in facts.talks[round] if talk.locked for place in talk.people}
    pinned = _pinned_trios(facts, round)
    free = {int(place) for place in facts.free[:, round].nonzero()[0]} - happened
    left = len(free) - 3 * pinned
    alone = left == 1 or facts.rules.odd is Odd.REST
    trios, rests = pinned + (left % 2 if not alone else 0), left % 2 if alone else 0
    count = sum(talk.is_trio for talk in talks)
    if count > trios and not alone:
        trios = max(trios, sum(len(circle) % 2 and len(circle) > 1 for circle in _circles(changes, free)))
    for code, found, needed in (("verify.trios", count, trios), ("verify.rests", len(facts.resting[round]), rests)):
        if found > needed:
            yield say(code, round=round, count=found, needed=needed)


def _circles(changes: _Changes, people: Collection[int]) -> Iterator[set[int]]:
    """People who may talk with each other, or with somebody who may, and with nobody outside."""
    waiting = {*people}
    while waiting:
        circle, fresh = set[int](), {waiting.pop()}
        while fresh:
            one = fresh.pop()
            circle.add(one)
            found = {other for other in waiting if changes.may(one, other)}
            waiting -= found
            fresh |= found
        yield circle


def _pinned_trios(facts: Facts, round: int) -> int:
    """How many threes the wishes for a round make, where two wishes may share a person."""
    together: list[frozenset[int]] = []
    for number, people in facts.wishes:
        if number == round:
            touched = [group for group in together if not group.isdisjoint(people)]
            together = [group for group in together if group.isdisjoint(people)]
            together.append(people.union(*touched))
    return sum(len(group) == 3 for group in together)


def _needless_trios(changes: _Changes, round: int, talks: Sequence[Talk]) -> Iterator[Message]:
    """Two threes that could be three pairs; with odd = rest and no under-18s, any three that nobody wished for."""
    facts = changes.facts
    sides = facts.rules.sides
    trios = [talk for talk in talks if talk.is_trio]
    if sides is not None and sides.guests_per_host == 1 and facts.rules.odd is Odd.REST:
        pinned = _pinned_trios(facts, round)
        if len(trios) > pinned and not facts.minors_free(round):
            yield say("verify.trios", round=round, count=len(trios), needed=pinned)
            return
    for one, other in _that_could_cross(facts, trios):
        six = one.people + other.people
        if any(changes.fine(round, (one, other), pairs, six) for pairs in _in_twos(six)):
            yield say("verify.trio_split", round=round, table=one.table, second=other.table)
            return


def _that_could_cross(facts: Facts, trios: Sequence[Talk]) -> Iterator[tuple[Talk, Talk]]:
    """Every two threes, or only those with three of either side between them."""
    if facts.rules.sides is None:
        return combinations(trios, 2)
    many_hosts = [talk for talk in trios if sum(facts.side[place] == HOST for place in talk.people) == 2]
    many_guests = [talk for talk in trios if sum(facts.side[place] == GUEST for place in talk.people) == 2]
    return product(many_hosts, many_guests)


def _in_twos(people: Group) -> Iterator[tuple[Group, ...]]:
    """Every way to part an even number of people into pairs."""
    if not people:
        yield ()
        return
    first, *others = people
    for other in others:
        rest = tuple(place for place in others if place != other)
        for pairs in _in_twos(rest):
            yield ((first, other), *pairs)


def _needless_rests(changes: _Changes, round: int, talks: Sequence[Talk]) -> Iterator[Message]:
    """Whoever rests although they, and the adult who rests with them, could talk."""
    facts = changes.facts
    resting = sorted(facts.resting[round])
    children = [place for place in facts.talkers_of(facts.evening.rounds[round - 1].resting) if facts.minor[place]]
    companions = Counter(facts.responsible[place] for place in children)
    single = [place for place in resting if place not in companions and not _companion(facts, place, resting)]
    for place in single:
        if _could_talk(changes, round, talks, place, single):
            yield say("verify.rest_needless", person=facts.name(place), round=round)
    for place in resting:
        adult = _companion(facts, place, resting)
        if adult and companions[adult[0]] == 1 and _both_could_join(changes, round, talks, place, adult[0]):
            yield say("verify.rest_needless", person=facts.name(place), round=round)


def _companion(facts: Facts, place: int, resting: Sequence[int]) -> tuple[int, ...]:
    """The adult who rests for the sake of an under-18, if one does."""
    adult = facts.responsible[place]
    return (adult,) if facts.minor[place] and adult in resting else ()


def _may_grow(facts: Facts) -> bool:
    """Whether a pair may become a three to take somebody in."""
    sides = facts.rules.sides
    return facts.rules.odd is Odd.TRIO or (sides is not None and sides.guests_per_host == 2)


def _could_talk(changes: _Changes, round: int, talks: Sequence[Talk], place: int, single: Sequence[int]) -> bool:
    if any(changes.fine(round, (), [(place, other)], (place, other)) for other in single if other != place):
        return True
    for talk in talks:
        if talk.is_trio:
            for partner in talk.people:
                left = tuple(other for other in talk.people if other != partner)
                if changes.fine(round, (talk,), [(place, partner), left], (place, *talk.people)):
                    return True
        elif _may_grow(changes.facts) and changes.fine(round, (talk,), [(place, *talk.people)], (place,)):
            return True
    return False


def _both_could_join(changes: _Changes, round: int, talks: Sequence[Talk], child: int, adult: int) -> bool:
    """Whether an under-18 and their responsible adult could each make a pair a three."""
    if not _may_grow(changes.facts):
        return False
    pairs = [talk for talk in talks if not talk.is_trio]
    return any(
        changes.fine(round, (one, other), [(child, *one.people), (adult, *other.people)], (child, adult))
        for one in pairs
        if changes.fine(round, (one,), [(child, *one.people)], (child,))
        for other in pairs
        if other is not one
    )


def _second_rests(changes: _Changes, round: int, talks: Sequence[Talk]) -> Iterator[Message]:
    facts = changes.facts
    if any(facts.minor):
        return
    unrested = [(talk, place) for talk in talks for place in talk.people if not facts.rest_counts[place]]
    for place in sorted(facts.resting[round]):
        if facts.rest_counts[place] < 2:
            continue
        for talk, other in unrested:
            new = (*(one for one in talk.people if one != other), place)
            worse = talk.is_trio and facts.trio_counts[place] >= 1 and facts.trio_counts[other] < 2
            if not worse and changes.fine(round, (talk,), [new], (place, other)):
                yield say("verify.second_rest", person=facts.name(place), other=facts.name(other), round=round)
                break


def _second_trios(changes: _Changes) -> Iterator[Message]:
    facts = changes.facts
    for round, talks in facts.talks.items():
        if round <= facts.finished:
            continue
        pairs = [talk for talk in talks if not talk.is_trio and not talk.locked]
        fresh = [(talk, place) for talk in pairs for place in talk.people if not facts.trio_counts[place]]
        for trio in (talk for talk in talks if talk.is_trio and not talk.locked):
            for place in (place for place in trio.people if facts.trio_counts[place] > 1):
                yield from _first_who_could(changes, round, trio, place, fresh)


def _first_who_could(
    changes: _Changes, round: int, trio: Talk, place: int, fresh: Sequence[tuple[Talk, int]]
) -> Iterator[Message]:
    """One who has had no three and could change places with somebody in theirs."""
    facts = changes.facts
    left = tuple(one for one in trio.people if one != place)
    for talk, other in fresh:
        partners = tuple(one for one in talk.people if one != other)
        if changes.fine(round, (trio, talk), [(*left, other), (*partners, place)], (place, other)):
            yield say("verify.second_trio", person=facts.name(place), other=facts.name(other), round=round)
            return
