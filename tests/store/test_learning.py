"""What a learner does and writes is kept once, theirs alone, and nothing of it is lost between two devices."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from relexp.learning.progress import Event, Verb
from relexp.messages import FaultsFound
from relexp.privacy.retention import LEARNING
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.store import Confirmation, Renewed, Stale, StaleText, Store, Text, open_store
from relexp.store.learner_forgetting import GAP, without_name
from relexp.store.learning import LONGEST_TEXT
from relexp.store.learning_tables import OF_LEARNERS, learner_events, learner_texts
from tests.store.conftest import NOW

DAY = timedelta(days=1)
PLACE = ("start", "first-word")


def did(number: int, verb: Verb = Verb.READ, *, days: float = 0, unit: str = "start") -> Event:
    """One of the things that somebody did."""
    return Event(f"event {number}", NOW + days * DAY, verb, unit, "why-talk", version="1")


def learner(store: Store, name: str = "") -> str:
    return store.identities.add(Role.LEARNER, name, NOW).id


def kept(store: Store) -> dict[str, int]:
    """How many rows are kept of learners."""
    with store.database.reads() as connection:
        return {table.name: len(connection.execute(select(table)).all()) for table in OF_LEARNERS}


def erase(store: Store, name: str) -> bool:
    return bool(store.erase_named(name, lambda content, name: None))


@pytest.fixture
def amina(store: Store) -> str:
    return learner(store, "Amina Begum")


@pytest.fixture
def tutor(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Carys Pugh", NOW)


# What they did

EVENTS = st.lists(
    st.builds(
        Event,
        st.uuids().map(str),
        st.timedeltas(timedelta(0), 99 * DAY).map(lambda after: NOW + after),
        st.sampled_from([*Verb]),
        st.sampled_from(["start", "meet"]),
        st.sampled_from(["why-talk", "look-back"]),
        st.sampled_from(["", "one"]),
        st.sampled_from(["", "abc"]),
        st.sampled_from([None, True, False]),
        st.floats(0, 600),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda event: event.id,
)


@given(events=EVENTS, dice=st.randoms())
def test_however_two_devices_send_what_was_done_the_log_is_the_same(
    lasting: Store, events: list[Event], dice: random.Random
) -> None:
    me = learner(lasting)
    # An id is one thing's alone, in all examples.
    events = [replace(event, id=f"{event.id} of {me}") for event in events]
    sent = [*events, *dice.choices(events, k=len(events))]
    dice.shuffle(sent)
    while sent:
        lasting.learning.add(me, (sent.pop() for _ in range(min(dice.randint(1, 4), len(sent)))))
    assert lasting.learning.events(me) == tuple(sorted(events, key=lambda event: (event.at, event.id)))
    assert lasting.learning.learners().get(me, ()) == lasting.learning.events(me)


def test_devices_that_send_the_same_at_once_leave_each_thing_once_and_none_is_turned_away(
    store: Store, amina: str
) -> None:
    events = [did(number) for number in range(1200)]
    with ThreadPoolExecutor(6) as devices:
        for first in range(0, len(events), 200):
            batch = events[first : first + 200]
            orders = [random.Random(number).sample(batch, len(batch)) for number in range(6)]
            assert [*devices.map(store.learning.add, [amina] * 6, orders)] == [None] * 6
    assert {event.id for event in store.learning.events(amina)} == {event.id for event in events}
    assert kept(store)["learner_events"] == len(events)


def test_an_event_of_somebody_else_stays_theirs_as_it_was(store: Store, amina: str) -> None:
    bo = learner(store)
    store.learning.add(amina, [did(1)])
    store.learning.add(bo, [replace(did(1), verb=Verb.WROTE), did(2)])
    assert store.learning.events(amina) == (did(1),)
    assert store.learning.events(bo) == (did(2),)
    assert store.learning.learners() == {amina: (did(1),), bo: (did(2),)}


def test_nothing_that_is_added_is_changed_by_what_comes_after(store: Store, amina: str) -> None:
    store.learning.add(amina, [did(1)])
    store.learning.add(amina, [replace(did(1), minutes=90.0)])
    store.learning.add(amina, [])
    assert store.learning.events(amina) == (did(1),)


def test_of_somebody_who_is_not_known_nothing_is_kept(store: Store, tutor: Identity) -> None:
    for keep in (
        lambda: store.learning.add("nobody", [did(1)]),
        lambda: store.learning.write("nobody", *PLACE, "hello", NOW, 0),
        lambda: store.learning.write("nobody", *PLACE, "hello", NOW, 3),
        lambda: store.learning.confirm("nobody", tutor, 20.0, "", NOW),
    ):
        with pytest.raises(FaultsFound, match="does not know this visitor"):
            keep()
    assert not any(kept(store).values())


def test_what_a_later_relexp_knows_of_a_learner_is_left_out(store: Store, amina: str) -> None:
    store.learning.add(amina, [did(1), did(2)])
    with store.database.writes() as connection:
        connection.execute(update(learner_events).where(learner_events.c.id == "event 2").values(verb="sang"))
    assert store.learning.events(amina) == (did(1),)
    assert store.learning.learners() == {amina: (did(1),)}


# What they wrote


@given(said=st.text(max_size=300))
def test_a_text_is_found_as_it_was_written_in_any_script(lasting: Store, said: str) -> None:
    me = learner(lasting)
    assert lasting.learning.write(me, *PLACE, said, NOW, 0) == 1
    assert lasting.learning.texts(me) == {PLACE: Text(said, NOW, 1)}


def test_half_a_character_that_a_browser_sends_does_not_stop_the_rest(store: Store, amina: str) -> None:
    store.learning.write(amina, *PLACE, "we met \ud83d\ude00 and \ud83d", NOW, 0)
    assert store.learning.texts(amina)[PLACE].said == "we met 😀 and \ufffd"


def test_each_learner_has_a_text_of_their_own_at_each_place(store: Store, amina: str) -> None:
    bo = learner(store)
    store.learning.write(amina, *PLACE, "mine", NOW, 0)
    store.learning.write(amina, "meet", "first-word", "another unit", NOW, 0)
    store.learning.write(bo, *PLACE, "theirs", NOW, 0)
    assert store.learning.texts(bo) == {PLACE: Text("theirs", NOW, 1)}
    assert [text.said for text in store.learning.texts(amina).values()] == ["another unit", "mine"]


def test_what_is_passed_on_at_a_place_is_told_without_saying_whose_it_is_or_which_came_first(
    store: Store, amina: str
) -> None:
    for number, said in enumerate(["listen first", "", " ask for a story\n"]):
        store.learning.write(learner(store), *PLACE, said, NOW + number * DAY, 0)
    store.learning.write(amina, "start", "another", "for me alone", NOW, 0)
    store.learning.write(amina, "meet", PLACE[1], "of another unit", NOW, 0)
    assert store.learning.passed_on(*PLACE) == ("ask for a story", "listen first")


def test_every_save_counts_and_so_does_one_that_empties_the_box(store: Store, amina: str) -> None:
    for revision, said in enumerate(["first", "", "third"], 1):
        then = NOW + revision * DAY
        assert store.learning.write(amina, *PLACE, said, then, revision - 1) == revision
        assert store.learning.texts(amina)[PLACE] == Text(said, then, revision)


@pytest.mark.parametrize("expected", [0, 1, 3, 99])
def test_a_save_that_has_not_seen_the_last_one_is_shown_what_stands_there_and_changes_nothing(
    store: Store, amina: str, expected: int
) -> None:
    store.learning.write(amina, *PLACE, "on the phone", NOW, 0)
    there = Text("on the phone, later", NOW + DAY, 2)
    store.learning.write(amina, *PLACE, there.said, there.at, 1)
    with pytest.raises(Stale) as stale:
        store.learning.write(amina, *PLACE, "on the laptop", NOW, expected)
    assert isinstance(stale.value, StaleText)
    assert stale.value.there == there
    assert store.learning.texts(amina)[PLACE] == there
    assert store.learning.write(amina, *PLACE, "both of it", NOW, there.revision) == 3


def test_a_save_of_what_stands_there_already_is_the_one_that_was_not_heard_of(store: Store, amina: str) -> None:
    for _ in range(2):
        assert store.learning.write(amina, *PLACE, "we spoke", NOW, 0) == 1
    assert store.learning.texts(amina)[PLACE].revision == 1


def test_a_save_of_a_text_that_is_gone_says_that_nothing_is_there(store: Store, amina: str) -> None:
    with pytest.raises(StaleText) as stale:
        store.learning.write(amina, *PLACE, "again", NOW, 4)
    assert stale.value.there is None
    assert store.learning.write(amina, *PLACE, "again", NOW, 0) == 1


def test_of_many_who_save_on_the_same_revision_one_succeeds_and_all_others_are_shown_it(
    store: Store, amina: str
) -> None:
    for seen in (0, 1):

        def attempt(number: int, seen: int = seen) -> tuple[str, str]:
            try:
                store.learning.write(amina, *PLACE, f"{seen} {number}", NOW, seen)
            except StaleText as stale:
                return "stale", stale.there.said if stale.there else ""
            return "done", f"{seen} {number}"

        with ThreadPoolExecutor(8) as many:
            came = [*many.map(attempt, range(8))]
        stands = store.learning.texts(amina)[PLACE]
        assert stands.revision == seen + 1
        assert {said for _, said in came} == {stands.said}
        assert [how for how, _ in came].count("done") == 1


def test_a_text_that_is_too_long_is_refused_in_a_sentence_and_the_one_before_stays(
    store: Store, amina: str, tutor: Identity
) -> None:
    store.learning.write(amina, *PLACE, "ß" * LONGEST_TEXT, NOW, 0)
    with pytest.raises(FaultsFound, match="60,000 letters"):
        store.learning.write(amina, *PLACE, "ß" * (LONGEST_TEXT + 1), NOW, 1)
    assert store.learning.texts(amina)[PLACE].revision == 1
    with pytest.raises(FaultsFound, match="60,000 letters"):
        store.learning.confirm(amina, tutor, 20.0, "ß" * (LONGEST_TEXT + 1), NOW)


def test_a_page_from_before_somebody_was_forgotten_keeps_nothing(store: Store, amina: str) -> None:
    store.learning.write(amina, *PLACE, "first", NOW, 0, since=store.edition)
    before = store.edition
    learner(store, "Bo")
    assert erase(store, "Bo")
    with pytest.raises(Renewed):
        store.learning.write(amina, *PLACE, "second", NOW, 1, since=before)
    with pytest.raises(Renewed):
        store.learning.add(amina, [did(1)], since=before)
    assert (store.learning.texts(amina)[PLACE].said, store.learning.events(amina)) == ("first", ())
    store.learning.add(amina, [did(1)], since=store.edition)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nothing_of_a_text_can_be_read_in_the_file(
    store: Store, amina: str, tutor: Identity, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store.learning.write(amina, *PLACE, "she fasts, and I do not: দুজন", NOW, 0)
    store.learning.confirm(amina, tutor, 20.0, "she fasts well", NOW)
    place = Path(store.database.url.database or "")
    for file in (place, Path(f"{place}-wal")):
        assert not any(each in file.read_bytes() for each in (b"fasts", "দুজন".encode(), b"u09a6"))
    # Nor with the key of another computer.
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "another"))
    assert store.learning.texts(amina) == {PLACE: Text("", NOW, 1)}
    assert store.learning.write(amina, *PLACE, "anew", NOW, 1) == 2


# Two devices in two processes


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """Two processes, as the pages of a phone and of a laptop are."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


