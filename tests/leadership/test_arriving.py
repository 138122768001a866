"""A sheet that comes into the leadership table says all that it would do, and all that it cannot, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from relexp.leadership.arriving import Arrival, arrive, impact
from relexp.leadership.board import Named, default_board
from relexp.leadership.columns import Change, heading
from relexp.leadership.headings import meant, scores
from relexp.leadership.leader import Leader, Step
from relexp.messages import Fault
from relexp.roster.table import Table

BOARD = replace(default_board(), own=(Named("faith_link", "Faith link"),))
A, B, C, D = (letter * 32 for letter in "abcd")
AMINA = Leader(A, "Amina Begum", "Central Mosque", role="Chair", stage="team", own={"faith_link": "Imams’ table"})
BILAL = Leader(B, "Bilal Khan", "Unite", stage="met", developed_by=A)
NOOR = Leader(C, "نور الهدى", "Hill School")


def table(*lines: str, start: int = 2) -> Table:
    """A sheet from lines of cells with | between them, the headings first."""
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    return Table(rows[0], tuple(enumerate(rows[1:], start=start)))


def fresh() -> Callable[[], str]:
    """Ids for those who are new: new1, new2, …"""
    numbers = iter(range(1, 1000))
    return lambda: f"new{next(numbers)}"


def arriving(*lines: str, known: Sequence[Leader] = (AMINA, BILAL, NOOR), taken: Sequence[str] = ()) -> Arrival:
    return arrive(BOARD, table(*lines), {leader.id: leader for leader in known}, fresh(), taken)


def told(arrival: Arrival) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(fault.row, fault.column, fault.value, fault.message.code) for fault in arrival.refused]


def sentences(arrival: Arrival) -> str:
    return "\n".join(map(str, impact(arrival)))


# What the columns mean


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("NAME", "name"),
        ("Full name", "name"),
        ("name", "name"),
        ("Nom complet", "name"),
        ("Organisation", "institution"),
        ("Organization", "institution"),
        ("institution", "institution"),
        ("Who did you come with?", "institution"),
        ("came with", "institution"),
        ("Role now", "role"),
        ("role", "role"),
        ("Job title", "role"),
        ("self_interest", "self_interest"),
        ("Self interest", "self_interest"),
        ("Next step", "step"),
        ("Due date", "due"),
        ("BY", "due"),
        ("developed_by", "developed_by"),
        ("Mentor", "developed_by"),
        ("Training: 3-day", "training.three_day"),
        ("3-day", "training.three_day"),
        ("3 day training", "training.three_day"),
        ("Church / mosque / school", "institution"),
        ("What next?", "step"),
        ("three_day", "training.three_day"),
        ("training_three_day", "training.three_day"),
        ("weekly  WEBINAR", "training.webinar"),
        ("Faith link", "own.faith_link"),
        ("faith_link", "own.faith_link"),
        ("Evidence for the stage", "evidence"),
        ("stage evidence", "evidence"),
        ("ID", "id"),
        ("relexp id", "id"),
    ],
)
def test_a_column_is_known_under_what_people_call_it(header: str, column: str) -> None:
    assert meant(BOARD, Table((header,), ())).places == {column: 0}


@pytest.mark.parametrize(
    "header",
    ["First name|Last name", "given_name|family_name", "first_name|last_name", "can2_first_name|can2_last_name"],
)
def test_first_and_last_names_of_action_network_and_osdi_are_one_name(header: str) -> None:
    arrival = arriving(header, "Carys | Evans", known=())
    assert [leader.name for leader in arrival.added] == ["Carys Evans"]


def test_a_full_name_goes_before_its_parts_and_the_parts_fill_its_gaps() -> None:
    arrival = arriving("Name | First name | Surname", "Nan Evans | Carys | Evans", " | Bob | Jones", known=())
    assert [leader.name for leader in arrival.added] == ["Nan Evans", "Bob Jones"]


def test_our_own_heading_goes_before_what_others_call_it() -> None:
    found = meant(BOARD, table("Group | Institution | Name"))
    assert found.places == {"institution": 1, "name": 2}
    assert found.unknown == ("Group",)


def test_a_column_of_the_houses_own_may_be_called_as_one_of_ours_is() -> None:
    board = replace(BOARD, own=(Named("one", "Stage"), Named("two", "Last one-to-one"), Named("three", "=x")))
    found = meant(board, table("Name | Stage | Stage | Last one-to-one | =x | Last one-to-one"))
    assert found.places == {"name": 0, "stage": 1, "own.one": 2, "own.two": 3, "own.three": 4}
    assert found.unread == ("Last one-to-one",)


def test_unknown_headings_are_named_and_not_read() -> None:
    arrival = arriving("Name | Shoe size | Allergies", "Cara | 44 | nuts", known=())
    assert arrival.unknown == ("Shoe size", "Allergies")
    assert "nuts" not in repr(arrival)
    assert "Shoe size, Allergies" in sentences(arrival)
    assert "add them as columns of your own" in sentences(arrival)


def test_what_follows_from_the_evidence_is_not_read_and_that_is_said() -> None:
    header = " | ".join(heading(BOARD, field) for field in ("name", "met", "meetings", "challenge", "seen"))
    arrival = arriving(header, "Cara | 2026-01-01 | 5 | Speak | 2026-01-02", known=())
    assert arrival.unread == ("Last one-to-one", "One-to-ones", "Last challenge", "Saw their row")
    assert arrival.unknown == ()
    assert "Not read: Last one-to-one, One-to-ones" in sentences(arrival)


def test_a_column_that_stands_twice_or_has_no_heading_is_not_read_and_that_is_said() -> None:
    found = meant(BOARD, table("Name | Name | Size | Size | | ", "Cara | Dan | 1 | 2 | filled | "))
    assert found.unread == ("Name", "Size", "E")
    assert found.unknown == ("Size",)


def test_a_sheet_that_says_not_whose_rows_they_are_is_refused_as_a_whole() -> None:
    arrival = arriving("Institution | Shoe size", "Unite | 44")
    assert told(arrival) == [(1, None, None, "lead.sheet_no_names")]
    assert arrival.unknown == ("Shoe size",)
    assert sentences(arrival).startswith("There is nothing to write.")
    assert scores(BOARD)(("Institution", "Stage")) == 0
    assert scores(BOARD)(("Name", "Stage", "Shoe size")) == 2


# Whose row it is


def test_a_row_is_somebodys_by_its_id_whatever_else_it_says() -> None:
    arrival = arriving("id | Name", f"{A} | Amina Begum-Ali")
    assert arrival.changes == (Change(A, "name", "Amina Begum", "Amina Begum-Ali"),)
    assert arrival.added == ()


def test_without_an_id_a_row_is_somebodys_by_name_and_institution_however_they_are_typed() -> None:
    arrival = arriving("Name | Organisation | Role", "amina  BEGUM | central mosque | Treasurer")
    assert [(change.field, change.after) for change in arrival.changes] == [
        ("name", "amina BEGUM"),
        ("institution", "central mosque"),
        ("role", "Treasurer"),
    ]


def test_a_namesake_from_elsewhere_is_somebody_else() -> None:
    arrival = arriving("Name | Institution", "Amina Begum | Hill School")
    assert [(leader.id, leader.institution) for leader in arrival.added] == [("new1", "Hill School")]


def test_where_the_sheet_has_no_institutions_the_name_alone_says_who_it_is() -> None:
    assert arriving("Name | Role", "Bilal Khan | Steward").changes == (Change(B, "role", "", "Steward"),)
    two = (AMINA, replace(AMINA, id=D, institution="Unite"))
    assert told(arriving("Name | Role", "Amina Begum | Chair", known=two)) == [
        (2, "Name", "Amina Begum", "lead.sheet_two_known")
    ]


def test_two_of_one_name_and_institution_in_the_table_are_told_apart_by_their_ids_alone() -> None:
    two = (AMINA, replace(AMINA, id=D))
    refused = arriving("Full name | Institution", "Amina Begum | Central Mosque", known=two)
    assert told(refused) == [(2, "Full name", "Amina Begum", "lead.sheet_two_known")]
    assert "Write the id of the one you mean" in str(refused.refused[0])
    header = "id | Name | Institution | Role"
    same = arriving(header, f"{D} | Amina Begum | Central Mosque | Steward", known=two)
    assert same.changes == (Change(D, "role", "Chair", "Steward"),)


def test_two_rows_of_one_name_and_institution_are_refused_both_unless_they_have_ids_of_their_own() -> None:
    arrival = arriving("Name | Institution", "Cara | Unite", "Cara | UNITE", "Dan | Unite", known=())
    assert told(arrival) == [(2, "Name", "Cara", "lead.sheet_twice"), (3, "Name", "Cara", "lead.sheet_twice")]
    assert "rows 2, 3" in str(arrival.refused[0])
    assert [leader.name for leader in arrival.added] == ["Dan"]
    with_ids = arriving("id | Name | Institution", f"{A} | Cara | Unite", f"{B} | Cara | Unite", known=())
    assert [leader.id for leader in with_ids.added] == [A, B]
    one_without = arriving("id | Name | Institution", f"{D} | Cara | Unite", " | Cara | Unite", known=())
    assert told(one_without) == [(3, "Name", "Cara", "lead.sheet_twice")]


def test_two_rows_of_one_person_are_refused_both() -> None:
    by_id = arriving("id | Role", f"{A} | Chair", f"{A} | Steward")
    assert told(by_id) == [(row, "id", "Amina Begum", "lead.sheet_twice") for row in (2, 3)]
    mixed = arriving("id | Name | Institution", f"{A} | Amina Ali | Central Mosque", " | Amina Begum | Central Mosque")
    assert [fault.row for fault in mixed.refused] == [2, 3]


def test_whoever_comes_with_an_id_of_relexps_keeps_it_and_a_running_number_is_nobodys_id() -> None:
    arrival = arriving("id | Name | Institution", f"{D} | Cara | Unite", "1 | Dan | Unite", known=())
    assert [leader.id for leader in arrival.added] == [D, "new1"]
    again = arriving("id | Name | Institution", "1 | Erin | Unite", known=arrival.added)
    assert [leader.name for leader in again.added] == ["Erin"]
    assert again.changes == ()


def test_an_id_that_the_table_does_not_know_is_looked_up_by_name() -> None:
    arrival = arriving("id | Name | Institution | Role", f"{D} | Amina Begum | Central Mosque | Steward")
    assert arrival.changes == (Change(A, "role", "Chair", "Steward"),)


def test_a_namesake_with_an_id_of_their_own_is_not_whoever_is_on_the_sheet_by_theirs() -> None:
    rows = (f"{A} | Amina Begum | Central Mosque", f"{D} | Amina Begum | Central Mosque")
    arrival = arriving("id | Name | Institution", *rows)
    assert (arrival.untouched, [leader.id for leader in arrival.added], arrival.refused) == (1, [D], ())


def test_the_id_of_a_row_that_was_taken_out_is_not_given_to_anybody() -> None:
    arrival = arriving("id | Name", f"{D} | Cara", known=(), taken=(D,))
    assert [leader.id for leader in arrival.added] == ["new1"]


def test_rows_of_nothing_are_nobody() -> None:
    arrival = arriving("Name | Shoe size", " | 44", known=())
    assert (arrival.added, arrival.refused) == ((), ())


# What the cells say


def test_a_new_leader_has_every_cell_of_the_row() -> None:
    header = "Name|Institution|Role now|Stage|Following|Self-interest|Talents|Stretch|Next step|By|Agreed with|3-day|Developed by|Review|Faith link"
    arrival = arriving(
        header,
        "Cara|Unite|Rep|leads a team|12|Wages|Jokes|Asks|Meet Dan|6/3/2026|Amina|2026-01-05|Amina Begum|1.9.26|Yes",
    )
    assert arrival.added == (
        Leader(
            id="new1",
            name="Cara",
            institution="Unite",
            role="Rep",
            stage="leads",
            self_interest="Wages",
            talents="Jokes",
            stretch="Asks",
            developed_by=A,
            following=arrival.added[0].following,
            step=Step("Meet Dan", date(2026, 3, 6), "Amina"),
            training={"three_day": date(2026, 1, 5)},
            review=date(2026, 9, 1),
            own={"faith_link": "Yes"},
            wording=arrival.added[0].wording,
        ),
    )
    assert arrival.added[0].following == "10+"
    assert arrival.refused == ()


def test_only_columns_that_the_sheet_has_change_and_a_blank_cell_of_them_empties_the_cell() -> None:
    arrival = arriving("id | Faith link | Role", f"{A} | | Chair", f"{B} | | ")
    assert arrival.changes == (Change(A, "own.faith_link", "Imams’ table", ""),)
    assert arrival.untouched == 1


def test_a_name_is_never_emptied() -> None:
    assert told(arriving("id | Name", f"{A} | ")) == [(2, "Name", "", "lead.no_name")]
    assert told(arriving("id | First name | Last name", f"{A} | | ")) == [(2, "First name", "", "lead.no_name")]
    assert told(arriving("Name | Institution", " | Unite")) == [(2, "Name", "", "lead.no_name")]
    assert told(arriving("id | Role", f"{D} | Chair")) == [(2, "id", D, "lead.no_name")]


def test_a_cell_that_reads_as_the_table_reads_is_left_alone_even_where_nobody_could_write_it_anew() -> None:
    gone = replace(AMINA, stage="gone_from_the_ladder", self_interest="x" * 600, developed_by="somebody erased")
    header = "id | Stage | Self-interest | Developed by"
    arrival = arriving(header, f"{A} | gone_from_the_ladder | {'x' * 600} | somebody erased", known=(gone,))
    assert (arrival.untouched, arrival.refused) == (1, ())
    emptied = arriving("id | Developed by", f"{A} | ", known=(gone,))
    assert emptied.changes == (Change(A, "developed_by", "somebody erased", ""),)


def test_a_name_that_two_share_is_left_alone_where_it_stands_already() -> None:
    twins = (AMINA, replace(AMINA, id=D), BILAL)
    arrival = arriving("id | Developed by", f"{B} | Amina Begum", known=twins)
    assert (arrival.untouched, arrival.refused) == (1, ())


def test_every_fault_of_every_row_is_told_at_once_with_its_place_and_the_other_rows_go_on() -> None:
    arrival = arriving(
        "Full name | Stage | Deadline | 6-day",
        "Cara | Queen | soon | yes",
        "Dan | Met | 2026-03-06 | ",
        " | Met | | ",
    )
    assert told(arrival) == [
        (2, "Stage", "Queen", "lead.no_stage"),
        (2, "Deadline", "soon", "lead.no_day"),
        (2, "6-day", "yes", "lead.no_day"),
        (4, "Full name", "", "lead.no_name"),
    ]
    assert [leader.name for leader in arrival.added] == ["Dan"]
    assert "rows 2, 4" in sentences(arrival)


# Stages


def test_a_stage_changes_only_with_a_line_of_evidence() -> None:
    refused = arriving("Name | Stage | Role", "Bilal Khan | Team member | Steward")
    assert told(refused) == [(2, "Stage", "Team member", "lead.sheet_evidence")]
    assert "“Evidence for the stage”" in str(refused.refused[0])
    assert refused.changes == ()
    moved = arriving(
        "Name | Stage | Evidence for the stage", "Bilal Khan | Team member | Chaired the assembly on 3 May"
    )
    assert moved.changes == (Change(B, "stage", "met", "team"),)
    assert moved.evidence == {B: "Chaired the assembly on 3 May"}


def test_a_first_stage_of_somebody_in_the_table_and_a_blank_one_need_evidence_too() -> None:
    assert [fault.message.code for fault in arriving("id | Stage", f"{C} | Met").refused] == ["lead.sheet_evidence"]
    assert told(arriving("id | Stage", f"{A} | ")) == [(2, "Stage", "", "lead.sheet_evidence")]


def test_whoever_is_new_begins_on_a_stage_without_evidence_and_keeps_the_line_that_there_is() -> None:
    arrival = arriving("Name | Stage | Evidence", "Cara | Met | ", "Dan | Met | Came to the house meeting", known=())
    assert [leader.stage for leader in arrival.added] == ["met", "met"]
    assert arrival.evidence == {"new2": "Came to the house meeting"}


def test_evidence_beside_a_stage_that_stays_is_not_read_again_and_that_is_said() -> None:
    arrival = arriving("Name | Stage | Evidence", "Bilal Khan | Met | Came")
    assert (arrival.evidence, arrival.idle, arrival.untouched) == ({}, 1, 1)
    assert "stage that stays as it is, and that is not read: 1" in sentences(arrival)


def test_a_line_of_evidence_is_a_line() -> None:
    arrival = arriving("Name | Stage | Evidence", f"Bilal Khan | Team member | {'long ' * 70}")
    assert [(fault.column, fault.message.code) for fault in arrival.refused] == [("Evidence", "lead.long")]


# Who develops whom


@pytest.mark.parametrize("who", ["Amina Begum", "amina begum", A])
def test_whoever_develops_somebody_is_written_by_name_or_by_id(who: str) -> None:
    assert arriving("id | Developed by", f"{C} | {who}").changes == (Change(C, "developed_by", "", A),)


def test_whoever_develops_somebody_may_be_new_on_the_same_sheet_by_name_or_by_its_own_number() -> None:
    arrival = arriving("id | Name | Developed by", "7 | Cara | Dan", "8 | Dan | ", "9 | Erin | 7", known=())
    assert [leader.developed_by for leader in arrival.added] == ["new2", "", "new1"]


def test_somebody_who_is_not_there_or_is_there_twice_develops_nobody() -> None:
    two = (AMINA, replace(AMINA, id=D, institution="Unite"), NOOR)
    arrival = arriving("id | Developed by", f"{C} | Amina Begum", known=two)
    assert told(arrival) == [(2, "Developed by", "Amina Begum", "lead.two_of_name")]
    assert told(arriving("id | Developed by", f"{C} | Nobody")) == [
        (2, "Developed by", "Nobody", "lead.no_such_person")
    ]


def test_whoever_rests_on_a_row_that_is_refused_is_refused_with_it() -> None:
    arrival = arriving(
        "Name | Stage | Mentor", "Cara | Queen | ", "Dan | | Cara", "Erin | | Dan", "Finn | | ", known=()
    )
    assert [fault.row for fault in arrival.refused] == [2, 3, 4]
    assert [leader.name for leader in arrival.added] == ["Finn"]


def test_nobody_develops_themselves() -> None:
    assert told(arriving("id | Developed by", f"{A} | Amina Begum")) == [
        (2, "Developed by", "Amina Begum", "lead.sheet_self")
    ]
    assert told(arriving("Name | Mentor", "Cara | Cara", known=())) == [(2, "Mentor", "Cara", "lead.sheet_self")]


def test_no_circle_is_made_through_the_table_or_on_the_sheet() -> None:
    assert told(arriving("id | Developed by", f"{A} | Bilal Khan")) == [
        (2, "Developed by", "Bilal Khan", "lead.sheet_circle")
    ]
    ring = arriving("Name | Mentor", "Cara | Dan", "Dan | Erin", "Erin | Cara", "Finn | Erin", known=())
    assert [fault.row for fault in ring.refused] == [2, 3, 4, 5]
    assert ring.refused[-1].message.code == "lead.no_such_person"


def test_turning_round_who_develops_whom_is_no_circle() -> None:
    arrival = arriving("id | Developed by", f"{A} | Bilal Khan", f"{B} | ")
    assert {change.leader: change.after for change in arrival.changes} == {A: B, B: ""}


def test_a_circle_that_the_table_has_already_keeps_nobody_out() -> None:
    ring = (replace(AMINA, developed_by=B), BILAL)
    arrival = arriving("id | Role | Developed by", f"{A} | Steward | {B}", known=ring)
    assert [change.field for change in arrival.changes] == ["role"]


# What is said before anything is written


def test_what_a_sheet_would_do_is_said_in_words() -> None:
    arrival = arriving(
        "Name | Institution | Role",
        "Cara | Unite | ",
        "Amina Begum | Central Mosque | Treasurer",
        "Bilal Khan | Unite | ",
        "Dan | Unite | ",
        "Dan | Unite | ",
    )
    assert [*map(str, impact(arrival))] == [
        "New in the table: 1 (Cara).",
        "Changed: 1 cell in the rows of 1 (Amina Begum).",
        "On the sheet as they are in the table: 1. Whoever is not on the sheet stays as they are.",
        "Not taken in, because something in each row has to be mended first: 2 (rows 5, 6).",
    ]


def test_the_summary_counts_cells_and_rows_and_says_where_nothing_is_to_do() -> None:
    arrival = arriving("id | Role | Talents", f"{A} | Treasurer | Jokes", f"{B} | | Songs", f"{C} | | ", "5 | | ")
    assert "Changed: 3 cells in the rows of 2 (Amina Begum, Bilal Khan)." in sentences(arrival)
    assert "Not taken in, because something in the row has to be mended first: 1 (row 5)." in sentences(arrival)
    assert "There is nothing to write." in sentences(arriving("id | Role", f"{A} | Chair"))


def test_what_comes_is_the_same_whatever_the_order_of_the_columns() -> None:
    known: Mapping[str, Leader] = {A: AMINA}
    one = arrive(BOARD, table("Name | Role | Institution", "Amina Begum | Steward | Central Mosque"), known, fresh())
    other = arrive(BOARD, table("Role | Institution | Name", "Steward | Central Mosque | Amina Begum"), known, fresh())
    assert one == other


def test_a_sheet_with_its_header_further_down_is_counted_as_the_spreadsheet_counts() -> None:
    found = arrive(BOARD, table("Name | Stage", "Cara | Queen", start=7), {}, fresh())
    assert [fault.row for fault in found.refused] == [7]
    assert isinstance(found.refused[0], Fault)
