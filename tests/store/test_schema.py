"""The tables are those that the code knows, whichever release made them, and a migration is done whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from relexp.messages import FaultsFound
from relexp.privacy.consent import Way
from relexp.privacy.roles import Identity, Role
from relexp.store import Store, open_store
from relexp.store.address import address
from relexp.store.database import Database
from relexp.store.schema import alembic_settings
from relexp.store.tables import SCHEMA, metadata


def tables(url: str) -> dict[str, int]:
    """Every table of a database, with how many rows it has."""
    database = Database(address(url))
    with database.reads() as connection:
        names = sa.inspect(connection).get_table_names()
        found = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}
    database.close()
    return found


def do(url: str, *statements: str) -> None:
    """Change a database behind relexp's back."""
    database = Database(address(url))
    with database.writes() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    database.close()


def test_the_migrations_make_just_the_tables_that_the_code_knows(store: Store) -> None:
    with store._database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        checks = {
            str(check["name"])
            for name in metadata.tables
            for check in sa.inspect(connection).get_check_constraints(name)
        }
    assert checks == {"ck_drafts_revision", "ck_gatherings_changed"}


def test_the_schema_that_the_code_names_is_the_last_one() -> None:
    assert ScriptDirectory.from_config(alembic_settings()).get_heads() == [SCHEMA]


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(url: str) -> None:
    # The last table that the first migration makes is in its way.
    do(url, "CREATE TABLE alembic_version (version_num VARCHAR(32))", "CREATE TABLE drafts (id INTEGER)")
    with pytest.raises(DBAPIError, match="already exists"):
        open_store(url)
    assert tables(url) == {"alembic_version": 0, "drafts": 0}
    do(url, "DROP TABLE drafts")
    open_store(url).close()
    assert tables(url)["alembic_version"] == 1


def test_a_store_of_a_later_relexp_is_told_kindly_and_not_touched(url: str) -> None:
    open_store(url).close()
    do(url, "UPDATE alembic_version SET version_num = '9999'", "ALTER TABLE drafts ADD COLUMN later INTEGER")
    path = Path(str(address(url).database))
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(FaultsFound, match="later relexp"):
        open_store(url)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_database_of_another_program_is_told_kindly_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")
    other.close()
    path.chmod(0o644)
    before = path.read_bytes()
    with pytest.raises(FaultsFound, match="no file of relexp’s"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["places.sqlite"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_on_a_server_relexp_s_tables_may_stand_beside_others(url: str) -> None:
    do(url, "CREATE TABLE bookmarks (address TEXT)")
    open_store(url).close()
    assert set(tables(url)) == {"bookmarks", "alembic_version", *metadata.tables}


def test_a_file_that_lost_its_log_of_changes_gets_it_back(file: Path) -> None:
    open_store(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    store = open_store(f"sqlite:///{file}")
    with store._database.reads() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()


def test_what_was_said_before_there_was_a_ledger_stands_in_it_line_by_line(url: str) -> None:
    database = Database(address(url))
    with database.writes() as connection:
        command.upgrade(alembic_settings(connection), "0002")
    database.close()
    moment = "'2026-11-21 19:{}:00.000000'"
    do(
        url,
        f"INSERT INTO identities VALUES ('i', 'participant', '', {moment.format('00')})",
        f"INSERT INTO gatherings VALUES ('g', 'i', 'Spring', {moment.format('00')}, NULL, 1, '{{}}', '')",
        "INSERT INTO people VALUES ('g', 'a', 'i', 0, 'Amina', '{}', NULL, NULL)",
        f"INSERT INTO consents VALUES ('g', 'a', 'contact', '2026-1', {moment.format('01')}, {moment.format('03')})",
        f"INSERT INTO consents VALUES ('g', 'a', 'seating', '2026-1', {moment.format('02')}, NULL)",
    )
    store = open_store(url)
    said = store.consents.of("g", "a")
    assert [(each.purpose, each.yes, each.at.minute, each.way) for each in said] == [
        ("contact", True, 1, Way.PHONE),
        ("seating", True, 2, Way.PHONE),
        ("contact", False, 3, Way.PHONE),
    ]
    store.consents.note("g", "a", said[0], Identity("i", Role.PARTICIPANT))
    assert len(store.consents.of("g", "a")) == 4
    assert store.edition
    store.close()
