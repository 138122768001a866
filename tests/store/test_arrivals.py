"""Those who come by phones of their own in the same moment are kept by one change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from relexp.messages import FaultsFound
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.store import Store, open_store
from relexp.store.arrivals import Arrival
from tests.store.conftest import NOW

PEOPLE = tuple(Person(f"p{at}", f"আফরোজা {at}", f"Group {at % 3}") for at in range(6))


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


@pytest.fixture
def id(store: Store, lead: Identity) -> str:
    return store.gatherings.open(lead, "Hall", {}, PEOPLE, NOW)


def phones(store: Store, many: int) -> list[str]:
    return [
        guest.id
        for _, guest in store.links.admit([Role.PARTICIPANT] * many, NOW, {Role.PARTICIPANT: timedelta(days=1)})
    ]


def arrivals(id: str, people, phones) -> list[Arrival]:
    return [
        Arrival(id, person, phone, ("seating",), "2026-1", NOW) for person, phone in zip(people, phones, strict=True)
    ]


def here(store: Store, id: str) -> list[str]:
    return [guest.person.id for guest in store.gatherings.guests(id) if guest.here]


def test_all_of_them_are_in_by_one_change_and_a_store_opened_anew_has_them(store: Store, id: str) -> None:
    before = store.gatherings.get(id).changed
    commits = []
    event.listen(store._database.engine, "commit", commits.append)
    assert store.gatherings.check_in_all(arrivals(id, PEOPLE, phones(store, 6))) == [True] * 6
    # the phones' own places were one change as well
    assert len(commits) == 2
    assert store.gatherings.get(id).changed == before + 1
    again = open_store(store.url)
    assert here(again, id) == [person.id for person in PEOPLE]
    assert all(again.consents.of(id, person.id) for person in PEOPLE)
    again.close()


def test_two_phones_with_one_name_in_the_same_moment_are_one_person_and_the_second_is_told(store, id) -> None:
    one, other = phones(store, 2)
    assert store.gatherings.check_in_all(arrivals(id, [PEOPLE[0]] * 2, [one, other])) == [True, False]
    assert [guest.identity_id for guest in store.gatherings.guests(id)] == [one, None, None, None, None, None]


def test_one_phone_that_sends_twice_or_takes_two_names_in_the_same_moment_is_one_person(store, id) -> None:
    (phone,) = phones(store, 1)
    new = Person("new", "Wanjirũ wa Njoroge")
    told = store.gatherings.check_in_all(arrivals(id, [new, new, PEOPLE[1]], [phone] * 3))
    assert told == [True, True, False]
    assert here(store, id) == ["new"]
    assert len(store.consents.of(id, "new")) == 1


def test_one_at_fault_keeps_nobody_else_out_and_leaves_nothing_behind(store: Store, id: str) -> None:
    one, other = phones(store, 2)
    wrong = replace(PEOPLE[1], name="changed")
    told = store.gatherings.check_in_all(arrivals(id, [PEOPLE[0], wrong, PEOPLE[2]], [one, "nobody's", other]))
    assert (told[0], told[2]) == (True, True)
    assert isinstance(told[1], FaultsFound)
    assert here(store, id) == ["p0", "p2"]
    assert store.gatherings.guests(id)[1].person == PEOPLE[1]


def test_a_gathering_that_is_gone_takes_nobody_in_and_the_others_come_into_theirs(store: Store, id: str) -> None:
    one, other = phones(store, 2)
    lost = Arrival("gone", Person("new", "New"), one, ("seating",), "2026-1", NOW)
    told = store.gatherings.check_in_all([lost, *arrivals(id, [PEOPLE[0]], [other])])
    assert isinstance(told[0], FaultsFound)
    assert told[1:] == [True]
    assert here(store, id) == ["p0"]


def test_what_nobody_alone_is_at_fault_for_is_told_to_all_and_nothing_is_kept(tmp_path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'relexp.sqlite3'}", patience=0.05)
    id = store.gatherings.open(store.identities.house(Role.FACILITATOR, NOW), "Hall", {}, PEOPLE, NOW)
    coming = arrivals(id, PEOPLE[:3], phones(store, 3))
    with store._database.writes():
        told = store.gatherings.check_in_all(coming)
    assert [each.faults[0].message.code for each in told] == ["store.busy"] * 3
    assert here(store, id) == []
    assert store.gatherings.check_in_all(coming) == [True] * 3
    store.close()


def test_each_who_is_admitted_is_somebody_of_their_own_with_a_link_of_their_own(store: Store) -> None:
    made = store.links.admit([Role.PARTICIPANT] * 5, NOW, {Role.PARTICIPANT: timedelta(days=1)})
    secrets = [secret for secret, _ in made]
    assert store.links.find_all([*secrets, "a guess"], NOW) == [*(guest for _, guest in made), None]
    assert len({guest.id for _, guest in made}) == 5
    assert store.links.find_all(secrets, NOW + timedelta(days=1)) == [None] * 5
