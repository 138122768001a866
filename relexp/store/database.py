"""A database as the store uses it: reading, and writing that is durable before it is acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from relexp.messages import FaultsFound, tell
from relexp.store.address import is_file, place
from relexp.store.faults import spoken

# How many seconds somebody else's change is waited for.
PATIENCE = 10.0
_WRITES = "relexp_writes"


class Database:
    """A database that was found to be ours. Threads may share it; each use has a connection of its own."""

    def __init__(self, url: URL, patience: float = PATIENCE, *, migrating: bool = False) -> None:
        self.url, self.patience = url, patience
        self.engine = _sqlite(url, patience, migrating) if is_file(url) else _postgresql(url, patience)

    def __repr__(self) -> str:
        return f"Database({place(self.url)!r})"

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """Look something up, all of it at one moment. Raises FaultsFound when the database cannot be read."""
        with spoken(self.url), self.engine.connect() as connection:
            if not is_file(self.url):
                # A file is read as it was at the first look; a server has to be asked for that.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """Change something: all of it, durably, by the end of the block, or nothing.

        Raises FaultsFound when that cannot be.
        """
        with spoken(self.url), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def insert(self, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
        """An insert that may say what to do when such a row is there already."""
        return sqlite.insert(table) if is_file(self.url) else postgresql.insert(table)

    def alone(self, connection: Connection, table: Table[Any]) -> None:
        """Let nobody else change a table until this change is done; in a file whoever writes is alone anyway."""
        if not is_file(self.url):
            connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def _sqlite(url: URL, patience: float, migrating: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool if migrating else None,
        connect_args={"timeout": patience},
        # What is kept is in no error and no log.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        # Python's sqlite3 would leave CREATE TABLE outside of transactions: from here on we begin them ourselves.
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")
        # A migration may build a table anew; what refers to it is checked at its end and not on the way.
        connection.execute(f"PRAGMA foreign_keys={'OFF' if migrating else 'ON'}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # Whoever is going to write says so at once: a reader that becomes a writer late is refused without any wait.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    # To compile a question takes the server longer than to answer any of ours.
    options = f"-c lock_timeout={round(patience * 1000)} -c timezone=UTC -c jit=off"
    settings = {"options": options, "connect_timeout": 10}
    try:
        # A server that was restarted meanwhile is found again.
        return create_engine(url, pool_pre_ping=True, connect_args=settings, hide_parameters=True)
    except ImportError:
        raise FaultsFound([tell("store.no_driver")]) from None
