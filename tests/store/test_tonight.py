"""What everybody looks at is read in one go, is the gathering that is on, and lasts a little beyond its end."""

from __future__ import annotations

from datetime import timedelta

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Asked, Lead
from relexp.gathering.formats import FORMATS
from relexp.gathering.running import Act, Press, Stage
from relexp.pairing.plan import plan
from relexp.privacy.roles import Role
from relexp.roster.rule_check import default_rules
from relexp.store import Store
from relexp.store.tonight import AFTERWARDS, state, tonight
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
ROSTER = read_roster(demo_sheet(), "demo.csv").roster
ASKED = Asked(
    FORMATS[1], ("Who taught you to cook?",), purpose="To know our neighbours", lead=Lead("Siân", "by the door")
)


def opened(store: Store, name: str = "Spring evening", now=NOW) -> str:
    lead = store.identities.house(Role.FACILITATOR, NOW)
    return store.gatherings.open(lead, name, ASKED.to_plain(), ROSTER.people, now)


def press(store: Store, id: str, *acts: Act) -> None:
    lead = store.identities.house(Role.FACILITATOR, NOW)
    for act in acts:
        count = len(store.gatherings.pressed(id))
        store.gatherings.press(id, act, lead, f"key {count}", count)


def test_with_no_gathering_there_is_nothing_to_look_at(store: Store) -> None:
    assert tonight(store.gatherings, NOW) is None
    assert state(store.gatherings, NOW) is None


def test_everything_about_it_comes_together(store: Store) -> None:
    id = opened(store)
    evening = plan(ROSTER, default_rules(ROSTER, rounds=2), least_bad=True)
    store.gatherings.seat(id, evening)
    press(store, id, Act(Press.OPEN_DOORS, NOW), Act(Press.START_ROUND, NOW + MINUTE))
    store.gatherings.come(id, ROSTER.people[0].id, NOW)
    found = tonight(store.gatherings, NOW)
    assert found is not None
    assert (found.id, found.name, found.asked, found.rounds) == (id, "Spring evening", ASKED, evening.rounds)
    assert (found.id, found.changed) == state(store.gatherings, NOW)
    assert [guest.person for guest in found.people] == list(ROSTER.people)
    assert found.people[0].here
    assert found.scene(NOW + 3 * MINUTE).question == "Who taught you to cook?"


def test_each_change_can_be_seen_by_one_number(store: Store) -> None:
    id = opened(store)
    before = state(store.gatherings, NOW)
    store.gatherings.come(id, ROSTER.people[0].id, NOW)
    assert state(store.gatherings, NOW) == (id, before[1] + 1)


def test_who_looks_after_the_end_finds_the_farewell_for_a_while(store: Store) -> None:
    id = opened(store)
    press(store, id, Act(Press.OPEN_DOORS, NOW), Act(Press.CLOSE, NOW + MINUTE))
    ended = tonight(store.gatherings, NOW + 2 * MINUTE)
    assert ended is not None
    assert ended.scene(NOW + 2 * MINUTE).stage is Stage.CLOSED
    assert tonight(store.gatherings, NOW + MINUTE + AFTERWARDS) is None


def test_a_gathering_that_is_on_comes_before_one_that_has_ended(store: Store) -> None:
    first = opened(store, "First")
    press(store, first, Act(Press.OPEN_DOORS, NOW), Act(Press.CLOSE, NOW + 2 * MINUTE))
    assert tonight(store.gatherings, NOW + 2 * MINUTE).id == first
    second = opened(store, "Second", NOW + MINUTE)
    assert tonight(store.gatherings, NOW + 2 * MINUTE).id == second
