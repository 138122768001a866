"""Those whom relexp knows again: found by their id, and forgotten with all that is theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from relexp.privacy.roles import Identity, Role
from relexp.store import Store
from relexp.store.tables import Erase, metadata
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
    assert set(before.values()) == {1}, "the test fills every table"
    gone = fill(store, "Bo")
    store.identities.erase(gone.id)
    assert rows(store) == before
    assert store.identities.get(gone.id) is None
    store.identities.erase(gone.id)
    assert rows(store) == before


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
