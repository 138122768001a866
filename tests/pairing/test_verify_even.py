"""Threes and rests: no more than needed, shared as evenly as can be, and never called uneven without a better way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.verify import verify
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables
from tests.pairing.verify_evenings import crowd, evening, reported, said, told
from tests.property import oracle
from tests.property.rooms import room

ONE, TWO, THREE = Rules(rounds=1), Rules(rounds=2), Rules(rounds=3)
RESTS = replace(ONE, odd=Odd.REST)
SIDES = replace(ONE, sides=Sides())


def sided(hosts: int, guests: int, **parts: tuple[object, ...]) -> Roster:
    return crowd(hosts + guests, {"side": ["host"] * hosts + ["guest"] * guests}, **parts)


def test_an_even_room_of_adults_has_no_three_and_an_odd_one_has_one() -> None:
    six, nine = crowd(6), crowd(9)
    assert told(crowd(5), ONE, evening(crowd(5), ["abc", "de"])) == []
    assert said(six, ONE, evening(six, ["abc", "def"]), "verify.trios") == [
        "Round 1 has 2 conversations of three, where 0 would do."
    ]
    assert told(nine, ONE, evening(nine, ["abc", "def", "ghi"])) == ["verify.trios"]


def test_nobody_rests_in_a_room_that_talks_in_threes_unless_alone() -> None:
    assert said(crowd(5), ONE, evening(crowd(5), ["ab", "cd"], resting=["e"]), "verify.rests") == [
        "1 rest in round 1, where 0 would do."
    ]
    alone = replace(ONE, present={"a": frozenset()})
    assert told(crowd(2), alone, evening(crowd(2), [], resting=["b"])) == []


def test_one_rests_in_an_odd_room_that_asks_for_it() -> None:
    assert told(crowd(5), RESTS, evening(crowd(5), ["ab", "cd"], resting=["e"])) == []
    assert told(crowd(5), RESTS, evening(crowd(5), ["abc", "de"])) == ["verify.trios"]
    assert told(crowd(5), RESTS, evening(crowd(5), ["ab"], resting=["cde"])) == ["verify.rests"]


def test_a_three_that_was_wished_for_is_needed() -> None:
    rules = replace(ONE, pins=(Pin(1, ("a", "b")), Pin(1, ("b", "c"))))
    six = crowd(6)
    assert told(six, rules, evening(six, ["abc", "def"])) == []
    assert told(
        six, replace(ONE, pins=(Pin(1, ("a", "b", "c")), Pin(2, ("d", "e")))), evening(six, ["abc", "def"])
    ) == ["verify.pin"]
    assert told(crowd(4), replace(rules, pins=rules.pins), evening(crowd(4), ["abc"], resting=["d"])) == []


def test_what_has_happened_is_not_counted_against_anybody() -> None:
    six = crowd(6)
    both = tuple(Pin(1, tuple(people)) for people in ("abc", "def"))
    assert told(six, replace(ONE, locked=both), evening(six, ["abc", "def"])) == []
    assert told(six, replace(ONE, locked=both[:1]), evening(six, ["abc", "def"])) == []
    assert told(six, replace(ONE, locked=(Pin(1, ("a", "b")),)), evening(six, ["ab", "cde"], resting=["f"])) == [
        "verify.trios",
        "verify.rests",
    ]


# Under-18s and sides: only what a small change puts right.


def test_two_threes_that_could_be_three_pairs_are_called() -> None:
    six = crowd(6, under_18=(True, True))
    assert said(six, ONE, evening(six, ["abc", "def"]), "verify.trio_split") == [
        "Round 1 has two conversations of three, at tables 1 and 2, that could be three of two."
    ]
    apart = replace(ONE, keep_apart=frozenset(("c", other) for other in "def"))
    assert told(six, apart, evening(six, ["abc", "def"])) == []
    few = replace(ONE, tables=Tables(2))
    assert told(six, few, evening(six, ["abc", "def"])) == []


def test_an_under_18_left_over_makes_a_second_three_right() -> None:
    roster = crowd(8, under_18=(True, True, True))
    assert told(roster, ONE, evening(roster, ["abc", "def", "gh"])) == []


@pytest.mark.parametrize(("talks", "right"), [(["acd", "bef"], True), (["abd", "cef"], False)])
def test_threes_of_hosts_and_guests_take_up_the_longer_side(talks: list[str], right: bool) -> None:
    roster = sided(2, 4) if right else sided(3, 3)
    assert (told(roster, SIDES, evening(roster, talks)) == []) is right


def test_with_rests_asked_for_no_three_of_hosts_and_guests_is_needed() -> None:
    roster = sided(2, 3)
    rules = replace(SIDES, odd=Odd.REST)
    assert told(roster, rules, evening(roster, ["ac", "bd"], resting=["e"])) == []
    assert told(roster, rules, evening(roster, ["acd", "be"])) == ["verify.trios"]
    wished = replace(rules, pins=(Pin(1, ("a", "c")), Pin(1, ("c", "b"))))
    assert told(roster, wished, evening(roster, ["abc"], resting=["de"])) == []
    child = sided(2, 4, under_18=(False, False, True, True))
    assert told(child, rules, evening(child, ["acd", "be"], resting=["f"])) == []


def test_two_who_rest_and_could_talk_are_called() -> None:
    roster, rules = sided(2, 2), replace(SIDES, odd=Odd.REST)
    assert said(roster, rules, evening(roster, ["ac"], resting=["bd"]), "verify.rest_needless") == [
        "B rests in round 1, although there is a conversation they could have.",
        "D rests in round 1, although there is a conversation they could have.",
    ]
    met = replace(rules, met_before=frozenset({("b", "d")}))
    assert told(roster, met, evening(roster, ["ac"], resting=["bd"])) == []


def test_one_who_rests_and_could_join_a_pair_is_called() -> None:
    roster = sided(2, 3)
    assert told(roster, SIDES, evening(roster, ["ac", "bd"], resting=["e"])) == ["verify.rest_needless"]
    one_to_two = replace(SIDES, odd=Odd.REST, sides=Sides(guests_per_host=2))
    assert told(roster, one_to_two, evening(roster, ["ac", "bd"], resting=["e"])) == ["verify.rest_needless"]
    apart = replace(SIDES, keep_apart=frozenset({("c", "e"), ("b", "e")}))
    assert told(roster, apart, evening(roster, ["ac", "bd"], resting=["e"])) == []


def test_one_who_rests_and_could_part_a_three_is_called() -> None:
    roster = sided(2, 2)
    one_to_two = replace(SIDES, sides=Sides(guests_per_host=2))
    assert told(roster, one_to_two, evening(roster, ["acd"], resting=["b"])) == ["verify.rest_needless"]
    busy = sided(1, 3)
    assert told(busy, one_to_two, evening(busy, ["abc"], resting=["d"])) == []


def test_nobody_is_moved_who_keeps_a_seat_or_needs_quiet_or_was_wished_for() -> None:
    for roster in (sided(2, 3, quiet=(False,) * 4 + (True,)), sided(2, 3, fixed_seat=(None,) * 4 + (5,))):
        assert told(roster, SIDES, evening(roster, ["ac", "bd"], resting=["e"])) == []
    wished = replace(SIDES, sides=Sides(guests_per_host=2), pins=(Pin(1, ("a", "c")), Pin(1, ("a", "d"))))
    roster = sided(2, 2)
    assert told(roster, wished, evening(roster, ["acd"], resting=["b"])) == []


def test_an_under_18_and_their_adult_rest_only_when_neither_can_join() -> None:
    family = {"under_18": (True, True, True), "responsible_adult": ("h",)}
    roster = crowd(8, **family)
    found = evening(roster, ["bc", "de", "fg"], resting=["ah"])
    assert said(roster, ONE, found, "verify.rest_needless") == [
        "A rests in round 1, although there is a conversation they could have."
    ]
    assert told(roster, RESTS, found) == []
    apart = replace(ONE, keep_apart=frozenset({("a", "b")}))
    assert told(roster, apart, found) == []
    lonely = replace(ONE, keep_apart=frozenset({("h", "d"), ("h", "f")}))
    assert told(roster, lonely, found) == []
    two = crowd(8, under_18=(True, True, True, True), responsible_adult=("h", "h"))
    assert told(two, ONE, evening(two, ["cd", "ef"], resting=["abhg"])) == ["verify.rest_needless"]


def test_an_adult_who_rests_for_two_under_18s_stays_with_the_other() -> None:
    roster = crowd(8, under_18=(True,) * 4, responsible_adult=("h", "h"))
    apart = replace(ONE, keep_apart=frozenset({("b", "c")}))
    found = evening(roster, ["cd", "ef"], resting=["abhg"])
    assert said(roster, apart, found, "verify.rest_needless") == [
        "G rests in round 1, although there is a conversation they could have."
    ]


# Evenly shared.


# In both rounds, only I could take A's place: all others would meet somebody again.
SECOND = (["abc", "de", "fg", "hi"], ["adf", "bh", "ce", "gi"])


def test_nobody_is_in_a_second_three_while_someone_has_sat_in_none() -> None:
    roster = crowd(9)
    assert said(roster, TWO, evening(roster, *SECOND), "verify.second_trio") == [
        "A talks in a three again in round 1, although I could have had their first.",
        "A talks in a three again in round 2, although I could have had their first.",
    ]
    assert told(roster, TWO, evening(roster, SECOND[0], ["idf", "bh", "ce", "ga"])) == []


@pytest.mark.parametrize(
    ("rules", "parts"),
    [
        (TWO, {"fixed_seat": (1,)}),
        (TWO, {"quiet": (True,)}),
        (replace(TWO, pins=(Pin(1, ("a", "b")), Pin(2, ("a", "d")))), {}),
        (replace(TWO, locked=(Pin(1, ("a", "b", "c")), Pin(2, ("a", "d", "f")))), {}),
        (replace(TWO, locked=(Pin(1, ("h", "i")), Pin(2, ("g", "i")))), {}),
        (replace(TWO, keep_apart=frozenset({("i", "b"), ("d", "i")})), {}),
        (replace(TWO, met_before=frozenset({("i", "b"), ("d", "i")})), {}),
        (replace(TWO, repeats=Repeats.FEWEST, met_before=frozenset({("i", "b"), ("d", "i")})), {}),
    ],
)
def test_a_second_three_stands_where_no_change_of_places_is_allowed(
    rules: Rules, parts: dict[str, tuple[object, ...]]
) -> None:
    roster = crowd(9, **parts)
    assert told(roster, rules, evening(roster, *SECOND)) == []


def test_a_second_three_stands_where_a_change_would_bring_more_people_to_their_own() -> None:
    roster = crowd(9, {"town": ["1", "x", "3", "x", "5", "6", "7", "8", "x"]})
    rules = replace(TWO, across=(Across("town", never_same=NeverSame.FEWEST),))
    assert told(roster, rules, evening(roster, *SECOND)) == []


@pytest.mark.parametrize(("cap", "right"), [(None, True), (1, True), (2, False)])
def test_a_second_three_stands_where_a_change_would_give_one_person_more_than_their_share(
    cap: int | None, right: bool
) -> None:
    """C, E and I are of one group, A and B of another: with I in A's place, C would be twice with their own."""
    roster = crowd(9, {"town": ["x", "x", "y", "4", "y", "6", "7", "8", "y"]})
    town = Across("town", never_same=NeverSame.FEWEST, cap=cap)
    rules = replace(TWO, across=(town,), pins=(Pin(2, ("a", "d")),))
    assert (told(roster, rules, evening(roster, *SECOND)) == []) is right


