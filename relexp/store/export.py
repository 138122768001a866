"""Everything that is kept of somebody, for themselves: each table and column has a rule for it in tables.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, or_, select

from relexp.roster.words import fold
from relexp.store.after_tables import answers, follow_ups, one_to_ones, threads, ties
from relexp.store.codes import code_of, finder_of, typed_code
from relexp.store.database import Database
from relexp.store.leader_rows import opened
from relexp.store.leader_tables import LOCKED, OF_LEADERS, leaders
from relexp.store.learning_tables import OF_LEARNERS, learner_confirmations, learner_texts
from relexp.store.one_to_ones import as_noted, told_to_the_other
from relexp.store.seal import Seal
from relexp.store.tables import Export, drafts, identities, metadata, people
from relexp.store.written import opened_words

# What lies under lock, and is told to whoever it is about.
_LOCKED = (*LOCKED, *((table, table.c.said) for table in (learner_texts, learner_confirmations)))

Rows = list[dict[str, object]]
Person = tuple[str, str]


def export_named(database: Database, name: str, page: Callable[[bytes, str], dict[str, object]]) -> dict[str, Rows]:
    """All rows about everybody of that name, by table, however it is written; they may be several people.

    `page` gives what a draft says of them, by its bytes and the name; empty where that is nothing.
    """
    with database.reads() as connection:
        persons, known = named_so(connection, name)
        seal = Seal()
        codes = by_code(connection, name, [id for _, id in persons], seal)
        found = _about(connection, known, persons, codes)
        others = of_others(connection, persons, known)
        for table in ("reflections", "harvests"):
            rows = found.get(table, [])
            found[table] = [row for row in rows if (row["gathering_id"], row["identity_id"]) not in others]
        for row in found.get("reflections", []):
            row["said"] = opened_words(str(row["said"]), seal)
        learns = learning_of(connection, name, known, others)
        for each in OF_LEARNERS:
            found[each.name] = [row for row in found.get(each.name, []) if row["identity_id"] in learns]
        for where, column in _LOCKED:
            for row in found.get(where.name, []):
                row[column.name] = opened(str(row[column.name]), seal)
        for row in found.get("one_to_ones", []):
            row["said"] = _said_of_both(row, known, seal)
        for row in found.get("wishes", []):
            row["reach"] = (seal.open(str(row["reach"])) or b"").decode()
        # A phone may have been somebody else's too, and what a leader works on holds everybody's answers.
        mine = {person_id for _, person_id in persons}
        found["people"] = [row for row in found.get("people", []) if row["person_id"] in mine]
        looked_for = select(drafts).order_by(*drafts.primary_key)
        found["drafts"] = [
            {"place": row.place, "saved": plain(row.saved), **said}
            for row in connection.execute(looked_for)
            if (said := page(bytes(row.content), name))
        ]
        return {name: rows for name, rows in found.items() if rows}


def named_so(connection: Connection, name: str) -> tuple[list[Person], list[str]]:
    """Who is called so: the (gathering, person) ids of those at gatherings, and the ids of those who come back."""
    looked_for = select(people.c.gathering_id, people.c.person_id, people.c.identity_id, people.c.name)
    found = [row for row in connection.execute(looked_for) if fold(row.name) == fold(name)]
    known = select(identities.c.id, identities.c.name).where(identities.c.name != "")
    phones = {row.id for row in connection.execute(known) if fold(row.name) == fold(name)}
    phones |= {row.identity_id for row in found if row.identity_id is not None}
    return [(row.gathering_id, row.person_id) for row in found], sorted(phones)


def of_others(connection: Connection, persons: Collection[Person], known: Collection[str]) -> set[Person]:
    """At which gatherings these phones were somebody else's: (gathering, phone)."""
    there = select(people.c.gathering_id, people.c.person_id, people.c.identity_id)
    rows = connection.execute(there.where(people.c.identity_id.in_(known))).all()
    return {
        (row.gathering_id, row.identity_id)
        for row in rows
        if row.identity_id is not None and (row.gathering_id, row.person_id) not in persons
    }


