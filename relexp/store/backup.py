"""A copy of everything that is kept, taken while it is in use, and put back."""

from __future__ import annotations

import os
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
from relexp.store.schema import bring_up_to_date, look_at

_OURS_ALONE = 0o600


def back_up(database: Database, to: Path) -> None:
    """Copy everything, as it is at one moment, into a new file; others may go on reading and writing meanwhile.

    The file is there whole or not at all, for this account alone. Raises FaultsFound when it is there already, cannot
    be written, or when everything is kept on a server, which has its own way.
    """
    source = _file(database.url)
    if to.exists():
        raise FaultsFound([tell("store.backup_there", path=to)])
    waiting = to.with_name(f".{to.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        os.close(os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OURS_ALONE))
        with spoken(_url(to)):
            _copy(source, waiting, database.patience)
        _settle(waiting)
        waiting.rename(to)
    except OSError as error:
        raise FaultsFound([not_written(to, error)]) from None
    finally:
        for end in ("", "-journal"):
            with suppress(OSError):
                Path(f"{waiting}{end}").unlink(missing_ok=True)


def put_back(database: Database, copy: Path, now: datetime) -> Path:
    """Put a copy in place of everything that is kept now, in one step; what was there goes to the file it returns.

    Whoever has the pages open goes on with the copy from their next step on. A copy of an earlier release is brought up
    to date. Raises FaultsFound, with nothing changed, when it is no copy of ours, is damaged, or is of a later release.
    """
    kept = _file(database.url)
    if not copy.is_file():
        raise FaultsFound([tell("file.not_found", path=copy)])
    _look_through(copy, database.patience)
    before = kept.with_name(f"{kept.stem}-before-{now:%Y-%m-%d-%H%M%S}{kept.suffix}")
    back_up(database, before)
    with spoken(database.url):
        _copy(copy, kept, database.patience)
    bring_up_to_date(database)
    return before


def _file(url: URL) -> Path:
    if not is_file(url):
        raise FaultsFound([tell("store.backup_server")])
    return Path(str(url.database))


def _url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def _look_through(copy: Path, patience: float) -> None:
    """Raise FaultsFound unless the file is a whole store of this release or an earlier one."""
    found = Database(_url(copy), patience)
    try:
        look_at(found)
        with found.reads() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise FaultsFound([tell("store.damaged", place=copy)])
    finally:
        found.close()


def _copy(source: Path, to: Path, patience: float) -> None:
    def opened(path: Path) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(path, timeout=patience))

    with opened(source) as here, opened(to) as there:
        there.execute("PRAGMA synchronous=FULL")
        # In one step: whoever looks meanwhile finds all of it as it was, or all of it as it is.
        here.backup(there)


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
