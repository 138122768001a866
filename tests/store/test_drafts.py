"""What somebody works on is found again as it was last saved, and no save overwrites one that it had not seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.messages import FaultsFound
from relexp.privacy.roles import Identity, Role
from relexp.store import Saved, Stale, Store
from relexp.store.drafts import MOST_BYTES
from tests.store.conftest import NOW

DAY = timedelta(days=1)


@given(content=st.binary())
def test_a_draft_is_found_as_it_was_saved_byte_for_byte(lasting: Store, content: bytes) -> None:
    me = lasting.identities.house(Role.FACILITATOR, NOW).id
    lasting.drafts.save(me, "gathering", content, NOW)
    assert lasting.drafts.load(me, "gathering") == content


def test_each_person_has_a_draft_of_their_own_at_each_place(store: Store, somebody: Identity) -> None:
    other = store.identities.add(Role.FACILITATOR, "", NOW)
    store.drafts.save(somebody.id, "gathering", b"mine", NOW)
    assert store.drafts.load(other.id, "gathering") is None
    assert store.drafts.load(somebody.id, "alliance") is None
    store.drafts.save(other.id, "gathering", b"theirs", NOW)
    assert store.drafts.load(somebody.id, "gathering") == b"mine"


def test_every_save_counts_and_says_when_it_was(store: Store, somebody: Identity) -> None:
    assert store.drafts.find(somebody.id, "gathering") is None
    for revision in (1, 2, 3):
        content, then = b"%d" % revision, NOW + revision * DAY
        assert store.drafts.save(somebody.id, "gathering", content, then) == revision
        assert store.drafts.find(somebody.id, "gathering") == Saved(content, then, revision)


@pytest.mark.parametrize("expected", [0, 1, 3, 99])
def test_a_save_that_has_not_seen_the_last_one_is_refused_and_changes_nothing(
    store: Store, somebody: Identity, expected: int
) -> None:
    for content in (b"first", b"second"):
        store.drafts.save(somebody.id, "gathering", content, NOW)
    with pytest.raises(Stale):
        store.drafts.save(somebody.id, "gathering", b"stale", NOW + DAY, expected=expected)
    assert store.drafts.find(somebody.id, "gathering") == Saved(b"second", NOW, 2)
    assert store.drafts.save(somebody.id, "gathering", b"third", NOW, expected=2) == 3


def test_a_save_that_expects_a_draft_where_there_is_none_is_refused(store: Store, somebody: Identity) -> None:
    with pytest.raises(Stale):
        store.drafts.save(somebody.id, "gathering", b"stale", NOW, expected=1)
    assert store.drafts.load(somebody.id, "gathering") is None
    assert store.drafts.save(somebody.id, "gathering", b"first", NOW, expected=0) == 1


def test_of_many_who_save_on_the_same_revision_one_succeeds(store: Store, somebody: Identity) -> None:
    store.drafts.save(somebody.id, "gathering", b"", NOW)

    def attempt(number: int) -> bool:
        try:
            return store.drafts.save(somebody.id, "gathering", b"%d" % number, NOW, expected=1) == 2
        except Stale:
            return False

    with ThreadPoolExecutor(8) as many:
        succeeded = [number for number, done in enumerate(many.map(attempt, range(8))) if done]
    assert [store.drafts.load(somebody.id, "gathering")] == [b"%d" % number for number in succeeded]


def test_of_many_who_save_at_once_each_counts(store: Store, somebody: Identity) -> None:
    with ThreadPoolExecutor(8) as many:
        saves = list(many.map(lambda _: store.drafts.save(somebody.id, "gathering", b"", NOW), range(24)))
    assert sorted(saves) == list(range(1, 25))


def test_a_draft_that_is_too_large_is_refused_in_a_sentence_and_the_one_before_stays(
    store: Store, somebody: Identity
) -> None:
    store.drafts.save(somebody.id, "gathering", bytes(MOST_BYTES), NOW)
    with pytest.raises(FaultsFound, match="16 MB"):
        store.drafts.save(somebody.id, "gathering", bytes(MOST_BYTES + 1), NOW)
    assert store.drafts.load(somebody.id, "gathering") == bytes(MOST_BYTES)


def test_nothing_is_kept_of_somebody_whom_the_store_does_not_know(store: Store) -> None:
    nobody = Identity("nobody", Role.FACILITATOR)
    for expected in (None, 0):
        with pytest.raises(FaultsFound, match="does not know this visitor"):
            store.drafts.save(nobody.id, "gathering", b"", NOW, expected=expected)


def test_a_forgotten_draft_is_gone_and_the_next_begins_anew(store: Store, somebody: Identity) -> None:
    store.drafts.save(somebody.id, "gathering", b"a sheet", NOW)
    store.drafts.save(somebody.id, "alliance", b"a list", NOW)
    for _ in range(2):
        store.drafts.forget(somebody.id, "gathering")
    assert store.drafts.load(somebody.id, "gathering") is None
    assert store.drafts.load(somebody.id, "alliance") == b"a list"
    assert store.drafts.save(somebody.id, "gathering", b"", NOW, expected=0) == 1


def test_drafts_that_have_lain_for_too_long_are_deleted_and_no_others(store: Store, somebody: Identity) -> None:
    store.drafts.save(somebody.id, "old", b"", NOW - 7 * DAY - DAY)
    store.drafts.save(somebody.id, "new", b"", NOW - 6 * DAY)
    store.drafts.save(somebody.id, "old and new", b"", NOW - 9 * DAY)
    store.drafts.save(somebody.id, "old and new", b"", NOW)
    assert store.drafts.purge(before=NOW - 7 * DAY) == 1
    kept = [place for place in ("old", "new", "old and new") if store.drafts.find(somebody.id, place)]
    assert kept == ["new", "old and new"]
