"""Whatever bends a rule, or rests or talks in threes without need, is dealt anew."""

from __future__ import annotations

import numpy as np
import pytest

import relexp.pairing.mend
from relexp.pairing.best import best_draft
from relexp.pairing.breaches import PROTECTED, Kind, breaches
from relexp.pairing.draft import FREE, HELD, NOBODY, Draft
from relexp.pairing.mend import PEOPLE, _blocks, _troubled, mend
from relexp.pairing.search import Pulse
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Rules, Sides
from tests.pairing.desk import desk, groups, opened
from tests.pairing.verify_evenings import crowd

NOBODY_WATCHES = Pulse(None)


def kinds(draft: Draft) -> set[Kind]:
    return {breach.kind for breach in breaches(draft)}


def mended(roster: Roster, rules: Rules, *rounds: list[str]) -> Draft:
    draft = desk(roster, rules, *rounds)
    mend(draft, range(rules.rounds), NOBODY_WATCHES)
    return draft


def in_pairs(size: int, rules: Rules) -> Draft:
    """A large room in which p0 talks with p1, p2 with p3, and so on."""
    roster = Roster(tuple(Person(f"p{number}", f"Person {number}") for number in range(size)))
    draft = Draft(opened(roster, rules), 1)
    draft.lay(0, np.array([[k, k + 1, NOBODY] for k in range(0, size, 2)]))
    return draft


def test_people_in_forbidden_conversations_are_seated_anew_or_rest() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "b"), ("a", "c"), ("a", "d"), ("c", "d")}), odd=Odd.REST)
    assert groups(mended(crowd(4), rules, ["ab", "cd"])) in (["a", "bc", "d"], ["a", "bd", "c"])


def test_mending_ends_though_something_could_still_get_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.mend, "TURNS", 1)
    draft = mended(crowd(4), Rules(rounds=1, keep_apart=frozenset({("a", "b")})), ["ab", "cd"])
    assert breaches(draft) == []


def test_hosts_and_guests_in_forbidden_conversations_are_seated_across() -> None:
    roster = crowd(6, {"side": ("host",) * 3 + ("guest",) * 3})
    rules = Rules(rounds=1, sides=Sides(), keep_apart=frozenset({("a", "d"), ("b", "e")}))
    draft = mended(roster, rules, ["ad", "be", "cf"])
    assert not kinds(draft) & PROTECTED
    assert not draft.rests.any()


def test_in_a_large_room_every_forbidden_conversation_is_mended() -> None:
    size = 4 * PEOPLE
    apart = frozenset((f"p{k}", f"p{k + 1}") for k in range(0, size, 2))
    draft = in_pairs(size, Rules(rounds=1, keep_apart=apart))
    mend(draft, [0], NOBODY_WATCHES)
    assert breaches(draft) == []
    assert not draft.rests.any()
    assert not draft.trios.any()


def test_two_circles_of_odd_size_have_a_three_each() -> None:
    spoken = {"languages": ("somali",) * 9 + ("english",) * 15}
    draft = best_draft(opened(crowd(24, spoken), Rules(rounds=3, share=("languages",))))
    assert breaches(draft) == []
    assert [sorted(len(talk) for talk in groups(draft, number)) for number in range(3)] == [[2] * 9 + [3] * 2] * 3


def test_under_18s_who_have_met_all_they_may_rest_with_their_adult() -> None:
    roster = crowd(6, under_18=(True, True), responsible_adult=("c", "d"))
    draft = best_draft(opened(roster, Rules(rounds=3)))
    assert not kinds(draft) & PROTECTED
    assert any({"a", "b", "c", "d"} <= {*groups(draft, number)} for number in range(3))


def test_a_wish_that_leaves_an_under_18_without_their_adult_is_not_kept_and_that_is_told() -> None:
    roster = crowd(3, under_18=(True,), responsible_adult=("b",))
    rules = Rules(rounds=1, pins=(Pin(1, ("b", "c")),), keep_apart=frozenset({("a", "c")}))
    draft = best_draft(opened(roster, rules))
    assert groups(draft) == ["a", "b", "c"]
    assert kinds(draft) == {Kind.PIN}