def goes_on(url: str, me: str, device: str) -> list[str]:
    """Write a line under what stands there, again and again, and note each time that it was done; the lines."""
    store, wrote, there = open_store(url), [], Text("", NOW, 0)
    for number in range(25):
        line = f"{device} {number}"
        while True:
            try:
                store.learning.write(me, *PLACE, f"{there.said}{line}\n", NOW, there.revision)
            except StaleText as stale:
                there = stale.there or there
            else:
                break
        there = store.learning.texts(me)[PLACE]
        # Both note the same things, each with one of its own between.
        store.learning.add(me, [did(number), did(1000 + number + (100 if device == "phone" else 0))])
        wrote.append(line)
    store.close()
    return wrote


def test_of_two_devices_that_write_at_once_nothing_is_lost(
    store: Store, amina: str, url: str, apart: ProcessPoolExecutor
) -> None:
    work = [apart.submit(goes_on, url, amina, device) for device in ("phone", "laptop")]
    wrote = [line for each in work for line in each.result(timeout=120)]
    stands = store.learning.texts(amina)[PLACE]
    assert sorted(stands.said.splitlines()) == sorted(wrote)
    assert stands.revision == len(wrote) == 50
    assert len(store.learning.events(amina)) == 75


# What a tutor confirms


def test_a_tutor_is_told_the_names_of_those_who_ask_until_it_is_confirmed_and_no_others(
    store: Store, amina: str, tutor: Identity
) -> None:
    bo, cai = learner(store, "Bo"), learner(store, "Cai")
    store.learning.add(amina, [did(1), did(2, Verb.ASKED, days=1), did(3, days=2)])
    store.learning.add(bo, [did(4, Verb.RECALLED)])
    store.learning.add(cai, [did(5, Verb.ASKED)])
    assert store.learning.waiting() == {amina: "Amina Begum", cai: "Cai"}
    assert store.learning.waiting(but=amina) == {cai: "Cai"}
    store.learning.confirm(amina, tutor, 60.0, "", NOW + 2 * DAY)
    assert store.learning.waiting() == {cai: "Cai"}
    store.learning.add(amina, [did(6, Verb.ASKED, days=3)])
    assert store.learning.waiting() == {amina: "Amina Begum", cai: "Cai"}


