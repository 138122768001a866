"""A page speaks the language that was chosen, and English wherever a sentence is not translated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from relexp.messages import TEMPLATES, say
from relexp.messages.language import LOCALE, sentences, speak, spoken, template, to_learners

PO = """#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "learn.quiz_right"
msgid "Yes."
msgstr "Ie."

msgctxt "learn.quiz_wrong"
msgid "Not yet. Have another go."
msgstr "Ddim eto."

#, fuzzy
msgctxt "learn.quiz_hint"
msgid "A hint"
msgstr "Awgrym"
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test spoke, the next one begins in English."""
    yield
    speak("en")


def test_a_sentence_is_said_in_the_language_that_is_spoken() -> None:
    speak({"place.row": "rhes {row}"})
    assert str(say("place.row", row=3)) == "rhes 3"
    assert str(say("place.line", line=3)) == "line 3"
    speak("en")
    assert str(say("place.row", row=3)) == "row 3"


def test_what_is_written_for_a_file_is_english_whatever_a_page_speaks() -> None:
    speak({"place.row": "rhes {row}"})
    assert say("place.row", row=3).text() == "row 3"


def test_a_proposal_and_what_was_said_of_an_older_sentence_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "cy.po").write_text(PO, encoding="utf-8")
    assert dict(sentences("cy", tmp_path)) == {"learn.quiz_right": "Ie."}


@pytest.mark.parametrize("language", ["en", "xx", "../ur", ""])
def test_a_language_that_is_not_there_is_english(language: str) -> None:
    speak(language)
    assert spoken() == {}


@pytest.mark.parametrize("language", sorted(path.stem for path in LOCALE.glob("*.po")))
def test_what_every_unit_says_is_translated(language: str) -> None:
    everywhere = {code for code in to_learners() if code.startswith(("learn.", "unit.", "study.", "words."))}
    assert everywhere - sentences(language).keys() == set()


def test_a_sentence_whose_gaps_the_browser_fills_is_in_the_language_too() -> None:
    speak({"place.row": "rhes {row}"})
    assert (template("place.row"), template("place.line")) == ("rhes {row}", "line {line}")


def test_what_is_said_to_learners_is_part_of_the_catalogue() -> None:
    assert {"learn.quiz_press", "words.read_draft"} <= to_learners().keys() <= TEMPLATES.keys()
