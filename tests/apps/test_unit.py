"""A unit on the page: what is done in each of its blocks is noted once, kept, and found again; nothing is lost on the way."""

from __future__ import annotations

import json

import ipywidgets
import pytest

from relexp.apps.exercise_panel import ExercisePanel
from relexp.apps.map_tool import MapTool
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Download
from relexp.apps.writing import Writing
from relexp.learning.progress import Verb, standing
from relexp.learning.unit import BlockKind
from relexp.messages import Fault, say
from tests.apps.learners import MADE_UP, NOW, UNITS, busy, hears, learner, press, read, types, unit_page, within

QUIZ, SHEET, FIELD = "what-you-think", "look-back", "go-and-talk"
SAMENESS = next(unit for unit in UNITS if unit.id == "sameness-and-difference")
STORY = next(unit for unit in UNITS if unit.id == "story-and-self-interest")


def question(page, id):
    """The panel of a question."""
    panels = within(page.block(QUIZ), QuizPanel)
    return next(panel for panel in panels if panel.widget.item["ask"] == MADE_UP.items[id].ask)


def answers(panel, answer):
    hears(panel.widget, {"answer": answer})


def deeds(store, me):
    """What is kept of what somebody did."""
    events = sorted(store.learning.events(me.identity.id), key=lambda event: (str(event.verb), event.item))
    return [(str(event.verb), event.block, event.item) for event in events]


def test_what_comes_into_view_is_where_one_goes_on_and_a_text_is_read_once(store):
    me = learner(store)
    page = unit_page(me)
    assert (page.contents.go, page.contents.begun) == ("why-talk", False)
    hears(page.contents, {"what": "opened", "block": "why-talk"})
    assert (page.contents.go, page.contents.begun) == ("why-talk", True)
    for _ in range(2):
        hears(page.contents, {"what": "read", "block": "why-talk", "by": "hand"})
    assert page.voice.text == "Noted as read."
    assert (page.contents.done, page.contents.go) == (["why-talk"], QUIZ)
    assert page.contents.summary == f"1 of {len(MADE_UP.blocks)} parts done: 1 of {MADE_UP.minutes} minutes"
    assert deeds(store, me) == [("opened", "why-talk", ""), ("read", "why-talk", "")]
    assert unit_page(me).contents.done == ["why-talk"]


@pytest.mark.parametrize(
    "said",
    [
        "opened",
        None,
        {"what": "read"},
        {"what": "asked", "block": "why-talk"},
        {"what": ["read"], "block": "why-talk"},
        {"what": "read", "block": ["why-talk"]},
        {"what": "read", "block": "nowhere"},
        {"what": "read", "block": "pair-a-room"},
        {"what": "read", "block": "your-map"},
    ],
)
def test_what_the_contents_cannot_have_said_is_passed_over(store, said, caplog):
    me = learner(store)
    page = unit_page(me)
    hears(page.contents, said)
    assert (deeds(store, me), page.contents.done, caplog.records) == ([], [], [])


def test_a_block_that_is_not_there_is_none(store):
    with pytest.raises(KeyError):
        unit_page(learner(store)).block("nowhere")


def test_an_answer_is_noted_kept_and_stands_there_again(store):
    me = learner(store)
    answers(question(unit_page(me), "one"), ["worse"])
    again = question(unit_page(me), "one")
    assert again.widget.draft == ["worse"]
    # The first help is there, too, as it was.
    assert "Think of the last one" in read(again)
    answers(again, ["better"])
    assert deeds(store, me) == [("answered", QUIZ, "one"), ("answered", QUIZ, "one")]
    third = question(unit_page(me), "one")
    assert (third.widget.draft, "Think of the last one" in read(third)) == (["better"], False)


def test_an_answer_that_was_kept_and_is_none_any_more_leaves_the_question_open(store):
    me = learner(store)
    store.learning.write(me.identity.id, MADE_UP.id, "one", "[", NOW, 0)
    assert question(unit_page(me), "one").widget.draft == []


def test_one_question_answered_on_two_pages_is_answered_on_both(store):
    me = learner(store)
    one, other = unit_page(me), unit_page(me)
    answers(question(one, "one"), ["worse"])
    answers(question(other, "one"), ["better"])
    assert (one.notice.value, other.notice.value) == ("", "")
    assert json.loads(store.learning.texts(me.identity.id)[MADE_UP.id, "one"].said) == ["better"]


def test_an_answer_that_was_shown_settles_a_question(store):
    me = learner(store)
    panel = question(unit_page(me), "order")
    for _ in range(2):
        answers(panel, ["commit", "talk", "arrive"])
    panel.reveal.click()
    assert "ArriveTalkCommit" in read(panel)
    assert deeds(store, me)[-1] == ("helped", QUIZ, "order")
    assert "order" in standing(MADE_UP, store.learning.events(me.identity.id)).settled