def test_what_was_confirmed_is_found_with_who_did_and_once_however_often_it_was_sent(
    store: Store, amina: str, tutor: Identity
) -> None:
    late = store.learning.confirm(amina, tutor, 90.0, "two more talks", NOW + DAY)
    for _ in range(2):
        assert store.learning.confirm(amina, tutor, 60.0, "a good talk", NOW, key="k1") == "k1"
    assert store.learning.confirmations(amina) == (
        Confirmation("k1", NOW, "Carys Pugh", 60.0, "a good talk"),
        Confirmation(late, NOW + DAY, "Carys Pugh", 90.0, "two more talks"),
    )
    assert store.learning.confirmations(amina)[0].day == NOW.astimezone().date()
    assert store.learning.confirmations(tutor.id) == ()


# For how long, and for whom


def test_what_a_learner_left_for_two_years_goes_and_anything_newer_keeps_all_of_it(
    store: Store, tutor: Identity
) -> None:
    ages: dict[str, Callable[[str, datetime], object]] = {
        "event": lambda id, at: store.learning.add(id, [replace(did(0), id=f"of {id}", at=at)]),
        "text": lambda id, at: store.learning.write(id, "meet", "last", "x", at, 0),
        "confirmation": lambda id, at: store.learning.confirm(id, tutor, 20.0, "", at),
    }
    old = NOW - LEARNING - DAY
    gone, stays = learner(store, "gone"), {kind: learner(store, kind) for kind in ages}
    for number, id in enumerate([gone, *stays.values()]):
        store.learning.add(id, [replace(did(number), at=old)])
        store.learning.write(id, *PLACE, "x", old, 0)
        store.learning.confirm(id, tutor, 20.0, "", old)
    for kind, id in stays.items():
        ages[kind](id, NOW - LEARNING + DAY)
    assert store.purge(NOW) == 1
    assert store.learning.learners().keys() == {*stays.values()}
    assert (store.learning.texts(gone), store.learning.confirmations(gone)) == ({}, ())
    assert kept(store) == {"learner_events": 4, "learner_texts": 4, "learner_confirmations": 4}
    # The name goes with it.
    assert store.identities.get(gone) is None
    assert all(store.identities.get(id) for id in (*stays.values(), tutor.id))


