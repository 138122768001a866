"""What a learner does and writes is kept at once, found on any device, and never written over unseen."""

from __future__ import annotations

import pytest

from relexp.apps.desk import Clash, Desk
from relexp.apps.visitor import Visitor
from relexp.apps.writing_panels import writing
from relexp.learning.progress import Verb
from relexp.messages import FaultsFound
from relexp.store.learning import LONGEST_TEXT
from tests.apps.learners import MADE_UP, NOW, busy, hears, learner, types

PLACE = (MADE_UP.id, "last-stranger")


def desk(visitor):
    return Desk(visitor, lambda: NOW)


def place_to_write(at, **more):
    return writing(at, *PLACE, "Who was it?", lambda: None, **more)


def test_what_is_written_on_one_device_is_found_on_the_next(store):
    me = learner(store)
    desk(me).keep(*PLACE, "A baker.")
    desk(me).note(Verb.READ, MADE_UP, "why-talk")
    again = desk(me)
    assert (again.keeps, again.me) == (True, me.identity.id)
    assert again.said(*PLACE) == "A baker."
    assert again.texts == {PLACE: "A baker."}
    assert again.stands(MADE_UP).done == {"why-talk"}
    # Which text they had before them is known afterwards too.
    assert [event.version for event in again.events] == [MADE_UP.version]


def test_where_nothing_is_kept_a_page_still_works_and_forgets():
    here = desk(Visitor())
    here.keep(*PLACE, "A baker.")
    here.note(Verb.READ, MADE_UP, "why-talk")
    assert (here.keeps, here.me, here.said(*PLACE)) == (False, "", "A baker.")
    assert here.stands(MADE_UP).done == {"why-talk"}
    assert place_to_write(here).mark == ""
    assert desk(Visitor()).said(*PLACE) == ""


def test_what_another_device_wrote_is_never_written_over_unseen(store):
    me = learner(store)
    laptop, phone = desk(me), desk(me)
    phone.keep(*PLACE, "On the phone.")
    for text in ("On the", "On the laptop."):
        # What was typed on before the clash was told of clashes as well.
        with pytest.raises(Clash) as clash:
            laptop.keep(*PLACE, text)
        assert clash.value.said == "On the phone."
    assert desk(me).said(*PLACE) == "On the phone."
    laptop.keep(*PLACE, "On the laptop.", over="On the phone.")
    laptop.keep(*PLACE, "On the laptop, now.")
    assert desk(me).said(*PLACE) == "On the laptop, now."


def test_what_was_written_since_one_chose_is_asked_about_again(store):
    me = learner(store)
    laptop, phone = desk(me), desk(me)
    phone.keep(*PLACE, "One.")
    with pytest.raises(Clash):
        laptop.keep(*PLACE, "Mine.")
    phone.keep(*PLACE, "Two.")
    with pytest.raises(Clash) as clash:
        laptop.keep(*PLACE, "Mine.", over="One.")
    assert clash.value.said == "Two."
    assert desk(me).said(*PLACE) == "Two."


def test_of_what_is_only_chosen_the_last_device_counts(store):
    me = learner(store)
    laptop, phone = desk(me), desk(me)
    phone.keep_last(MADE_UP.id, "one", '["worse"]')
    laptop.keep_last(MADE_UP.id, "one", '["better"]')
    assert desk(me).said(MADE_UP.id, "one") == '["better"]'


def test_what_was_done_while_the_store_was_busy_is_kept_with_the_next_words(store):
    me = learner(store)
    here = desk(me)
    with busy(store), pytest.raises(FaultsFound):
        here.note(Verb.READ, MADE_UP, "why-talk")
    assert here.stands(MADE_UP).done == {"why-talk"}
    assert store.learning.events(me.identity.id) == ()
    here.keep(*PLACE, "A baker.")
    assert [event.verb for event in store.learning.events(me.identity.id)] == [Verb.READ]


def test_whoever_was_erased_does_not_come_back_by_a_page_that_is_open(store):
    me = learner(store, "Amina Begum")
    here = desk(me)
    here.keep(*PLACE, "A baker.")
    written = place_to_write(here)
    store.erase_named("Amina Begum", lambda content, name: None)
    assert types(written, "A baker, and") == "not_kept"
    # They are told what to do: to wait would help nobody.
    assert "Load the page again" in written.why
    with pytest.raises(FaultsFound):
        here.note(Verb.READ, MADE_UP, "why-talk")
    assert store.learning.texts(me.identity.id) == {}
    assert store.learning.events(me.identity.id) == ()


def test_what_is_typed_is_kept_clashes_and_is_chosen(store):
    me = learner(store)
    here, there = place_to_write(desk(me)), place_to_write(desk(me))
    assert types(there, "On the phone.") == "kept"
    assert types(here, "On the", 1) == "other"
    assert types(here, "On the laptop.", 2) == "other"
    assert here.other == "On the phone."
    assert types(here, "On the laptop.", 3, over=here.other) == "kept"
    assert store.learning.texts(me.identity.id)[PLACE].said == "On the laptop."
    assert here.other == ""


def test_while_the_store_is_busy_it_is_said_and_tried_again(store):
    me = learner(store)
    here = place_to_write(desk(me))
    with busy(store):
        assert types(here, "A baker.") == "not_kept"
    # What is wrong with the disk, and where that is, is nothing to a learner: it is tried again.
    assert here.why == ""
    assert types(here, "A baker.", 2) == "kept"
    assert (here.why, store.learning.texts(me.identity.id)[PLACE].said) == ("", "A baker.")


def test_a_text_that_is_too_long_is_told_so(store):
    here = place_to_write(desk(learner(store)))
    assert types(here, "a" * (LONGEST_TEXT + 1)) == "not_kept"
    assert "60,000" in here.why


def test_a_fault_of_ours_is_told_as_not_kept_and_logged(store, caplog):
    def broken(said, over):
        raise RuntimeError("ours")

    here = place_to_write(desk(learner(store)))
    here._keep = broken
    assert types(here, "A baker.") == "not_kept"
    assert here.why == ""


@pytest.mark.parametrize(
    "said", [None, [], "A baker.", {}, {"said": 1, "number": 1}, {"said": "A baker."}, {"said": "x", "number": "1"}]
)
def test_what_is_no_writing_changes_nothing(store, said, caplog):
    me = learner(store)
    here = place_to_write(desk(me))
    hears(here, said)
    assert (here.answered, here.state) == (0, "")
    assert store.learning.texts(me.identity.id) == {}
    assert caplog.records == []


def test_two_who_sit_down_at_one_browser_have_marks_of_their_own(store):
    one, other = (place_to_write(desk(learner(store))) for _ in range(2))
    assert one.mark != other.mark
