"""Whatever a browser sends to the pages of the module, nothing breaks, and only what could have been said is kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.apps.exercise_panel import ExercisePanel
from relexp.apps.map_tool import MapTool
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.story_tool import StoryTool
from relexp.apps.unit import UnitPage
from relexp.apps.visitor import Visitor
from relexp.apps.writing import Writing
from relexp.exchange.exercises import load_exercise
from relexp.exchange.shipped import shipped
from relexp.exchange.unit_words import Edition
from tests.apps.learners import MADE_UP, hears

KEYS = (
    "answer said number over what block by work text dots id label same different tell takes seconds day moment".split()
)
IDS = [*MADE_UP.items, *(option.id for item in MADE_UP.items.values() for option in item.options), "why-talk", "read"]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(IDS)
    | st.just("\ud800\x00")
)
SENT = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*KEYS, *IDS]), inner, max_size=5),
    max_leaves=12,
)
MESSAGES = SENT | st.dictionaries(st.sampled_from(KEYS), SENT, min_size=1, max_size=4)


@contextmanager
def no_faults() -> Iterator[None]:
    """What breaks in a widget is only logged: it is looked for there."""
    found: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = found.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("traitlets", "relexp")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    assert [record.getMessage() for record in found] == []


def panel(id: str) -> QuizPanel:
    made = QuizPanel(MADE_UP.items[id], MADE_UP.keys[id], lambda *_: None)
    # What is told of an answer is kept as JSON.
    made.answered = lambda answer, right: json.loads(json.dumps(answer))
    return made


@pytest.mark.parametrize("id", MADE_UP.items)
@given(sent=MESSAGES)
def test_a_question_marks_what_is_an_answer_and_passes_over_the_rest(id: str, sent: object) -> None:
    with no_faults():
        hears(panel(id).widget, sent)


@given(sent=MESSAGES)
def test_a_place_to_write_keeps_texts_and_nothing_else(sent: object) -> None:
    kept: list[object] = []
    with no_faults():
        hears(Writing("?", "", lambda said, over: kept.extend((said, over))), sent)
    assert all(isinstance(each, str | None) for each in kept)


@given(sent=MESSAGES)
def test_the_way_through_a_unit_notes_what_can_be_read_or_opened(sent: object) -> None:
    page = UnitPage(Edition(MADE_UP), Path(), Visitor())
    with no_faults():
        hears(page.contents, sent)
    assert set(page.contents.done) <= {"why-talk"}


@given(sent=MESSAGES)
def test_an_exercise_keeps_what_it_can_keep(sent: object) -> None:
    kept: list[str] = []
    exercise = load_exercise(shipped("exercises") / "mend-the-plan")
    made = ExercisePanel(exercise, "", kept.append, lambda _: None, lambda: None)
    with no_faults():
        hears(made.widget, sent)
    assert all(isinstance(each, str) for each in kept)


@pytest.mark.parametrize("tool", [MapTool, StoryTool])
@given(sent=MESSAGES)
def test_a_tool_keeps_what_it_can_read_again(tool: type[ipywidgets.Widget], sent: object) -> None:
    kept: list[str] = []
    made = tool("", kept.append, lambda _: None, lambda: None)
    made.state = sent
    for said in kept:
        assert tool(said, kept.append, lambda _: None, lambda: None).unread == ""
