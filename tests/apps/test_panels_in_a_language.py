"""Panels speak the learner's language throughout: a question asked, answered, helped on and given away; the tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import ipywidgets
import pytest

from relexp.apps.exercise_panel import ExercisePanel
from relexp.apps.map_tool import MapTool
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.story_tool import StoryTool
from relexp.apps.unit import UnitPage
from relexp.apps.visitor import Visitor
from relexp.exchange.exercises import load_exercise
from relexp.exchange.unit_words import Edition
from relexp.exchange.units import load_units
from relexp.learning.life_map import FAR, Deed
from relexp.learning.quiz import Item, Kind
from relexp.learning.reading import read_unit
from relexp.learning.unit import BlockKind, Unit
from relexp.learning.wording import worded
from relexp.messages.language import speak, to_learners
from tests.learning.made_up import FILES
from tests.learning.pseudo import pseudo

EXERCISE = Path(__file__).parents[2] / "exercises" / "repair-a-reflection"
UNIT = worded(read_unit(FILES), lambda _, text: pseudo(text))
UNITS = load_units(Path(__file__).parents[2] / "modules" / "across-difference")
WRITTEN = (BlockKind.QUIZ, BlockKind.WORKSHEET, BlockKind.FIELD)
# What of a widget's state people read.
READ = "description value placeholder tooltip item words hint label summary blocks ask mark other text _options_labels".split()
MANY_TIMES = 5


@pytest.fixture(autouse=True)
def a_made_up_language() -> Iterator[None]:
    """A language in which no English word is left."""
    speak({code: pseudo(text) for code, text in to_learners().items()})
    yield
    speak("en")


def wrong_answer(item: Item) -> object:
    """An answer that is not right, or where nothing is, any."""
    ids = [option.id for option in item.options]
    match item.kind:
        case Kind.ONE:
            return [ids[1]]
        case Kind.MANY | Kind.CONFIDENCE:
            return ids[:1]
        case Kind.ORDER:
            return ids[::-1]
        case Kind.MATCH:
            return dict.fromkeys(ids, item.partners[0].id)
        case Kind.SCENARIO:
            return [item.scenes[0].choices[0].id]
    return "1"


def texts(value: object, key: str = "") -> Iterator[str]:
    """Every text in a piece of state, without ids and kinds, which nobody reads."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from texts(each, str(name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each, key)
    elif isinstance(value, str) and key not in ("id", "kind", "anchor"):
        yield re.sub(r"<[^>]*>|&\w+;", " ", value)


def shown(widget: ipywidgets.Widget) -> Iterator[str]:
    """Every text that stands in a panel."""
    for name in READ:
        # The value of a list to choose from is an id.
        if widget.has_trait(name) and not (name == "value" and widget.has_trait("index")):
            yield from texts(getattr(widget, name))
    for child in getattr(widget, "children", ()):
        yield from shown(child)


def english(found: Iterable[str]) -> list[str]:
    """What is left of English: gaps that the browser fills are none."""
    return [text for text in found if re.search("[A-Za-z]", re.sub(r"\{\w*\}", "", text))]


@pytest.mark.parametrize("id", [*UNIT.items])
def test_no_english_is_left_whatever_comes_of_a_question(id: str) -> None:
    item = UNIT.items[id]
    aloud: list[str] = []
    panel = QuizPanel(item, UNIT.keys[id], lambda text, _="": aloud.append(text))
    seen = [*shown(panel)]
    panel.widget._handle_custom_msg({"answer": None}, [])
    for _ in range(MANY_TIMES):
        panel.widget._handle_custom_msg({"answer": wrong_answer(item)}, [])
        seen += shown(panel)
    panel.reveal.click()
    seen += shown(panel)
    assert len(aloud) >= MANY_TIMES
    assert english((*seen, *aloud)) == []
    assert any("⟦" in text for text in seen)


def test_no_english_is_left_on_the_map_of_a_life() -> None:
    aloud: list[str] = []
    tool = MapTool("", lambda _: None, aloud.append, lambda: None)
    here = {"label": "7", "same": FAR, "different": FAR, "deed": Deed.HID}
    dots = [here | {"id": f"d{n}", "when": f"{1950 + n}"} for n in range(7)]
    tool.state = {"dots": dots, "tell": ""}
    words = {key: value for key, value in tool.words.items() if key not in ("longest", "bands", "deeds")}
    named = [text for _, text in (*tool.words["bands"], *tool.words["deeds"])]
    assert tool.mirror
    assert english((*texts(words), *named, tool.count, *tool.mirror, *aloud)) == []


def test_no_english_is_left_on_the_story_of_two_minutes() -> None:
    aloud: list[str] = []
    tool = StoryTool("", lambda _: None, aloud.append, lambda: None)
    tool.state = tool.state | {"moment": "7 7 7"}
    words = {key: value for key, value in tool.words.items() if key not in ("parts", "at", "most")}
    assert english((*texts(words), tool.count, tool.shorter, *aloud)) == []
    assert aloud


def test_the_presses_of_an_exercise_are_in_the_language_too() -> None:
    aloud: list[str] = []
    panel = ExercisePanel(load_exercise(EXERCISE), "", lambda _: None, aloud.append, lambda: None)
    panel.check.click()
    presses = [press.description for press in (panel.check, panel.compare, panel.again, panel.undo)]
    assert english((*presses, *texts(panel.widget.words), *aloud)) == []


@pytest.mark.parametrize("whole", UNITS, ids=lambda unit: unit.id)
def test_no_english_is_left_on_the_page_of_a_unit(whole: Unit, tmp_path: Path) -> None:
    page = UnitPage(Edition(worded(whole, lambda _, text: pseudo(text)), "qps"), tmp_path, Visitor())
    # What stands in an exercise is its own text, and no unit's.
    blocks = [page.block(block.id) for block in whole.blocks if block.kind in WRITTEN]
    seen = [text for widget in (page, *blocks, page.ending()) for text in shown(widget)]
    assert english(seen) == []
    assert len(seen) > len(whole.blocks)
