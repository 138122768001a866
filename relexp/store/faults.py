"""What a database reports, as a sentence for the person in front of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from relexp.messages import FaultsFound, tell
from relexp.store.address import is_file, place

_NO_SUCH_PERSON = ("SQLITE_CONSTRAINT_FOREIGNKEY", "23503")
# SQLite's own names, without what some of them add after a second underscore.
_OF_A_FILE = {
    "SQLITE_BUSY": "store.busy",
    "SQLITE_LOCKED": "store.busy",
    "SQLITE_FULL": "store.full",
    "SQLITE_IOERR": "store.disk",
    "SQLITE_READONLY": "store.not_allowed",
    "SQLITE_CANTOPEN": "store.not_allowed",
    "SQLITE_PERM": "store.not_allowed",
    "SQLITE_NOTADB": "store.not_ours",
    "SQLITE_CORRUPT": "store.damaged",
}
_OF_A_SERVER = {
    "53100": "store.full",
    "55P03": "store.busy",
    "40P01": "store.busy",
    "42501": "store.refused",
    "25006": "store.refused",
}


@contextmanager
def spoken(url: URL) -> Iterator[None]:
    """Turn what a database reports into FaultsFound; what only a mistake of ours can cause stays as it is.

    Neither the address nor anything that was being kept is in the sentence or behind it.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        code = _code(url, error.orig if isinstance(error, DBAPIError) else error)
        if code is None:
            raise
        fault = tell(code, place=place(url))
    else:
        return
    raise FaultsFound([fault])


def _code(url: URL, error: BaseException | None) -> str | None:
    if is_file(url):
        name = getattr(error, "sqlite_errorname", "")
        if name in _NO_SUCH_PERSON:
            return "store.nobody"
        return _OF_A_FILE.get("_".join(name.split("_")[:2]))
    state = getattr(error, "sqlstate", None)
    if state in _NO_SUCH_PERSON:
        return "store.nobody"
    if state in _OF_A_SERVER:
        return _OF_A_SERVER[state]
    # No state: no server answered. 08: the line broke; 28 and 3D: it does not let relexp in; 57P: it is shutting down.
    lost = state is None and type(error).__name__ == "OperationalError"
    return "store.unreachable" if lost or str(state).startswith(("08", "28", "3D", "57P")) else None
