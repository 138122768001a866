"""The measures in words: every figure beside what it is compared with, and nothing told of too few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from relexp.leadership.chains import forest
from relexp.leadership.evidence import Evidence, Kind, Move
from relexp.leadership.growth import Quarter
from relexp.leadership.leader import Row, Step
from relexp.leadership.measures import measure
from relexp.leadership.words import Section, Table, chains_table, quarter_says, sections
from tests.cohort import cohort
from tests.leadership.tables import BOARD, TODAY, ago, leader, row, rows


def told(*table: Row, **known) -> dict[str, Section]:
    """What is said of these rows, by the heading's code."""
    names = {each.leader.id: each.leader.name for each in table}
    measures = measure(table, BOARD, TODAY, **known)
    return {section.heading.code.removeprefix("lead.of_"): section for section in sections(measures, BOARD, names)}


def lines(section: Section) -> list[str]:
    """The sentences of a section."""
    return [str(line) for line in section.lines]


def cells(table: Table | None) -> list[list[str]]:
    """The rows of a table as they are read."""
    assert table is not None
    return [[str(cell) for cell in each] for each in table.rows]


def test_of_an_empty_table_nothing_is_said():
    assert told() == {}


def test_who_is_stuck_is_named_with_the_reason_and_of_how_many():
    found = told(row("Amina", 1, 2, step=Step("Ring", ago(40))), row("Ben"), row("Cai", 1, 2, step=Step("Ring")))
    assert lines(found["stuck"]) == [
        "2 of 3 people, for one of these reasons or more.",
        "No next step: 1 of 3. Ben.",
        "The next step is more than 30 days late: 1 of 3. Amina.",
        "No one-to-one in the last 90 days: 1 of 3. Ben.",
    ]
    fine = told(row("Cai", 1, 2, step=Step("Ring")))
    assert lines(fine["stuck"])[0].startswith("Nobody of 1: ")


def test_how_evenly_one_to_ones_are_shared_stands_beside_equal_contact():
    found = told(row("Amina", 12), *(row(f"Ben {number}") for number in range(9)))["contact"]
    said = lines(found)
    assert said[0] == "One-to-ones so far: 12, with 10 people in the table."
    assert said[1].startswith("Had none yet: 9 of 10. Ben 0, Ben 1")
    assert "had 100 in 100 of all one-to-ones. If all had as many, it would be 20 in 100." in said[2]
    assert "is 0.90. It would be 0 if all had as many" in said[3]
    assert cells(found.table) == [
        ["0", "9", "90"], ["1", "0", "0"], ["2", "0", "0"], ["3 to 5", "0", "0"], ["6 or more", "1", "10"],
    ]  # fmt: skip


def test_of_fewer_than_ten_it_is_not_told_how_evenly_they_are_shared():
    said = lines(told(*(row(f"Ben {number}", 2) for number in range(9)))["contact"])
    assert said[1:] == ["With 9 people there are too few to tell how evenly one-to-ones are shared out."]
    assert lines(told(row("Ben"))["contact"])[1:] == ["Had none yet: 1 of 1. Ben."]


def test_what_hangs_on_one_person_is_told_by_what_would_be_left():
    found = told(
        row("Amina", institution="Al-Noor", stage="leads"),
        row("Ben", by="Amina", institution="Al-Noor"),
        row("Cai", by="Amina", institution="Union"),
        row("Dilwar", by="gone", institution="Al-Noor"),
    )["spread"]
    assert lines(found)[0] == "Institutions with one leader only: 1 of 2. Union (Cai)."
    assert cells(found.table) == [["Amina", "Ben, Cai", "2", "2", "Al-Noor"]]
    assert str(found.table.heads[0]) == "Without"


def test_where_nothing_hangs_on_one_person_that_is_said():
    found = told(row("Amina", institution="Al-Noor"), row("Ben", institution="Al-Noor"))["spread"]
    assert lines(found) == [
        "No institution has one leader only, of 1.",
        "No chain and no institution hangs on one person.",
    ]
    assert found.table is None
    assert lines(told(row("Ben"))["spread"]) == ["No chain and no institution hangs on one person."]


def test_each_stage_stands_beside_the_whole_alliance():
    people = [row(f"M{n}", institution="Mosque", stage="met") for n in range(6)]
    people += [row(f"U{n}", institution="Union", stage="team") for n in range(2)]
    found = told(*people, row("x", stage="leads"))["mix"]
    assert lines(found) == [
        "Met: 6 people from 1 of 2 institutions. Nobody yet from Union. Going by how many they have in the table, you would expect one or more of each here.",
        "Team member: 2 here. Too few to tell who is missing.",
        "Leads a team: 1 here. Too few to tell who is missing.",
        "In the table, in brackets: how many there would be if each stage were mixed as the whole alliance.",
    ]
    assert [str(head) for head in found.table.heads] == ["Institution", "In 100 of all", "Met", "Team member"]
    assert cells(found.table) == [["Mosque", "75", "6 (4.5)", "0 (1.5)"], ["Union", "25", "0 (1.5)", "2 (0.5)"]]


def test_where_no_stage_or_no_institution_is_known_the_mix_says_so():
    assert lines(told(row("x", stage="met"))["mix"]) == [
        "Of nobody in the table is it known which institution they are from."
    ]
    assert "mix" not in told(row("x", institution="Union"))


def test_of_many_institutions_the_table_shows_those_with_most_people():
    people = [row(f"{i}-{n}", institution=f"I{i}", stage="met") for i in range(23) for n in range(1 + i)]
    found = told(*people)["mix"]
    assert lines(found)[-1] == "The table shows the 20 institutions with most people; 3 smaller ones are left out."
    assert [each[0] for each in cells(found.table)] == [f"I{i}" for i in range(22, 2, -1)]


