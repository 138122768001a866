"""Of what people write about their age one thing is read: whether they are under 18. In doubt, nobody is an adult."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.ages import asks_age, asks_birth, holds_ages, is_silent, speaks_of_age, young, young_if


@pytest.mark.parametrize(
    "cell",
    "11|15 yrs|15 years old|aged 15|I'm 15|17.5|٧|15 ans|13-17|16 – 17|17 - 13|under 18|Under-18s|u16|<18|not yet 18"
    "|17 and under|up to 17|6 months|child|Child|A child|child (12)|Child 12|12, child|minor|12 (turning 13)|enfant"
    "|dziecko|طفل".split("|"),
)
def test_an_age_under_18_is_read_in_whatever_form(cell: str) -> None:
    assert young(cell) is True


@pytest.mark.parametrize(
    "cell",
    "18|43|43.0|aged 43|18-25|18 to 24|18 - 25|18+|65+|over 18|18 and over|65 or older|at least 18|≥18|40s|mid 30s|Mid-30s"
    "|adult|Adult!|Adult (18+)|Adult 43|grown-up|pensioner|oedolyn|بالغ|٤٣".split("|"),
)
def test_an_age_of_18_and_over_is_read_in_whatever_form(cell: str) -> None:
    assert young(cell) is False


@pytest.mark.parametrize(
    "cell",
    "|16-24|25-17|13 - 25|16+|over 16|under 25|18 and under|nearly 18|17½|2014|12/03/2014|0|999|teen|43 M|yes|child 43"
    "|adult (16)|old enough|18 next month".split("|"),
)
def test_what_leaves_it_open_is_never_taken_for_an_adult(cell: str) -> None:
    assert young(cell) is None


@given(st.integers(1, 120), st.sampled_from(["{}", "{} years", "aged {}", " {} yrs old", "({})", "I'm {}", "{}.0"]))
def test_every_number_of_years_is_on_its_own_side_of_18(age: int, written: str) -> None:
    assert young(written.format(age)) is (age < 18)


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["{}-{}", "{} to {}", "{} – {}", "aged {}-{}"]))
def test_a_band_says_what_all_of_its_ages_say_and_else_nothing(one: int, other: int, written: str) -> None:
    said = young(written.format(one, other))
    # Written apart, each of the two is read; a zero is no age alone.
    if said is not None:
        assert {one < 18, other < 18} == {said}
    elif one and other:
        assert {one < 18, other < 18} == {True, False}


@given(st.text(max_size=12), st.booleans())
def test_no_text_breaks_the_reading(text: str, yes: bool) -> None:
    assert young(text) in (True, False, None)
    assert young_if(text, yes) in (True, False, None)


@pytest.mark.parametrize(
    ("cell", "under", "over"),
    [
        ("yes", True, False),
        ("No", False, True),
        ("Yes!", True, False),
        ("Yes I am", True, False),
        ("no, I'm not", False, True),
        ("oui", True, False),
        ("adult", False, False),
        ("Child", True, True),
        ("Under 18", True, True),
        ("over 18", False, False),
        ("under", True, True),
        ("Over", False, False),
        ("15", True, True),
        ("43", False, False),
        ("no (43)", False, None),
        ("No 15", None, True),
        ("No - 15", None, True),
        ("yes, 43", None, False),
        ("16+", None, None),
        ("perhaps", None, None),
        ("1", True, False),
        ("0", False, True),
    ],
)
def test_a_question_of_yes_and_no_takes_ages_and_words_too(cell: str, under: bool | None, over: bool | None) -> None:
    assert young_if(cell, True) is under
    assert young_if(cell, False) is over


def test_among_ages_a_one_is_an_age_and_a_nought_is_nothing() -> None:
    assert young_if("1", False, counted=True) is True
    assert young_if("0", True, counted=True) is None


@pytest.mark.parametrize(
    "header",
    [
        "Age",
        "Your age",
        "Age (years)",
        "How old are you?",
        "Âge",
        "Wiek",
        "Age group",
        "AGE BAND",
        "বয়স",
        "How old are you? (children come with a parent)",
        "Age (needed for the insurance)",
        "Your age (young people: tell us)",
        "Age (people under 18 need an adult)",
    ],
)
def test_a_question_for_ones_own_age_is_known(header: str) -> None:
    assert asks_age(header)


@pytest.mark.parametrize(
    "header",
    [
        "Age of youngest child",
        "Children's ages",
        "Age UK member",
        "Minimum age",
        "What ages do you work with?",
        "Age group you work with",
        "Which ages do you teach?",
        "Ages of your pupils",
        "Students (ages)",
        "Age of the people you lead",
        "Age of young people in your group",
        "Age of the person you care for",
        "For which age group do you come?",
        "Age of the person you come with today",
    ],
)
def test_somebody_elses_age_is_not_ones_own(header: str) -> None:
    assert speaks_of_age(header)
    assert not asks_age(header)


@pytest.mark.parametrize(
    "header",
    [
        "Date of birth",
        "DOB",
        "D.O.B.",
        "Year of birth",
        "Birth year",
        "Birthday",
        "When were you born?",
        "تاريخ الميلاد",
    ],
)
def test_a_question_for_the_day_or_year_of_birth_is_known(header: str) -> None:
    assert asks_birth(header)


@pytest.mark.parametrize("header", ["Country of birth", "Place of birth", "Child's date of birth", "Stage", "Ward"])
def test_other_questions_are_not_taken_for_it(header: str) -> None:
    assert not asks_birth(header)
    assert not asks_age(header)


def test_a_column_of_bands_or_of_group_numbers_holds_nobodys_age() -> None:
    assert holds_ages("Age", ["", "18-25", "34"])
    assert not holds_ages("Age", ["18-25", "65+", "adult"])
    assert not holds_ages("Age band", ["1", "2", "9"])
    assert holds_ages("Age band", ["1", "11"])
    assert not holds_ages("Ward", ["34"])


@pytest.mark.parametrize("cell", ["", "Prefer not to say", "-", "N/A", "?"])
def test_who_would_rather_not_say_has_said_nothing(cell: str) -> None:
    assert is_silent(cell)
    assert not is_silent("x34")