def test_whoever_is_here_for_something_else_or_may_come_again_stays_known_when_their_learning_goes(
    store: Store, tutor: Identity, somebody: Identity
) -> None:
    comes = store.identities.add(Role.LEARNER, "Bo", NOW)
    store.links.make(comes, NOW, 30 * DAY)
    for number, id in enumerate((tutor.id, somebody.id, comes.id)):
        store.learning.add(id, [did(number)])
    assert store.learning.purge(NOW + DAY) == 3
    assert store.learning.purge(NOW + DAY) == 0
    assert store.learning.learners() == {}
    assert all(store.identities.get(id) for id in (tutor.id, somebody.id, comes.id))


def test_a_participant_who_learns_is_known_for_as_long_as_that_is_kept(store: Store) -> None:
    guest = store.identities.add(Role.PARTICIPANT, "", NOW)
    store.learning.write(guest.id, *PLACE, "hello", NOW, 0)
    assert store.purge(NOW + 30 * DAY) == 0
    assert store.learning.texts(guest.id)
    assert store.purge(NOW + LEARNING + DAY) == 2
    assert store.identities.get(guest.id) is None


def test_a_learner_who_is_forgotten_leaves_nothing_and_a_facilitator_who_learnt_leaves_their_door(
    store: Store, amina: str, tutor: Identity
) -> None:
    leads = store.identities.add(Role.FACILITATOR, "AMINA  begum", NOW)
    for number, id in enumerate((amina, leads.id)):
        store.learning.add(id, [did(number)])
        store.learning.write(id, *PLACE, "mine", NOW, 0)
        store.learning.confirm(id, tutor, 20.0, "", NOW)
    assert erase(store, "Amina Begum")
    assert not any(kept(store).values())
    assert store.identities.get(amina) is None
    assert store.identities.get(leads.id) == Identity(leads.id, Role.FACILITATOR, "")


