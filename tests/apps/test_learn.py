"""A learner's first page: where they go on, what comes again, what they wrote, and a record that can be confirmed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import ipywidgets
import pytest

from relexp.apps.learn import Learn, learn
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.record_panel import RecordPanel
from relexp.apps.visitor import Visitor
from relexp.apps.writing import Writing
from relexp.learning.progress import Verb
from relexp.learning.unit import BlockKind
from relexp.messages import Fault, say
from relexp.privacy.roles import Role
from tests.apps.learners import NOW, UNITS, all_of, busy, did, hears, learner, press, read, types, within

DAY = timedelta(days=1)
START, WHY, SAMENESS, STORY = UNITS


def page(visitor, at=NOW):
    return Learn(UNITS, visitor, lambda: at)


def shown(widget):
    return widget.layout.display != "none"


def knows(store, me, unit, at=NOW):
    """Somebody answered one question of a unit; which it is."""
    block = next(block for block in unit.blocks if block.kind is BlockKind.QUIZ)
    id = next(id for id in block.items if unit.items[id].kind == "one")
    store.learning.add(me.identity.id, [did(Verb.ANSWERED, unit.id, block.id, id, at=at, right=True)])
    return id


def test_a_new_learner_is_asked_to_begin_and_has_written_nothing(store):
    found = page(learner(store))
    assert "Begin: Start here" in read(found)
    assert "Nothing yet." in read(found)
    assert not shown(found.take)
    assert "Your own link" in read(found)
    assert f"0 of {len(WHY.blocks)} parts done" in read(found)
    assert "Do you still know?" not in read(found)


def test_only_a_learner_has_a_link_of_their_own_and_without_relexp_it_is_said_that_nothing_is_kept(store):
    assert "Your own link" not in read(page(learner(store, role=Role.TRAINER)))
    nobody = page(Visitor())
    assert "Nothing that you do or write here is kept" in read(nobody)
    assert not shown(nobody.record.badge)
    assert "Ask a trainer to confirm it" not in [each.description for each in within(nobody, ipywidgets.Button)]
    press_downloads(nobody.record)


def test_where_the_store_could_not_be_opened_the_page_says_why(store):
    fault = Fault(say("store.nobody"))
    found = page(Visitor(learner(store).identity, None, True, (fault,)))
    assert str(fault.message) in read(found)
    assert "without relexp" not in read(found)


def press_downloads(record: RecordPanel) -> tuple[str, str]:
    return record.page.make().decode(), record.file.make().decode()


def test_the_app_itself_is_the_page_of_whoever_looks_at_it(store):
    assert "Organising together across difference" in read(learn())


def test_one_goes_on_in_the_unit_where_one_was_also_after_a_question_of_another_came_again(store):
    me = learner(store)
    id = knows(store, me, WHY)
    block = SAMENESS.blocks[1]
    store.learning.add(me.identity.id, [did(Verb.OPENED, SAMENESS.id, block.id, at=NOW + DAY)])
    quiz = next(each for each in WHY.blocks if id in each.items)
    store.learning.add(me.identity.id, [did(Verb.RECALLED, WHY.id, quiz.id, id, at=NOW + 9 * DAY, right=True)])
    assert f"Go on: {SAMENESS.title}, “{block.title}”" in read(page(me))


def test_whoever_is_through_a_unit_goes_on_with_the_next_that_is_not_done(store):
    me = learner(store)
    store.learning.add(me.identity.id, all_of(START))
    assert f"Begin: {WHY.title}" in read(page(me))
    for unit in (WHY, SAMENESS, STORY):
        store.learning.add(me.identity.id, all_of(unit))
    assert "You are through all units" in read(page(me))


def test_what_was_answered_comes_again_and_its_first_answer_counts(store):
    me = learner(store)
    knows(store, me, WHY)
    later = NOW + 30 * DAY
    found = page(me, later)
    assert "Do you still know?" in read(found)
    (panel,) = within(found, QuizPanel)
    options = [option["id"] for option in panel.widget.item["options"]]
    for option in options:
        hears(panel.widget, {"answer": [option]})
    (event,) = (each for each in store.learning.events(me.identity.id) if each.verb is Verb.RECALLED)
    assert event.right in (True, False)
    assert not [*within(page(me, later), QuizPanel)]


def test_a_question_that_comes_again_and_is_shown_was_not_known(store):
    me = learner(store)
    knows(store, me, WHY)
    (panel,) = within(page(me, NOW + 30 * DAY), QuizPanel)
    panel.reveal.click()
    (event,) = (each for each in store.learning.events(me.identity.id) if each.verb is Verb.RECALLED)
    assert event.right is False


def test_what_one_wrote_stands_there_escaped_and_can_be_taken_along(store):
    me = learner(store)
    prompt = next(iter(STORY.prompts))
    said = {("start", "journal"): "<b>দাদি</b> & my aunt", (STORY.id, prompt): "A baker."}
    for (unit, item), text in said.items():
        store.learning.write(me.identity.id, unit, item, text, NOW, 0)
    found = page(me)
    assert "&lt;b&gt;দাদি&lt;/b&gt; &amp; my aunt" in found.written.value
    assert shown(found.take)
    taken = found.take.make().decode("utf-8-sig")
    assert all(text in taken for text in said.values())
    assert STORY.title in taken


def test_the_record_tells_the_hours_and_a_summary_in_ones_own_words(store):
    me = learner(store, "Ngozi Adébáyò-Llywelyn")
    store.learning.add(me.identity.id, all_of(START))
    record = page(me).record
    assert isinstance(record, RecordPanel)
    (summary,) = within(record, Writing)
    assert types(summary, "I learnt to <ask> twice.") == "kept"
    paper, statements = press_downloads(record)
    assert "I learnt to &lt;ask&gt; twice." in paper
    assert "Ngozi Adébáyò-Llywelyn" in paper
    assert {each["verb"]["display"]["en"] for each in json.loads(statements)} >= {"completed"}
    # The way to it does not know who it is, nor what was written.
    assert "Ngozi" not in statements
    assert "twice" not in statements


def test_whoever_asked_waits_and_can_ask_again_once_it_was_confirmed(store):
    me, tutor = learner(store), store.identities.add(Role.TRAINER, "Carys Pugh", NOW)
    record = page(me).record
    assert shown(record.ask)
    press(record, "Ask a trainer to confirm it")
    assert not shown(record.ask)
    assert "You have asked for this record to be confirmed." in read(record)
    assert not shown(page(me).record.ask)
    store.learning.confirm(me.identity.id, tutor, 60, "Well done.", NOW + DAY, organisation="Bethel")
    again = page(me, NOW + 2 * DAY).record
    assert "Well done." in read(again)
    # There is more to confirm by and by, and a badge needs a word from the end.
    assert shown(again.ask)
    press(again, "Ask a trainer to confirm it")
    assert not shown(again.ask)
    assert set(store.learning.waiting()) == {me.identity.id}


def test_asking_while_the_store_is_busy_is_told_and_asked_once(store):
    me = learner(store)
    found = page(me)
    with busy(store):
        press(found.record, "Ask a trainer to confirm it")
    assert found.notice.value
    types(next(within(found.record, Writing)), "Two lines.")
    assert [event.verb for event in store.learning.events(me.identity.id)] == [Verb.ASKED]


@pytest.mark.parametrize(
    ("through", "confirmed", "badge"),
    [(UNITS, 2, True), (UNITS, -2, False), (UNITS[1:], 2, False), (UNITS, None, False)],
)
def test_a_badge_is_there_once_all_is_done_and_was_confirmed_after_that(
    store, monkeypatch, tmp_path, through, confirmed, badge
):
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "key"))
    me, tutor = learner(store, "Ngozi"), store.identities.add(Role.TRAINER, "Carys Pugh", NOW)
    for unit in through:
        store.learning.add(me.identity.id, all_of(unit))
    if confirmed is not None:
        at = NOW + confirmed * DAY
        store.learning.confirm(me.identity.id, tutor, 60, "", at, organisation="Canolfan Bethel")
    record = page(me).record
    assert shown(record.badge) is badge
    if badge:
        picture = record.badge.make().decode()
        assert "<svg" in picture
        assert "Canolfan Bethel" in picture
        assert Path(tmp_path / "key-badges.pem").is_file()