def test_nobody_rests_twice_while_someone_has_not_rested() -> None:
    roster, rules = crowd(5), replace(TWO, odd=Odd.REST)
    twice = evening(roster, ["ab", "cd"], ["ac", "bd"], resting=["e", "e"])
    assert "verify.second_rest" in told(roster, rules, twice)
    fair = evening(roster, ["ab", "cd"], ["ac", "be"], resting=["e", "d"])
    assert told(roster, rules, fair) == []
    late = replace(rules, met_before=frozenset((one, "e") for one in "abcd"))
    assert told(roster, late, twice) == []
    child = crowd(5, under_18=(True, True))
    assert "verify.second_rest" not in told(child, rules, twice)


def test_second_rests_of_hosts_and_guests_are_called() -> None:
    roster = sided(2, 5)
    rules = replace(TWO, sides=Sides(), repeats=Repeats.FEWEST)
    found = evening(roster, ["acd", "bef"], ["aef", "bcd"], resting=["g", "g"])
    assert told(roster, rules, found) == ["verify.second_rest"] * 2


def test_a_first_rest_is_not_traded_for_a_second_three() -> None:
    """G rests twice; of those who never rest, E and F sit with B, whom G has met, and C is there once, in a three."""
    roster = sided(2, 6)
    rules = replace(THREE, sides=Sides(), repeats=Repeats.FEWEST, present={"c": frozenset({1})})
    found = evening(roster, ["acd", "bef"], ["bge", "afh"], ["bef", "adh"], resting=["gh", "d", "g"])
    assert told(roster, rules, found) == []
    first = replace(rules, present={"c": frozenset({1}), "g": frozenset({1, 3})})
    without = evening(roster, ["acd", "bef"], ["be", "afh"], ["bef", "adh"], resting=["gh", "d", "g"])
    assert "verify.second_rest" in told(roster, first, without)


