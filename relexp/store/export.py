"""Everything that is kept of somebody, for themselves: each table and column has a rule for it in tables.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, or_, select

from relexp.store.database import Database
from relexp.store.tables import Export, identities, metadata, people

Rows = list[dict[str, object]]


def export_of(database: Database, identity_id: str) -> dict[str, Rows]:
    """All rows about somebody, by table: theirs by name, and those of the people at gatherings whose phone is theirs.

    What a facilitator keeps of others is not about the facilitator, and is left out.
    """
    with database.reads() as connection:
        mine = select(people.c.gathering_id, people.c.person_id).where(people.c.identity_id == identity_id)
        persons = [tuple(row) for row in connection.execute(mine)]
        found = {table.name: _rows(connection, table, identity_id, persons) for table in metadata.sorted_tables}
    return {name: rows for name, rows in found.items() if rows}


def _rows(connection: Connection, table: Table, identity_id: str, persons: list[Any]) -> Rows:
    named = [column == identity_id for column in _naming(table, identities.c.id)]
    there = [
        and_(table.c.gathering_id == at, column == who)
        for column in _naming(table, people.c.person_id)
        for at, who in persons
    ]
    about: list[ColumnElement[bool]] = [*named, *there]
    if not about:
        return []
    given = [column for column in table.c if column.info["export"] is Export.GIVEN]
    return [
        {key: _plain(value) for key, value in row._mapping.items()}
        for row in connection.execute(select(*given).where(or_(*about)))
    ]


def _naming(table: Table, whose: Column[Any]) -> Iterator[Column[Any]]:
    """The columns of a table that say whom a row is about, by this id of theirs."""
    if table is whose.table:
        yield whose
    for column in table.c:
        if any(key.column is whose for key in column.foreign_keys):
            yield column


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
