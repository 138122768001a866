"""An evening and its figures in words: every figure says what it is compared with, and none is prettier than it is."""

from __future__ import annotations

from relexp.cli.show import evening_lines, summary
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster

ROSTER = Roster(
    tuple(
        Person(f"p{n}", f"P{n}", values={"org": " Church" if n < 4 else f"Group {n}", "faith": "x"}) for n in range(5)
    ),
    columns={"org": "Who did you come with?", "faith": "Faith"},
    private=frozenset({"faith"}),
)
REPORT: dict[str, object] = {
    "people": 5,
    "rounds": 2,
    "conversations": 4,
    "turns": 10,
    "total": 3.14,
    "total_bound": 3.141,
    "total_gap": 0.00031,
    "worst_person": 0.7999,
    "worst_person_bound": 0.80001,
}


def told(**more: object) -> list[str]:
    return [str(message) for message in summary({**REPORT, **more}, ROSTER)]


def test_tables_stand_in_order_with_interpreters_apart_from_those_who_talk() -> None:
    talks = (Conversation(("p0", "p1"), 10), Conversation(("p2", "p3"), 9, ("p4",)))
    evening = Evening((Round(1, talks), Round(2, (), ("p0", "p1"))), {person.id: person.name for person in ROSTER})
    assert list(evening_lines(evening)) == [
        "Round 1",
        "  table  9  P2 & P3 (interpreting: P4)",
        "  table 10  P0 & P1",
        "",
        "Round 2",
        "  resting: P0 & P1",
        "",
    ]


def test_conversations_and_turns_are_never_mixed() -> None:
    assert told()[:2] == [
        "People: 5. Rounds: 2.",
        "Conversations: 4. Turns (one for each person in each conversation): 10.",
    ]


def test_those_who_interpret_are_counted_apart() -> None:
    roster = Roster((*ROSTER.people, Person("i", "I", interpreter_for="p1")))
    assert str(next(iter(summary(REPORT, roster)))) == "People who talk: 5. Interpreters: 1. Rounds: 2."


def test_figures_are_rounded_away_from_their_bounds() -> None:
    assert told()[2] == (
        "Difference woven: 3.1. No evening with these rules can have more than 3.2; this one is within 0.04% of that."
    )
    assert told()[3].startswith("Whoever meets the least difference has 0.799 of 1 on average.")
    assert told()[3].endswith("above 0.801.")


def test_a_bound_that_is_met_exactly_is_shown_as_met() -> None:
    assert "No evening can raise that above 0.800." in told(worst_person=0.8, worst_person_bound=0.8)[3]
    assert "has 0.800 of 1" in told(worst_person=0.8, worst_person_bound=0.8)[3]


def test_a_total_that_is_its_bound_but_for_the_last_digit_is_shown_as_its_bound() -> None:
    line = told(total=134.99999999999997, total_bound=135.00000000000003, total_gap=-4e-16)[2]
    assert line.startswith("Difference woven: 135.0. No evening with these rules can have more than 135.0;")
    assert line.endswith("within 0.00% of that.")


def test_what_did_not_happen_is_not_spoken_of() -> None:
    assert len(told(trios=0, rests=0, repeats=0, same_group={})) == 4
    assert list(summary({}, ROSTER)) == []


def test_trios_rests_and_repeats_are_told() -> None:
    assert told(trios=2, second_trios=1, rests=3, repeats=4)[4:] == [
        "Trios: 2. Times somebody sits in a trio again: 1.",
        "Rests that nobody asked for: 3.",
        "Meetings of two people who have met already: 4.",
    ]


def test_planned_one_to_twos_are_not_counted_as_trios() -> None:
    assert len(told(conversations=4, trios=4, second_trios=8)) == 4


def test_same_group_meetings_are_told_with_the_least_possible_and_why() -> None:
    figures = {"meetings": 3, "most_for_one_person": 2, "lowest_possible": 1, "fewest_meetings": 2}
    assert told(same_group={"org": figures})[4:] == [
        "Meetings within one group (Who did you come with?): 3; at most 2 for one person."
        " Counting alone shows that at least 1 for somebody cannot be avoided.",
        "Counting alone shows that at least 2 such meetings cannot be avoided.",
        "That is so because 4 of 5 people are of one group, “Church”.",
    ]


def test_nothing_is_claimed_where_counting_shows_nothing() -> None:
    figures = {"meetings": 3, "most_for_one_person": 2, "lowest_possible": 0, "fewest_meetings": 0}
    assert told(same_group={"org": figures})[4:] == [
        "Meetings within one group (Who did you come with?): 3; at most 2 for one person."
    ]


def test_no_group_of_a_private_column_is_named() -> None:
    figures = {"meetings": 3, "most_for_one_person": 2, "lowest_possible": 1, "fewest_meetings": 2}
    for column in ("faith", "private 1"):
        lines = told(same_group={column: figures})[4:]
        assert lines[0].startswith("Meetings within one group (kept private): 3;")
        assert len(lines) == 2


def test_what_to_know_about_an_evening_is_told_after_its_figures() -> None:
    assert told(feasible=True, reasons=["Zara rests with her aunt."])[4:] == ["Zara rests with her aunt."]
    assert told(feasible=False, reasons=["Told aside already."])[4:] == []


def test_a_column_without_same_group_meetings_needs_no_reason() -> None:
    figures = {"meetings": 0, "most_for_one_person": 0, "lowest_possible": 0, "fewest_meetings": 0}
    assert len(told(same_group={"org": figures})) == 5
