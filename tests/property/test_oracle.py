"""The exact search that judges the planner is itself judged, on rooms whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables
from tests.property import oracle
from tests.property.rooms import room


def people(size: int, **parts: tuple[object, ...]) -> Roster:
    """Some people; `parts` gives one of their parts for the first of them."""
    made = [Person(f"p{number}", f"P{number}") for number in range(size)]
    for part, values in parts.items():
        for number, value in enumerate(values):
            made[number] = replace(made[number], **{part: value})
    return Roster(tuple(made))


def belonging(*organisations: str) -> Roster:
    """One person for each organisation given."""
    return Roster(tuple(Person(f"p{n}", f"P{n}", values={"organisation": o}) for n, o in enumerate(organisations)))


@pytest.mark.parametrize("size", [2, 4, 6, 8, 10])
def test_everybody_can_meet_everybody_and_no_more(size: int) -> None:
    assert oracle.can_be(people(size), Rules(rounds=size - 1), seconds=60)
    assert not oracle.can_be(people(size), Rules(rounds=size), seconds=60)


def test_three_people_talk_together_once() -> None:
    found = oracle.fewest_repeats(people(3), Rules(rounds=1))
    assert found is not None
    assert [conversation.people for conversation in found.evening.rounds[0].conversations] == [("p0", "p1", "p2")]
    assert not oracle.can_be(people(3), Rules(rounds=2))


def test_an_odd_one_rests_where_that_was_asked_for() -> None:
    found = oracle.fewest_repeats(people(5), Rules(rounds=5, odd=Odd.REST))
    assert found is not None
    assert all(len(round.resting) == 1 for round in found.evening.rounds)
    assert not oracle.can_be(people(5), Rules(rounds=6, odd=Odd.REST))


def test_repeats_are_as_few_as_can_be() -> None:
    rules = Rules(rounds=5, repeats=Repeats.FEWEST)
    found = oracle.fewest_repeats(people(4), rules)
    assert found is not None
    assert found.value == pytest.approx(4)
    earlier = replace(rules, rounds=3, met_before=frozenset({("p0", "p1")}))
    again = oracle.fewest_repeats(people(4), earlier)
    assert again is not None
    assert again.value == pytest.approx(1)


def test_one_group_over_half_cannot_be_kept_apart() -> None:
    hard = Rules(rounds=1, across=(Across("organisation", never_same=NeverSame.HARD),))
    assert oracle.can_be(belonging("a", "a", "b", "b"), hard)
    assert oracle.can_be(belonging("a", "a", "", ""), hard)
    assert not oracle.can_be(belonging("a", "a", "a", "b"), hard)


@pytest.mark.parametrize(("cap", "possible"), [(1, False), (2, True)])
def test_a_cap_binds(cap: int, possible: bool) -> None:
    rules = Rules(rounds=3, across=(Across("organisation", never_same=NeverSame.FEWEST, cap=cap),))
    assert oracle.can_be(belonging("a", "a", "a", "b"), rules) is possible


@pytest.mark.parametrize("rule", ["apart", "met", "languages", "women", "seats", "tables", "absent", "pin"])
def test_each_rule_alone_can_make_two_people_impossible(rule: str) -> None:
    rules, roster = Rules(rounds=1), people(2)
    assert oracle.can_be(roster, rules)
    pair = frozenset({("p0", "p1")})
    spoken = Roster(
        tuple(replace(p, values={"languages": t}) for p, t in zip(roster, ("welsh", "arabic"), strict=True))
    )
    changed = {
        "apart": (roster, replace(rules, keep_apart=pair)),
        "met": (roster, replace(rules, met_before=pair)),
        "languages": (spoken, replace(rules, share=("languages",))),
        "women": (people(2, women_only=(True,), gender=("woman", "man")), rules),
        "seats": (people(2, fixed_seat=(1, 3)), rules),
        "tables": (roster, replace(rules, tables=Tables(0))),
        "absent": (people(4), replace(rules, present={"p0": frozenset()}, rounds=2)),
        "pin": (people(3), replace(rules, odd=Odd.REST, keep_apart=pair, pins=(Pin(1, ("p0", "p1")),))),
    }[rule]
    assert not oracle.can_be(*changed)


def test_interpreters_let_people_talk_and_sit_with_them() -> None:
    speaker = Person("p0", "P0", values={"languages": "welsh"})
    other = Person("p1", "P1", values={"languages": "arabic"})
    helper = Person("i", "I", values={"languages": "welsh; arabic"}, interpreter_for="p0")
    found = oracle.fewest_repeats(Roster((speaker, other, helper)), Rules(rounds=1, share=("languages",)))
    assert found is not None
    assert found.evening.rounds[0].conversations[0].interpreters == ("i",)


def test_an_under_18_is_never_alone_with_an_adult_and_rests_with_theirs() -> None:
    family = people(4, under_18=(True,), responsible_adult=("p1",))
    found = oracle.fewest_repeats(family, Rules(rounds=1))
    assert found is not None
    assert set(found.evening.rounds[0].resting) == {"p0", "p1"}
    three = people(3, under_18=(True,), responsible_adult=("p1",))
    assert oracle.can_be(three, Rules(rounds=1))
    assert not oracle.can_be(people(3, under_18=(True,)), Rules(rounds=1, keep_apart=frozenset({("p1", "p2")})))


def test_hosts_and_guests_cross_in_pairs_threes_and_one_to_twos() -> None:
    def sides(hosts: int, guests: int) -> Roster:
        named = ["host"] * hosts + ["guest"] * guests
        return Roster(tuple(Person(f"p{n}", f"P{n}", values={"side": side}) for n, side in enumerate(named)))

    def shape(roster: Roster, rules: Rules) -> list[int]:
        found = oracle.fewest_repeats(roster, rules)
        assert found is not None
        first = found.evening.rounds[0]
        return [*sorted(len(talk.people) for talk in first.conversations), len(first.resting)]

    assert shape(sides(3, 3), Rules(rounds=3, sides=Sides())) == [2, 2, 2, 0]
    assert not oracle.can_be(sides(3, 3), Rules(rounds=4, sides=Sides()))
    assert shape(sides(2, 3), Rules(rounds=1, sides=Sides())) == [2, 3, 0]
    assert shape(sides(2, 3), Rules(rounds=1, sides=Sides(), odd=Odd.REST)) == [2, 2, 1]
    assert shape(sides(2, 4), Rules(rounds=1, sides=Sides(guests_per_host=2))) == [3, 3, 0]
    assert shape(sides(2, 5), Rules(rounds=1, sides=Sides(guests_per_host=2))) == [3, 3, 1]


def test_what_has_happened_stays() -> None:
    rules = Rules(rounds=2, locked=(Pin(1, ("p0", "p1")), Pin(1, ("p2", "p3"))), met_before=frozenset({("p0", "p1")}))
    found = oracle.fewest_repeats(people(4), rules)
    assert found is not None
    assert {talk.people for talk in found.evening.rounds[0].conversations} == {("p0", "p1"), ("p2", "p3")}


def test_the_highest_total_is_that_of_trying_everything() -> None:
    rng = np.random.default_rng(5)
    made = [Person(f"p{n}", f"P{n}", values={"x": str(rng.integers(9)), "y": str(rng.integers(3))}) for n in range(6)]
    roster, rules = Roster(tuple(made)), Rules(rounds=1, across=(Across("x"), Across("y", 2.0)))
    found = oracle.most_total(roster, rules)
    assert found is not None
    table = oracle.difference(roster, rules.across)

    def best(left: tuple[int, ...]) -> float:
        if not left:
            return 0.0
        first, *others = left
        return max(table[first, other] + best(tuple(n for n in others if n != other)) for other in others)

    assert found.value == pytest.approx(best(tuple(range(6))))


@pytest.mark.parametrize("seats", [(1, 1), (0, 0)])
def test_what_it_cannot_judge_it_says(seats: tuple[int, int]) -> None:
    with pytest.raises(oracle.TooHard):
        oracle.can_be(people(2, fixed_seat=seats), Rules(rounds=1))


def test_rooms_too_large_for_exact_search_are_refused() -> None:
    with pytest.raises(oracle.TooHard):
        oracle.can_be(people(oracle.LARGEST + 1), Rules(rounds=1))


def test_random_rooms_come_in_every_size_and_with_every_rule() -> None:
    drawn = [room(seed) for seed in range(150)]
    sizes = [len(roster.talkers) for roster, _ in drawn]
    assert min(sizes) <= 4
    assert max(sizes) >= 150
    assert all(2 <= size <= 200 for size in sizes)
    for asked in (
        lambda roster, rules: rules.odd is Odd.REST,
        lambda roster, rules: rules.repeats is Repeats.FEWEST,
        lambda roster, rules: bool(rules.pins),
        lambda roster, rules: bool(rules.keep_apart),
        lambda roster, rules: bool(rules.met_before),
        lambda roster, rules: bool(rules.present),
        lambda roster, rules: bool(rules.share),
        lambda roster, rules: bool(roster.interpreters),
        lambda roster, rules: bool(roster.private),
        lambda roster, rules: rules.sides is not None and rules.sides.guests_per_host == 2,
        lambda roster, rules: rules.sides is not None and rules.sides.guests_per_host == 1,
        lambda roster, rules: any(person.under_18 for person in roster),
        lambda roster, rules: any(person.women_only for person in roster),
        lambda roster, rules: any(person.fixed_seat == 0 for person in roster),
        lambda roster, rules: any(person.fixed_seat for person in roster),
        lambda roster, rules: any(person.quiet for person in roster) and bool(rules.tables.quiet),
        lambda roster, rules: any(person.rest for person in roster),
        lambda roster, rules: any(attribute.cap is not None for attribute in rules.across),
        lambda roster, rules: any(attribute.never_same is NeverSame.HARD for attribute in rules.across),
    ):
        assert any(asked(roster, rules) for roster, rules in drawn)


def test_a_random_room_is_the_same_for_the_same_seed() -> None:
    assert room(7, 2, 30) == room(7, 2, 30)
    assert room(7, 2, 30) != room(8, 2, 30)


def test_wishes_of_random_rooms_break_no_other_rule() -> None:
    for roster, rules in (room(seed, 4, 60, frozenset({"pins", "apart", "absent", "rests"})) for seed in range(20)):
        pairs = {frozenset(pair) for pair in rules.keep_apart}
        for pin in rules.pins:
            assert not any(frozenset(pair) in pairs for pair in combinations(pin.people, 2))
            assert all(rules.attends(id, pin.round) and pin.round not in roster[id].rest for id in pin.people)
