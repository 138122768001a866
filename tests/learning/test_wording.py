"""Every text of a unit that people read can be said in another way, under an id that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

import pytest

from relexp.exchange.units import load_units
from relexp.learning.marking import mark, revealed
from relexp.learning.plain import said
from relexp.learning.reading import read_unit
from relexp.learning.unit import Source, Unit
from relexp.learning.wording import worded, words_of
from tests.learning.made_up import FILES
from tests.learning.pseudo import pseudo

UNIT = read_unit(FILES)
MODULES = Path(__file__).parents[2] / "modules"
UNITS = [UNIT, *load_units(MODULES / "across-difference")]
# What is no text for people: ids, and how minutes were reckoned, which is for whoever writes the unit.
NO_TEXT = {"id", "to", "tool", "items", "needs", "estimate", "renamed", "version", "right", "pairs"}


def texts(thing: object, at: str = "unit") -> Iterator[tuple[str, str]]:
    """Every text that stands anywhere in a unit, found without a look at how it is translated."""
    if isinstance(thing, Source | Enum):
        return
    if isinstance(thing, str):
        yield at, thing
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name == "words":
                # English is understood beside the language: the first is what is shown.
                yield from ((f"{at}.words", group[0]) for group in getattr(thing, "words", ()))
            elif field.name not in NO_TEXT:
                yield from texts(getattr(thing, field.name), f"{at}.{field.name}")
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from texts(value, f"{at}.{key}")
    elif isinstance(thing, tuple):
        for place, value in enumerate(thing):
            yield from texts(value, f"{at}.{place}")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_nothing_of_a_unit_is_left_in_english_when_all_of_it_is_translated(unit: Unit) -> None:
    translated = worded(unit, lambda _, text: pseudo(text))
    left = [(at, text) for at, text in texts(translated) if re.search("[A-Za-z]", said(text))]
    assert left == []
    assert all("⟦" in text for _, text in texts(translated) if text)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_a_unit_whose_words_are_left_as_they_are_is_the_same_unit(unit: Unit) -> None:
    assert worded(unit, lambda _, text: text) == unit


def test_an_id_says_where_a_text_stands() -> None:
    found = words_of(UNIT)
    assert found["title"] == "Meeting a stranger"
    assert found["block.why-talk.1"].startswith("People expect")
    assert found["block.why-talk.2"].startswith("| what | who |")
    assert found["quiz.item.one.option.better.says"] == "Yes."
    assert found["quiz.item.scenario.scene.door.choice.wave.text"] == "Wave"
    assert found["quiz.item.short.words.1"] == "listen, hear"
    assert found["task.one-talk.review.1"] == "What surprised you?"
    assert [*found] == [*words_of(read_unit(FILES))]


def test_what_is_asked_comes_before_what_is_said_to_the_answers() -> None:
    of_one = [id for id in words_of(UNIT) if id.startswith("quiz.item.one.")]
    assert of_one[0] == "quiz.item.one.ask"
    assert of_one[-2:] == ["quiz.item.one.sharper", "quiz.item.one.worked"]


@pytest.mark.parametrize(
    ("answer", "right"), [("Gwrando!", True), ("wrando’n astud", True), ("I listen", True), ("Siarad", False)]
)
def test_a_short_answer_is_understood_in_its_language_and_in_english(answer: str, right: bool) -> None:
    welsh = {"quiz.item.short.words.1": "gwrando, wrando, wrando’n"}
    unit = worded(UNIT, lambda id, text: welsh.get(id, text))
    assert mark(unit.items["short"], unit.keys["short"], answer).right is right
    assert revealed(unit.items["short"], unit.keys["short"]) == ("gwrando",)


@pytest.mark.parametrize(("answer", "right"), [("میں سنتی ہوں", True), ("سنتا ہوں", True), ("بولنا", False)])
def test_a_short_answer_is_understood_in_urdu_with_the_urdu_comma(answer: str, right: bool) -> None:
    urdu = {"quiz.item.short.words.1": "سننا، سنتا، سنتی"}
    unit = worded(UNIT, lambda id, text: urdu.get(id, text))
    assert mark(unit.items["short"], unit.keys["short"], answer).right is right
