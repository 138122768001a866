"""What is kept after an evening: numbers for good, who met by code for a year, one's own words under lock."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from relexp.gathering.asked import Asked
from relexp.gathering.running import Act, Press
from relexp.messages import FaultsFound
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.consent import Said, Way
from relexp.privacy.retention import CONTACTS, SEATING, WEAVE, WRITTEN
from relexp.privacy.roles import Identity, Role
from relexp.privacy.visibility import Visibility
from relexp.reflection.codebook import Coded, Theme
from relexp.reflection.one_to_ones import Following, Interest, OneToOne
from relexp.reflection.reflections import Did, Reflection
from relexp.roster.person import Person
from relexp.store import Store
from relexp.store.after_tables import one_to_ones, reflections, wishes
from relexp.store.codes import code_of
from relexp.store.meeting_again import Reached
from relexp.store.seal import Seal
from relexp.store.tables import people
from relexp.weave.cloth import rounds_of
from relexp.weave.report import report
from relexp.weave.survey import Answers, Moment
from relexp.weave.web import Kind
from tests.store.conftest import NOW

PEOPLE = tuple(Person(f"p{at}", f"Person {at}", "AB"[at % 2]) for at in range(4))
ROUNDS = (
    Round(1, (Conversation(("p0", "p1"), 1), Conversation(("p2", "p3"), 2))),
    Round(2, (Conversation(("p0", "p2"), 1), Conversation(("p1", "p3"), 2))),
)
ROUND = (Press.START_ROUND, Press.SKIP)
SECRET = "I was afraid of his beard"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


@pytest.fixture
def phone(store: Store) -> Identity:
    return store.identities.add(Role.PARTICIPANT, "", NOW)


def gather(store: Store, lead: Identity, at=NOW, yes=("p0", "p1", "p2"), rounds=2, people=PEOPLE, ids="") -> str:
    """A gathering that is over, at which these people agreed to be remembered."""
    id = store.gatherings.open(lead, f"Held {at:%d %B}", Asked().to_plain(), people, at)
    store.gatherings.seat(id, Evening(tuple(map(partial(_named, ids), ROUNDS)), {}))
    for person in people:
        store.gatherings.come(id, person.id, at)
    for each in yes:
        store.consents.note(id, each, Said("weave", True, "2026-3", at, Way.DESK), lead)
    presses = [Press.OPEN_DOORS, Press.WELCOME, *ROUND]
    if rounds == 2:
        presses += [Press.SKIP, Press.SKIP, *ROUND]
    for number, press in enumerate([*presses, Press.CLOSE]):
        store.gatherings.press(id, Act(press, at), lead, f"{id} {number}", number)
    return id


def _named(ids: str, round: Round) -> Round:
    talks = (Conversation(tuple(f"{id}{ids}" for id in talk.people), talk.table) for talk in round.conversations)
    return Round(round.number, tuple(talks))


def code(person: str) -> str:
    return code_of(person, f"Person {person[1:]}", Seal())


def pairs(store: Store) -> set[frozenset[str]]:
    return {frozenset(tie.pair) for tie in store.weave.web().ties}


# What was woven


def test_a_gathering_that_is_over_is_kept_in_numbers_and_by_code(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    assert store.weave.keep(NOW) == 1
    assert store.weave.keep(NOW) == 0
    (found,) = store.weave.held()
    assert (found.id, found.people, found.pairs, len(found.rounds)) == (id, 4, 4, 2)
    assert (found.crossings[0].between, found.crossings[0].within) == (2, 2)
    assert pairs(store) == {frozenset({code("p0"), code("p1")}), frozenset({code("p0"), code("p2")})}
    assert store.weave.there(id) == {code("p0"), code("p1"), code("p2")}
    assert store.weave.web().people[code("p1")] == {"organisation": "B"}


def test_a_gathering_that_goes_on_is_not_kept_yet_and_one_that_nobody_closed_is(store: Store, lead: Identity) -> None:
    id = store.gatherings.open(lead, "One", Asked().to_plain(), PEOPLE, NOW)
    store.gatherings.seat(id, Evening(ROUNDS, {}))
    for number, press in enumerate([Press.OPEN_DOORS, Press.WELCOME, *ROUND]):
        store.gatherings.press(id, Act(press, NOW), lead, f"k{number}", number)
    assert store.weave.keep(NOW) == 0
    assert store.weave.keep(NOW + DAY) == 1
    assert store.weave.held()[0].pairs == 2


def test_what_was_woven_is_there_after_seats_and_names_are_gone(store: Store, lead: Identity) -> None:
    gather(store, lead)
    store.purge(NOW + SEATING + DAY)
    assert store.gatherings.current() is None
    assert store.gatherings.guests(store.weave.held()[0].id) == ()
    assert len(pairs(store)) == 2
    store.purge(NOW + WEAVE + 2 * DAY)
    assert store.weave.web().people == {}
    assert store.weave.held()[0].pairs == 4


def test_a_gathering_that_cannot_be_told_keeps_no_other_and_is_deleted_in_its_time(
    store: Store, lead: Identity
) -> None:
    broken, whole = gather(store, lead), gather(store, lead)
    with store.database.writes() as connection:
        connection.execute(people.update().where(people.c.gathering_id == broken).values(about="{}"))
    assert store.weave.keep(NOW) == 1
    assert [each.id for each in store.weave.held()] == [whole]
    store.purge(NOW + SEATING + DAY)
    assert (store.gatherings.get(broken), store.gatherings.get(whole)) == (None, None)


@pytest.mark.parametrize("column", ["self", "node_for_adding", "id", "name"])
def test_a_column_may_be_called_anything(store: Store, lead: Identity, column: str) -> None:
    gather(store, lead, people=tuple(replace(each, values={column: f"{at}"}) for at, each in enumerate(PEOPLE)))
    assert store.weave.keep(NOW) == 1
    (found,) = store.weave.held()
    assert [each.column for each in found.crossings] == ["organisation", column]


def test_the_same_person_has_the_same_code_at_the_next_gathering(store: Store, lead: Identity) -> None:
    gather(store, lead)
    moved = (replace(PEOPLE[0], organisation="C"), *PEOPLE[1:])
    gather(store, lead, NOW + 30 * DAY, yes=("p0", "p1", "p3"), people=moved)
    store.weave.keep(NOW + 30 * DAY)
    web = store.weave.web()
    assert [each.day for each in store.weave.held()] == [NOW.date(), (NOW + 30 * DAY).date()]
    assert len(web.people) == 4
    assert web.people[code("p0")] == {"organisation": "C"}
    assert len(web.ties) == 4
    assert len(web.first) == 3


def test_whoever_says_no_later_is_remembered_at_no_gathering(store: Store, lead: Identity) -> None:
    first = gather(store, lead)
    store.weave.keep(NOW)
    second = gather(store, lead, NOW + 3 * DAY)
    store.weave.keep(NOW + 3 * DAY)
    assert len(store.weave.web().ties) == 4
    store.consents.note(second, "p0", Said("weave", False, "2026-3", NOW, Way.PHONE), lead)
    assert code("p0") not in store.weave.web().people
    assert store.weave.there(first) == {code("p1"), code("p2")}
    assert store.weave.web().ties == ()
    # in numbers they are still counted, and whatever else changes they are not remembered again
    store.meeting_again.wish(first, "p1", ["p2"], "07700 900123")
    store.weave.keep(NOW + 4 * DAY)
    assert [each.pairs for each in store.weave.held()] == [4, 4]
    assert store.weave.there(first) == {code("p1"), code("p2")}
    assert [said.yes for said in store.consents.of(first, "p0")] == [True, False]


def test_whoever_has_the_same_number_on_another_sheet_is_somebody_else(store: Store, lead: Identity) -> None:
    first = gather(store, lead)
    others = tuple(replace(each, name=f"Somebody else {each.id}") for each in PEOPLE)
    second = gather(store, lead, NOW + 2 * DAY, people=others)
    store.weave.keep(NOW + 2 * DAY)
    assert len(store.weave.web().people) == 6
    given = store.export_named("Person 0", lambda content, name: {})
    assert {row["held_id"] for row in given["threads"]} == {first}
    store.consents.note(second, "p1", Said("weave", False, "2026-3", NOW, Way.DESK), lead)
    assert [said.yes for said in store.consents.of(first, "p1")] == [True]
    store.erase_named("Person 0", lambda content, name: None)
    assert (len(store.weave.there(first)), len(store.weave.there(second))) == (2, 2)


def test_of_two_gatherings_on_one_day_the_first_comes_first(store: Store, lead: Identity) -> None:
    """Whatever their ids are: eight days, so that both orders come up."""
    for month in range(8):
        at = NOW + 40 * month * DAY
        everybody = tuple(replace(each, id=f"{each.id}-{month}") for each in PEOPLE)
        morning, evening = (
            gather(store, lead, at + after, [each.id for each in everybody], people=everybody, ids=f"-{month}")
            for after in (-4 * HOUR, 0 * HOUR)
        )
        store.weave.keep(at)
        first, then = (report(store.weave.held(), store.weave.web(), (), (), id) for id in (morning, evening))
        assert (first.new, then.new) == (4, 0)
        assert (first.now.pairs - first.was.pairs, then.now.pairs - then.was.pairs) == (4, 0)
        assert [id for id, _, _ in rounds_of(store.weave.web())][-4:] == [morning, morning, evening, evening]


def test_a_last_round_that_was_taken_back_is_counted_no_more(store: Store, lead: Identity) -> None:
    id = gather(store, lead, rounds=1)
    store.weave.keep(NOW)
    count = len(store.gatherings.pressed(id))
    later = NOW + DAY
    for number, press in enumerate((Press.UNDO, Press.SKIP, Press.SKIP, *ROUND, Press.CLOSE), count):
        store.gatherings.press(id, Act(press, later), lead, f"again {number}", number)
    store.weave.keep(later)
    (found,) = store.weave.held()
    assert (found.pairs, len(found.rounds)) == (4, 2)


# What people wrote


def test_a_line_of_a_round_is_for_everybody_and_only_its_owner_or_who_leads_takes_it_back(
    store: Store, lead: Identity, phone: Identity
) -> None:
    first = store.written.share("g", 1, "Her grandmother sewed too.", NOW, by=phone, key="k1")
    assert store.written.share("g", 1, "again", NOW, by=phone, key="k1") == first
    store.written.share("g", 2, "From a card.", NOW)
    assert [(line.round, line.text) for line in store.written.lines("g")] == [
        (1, "Her grandmother sewed too."),
        (2, "From a card."),
    ]
    assert [line.id for line in store.written.lines("g", phone)] == [first]
    store.written.take_back(first, lead)
    assert len(store.written.lines("g")) == 2
    store.written.take_back(first, phone)
    store.written.take_back(store.written.lines("g")[0].id)
    assert store.written.lines("g") == ()


def test_a_reflection_is_its_writer_s_until_they_show_it(store: Store, phone: Identity) -> None:
    own = Reflection("g", NOW.date(), 4, 5, different=SECRET, did=frozenset({Did.CURIOUS}), step="ring Bo")
    store.written.reflect(replace(own, taught="nothing yet"), phone)
    store.written.reflect(own, phone)
    assert store.written.own(phone) == (own,)
    everybody = (Visibility.ME, Visibility.FACILITATOR, Visibility.EVERYONE)
    assert store.written.shared("g", *everybody) == ()
    store.written.show_to("g", Visibility.FACILITATOR, phone)
    assert store.written.shared("g", Visibility.EVERYONE) == ()
    assert store.written.shared("g", *everybody) == (replace(own, visibility=Visibility.FACILITATOR),)
    store.written.reflect(Reflection("g", NOW.date()), phone)
    assert store.written.own(phone) == ()


def test_own_words_are_under_lock_in_the_store_and_in_no_archive(store: Store, phone: Identity) -> None:
    store.written.reflect(Reflection("g", NOW.date(), 4, 5, different=SECRET), phone)
    with store.database.reads() as connection:
        (row,) = connection.execute(select(reflections)).all()
    assert SECRET not in str(row)
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        texts = [zipped.read(name).decode() for name in zipped.namelist()]
    assert not [text for text in texts if SECRET in text or row.said in text]


def test_whose_a_shared_line_is_is_in_no_archive(store: Store, phone: Identity) -> None:
    store.written.share("g", 1, "Her grandmother sewed too.", NOW, by=phone)
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        (line,) = json.loads(zipped.read("everything.json"))["harvests"]
    assert line["line"] == "Her grandmother sewed too."
    assert phone.id not in line.values()


def test_an_archive_tells_by_no_code_what_somebody_with_a_name_answered(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    store.meeting_again.wish(id, "p0", ["p1"], "1")
    store.meeting_again.wish(id, "p1", ["p0"], "2")
    store.weave.keep(NOW)
    for moment in (Moment.BEFORE, Moment.AFTER):
        store.survey.answer(Answers(code("p0"), id, NOW.date(), moment, {"trust": 1}))
    given = []
    for _ in range(2):
        with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
            texts = [zipped.read(name).decode() for name in zipped.namelist()]
            given.append(json.loads(zipped.read("everything.json")))
        assert not [text for text in texts for who in ("p0", "p1", "p2") if code(who) in text]
    first, second = given
    tied = [{end for row in each["ties"] for end in (row["one"], row["other"])} for each in given]
    # who met hangs together still, and so do two answers of one person
    assert tied[0] == {row["code"] for row in first["threads"]}
    assert {first["follow_ups"][0][end] for end in ("one", "other")} <= tied[0]
    assert len({row["code"] for row in first["answers"]}) == 1
    assert not {row["code"] for row in first["answers"]} & tied[0]
    assert not tied[0] & tied[1]
    assert first["answers"][0]["code"] != second["answers"][0]["code"]


def test_own_words_without_their_key_are_left_out_and_the_rest_stays(store: Store, phone: Identity) -> None:
    store.written.reflect(Reflection("g", NOW.date(), 4, 5, different=SECRET), phone)
    with store.database.writes() as connection:
        connection.execute(reflections.update().values(said="of another key"))
    store.written.reflect(Reflection("h", NOW.date(), 2, 3), phone)
    assert [each.gathering for each in store.written.own(phone)] == ["h"]


def test_whoever_wrote_something_is_known_by_their_phone_as_long_as_it_is_kept(store: Store, phone: Identity) -> None:
    secret, _ = store.links.make(phone, NOW, DAY)
    store.written.reflect(Reflection("g", NOW.date(), 4, 5), phone)
    store.links.last(phone, NOW + WRITTEN)
    store.purge(NOW + 30 * DAY)
    assert store.links.find(secret, NOW + 30 * DAY) == phone
    assert len(store.written.own(phone)) == 1
    store.purge(NOW + WRITTEN + SEATING + 2 * DAY)
    assert store.identities.get(phone.id) is None


# Meeting again


def test_how_to_reach_somebody_is_told_only_where_both_wish_it(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    store.meeting_again.wish(id, "p0", ["p1", "p2", "p0"], "07700 900123")
    assert store.meeting_again.found(id, "p0") == store.meeting_again.found(id, "p1") == {}
    assert store.meeting_again.all() == ()
    assert store.meeting_again.wished(id, "p0") == ({"p1", "p2"}, "07700 900123")
    assert store.meeting_again.wished(id, "p1") == (frozenset(), "")
    store.meeting_again.wish(id, "p1", ["p0"], "b@example.org")
    assert store.meeting_again.found(id, "p0") == {"p1": Reached("Person 1", "b@example.org")}
    assert store.meeting_again.found(id, "p1") == {"p0": Reached("Person 0", "07700 900123")}
    assert store.meeting_again.found(id, "p2") == {}
    (again,) = store.meeting_again.all()
    assert {again.one.name, again.other.name} == {"Person 0", "Person 1"}
    assert again.follow_up.due == NOW.date() + 7 * DAY
    with store.database.reads() as connection:
        assert "07700" not in str(connection.execute(select(wishes)).all())


def test_what_two_said_they_would_do_stays_while_both_wish_it(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    store.meeting_again.wish(id, "p0", ["p1"], "1")
    store.meeting_again.wish(id, "p1", ["p0"], "2")
    (again,) = store.meeting_again.all()
    store.meeting_again.change(again.id, replace(again.follow_up, what="Tea at the mosque", owner=code("p1")))
    store.meeting_again.wish(id, "p1", ["p0", "p3"], "3")
    (again,) = store.meeting_again.all()
    assert (again.follow_up.what, again.follow_up.owner) == ("Tea at the mosque", code("p1"))
    assert "3" in {again.one.reach, again.other.reach}
    store.weave.keep(NOW)
    store.meeting_again.change(again.id, again.follow_up.kept(date(2026, 12, 1)))
    assert [tie.kind for tie in store.weave.web().ties] == [Kind.TALK, Kind.TALK, Kind.AGAIN]
    store.meeting_again.wish(id, "p0", [], "")
    assert store.meeting_again.all() == ()


def test_whoever_says_no_to_contact_is_reached_by_nobody_of_any_gathering(store: Store, lead: Identity) -> None:
    first, second = gather(store, lead), gather(store, lead, NOW + 3 * DAY)
    for id in (first, second):
        for one, others in (("p0", ["p1"]), ("p1", ["p0", "p2"]), ("p2", ["p1"])):
            store.meeting_again.wish(id, one, others, f"{one}@example.org")
    assert len(store.meeting_again.all()) == 4
    store.consents.note(second, "p0", Said("contact", False, "2026-3", NOW, Way.PHONE), lead)
    assert {frozenset((each.one.name, each.other.name)) for each in store.meeting_again.all()} == {
        frozenset({"Person 1", "Person 2"})
    }
    for id in (first, second):
        assert store.meeting_again.wished(id, "p0") == (frozenset(), "")
        assert store.meeting_again.wished(id, "p1")[1] == "p1@example.org"


def test_nobody_who_is_not_there_is_wished_for(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    for one, other in (("p0", "nobody"), ("nobody", "p0")):
        with pytest.raises(FaultsFound):
            store.meeting_again.wish(id, one, [other], "1")
    assert store.meeting_again.wished(id, "p0") == (frozenset(), "")


def test_how_two_reach_each_other_goes_after_its_time(store: Store, lead: Identity) -> None:
    id = gather(store, lead)
    store.meeting_again.wish(id, "p0", ["p1"], "1")
    store.meeting_again.wish(id, "p1", ["p0"], "2")
    store.purge(NOW + CONTACTS - DAY)
    (again,) = store.meeting_again.all()
    # for so long, and no longer, they said yes to it: whatever day they agree on
    store.meeting_again.change(again.id, replace(again.follow_up, due=NOW.date() + 400 * DAY))
    store.purge(NOW + CONTACTS + 2 * DAY)
    assert store.meeting_again.all() == ()


# One-to-ones


def test_a_one_to_one_is_its_writer_s_alone_and_ties_the_two_by_code(
    store: Store, lead: Identity, phone: Identity
) -> None:
    meeting = OneToOne(
        code("p1"),
        code("p2"),
        NOW.date(),
        45,
        energy="the bus that never comes",
        interests=frozenset({Interest.TRANSPORT}),
        following=Following.SOME,
        institutions=("Mosque",),
        different=SECRET,
        step="tea",
        owner=code("p1"),
        due=NOW.date() + DAY,
        also=(code("p3"),),
    )
    id = store.one_to_ones.note(meeting, phone)
    assert store.one_to_ones.own(phone) == {id: meeting}
    assert store.one_to_ones.own(lead) == {}
    changed = replace(meeting, following=None, due=None, minutes=50)
    assert store.one_to_ones.note(changed, phone, id) == id
    assert store.one_to_ones.own(phone) == {id: changed}
    with store.database.reads() as connection:
        assert SECRET not in str(connection.execute(select(one_to_ones)).all())
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        assert "one_to_ones.csv" not in zipped.namelist()
    assert store.weave.web().ties == ()
    gather(store, lead)
    store.weave.keep(NOW)
    assert [tie.kind for tie in store.weave.web().ties] == [Kind.ONE_TO_ONE, Kind.TALK, Kind.TALK]
    store.one_to_ones.forget(id, lead)
    assert store.one_to_ones.own(phone)
    store.one_to_ones.forget(id, phone)
    assert store.one_to_ones.own(phone) == {}


def test_a_one_to_one_goes_after_its_time_and_without_its_key_it_is_left_out(store: Store, phone: Identity) -> None:
    store.one_to_ones.note(OneToOne("A", "B", NOW.date(), 30), phone)
    with store.database.writes() as connection:
        connection.execute(one_to_ones.update().values(said="of another key"))
    assert store.one_to_ones.own(phone) == {}
    new = store.one_to_ones.note(OneToOne("A", "B", NOW.date() + DAY, 30), phone)
    store.purge(NOW + WRITTEN + DAY)
    assert [*store.one_to_ones.own(phone)] == [new]


# Themes


def test_readers_code_lines_and_a_theme_that_is_gone_is_on_no_line(
    store: Store, lead: Identity, phone: Identity
) -> None:
    helper = store.identities.add(Role.CO_FACILITATOR, "Siân", NOW)
    lines = [store.written.share("g", number, f"line {number}", NOW, by=phone, key=f"k{number}") for number in (1, 2)]
    store.reading.write_book([Theme("home", "Home", "rent, streets"), Theme("faith", "Faith")])
    store.reading.code(lines[0], "faith", lead)
    store.reading.code(lines[0], "home", lead)
    store.reading.code(lines[0], "faith", helper)
    store.reading.code(lines[1], "", helper)
    assert store.reading.coded(["g"], lead) == (Coded(lines[0], lead.id, "home"),)
    assert {(each.line, each.theme) for each in store.reading.coded(["g"], helper)} == {
        (lines[0], "faith"),
        (lines[1], ""),
    }
    assert len(store.reading.coded(["g"])) == 3
    assert store.reading.coded(["h"]) == ()
    store.reading.settle(lines[0], "faith")
    store.reading.settle(lines[1], "")
    assert store.reading.decided(["g"]) == {lines[0]: "faith", lines[1]: ""}
    store.reading.settle(lines[1], None)
    store.reading.write_book([Theme("home", "Home", "rent, streets, a bed")])
    assert store.reading.book() == (Theme("home", "Home", "rent, streets, a bed"),)
    assert {(each.coder, each.theme) for each in store.reading.coded(["g"])} == {(lead.id, "home"), (helper.id, "")}
    assert store.reading.decided(["g"]) == {}
    store.reading.write_book([])
    assert store.reading.book() == ()


# Answers


def test_what_was_answered_is_kept_by_code_and_the_last_word_counts(store: Store) -> None:
    before = Answers("ABC", "g", NOW.date(), Moment.BEFORE, {"trust": 3, "hope": 2})
    later = Answers("ABC", "g", NOW.date() + 30 * DAY, Moment.LATER, {"trust": 4})
    for each in (replace(before, values={"trust": 1}), before, later):
        store.survey.answer(each)
    store.survey.answer(replace(before, code="XYZ"))
    assert store.survey.of("g", "ABC") == (before, later)
    assert len(store.survey.all()) == 3
    store.survey.answer(replace(before, code="XYZ", values={}))
    assert store.survey.all() == (before, later)
    store.purge(NOW + WRITTEN + 2 * DAY)
    assert store.survey.all() == (later,)


def test_answers_are_given_and_erased_by_the_code_on_the_phone_when_names_are_gone(
    store: Store, lead: Identity
) -> None:
    id = gather(store, lead, yes=())
    for who in ("p2", "p3"):
        store.survey.answer(Answers(code(who), id, NOW.date(), Moment.BEFORE, {"trust": 1}))
    store.purge(NOW + SEATING + DAY)
    typed = f" {code('p3')[:4].lower()} {code('p3')[4:]} "
    assert [row["code"] for row in store.export_named(typed, lambda content, name: {})["answers"]] == [code("p3")]
    assert store.erase_named(typed, lambda content, name: None)
    assert [each.code for each in store.survey.all()] == [code("p2")]
    assert not store.erase_named(typed, lambda content, name: None)


def test_what_others_shared_goes_where_it_names_whoever_is_erased(
    store: Store, lead: Identity, phone: Identity
) -> None:
    id = gather(store, lead)
    for text in ("person 0, she bakes", "Everybody bakes."):
        store.written.share(id, 1, text, NOW, by=phone)
    for one, other in (("p1", "p2"), ("p2", "p1")):
        store.meeting_again.wish(id, one, [other], one)
    (again,) = store.meeting_again.all()
    store.meeting_again.change(again.id, replace(again.follow_up, what="Ask PERSON 0 to join us"))
    store.erase_named("Person 0", lambda content, name: None)
    assert [line.text for line in store.written.lines(id)] == ["Everybody bakes."]
    assert [each.follow_up.what for each in store.meeting_again.all()] == [""]


def test_whoever_was_erased_a_moment_ago_answers_nothing_more(store: Store, lead: Identity, phone: Identity) -> None:
    id = gather(store, lead)
    store.gatherings.come(id, "p0", NOW, phone=phone.id)
    given = Answers(code("p0"), id, NOW.date(), Moment.AFTER, {"trust": 3})
    store.survey.answer(given, phone)
    assert store.survey.all() == (given,)
    store.erase_named("Person 0", lambda content, name: None)
    with pytest.raises(FaultsFound):
        store.survey.answer(given, phone)
    assert store.survey.all() == ()


def test_what_another_wrote_on_the_same_phone_is_neither_given_nor_erased(
    store: Store, lead: Identity, phone: Identity
) -> None:
    first, second = gather(store, lead), gather(store, lead, NOW + DAY)
    for id, person, words in ((first, "p0", "her own words"), (second, "p1", SECRET)):
        store.gatherings.come(id, person, NOW, phone=phone.id)
        store.written.reflect(Reflection(id, NOW.date(), 4, 5, different=words), phone)
        store.written.share(id, 1, words, NOW, by=phone)
    given = store.export_named("Person 0", lambda content, name: {})
    assert "her own words" in str(given)
    assert SECRET not in str(given)
    store.erase_named("Person 0", lambda content, name: None)
    assert [each.different for each in store.written.own(phone)] == [SECRET]
    assert [line.text for line in store.written.lines_of(phone)] == [SECRET]
    store.erase_named("Person 1", lambda content, name: None)
    assert store.identities.get(phone.id) is None
    assert store.written.own(phone) == ()


def test_numbers_hold_nothing_of_whoever_was_there(store: Store, lead: Identity) -> None:
    gather(store, lead)
    store.weave.keep(NOW)
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        everything = json.loads(zipped.read("everything.json"))
    assert "Person 0" not in json.dumps([everything[name] for name in ("held", "threads", "ties")])
    assert "finder" not in everything["threads"][0]