def test_what_is_called_uneven_is_better_after_the_change() -> None:
    """In random small rooms, doing what the sentence says leaves nothing worse than before."""
    tried = 0
    for seed in range(400):
        roster, rules = room(seed, 5, 9, frozenset({"apart", "never_same", "met"}), rounds=3)
        try:
            best = oracle.fewest_repeats(roster, rules, seconds=2)
        except oracle.TooHard:
            continue
        if best is None or len(roster) % 2 == 0:
            continue
        for sentence in _second_trios(roster, rules, best.evening):
            tried += 1
            after = _swapped(roster, best.evening, *sentence)
            assert set(told(roster, rules, after)) <= {"verify.second_trio"}
            assert _seconds(after) < _seconds(best.evening)
        if tried > 12:
            break
    assert tried


def _second_trios(roster: Roster, rules: Rules, found: Evening) -> list[tuple[str, str, int]]:
    by_name = {person.name: person.id for person in roster}
    return [
        (
            by_name[str(message.values["person"])],
            by_name[str(message.values["other"])],
            int(str(message.values["round"])),
        )
        for message in verify(roster, rules, found)
        if message.code == "verify.second_trio"
    ]


def _swapped(roster: Roster, found: Evening, one: str, other: str, number: int) -> Evening:
    turn = {one: other, other: one}
    rounds = list(found.rounds)
    talks = tuple(
        Conversation(tuple(turn.get(id, id) for id in talk.people), talk.table)
        for talk in rounds[number - 1].conversations
    )
    rounds[number - 1] = Round(number, talks, rounds[number - 1].resting)
    return replace(found, rounds=tuple(rounds))


