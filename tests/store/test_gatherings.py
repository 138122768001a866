"""A gathering that runs is kept as it is: who came, who sits where, what was pressed; and nothing is doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import UNNAMED
from relexp.pairing.plan import plan
from relexp.privacy.consent import Said, Way
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from relexp.store import Store
from relexp.store.drafts import Stale
from relexp.store.tonight import tonight
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
ROSTER = read_roster(demo_sheet(), "demo.csv").roster
INTERPRETED = read_roster(
    b"name,organisation,languages,interpreter_for,rest\nAmina,A,Arabic,,\nBo,B,English,,2\nCass,C,English,,\n"
    b"Dee,D,English; Arabic,Amina,\nEve,E,English; Arabic,,\n",
    "sheet.csv",
).roster


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


def opened(store: Store, lead: Identity, roster: Roster = ROSTER) -> str:
    return store.gatherings.open(lead, "Spring evening", {"rounds": 5, "ä": ["ü"]}, roster.people, NOW)


def test_a_gathering_comes_back_as_it_was_opened(store: Store, lead: Identity) -> None:
    assert store.gatherings.current() is None
    id = store.gatherings.open(lead, "Hwyr وقت", {"rounds": 5}, ROSTER.people, NOW, apart="under lock")
    kept = store.gatherings.get(id)
    assert kept is not None
    assert (kept.owner, kept.name, kept.asked, kept.apart) == (lead.id, "Hwyr وقت", {"rounds": 5}, "under lock")
    assert store.gatherings.current() == kept
    assert store.gatherings.get("none") is None


@pytest.mark.parametrize("roster", [ROSTER, INTERPRETED])
def test_everybody_is_expected_with_what_the_plan_needs_of_them_and_no_address(
    store: Store, lead: Identity, roster: Roster
) -> None:
    id = opened(store, lead, roster)
    guests = store.gatherings.guests(id)
    assert [guest.person for guest in guests] == list(roster.people)
    assert all(guest.came is None for guest in guests)
    reached = Person("x", "X", email="x@example.org")
    store.gatherings.walk_in(id, reached, NOW)
    last = store.gatherings.guests(id)[-1]
    assert (last.person.name, last.person.email, last.came) == ("X", "", NOW)


@pytest.mark.parametrize("roster", [ROSTER, INTERPRETED])
def test_who_sits_where_is_kept_round_by_round(store: Store, lead: Identity, roster: Roster) -> None:
    evening = plan(roster, default_rules(roster, rounds=2), least_bad=True)
    id = opened(store, lead, roster)
    store.gatherings.seat(id, evening)
    assert store.gatherings.rounds(id) == evening.rounds
    # Only what is to come is planned again.
    other = plan(roster, default_rules(roster, rounds=2, seed=7), least_bad=True)
    store.gatherings.seat(id, other, after=1)
    assert store.gatherings.rounds(id) == (evening.rounds[0], other.rounds[1])


def test_who_comes_goes_and_comes_again_is_here_from_the_first_time_on(store: Store, lead: Identity) -> None:
    id, who = opened(store, lead), ROSTER.people[3].id
    phone = store.identities.add(Role.PARTICIPANT, "", NOW)

    def guest():
        return store.gatherings.guests(id)[3]

    store.gatherings.come(id, who, NOW)
    store.gatherings.go(id, who, NOW + MINUTE)
    assert (guest().came, guest().went) == (NOW, NOW + MINUTE)
    store.gatherings.come(id, who, NOW + 2 * MINUTE, phone=phone.id)
    assert (guest().came, guest().went, guest().identity_id) == (NOW, None, phone.id)
    store.gatherings.come(id, who, NOW + 3 * MINUTE)
    assert guest().identity_id == phone.id


def test_who_checks_in_by_their_phone_is_here_once_however_often_the_phone_says_so(
    store: Store, lead: Identity
) -> None:
    id, who = opened(store, lead), replace(ROSTER.people[3], quiet=True)
    phone, other = (store.identities.add(Role.PARTICIPANT, "", NOW).id for _ in range(2))

    def check_in(person: Person, phone: str) -> bool:
        return store.gatherings.check_in(id, person, phone, ["seating", "photo"], "2026-1", NOW)

    assert [check_in(who, phone) for _ in range(3)] == [True, True, True]
    guest = store.gatherings.guests(id)[3]
    assert (guest.person, guest.came, guest.identity_id) == (who, NOW, phone)
    assert [(said.purpose, said.yes, said.way) for said in store.consents.of(id, who.id)] == [
        ("seating", True, Way.PHONE),
        ("photo", True, Way.PHONE),
    ]
    # A second phone is not this person too, and the first is nobody else as well.
    assert not check_in(who, other)
    assert not check_in(ROSTER.people[4], phone)
    assert store.gatherings.guests(id)[4].came is None
    # Whom nobody expected is put at the end of the list, once.
    new = Person("new", "হাসিনা")
    assert [check_in(new, other) for _ in range(2)] == [True, True]
    assert [guest.person for guest in store.gatherings.guests(id)][len(ROSTER) :] == [new]


def test_who_took_the_wrong_name_gives_it_back_and_whoever_came_through_the_door_stays(
    store: Store, lead: Identity
) -> None:
    id, (ann, anna) = opened(store, lead), ROSTER.people[:2]
    phone = store.identities.add(Role.PARTICIPANT, "", NOW).id
    store.gatherings.come(id, anna.id, NOW - MINUTE)
    for person in (ann, anna):
        store.gatherings.check_in(id, person, phone, ["seating"], "2026-1", NOW)
        store.gatherings.wrong_name(id, phone)
    here = store.gatherings.guests(id)
    assert [guest.came for guest in here[:2]] == [None, NOW - MINUTE]
    assert [guest.identity_id for guest in here[:2]] == [None, None]
    assert store.consents.of(id, anna.id) == ()
    store.gatherings.wrong_name(id, phone)
    assert store.gatherings.guests(id) == here


def test_a_no_that_was_said_under_a_wrong_name_takes_nobody_off_the_plan(store: Store, lead: Identity) -> None:
    id, ben = opened(store, lead), ROSTER.people[0]
    phone = store.identities.add(Role.PARTICIPANT, "", NOW)
    store.gatherings.come(id, ben.id, NOW - MINUTE)
    before = store.gatherings.guests(id)
    store.gatherings.check_in(id, ben, phone.id, ["seating"], "2026-1", NOW)
    store.consents.note(id, ben.id, Said("seating", False, "2026-1", NOW + MINUTE, Way.PHONE), phone)
    assert not store.gatherings.guests(id)[0].takes_part
    store.gatherings.wrong_name(id, phone.id)
    assert store.gatherings.guests(id) == before


def test_of_who_takes_back_to_be_on_the_plan_no_name_is_shown_until_they_say_yes(store: Store, lead: Identity) -> None:
    id, (ben, other) = opened(store, lead), ROSTER.people[:2]
    store.gatherings.come(id, ben.id, NOW)
    for yes in (False, True, False):
        store.consents.note(id, ben.id, Said("seating", yes, "2026-1", NOW, Way.DESK), lead)
        store.consents.note(id, other.id, Said("photo", not yes, "2026-1", NOW, Way.DESK), lead)
        found = tonight(store.gatherings, NOW)
        assert [guest.refused for guest in found.people[:2]] == [None if yes else NOW, None]
        assert found.names[ben.id] == (ben.name if yes else UNNAMED)
        assert found.names[other.id] == other.name


def test_nothing_that_was_said_under_a_wrong_name_is_left(store: Store, lead: Identity) -> None:
    id, ann = opened(store, lead), ROSTER.people[0]
    phone = store.identities.add(Role.PARTICIPANT, "", NOW).id
    before = store.gatherings.guests(id)
    said = replace(ann, under_18=True, women_only=True, gender="woman", quiet=True, rest=frozenset({1}))
    store.gatherings.check_in(id, said, phone, ["seating"], "2026-1", NOW)
    assert store.gatherings.guests(id)[0].person == said
    store.gatherings.wrong_name(id, phone)
    assert store.gatherings.guests(id) == before
    # nor is anybody whom that phone made up
    store.gatherings.check_in(id, Person("new", "Nobody"), phone, ["seating"], "2026-1", NOW)
    assert len(store.gatherings.guests(id)) == len(before) + 1
    store.gatherings.wrong_name(id, phone)
    assert store.gatherings.guests(id) == before


def test_each_change_is_counted_for_whoever_watches(store: Store, lead: Identity) -> None:
    id, who = opened(store, lead), ROSTER.people[0].id
    seen = [store.gatherings.get(id).changed]
    for change in (
        lambda: store.gatherings.come(id, who, NOW),
        lambda: store.consents.note(id, who, Said("photo", True, "1", NOW, Way.DESK), lead),
        lambda: store.gatherings.press(id, Act(Press.OPEN_DOORS, NOW), lead, "a", 0),
        lambda: store.gatherings.forget(id, who),
    ):
        change()
        seen.append(store.gatherings.get(id).changed)
    assert seen == sorted(set(seen))


def test_what_was_pressed_is_kept_in_its_order(store: Store, lead: Identity) -> None:
    id = opened(store, lead)
    acts = (Act(Press.OPEN_DOORS, NOW), Act(Press.WELCOME, NOW + MINUTE), Act(Press.EXTEND, NOW + 2 * MINUTE, 5))
    for count, act in enumerate(acts):
        assert store.gatherings.press(id, act, lead, f"key {count}", count) == count + 1
    assert store.gatherings.pressed(id) == acts


def test_the_same_press_sent_twice_is_one(store: Store, lead: Identity) -> None:
    id = opened(store, lead)
    for _ in range(3):
        assert store.gatherings.press(id, Act(Press.OPEN_DOORS, NOW), lead, "once", 0) == 1
    assert len(store.gatherings.pressed(id)) == 1


def test_of_two_who_press_together_one_is_first_and_the_other_is_told(store: Store, lead: Identity) -> None:
    id = opened(store, lead)

    def press(number: int) -> bool:
        try:
            store.gatherings.press(id, Act(Press.OPEN_DOORS, NOW), lead, f"hand {number}", 0)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        pressed = list(pool.map(press, range(8)))
    assert pressed.count(True) == 1
    assert len(store.gatherings.pressed(id)) == 1


def test_a_gathering_that_is_closed_is_not_on_any_more_unless_that_is_taken_back(store: Store, lead: Identity) -> None:
    id = opened(store, lead)
    store.gatherings.press(id, Act(Press.CLOSE, NOW), lead, "a", 0)
    assert store.gatherings.current() is None
    store.gatherings.press(id, Act(Press.UNDO, NOW), lead, "b", 1)
    assert store.gatherings.current() is not None


def test_gatherings_are_forgotten_in_their_time(store: Store, lead: Identity) -> None:
    opened(store, lead)
    assert store.gatherings.purge(NOW) == 0
    assert store.gatherings.purge(NOW + MINUTE) == 1
    assert store.gatherings.current() is None


def test_somebody_taken_for_another_is_expected_as_before(store: Store, lead: Identity) -> None:
    id = opened(store, lead)
    store.gatherings.come(id, ROSTER.people[0].id, NOW)
    store.gatherings.not_come(id, ROSTER.people[0].id)
    assert store.gatherings.guests(id)[0].came is None


def test_a_plan_made_before_somebody_pressed_something_takes_nobodys_seat(store: Store, lead: Identity) -> None:
    id, rules = opened(store, lead), default_rules(ROSTER, 3)
    evening = plan(ROSTER, rules)
    store.gatherings.seat(id, evening, expected=0)
    store.gatherings.press(id, Act(Press.OPEN_DOORS, NOW), lead, "a", 0)
    with pytest.raises(Stale):
        store.gatherings.seat(id, plan(ROSTER, default_rules(ROSTER, 2)), 1, expected=0)
    assert store.gatherings.rounds(id) == evening.rounds
    store.gatherings.seat(id, plan(ROSTER, default_rules(ROSTER, 2)), 1, expected=1)
    assert len(store.gatherings.rounds(id)) == 2