def learning_of(connection: Connection, name: str, known: Collection[str], others: Collection[Person]) -> list[str]:
    """Who of these learnt under that name, or by a phone that was nobody else's."""
    shared = {phone for _, phone in others}
    called = select(identities.c.id, identities.c.name).where(identities.c.id.in_(known))
    return [row.id for row in connection.execute(called) if row.id not in shared or fold(row.name) == fold(name)]


def by_code(
    connection: Connection, name: str, persons: Collection[str], seal: Seal
) -> dict[Table, ColumnElement[bool]]:
    """What tells the rows about somebody in each table that knows them by a code alone; no table that has none.

    `persons` are the ids of those at gatherings who are called so; `name` may be a code, too.
    """
    finder = finder_of(name, seal)
    mine = select(threads.c.code).where(threads.c.finder == finder)
    # Answers outlive the list of names: whoever noted their code down is found by that.
    codes = {typed_code(name)} | {code_of(id, name, seal) for id in persons} | {*connection.execute(mine).scalars()}
    for one, whose in ((follow_ups.c.one, follow_ups.c.one_finder), (follow_ups.c.other, follow_ups.c.other_finder)):
        codes |= {*connection.execute(select(one).where(whose == finder)).scalars()}
    about = {
        ties: or_(ties.c.one.in_(codes), ties.c.other.in_(codes)),
        threads: threads.c.code.in_(codes),
        follow_ups: or_(follow_ups.c.one.in_(codes), follow_ups.c.other.in_(codes)),
        answers: answers.c.code.in_(codes),
        one_to_ones: or_(one_to_ones.c.one.in_(codes), one_to_ones.c.other.in_(codes)),
    }
    in_the_table = select(leaders.c.id).where(leaders.c.finder == finder)
    about |= {leaders: leaders.c.finder == finder}
    about |= {table: table.c.leader_id.in_(in_the_table) for table in OF_LEADERS}
    return {table: clause for table, clause in about.items() if connection.execute(select(table).where(clause)).first()}


def _said_of_both(row: dict[str, object], known: Collection[str], seal: Seal) -> dict[str, object]:
    """A one-to-one as its writer has it, or as the other may."""
    meeting = SimpleNamespace(**row | {"day": date.fromisoformat(str(row["day"]))})
    if row["identity_id"] in known:
        return as_noted(meeting, seal)
    # Whose note it is they know; which phone wrote it is of no use to them.
    row["identity_id"] = ""
    return told_to_the_other(meeting, seal)


def _about(
    connection: Connection, known: list[str], persons: list[Person], codes: Mapping[Table, ColumnElement[bool]]
) -> dict[str, Rows]:
    found = {table.name: _rows(connection, table, known, persons, codes.get(table)) for table in metadata.sorted_tables}
    return {name: rows for name, rows in found.items() if rows}


def _rows(
    connection: Connection, table: Table, known: list[str], persons: list[Person], by_code: ColumnElement[bool] | None
) -> Rows:
    named = [column.in_(known) for column in _naming(table, identities.c.id)] if known else []
    there = [
        and_(table.c.gathering_id == at, column == who)
        for column in _naming(table, people.c.person_id)
        for at, who in persons
    ]
    about: list[ColumnElement[bool]] = [*named, *there, *([] if by_code is None else [by_code])]
    if not about:
        return []
    given = [column for column in table.c if column.info["export"] is Export.GIVEN]
    return [
        {key: plain(value) for key, value in row._mapping.items()}
        for row in connection.execute(select(*given).where(or_(*about)))
    ]


def _naming(table: Table, whose: Column[Any]) -> Iterator[Column[Any]]:
    """The columns of a table that say whom a row is about, by this id of theirs."""
    if table is whose.table:
        yield whose
    for column in table.c:
        # Whoever noted something is not whom it is about.
        if column.info["export"] is Export.GIVEN and any(key.column is whose for key in column.foreign_keys):
            yield column


def plain(value: object) -> object:
    """A value of a row as json has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