def test_the_firm_rule_that_cannot_hold_is_bent_and_protection_is_not() -> None:
    roster = crowd(6, {"town": tuple("xxxxxy")})
    hard = (Across("town", never_same=NeverSame.HARD),)
    draft = best_draft(opened(roster, Rules(rounds=2, across=hard, keep_apart=frozenset({("a", "b")}))))
    assert Kind.GROUP in kinds(draft)
    assert not kinds(draft) & PROTECTED


def test_conversations_that_are_over_are_left_alone() -> None:
    rules = Rules(rounds=1, locked=(Pin(1, ("a", "b")),), keep_apart=frozenset({("a", "b"), ("c", "d")}))
    draft = desk(crowd(6), rules, ["ab", "cd", "ef"], states=[(HELD, FREE, FREE)])
    mend(draft, [0], NOBODY_WATCHES)
    assert "ab" in groups(draft)
    assert "cd" not in groups(draft)


def test_trouble_is_a_broken_rule_a_needless_three_a_second_one_or_a_rest_beside_an_under_18() -> None:
    def troubled(roster: Roster, rules: Rules, *rounds: list[str], round: int = 0) -> list[bool]:
        return _troubled(desk(roster, rules, *rounds), round).tolist()

    one, two = Rules(rounds=1), Rules(rounds=2)
    assert troubled(crowd(4), one, ["ab", "cd"]) == [False, False]
    assert troubled(crowd(4), Rules(rounds=1, keep_apart=frozenset({("a", "b")})), ["ab", "cd"]) == [True, False]
    assert troubled(crowd(6), one, ["abc", "def"]) == [True, True]
    assert troubled(crowd(5), one, ["abc", "de"]) == [False, False]
    assert troubled(crowd(7), two, ["abc", "de", "fg"], ["adf", "be", "cg"], round=1) == [True, False, False]
    assert troubled(crowd(5), Rules(rounds=1, odd=Odd.REST), ["ab", "cd", "e"]) == [False] * 3
    child = crowd(5, under_18=(True,))
    assert troubled(child, Rules(rounds=1, odd=Odd.REST), ["a", "bc", "de"]) == [True, False, False]
    sides = crowd(5, {"side": ("host", "host", "guest", "guest", "guest")})
    assert troubled(sides, Rules(rounds=1, sides=Sides()), ["acd", "be"]) == [False, False]
    capped = (Across("town", never_same=NeverSame.FEWEST, cap=0),)
    assert troubled(crowd(4, {"town": tuple("xxyy")}), Rules(rounds=1, across=capped), ["ab", "cd"]) == [True, True]
    assert troubled(crowd(4, {"town": tuple("xxyy")}), Rules(rounds=1, across=capped), ["ac", "bd"]) == [False, False]


def test_a_family_is_always_dealt_together() -> None:
    roster = crowd(8, under_18=(True, True), responsible_adult=("c", "c"))
    draft = desk(roster, Rules(rounds=1), ["a", "b", "c", "de", "fgh"])
    blocks = list(_blocks(draft, 0, [0], 1))
    assert all({0, 1, 2} <= {*block} for block in blocks)


def test_other_tables_are_asked_in_turn_until_all_have_been_or_the_looks_are_over() -> None:
    size = 3 * PEOPLE
    draft = in_pairs(size, Rules(rounds=1))
    every = list(_blocks(draft, 0, [0], 100))
    assert {table for block in every for table in block} == set(range(size // 2))
    assert all(2 * len(block) <= PEOPLE for block in every)
    assert len(list(_blocks(draft, 0, [0], 2))) == 2


def test_mending_stops_when_it_is_asked_to() -> None:
    apart = frozenset((f"p{k}", f"p{k + 1}") for k in range(0, 4 * PEOPLE, 2))
    draft = in_pairs(4 * PEOPLE, Rules(rounds=1, keep_apart=apart))
    mend(draft, [0], Pulse(lambda _: False))
    assert 0 < len(breaches(draft)) < 2 * PEOPLE, "the first few were mended before it looked"
    mend(draft, [0], Pulse(lambda share: share < 0.5))
    assert len(breaches(draft)) < 2 * PEOPLE
