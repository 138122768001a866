"""Those whom relexp knows again: found by their id, and forgotten with all that is theirs."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, select

from relexp.gathering.running import Act, Press
from relexp.leadership.evidence import Challenge, Evidence, Kind, Reading
from relexp.leadership.leader import Leader, Step
from relexp.learning import progress
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.consent import Said, Way
from relexp.privacy.roles import Identity, Role
from relexp.reflection.codebook import Theme
from relexp.reflection.one_to_ones import OneToOne
from relexp.reflection.reflections import Reflection
from relexp.roster.person import Person
from relexp.store import Store
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from relexp.store.tables import Erase, Export, gatherings, identities, metadata
from relexp.weave.survey import Answers, Moment
from tests.store.conftest import NOW

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
THEIRS = [table for table in TABLES if table.info["erase"] is not Erase.NOBODY]
DAY = timedelta(days=1)
THROUGH = (Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND, Press.SKIP, Press.CLOSE)


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store._database.reads() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES
        }


def fill(store: Store, name: str) -> Identity:
    """Somebody of whom every table holds something."""
    identity = store.identities.add(Role.FACILITATOR, name, NOW)
    store.links.make(identity, NOW, DAY)
    store.links.make_code(identity, NOW, DAY)
    store.drafts.save(identity.id, "gathering", b"a sheet", NOW)
    person, other = Person(f"{name}-1", name), Person(f"{name}-2", f"{name}'s friend")
    gathering = store.gatherings.open(
        identity, "spring", {"rounds": 1}, [person, other], NOW, earlier=[(person.id, other.id)]
    )
    store.gatherings.come(gathering, person.id, NOW, phone=identity.id)
    store.gatherings.come(gathering, other.id, NOW)
    store.consents.note(gathering, person.id, Said("seating", True, "2026-1", NOW, Way.PHONE), identity)
    store.gatherings.seat(gathering, Evening((Round(1, (Conversation((person.id, other.id), 1),)),), {}))
    write(store, gathering, identity, person, other)
    for place, press in enumerate(THROUGH):
        store.gatherings.press(gathering, Act(press, NOW), identity, f"{place} of {name}", place)
    store.weave.keep(NOW)
    return identity


def write(store: Store, gathering: str, identity: Identity, one: Person, other: Person) -> None:
    """What two people leave behind at a gathering: one of them has this phone."""
    for id, friend in ((one.id, other.id), (other.id, one.id)):
        store.consents.note(gathering, id, Said("weave", True, "2026-3", NOW, Way.DESK), identity)
        store.meeting_again.wish(gathering, id, [friend], f"{id}@example.org")
    line = store.written.share(gathering, 1, "Everybody has a grandmother.", NOW, by=identity)
    store.reading.write_book([Theme("family", "Family")])
    store.reading.code(line, "family", identity)
    codes = [code_of(each.id, each.name, Seal()) for each in (one, other)]
    meeting = OneToOne(*codes, NOW.date(), 40, different="she fasts, I do not")
    store.one_to_ones.note(meeting, identity)
    store.written.reflect(Reflection(gathering, NOW.date(), 4, 5, different="how we mourn"), identity)
    lead(store, one.name, identity)
    learn(store, one.name, identity)
    store.survey.answer(Answers(codes[0], gathering, NOW.date(), Moment.BEFORE, {"trust": 4}))


def learn(store: Store, name: str, who: Identity) -> None:
    """Somebody is a learner, too, and a tutor confirmed what they did."""
    did = progress.Event(f"event of {name}", NOW, progress.Verb.WROTE, "start", "look-back")
    store.learning.add(who.id, [did])
    store.learning.write(who.id, "start", "first-word", "I was shy at first", NOW, 0)
    store.learning.confirm(who.id, store.identities.house(Role.TRAINER, NOW), 20.0, "a good talk", NOW)


def lead(store: Store, name: str, by: Identity) -> None:
    """A row of the table of leaders, with something of every kind."""
    store.leaders.set_up(*store.leaders.board())
    id = secrets.token_hex(8)
    leader = Leader(id, name, "St Mary’s", stage="met", step=Step("call"), training={"taster": NOW.date()})
    store.leaders.change([], by, NOW, new=[leader])
    store.leaders.link_to(id, NOW)
    store.leaders.lines.note(Evidence("", id, Kind.ONE_TO_ONE, NOW.date(), "we talked", "Carys"), by)
    store.leaders.lines.challenge(Challenge("", id, NOW.date(), "chair the meeting", "Carys"))
    store.leaders.lines.read(Reading("", id, NOW.date(), {"listens": "often"}, "Carys"))


def held(store: Store, by: Identity) -> str:
    """The gathering that somebody opened."""
    with store.database.reads() as connection:
        return connection.execute(select(gatherings.c.id).where(gatherings.c.identity_id == by.id)).scalar_one()


def gone(store: Store, identity: Identity) -> None:
    """Somebody's own row goes, and with it whatever belongs to it."""
    with store.database.writes() as connection:
        connection.execute(delete(identities).where(identities.c.id == identity.id))