def test_a_scenario_is_done_at_its_end_whichever_it_is_and_not_before(store):
    me = learner(store)
    page = unit_page(me)
    panel = question(page, "scenario")
    answers(panel, ["wave"])
    assert deeds(store, me) == []
    answers(panel, ["ask-why"])
    (event,) = store.learning.events(me.identity.id)
    assert (event.item, event.right) == ("scenario", None)
    other = learner(store)
    answers(question(unit_page(other), "scenario"), ["phone"])
    assert [event.right for event in store.learning.events(other.identity.id)] == [None]


def test_reasons_in_ones_own_words_are_kept_beside_the_answer(store):
    me = learner(store)
    panel = question(unit_page(me), "one")
    (why,) = within(panel, Writing)
    assert types(why, "Because I was there.") == "kept"
    assert store.learning.texts(me.identity.id)[MADE_UP.id, "one.why"].said == "Because I was there."
    # To say why settles no question.
    assert deeds(store, me) == []


def test_a_worksheet_is_done_once_something_stands_at_each_prompt(store):
    me = learner(store)
    page = unit_page(me)
    first, second = within(page.block(SHEET), Writing)
    assert types(first, "   ") == "kept"
    assert deeds(store, me) == []
    types(first, "A baker.", 2)
    types(first, "A baker, and his son.", 3)
    assert SHEET not in page.contents.done
    types(second, "Bread.")
    assert SHEET in page.contents.done
    assert deeds(store, me) == [("wrote", SHEET, "first-word"), ("wrote", SHEET, "last-stranger")]
    assert next(within(unit_page(me).block(SHEET), Writing)).said == "A baker, and his son."


def test_it_is_said_beforehand_which_words_others_may_read(store):
    page = unit_page(learner(store), STORY)
    shared = [id for id, prompt in STORY.prompts.items() if prompt.visibility != "me"]
    sheets = [block for block in STORY.blocks if block.kind is BlockKind.WORKSHEET]
    hints = {each.ask: each.hint for block in sheets for each in within(page.block(block.id), Writing)}
    for id, prompt in STORY.prompts.items():
        assert ("may read this one" in hints[prompt.ask]) == (id in shared)


def test_whoever_went_out_notes_it_with_the_minutes_it_took(store):
    me = learner(store)
    page = unit_page(me)
    block = page.block(FIELD)
    (minutes,) = within(block, ipywidgets.BoundedIntText)
    evidence, *review = within(block, Writing)
    minutes.value = 35
    press(block, "I have done this")
    # There has to be something that shows it.
    assert "Write first what shows it" in read(block)
    assert (minutes.value, store.learning.events(me.identity.id)) == (35, ())
    types(evidence, "A talk by the tea urn.")
    for _ in range(2):
        press(block, "I have done this")
    assert minutes.value == 0
    assert "Noted: you have done this." in read(block)
    events = store.learning.events(me.identity.id)
    assert [event.minutes for event in events if event.verb is Verb.LOGGED] == [35]
    assert {event.item for event in events} == {"one-talk"}
    assert "Noted: you have done this." in read(unit_page(me).block(FIELD))
    types(review[0], "I listened.")
    assert {item for _, item in store.learning.texts(me.identity.id)} == {"one-talk", "one-talk.1"}


def test_minutes_noted_while_the_store_is_busy_are_neither_lost_nor_counted_twice(store):
    me = learner(store)
    page = unit_page(me)
    block = page.block(FIELD)
    (minutes,) = within(block, ipywidgets.BoundedIntText)
    minutes.value = 35
    types(next(iter(within(block, Writing))), "A talk by the tea urn.")
    with busy(store):
        press(block, "I have done this")
        assert "Not kept yet. It stays here, and is tried again." in page.notice.value
        assert "sqlite" not in page.notice.value
        assert "Noted" not in read(block)
        assert FIELD in page.contents.done
    press(block, "I have done this")
    assert "Noted: you have done this." in read(block)
    events = store.learning.events(me.identity.id)
    assert [event.minutes for event in events if event.verb is Verb.LOGGED] == [35]


def test_minutes_by_the_block_are_noted_and_the_last_are_taken_back(store):
    me = learner(store)
    page = unit_page(me)
    ending = page.ending()
    press(ending, "Note the minutes")
    assert "Say first how many minutes" in read(ending)
    assert ending.undo.disabled
    ending.block.value, ending.minutes.value = SHEET, 12
    press(ending, "Note the minutes")
    assert ending.minutes.value == 0
    assert "You have noted 12 minutes" in read(ending)
    press(ending, "Undo")
    assert "You have noted 0 minutes" in read(ending)
    assert ending.undo.disabled
    assert [event.minutes for event in store.learning.events(me.identity.id)] in ([12, -12], [-12, 12])


