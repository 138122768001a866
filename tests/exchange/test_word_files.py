"""A translators' file follows the English, loses nothing that was translated, and tells what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relexp.exchange.word_files import brought_up_to_date, faults_in, read_words, said
from relexp.messages import FaultsFound

TEXTS = {
    "title": "Two cups",
    "block.tea.1": "They met.",
    "block.tea.2": "See [a study](source:one) and [below](#next).",
    "block.tea.3": "| a | b |\n|---|---|\n| c | d |",
    "block.tea.4": "![A map](map.png)",
    "quiz.item.a.ask": "Hello {name}?",
}
WELSH = {
    "title": "Dau baned",
    "block.tea.1": "Cwrddon nhw.",
    "block.tea.2": "Gweler [astudiaeth](source:one) ac [isod](#next).",
    "block.tea.3": "| a | b |\n|---|---|\n| c | ch |",
    "block.tea.4": "![Map](map.png)",
    "quiz.item.a.ask": "Helo {name}?",
}


def write(path: Path, translated: dict[str, str], texts: dict[str, str] = TEXTS) -> Path:
    """A file of translations as a translator leaves it."""
    data = brought_up_to_date(texts, path).decode()
    for id, text in translated.items():
        before, here, rest = data.partition(f'msgctxt "{id}"\n')
        data = before + here + rest.replace('msgstr ""', f"msgstr {json.dumps(text, ensure_ascii=False)}", 1)
    path.write_text(data, encoding="utf-8")
    return path


def wrong(path: Path, texts: dict[str, str] = TEXTS) -> list[str]:
    """What is wrong in a file, each as code and place."""
    return [f"{fault.message.code} {fault.key}" for fault in faults_in(texts, read_words(path))]


def known(path: Path, texts: dict[str, str] = TEXTS) -> dict[str, str]:
    """What is said for each text that is translated."""
    return {id: found for id, text in texts.items() if (found := said(read_words(path), id, text))}


def renewed(path: Path, texts: dict[str, str]) -> Path:
    """The file brought up to date."""
    path.write_bytes(brought_up_to_date(texts, path))
    return path


def test_a_whole_translation_is_read_and_right(tmp_path: Path) -> None:
    path = write(tmp_path / "cy.po", WELSH)
    assert known(path) == WELSH
    assert wrong(path) == []


def test_bringing_up_to_date_twice_changes_nothing(tmp_path: Path) -> None:
    path = renewed(write(tmp_path / "cy.po", WELSH), TEXTS)
    assert brought_up_to_date(TEXTS, path) == path.read_bytes()
    assert known(path) == WELSH


def test_a_text_that_changed_is_english_until_it_is_read_again_and_its_translation_is_kept(tmp_path: Path) -> None:
    changed = TEXTS | {"block.tea.1": "They never met."}
    path = write(tmp_path / "cy.po", WELSH)
    assert wrong(path, changed) == ["words.stale block.tea.1"]
    renewed(path, changed)
    assert "block.tea.1" not in known(path, changed)
    assert "# The English was: They met.\n#, fuzzy\n" in path.read_text()
    assert "Cwrddon nhw." in path.read_text()
    assert wrong(path, changed) == []
    assert brought_up_to_date(changed, path) == path.read_bytes()
    path.write_text(path.read_text().replace("#, fuzzy\nmsgctxt", "msgctxt"))
    assert known(renewed(path, changed), changed)["block.tea.1"] == "Cwrddon nhw."
    assert "The English was" not in path.read_text()


def test_a_paragraph_put_in_between_moves_the_translations_of_those_below_it(tmp_path: Path) -> None:
    moved = {
        "block.tea.1": "They met.",
        "block.tea.2": "It rained.",
        "block.tea.3": TEXTS["block.tea.2"],
        "block.tea.4": TEXTS["block.tea.3"],
    }
    path = renewed(write(tmp_path / "cy.po", WELSH), moved)
    assert known(path, moved) == {
        "block.tea.1": WELSH["block.tea.1"],
        "block.tea.3": WELSH["block.tea.2"],
        "block.tea.4": WELSH["block.tea.3"],
    }


def test_what_has_gone_is_kept_at_the_end_and_comes_back_with_its_text(tmp_path: Path) -> None:
    path = renewed(write(tmp_path / "cy.po", WELSH), {"title": "Two cups"})
    assert '#~ msgstr "Cwrddon nhw."' in path.read_text()
    assert known(renewed(path, TEXTS)) == WELSH


def test_the_head_is_its_translators_and_is_left_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "cy.po", WELSH)
    path.write_text(path.read_text().replace("#, fuzzy\nmsgid", "# Read by Siân.\nmsgid", 1))
    renewed(path, TEXTS)
    assert "# Read by Siân." in path.read_text()
    assert not read_words(path).fuzzy


@pytest.mark.parametrize(
    ("id", "translated", "code"),
    [
        ("block.tea.2", "Gweler [astudiaeth](source:two) ac [isod](#next).", "words.link"),
        ("block.tea.2", "Gweler astudiaeth ac [isod](#next).", "words.link"),
        ("block.tea.2", "Gweler [astudiaeth](source:one) ac [isod](#nesaf).", "words.link"),
        ("block.tea.3", "a, b, c, ch", "words.shape"),
        ("block.tea.4", "Map", "words.image"),
        ("block.tea.4", "![](map.png)", "words.image"),
        ("quiz.item.a.ask", "Helo {enw}?", "words.gap"),
        ("title", "Dau <b>baned</b>", "words.html"),
    ],
)
def test_a_translation_that_lost_a_link_a_picture_a_table_or_a_gap_is_told(
    tmp_path: Path, id: str, translated: str, code: str
) -> None:
    assert wrong(write(tmp_path / "cy.po", WELSH | {id: translated})) == [f"{code} {id}"]


def test_a_text_that_the_unit_has_no_more_or_not_yet_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "cy.po", WELSH)
    fewer = {id: text for id, text in TEXTS.items() if id != "title"}
    assert wrong(path, fewer) == ["words.unknown title"]
    assert wrong(path, TEXTS | {"block.new.1": "New."}) == ["words.stale block.new.1"]


@pytest.mark.parametrize("data", [b"hello there\n", b"PK\x03\x04\xff", b'msgid "a"\nmsgid "b"\n'])
def test_a_file_that_is_no_file_of_translations_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "cy.po").write_bytes(data)
    with pytest.raises(FaultsFound) as found:
        read_words(tmp_path / "cy.po")
    assert found.value.faults[0].message.code == "words.broken"


def test_a_language_that_nobody_knows_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="is no language"):
        brought_up_to_date(TEXTS, tmp_path / "klingonish.po")
