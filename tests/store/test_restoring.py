"""A copy goes in the place of a damaged store too; pages that were open notice; what was set aside is not kept too long."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from relexp.messages import FaultsFound
from relexp.privacy.retention import SEATING
from relexp.privacy.roles import Role
from relexp.roster.person import Person
from relexp.store import Renewed, Store, open_store
from relexp.store.restoring import put_back
from relexp.store.tonight import state
from tests.store.conftest import NOW

DAY = timedelta(days=1)
HOUSE = "house-facilitator"


@pytest.fixture
def copy(file: Path, tmp_path: Path) -> Path:
    """A copy of a store in which Amina is expected; Bo came after it was taken."""
    copy, store = tmp_path / "copy.sqlite3", open_store(f"sqlite:///{file}")
    lead = store.identities.house(Role.FACILITATOR, NOW)
    id = store.gatherings.open(lead, "Spring", {}, [Person("a", "Amina")], NOW)
    store.drafts.save(lead.id, "gathering", b"then", NOW)
    store.back_up(copy)
    store.gatherings.walk_in(id, Person("b", "Bo"), NOW)
    store.drafts.save(lead.id, "gathering", b"x" * 60_000, NOW)
    store.close()
    return copy


def names(store: Store) -> list[str]:
    kept = store.gatherings.current()
    return [guest.person.name for guest in store.gatherings.guests(kept.id)] if kept else []


def zeroed(content: bytes) -> bytes:
    return bytes(len(content))


def without_a_head(content: bytes) -> bytes:
    return b"\0" * 100 + content[100:]


def scribbled(content: bytes) -> bytes:
    return content[:100] + b"x" * 4096 * 6 + content[100 + 4096 * 6 :]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 3]


@pytest.mark.parametrize("harm", [zeroed, without_a_head, scribbled, cut])
def test_a_damaged_store_is_set_aside_as_it_is_and_the_copy_is_in_its_place(
    file: Path, copy: Path, harm: Callable[[bytes], bytes]
) -> None:
    damaged = harm(file.read_bytes())
    file.write_bytes(damaged)
    with pytest.raises(FaultsFound):
        names(open_store(f"sqlite:///{file}"))
    done = put_back(f"sqlite:///{file}", copy, NOW)
    store = open_store(f"sqlite:///{file}")
    assert names(store) == ["Amina"]
    assert store.drafts.load(HOUSE, "gathering") == b"then"
    store.close()
    assert (done.before.name, done.damaged) == (f"relexp-before-{NOW:%Y-%m-%d-%H%M%S}.sqlite3", True)
    assert done.before.read_bytes() == damaged
    assert file.stat().st_mode & 0o777 == 0o600
    assert not [path.name for path in file.parent.iterdir() if path.name.endswith(".part")]


def test_a_log_that_lies_beside_a_damaged_store_is_not_taken_for_the_copy_s(file: Path, copy: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    store.drafts.save(HOUSE, "gathering", b"y" * 60_000, NOW)
    log = Path(f"{file}-wal").read_bytes()
    store.close()
    Path(f"{file}-wal").write_bytes(log)
    file.write_bytes(zeroed(file.read_bytes()))
    put_back(f"sqlite:///{file}", copy, NOW)
    store = open_store(f"sqlite:///{file}")
    assert store.drafts.load(HOUSE, "gathering") == b"then"
    store.close()


def test_neither_another_program_s_file_nor_a_later_release_s_is_set_aside(file: Path, copy: Path) -> None:
    with sqlite3.connect(file) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    other = file.with_name("places.sqlite3")
    with sqlite3.connect(other) as places:
        places.execute("CREATE TABLE bookmarks (address TEXT)")
    places.close()
    for path in (file, other):
        before = path.read_bytes()
        with pytest.raises(FaultsFound):
            put_back(f"sqlite:///{path}", copy, NOW)
        assert path.read_bytes() == before
    assert not list(file.parent.glob("*-before-*"))


def test_a_damaged_store_stays_where_the_copy_is_none_of_ours(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\0" * 4096)
    (tmp_path / "copy.sqlite3").write_text("a shopping list " * 400)
    with pytest.raises(FaultsFound):
        put_back(f"sqlite:///{file}", tmp_path / "copy.sqlite3", NOW)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == b"\0" * 4096


def test_whoever_has_a_page_open_sees_that_a_copy_was_put_back_and_saves_nothing_over_it(
    file: Path, copy: Path
) -> None:
    store = open_store(f"sqlite:///{file}")
    since, seen = store.edition, state(store.gatherings, NOW)
    put_back(f"sqlite:///{file}", copy, NOW)
    assert store.edition != since
    assert state(store.gatherings, NOW) != seen
    # at the very revision that the page has read
    with pytest.raises(Renewed):
        store.drafts.save(HOUSE, "gathering", b"of before", NOW, expected=1, since=since)
    assert store.drafts.load(HOUSE, "gathering") == b"then"
    assert store.drafts.save(HOUSE, "gathering", b"now", NOW, expected=1, since=store.edition) == 2
    store.close()


def test_what_was_set_aside_a_moment_ago_is_not_written_over(file: Path, copy: Path) -> None:
    before = put_back(f"sqlite:///{file}", copy, NOW).before
    content = before.read_bytes()
    file.write_bytes(zeroed(file.read_bytes()))
    with pytest.raises(FaultsFound, match="there already"):
        put_back(f"sqlite:///{file}", copy, NOW)
    assert before.read_bytes() == content


def test_all_that_is_too_old_goes_at_one_call(store: Store) -> None:
    lead = store.identities.house(Role.FACILITATOR, NOW)
    store.gatherings.open(lead, "Spring", {}, [Person("a", "Amina")], NOW)
    store.drafts.save(lead.id, "gathering", b"a sheet", NOW)
    assert store.purge(NOW + SEATING) == 0
    assert store.purge(NOW + SEATING + timedelta(minutes=1)) == 2
    assert store.gatherings.current() is None


def test_what_was_set_aside_is_deleted_when_its_time_is_over_with_all_else(file: Path, copy: Path) -> None:
    now = datetime.now().astimezone()
    url = f"sqlite:///{file}"
    before = put_back(url, copy, now).before
    again = put_back(url, copy, now + DAY).before
    others = [
        file.with_name(name) for name in ("relexp-before-christmas.sqlite3", "notes.txt", ".relexp.sqlite3.a.part")
    ]
    for path in others:
        path.write_bytes(b"mine")
    store = open_store(url)
    assert store.purge(now + SEATING - timedelta(minutes=1)) > 0, "the gathering is older"
    assert before.exists()
    store.purge(now + SEATING + timedelta(minutes=1))
    assert (before.exists(), again.exists()) == (False, True)
    store.purge(now + SEATING + 2 * DAY)
    assert not again.exists()
    # files that are not relexp's stay; a copy that was cut short does not
    assert [path.exists() for path in others] == [True, True, False]
    store.close()
