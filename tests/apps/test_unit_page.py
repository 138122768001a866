"""A learner at a unit's page and at their record: what they leave empty, what they note, and what two devices do."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relexp.apps.cohort import CohortPage
from relexp.apps.learn import Learn
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.unit import UnitPage
from relexp.apps.visitor import Visitor
from relexp.apps.writing_panels import Worksheet
from relexp.exchange.unit_words import Edition
from relexp.exchange.units import load_units
from relexp.learning.unit import BlockKind, Unit
from relexp.privacy.roles import Role
from relexp.store import Store, open_store
from relexp.store.learning import LONGEST_TEXT

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
UNITS = load_units(Path(__file__).parents[2] / "modules" / "across-difference")
START: Unit = UNITS[0]


@pytest.fixture
def learner(store: Store) -> Visitor:
    me = store.identities.add(Role.LEARNER, "", NOW)
    # Of a store that is busy they wait a moment only.
    return Visitor(me, store.drafts, store=open_store(store.url, patience=0.05), edition=store.edition)


def opened(visitor: Visitor, tmp_path: Path) -> UnitPage:
    return UnitPage(Edition(START, "en"), tmp_path, visitor, lambda: NOW)


def worksheet(page: UnitPage) -> Worksheet:
    block = next(each for each in START.blocks if each.kind is BlockKind.WORKSHEET)
    (made,) = page.block(block.id).children
    assert isinstance(made, Worksheet)
    return made


def write(place: object, said: str) -> None:
    place._handle_custom_msg({"said": said, "number": 1}, [])  # type: ignore[attr-defined]


def question(page: UnitPage, id: str) -> QuizPanel:
    """One of the questions of the first block."""
    places = page.unit.block("how-it-works").items
    return page.block("how-it-works").children[0].children[places.index(id)]


def test_whoever_wrote_something_may_leave_the_rest_of_a_worksheet_empty(learner: Visitor, tmp_path: Path) -> None:
    page = opened(learner, tmp_path)
    sheet = worksheet(page)
    sheet.leave.click()
    assert "Write in one at least" in sheet.said.value
    assert page.contents.done == []
    write(sheet.writings[0], "Three, and one of them is A.")
    assert page.contents.done == []
    assert sheet.leave.layout.display is None
    sheet.leave.click()
    assert page.contents.done == ["where-i-start"]
    assert sheet.leave.layout.display == "none"
    assert "this part is done" in sheet.said.value
    # It stays so on any device.
    assert worksheet(opened(learner, tmp_path)).leave.layout.display == "none"


def test_minutes_that_are_noted_beside_a_task_are_counted_at_the_end_of_the_page(
    learner: Visitor, tmp_path: Path
) -> None:
    page = opened(learner, tmp_path)
    ending = page.ending()
    (tasks,) = page.block("say-it-aloud").children
    write(tasks.children[0].children[1], "On the stairs, Thursday.")
    minutes, press = tasks.children[0].children[-2].children
    minutes.value = 7
    press.click()
    assert "You have noted <bdi>7</bdi> minutes" in ending.said.value
    ending.minutes.value = 90
    ending.note_it.click()
    assert "<bdi>97</bdi>" in ending.said.value
    ending.undo.click()
    assert "<bdi>7</bdi>" in ending.said.value
    assert page.voice.go == "start-minutes"


def test_a_question_that_is_answered_on_two_devices_keeps_the_later_answer(learner: Visitor, tmp_path: Path) -> None:
    here, there = opened(learner, tmp_path), opened(learner, tmp_path)
    for page, chosen in ((here, "fifty"), (there, "thirty"), (here, "hour")):
        panel = question(page, "what-counts")
        panel.widget._handle_custom_msg({"answer": [chosen]}, [])
        assert page.notice.value == ""
    assert '"hour"' in learner.store.learning.texts(learner.identity.id)["start", "what-counts"].said


def test_a_question_that_is_settled_says_so_when_the_page_is_opened_again(learner: Visitor, tmp_path: Path) -> None:
    right, given = (question(opened(learner, tmp_path), id) for id in ("what-counts", "what-is-it"))
    right.widget._handle_custom_msg({"answer": ["fifty"]}, [])
    given.widget._handle_custom_msg({"answer": ["reading"]}, [])
    given.reveal.click()
    again = opened(learner, tmp_path)
    assert "The real time" in question(again, "what-counts").said.value
    assert "Twenty-five hours" in question(again, "what-is-it").said.value
    # What nobody answered says nothing, and nothing is read aloud that nobody asked for.
    assert question(again, "who-sees-it").said.value == ""
    assert again.voice.text == ""


def test_a_text_that_is_too_long_says_so_beside_it(learner: Visitor, tmp_path: Path) -> None:
    journal = opened(learner, tmp_path).ending().journal
    write(journal, "a" * (LONGEST_TEXT + 1))
    assert journal.state == "not_kept"
    assert "more than one box holds" in journal.why
    write(journal, "a")
    assert (journal.state, journal.why) == ("kept", "")


def test_a_record_that_was_confirmed_may_be_asked_for_again(learner: Visitor, store: Store) -> None:
    def record(hours: int) -> object:
        return Learn(UNITS, learner, lambda: NOW + timedelta(hours=hours)).record

    first = record(0)
    assert "has no name on it yet" in first.told.value
    first.ask.click()
    assert "You have asked" in first.told.value
    assert record(1).ask.layout.display == "none"
    tutor = store.identities.add(Role.TRAINER, "Siân Prys", NOW)
    store.learning.confirm(learner.identity.id, tutor, 30.0, "", NOW + timedelta(hours=2), organisation="Bethel")
    later = record(3)
    assert "You have asked" not in later.told.value
    assert later.ask.layout.display is None
    later.ask.click()
    assert record(4).ask.layout.display == "none"
    assert learner.identity.id in store.learning.waiting(but="")


def test_a_second_press_confirms_nobody_elses_record(store: Store) -> None:
    for name in ("Ngozi Adébáyò", "রহিমা খাতুন"):
        asks = store.identities.add(Role.LEARNER, name, NOW)
        Learn(UNITS, Visitor(asks, store.drafts, store=store), lambda: NOW).record.ask.click()
    tutor = store.identities.add(Role.TRAINER, "Siân Prys", NOW)
    panel = CohortPage(UNITS, Visitor(tutor, store.drafts, store=store), lambda: NOW + timedelta(hours=1)).confirm
    panel.organisation.value = "Canolfan Bethel"
    panel.press.click()
    panel.press.click()
    assert "Confirmed" in panel.told.value
    assert [name for name, _ in panel.who.options] == [*store.learning.waiting(but="").values()]
    assert len(panel.who.options) == 1
    panel.who.value = panel.who.options[0][1]
    assert panel.told.value == ""
    panel.press.click()
    assert len(panel.who.options) == 0


def test_a_busy_store_is_told_without_where_it_lies_and_no_longer_than_it_lasts(
    learner: Visitor, store: Store, tmp_path: Path
) -> None:
    page = opened(learner, tmp_path)
    panel = question(page, "what-counts")
    holder = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    panel.widget._handle_custom_msg({"answer": ["fifty"]}, [])
    assert "Not kept yet." in page.notice.value
    holder.execute("ROLLBACK")
    holder.close()
    panel.widget._handle_custom_msg({"answer": ["fifty"]}, [])
    assert page.notice.value == ""
