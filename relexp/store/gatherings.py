"""Gatherings whose doors were opened: who is expected and who came, who sits where, and what was pressed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest
from relexp.pairing.evening import Evening, Round
from relexp.privacy.consent import PURPOSES, REMEMBERED
from relexp.privacy.roles import Identity
from relexp.roster.person import Person
from relexp.roster.words import fold
from relexp.store.arrivals import Arrival, last_place, put_on_list, take_in
from relexp.store.database import Database
from relexp.store.drafts import Stale
from relexp.store.gathering_rows import (
    Kept,
    before_the_phone,
    changing,
    guests,
    kept,
    last_words,
    pressed,
    rounds,
)
from relexp.store.house import hold
from relexp.store.tables import acts, consents, gatherings, met, people, seats


class Open(Exception):
    """A gathering is open already, and only one runs at a time: `kept` is the one."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept.id)
        self.kept = kept


class Gatherings:
    """The gatherings of this house. Every change counts up `changed`, so that whoever watches asks for one number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(
        self,
        owner: Identity,
        name: str,
        asked: dict[str, Any],
        expected: Sequence[Person],
        now: datetime,
        *,
        evening: Evening | None = None,
        apart: str = "",
        earlier: Iterable[tuple[str, str]] = (),
        instead: str = "",
        since: str | None = None,
    ) -> str:
        """Keep a gathering from now on, with everybody who is expected: all of it or nothing; its id.

        With an `evening` it is kept who sits where, and the doors are open. `earlier` are those who met before.
        `instead` is the gathering that is closed for it. Raises Open where another one is open, and Renewed where what
        is kept is no longer the edition `since`.
        """
        id = secrets.token_hex(8)
        row = {"id": id, "identity_id": owner.id, "name": name, "made": now, "changed": 1, "apart": apart}
        pairs = [{"gathering_id": id, "one_id": one, "other_id": other} for one, other in earlier]
        with self._database.writes() as connection:
            hold(connection, since)
            self._database.alone(connection, gatherings)
            if instead:
                _close(connection, instead, owner, now)
            if (found := _current(connection)) is not None:
                raise Open(found)
            connection.execute(gatherings.insert().values(row | {"asked": json.dumps(asked)}))
            put_on_list(connection, id, expected, 0)
            if pairs:
                connection.execute(met.insert(), pairs)
            if evening is not None:
                _seat(connection, id, evening, 0)
                _press(connection, id, Act(Press.OPEN_DOORS, now), owner, f"open-{id}", 0)
        return id

    def get(self, id: str) -> Kept | None:
        """A gathering by its id."""
        with self._database.reads() as connection:
            row = connection.execute(select(gatherings).where(gatherings.c.id == id)).one_or_none()
        return kept(row) if row else None

    def current(self) -> Kept | None:
        """The gathering that is on: the last that was opened and is not closed."""
        with self._database.reads() as connection:
            return _current(connection)

    def guests(self, id: str) -> tuple[Guest, ...]:
        """Everybody who is expected or came, in the sheet's order, then as they came."""
        with self._database.reads() as connection:
            return guests(connection, id)

    def came(self) -> tuple[tuple[str, date, str, str, bool], ...]:
        """Who came to the gatherings that are over: name, day, its id and name, and whether people turned to them.

        Whoever said no to being on the plan or to being remembered is not told, nor anybody under 18.
        """
        over = select(gatherings).where(gatherings.c.closed.is_not(None)).order_by(gatherings.c.made)
        found: list[tuple[str, date, str, str, bool]] = []
        with self._database.reads() as connection:
            for row in connection.execute(over).all():
                day, lead = row.made.astimezone().date(), json.loads(row.asked).get("lead", {}).get("name", "")
                no = {
                    who
                    for purpose in (PURPOSES[0].key, REMEMBERED)
                    for who, said in last_words(connection, row.id, purpose).items()
                    if not said.yes
                }
                there = guests(connection, row.id)
                asked = [each for each in there if each.person.id not in no and not each.person.under_18]
                names = [each.person.name for each in asked if each.came is not None]
                found += [(name, day, row.id, row.name, fold(name) == fold(lead)) for name in names]
                listed = {fold(each.person.name) for each in there if each.came is not None or each not in asked}
                if lead and fold(lead) not in listed:
                    found.append((lead, day, row.id, row.name, True))
        return tuple(found)

    def earlier(self, id: str) -> tuple[tuple[str, str], ...]:
        """Who of them met at an earlier gathering."""
        looked_for = select(met.c.one_id, met.c.other_id).where(met.c.gathering_id == id)
        with self._database.reads() as connection:
            return tuple((row.one_id, row.other_id) for row in connection.execute(looked_for))

    def walk_in(self, id: str, person: Person, now: datetime) -> None:
        """Somebody who was not expected is here."""
        with changing(self._database, id) as connection:
            put_on_list(connection, id, [person], last_place(connection, id) + 1)
            _mark(connection, id, person.id, came=now)

    def come(self, id: str, person_id: str, now: datetime, phone: str | None = None) -> None:
        """Somebody is here, perhaps by a phone of theirs; who is here already came when they came."""
        with changing(self._database, id) as connection:
            here = (people.c.gathering_id == id, people.c.person_id == person_id)
            connection.execute(update(people).where(*here, people.c.came.is_(None)).values(came=now))
            again = {"went": None} | ({"identity_id": phone} if phone is not None else {})
            connection.execute(update(people).where(*here).values(again))

    def check_in(self, id: str, person: Person, phone: str, yes: Iterable[str], wording: str, now: datetime) -> bool:
        """Somebody comes by a phone of their own, with what they need and the purposes they say yes to, all in one.

        Who was not expected is put on the list; sent again it is done once. False, with nothing changed, where another
        phone is theirs already, or this phone is somebody else's.
        """
        (told,) = take_in(self._database, [Arrival(id, person, phone, tuple(yes), wording, now)])
        if isinstance(told, Exception):
            raise told
        return told

    def check_in_all(self, those: Sequence[Arrival]) -> list[bool | Exception]:
        """The same for all who come in the same moment, by one change: see `arrivals.take_in`."""
        return take_in(self._database, those)

    def wrong_name(self, id: str, phone: str) -> None:
        """A phone took a name that is not its owner's: what was said by it is as if it had never been."""
        with changing(self._database, id) as connection:
            person_id = _whose(connection, id, phone)
            if person_id is None:
                return
            here = (people.c.gathering_id == id, people.c.person_id == person_id)
            theirs = (consents.c.gathering_id == id, consents.c.person_id == person_id, consents.c.identity_id == phone)
            row = connection.execute(select(people.c.about).where(*here)).scalar_one()
            before = before_the_phone(row)
            if before is None:
                # Whoever was put on the list by this phone is nobody.
                connection.execute(delete(people).where(*here))
                return
            # Who had been ticked off at the door before the phone came is still here.
            by_phone = select(consents.c.at).where(*theirs).scalar_subquery()
            connection.execute(update(people).where(*here, people.c.came.in_(by_phone)).values(came=None))
            connection.execute(update(people).where(*here).values(identity_id=None, about=before))
            connection.execute(delete(consents).where(*theirs))

    def not_come(self, id: str, person_id: str) -> None:
        """Somebody was taken for another: they are expected, as before."""
        with changing(self._database, id) as connection:
            here = (people.c.gathering_id == id, people.c.person_id == person_id)
            connection.execute(update(people).where(*here).values(came=None, went=None))

    def go(self, id: str, person_id: str, now: datetime) -> None:
        """Somebody has left."""
        with changing(self._database, id) as connection:
            _mark(connection, id, person_id, went=now)

    def seat(self, id: str, evening: Evening, after: int = 0, expected: int | None = None) -> None:
        """Keep who sits where in the rounds after round `after`, in place of what was planned for them.

        With `expected`, how many presses there were when it was planned, raises Stale where somebody has pressed
        something since, with nothing changed: a round may have begun.
        """
        with changing(self._database, id) as connection:
            if expected is not None and _count(connection, id) != expected:
                raise Stale
            _seat(connection, id, evening, after)

    def rounds(self, id: str) -> tuple[Round, ...]:
        """Who sits where, round by round."""
        with self._database.reads() as connection:
            return rounds(connection, id)

    def press(self, id: str, act: Act, by: Identity, key: str, expected: int) -> int:
        """Note a press, after `expected` others; how many there are then. The same `key` again is the same press.

        Raises Stale, with nothing noted, when somebody else has pressed something meanwhile.
        """
        with changing(self._database, id) as connection:
            mine = select(acts.c.number).where(acts.c.gathering_id == id, acts.c.key == key)
            if connection.execute(mine).first() is not None:
                return _count(connection, id)
            others = _current(connection) if act.press is Press.UNDO else None
            # A gathering that is over does not go on beside the one that is on now.
            if _count(connection, id) != expected or (others is not None and others.id != id):
                raise Stale
            _press(connection, id, act, by, key, expected)
            return expected + 1

    def pressed(self, id: str) -> tuple[Act, ...]:
        """All that was pressed, in its order."""
        with self._database.reads() as connection:
            return pressed(connection, id)

    def forget(self, id: str, person_id: str) -> None:
        """Forget somebody in a gathering: their seats, their meetings and what they agreed to go with them."""
        with changing(self._database, id) as connection:
            connection.execute(delete(people).where(people.c.gathering_id == id, people.c.person_id == person_id))

    def purge(self, before: datetime) -> int:
        """Forget the gatherings that were opened before then; how many they were."""
        with self._database.writes() as connection:
            return connection.execute(delete(gatherings).where(gatherings.c.made < before)).rowcount

    @contextmanager
    def at_one_moment(self) -> Iterator[Connection]:
        """For reading several things of a gathering that belong together, with the functions of `gathering_rows`."""
        with self._database.reads() as connection:
            yield connection


