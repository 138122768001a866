"""Every rule on places and on who talks with whom: kept evenings pass, and each breach is told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.verify_evenings import crowd, evening, said, told

ONE = Rules(rounds=1)
TWO = Rules(rounds=2)
FOUR = crowd(4)
PLAIN = evening(FOUR, ["ab", "cd"])
APART = frozenset({("a", "b")})


def sided(hosts: int, guests: int) -> Roster:
    return crowd(hosts + guests, {"side": ["Host"] * hosts + ["guest "] * guests})


def test_rounds_that_are_missing_or_out_of_order_are_told_alone() -> None:
    assert told(FOUR, TWO, PLAIN) == ["verify.rounds"]
    assert told(FOUR, ONE, Evening((), {})) == ["verify.rounds"]
    turned = evening(FOUR, ["ab", "cd"], ["ac", "bd"])
    turned = replace(turned, rounds=turned.rounds[::-1])
    assert said(FOUR, TWO, turned, "verify.rounds") == [
        "The evening has rounds 2, 1, but the rules ask for rounds 1 to 2. Plan it again."
    ]


def test_somebody_unknown_is_told_wherever_they_stand() -> None:
    talk = Conversation(("a", "x"), 1, ("y",))
    strange = Evening((Round(1, (talk,), ("z",)),), {"x": "Xenia"})
    sentences = said(FOUR, ONE, strange, "verify.unknown")
    assert len(sentences) == 3
    assert "“Xenia”" in sentences[0]
    assert "“z”" in sentences[2]


def test_a_person_has_one_place_in_a_round() -> None:
    assert "verify.twice" in told(FOUR, ONE, evening(FOUR, ["ab", "cd", "ac"]))
    assert "verify.twice" in told(FOUR, ONE, evening(FOUR, ["ab", "cd"], resting=["a"]))
    assert "verify.twice" in told(FOUR, ONE, evening(FOUR, ["aab", "cd"]))


def test_somebody_who_is_there_talks_or_rests() -> None:
    assert said(FOUR, ONE, evening(FOUR, ["ab"], resting=["c"]), "verify.no_place") == [
        "D is there in round 1 but neither talks nor rests. Give them a place."
    ]


def test_nobody_has_a_place_in_a_round_they_miss() -> None:
    away = {"d": frozenset({2})}
    found = evening(FOUR, ["abc"], ["ad", "bc"])
    assert told(FOUR, replace(TWO, present=away, repeats=Repeats.FEWEST), found) == []
    assert "verify.absent" in told(FOUR, replace(ONE, present=away), PLAIN)
    assert "verify.absent" in told(FOUR, replace(ONE, present=away), evening(FOUR, ["abc"], resting=["d"]))


def test_who_was_there_comes_from_the_evening_before_the_rules() -> None:
    rules = replace(ONE, present={"d": frozenset()})
    found = evening(FOUR, ["ab", "cd"], present={"a": frozenset({1})})
    assert told(FOUR, rules, found) == []
    assert told(FOUR, ONE, evening(FOUR, ["abc"], present={"d": frozenset({2}), "stranger": frozenset()})) == []


def test_who_asked_to_rest_rests() -> None:
    roster = crowd(4, rest=(frozenset({1, 9}), frozenset({1})))
    assert told(roster, ONE, evening(roster, ["cd"], resting=["ab"])) == []
    assert told(roster, ONE, evening(roster, ["ab", "cd"])) == ["verify.asked_rest"] * 2
    happened = replace(ONE, locked=(Pin(1, ("a", "b")), Pin(1, ("c", "d"))))
    assert told(roster, happened, evening(roster, ["ab", "cd"])) == []


@pytest.mark.parametrize("talks", [["abcd"], ["abc", "d"]])
def test_a_conversation_is_two_or_three_people(talks: list[str]) -> None:
    assert "verify.size" in told(FOUR, ONE, evening(FOUR, talks))


def interpreted() -> Roster:
    speakers = crowd(4, {"languages": ["welsh", "arabic", "arabic", "arabic"]})
    helper = Person("i", "Ina", values={"languages": "welsh; arabic"}, interpreter_for="a")
    return Roster((*speakers, helper), {"languages": "Languages"})


def test_interpreters_sit_with_their_person() -> None:
    roster = interpreted()
    rules = replace(ONE, share=("languages",))
    right = evening(roster, ["ab", "cd"])
    assert told(roster, rules, right) == []
    without = replace(right, rounds=(Round(1, (Conversation(("a", "b"), 1), Conversation(("c", "d"), 2))),))
    assert told(roster, rules, without) == ["verify.interpreter_missing"]
    astray = replace(without, rounds=(Round(1, (Conversation(("a", "b"), 1), Conversation(("c", "d"), 2, ("i",)))),))
    assert told(roster, rules, astray) == ["verify.interpreter_missing", "verify.interpreter_astray"]
    as_talker = replace(
        without, rounds=(Round(1, (Conversation(("a", "b"), 1, ("i",)), Conversation(("c", "d", "i"), 2))),)
    )
    assert "verify.interpreter_talks" in told(roster, rules, as_talker)
    away = replace(rules, present={"i": frozenset()})
    assert told(roster, away, without) == ["verify.interpreter_nobody"]
    assert told(roster, away, right) == ["verify.absent", "verify.interpreter_nobody"]


def test_languages_are_shared_in_person_by_interpreter_or_by_a_blank() -> None:
    rules = replace(ONE, share=("languages",))

    def speaking(*languages: str, interpreter: str | None = None) -> list[str]:
        people = [Person(f"p{n}", f"P{n}", values={"languages": text}) for n, text in enumerate(languages)]
        if interpreter is not None:
            people.append(Person("i", "I", values={"languages": interpreter}, interpreter_for="p0"))
        roster = Roster(tuple(people), {"languages": "Languages"})
        return told(roster, rules, evening(roster, [("p0", "p1")]))

    assert speaking("Welsh; English", "english") == []
    assert speaking("welsh", "english") == ["verify.share"]
    assert speaking("", "english") == []
    assert speaking("welsh", "english", interpreter="english") == []
    assert speaking("welsh", "english", interpreter="arabic") == ["verify.share"]
    assert speaking("welsh", "english", interpreter="welsh") == []
    assert speaking("welsh", "english", interpreter="") == []


def test_languages_of_the_person_count_beside_the_column() -> None:
    roster = Roster(
        (Person("a", "A", languages=frozenset({"Welsh"})), Person("b", "B", languages=frozenset({"welsh"})))
    )
    assert told(roster, replace(ONE, share=("languages",)), evening(roster, ["ab"])) == []


def test_a_shared_column_may_hold_a_great_many_values() -> None:
    skills = ["; ".join(f"s{number}" for number in range(start, 150, 2)) for start in (0, 1, 0, 1)]
    roster, rules = crowd(4, {"skills": skills}), replace(ONE, share=("skills",))
    assert told(roster, rules, evening(roster, ["ac", "bd"])) == []
    assert said(roster, rules, evening(roster, ["ab", "cd"]), "verify.share") == [
        "A and B talk in round 1, but have nothing in common under “Skills”.",
        "C and D talk in round 1, but have nothing in common under “Skills”.",
    ]


def test_nobody_meets_twice_unless_that_is_allowed_or_has_happened() -> None:
    again = evening(FOUR, ["ab", "cd"], ["ab", "cd"])
    assert said(FOUR, TWO, again, "verify.met_twice") == [
        "A and B meet more than once: rounds 1, 2.",
        "C and D meet more than once: rounds 1, 2.",
    ]
    assert told(FOUR, replace(TWO, repeats=Repeats.FEWEST), again) == []
    happened = tuple(Pin(round, ("a", "b")) for round in (1, 2))
    assert told(FOUR, replace(TWO, locked=happened), again) == ["verify.met_twice"]
    assert told(FOUR, replace(TWO, locked=happened[:1]), again) == ["verify.met_twice"] * 2


def test_nobody_meets_whom_they_met_at_an_earlier_gathering() -> None:
    rules = replace(ONE, met_before=frozenset({("b", "a"), ("c", "gone")}))
    assert said(FOUR, rules, PLAIN, "verify.met_before") == [
        "A and B met at an earlier gathering and meet again in round 1."
    ]
    assert told(FOUR, replace(rules, repeats=Repeats.FEWEST), PLAIN) == []
    assert told(FOUR, replace(rules, locked=(Pin(1, ("a", "b")),)), PLAIN) == []


def test_people_kept_apart_are_not_named() -> None:
    rules = replace(ONE, keep_apart=APART)
    assert said(FOUR, rules, PLAIN, "verify.apart") == [
        "In round 1, two people talk who must not sit together. Plan the evening again."
    ]
    assert "verify.apart" in told(FOUR, rules, evening(FOUR, ["abc"], resting=["d"]))
    assert told(FOUR, rules, evening(FOUR, ["ac", "bd"])) == []


def test_whoever_must_not_sit_with_an_interpreter_does_not_talk_with_their_person() -> None:
    roster = interpreted()
    rules = replace(ONE, keep_apart=frozenset({("i", "b"), ("gone", "a")}))
    assert told(roster, rules, evening(roster, ["ab", "cd"])) == ["verify.apart"]
    assert told(roster, rules, evening(roster, ["ac", "bd"])) == []


def test_people_of_one_group_never_talk_where_that_is_firm() -> None:
    roster = crowd(4, {"town": ["x", " X", "", ""]})
    rules = replace(ONE, across=(Across("town", never_same=NeverSame.HARD),))
    assert said(roster, rules, evening(roster, ["ab", "cd"]), "verify.same_group") == [
        "A and B talk in round 1, but have the same “Town”, which the rules never allow."
    ]
    assert told(roster, rules, evening(roster, ["ac", "bd"])) == []
    assert told(roster, replace(rules, locked=(Pin(1, ("a", "b")),)), evening(roster, ["ab", "cd"])) == []


def test_an_ordered_value_outside_the_order_is_in_no_group() -> None:
    roster = crowd(4, {"age": ["young", "old", "?", "?"]})
    across = Across("age", kind=Kind.ORDERED, order=("Young", "Old"), never_same=NeverSame.HARD)
    assert told(roster, replace(ONE, across=(across,)), PLAIN) == []
    assert told(roster, replace(ONE, across=(replace(across, order=("?",)),)), PLAIN) == ["verify.same_group"]


def test_a_cap_holds_for_everybody() -> None:
    roster = crowd(4, {"town": ["x", "x", "x", "y"]})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=1),))
    found = evening(roster, ["ab", "cd"], ["ac", "bd"])
    assert said(roster, rules, found, "verify.cap") == ["A talks with their own “Town” in 2 rounds; the rules allow 1."]
    assert told(roster, replace(rules, across=(replace(rules.across[0], cap=2),)), found) == []
    assert told(roster, replace(rules, across=(replace(rules.across[0], cap=None),)), found) == []
    happened = (Pin(1, ("a", "b")), Pin(1, ("c", "d")), Pin(2, ("a", "c")))
    assert told(roster, replace(rules, locked=happened), found) == []


def test_somebody_who_asked_for_women_only_talks_with_women() -> None:
    roster = crowd(4, women_only=(True, False, False, False), gender=("woman", "man", "Female", "man"))
    assert told(roster, ONE, PLAIN) == ["verify.women_only"]
    assert told(roster, ONE, evening(roster, ["ba", "cd"])) == ["verify.women_only"]
    assert told(roster, ONE, evening(roster, ["ac", "bd"])) == []


@pytest.mark.parametrize(
    ("children", "adult", "talks", "right"),
    [
        ("ab", None, ["ab", "cd"], True),
        ("abc", None, ["abc"], True),
        ("ab", None, ["abc"], True),
        ("a", None, ["ab", "cd"], False),
        ("a", "b", ["ab", "cd"], False),
        ("a", None, ["abc"], False),
        ("a", "c", ["abc"], True),
        ("a", "d", ["abc"], False),
    ],
)
def test_under_18s_are_with_whom_the_table_allows(
    children: str, adult: str | None, talks: list[str], right: bool
) -> None:
    ids = "abcd" if len(talks) == 2 else "abc"
    roster = crowd(
        len(ids),
        under_18=[id in children for id in ids],
        responsible_adult=[adult if id in children else None for id in ids],
    )
    assert ("verify.under_18" not in told(roster, ONE, evening(roster, talks))) is right


def test_the_table_for_under_18s_holds_for_what_has_happened_too() -> None:
    roster = crowd(2, under_18=(True,))
    assert told(roster, replace(ONE, locked=(Pin(1, ("a", "b")),)), evening(roster, ["ab"])) == ["verify.under_18"]


def test_an_under_18_who_rests_unasked_does_so_with_their_adult() -> None:
    roster = crowd(5, under_18=(True,), responsible_adult=("b",))
    rules = replace(ONE, odd=Odd.REST)
    assert told(roster, rules, evening(roster, ["bc", "de"], resting=["a"])) == ["verify.under_18_rest"]
    assert told(roster, rules, evening(roster, ["cd"], resting=["abe"])) == []
    away = replace(rules, present={"b": frozenset()})
    assert told(roster, away, evening(roster, ["cd"], resting=["ae"])) == []
    asked = crowd(5, under_18=(True,), responsible_adult=("b",), rest=(frozenset({1}),))
    assert told(asked, rules, evening(asked, ["bc", "de"], resting=["a"])) == []


def test_every_conversation_crosses_sides() -> None:
    roster, rules = sided(2, 2), replace(ONE, sides=Sides())
    assert told(roster, rules, evening(roster, ["ac", "bd"])) == []
    assert said(roster, rules, evening(roster, ["ab", "cd"]), "verify.sides") == [
        "Table 1 in round 1 does not bring host and guest together.",
        "Table 2 in round 1 does not bring host and guest together.",
    ]
    assert (
        told(roster, replace(rules, locked=(Pin(1, ("a", "b")), Pin(1, ("c", "d")))), evening(roster, ["ab", "cd"]))
        == []
    )
    stranger = crowd(2, {"side": ["host", "?"]})
    assert told(stranger, rules, evening(stranger, ["ab"])) == ["verify.sides"]


def test_a_one_to_two_is_one_host_and_two_guests() -> None:
    rules = replace(ONE, sides=Sides(guests_per_host=2))
    assert told(sided(1, 2), rules, evening(sided(1, 2), ["abc"])) == []
    assert told(sided(2, 1), rules, evening(sided(2, 1), ["abc"])) == ["verify.two_hosts"]
    assert told(sided(2, 1), replace(ONE, sides=Sides()), evening(sided(2, 1), ["abc"])) == []


def test_wishes_are_kept() -> None:
    rules = replace(ONE, pins=(Pin(1, ("c", "a")),))
    assert told(FOUR, rules, evening(FOUR, ["ac", "bd"])) == []
    assert said(FOUR, rules, PLAIN, "verify.pin") == [
        "A & C were to talk in round 1, but do not. Plan again, or take the wish out of the rules."
    ]
    three = crowd(3)
    assert told(three, replace(ONE, pins=(Pin(1, ("a", "b")),)), evening(three, ["abc"])) == []
    assert told(FOUR, replace(ONE, pins=(Pin(7, ("a", "b")),)), PLAIN) == ["verify.pin"]


def test_a_wish_for_somebody_who_has_left_has_no_force() -> None:
    rules = Rules(rounds=2, pins=(Pin(2, ("a", "d")),))
    away = {"d": frozenset({1})}
    assert told(FOUR, rules, evening(FOUR, ["ab", "cd"], ["abc"], present=away)) == ["verify.met_twice"]
    assert told(FOUR, rules, evening(FOUR, ["ab", "cd"], ["ac", "bd"])) == ["verify.pin"]


def test_what_has_happened_is_kept_as_it_was() -> None:
    assert told(FOUR, replace(ONE, locked=(Pin(1, ("b", "a")),)), PLAIN) == []
    assert said(FOUR, replace(ONE, locked=(Pin(1, ("a", "c")),)), PLAIN, "verify.locked") == [
        "A & C have already talked in round 1, but the evening shows something else."
    ]
    three = crowd(3)
    assert "verify.locked" in told(three, replace(ONE, locked=(Pin(1, ("a", "b")),)), evening(three, ["abc"]))


def test_people_who_keep_seats_out_of_reach_do_not_talk() -> None:
    roster = crowd(4, fixed_seat=(1, 3))
    assert said(roster, ONE, evening(roster, ["ab", "cd"]), "verify.reach") == [
        "A and B talk in round 1, but keep seats at tables that are not next to each other."
    ]