def test_who_develops_whom_is_told_with_rings_to_put_right():
    found = told(row("Amina"), row("Ben", by="Amina"), row("Cai", by="Dai"), row("Dai", by="Cai"), row("Eve", by="Eve"))
    assert lines(found["chains"]) == [
        "Developed at least one other: 3 of 5.",
        "Chains: 2. The largest holds 2 people; the longest goes through 2 generations.",
        "These are said to develop each other in a ring, which cannot be: Cai, Dai. Please put one of them right in the table.",
        "Eve is said to develop themselves. Please put that right in the table.",
    ]
    assert cells(found["chains"].table) == [["Amina", "Ben"], ["Cai", "Dai"], ["Dai", "Cai"]]
    assert lines(told(row("Ben"))["chains"]) == ["Developed at least one other: 0 of 1."]


def test_the_table_twin_of_the_chains_leaves_nobody_out():
    table = [leader("a"), *(leader(f"b{number}", "a") for number in range(20))]
    found = cells(chains_table(forest(table), {"a": "Amina"}))
    assert found == [["Amina", ", ".join(["Somebody who is not in the table"] * 20)]]
    assert chains_table(forest(table[:1]), {}) is None


def test_a_change_of_stage_is_told_with_its_line_of_evidence():
    line = Evidence("e1", "a", Kind.HOSTED, ago(5), "Welcomed everybody", "Ruth")
    moves = [
        Move("Amina", ago(5), "met", "team", "e1"),
        Move("Ben", ago(5), "team", "met", "e2"),
        Move("Cai", ago(4), "met", "listening", "e3"),
        Move("Amina", ago(100), "", "met"),
        Move("Ben", ago(200), "", "team"),
        Move("Cai", ago(200), "", "met"),
        Move("Ben", ago(4), "met", "leads"),
    ]
    evidence = [line, replace(line, id="e2", what="", seen_by=""), replace(line, id="e3", seen_by="")]
    developed = [("Ben", "Amina", ago(5)), ("Cai", "Amina", date(2026, 4, 2))]
    found = told(row("Amina"), row("Ben"), row("Cai"), moves=moves, evidence=evidence, developed=developed)["movement"]
    assert lines(found) == [
        "January to March 2026: 3 moved up, 1 moved down, 0 came on to the ladder.",
        "In the quarter before: 0 up, 0 down, 1 new.",
        "Amina, 1 March 2026: from Met to Team member. Hosted a gathering: “Welcomed everybody”. Seen by Ruth.",
        "Cai, 2 March 2026: from Met to Listening. Hosted a gathering: “Welcomed everybody”.",
        "Ben, 2 March 2026: from Met to Leads a team. Its line of evidence is not here.",
        "Ben, 1 March 2026: from Team member to Met. Hosted a gathering.",
    ]
    assert cells(found.table) == [
        ["July to September 2025", "0", "0", "2", "0", "0"],
        ["October to December 2025", "0", "0", "1", "0", "0"],
        ["January to March 2026", "3", "1", "0", "1", "1"],
        ["April to June 2026", "0", "0", "0", "1", "0"],
    ]


def test_of_many_changes_the_first_are_told_and_the_others_counted():
    moves = [Move("a", ago(1), "met", "team") for _ in range(15)]
    assert lines(told(row("a"), moves=moves)["movement"])[-1] == "3 more changed stage in this quarter."
    assert lines(told(row("a"))["movement"]) == [
        "Nobody has changed stage yet. A stage changes with a line of evidence."
    ]


def test_every_quarter_has_a_name():
    assert [str(quarter_says(Quarter(2026, number))) for number in (1, 2, 3, 4)] == [
        "January to March 2026", "April to June 2026", "July to September 2026", "October to December 2026",
    ]  # fmt: skip


def test_a_step_after_a_training_stands_beside_the_days_before_it():
    people = [row(f"L{number}", training={"taster": ago(40)}) for number in range(5)]
    people += [row("few", training={"six_day": ago(40)}), row("new", training={"webinar": ago(3), "gone": ago(50)})]
    found = told(*people, steps=[("L0", ago(39)), ("L1", ago(20)), ("L1", ago(45))])["after"]
    assert lines(found) == [
        "Local taster: 2 of 5 agreed on a next step within 30 days. In as many days before it, 1 of them did.",
        "6-day: done more than 30 days ago by 1. Too few to tell what came of it.",
        "Weekly webinar: done in the last 30 days, and not counted yet: 1.",
        "gone: done more than 30 days ago by 1. Too few to tell what came of it.",
    ]
    assert cells(found.table)[0] == ["Local taster", "5", "2", "1", "0"]
    assert lines(told(row("x"))["after"]) == ["Nobody has done a training yet."]


@given(rows())
def test_whatever_stands_in_the_table_all_of_it_can_be_said(table: list[Row]):
    for section in told(*table).values():
        for line in lines(section):
            assert line[-1] in ".?"
        if section.table:
            assert all(len(each) == len(section.table.heads) for each in cells(section.table))


def test_a_whole_cohort_is_told_in_seven_sections_and_nobody_is_ranked():
    made = cohort()
    measures = measure(
        made.rows, made.board, made.today,
        moves=made.moves, evidence=made.evidence, steps=made.steps, developed=made.developed,
    )  # fmt: skip
    found = sections(measures, made.board, made.names)
    assert len(found) == 7
    assert all(section.lines for section in found)
    places = {each.id: place for place, each in enumerate(made.leaders)}
    for those in (measures.contact.never, measures.contact.stuck, measures.spread.hanging):
        order = [places[each if isinstance(each, str) else each.leader] for each in those]
        assert order == sorted(order)
