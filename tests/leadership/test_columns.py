"""The cells of the table: every kind is kept, read, shown and written, and what fits no cell is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.board import Board, Named, default_board
from relexp.leadership.columns import (
    AT_FIRST,
    DERIVED,
    FIXED,
    LONGEST,
    TEXTS,
    Change,
    agreed,
    cell,
    changes,
    fields,
    heading,
    read,
    reworded,
    shown,
    with_cell,
)
from relexp.leadership.leader import Leader, Step, Wording
from relexp.messages import FaultsFound
from relexp.reflection.one_to_ones import Following
from tests.leadership.tables import BOARD, leader, leaders

FIELDS = (*fields(BOARD), "wording.talents")
AMINA = Leader(
    "a", "Amina", "Al-Noor", "treasurer", "team", Following.FEW, "to be heard", "Cooks", "To wait",
    Step("Ring them", date(2026, 4, 1), "Ruth"), {"taster": date(2026, 2, 1)}, "b", date(2026, 5, 1),
    {"phone": "on Sundays"}, {"talents": Wording.OURS},
)  # fmt: skip
KEPT = {
    "name": "Amina", "institution": "Al-Noor", "role": "treasurer", "stage": "team", "following": "1-2",
    "self_interest": "to be heard", "talents": "Cooks", "stretch": "To wait", "step": "Ring them", "due": "2026-04-01",
    "agreed_by": "Ruth", "training.webinar": "", "training.taster": "2026-02-01", "training.three_day": "",
    "training.six_day": "", "training.schools": "", "developed_by": "b", "review": "2026-05-01", "own.phone": "on Sundays",
    "wording.talents": "ours",
}  # fmt: skip


def nobody(_typed: str) -> tuple[str, ...]:
    """Of no leader."""
    return ()


def test_every_cell_of_a_row_is_kept_as_a_text():
    assert {field: cell(AMINA, field) for field in FIELDS} == KEPT
    assert {cell(Leader("b", ""), field) for field in FIELDS} == {""}


@pytest.mark.parametrize("field", FIELDS)
def test_a_row_is_written_cell_by_cell_and_emptied_cell_by_cell(field: str):
    written = Leader("a", "")
    for each in FIELDS:
        written = with_cell(written, each, KEPT[each])
    assert written == AMINA
    emptied = with_cell(AMINA, field, "")
    assert cell(emptied, field) == ""
    assert {each: cell(emptied, each) for each in FIELDS if each != field} == {e: KEPT[e] for e in FIELDS if e != field}


def test_a_step_of_which_nothing_is_left_is_none():
    only = Leader("a", "Amina", step=Step("", date(2026, 4, 1)))
    assert with_cell(only, "due", "").step is None
    assert with_cell(Leader("a", "Amina"), "agreed_by", "Ruth").step == Step("", agreed_by="Ruth")


@given(leaders(4), leaders(4))
def test_what_differs_between_two_rows_makes_one_of_the_other(ones: list[Leader], others: list[Leader]):
    written = (*fields(BOARD), "wording.self_interest", "wording.talents", "wording.stretch")
    for one, other in zip(ones, others, strict=False):
        now = one
        for change in changes(one, other, written):
            assert (change.leader, change.before) == (other.id, cell(now, change.field))
            now = with_cell(now, change.field, change.after)
        assert {f: cell(now, f) for f in written} == {f: cell(other, f) for f in written}
        assert changes(one, one, written) == ()


def test_a_column_that_nobody_knows_cannot_be_written():
    with pytest.raises(ValueError, match="shoe_size"):
        with_cell(AMINA, "shoe_size", "9")


def test_every_column_stands_in_the_table_once_and_has_a_heading():
    every = fields(BOARD)
    assert len({*every}) == len(every)
    assert {*FIXED} <= {*every}
    assert every[11:16] == tuple(f"training.{each.key}" for each in BOARD.trainings)
    assert every[-1] == "own.phone"
    assert {*AT_FIRST} <= {*FIXED, *DERIVED}
    assert {*TEXTS} <= {*FIXED}
    assert [heading(BOARD, field) for field in ("name", "training.taster", "training.gone", "own.phone", "own.gone")] == [
        "Name", "Training: Local taster", "Training: gone", "Rings", "gone",
    ]  # fmt: skip
    assert all(heading(BOARD, field) for field in (*every, *DERIVED))


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("stage", "team", "Team member"),
        ("stage", "gone", "gone"),
        ("following", "1-2", "1 to 2"),
        ("following", "", ""),
        ("developed_by", "b", "Ben"),
        ("developed_by", "gone", ""),
        ("due", "2026-04-01", "2026-04-01"),
        ("talents", "Cooks", "Cooks"),
    ],
)
def test_a_cell_is_shown_as_people_say_it(field: str, text: str, says: str):
    assert shown(BOARD, field, text, {"b": "Ben"}) == says


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "  Amina\n Begum ", "Amina Begum"),
        ("institution", "", ""),
        ("talents", "x" * LONGEST, "x" * LONGEST),
        ("own.phone", "on Sundays", "on Sundays"),
        ("stage", "team MEMBER", "team"),
        ("stage", "leads", "leads"),
        ("due", "2026-03-06", "2026-03-06"),
        ("review", "6/3/2026", "2026-03-06"),
        ("training.taster", "6.3.26", "2026-03-06"),
        ("due", "6 March 2026", "2026-03-06"),
        ("due", "1st March 2026", "2026-03-01"),
        ("due", "06-mar-2026", "2026-03-06"),
        ("due", "29 Feb 2028", "2028-02-29"),
        ("following", "1 to 2", "1-2"),
        ("following", "3–9", "3-9"),
        ("following", "Nobody yet", "0"),
        ("following", "10 or more", "10+"),
        ("following", "10+", "10+"),
        ("following", "0", "0"),
        ("following", "7", "3-9"),
        ("following", "99999999999999", "10+"),
    ],
)
def test_a_cell_is_read_however_it_is_typed(field: str, typed: str, kept: str):
    assert read(BOARD, field, typed, nobody) == kept


def test_whoever_develops_somebody_is_read_by_name():
    assert read(BOARD, "developed_by", "Ben", lambda typed: ["b"] if typed == "Ben" else []) == "b"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "  ", "needs a name"),
        ("stage", "boss", "“boss” is no stage of this ladder. Write one of these: Met, Listening"),
        ("due", "soon", "“soon” is no day"),
        ("due", "31/2/2026", "is no day"),
        ("due", "6 foo 2026", "is no day"),
        ("due", "0/0/2026", "is no day"),
        ("review", "tomorrow", "is no day"),
        ("training.taster", "yes", "is no day"),
        ("following", "lots", "is no size of following. Write one of these: Nobody yet, 1 to 2"),
        ("following", "1 to 5", "is no size of following"),
        ("talents", "x" * (LONGEST + 1), "too long"),
        ("developed_by", "Nobody", "Nobody in the table is called “Nobody”"),
    ],
)
def test_what_fits_no_cell_is_said_with_the_column_and_what_to_do(field: str, typed: str, says: str):
    with pytest.raises(FaultsFound) as caught:
        read(BOARD, field, typed, nobody)
    (fault,) = caught.value.faults
    assert says in str(fault)
    assert fault.column


def test_of_two_people_of_one_name_somebody_has_to_say_which():
    with pytest.raises(FaultsFound, match="More than one"):
        read(BOARD, "developed_by", "Tom", lambda _: ["t1", "t2"])


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(("{0}/{1}/{2}", "{0}. {1}. {2}", "{0} {3} {2}")))
def test_every_day_is_read_with_the_day_first(day: date, form: str):
    typed = form.format(day.day, day.month, day.year, day.strftime("%B"))
    if ". " in form:
        typed = typed.replace(". ", ".")
    assert read(BOARD, "due", typed, nobody) == day.isoformat()


@given(leaders(6))
def test_what_is_shown_of_a_cell_is_read_as_that_cell(table: list[Leader]):
    # Each has a name of their own here, so that a name means one of them.
    named = [replace(each, name=f"{each.name} {each.id}") for each in table]
    names = {each.id: each.name for each in named}
    for each in named:
        for field in fields(BOARD):
            text = cell(each, field)
            if (field, text) not in (("stage", "gone"), ("developed_by", "gone")):
                told = shown(BOARD, field, text, names)
                assert read(BOARD, field, told, lambda typed: [id for id in names if names[id] == typed]) == text


def test_words_that_one_changes_are_theirs_until_the_other_agrees():
    made = changes(AMINA, with_cell(with_cell(AMINA, "talents", "Sings"), "role", "chair"), FIXED)
    assert reworded(made, AMINA, Wording.THEIRS) == (
        Change("a", "role", "treasurer", "chair"),
        Change("a", "talents", "Cooks", "Sings"),
        Change("a", "wording.talents", "ours", "theirs"),
    )
    assert reworded(made, AMINA, Wording.OURS) == made


def test_of_words_that_are_taken_out_nobody_has_to_agree():
    made = (Change("a", "talents", "Cooks", ""),)
    assert reworded(made, AMINA, Wording.OURS) == (*made, Change("a", "wording.talents", "ours", ""))


def test_a_leader_has_words_to_agree_until_both_stand_behind_them():
    assert AMINA.to_agree == ("self_interest", "talents", "stretch")
    assert with_cell(AMINA, "wording.talents", "agreed").to_agree == ("self_interest", "stretch")
    assert with_cell(AMINA, "stretch", "").to_agree == ("self_interest", "talents")
    assert leader("b").to_agree == ()


def test_a_step_is_late_from_the_day_after_until_it_is_done():
    step = Step("Ring", date(2026, 3, 1))
    assert [step.late(date(2026, 3, day)) for day in (1, 2, 31)] == [0, 1, 30]
    assert replace(step, done=date(2026, 3, 9)).late(date(2026, 3, 31)) == 0
    assert Step("Ring").late(date(2026, 3, 31)) == 0


def test_a_column_of_a_house_keeps_its_key_when_it_is_renamed():
    base = default_board()
    renamed = Board(base.ladder, base.trainings, base.habits, (Named("phone", "Telephone"),))
    assert heading(renamed, "own.phone") == "Telephone"
    assert cell(AMINA, "own.phone") == "on Sundays"


def test_both_agree_to_the_words_as_they_are_read_and_to_no_others():
    words = Leader("a", "Amina", talents="sings", stretch="speak", wording={"stretch": Wording.AGREED})
    assert agreed(words) == {"talents": "sings", "wording.talents": "agreed"}
    assert agreed(Leader("a", "Amina")) == {}
