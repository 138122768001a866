"""What a draft breaks, conversation by conversation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from relexp.pairing.breaches import Kind, breaches, sided_rests
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.desk import desk
from tests.pairing.verify_evenings import crowd

ONE = Rules(rounds=1)


def broken(roster: Roster, rules: Rules, *rounds: Sequence[str]) -> list[tuple[Kind, str]]:
    draft = desk(roster, rules, *rounds)
    return [(breach.kind, "".join(draft.room.ids[place] for place in breach.people)) for breach in breaches(draft)]


def test_an_evening_that_keeps_every_rule_breaks_nothing() -> None:
    assert broken(crowd(5), Rules(rounds=2), ["ab", "cde"], ["ac", "bd"]) == []


def test_people_kept_apart_are_found_in_pairs_and_trios() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "b"), ("c", "e")}))
    assert broken(crowd(5), rules, ["ab", "cde"]) == [(Kind.APART, "ab"), (Kind.APART, "ce")]


def test_a_firm_group_and_a_second_meeting_are_found() -> None:
    roster = crowd(5, {"town": tuple("xxyyz")})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.HARD),), met_before=frozenset({("b", "d")}))
    assert broken(roster, rules, ["abe", "cd"], ["ae", "bd"]) == [
        (Kind.GROUP, "ab"),
        (Kind.GROUP, "cd"),
        (Kind.AGAIN, "ae"),
        (Kind.AGAIN, "bd"),
    ]
    free = Rules(rounds=2, repeats=Repeats.FEWEST, met_before=frozenset({("b", "d")}))
    assert broken(roster, free, ["abe", "cd"], ["ae", "bd"]) == []


def test_what_is_over_is_not_held_against_anybody_but_counts_as_met() -> None:
    rules = Rules(rounds=2, keep_apart=frozenset({("a", "b")}), locked=(Pin(1, ("b", "a", "gone")),))
    assert broken(crowd(4), rules, ["ab", "cd"], ["ac", "bd"]) == []
    assert broken(crowd(4), rules, ["ab", "cd"], ["cd", "ab"]) == [
        (Kind.AGAIN, "cd"),
        (Kind.APART, "ab"),
        (Kind.AGAIN, "ab"),
    ]


def test_under_18s_alone_among_adults_are_found() -> None:
    family = crowd(6, under_18=(True, True), responsible_adult=("c",))
    assert broken(family, ONE, ["ad", "be", "cf"]) == [(Kind.MINOR, "ad"), (Kind.MINOR, "be")]
    assert broken(family, ONE, ["acd", "bef"]) == [(Kind.MINOR, "bef")]
    assert broken(family, ONE, ["abd", "ce", "f"]) == [(Kind.REST, "f")]


def test_an_under_18_rests_with_their_adult_or_not_at_all() -> None:
    family = crowd(4, under_18=(True,), responsible_adult=("b",))
    assert (Kind.MINOR, "a") in broken(family, ONE, ["a", "bc", "d"])
    assert broken(family, ONE, ["a", "b", "cd"]) == []
    away = Rules(rounds=1, present={"b": frozenset()})
    assert broken(family, away, ["a", "cd"]) == []


def test_conversations_cross_sides() -> None:
    roster = crowd(5, {"side": ("host", "host", "guest", "guest", "guest")})
    rules = Rules(rounds=1, sides=Sides())
    assert broken(roster, rules, ["ab", "cde"]) == [(Kind.SIDES, "ab"), (Kind.SIDES, "cde")]
    assert broken(roster, rules, ["ac", "bde"]) == []


def test_a_wish_that_is_not_kept_is_found() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("a", "b")),))
    assert broken(crowd(4), rules, ["ac", "bd"]) == [(Kind.PIN, "ab")]
    assert broken(crowd(4), rules, ["ab", "cd"]) == []
    assert broken(crowd(3), rules, ["abc"]) == []
    assert broken(crowd(3), rules, ["a", "b", "c"])[-1] == (Kind.PIN, "ab")


def test_of_those_who_rest_only_as_many_are_too_many_as_arithmetic_asks_to_talk() -> None:
    roster = crowd(6, {"side": ("host", "guest", "guest", "guest", "guest", "guest")})
    rules = Rules(rounds=2, sides=Sides(), odd=Odd.REST)
    first = ["ab", "c", "d", "e", "f"]
    assert broken(roster, rules, first, ["ac", "b", "d", "e", "f"]) == []
    assert broken(roster, rules, first, ["a", "b", "c", "d", "e", "f"]) == [(Kind.REST, "e"), (Kind.REST, "f")]


def test_a_cap_that_is_passed_is_found() -> None:
    roster = crowd(4, {"town": tuple("xxxx")})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=1),))
    assert [kind for kind, _ in broken(roster, rules, ["ab", "cd"], ["ac", "bd"])] == [Kind.CAP] * 4
    no_cap = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST),))
    assert broken(roster, no_cap, ["ab", "cd"], ["ac", "bd"]) == []


@pytest.mark.parametrize(
    ("odd", "talks", "needless"),
    [
        (Odd.TRIO, ["ab", "cd", "e"], True),
        (Odd.REST, ["ab", "cd", "e"], False),
        (Odd.REST, ["ab", "c", "d", "e"], True),
    ],
)
def test_a_rest_that_arithmetic_does_not_ask_for_is_found(odd: Odd, talks: list[str], needless: bool) -> None:
    assert bool(broken(crowd(5), Rules(rounds=1, odd=odd), talks)) is needless


def test_someone_alone_in_the_room_can_only_rest() -> None:
    alone = Rules(rounds=1, present={"b": frozenset()})
    assert broken(crowd(2), alone, ["a"]) == []


def test_the_longer_side_rests_in_turn() -> None:
    roster = crowd(5, {"side": ("host", "host", "guest", "guest", "guest")})
    rest = Rules(rounds=1, odd=Odd.REST, sides=Sides())
    assert broken(roster, rest, ["ac", "bd", "e"]) == []
    assert broken(roster, Rules(rounds=1, sides=Sides()), ["ac", "bd", "e"]) == [(Kind.REST, "e")]


@pytest.mark.parametrize(
    ("hosts", "guests", "one_to_two", "trios", "rests"),
    [
        (2, 3, False, True, 0),
        (2, 3, False, False, 1),
        (2, 5, False, True, 1),
        (3, 2, True, True, 1),
        (2, 5, True, False, 1),
    ],
)
def test_rests_of_hosts_and_guests_are_counted(
    hosts: int, guests: int, one_to_two: bool, trios: bool, rests: int
) -> None:
    assert sided_rests(hosts, guests, one_to_two, trios) == rests