def test_a_tutor_who_is_forgotten_is_named_by_no_record_and_the_record_stays(
    store: Store, amina: str, tutor: Identity
) -> None:
    store.learning.confirm(amina, tutor, 60.0, "I, Carys Pugh, heard of it", NOW, key="k1")
    assert erase(store, "carys PUGH")
    assert store.learning.confirmations(amina) == (Confirmation("k1", NOW, "", 60.0, f"I, {GAP}, heard of it"),)
    assert not erase(store, "carys PUGH")


def test_whoever_is_forgotten_is_named_in_nothing_that_others_wrote_and_the_rest_of_it_stays(
    store: Store, amina: str
) -> None:
    said = "I met Dai Rees, and DAI  RÉES’s mother. Dai is kind."
    store.learning.write(amina, *PLACE, said, NOW, 0)
    store.learning.write(amina, "meet", "last", "a quiet week", NOW, 0)
    assert erase(store, "Dai Rees")
    assert store.learning.texts(amina) == {
        PLACE: Text(f"I met {GAP}, and {GAP}’s mother. Dai is kind.", NOW, 2),
        ("meet", "last"): Text("a quiet week", NOW, 1),
    }


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("মোসাম্মৎ রহিমা খাতুন এলেন", "মোসাম্মৎ রহিমা খাতুন", f"{GAP} এলেন"),
        ("قابلت نُور الهُدى اليوم", "نور الهدى", f"قابلت {GAP} اليوم"),
        ("(Siân O’Neill)", "sian o'neill", f"({GAP})"),
        ("نگار\u200cسادات راد", "نگارسادات راد", GAP),
        ("Amina said", "Amina", "Amina said"),
        ("Amina Begumova", "Amina Begum", "Amina Begumova"),
        ("", "Amina Begum", ""),
    ],
)
def test_a_name_is_found_as_it_is_written_in_any_script(text: str, name: str, left: str) -> None:
    assert without_name(text, name) == left


