"""What people say yes and no to is a ledger: a line is added each time, none is written over, the last one holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from relexp.exchange.tables import read_table
from relexp.gathering.running import Act, Press
from relexp.messages import FaultsFound
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.consent import Said, Way, standing
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.roster.reading import roster_from
from relexp.store import Store
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
AMINA, BO = Person("a", "Amina Begum"), Person("b", "Bo Li")


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


@pytest.fixture
def id(store: Store, lead: Identity) -> str:
    evening = Evening((Round(1, (Conversation(("a", "b"), 1),)),), {})
    return store.gatherings.open(lead, "Spring", {}, [AMINA, BO], NOW, evening=evening, earlier=[("a", "b")])


def at_the_desk(purpose: str, yes: bool, after: int = 0) -> Said:
    return Said(purpose, yes, "2026-1", NOW + after * MINUTE, Way.DESK)


def test_each_yes_and_no_is_a_line_of_its_own_with_who_noted_it(store: Store, id: str) -> None:
    phone = store.identities.add(Role.PARTICIPANT, "", NOW)
    siân = store.identities.add(Role.CO_FACILITATOR, "Siân Rees", NOW)
    store.gatherings.check_in(id, AMINA, phone.id, ["seating", "contact"], "2026-1-cy", NOW)
    for after, yes in enumerate((False, True, False), 1):
        store.consents.note(id, "a", at_the_desk("contact", yes, after), siân)
    said = store.consents.of(id, "a")
    assert [(each.purpose, each.yes, each.way, each.by) for each in said] == [
        ("seating", True, Way.PHONE, ""),
        ("contact", True, Way.PHONE, ""),
        ("contact", False, Way.DESK, "Siân Rees"),
        ("contact", True, Way.DESK, "Siân Rees"),
        ("contact", False, Way.DESK, "Siân Rees"),
    ]
    assert [each.wording for each in said][:3] == ["2026-1-cy", "2026-1-cy", "2026-1"]
    holds = standing(said)
    assert (holds["seating"].yes, holds["contact"].yes, holds["contact"].at) == (True, False, NOW + 3 * MINUTE)
    assert store.consents.of(id, "b") == ()


def test_of_many_who_note_at_once_none_writes_over_another(store: Store, lead: Identity, id: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(
            pool.map(lambda at: store.consents.note(id, "ab"[at % 2], at_the_desk("photo", True, at), lead), range(12))
        )
    assert [len(store.consents.of(id, who)) for who in "ab"] == [6, 6]


def test_whoever_takes_back_their_place_on_the_plan_is_still_here_and_takes_no_part_until_they_say_yes_again(
    store: Store, lead: Identity, id: str
) -> None:
    store.gatherings.come(id, "a", NOW)
    store.consents.note(id, "a", at_the_desk("seating", True), lead)
    store.consents.note(id, "a", at_the_desk("contact", False), lead)
    assert store.gatherings.guests(id)[0].here
    store.consents.note(id, "a", at_the_desk("seating", False, 1), lead)
    (amina, _) = store.gatherings.guests(id)
    assert (amina.here, amina.takes_part, amina.refused) == (True, False, NOW + MINUTE)
    # their table is planned again with the others first
    assert store.gatherings.rounds(id)
    store.consents.note(id, "a", at_the_desk("seating", True, 2), lead)
    assert store.gatherings.guests(id)[0].takes_part
    # who has gone home says yes and has still gone home; who has not come has not come
    store.gatherings.go(id, "a", NOW)
    store.consents.note(id, "a", at_the_desk("seating", True, 3), lead)
    store.consents.note(id, "b", at_the_desk("seating", False), lead)
    assert [guest.here for guest in store.gatherings.guests(id)] == [False, False]
    assert store.gatherings.guests(id)[1].came is None


def test_once_the_evening_is_over_who_sat_with_somebody_goes_with_their_yes(
    store: Store, lead: Identity, id: str
) -> None:
    store.gatherings.press(id, Act(Press.CLOSE, NOW), lead, "a", 1)
    store.consents.note(id, "a", at_the_desk("seating", False), lead)
    assert store.gatherings.rounds(id) == (Round(1, (Conversation(("b",), 1),)),)
    assert store.gatherings.earlier(id) == ()


def test_nothing_is_noted_of_somebody_who_is_not_on_the_list(store: Store, lead: Identity, id: str) -> None:
    with pytest.raises(FaultsFound):
        store.consents.note(id, "nobody", at_the_desk("photo", True), lead)


def test_a_wrong_name_takes_back_what_its_phone_said_and_not_what_was_said_at_the_desk(
    store: Store, lead: Identity, id: str
) -> None:
    phone = store.identities.add(Role.PARTICIPANT, "", NOW)
    store.consents.note(id, "a", at_the_desk("photo", False), lead)
    store.gatherings.check_in(id, AMINA, phone.id, ["seating", "photo"], "2026-1", NOW)
    store.gatherings.wrong_name(id, phone.id)
    assert [(said.purpose, said.yes) for said in store.consents.of(id, "a")] == [("photo", False)]


def test_how_to_reach_people_is_never_kept_of_a_gathering_so_that_no_yes_can_be_overrun(
    store: Store, lead: Identity
) -> None:
    sheet = (
        b"name,organisation,email,Mobile number,How do we reach you?,Street\n"
        b"Amina,A,amina@example.org,07700 900123,+44 7700 900456,Mill Road\nBo,B,bo@example.org,1,bo@x.org,12 High St\n"
    )
    people = roster_from(read_table(sheet, "sheet.csv")).roster.people
    id = store.gatherings.open(lead, "Spring", {}, people, NOW)
    values = [guest.person.values for guest in store.gatherings.guests(id)]
    assert [set(each) for each in values] == [{"name", "organisation", "street"}] * 2
    assert values[0]["street"] == "Mill Road"
