"""A gathering as it is kept, row by row, read as what it is: who is expected, who sits where, what was pressed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, update

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
# Round, table (None for who rests), person, whether they interpret.
_Seat = tuple[int, int | None, str, bool]
# How somebody can be reached is of no use to a plan: by the column's heading, or by what stands there.
_REACH = frozenset("email mail phone telephone tel mobile cell whatsapp signal telegram ffon symudol".split())
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:\+|00?)[\d ()./-]{8,}")


def kept(row: Any) -> Kept:
    """A row of `gatherings`."""
    return Kept(row.id, row.identity_id, row.name, row.made, row.closed, row.changed, json.loads(row.asked), row.apart)


# Asked by whoever looks: to put the sentence together takes longer than to say it.
_LATEST = (
    select(gatherings)
    .where(gatherings.c.closed.is_(None) | (gatherings.c.closed > bindparam("since", type_=gatherings.c.closed.type)))
    .order_by(gatherings.c.closed.is_not(None), gatherings.c.made.desc())
    .limit(1)
)


def latest(connection: Connection, since: datetime) -> Kept | None:
    """The gathering that is on or, where none is, the last one that was closed after then."""
    row = connection.execute(_LATEST, {"since": since}).one_or_none()
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
        count_up(connection, id)
        yield connection


def count_up(connection: Connection, id: str) -> None:
    """Note that a gathering is another than it was; whoever else changes it waits from here on."""
    connection.execute(update(gatherings).where(gatherings.c.id == id).values(changed=gatherings.c.changed + 1))


def _about(person: Person) -> dict[str, Any]:
    shape = {key: value for key, value in asdict(person).items() if key not in _NOT_ABOUT}
    values = {key: value for key, value in person.values.items() if not _reaches(key, value)}
    return shape | {"values": values} | {key: sorted(shape[key]) for key in _SETS}


def _reaches(key: str, value: str) -> bool:
    return not _REACH.isdisjoint(words(key.replace("_", " "))) or _ADDRESS.fullmatch(value.strip()) is not None


_ID: BindParameter[str] = bindparam("id")
_GUESTS = select(people).where(people.c.gathering_id == _ID).order_by(people.c.place)
_SEATS = (
    select(seats.c.round, seats.c.table_number, seats.c.person_id, seats.c.interprets)
    .join(people, (people.c.gathering_id == seats.c.gathering_id) & (people.c.person_id == seats.c.person_id))
    .where(seats.c.gathering_id == _ID)
    .order_by(seats.c.round, seats.c.table_number, people.c.place)
)
_SAID = (
    select(consents.c.person_id, consents.c.yes, consents.c.at)
    .where(consents.c.gathering_id == _ID, consents.c.purpose == bindparam("purpose"))
    .order_by(consents.c.number)
)
_ACTS = select(acts).where(acts.c.gathering_id == _ID).order_by(acts.c.number)


def guests(connection: Connection, id: str) -> tuple[Guest, ...]:
    """Everybody who is expected or came, in the sheet's order, then as they came."""
    rows = connection.execute(_GUESTS, {"id": id})
    said = last_words(connection, id, PURPOSES[0].key)
    refused = {person: row.at for person, row in said.items() if not row.yes}
    return tuple(Guest(_person(row), row.came, row.went, row.identity_id, refused.get(row.person_id)) for row in rows)


def called(connection: Connection, id: str, person_id: str) -> str | None:
    """What somebody is called; None where they are not on the list (any more)."""
    there = (people.c.gathering_id == id, people.c.person_id == person_id)
    return connection.execute(select(people.c.name).where(*there)).scalar_one_or_none()


def last_words(connection: Connection, id: str, purpose: str) -> Mapping[str, Any]:
    """The last word to a purpose of everybody who said one: whether it was `yes`, and `at` what time."""
    return {row.person_id: row for row in connection.execute(_SAID, {"id": id, "purpose": purpose})}


def rounds(connection: Connection, id: str) -> tuple[Round, ...]:
    """Who sits where, round by round."""
    return _rounds(tuple(tuple(row) for row in connection.execute(_SEATS, {"id": id})))


def pressed(connection: Connection, id: str) -> tuple[Act, ...]:
    """All that was pressed, in its order."""
    return tuple(Act(Press(row.press), row.at, row.minutes) for row in connection.execute(_ACTS, {"id": id}))


def _person(row: Any) -> Person:
    shape = json.loads(row.about)
    shape.pop(_BEFORE, None)
    return Person(id=row.person_id, name=row.name, **shape | {key: frozenset(shape[key]) for key in _SETS})


# Each who comes is a reason to read all of it again, and hardly ever does anybody sit elsewhere than before.
@lru_cache(maxsize=2)
def _rounds(rows: tuple[_Seat, ...]) -> tuple[Round, ...]:
    return tuple(_round(number, list(those)) for number, those in groupby(rows, itemgetter(0)))


def _round(number: int, rows: Sequence[_Seat]) -> Round:
    talks = []
    for table, those in groupby((row for row in rows if row[1] is not None), itemgetter(1)):
        there = list(those)
        talkers = tuple(who for _, _, who, interprets in there if not interprets)
        talks.append(Conversation(talkers, table, tuple(who for _, _, who, interprets in there if interprets)))
    return Round(number, tuple(talks), tuple(who for _, table, who, _ in rows if table is None))
