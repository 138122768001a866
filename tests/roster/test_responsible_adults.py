"""Who is responsible for a child is found by a part of their name only where it can be nobody else, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.messages import FaultsFound
from relexp.roster.short_names import shortens
from tests.roster.test_reading import faults, load, warnings

HEAD = "name|organisation|under 18|responsible adult\n"
ADULTS = "Amina Begum|x||\nAmina Khan|y||\nSiân Rees|z||\nAmina Ali|x|yes|\n"


def adult_of(typed: str, adults: str = ADULTS) -> str | None:
    """The name of the adult whom a child's row is found to mean."""
    roster = load(f"{HEAD}{adults}Layla|x|yes|{typed}").roster
    (child,) = (person for person in roster if person.name == "Layla")
    return roster[child.responsible_adult].name if child.responsible_adult is not None else None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Amina B.", "Amina Begum"),
        ("amina b", "Amina Begum"),
        ("A. Begum", "Amina Begum"),
        ("Begum, Amina", "Amina Begum"),
        ("Begum", "Amina Begum"),
        ("Amina-K.", "Amina Khan"),
        ("Sian", "Siân Rees"),
    ],
)
def test_a_part_of_a_name_finds_the_one_adult_whom_it_can_mean(typed: str, name: str) -> None:
    assert adult_of(typed) == name


def test_a_child_of_that_name_is_no_adult_and_makes_nothing_unclear() -> None:
    assert adult_of("Amina", "Amina Begum|x||\nAmina Ali|x|yes|\n") == "Amina Begum"


@pytest.mark.parametrize("text", ["A.", "Am", "Amina X.", "Amina Begum Khan", "B. B.", "Mrs Rees", "Zed"])
def test_what_fits_no_adult_is_asked_about(text: str) -> None:
    assert faults(f"{HEAD}{ADULTS}Layla|x|yes|{text}") == [(6, "responsible adult", text, "nobody")]


def test_what_may_be_two_adults_is_asked_about_with_their_rows() -> None:
    text = f"{HEAD}{ADULTS}Layla|x|yes|Amina"
    assert faults(text) == [(6, "responsible adult", "Amina", "which_adult")]
    with pytest.raises(FaultsFound, match="rows 2, 3"):
        load(text)


def test_the_whole_name_is_the_one_that_is_meant_though_others_begin_with_it() -> None:
    assert adult_of("Amina", "Amina|x||\nAmina Begum|x||\n") == "Amina"
    assert faults(f"{HEAD}Amina Begum|x||\nAmina|x|yes|\nLayla|x|yes|Amina") == [
        (4, "responsible adult", "Amina", "young_adult")
    ]


def test_nobody_is_their_own_adult_by_a_part_of_their_name() -> None:
    assert faults(f"{HEAD}Amina Begum|x||Amina\nBo|x||") == [(2, "responsible adult", "Amina", "nobody")]


def test_whom_a_part_of_a_name_was_taken_for_is_said_and_a_whole_name_needs_no_word() -> None:
    (said,) = (line for code, line in warnings(f"{HEAD}{ADULTS}Layla|x|yes|Sian") if code == "adult_taken")
    assert said.startswith("row 6, column “responsible adult”: “Sian” is taken to be Siân Rees (row 4)")
    assert "adult_taken" not in dict(warnings(f"{HEAD}{ADULTS}Layla|x|yes|sian  REES"))


WORD = st.sampled_from(["amina", "begum", "khan", "bo", "siân", "rees", "আমিনা", "محمد"])
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@given(NAME, st.data())
def test_any_words_of_a_name_and_initials_of_the_others_stand_for_it(name: str, data: st.DataObject) -> None:
    words = name.split()
    kept = data.draw(st.lists(st.sampled_from(range(len(words))), min_size=1, unique=True))
    rest = [place for place in range(len(words)) if place not in kept]
    short = data.draw(st.lists(st.sampled_from(rest), unique=True)) if rest else []
    typed = [words[place] for place in kept] + [f"{words[place][0]}." for place in short]
    assert shortens(" ".join(data.draw(st.permutations(typed))), name)
    assert not shortens(" ".join((*typed, "zed")), name)
    assert not shortens(" ".join(f"{word[0]}." for word in words), name)


@given(st.lists(NAME, min_size=1, max_size=5), st.lists(st.booleans(), min_size=5, max_size=5), NAME)
def test_a_child_has_the_adult_whom_alone_it_can_be_or_the_sheet_is_not_taken(
    names: list[str], young: list[bool], typed: str
) -> None:
    rows = [f"{name}|x|{'yes' if child else ''}|" for name, child in zip(names, young, strict=False)]
    try:
        found = adult_of(typed, "".join(f"{row}\n" for row in rows))
    except FaultsFound:
        return
    grown = [name for name, child in zip(names, young, strict=False) if not child]
    exact = [name for name in names if name == typed]
    assert [found] == (exact or [name for name in grown if shortens(typed, name)])