@given(before=st.text(max_size=40), after=st.text(max_size=40), name=st.sampled_from(["Amina Begum", "রহিমা খাতুন"]))
def test_no_name_is_left_whatever_stands_around_it(before: str, after: str, name: str) -> None:
    found = without_name(f"{before} {name} {after}", name)
    assert without_name(found, name) == found
    assert name not in found


def test_whoever_shares_a_phone_is_given_and_loses_what_was_learnt_under_their_own_name_alone(
    store: Store, somebody: Identity
) -> None:
    phone = store.identities.add(Role.LEARNER, "Bo Li", NOW)
    store.learning.write(phone.id, *PLACE, "mine", NOW, 0)
    held = ""
    for name in ("Bo Li", "Dai Rees", "Eve"):
        held = store.gatherings.open(somebody, name, {}, [Person(name, name)], NOW, instead=held)
        store.gatherings.come(held, name, NOW, phone=phone.id)
    assert "learner_texts" not in store.export_named("Dai Rees", lambda content, name: {})
    assert store.export_named("Bo Li", lambda content, name: {})["learner_texts"][0]["said"] == "mine"
    assert erase(store, "Dai Rees")
    assert store.learning.texts(phone.id)
    assert erase(store, "Bo Li")
    assert store.learning.texts(phone.id) == {}


def test_what_was_learnt_by_a_phone_without_a_name_is_of_whoever_came_by_it(store: Store, somebody: Identity) -> None:
    phone = store.identities.add(Role.CO_FACILITATOR, "", NOW)
    store.learning.write(phone.id, *PLACE, "mine", NOW, 0)
    held = store.gatherings.open(somebody, "Spring", {}, [Person("g", "Gita Rao")], NOW)
    store.gatherings.come(held, "g", NOW, phone=phone.id)
    assert store.export_named("Gita Rao", lambda content, name: {})["learner_texts"][0]["said"] == "mine"
    assert erase(store, "Gita Rao")
    assert store.learning.texts(phone.id) == {}


def test_the_archive_tells_how_many_learn_where_they_are_five_and_nothing_that_anybody_did_or_wrote(
    store: Store, tutor: Identity
) -> None:
    for number in range(6):
        id = learner(store, f"Learner {number}")
        events = [did(3 * number), did(3 * number + 1, Verb.ANSWERED), did(3 * number + 2, unit="meet")]
        # A tutor is asked in no unit.
        store.learning.add(id, [did(100 + number, Verb.ASKED, unit="")])
        store.learning.add(id, events if number < 4 else events[:2])
        store.learning.write(id, *PLACE, "between us", NOW, 0)
        store.learning.confirm(id, tutor, 20.0, "between us", NOW)
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        texts = {name: zipped.read(name).decode("utf-8-sig") for name in zipped.namelist()}
    assert json.loads(texts["everything.json"])["learning"] == [
        {"unit": "meet", "learners": None},
        {"unit": "start", "learners": 6},
    ]
    assert texts["learning.csv"].split() == ["unit,learners", "meet,", "start,6"]
    # What lies under lock begins so.
    assert [name for name, text in texts.items() if "event 1" in text or "why-talk" in text or "gAAAA" in text] == []


def test_what_cannot_be_opened_here_stays_while_somebody_is_forgotten(store: Store, amina: str) -> None:
    learner(store, "Dai Rees")
    row = {"identity_id": amina, "unit": "start", "item": "old", "at": NOW, "revision": 1, "said": "of another key"}
    with store.database.writes() as connection:
        connection.execute(insert(learner_texts).values(row))
    assert erase(store, "Dai Rees")
    with store.database.reads() as connection:
        assert connection.execute(select(learner_texts.c.said)).scalars().all() == ["of another key"]
