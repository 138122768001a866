"""Those whom relexp knows again: found by their id, and forgotten with all that is theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.store import Store
from relexp.store.tables import Erase, Export, metadata
from tests.store.conftest import NOW

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
DAY = timedelta(days=1)


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
    store.gatherings.agree(gathering, person.id, "seating", "2026-1", NOW)
    store.gatherings.seat(gathering, Evening((Round(1, (Conversation((person.id,), 1),)),), {}))
    store.gatherings.press(gathering, Act(Press.OPEN_DOORS, NOW), identity, f"key of {name}", 0)
    return identity


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
    gone = fill(store, "Bo")
    store.identities.erase(gone.id)
    assert rows(store) == before
    assert store.identities.get(gone.id) is None
    store.identities.erase(gone.id)
    assert rows(store) == before


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_and_every_column_says_whether_somebody_is_given_it(table: Table) -> None:
    assert isinstance(table.info.get("export"), Export)
    assert [column.name for column in table.c if not isinstance(column.info.get("export"), Export)] == []


def test_whoever_asks_is_given_all_that_is_kept_of_them_and_nothing_of_anybody_else(store: Store) -> None:
    amina, bo = fill(store, "Amina"), fill(store, "Bo")
    given = store.identities.export(amina.id)
    assert set(given) == {table.name for table in TABLES}
    for table in TABLES:
        columns = {column.name for column in table.c if column.info["export"] is Export.GIVEN}
        assert all(set(row) == columns for row in given[table.name])
    assert given["drafts"][0]["content"] == "a sheet"
    assert given["people"][0]["name"] == "Amina"
    assert "Bo" not in str(given)
    assert "Amina's friend" not in str(given)
    assert bo.id not in str(given)
    assert store.identities.export("nobody") == {}


def test_a_participant_who_is_forgotten_leaves_a_gathering_that_goes_on(store: Store) -> None:
    lead, phone = fill(store, "Amina"), store.identities.add(Role.PARTICIPANT, "", NOW)
    gathering = store.gatherings.current()
    assert gathering is not None
    store.gatherings.come(gathering.id, "Amina-2", NOW, phone=phone.id)
    store.identities.erase(phone.id)
    assert [guest.identity_id for guest in store.gatherings.guests(gathering.id)] == [lead.id, None]
    store.gatherings.forget(gathering.id, "Amina-1")
    assert [guest.person.id for guest in store.gatherings.guests(gathering.id)] == ["Amina-2"]
    assert store.gatherings.rounds(gathering.id) == ()
    assert store.gatherings.earlier(gathering.id) == ()
    assert store.gatherings.agreed(gathering.id, "seating") == frozenset()


def test_participants_whose_links_are_gone_are_forgotten_and_nobody_else(store: Store) -> None:
    stays = [
        store.identities.house(Role.FACILITATOR, NOW),
        store.identities.add(Role.PARTICIPANT, "has a link", NOW),
        store.identities.add(Role.PARTICIPANT, "came later", NOW + 8 * DAY),
    ]
    store.links.make(stays[1], NOW, 30 * DAY)
    goes = store.identities.add(Role.PARTICIPANT, "came, and went", NOW)
    assert store.identities.purge(before=NOW + 7 * DAY) == 1
    assert store.identities.get(goes.id) is None
    assert [store.identities.get(identity.id) for identity in stays] == stays
