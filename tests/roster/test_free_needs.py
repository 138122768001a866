"""Needs in words are kept to as far as they are understood, told for the rest, and never a difference to pair by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.free_needs import FreeNeed, asks_needs, free_need, is_aside
from relexp.roster.rule_defaults import default_across
from relexp.roster.wishes import usual
from tests.roster.test_reading import load, people, warnings


@pytest.mark.parametrize(
    "header",
    "Access needs?|Any access needs|Accessibility|Accessibility requirements|Do you have any additional needs?|Special requirements"
    "|Disability|Mobility|Do you need an interpreter?|Wheelchair user?|Needs|Reasonable adjustments|Besoins".split("|"),
)
def test_a_question_for_needs_is_known(header: str) -> None:
    assert asks_needs(header)
    assert is_aside(header)


@pytest.mark.parametrize(
    "header",
    "Dietary requirements|Allergies|Phone|Your phone number|Mobile number|Notes|Any notes|T-shirt size|T shirt|Emergency contact"
    "|Medical information|Comments".split("|"),
)
def test_food_contacts_and_clothes_are_no_difference(header: str) -> None:
    text = f"name|organisation|{header}\nAmina|A|x\nBo|B|y\nCass|A|x\nDee|B|y"
    roster = load(text).roster

    assert [attribute.column for attribute in default_across(roster)] == ["organisation"]
    assert set(dict(usual(roster).columns)) == {"organisation"}


@pytest.mark.parametrize(
    "header", ["Ward", "Favourite food", "What does your town need?", "Access to a garden", "Faith"]
)
def test_other_questions_stay_differences(header: str) -> None:
    assert not is_aside(header)


@pytest.mark.parametrize(
    ("cell", "quiet", "seat"),
    [
        ("quiet table please", True, False),
        ("Hard of hearing", True, False),
        ("I use a wheelchair", False, True),
        ("wheel-chair user, and a quiet corner", True, True),
        ("Can't stand for long", False, True),
        ("I cannot walk far", False, True),
        ("stay at one table", False, True),
        ("step-free access", False, False),
        ("BSL interpreter", False, False),
        ("I don't need a quiet table", False, False),
        ("no stairs please", False, False),
        ("yes", False, False),
    ],
)
def test_a_need_in_words_is_read_where_it_is_plain(cell: str, quiet: bool, seat: bool) -> None:
    assert free_need(cell, "Access needs?") == FreeNeed(True, quiet, seat)


@pytest.mark.parametrize("cell", ["", "no", "None", "n/a", "-", "No thanks.", "nil", "None known", "brak"])
def test_no_need_is_none(cell: str) -> None:
    assert free_need(cell, "Wheelchair user?") == FreeNeed()


def test_a_bare_yes_means_what_the_heading_asks() -> None:
    assert free_need("yes", "Are you a wheelchair user?") == FreeNeed(True, seat=True)
    assert free_need("Yes", "Do you need a seat in a quieter place?") == FreeNeed(True, quiet=True)


def test_needs_in_words_are_private_kept_to_and_told_by_their_rows_alone() -> None:
    text = "name|organisation|Access needs?\nA|x|wheelchair\nB|y|quiet please\nC|x|step-free\nD|y|none\nE|x|"
    loaded = load(text)

    assert loaded.roster.private == {"access_needs"}
    assert [attribute.column for attribute in default_across(loaded.roster)] == ["organisation"]
    assert [person.fixed_seat for person in loaded.roster] == [0, None, None, None, None]
    assert [person.quiet for person in loaded.roster] == [False, True, False, False, False]
    told = dict(warnings(text))
    assert told["needs_in_words"].startswith(
        "column “Access needs?”: Needs are written here in words: rows 2, 3, 4. What is understood of them is kept to: "
        "a quiet table for 1, one seat all evening for 1."
    )
    assert "wheelchair" not in " ".join(told.values())
    # They steer the plan, and it is not said that they do not.
    assert told["private_columns"] == "Kept private, used for pairing alone and never shown: “Access needs?”."
    assert "private_unused" not in told
    assert "needs_in_words" not in dict(warnings("name|Access needs?\nA|none\nB|"))


def test_food_health_and_family_are_private_and_contacts_are_not():
    text = "name|Vegan?|Allergies|Emergency contact|Phone\nA|x|y|z|1\nB||||"

    assert load(text).roster.private == {"vegan", "allergies", "emergency_contact"}


def test_what_the_seat_column_says_comes_first() -> None:
    rows = people("name|fixed seat|Access needs\nA|no|wheelchair\nB|3|wheelchair\nC||wheelchair")

    assert [person.fixed_seat for person in rows] == [None, 3, 0]


@given(st.text(max_size=30), st.sampled_from(["Access needs?", "Wheelchair?"]))
def test_nothing_is_read_of_a_need_that_is_not_told(text: str, header: str) -> None:
    need = free_need(text, header)
    assert need.told or not (need.quiet or need.seat)
