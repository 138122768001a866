"""When something cannot be kept, that is said in a sentence, nothing that was kept is lost, and no password shows."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from relexp.messages import FaultsFound
from relexp.privacy.roles import Identity, Role
from relexp.store import Store, open_store
from tests.store.conftest import NOW
from tests.store.postgresql import PASSWORD

PRIVATE = b"Amina Rahman, Muslim"


@pytest.fixture
def opened(file: Path) -> Iterator[Store]:
    """A store in a file, whose owner waits but briefly for others."""
    store = open_store(f"sqlite:///{file}", patience=0.2)
    yield store
    store.close()


@pytest.fixture
def me(opened: Store) -> Identity:
    """Somebody with a draft that was saved."""
    found = opened.identities.house(Role.FACILITATOR, NOW)
    opened.drafts.save(found.id, "gathering", b"saved before", NOW)
    return found


def told(caught: pytest.ExceptionInfo[FaultsFound]) -> str:
    """The one sentence that was said; nothing that was being kept is in it or behind it."""
    error: BaseException | None = caught.value
    behind = []
    while error is not None:
        behind.append(repr(error))
        error = error.__cause__ or error.__context__
    assert "Amina" not in "".join(behind)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_full_disk_is_told_and_what_was_saved_stays(opened: Store, me: Identity) -> None:
    def limit(pages: int) -> None:
        with opened._database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    limit(30)
    with pytest.raises(FaultsFound) as full:
        opened.drafts.save(me.id, "gathering", PRIVATE * 20_000, NOW)
    assert "no room left" in told(full)
    assert opened.drafts.load(me.id, "gathering") == b"saved before"
    limit(3_000)
    assert opened.drafts.save(me.id, "gathering", PRIVATE * 20_000, NOW) == 2


LIMITED = """
import resource, signal, sys
from relexp.messages import FaultsFound
from relexp.store import open_store
from tests.store.conftest import NOW
store = open_store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.drafts.save("house-facilitator", "gathering", b"x" * 1_000_000, NOW)
except FaultsFound as found:
    print(found)
"""


def test_a_disk_that_takes_no_more_is_told_and_what_was_saved_stays(opened: Store, me: Identity) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, opened.url], capture_output=True, text=True, check=True)
    assert "the disk reports a fault" in done.stdout, done.stderr
    assert opened.drafts.load(me.id, "gathering") == b"saved before"
    assert opened.drafts.save(me.id, "gathering", b"saved after", NOW) == 2


def test_a_file_that_another_program_holds_is_told_and_saved_to_once_it_lets_go(
    opened: Store, me: Identity, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert opened.drafts.load(me.id, "gathering") == b"saved before", "reading does not wait for a writer"
    with pytest.raises(FaultsFound) as held:
        opened.drafts.save(me.id, "gathering", PRIVATE, NOW)
    assert "another program holds" in told(held)
    other.execute("ROLLBACK")
    other.close()
    assert opened.drafts.save(me.id, "gathering", PRIVATE, NOW) == 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_table_that_somebody_holds_is_told(url: str) -> None:
    store = open_store(url, patience=0.2)
    me = store.identities.house(Role.FACILITATOR, NOW)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE drafts")
        with pytest.raises(FaultsFound) as held:
            store.drafts.save(me.id, "gathering", PRIVATE, NOW)
    assert "another program holds" in told(held)
    assert store.drafts.save(me.id, "gathering", PRIVATE, NOW) == 1
    store.close()


@pytest.mark.parametrize(
    "content", [b"name,organisation\nAmina,A\n", b"%PDF-1.7 " * 1000, b"SQLite format 3\0" + b"x" * 9000]
)
def test_a_file_that_is_no_database_is_told_and_not_touched(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(FaultsFound) as strange:
        open_store(f"sqlite:///{file}")
    assert "is no file of relexp’s" in told(strange)
    assert file.read_bytes() == content


def test_a_damaged_file_is_told(opened: Store, me: Identity, file: Path) -> None:
    opened.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(FaultsFound) as damaged:
        open_store(opened.url)
    assert "is damaged" in told(damaged)
    assert file.read_bytes() == bytes(content)


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(FaultsFound, match=file.name):
        open_store(f"sqlite:///{file}")


def test_a_file_in_place_of_the_folder_is_told(file: Path) -> None:
    file.parent.write_bytes(b"")
    with pytest.raises(FaultsFound, match=file.name):
        open_store(f"sqlite:///{file}")


FORBIDDEN = """
import os, sys
from relexp.messages import FaultsFound
from relexp.store import open_store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_store(sys.argv[1])
except FaultsFound as found:
    print(found)
"""


@pytest.mark.parametrize("shut", ["folder", "file"])
def test_a_place_where_one_may_not_write_is_told(file: Path, shut: str) -> None:
    open_store(f"sqlite:///{file}").close()
    (file.parent if shut == "folder" else file).chmod(0o400)
    command = [sys.executable, "-c", FORBIDDEN, f"sqlite:///{file}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert file.name in done.stdout, done.stderr
    assert "Errno" not in done.stdout
    (file.parent if shut == "folder" else file).chmod(0o700)


def test_without_the_driver_of_postgresql_it_is_told_how_to_get_it() -> None:
    look = "import sys; sys.modules['psycopg'] = None; from relexp.store import open_store; open_store(sys.argv[1])"
    command = [sys.executable, "-c", look, "postgresql://me:correct-horse@server/x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "relexp[postgresql]" in done.stderr
    assert PASSWORD not in done.stderr


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(FaultsFound) as away:
        open_store(f"postgresql://me:{PASSWORD}@127.0.0.1:1/relexp")
    assert "127.0.0.1/relexp cannot be reached" in told(away)
    assert PASSWORD not in repr(away.value) + repr(away.value.__context__)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_does_not_let_relexp_in_is_told_without_the_password(url: str) -> None:
    with pytest.raises(FaultsFound) as shut:
        open_store(url.replace(PASSWORD, "wrong-staple"))
    assert "right name and password" in told(shut)
    assert "wrong-staple" not in repr(shut.value) + repr(shut.value.__context__)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_password_shows_nowhere_but_in_the_address_that_is_handed_on(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = open_store(url)
    me = store.identities.house(Role.FACILITATOR, NOW)
    store.drafts.save(me.id, "gathering", PRIVATE, NOW)
    parts = (store, store._database, store._database.engine, store._database.engine.url)
    shown = " ".join(f"{part} {part!r}" for part in parts) + caplog.text
    assert PASSWORD not in shown
    assert PASSWORD in store.url
    store.close()


def test_what_is_kept_is_in_no_log(store: Store, somebody: Identity, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store._database.engine.echo = True
    store.drafts.save(somebody.id, "gathering", PRIVATE, NOW)
    secret, _ = store.links.make(somebody, NOW, (NOW - NOW.replace(hour=0)))
    store.identities.add(Role.PARTICIPANT, PRIVATE.decode(), NOW)
    assert "INSERT INTO drafts" in caplog.text
    assert "Muslim" not in caplog.text
    assert secret not in caplog.text
