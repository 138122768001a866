"""A store is where it is asked for, is its owner's alone, and is opened by many at once from the first moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from relexp.messages import FaultsFound
from relexp.privacy.roles import Role
from relexp.store import Store, open_store
from tests.store.conftest import NOW

OPENS = """
import json, sys, time
from datetime import UTC, datetime
from relexp.privacy.roles import Role
from relexp.store import open_store
url, moment = sys.argv[1], float(sys.argv[2])
import alembic.command
time.sleep(max(0, moment - time.time()))
store = open_store(url)
me = store.identities.house(Role.FACILITATOR, datetime.now(UTC))
print(json.dumps([me.to_json(), store.drafts.save(me.id, "gathering", b"x", datetime.now(UTC))]))
"""


def modes(folder: Path) -> dict[str, str]:
    """What others may do with each file of a folder."""
    return {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}


def test_a_store_that_is_closed_and_opened_again_holds_what_it_held(url: str) -> None:
    first = open_store(url)
    me = first.identities.house(Role.FACILITATOR, NOW)
    first.drafts.save(me.id, "gathering", b"a sheet", NOW)
    first.close()
    second = open_store(first.url)
    assert second.identities.house(Role.FACILITATOR, NOW) == me
    assert second.drafts.load(me.id, "gathering") == b"a sheet"
    second.close()


def test_what_one_process_saves_another_sees_at_once(store: Store) -> None:
    other = open_store(store.url)
    me = store.identities.house(Role.FACILITATOR, NOW)
    for content in (b"one", b"two"):
        store.drafts.save(me.id, "gathering", content, NOW)
        assert other.drafts.load(me.id, "gathering") == content
    other.close()


@pytest.mark.parametrize("trial", range(3))
def test_many_processes_that_open_a_new_store_at_the_same_moment_all_succeed(url: str, trial: int) -> None:
    moment = time.time() + 2.5
    command = [sys.executable, "-c", OPENS, url, str(moment)]
    opening = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    ends = [process.communicate(timeout=60) for process in opening]
    assert [problem for _, problem in ends if problem] == []
    found = [json.loads(said) for said, _ in ends]
    assert len({me for me, _ in found}) == 1
    assert sorted(revision for _, revision in found) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_store_s_file_is_its_owner_s_alone_from_its_first_moment(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = open_store(f"sqlite:///{file}")
        store.identities.house(Role.FACILITATOR, NOW)
    finally:
        os.umask(before)
    assert modes(file.parent) == {f"{file.name}{end}": "0o600" for end in ("", "-wal", "-shm")}
    assert modes(file.parent.parent) == {"house": "0o700"}
    store.close()


def test_a_file_that_others_could_read_is_closed_to_them(file: Path) -> None:
    open_store(f"sqlite:///{file}").close()
    file.chmod(0o644)
    store = open_store(f"sqlite:///{file}")
    store.identities.house(Role.FACILITATOR, NOW)
    assert set(modes(file.parent).values()) == {"0o600"}
    store.close()


def test_a_folder_that_was_there_stays_as_it_was(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    open_store(f"sqlite:///{shared}/relexp.sqlite3").close()
    assert modes(tmp_path)["shared"] == "0o755"


def test_without_being_told_where_the_store_is_in_the_user_s_own_data_folder(tmp_path: Path) -> None:
    store = open_store()
    assert store.url == f"sqlite:///{tmp_path}/data/relexp/relexp.sqlite3"
    assert modes(tmp_path / "data")["relexp"] == "0o700"
    store.close()


def test_the_environment_says_where_unless_the_caller_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RELEXP_DATABASE_URL", f"sqlite:///{tmp_path}/environment.sqlite3")
    for url, name in ((None, "environment"), (f"sqlite:///{tmp_path}/caller.sqlite3", "caller")):
        store = open_store(url)
        assert store.url == f"sqlite:///{tmp_path}/{name}.sqlite3"
        store.close()


def test_a_file_is_named_in_full_for_processes_that_start_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///here.sqlite3")
    assert store.url == f"sqlite:///{tmp_path}/here.sqlite3"
    store.close()


@pytest.mark.parametrize(
    "url", ["relexp.sqlite3", "mysql://me@server/x", "sqlite://", "sqlite:///:memory:", "postgresql://me:secret@server"]
)
def test_an_address_that_keeps_nothing_or_is_unknown_is_told_kindly(url: str) -> None:
    with pytest.raises(FaultsFound, match="RELEXP_DATABASE_URL") as told:
        open_store(url)
    assert "secret" not in str(told.value)


def test_a_file_s_every_save_is_on_the_disk_and_readers_do_not_wait_for_it(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    with store._database.reads() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 10_000]
    store.close()


def test_the_command_line_starts_without_a_database_library() -> None:
    look = "import sys, relexp.cli; print(*sorted(set(sys.modules) & {'sqlalchemy', 'alembic', 'psycopg'}))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
