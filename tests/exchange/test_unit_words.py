"""A unit is read in a language or in easy words, and its reader is told what is not whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from relexp.exchange.unit_words import (
    bring_words_up_to_date,
    edition,
    faults_of_words,
    in_language,
    languages_of,
)
from relexp.exchange.units import load_units
from relexp.exchange.word_files import read_words
from tests.content.test_units import lay


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module of one unit, with a Welsh file of which two texts are translated."""
    lay(tmp_path / "module", "01-meeting-a-stranger", 1)
    (tmp_path / "locale").mkdir()
    for path, data in bring_words_up_to_date(tmp_path / "module", "cy", tmp_path / "locale").items():
        path.write_bytes(data)
    translate(tmp_path / "module", "Meeting a stranger", "Cwrdd â dieithryn")
    translate(tmp_path / "module", "say why a talk is worth it", "dweud pam mae sgwrs yn werth chweil")
    return tmp_path / "module"


def translate(module: Path, english: str, welsh: str) -> None:
    """Write the translation of one text into the file."""
    path = module / "01-meeting-a-stranger" / "cy.po"
    old = f'msgid "{english}"\nmsgstr ""'
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, f'msgid "{english}"\nmsgstr "{welsh}"', 1), encoding="utf-8")


def test_what_is_not_translated_is_in_english_and_the_share_says_so(module: Path) -> None:
    (unit,) = load_units(module)
    welsh, share = in_language(unit, read_words(module / "01-meeting-a-stranger" / "cy.po"))
    assert welsh.title == "Cwrdd â dieithryn"
    assert welsh.blocks == unit.blocks
    assert welsh.keys == unit.keys
    assert 0 < share < 0.05


def test_an_edition_says_that_it_is_a_draft_and_not_whole_in_its_language_and_in_english(module: Path) -> None:
    (unit,) = load_units(module)
    read = edition(module / "01-meeting-a-stranger", unit, "cy")
    assert (read.language, read.direction, read.easy) == ("cy", "ltr", False)
    assert [*read.notes] == ["cy", "en"]
    assert "not yet read by a speaker" in read.notes["en"]
    assert "2 in 100 of this is translated" in read.notes["en"]
    assert read.notes["cy"].startswith("Cyfieithiad drafft")
    assert "2 o bob 100" in read.notes["cy"]


def test_a_translation_that_a_speaker_has_read_is_no_draft_any_more(module: Path) -> None:
    (unit,) = load_units(module)
    path = module / "01-meeting-a-stranger" / "cy.po"
    path.write_text(path.read_text().replace("#, fuzzy\n", "", 1))
    assert "speaker" not in edition(path.parent, unit, "cy").notes["en"]


@pytest.mark.parametrize("language", ["en", "ur", "../cy", ""])
def test_a_unit_that_is_not_in_a_language_is_read_as_it_is(module: Path, language: str) -> None:
    (unit,) = load_units(module)
    read = edition(module / "01-meeting-a-stranger", unit, language)
    assert (read.unit, read.language, read.notes) == (unit, "en", {})
    assert edition(module / "01-meeting-a-stranger", unit, simple=True).unit == unit


def test_a_language_is_offered_in_its_own_name(module: Path) -> None:
    assert languages_of(module / "01-meeting-a-stranger") == {"cy": "Cymraeg"}


def test_a_text_that_changed_in_the_unit_is_told_until_the_file_follows_it(module: Path) -> None:
    locale = module.parent / "locale"
    assert faults_of_words(module, locale) == ()
    text = module / "01-meeting-a-stranger" / "unit.md"
    text.write_text(text.read_text().replace("# Meeting a stranger", "# Meeting strangers"), encoding="utf-8")
    (fault,) = faults_of_words(module, locale)
    assert (fault.message.code, fault.key) == ("words.stale", "01-meeting-a-stranger/cy.po: title")
    for path, data in bring_words_up_to_date(module, locale=locale).items():
        path.write_bytes(data)
    assert faults_of_words(module, locale) == ()
    (unit,) = load_units(module)
    assert edition(text.parent, unit, "cy").unit.title == "Meeting strangers"


def test_what_is_wrong_in_easy_words_is_told_with_its_unit(module: Path) -> None:
    (module / "01-meeting-a-stranger" / "easy.md").write_text("::: nowhere\nA text.\n", encoding="utf-8")
    (fault,) = faults_of_words(module, module.parent / "locale")
    assert fault.key == "01-meeting-a-stranger/easy.md: ::: nowhere"
