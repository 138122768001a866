"""The text of a unit: its words are counted as they are read, and how hard they are is told."""

from __future__ import annotations

import pytest

from relexp.learning.plain import look_at, reading_age, said


def test_what_is_read_aloud_is_counted_and_markup_is_not() -> None:
    assert said("one\ntwo  \nthree") == "one two three"
    text = "## A *mixed* room\n\n- one\n- [two](https://example.org/a/b) ![three](x.png)\n\n> four `five`\n\n| six | seven |\n|---|---|\n| eight | nine |\n\n    ten\n"
    assert said(text).split() == "A mixed room one two three four five six seven eight nine ten".split()
    assert look_at(text).words == 13


def test_links_images_and_html_are_found_wherever_they_stand() -> None:
    found = look_at("> [a](source:x) and **[b](https://b.org)**\n\n![](c.png) ![d](d.png)\n\n<div>\n\nx <i>y</i>\n")
    assert found.links == ("source:x", "https://b.org")
    assert found.images == (("c.png", ""), ("d.png", "d"))
    assert found.html == ("<div>", "<i>", "</i>")


@pytest.mark.parametrize("text", ["", "   \n", "---", "* * *"])
def test_a_text_without_words_has_no_age(text: str) -> None:
    assert (look_at(text).words, reading_age(text)) == (0, 0.0)


def test_the_age_is_that_of_the_formula() -> None:
    # 10 words of 36 letters in 2 sentences: 4.71 * 3.6 + 0.5 * 5 - 21.43 + 5 is 3.03, and nobody is below 5.
    assert reading_age("We sat down. She told me of her long trip.") == 5.0
    # 5 words of 50 letters in 1 sentence.
    assert reading_age("Community organising transforms neighbourhood institutions.") == pytest.approx(
        4.71 * (9 + 10 + 10 + 13 + 12) / 5 + 2.5 - 21.43 + 5
    )


def test_short_words_in_short_sentences_are_for_younger_people() -> None:
    easy = "We met. We ate. We talked. Then we went home and told the others."
    hard = "Having encountered unfamiliar interlocutors, participants subsequently communicated experiences throughout neighbourhoods."
    assert reading_age(easy) < 8 < 15 < reading_age(hard)
