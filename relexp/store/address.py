"""Where everything is kept: in one file of this computer's own, or on a PostgreSQL server."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from relexp.messages import FaultsFound, tell

FILE = "relexp.sqlite3"


def address(url: str | None) -> URL:
    """Where the store is: the address given, or RELEXP_DATABASE_URL, or a file in the user's own data folder.

    A file is named in full, since every visitor's Python may start in a folder of its own. Raises FaultsFound when it
    is neither a file nor a PostgreSQL server.
    """
    text = url or os.environ.get("RELEXP_DATABASE_URL")
    if not text:
        return URL.create("sqlite", database=str(platformdirs.user_data_path("relexp", appauthor=False) / FILE))
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError):
        raise FaultsFound([tell("store.address")]) from None
    if is_file(parsed) and parsed.database and not parsed.database.startswith((":memory:", "file:")):
        return URL.create("sqlite", database=str(Path(parsed.database).expanduser().absolute()))
    if parsed.drivername.partition("+")[0] in ("postgresql", "postgres") and parsed.database:
        return parsed.set(drivername="postgresql+psycopg")
    raise FaultsFound([tell("store.address")])


def is_file(url: URL) -> bool:
    """Whether the store is a file of this computer."""
    return url.drivername.partition("+")[0] == "sqlite"


def place(url: URL) -> str:
    """The store's place as a sentence names it: a file, or a server and a database, and never a password."""
    return str(url.database) if is_file(url) else f"{url.host or 'localhost'}/{url.database}"
