"""A trainer sees how a group moves, confirms the record of whoever asked, and never reads what anybody wrote."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from relexp.apps.cohort import CohortPage, cohort
from relexp.apps.leader_learnt import learnt
from relexp.apps.visitor import Visitor
from relexp.learning.progress import Verb
from relexp.learning.unit import BlockKind
from relexp.messages import Fault, say
from relexp.privacy.roles import Role
from tests.apps.learners import NOW, UNITS, all_of, comes, did, learner, press, read

START, _, SAMENESS, STORY = UNITS
DAY = timedelta(days=1)
SHARED = next(id for id, prompt in STORY.prompts.items() if prompt.visibility != "me")


def page(visitor, at=NOW + DAY):
    return CohortPage(UNITS, visitor, lambda: at)


@pytest.fixture
def trainer(store):
    return learner(store, "Siân Prys", Role.TRAINER)


def asks(store, name="Ngozi Adébáyò-Llywelyn", at=NOW):
    """Somebody who is through the first unit, and asked for it to be confirmed."""
    me = learner(store, name).identity.id
    store.learning.add(me, [*all_of(START), did(Verb.ASKED, "", "", at=at)])
    return me


def learn(store, many, unit=START):
    """So many learners who came to a unit."""
    those = [learner(store).identity.id for _ in range(many)]
    for id in those:
        store.learning.add(id, [did(Verb.OPENED, unit.id, unit.blocks[0].id)])
    return those


def test_of_fewer_than_five_nothing_is_shown(store, trainer):
    learn(store, 4)
    found = page(trainer)
    assert "Figures are shown once 5 people learn here" in read(found)
    assert found.shown.value == ""
    assert found.found.layout.display == "none"


def test_whoever_looks_does_not_count_themselves(store, trainer):
    learn(store, 4)
    store.learning.add(trainer.identity.id, [did(Verb.OPENED, START.id, START.blocks[0].id)])
    # They know what they did themselves: what is left is of four.
    assert "Figures are shown once 5 people learn here" in read(page(trainer))


def test_a_unit_is_picked_and_its_counts_are_shown(store, trainer):
    learn(store, 6)
    learn(store, 6, STORY)
    found = page(trainer)
    assert "12 people learn here. In the last 30 days, 12 of 12 did something." in read(found)
    assert "Begun by 6 of 12" in read(found)
    found.pick.value = len(UNITS) - 1
    assert STORY.blocks[0].title in read(found)


def test_without_a_store_the_page_says_so():
    found = page(Visitor())
    assert "Nobody has asked for it just now." in read(found)
    assert found.confirm.sheet.layout.display == "none"


def test_where_the_store_could_not_be_opened_the_page_says_why(store, trainer):
    fault = Fault(say("store.nobody"))
    assert str(fault.message) in read(page(Visitor(trainer.identity, None, True, (fault,))))


def test_a_store_that_cannot_be_read_any_more_is_told_of_and_nothing_else_breaks(store, trainer):
    learn(store, 6)
    trainer.store.close()
    for file in Path(store.url.removeprefix("sqlite:///")).parent.glob("relexp.sqlite3*"):
        file.write_bytes(b"no database any more" * 999)
    found = page(trainer)
    before = found.notice.value
    assert before
    found.pick.value = 1
    assert found.notice.value == before


def test_the_app_itself_is_the_page_of_whoever_looks_at_it(store):
    assert "Those who learn" in read(cohort())


@pytest.mark.parametrize(("many", "told"), [(4, False), (5, True)])
def test_lines_that_were_to_be_passed_on_are_shown_of_five_people_and_of_no_fewer(store, trainer, many, told):
    those = learn(store, 6)
    for place, id in enumerate(those[:many]):
        store.learning.write(id, STORY.id, SHARED, f"Lesson <{place}>", NOW, 0)
    store.learning.write(trainer.identity.id, STORY.id, SHARED, "My own", NOW, 0)
    found = page(trainer)
    found.pick.value = len(UNITS) - 1
    assert ("Lesson &lt;0&gt;" in found.shown.value) is told
    assert "My own" not in found.shown.value


def test_nothing_that_is_somebodys_own_is_on_the_page(store, trainer):
    those = learn(store, 6)
    asks(store)
    for id in (*those, *store.learning.shown()):
        for unit in UNITS:
            for place in ("journal", *(each for each in unit.prompts if each != SHARED), *unit.tasks):
                store.learning.write(id, unit.id, place, "Nobody else reads this", NOW, 0)
    found = page(trainer)
    for place in range(len(UNITS)):
        found.pick.value = place
        assert "Nobody else reads this" not in read(found)
    assert "Nobody else reads this" not in found.confirm.sheet.make().decode()


def test_whoever_asked_is_shown_with_what_they_showed_and_confirmed_in_the_name_of_somebody(store, trainer):
    me = asks(store)
    store.learning.write(me, "", "summary", "I learnt to <ask> twice.", NOW, 0)
    panel = page(trainer).confirm
    assert panel.name.value == "Siân Prys"
    assert "I learnt to &lt;ask&gt; twice." in panel.record.value
    assert panel.minutes.value == START.minutes
    press(panel, "Confirm the record")
    assert "Say who confirms it" in read(panel)
    panel.organisation.value, panel.words.value, panel.minutes.value = "Canolfan Bethel", " Well done. ", 40
    press(panel, "Confirm the record")
    assert "Confirmed." in read(panel)
    (found,) = store.learning.confirmations(me)
    assert (found.by, found.organisation, found.minutes, found.said) == (
        "Siân Prys",
        "Canolfan Bethel",
        40,
        "Well done.",
    )
    assert "Nobody has asked for it just now." in read(panel)
    assert panel.sheet.layout.display != "none"


def test_a_second_press_confirms_nobody_else(store, trainer):
    those = [asks(store, name) for name in ("Amina", "Bethan")]
    panel = page(trainer).confirm
    panel.organisation.value = "Canolfan Bethel"
    first = panel.who.value
    for _ in range(2):
        press(panel, "Confirm the record")
    other = next(id for id in those if id != first)
    assert len(store.learning.confirmations(first)) == 1
    assert store.learning.confirmations(other) == ()
    # Whose record is next is chosen, and looked at.
    assert (panel.who.value, panel.record.value) == (None, "")
    panel.who.value = other
    press(panel, "Confirm the record")
    assert len(store.learning.confirmations(other)) == 1


def test_nobody_confirms_their_own_record(store, trainer):
    store.learning.add(trainer.identity.id, [*all_of(START), did(Verb.ASKED, "", "")])
    assert "Nobody has asked for it just now." in read(page(trainer).confirm)
    other = learner(store, "Carys", Role.TRAINER)
    assert page(other).confirm.who.value == trainer.identity.id


def test_somebody_without_a_name_or_a_summary_can_be_confirmed(store, trainer):
    me = asks(store, "")
    panel = page(trainer).confirm
    assert panel.who.options == (("Somebody who gave no name", me),)
    assert "They wrote no summary." in read(panel)
    assert "Somebody who gave no name" in panel.sheet.make().decode()


def test_what_went_wrong_while_confirming_is_told_and_nothing_is_kept(store, trainer):
    me = asks(store)
    found = page(trainer)
    found.confirm.organisation.value = "Canolfan Bethel"
    found.confirm.words.value = "a" * 70_000
    press(found.confirm, "Confirm the record")
    assert "60,000" in read(found)
    assert found.confirm.words.value
    assert store.learning.confirmations(me) == ()


def test_leaders_are_told_of_by_name_where_they_asked_and_of_nobody_else(store):
    unit, block = next((u, b) for u in UNITS for b in u.blocks if b.kind is BlockKind.FIELD)
    silent, nameless, shows = (learner(store, name).identity.id for name in ("Bethan", "", "Amina"))
    for id in (silent, nameless, shows):
        store.learning.add(id, [did(Verb.WENT_OUT, unit.id, block.id)])
    assert [*learnt(store)] == []
    for id in (nameless, shows):
        store.learning.add(id, [did(Verb.ASKED, "", "")])
    ((name, day, what, source),) = learnt(store)
    assert (name, day, source) == ("Amina", NOW.astimezone().date(), f"module {unit.id}/{block.id}")
    assert block.title in what


def test_two_devices_of_one_trainer_see_the_same(store, trainer):
    asks(store)
    again = comes(store, trainer.identity)
    assert page(trainer).confirm.who.options == page(again).confirm.who.options
