"""The doors are opened in one step: all of it or nothing, and only one gathering is open at a time."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.running import Act, Press
from relexp.messages import FaultsFound
from relexp.pairing.plan import plan
from relexp.privacy.roles import Identity, Role
from relexp.roster.rule_check import default_rules
from relexp.store import Open, Renewed, Stale, Store, open_store
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
ROSTER = read_roster(demo_sheet(), "demo.csv").roster
EVENING = plan(ROSTER, default_rules(ROSTER, 3), least_bad=True)


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


def doors(store: Store, lead: Identity, name: str = "Spring", **more: str) -> str:
    return store.gatherings.open(lead, name, {"rounds": 3}, ROSTER.people, NOW, evening=EVENING, **more)


def looks(store: Store) -> tuple[object, ...]:
    """All that can be seen of the gathering that is on."""
    kept = store.gatherings.current()
    if kept is None:
        return ()
    id = kept.id
    return (kept, store.gatherings.guests(id), store.gatherings.rounds(id), store.gatherings.pressed(id))


def test_the_gathering_its_seats_and_its_open_doors_come_together(store: Store, lead: Identity) -> None:
    id = doors(store, lead)
    assert store.gatherings.current() == store.gatherings.get(id)
    assert [guest.person for guest in store.gatherings.guests(id)] == list(ROSTER.people)
    assert store.gatherings.rounds(id) == EVENING.rounds
    assert store.gatherings.pressed(id) == (Act(Press.OPEN_DOORS, NOW),)


def test_where_one_is_open_no_other_opens_and_whoever_tried_is_told_which(store: Store, lead: Identity) -> None:
    id = doors(store, lead)
    before = looks(store)
    with pytest.raises(Open) as found:
        doors(store, lead, "Another")
    assert found.value.kept.id == id
    assert looks(store) == before


def test_of_many_who_open_the_doors_at_once_one_does_and_the_others_are_told(store: Store, lead: Identity) -> None:
    def attempt(number: int) -> str:
        try:
            return doors(store, lead, f"By {number}")
        except Open as found:
            return f"told of {found.kept.id}"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(attempt, range(6)))
    (opened,) = [each for each in found if not each.startswith("told of ")]
    assert found.count(f"told of {opened}") == 5


def test_one_takes_the_place_of_the_one_that_is_open_and_of_no_other(store: Store, lead: Identity) -> None:
    first = doors(store, lead)
    second = doors(store, lead, "Second", instead=first)
    kept = store.gatherings.get(first)
    assert kept is not None
    assert kept.closed == NOW
    assert store.gatherings.pressed(first)[-1] == Act(Press.CLOSE, NOW)
    # whoever has not seen the second yet does not close it unseen
    with pytest.raises(Open) as found:
        doors(store, lead, "Third", instead=first)
    assert found.value.kept.id == second
    # one that was closed meanwhile needs no closing
    store.gatherings.press(second, Act(Press.CLOSE, NOW), lead, "a", 1)
    third = doors(store, lead, "Third", instead=second)
    assert [act.press for act in store.gatherings.pressed(second)] == [Press.OPEN_DOORS, Press.CLOSE]
    # and what is over does not go on beside it
    with pytest.raises(Stale):
        store.gatherings.press(second, Act(Press.UNDO, NOW), lead, "b", 2)
    assert store.gatherings.current() == store.gatherings.get(third)


def test_a_page_from_before_somebody_was_erased_opens_nothing(store: Store, lead: Identity) -> None:
    since = store.edition
    doors(store, lead, since=since)
    before = looks(store)
    assert store.erase_named(ROSTER.people[0].name, lambda content, name: None)
    with pytest.raises(Renewed):
        doors(store, lead, since=since, instead=before[0].id)  # type: ignore[attr-defined]
    kept = store.gatherings.current()
    assert kept is not None
    assert kept.closed is None


DIES = """
import os, signal, sys
from sqlalchemy import event
from relexp.store import open_store
from tests.store.conftest import NOW
from tests.store.test_one_gathering import doors
store = open_store(sys.argv[1])
lead = store.identities.get("house-facilitator")
current, left = store.gatherings.current(), int(sys.argv[2])
@event.listens_for(store.database.engine, "before_cursor_execute")
def one_less(connection, cursor, statement, *more):
    global left
    if statement.startswith(("INSERT", "UPDATE", "DELETE")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
print("begun", flush=True)
doors(store, lead, "Second", instead=current.id)
print("open", flush=True)
"""


@pytest.mark.parametrize("statements", [0, 1, 2, 3, 4, 5, 6, 7, 99])
def test_killed_at_any_point_the_old_one_is_open_or_the_new_one_and_never_half(url: str, statements: int) -> None:
    store = open_store(url)
    lead = store.identities.house(Role.FACILITATOR, NOW)
    doors(store, lead, "First")
    before = looks(store)
    died = subprocess.run([sys.executable, "-c", DIES, url, str(statements)], capture_output=True, text=True)
    assert died.stdout.startswith("begun"), died.stderr
    if "open" in died.stdout:
        kept = store.gatherings.current()
        assert kept is not None
        assert (kept.name, store.gatherings.rounds(kept.id)) == ("Second", EVENING.rounds)
        assert statements == 99
    else:
        assert looks(store) == before
    store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_on_a_full_disk_the_one_that_is_open_stays_open(store: Store, lead: Identity) -> None:
    first = doors(store, lead)
    before = looks(store)

    def limit(pages: int) -> None:
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    limit(1)
    with pytest.raises(FaultsFound, match="no room left"):
        doors(store, lead, "Second", instead=first)
    assert looks(store) == before
    limit(100_000)
    assert doors(store, lead, "Second", instead=first)
