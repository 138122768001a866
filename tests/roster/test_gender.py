"""Who is a woman is read from the words of a cell, and only where they leave no doubt."""

from __future__ import annotations

import pytest

from relexp.roster.gender import is_woman


@pytest.mark.parametrize(
    "text",
    [
        "Woman",
        " F ",
        "Woman (trans)",
        "trans woman",
        "Cis woman",
        "she/her",
        "Female (she/her)",
        "Girl",
        "TRANS-WOMAN",
        "menyw",
        "Mujer trans",
        "kadın",
        "امرأة",
        "أنثى",
        "عورت",
        "মহিলা",
        "নারী (সিস)",
    ],
)
def test_a_woman_is_known_by_any_word_that_says_so(text: str) -> None:
    assert is_woman(text)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Man", "m", "he/him", "they/them", "womanly", "womanhood", "shepherd", "girlish", "fluid", "ঠিক", "?"],
)
def test_a_blank_or_a_word_that_only_holds_such_a_word_does_not(text: str) -> None:
    assert not is_woman(text)


@pytest.mark.parametrize(
    "text", ["not a woman", "he/she", "female to male", "non-binary (she/they)", "M/F", "Non woman"]
)
def test_what_leaves_it_open_is_not_taken_for_a_yes(text: str) -> None:
    assert not is_woman(text)
