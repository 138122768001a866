"""Ways of writing that may be one organisation are found, and others are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.spellings import likely_spellings
from tests.roster.test_reading import warnings


def found(*names: str) -> list[tuple[str, ...]]:
    return [tuple(text for text, _ in each.counts) for each in likely_spellings(names)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mark's Church", "St. Marks Church"),
        ("St Mark's Church", "Saint Mark’s church"),
        ("St Mark's Church", "stmarks church"),
        ("The Youth Club", "Youth club"),
        ("Youth & Play", "Youth and Play"),
        ("Al-Noor Centre", "Al Noor Center"),
        ("C.A.B.", "CAB"),
        ("Łódź Club", "Lodz club"),
        ("جامعة النور", "جامعه النور"),
        ("Hillside Chruch", "Hillside Church"),
        ("Riverside Tenants' Union", "Riverside Tenant Union"),
        ("Comunity House", "Community House"),
    ],
)
def test_these_may_be_one(one: str, other: str) -> None:
    assert found(one, other, "Other Place") == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mark's Church", "St Mary's Church"),
        ("St Mark's Church", "St Mark's School"),
        ("Branch 1", "Branch 2"),
        ("Ward 11", "Ward 111"),
        ("1st Scouts", "2nd Scouts"),
        ("Ann", "Anna"),
        ("North Mosque", "East Mosque"),
        ("Unison", "Nisonu"),
        ("Raven House", "Craven House"),
        ("", "&"),
        ("St Mark's Church", "st mark's church"),
    ],
)
def test_these_are_not_asked_about(one: str, other: str) -> None:
    assert found(one, other) == []


def test_the_most_usual_way_comes_first_and_of_two_as_usual_the_one_with_capitals() -> None:
    (asked,) = likely_spellings(["st marks", "St Mark's", "St. Mark's", "St. Mark's", "", "Other"])

    assert asked.counts == (("St. Mark's", 2), ("St Mark's", 1), ("st marks", 1))
    assert asked.usual == "St. Mark's"


def test_a_slip_is_asked_about_once_it_is_clear_how_the_other_is_written() -> None:
    assert found("Hill Chruch", "Hill Church", "hill-church") == [("Hill Church", "hill-church")]
    assert found("Hill Chruch", "Hill Church", "hill church") == [("Hill Chruch", "Hill Church", "hill church")]


def test_a_sheet_that_no_page_shows_says_so_in_words() -> None:
    (line,) = [
        line for code, line in warnings("name|Org\nA|St Mark's\nB|st marks\nC|Other") if code == "same_organisation"
    ]

    assert line == (
        "column “Org”: These may be one organisation, and count as different ones: “St Mark's”, “st marks”. "
        "If it is one, write it the same way in every row."
    )


WORDS = st.sampled_from("St Saint Marks Mark's Mary the and & Church Chruch Church. Union 1 2 Ńoor noor".split())


@given(st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=12))
def test_once_all_are_written_in_the_usual_way_nothing_is_left_to_ask(names: list[str]) -> None:
    # Each answer settles one question and opens at most those that waited for it.
    for _ in range(len(names)):
        asked = likely_spellings(names)
        if not asked:
            break
        assert len(asked[0].forms) > 1
        ways = {text for text, _ in asked[0].counts}
        names = [asked[0].usual if name in ways else name for name in names]
    assert likely_spellings(names) == ()


@given(st.lists(st.text(max_size=8), max_size=8))
def test_each_way_of_writing_is_in_what_was_asked_with_its_people_counted(names: list[str]) -> None:
    for asked in likely_spellings(names):
        assert all(names.count(text) == count for text, count in asked.counts)