def _current(connection: Connection) -> Kept | None:
    latest = select(gatherings).where(gatherings.c.closed.is_(None)).order_by(gatherings.c.made.desc())
    row = connection.execute(latest.limit(1)).one_or_none()
    return kept(row) if row else None


def _close(connection: Connection, id: str, by: Identity, now: datetime) -> None:
    """End a gathering, where it has not ended, whatever somebody else pressed meanwhile."""
    here = (gatherings.c.id == id, gatherings.c.closed.is_(None))
    if connection.execute(update(gatherings).where(*here).values(changed=gatherings.c.changed + 1)).rowcount:
        _press(connection, id, Act(Press.CLOSE, now), by, secrets.token_hex(8), _count(connection, id))


def _press(connection: Connection, id: str, act: Act, by: Identity, key: str, before: int) -> None:
    row = {"gathering_id": id, "number": before + 1, "key": key, "identity_id": by.id}
    connection.execute(acts.insert().values(row | {"press": act.press, "at": act.at, "minutes": act.minutes}))
    if act.press is Press.CLOSE:
        connection.execute(update(gatherings).where(gatherings.c.id == id).values(closed=act.at))
    elif act.press is Press.UNDO:
        connection.execute(update(gatherings).where(gatherings.c.id == id).values(closed=None))