def _seconds(found: Evening) -> int:
    counts: dict[str, int] = {}
    for round in found.rounds:
        for talk in round.conversations:
            if len(talk.people) == 3:
                counts.update((id, counts.get(id, 0) + 1) for id in talk.people)
    return sum(max(0, count - 1) for count in counts.values())


def test_a_three_for_each_odd_circle_of_people_who_talk_with_nobody_outside_is_needed() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset((one, other) for one in "abc" for other in "def"))
    assert told(crowd(6), rules, evening(crowd(6), ["abc", "def"])) == []
    five = Rules(rounds=1, keep_apart=frozenset(("a", other) for other in "bcdefg"))
    assert told(crowd(7), five, evening(crowd(7), ["bcd", "efg"], resting=["a"])) == ["verify.trios", "verify.rests"]


def test_how_even_finished_rounds_are_is_not_held_against_what_comes_after() -> None:
    roster = crowd(6)
    found = reported(roster, Rules(rounds=2), evening(roster, ["abc", "def"], ["ad", "be", "cf"]))
    assert "verify.trios" in told(roster, Rules(rounds=2), found)
    later = replace(found, report={**found.report, "finished_rounds": 1})
    assert told(roster, Rules(rounds=2), later) == []
    assert "verify.trios" in told(
        roster, Rules(rounds=2), replace(found, report={**found.report, "finished_rounds": True})
    )
