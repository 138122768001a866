"""Doors: only a secret that was made opens one, only while it lasts, and never once it was revoked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from relexp.messages import FaultsFound
from relexp.privacy.roles import Identity, Role
from relexp.store import Store
from relexp.store.links import CODE_LENGTH, LETTERS
from relexp.store.tables import codes, links
from tests.store.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
SPANS = st.timedeltas(min_value=TICK, max_value=timedelta(days=400))
# Any text, what looks like a link's secret, and what looks like a code.
SECRETS = st.text() | st.from_regex(r"\A[A-Za-z0-9_-]{32}\Z") | st.text(LETTERS, min_size=6, max_size=6)


def everything(store: Store) -> str:
    """All that the store holds about doors."""
    with store._database.reads() as connection:
        return str([connection.execute(select(table)).all() for table in (links, codes)])


def test_a_link_brings_back_whom_it_was_made_for(store: Store, somebody: Identity) -> None:
    secret, link = store.links.make(somebody, NOW, DAY)
    other = store.identities.add(Role.LEARNER, "Bo", NOW)
    second, _ = store.links.make(other, NOW, DAY)
    assert store.links.find(secret, NOW) == somebody == link.identity
    assert store.links.find(second, NOW) == other


def test_a_secret_cannot_be_guessed_and_is_nowhere_in_the_store(store: Store, somebody: Identity) -> None:
    made = [store.links.make(somebody, NOW, DAY)[0] for _ in range(20)]
    assert len(set(made)) == 20
    assert min(map(len, made)) >= 32
    code = store.links.make_code(somebody, NOW, DAY)
    kept = everything(store)
    assert not [secret for secret in (*made, code) if secret in kept]


@given(secret=SECRETS)
def test_a_secret_that_was_never_made_opens_nothing(lasting: Store, secret: str) -> None:
    lasting.links.make(lasting.identities.house(Role.FACILITATOR, NOW), NOW, DAY)
    assert lasting.links.find(secret, NOW) is None


@given(lasts=SPANS, after=SPANS)
def test_a_link_opens_until_it_has_run_out_and_never_again(lasting: Store, lasts: timedelta, after: timedelta) -> None:
    person = lasting.identities.house(Role.FACILITATOR, NOW)
    secret, link = lasting.links.make(person, NOW, lasts)
    assert link.until == NOW + lasts
    assert lasting.links.find(secret, NOW) == person
    assert lasting.links.find(secret, link.until - TICK) == person
    assert lasting.links.find(secret, link.until) is None
    assert lasting.links.find(secret, link.until + after) is None


@given(lasts=SPANS, at=SPANS, later=SPANS)
def test_a_revoked_link_never_opens_whatever_the_clock_says(
    lasting: Store, lasts: timedelta, at: timedelta, later: timedelta
) -> None:
    secret, link = lasting.links.make(lasting.identities.house(Role.FACILITATOR, NOW), NOW, lasts)
    lasting.links.revoke(link.id, NOW + at)
    lasting.links.revoke(link.id, NOW + at + later)
    for moment in (NOW, NOW + at, NOW + at + later):
        assert lasting.links.find(secret, moment) is None


def test_revoking_one_link_leaves_the_others_open(store: Store, somebody: Identity) -> None:
    (first, link), (second, other) = (store.links.make(somebody, NOW, DAY) for _ in range(2))
    store.links.revoke(link.id, NOW)
    store.links.revoke("no such link", NOW)
    assert store.links.find(first, NOW) is None
    assert store.links.find(second, NOW) == somebody
    assert store.links.all(NOW) == (other,)


def test_the_list_of_links_shows_those_that_still_open(store: Store, somebody: Identity) -> None:
    _, short = store.links.make(somebody, NOW, HOUR)
    _, long = store.links.make(somebody, NOW + TICK, DAY)
    assert store.links.all(NOW) == (short, long)
    assert store.links.all(NOW + HOUR) == (long,)
    assert store.links.all(NOW + 2 * DAY) == ()


def test_a_time_is_the_same_moment_in_whatever_zone_it_was_given(store: Store, somebody: Identity) -> None:
    here = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    secret, _ = store.links.make(somebody, here, HOUR)
    (link,) = store.links.all(NOW)
    assert (link.made, link.until) == (NOW, NOW + HOUR)
    assert link.made.utcoffset() == timedelta(0)
    assert store.links.find(secret, here) == somebody


def test_a_time_without_its_zone_is_refused(store: Store, somebody: Identity) -> None:
    with pytest.raises(Exception, match="without its zone"):
        store.links.make(somebody, datetime(2026, 11, 21, 19, 30), HOUR)  # noqa: DTZ001


@pytest.mark.parametrize("lasts", [timedelta(0), -HOUR])
def test_a_door_that_never_opens_is_not_made(store: Store, somebody: Identity, lasts: timedelta) -> None:
    with pytest.raises(ValueError, match="some time"):
        store.links.make(somebody, NOW, lasts)
    with pytest.raises(ValueError, match="some time"):
        store.links.make_code(somebody, NOW, lasts)


def test_nobody_gets_a_link_whom_the_store_does_not_know(store: Store) -> None:
    with pytest.raises(FaultsFound, match="does not know this visitor"):
        store.links.make(Identity("nobody", Role.LEARNER), NOW, DAY)


def test_a_code_is_six_letters_that_nobody_takes_for_others(store: Store, somebody: Identity) -> None:
    for _ in range(20):
        code = store.links.make_code(somebody, NOW, DAY)
        assert len(code) == CODE_LENGTH
        assert not set(code) & set("AEIOUY0123456789L")


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_code_is_found_however_it_was_typed(store: Store, somebody: Identity, typed: str) -> None:
    code = store.links.make_code(somebody, NOW, DAY)
    found = store.links.find_code(code, NOW)
    assert found is not None
    assert (found.identity_id, found.until) == (somebody.id, NOW + DAY)
    for way in (code.lower(), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert store.links.find_code(typed.format(way), NOW) == found


@given(code=SECRETS)
def test_a_code_that_was_never_made_opens_nothing(lasting: Store, code: str) -> None:
    assert lasting.links.find_code(code, NOW) is None


@given(lasts=st.timedeltas(min_value=TICK, max_value=DAY), after=SPANS)
def test_a_code_opens_until_it_has_run_out_and_never_again(lasting: Store, lasts: timedelta, after: timedelta) -> None:
    code = lasting.links.make_code(lasting.identities.house(Role.FACILITATOR, NOW), NOW, lasts)
    assert lasting.links.find_code(code, NOW + lasts - TICK) is not None
    assert lasting.links.find_code(code, NOW + lasts) is None
    assert lasting.links.find_code(code, NOW + lasts + after) is None
    # The next example may draw the same letters.
    lasting.links.purge(before=NOW + 2 * DAY)


def test_a_code_lasts_a_day_at_most(store: Store, somebody: Identity) -> None:
    store.links.make_code(somebody, NOW, DAY)
    with pytest.raises(ValueError, match="a day at most"):
        store.links.make_code(somebody, NOW, DAY + TICK)


def test_a_code_that_was_closed_opens_nothing(store: Store, somebody: Identity) -> None:
    code = store.links.make_code(somebody, NOW, DAY)
    found = store.links.find_code(code, NOW)
    assert found is not None
    store.links.close_codes(found.identity_id)
    assert store.links.find_code(code, NOW) is None


def test_a_code_is_no_link_and_a_link_no_code(store: Store, somebody: Identity) -> None:
    code = store.links.make_code(somebody, NOW, DAY)
    secret, _ = store.links.make(somebody, NOW, DAY)
    assert store.links.find(code, NOW) is None
    assert store.links.find_code(secret, NOW) is None


def test_doors_that_have_closed_are_forgotten_when_their_time_has_come(store: Store, somebody: Identity) -> None:
    _, revoked = store.links.make(somebody, NOW, 9 * DAY)
    store.links.revoke(revoked.id, NOW + HOUR)
    store.links.make(somebody, NOW, HOUR)
    store.links.make_code(somebody, NOW, HOUR)
    secret, _ = store.links.make(somebody, NOW, 9 * DAY)
    assert store.links.purge(before=NOW) == 0
    assert store.links.purge(before=NOW + DAY) == 3
    assert store.links.find(secret, NOW + DAY) == somebody
