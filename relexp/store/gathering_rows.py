"""A gathering as it is kept, row by row, read as what it is: who is expected, who sits where, what was pressed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, update

from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest
from relexp.pairing.evening import Conversation, Round
from relexp.privacy.consent import PURPOSES
from relexp.roster.person import Person
from relexp.roster.words import words
from relexp.store.database import Database
from relexp.store.tables import acts, consents, gatherings, people, seats


@dataclass(frozen=True, slots=True)
class Kept:
    """A gathering: whose it is, what was asked of it as plain data, and how often it has changed.

    `apart` is who must not be put together, under lock.
    """

    id: str
    owner: str
    name: str
    made: datetime
    closed: datetime | None
    changed: int
    asked: dict[str, Any]
    apart: str


# What is told of a person elsewhere, or is of no use on the evening.
_NOT_ABOUT = ("id", "name", "email", "row")
_BEFORE = "before"
_SETS = ("languages", "rest")
# How somebody can be reached is of no use to a plan: by the column's heading, or by what stands there.
_REACH = frozenset("email mail phone telephone tel mobile cell whatsapp signal telegram ffon symudol".split())
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:\+|00?)[\d ()./-]{8,}")


def kept(row: Any) -> Kept:
    """A row of `gatherings`."""
    return Kept(row.id, row.identity_id, row.name, row.made, row.closed, row.changed, json.loads(row.asked), row.apart)


def latest(connection: Connection, since: datetime) -> Kept | None:
    """The gathering that is on or, where none is, the last one that was closed after then."""
    looked_for = (
        select(gatherings)
        .where(gatherings.c.closed.is_(None) | (gatherings.c.closed > since))
        .order_by(gatherings.c.closed.is_not(None), gatherings.c.made.desc())
    )
    row = connection.execute(looked_for.limit(1)).one_or_none()
    return kept(row) if row else None


def about(person: Person) -> str:
    """What the plan needs of a person, as it is kept."""
    return json.dumps(_about(person))


def about_by_phone(person: Person, before: str | None) -> str:
    """The same, said by a phone: with what was kept before that, None where they were not on the list."""
    return json.dumps(_about(person) | {_BEFORE: None if before is None else json.loads(before)})


def before_the_phone(text: str) -> str | None:
    """What was kept of somebody before a phone spoke for them; None where nothing was."""
    shape = json.loads(text)
    before = shape.get(_BEFORE, shape)
    return None if before is None else json.dumps(before)


@contextmanager
def changing(database: Database, id: str) -> Iterator[Connection]:
    """A change of one gathering, noted for whoever watches; changes of it wait for each other."""
    with database.writes() as connection:
        connection.execute(update(gatherings).where(gatherings.c.id == id).values(changed=gatherings.c.changed + 1))
        yield connection


def _about(person: Person) -> dict[str, Any]:
    shape = {key: value for key, value in asdict(person).items() if key not in _NOT_ABOUT}
    values = {key: value for key, value in person.values.items() if not _reaches(key, value)}
    return shape | {"values": values} | {key: sorted(shape[key]) for key in _SETS}


def _reaches(key: str, value: str) -> bool:
    return not _REACH.isdisjoint(words(key.replace("_", " "))) or _ADDRESS.fullmatch(value.strip()) is not None


def guests(connection: Connection, id: str) -> tuple[Guest, ...]:
    """Everybody who is expected or came, in the sheet's order, then as they came."""
    looked_for = select(people).where(people.c.gathering_id == id).order_by(people.c.place)
    refused = _refused(connection, id)
    return tuple(
        Guest(_person(row), row.came, row.went, row.identity_id, row.person_id in refused)
        for row in connection.execute(looked_for)
    )


def _refused(connection: Connection, id: str) -> frozenset[str]:
    """Whose last word was that they may not be on the plan."""
    said = select(consents.c.person_id, consents.c.yes).where(
        consents.c.gathering_id == id, consents.c.purpose == PURPOSES[0].key
    )
    last = {row.person_id: row.yes for row in connection.execute(said.order_by(consents.c.number))}
    return frozenset(person for person, yes in last.items() if not yes)


def rounds(connection: Connection, id: str) -> tuple[Round, ...]:
    """Who sits where, round by round."""
    looked_for = (
        select(seats)
        .join(people, (people.c.gathering_id == seats.c.gathering_id) & (people.c.person_id == seats.c.person_id))
        .where(seats.c.gathering_id == id)
        .order_by(seats.c.round, seats.c.table_number, people.c.place)
    )
    rows = connection.execute(looked_for).all()
    return tuple(_round(number, list(those)) for number, those in groupby(rows, lambda row: row.round))


def pressed(connection: Connection, id: str) -> tuple[Act, ...]:
    """All that was pressed, in its order."""
    looked_for = select(acts).where(acts.c.gathering_id == id).order_by(acts.c.number)
    return tuple(Act(Press(row.press), row.at, row.minutes) for row in connection.execute(looked_for))


def _person(row: Any) -> Person:
    shape = json.loads(row.about)
    shape.pop(_BEFORE, None)
    return Person(id=row.person_id, name=row.name, **shape | {key: frozenset(shape[key]) for key in _SETS})


def _round(number: int, rows: Sequence[Any]) -> Round:
    talks = []
    for table, those in groupby((row for row in rows if row.table_number is not None), lambda row: row.table_number):
        there = list(those)
        talkers = tuple(row.person_id for row in there if not row.interprets)
        talks.append(Conversation(talkers, table, tuple(row.person_id for row in there if row.interprets)))
    return Round(number, tuple(talks), tuple(row.person_id for row in rows if row.table_number is None))
