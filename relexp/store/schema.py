"""The schema of a store, brought from any earlier release's to this one's, all of the way or not at all."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from relexp.messages import FaultsFound, tell
from relexp.store.address import is_file, place
from relexp.store.database import Database
from relexp.store.faults import spoken
from relexp.store.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic's own table, which holds one word.
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))
# Any number, as long as it is always the same: who migrates a PostgreSQL database holds it, and others wait.
_ONE_AT_A_TIME = 3_107_521_866


def bring_up_to_date(database: Database) -> None:
    """Leave the database with this release's tables; a new one gets them all.

    Whoever comes at the same moment waits. Raises FaultsFound, with nothing touched, when the database is of a later
    release or is not relexp's.
    """
    with database.reads() as connection:
        found = _version(connection)
        logged = not is_file(database.url) or connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    _refuse_strange(database, found)
    if not logged:
        _keep_a_log(database)
        # A connection from before would go on as it was until its first read.
        database.close()
    if found == SCHEMA:
        return
    changing = Database(database.url, database.patience, migrating=True)
    try:
        with changing.writes() as connection:
            _migrate(changing, connection)
    finally:
        changing.close()


def look_at(database: Database) -> None:
    """Raise FaultsFound when the database is of a later release, or is not relexp's; nothing is touched."""
    with database.reads() as connection:
        found = _version(connection)
    _refuse_strange(database, found or "")


def alembic_settings(connection: Connection | None = None) -> Config:
    """What Alembic needs to find the migrations and the connection they are to use."""
    from alembic.config import Config

    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", "relexp.store:migrations")
    settings.set_main_option("path_separator", "os")
    return settings


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if _VERSION.name in tables:
        return connection.execute(select(_VERSION.c.version_num)).scalar()
    return "" if tables else None


def _refuse_strange(database: Database, found: str | None) -> None:
    """Stop before a database that is somebody else's, or that a later relexp has changed."""
    if found is None or found == SCHEMA:
        return
    if not found:
        # On a server, relexp may share a database with others' tables.
        if is_file(database.url):
            raise FaultsFound([tell("store.not_ours", place=place(database.url))])
        return
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(alembic_settings()).walk_revisions()}
    if found not in known:
        raise FaultsFound([tell("store.newer", place=place(database.url))])


def _keep_a_log(database: Database) -> None:
    """Let readers and a writer of the file go on side by side (SQLite's WAL); the file remembers it.

    SQLite does not wait by itself here while somebody else has the file open, so we do.
    """
    last = time.monotonic() + database.patience
    with spoken(database.url), closing(sqlite3.connect(str(database.url.database), timeout=database.patience)) as file:
        while True:
            try:
                file.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                    raise
            time.sleep(0.02)


def _migrate(database: Database, connection: Connection) -> None:
    from alembic import command

    if not is_file(database.url):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
    # Somebody may have done it while we waited.
    if _version(connection) == SCHEMA:
        return
    command.upgrade(alembic_settings(connection), SCHEMA)
    if is_file(database.url) and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("a migration left rows that refer to nothing")