def test_somebody_is_found_again_as_they_wish_to_be_called(store: Store) -> None:
    for name in ("Siân", "نور الهدى", "", "'; DROP TABLE identities; --"):
        made = store.identities.add(Role.PARTICIPANT, name, NOW)
        assert store.identities.get(made.id) == Identity(made.id, Role.PARTICIPANT, name)
    assert store.identities.get("nobody") is None


def test_two_people_of_one_name_are_two(store: Store) -> None:
    assert store.identities.add(Role.LEARNER, "Bo", NOW).id != store.identities.add(Role.LEARNER, "Bo", NOW).id


def test_this_house_is_one_identity_for_each_role(store: Store) -> None:
    first = store.identities.house(Role.FACILITATOR, NOW)
    assert store.identities.house(Role.FACILITATOR, NOW + DAY) == first
    assert store.identities.house(Role.TRAINER, NOW) != first
    assert rows(store)["identities"] == 2


def test_whoever_opens_the_house_at_the_same_moment_finds_the_same_identity(store: Store) -> None:
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(lambda _: store.identities.house(Role.FACILITATOR, NOW), range(16)))
    assert len(found) == 1


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_and_every_column_says_what_becomes_of_it_when_somebody_is_forgotten(table: Table) -> None:
    assert isinstance(table.info.get("erase"), Erase)
    assert [column.name for column in table.c if not isinstance(column.info.get("erase"), Erase)] == []


def test_whoever_is_forgotten_is_in_no_table_and_everybody_else_stays(store: Store) -> None:
    fill(store, "Amina")
    before = rows(store)
    assert all(before.values()), "the test fills every table"
    bo = fill(store, "Bo")
    gone(store, bo)
    for name in ("Bo", "bo's FRIEND"):
        assert store.erase_named(name, lambda content, name: None)
        assert not store.erase_named(name, lambda content, name: None)
    assert rows(store) == before | {"held": before["held"] + 1}, "the numbers stay: nobody is in them"
    assert store.identities.get(bo.id) is None


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_and_every_column_says_whether_somebody_is_given_it(table: Table) -> None:
    assert isinstance(table.info.get("export"), Export)
    assert [column.name for column in table.c if not isinstance(column.info.get("export"), Export)] == []


def test_whoever_asks_is_given_all_that_is_kept_of_them_and_nothing_of_anybody_else(store: Store) -> None:
    _, bo = fill(store, "Amina"), fill(store, "Bo")
    given: Any = store.export_named("Amina", lambda content, name: {"rows": content.decode()})
    assert set(given) == {table.name for table in THEIRS}
    for table in THEIRS:
        columns = {column.name for column in table.c if column.info["export"] is Export.GIVEN}
        assert table.name == "drafts" or all(set(row) == columns for row in given[table.name])
    assert given["people"][0]["name"] == "Amina"
    assert given["reflections"][0]["said"]["different"] == "how we mourn"
    assert given["one_to_ones"][0]["said"]["different"] == "she fasts, I do not"
    assert given["learner_texts"][0]["said"] == "I was shy at first"
    assert given["learner_confirmations"][0]["said"] == "a good talk"
    assert given["wishes"][0]["reach"] == "Amina-1@example.org"
    assert "Bo" not in str(given)
    assert "Amina's friend" not in str(given)
    assert bo.id not in str(given)
    assert store.export_named("nobody", lambda content, name: {}) == {}


