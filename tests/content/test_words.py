"""The translations and the easy texts of the module: right in themselves, and of the English as it is now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relexp.cli import main
from relexp.exchange.unit_words import bring_words_up_to_date, edition, faults_of_words, languages_of
from relexp.exchange.units import load_units
from relexp.learning.plain import look_at, reading_age, said
from relexp.learning.unit import BlockKind

MODULE = Path(__file__).parents[2] / "modules" / "across-difference"
UNITS = {MODULE / f"{unit.number:02}-{unit.id}": unit for unit in load_units(MODULE)}
# In a sentence of easy words.
LONGEST = 25
EASY = [folder for folder in UNITS if (folder / "easy.md").is_file()]
TRANSLATED = [(folder, language) for folder in UNITS for language in languages_of(folder)]


def test_nothing_is_wrong_in_any_translation_or_easy_text() -> None:
    assert [str(fault) for fault in faults_of_words(MODULE)] == []


def test_the_translators_files_follow_the_english() -> None:
    assert [path.name for path, data in bring_words_up_to_date(MODULE).items() if path.read_bytes() != data] == []


@pytest.mark.parametrize(("folder", "language"), TRANSLATED, ids=lambda each: getattr(each, "name", each))
def test_a_translated_unit_is_whole_and_says_that_it_is_a_draft(folder: Path, language: str) -> None:
    read = edition(folder, UNITS[folder], language)
    assert read.share == 1
    assert [*read.notes] == [language, "en"]
    assert read.notes["en"] == "Draft translation, not yet read by a speaker."
    assert read.direction == ("rtl" if language == "ur" else "ltr")


@pytest.mark.parametrize("folder", EASY, ids=lambda folder: folder.name)
def test_easy_words_are_read_at_a_younger_age_and_keep_every_source(folder: Path) -> None:
    unit, simple = UNITS[folder], edition(folder, UNITS[folder], simple=True).unit
    changed = [(old, new) for old, new in zip(unit.blocks, simple.blocks, strict=True) if old != new]
    assert {block.id for block in unit.blocks if block.kind is BlockKind.READING} <= {old.id for old, _ in changed}
    for old, new in changed:
        assert reading_age(new.text) < reading_age(old.text), new.id
        assert {*look_at(new.text).links} == {*look_at(old.text).links}, new.id
        sentences = re.split(r"\n|(?<=[.!?:])[”\s]", said(new.text))
        assert max(len(sentence.split()) for sentence in sentences) <= LONGEST, new.id


def test_the_command_finds_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", str(MODULE), "--check"]) == 0
    assert "00-start/cy.po: 127 of 127 translated, 0 to read again." in capsys.readouterr().out


def test_the_command_refuses_a_folder_without_units_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["words", str(tmp_path)]) == 1
    assert "There is no unit in" in capsys.readouterr().err