def test_minutes_that_wait_for_a_busy_store_are_noted_once_and_can_be_taken_back(store):
    me = learner(store)
    page = unit_page(me)
    ending = page.ending()
    ending.minutes.value = 12
    with busy(store):
        press(ending, "Note the minutes")
    assert page.notice.value
    assert (ending.minutes.value, ending.undo.disabled) == (0, False)
    press(ending, "Undo")
    assert sorted(event.minutes for event in store.learning.events(me.identity.id)) == [-12, 12]


def test_the_journal_is_kept_and_the_way_home_is_there_where_anything_is_kept(store):
    me = learner(store)
    (journal,) = within(unit_page(me).ending(), Writing)
    assert types(journal, "Two lines.") == "kept"
    assert store.learning.texts(me.identity.id)[MADE_UP.id, "journal"].said == "Two lines."
    assert 'href="../learn"' in unit_page(me).ending().children[-1].value
    nobody = unit_page(Visitor())
    assert "To your first page" not in read(nobody.ending())
    assert "Nothing that you do or write here is kept" in nobody.about.value


def test_where_the_store_could_not_be_opened_the_page_says_why_and_that_nothing_is_kept(store):
    fault = Fault(say("store.nobody"))
    page = unit_page(Visitor(learner(store).identity, None, True, (fault,)))
    assert str(fault.message) in read(page)
    assert "without relexp" not in read(page)
    assert not next(within(page.ending(), Writing)).keeps


def test_work_on_a_tool_is_kept_and_a_clash_is_told_and_nothing_written_over(store):
    me = learner(store)
    block = next(block for block in SAMENESS.blocks if block.tool == "two-axis-map")
    pages = [unit_page(me, SAMENESS) for _ in range(2)]
    one, other = (next(within(page.block(block.id), MapTool)) for page in pages)
    dot = {"id": "d1", "label": "Choir", "same": 1, "different": 2, "when": "2020", "deed": "", "words": "", "was": ""}
    one.state = {"dots": [dot], "tell": ""}
    kept = store.learning.texts(me.identity.id)[SAMENESS.id, block.id].said
    assert "Choir" in kept
    for label in ("Queue", "Queue at the chemist"):
        other.state = {"dots": [dot | {"label": label}], "tell": ""}
        assert "what you do here now is not kept" in pages[1].notice.value
        assert store.learning.texts(me.identity.id)[SAMENESS.id, block.id].said == kept
    (again,) = within(unit_page(me, SAMENESS).block(block.id), MapTool)
    assert again.state["dots"][0]["label"] == "Choir"


def test_an_exercise_that_passes_is_done_once(store):
    me = learner(store)
    unit, block = next((u, b) for u in UNITS for b in u.blocks if b.kind is BlockKind.EXERCISE)
    page = unit_page(me, unit)
    (panel,) = within(page.block(block.id), ExercisePanel)
    hears(panel.widget, {"text": panel._exercise.exemplar})
    for _ in range(2):
        panel.check.click()
    assert deeds(store, me) == [("wrote", block.id, "")]
    (again,) = within(unit_page(me, unit).block(block.id), ExercisePanel)
    assert again.widget.text == panel._exercise.exemplar


def test_whatever_breaks_is_told_in_one_sentence(store, caplog):
    page = unit_page(learner(store))

    def broken():
        raise RuntimeError("ours")

    page._guard(broken)
    assert "Traceback" not in page.notice.value
    assert page.notice.value == f'<p class="note">{page.voice.text}</p>'


def test_a_unit_can_be_taken_on_paper(store):
    small, large = within(unit_page(learner(store), SAMENESS), Download)
    assert (small.filename, large.filename) == (f"{SAMENESS.id}.html", f"{SAMENESS.id}-large.html")
    assert small.make() != large.make()


def test_work_that_a_busy_store_did_not_take_is_kept_with_the_next_thing_that_is_done(store):
    me = learner(store)
    unit, block = next((u, b) for u in UNITS for b in u.blocks if b.kind is BlockKind.EXERCISE)
    page = unit_page(me, unit)
    (panel,) = within(page.block(block.id), ExercisePanel)
    with busy(store):
        hears(panel.widget, {"text": panel._exercise.exemplar})
    assert page.notice.value
    assert store.learning.texts(me.identity.id) == {}
    hears(page.contents, {"what": "opened", "block": block.id})
    assert store.learning.texts(me.identity.id)[unit.id, block.id].said == panel._exercise.exemplar