def test_whoever_was_noted_of_is_given_that_and_not_what_is_the_writer_s_alone(store: Store) -> None:
    amina = fill(store, "Amina")
    given: Any = store.export_named("amina's FRIEND", lambda content, name: {})
    (row,) = given["one_to_ones"]
    assert row["said"]["minutes"] == 40
    assert "fasts" not in str(row)
    assert amina.id not in str(row)


def test_whoever_noted_what_others_said_is_not_given_it_as_their_own(store: Store) -> None:
    amina = fill(store, "Amina")
    gathering, desk = held(store, amina), store.identities.add(Role.CO_FACILITATOR, "Siân", NOW)
    store.consents.note(gathering, "Amina-1", Said("photo", True, "2026-1", NOW, Way.DESK), desk)
    assert "consents" not in store.export_named("Siân", lambda content, name: {})
    said = store.export_named("Amina", lambda content, name: {})["consents"]
    assert [each["purpose"] for each in said] == ["seating", "weave", "photo"]


def test_a_participant_who_is_forgotten_leaves_a_gathering_that_goes_on(store: Store) -> None:
    lead, phone = fill(store, "Amina"), store.identities.add(Role.PARTICIPANT, "", NOW)
    gathering = held(store, lead)
    store.gatherings.come(gathering, "Amina-2", NOW, phone=phone.id)
    store.consents.note(gathering, "Amina-2", Said("photo", True, "2026-1", NOW, Way.PHONE), phone)
    gone(store, phone)
    assert [guest.identity_id for guest in store.gatherings.guests(gathering)] == [lead.id, None]
    photo = [said.by for said in store.consents.of(gathering, "Amina-2") if said.purpose == "photo"]
    assert photo == [""]
    store.gatherings.forget(gathering, "Amina-1")
    assert [guest.person.id for guest in store.gatherings.guests(gathering)] == ["Amina-2"]
    (round,) = store.gatherings.rounds(gathering)
    assert [talk.people for talk in round.conversations] == [("Amina-2",)]
    assert store.gatherings.earlier(gathering) == ()
    assert store.consents.of(gathering, "Amina-1") == ()


def test_participants_whose_links_are_gone_are_forgotten_and_nobody_else(store: Store) -> None:
    stays = [
        store.identities.house(Role.FACILITATOR, NOW),
        store.identities.add(Role.PARTICIPANT, "has a link", NOW),
        store.identities.add(Role.PARTICIPANT, "came later", NOW + 8 * DAY),
    ]
    store.links.make(stays[1], NOW, 30 * DAY)
    # Who came weeks ago, and is in the room again by the same phone.
    stays.append(store.identities.add(Role.PARTICIPANT, "", NOW - 20 * DAY))
    gathering = store.gatherings.open(stays[0], "spring", {}, [Person("a", "Amina")], NOW)
    store.gatherings.come(gathering, "a", NOW, phone=stays[-1].id)
    goes = store.identities.add(Role.PARTICIPANT, "came, and went", NOW)
    assert store.identities.purge(before=NOW + 7 * DAY) == 1
    assert store.identities.get(goes.id) is None
    assert [store.identities.get(identity.id) for identity in stays] == stays


def test_learners_who_never_did_anything_are_forgotten_with_their_links_and_nobody_else(store: Store) -> None:
    ((_, comes), (_, gone)) = store.links.admit([Role.LEARNER] * 2, NOW, {Role.LEARNER: 400 * DAY})
    store.learning.write(comes.id, "start", "journal", "hello", NOW, 0)
    store.purge(NOW + 100 * DAY)
    assert store.identities.get(gone.id) == gone
    store.purge(NOW + 420 * DAY)
    assert store.identities.get(gone.id) is None
    assert store.identities.get(comes.id) == comes
