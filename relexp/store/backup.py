"""A copy of everything that is kept, taken while it is in use."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from relexp.exchange.whole import not_written
from relexp.messages import FaultsFound, tell
from relexp.store.address import is_file
from relexp.store.database import Database
from relexp.store.faults import spoken
from relexp.store.schema import look_at

OURS_ALONE = 0o600
_STAMP = "%Y-%m-%d-%H%M%S"


def back_up(database: Database, to: Path) -> None:
    """Copy everything, as it is at one moment, into a new file; others may go on reading and writing meanwhile.

    The file is there whole or not at all, for this account alone. Raises FaultsFound when it is there already, cannot
    be written, or when everything is kept on a server, which has its own way.
    """
    source = file_of(database.url)
    if to.exists():
        raise FaultsFound([tell("store.backup_there", path=to)])
    waiting = to.with_name(f".{to.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        os.close(os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL, OURS_ALONE))
        with spoken(url_of(to)):
            copied(source, waiting, database.patience)
        settle(waiting)
        waiting.rename(to)
    except OSError as error:
        raise FaultsFound([not_written(to, error)]) from None
    finally:
        for end in ("", "-journal"):
            with suppress(OSError):
                Path(f"{waiting}{end}").unlink(missing_ok=True)


def aside(kept: Path, now: datetime) -> Path:
    """Where what is kept goes when a copy takes its place, for a while (`forget_copies`)."""
    return kept.with_name(f"{kept.stem}-before-{now:{_STAMP}}{kept.suffix}")


def forget_copies(kept: Path, before: datetime) -> int:
    """Delete what was set aside beside a store before then, and what a copy that was cut short left; how many files."""
    stem, suffix = re.escape(kept.stem), re.escape(kept.suffix)
    called = re.compile(rf"{stem}-before-(\d{{4}}-\d\d-\d\d-\d{{6}}){suffix}(-wal|-shm)?")
    gone = 0
    for path in kept.parent.iterdir():
        with suppress(OSError, ValueError):
            if found := called.fullmatch(path.name):
                old = datetime.strptime(found[1], _STAMP).astimezone() < before
            else:
                cut_short = path.name.startswith(f".{kept.stem}") and path.name.endswith(".part")
                old = cut_short and path.stat().st_mtime < before.timestamp()
            if old:
                path.unlink()
                gone += 1
    return gone


def file_of(url: URL) -> Path:
    """The file of a store. Raises FaultsFound where it is kept on a server."""
    if not is_file(url):
        raise FaultsFound([tell("store.backup_server")])
    return Path(str(url.database))


def url_of(path: Path) -> URL:
    """The address of a store in a file."""
    return URL.create("sqlite", database=str(path))


def look_through(copy: Path, patience: float) -> None:
    """Raise FaultsFound unless the file is a whole store of this release or an earlier one."""
    found = Database(url_of(copy), patience)
    try:
        look_at(found)
        with found.reads() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise FaultsFound([tell("store.damaged", place=copy)])
    finally:
        found.close()


def copied(source: Path, to: Path, patience: float) -> None:
    """Make a file the copy of another, in one step."""

    def opened(path: Path) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(path, timeout=patience))

    with opened(source) as here, opened(to) as there:
        there.execute("PRAGMA synchronous=FULL")
        # In one step: whoever looks meanwhile finds all of it as it was, or all of it as it is.
        here.backup(there)


def settle(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