def _seat(connection: Connection, id: str, evening: Evening, after: int) -> None:
    rows = [
        {"gathering_id": id, "round": round.number, "person_id": who, "table_number": at, "interprets": helps}
        for round in evening.rounds
        if round.number > after
        for who, at, helps in _seats(round)
    ]
    connection.execute(delete(seats).where(seats.c.gathering_id == id, seats.c.round > after))
    if rows:
        connection.execute(seats.insert(), rows)


def _whose(connection: Connection, id: str, phone: str) -> str | None:
    """Who came by this phone."""
    theirs = select(people.c.person_id).where(people.c.gathering_id == id, people.c.identity_id == phone)
    return connection.execute(theirs.order_by(people.c.place).limit(1)).scalar_one_or_none()


def _mark(connection: Connection, id: str, person_id: str, **when: datetime) -> None:
    here = (people.c.gathering_id == id, people.c.person_id == person_id)
    connection.execute(update(people).where(*here).values(when))


def _count(connection: Connection, id: str) -> int:
    return connection.execute(select(func.count()).select_from(acts).where(acts.c.gathering_id == id)).scalar_one()


def _seats(round: Round) -> Iterator[tuple[str, int | None, bool]]:
    for talk in round.conversations:
        yield from ((id, talk.table, False) for id in talk.people)
        yield from ((id, talk.table, True) for id in talk.interpreters)
    yield from ((id, None, False) for id in round.resting)
