"""Who would like to meet whom again, kept until it is clear whether both do; and what becomes of those who both do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from relexp.reflection.again import ASKED, FollowUp, Wish, both
from relexp.store.after_tables import follow_ups, held, wishes
from relexp.store.codes import code_of, finder_of
from relexp.store.database import Database
from relexp.store.gathering_rows import called, changing
from relexp.store.seal import Seal
from relexp.store.tables import gatherings, people


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody as the other knows them: by name, and how they can be reached."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class Again:
    """Two who both wish to meet again, with what they said they would do."""

    id: str
    gathering: str
    follow_up: FollowUp
    one: Reached
    other: Reached


class MeetingAgain:
    """The wishes of those at a gathering, and the follow-ups that came of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wish(self, gathering_id: str, person_id: str, others: Collection[str], reach: str) -> None:
        """Keep whom somebody would like to meet again, in place of what they said before, and how to reach them.

        Where the other wishes it too, they are told how to reach each other; nobody else learns of a wish.
        Raises FaultsFound when one of them is not on the list (any more).
        """
        theirs = (wishes.c.gathering_id == gathering_id, wishes.c.person_id == person_id)
        locked = Seal().close(reach.encode())
        rows = [
            {"gathering_id": gathering_id, "person_id": person_id, "other_id": other, "reach": locked}
            for other in dict.fromkeys(others)
            if other != person_id
        ]
        with changing(self._database, gathering_id) as connection:
            connection.execute(delete(wishes).where(*theirs))
            if rows:
                connection.execute(wishes.insert(), rows)
            self._agree(connection, gathering_id, person_id)

    def wished(self, gathering_id: str, person_id: str) -> tuple[frozenset[str], str]:
        """Whom somebody would like to meet again, and how they said they can be reached."""
        theirs = (wishes.c.gathering_id == gathering_id, wishes.c.person_id == person_id)
        with self._database.reads() as connection:
            others = connection.execute(select(wishes.c.other_id).where(*theirs)).scalars()
            return frozenset(others), _reach(connection, gathering_id, person_id, Seal())

    def found(self, gathering_id: str, person_id: str) -> dict[str, Reached]:
        """Those who wish to meet somebody again who wishes it too, by id."""
        with self._database.reads() as connection:
            return _found(connection, gathering_id, person_id, Seal())

    def all(self) -> tuple[Again, ...]:
        """Every two who both wish to meet again, those first whose day comes first."""
        return self._agreed()

    def of(self, gathering_id: str, code: str) -> tuple[Again, ...]:
        """The same of one person at one gathering, by their code."""
        theirs = or_(follow_ups.c.one == code, follow_ups.c.other == code)
        return self._agreed(follow_ups.c.held_id == gathering_id, theirs)

    def change(self, id: str, follow_up: FollowUp) -> None:
        """What two will do, who sees to it, by when, and whether it was done."""
        row = {
            "what": follow_up.what,
            "owner": follow_up.owner,
            "due": follow_up.due,
            "done": follow_up.done,
            "dropped": follow_up.dropped,
        }
        with self._database.writes() as connection:
            connection.execute(update(follow_ups).where(follow_ups.c.id == id).values(row))

    def purge(self, before: datetime) -> int:
        """Forget those of the gatherings before then, whatever day the two agree on; how many they were."""
        known = select(held.c.id)
        old = known.where(held.c.day < before.astimezone().date())
        # Of what was never counted the day is not known: as they are made, they are due a week after.
        late = follow_ups.c.due < (before + ASKED[0]).astimezone().date()
        of_old = or_(follow_ups.c.held_id.in_(old), and_(follow_ups.c.held_id.not_in(known), late))
        with self._database.writes() as connection:
            return connection.execute(delete(follow_ups).where(of_old)).rowcount

    def _agreed(self, *which: ColumnElement[bool]) -> tuple[Again, ...]:
        looked_for = select(follow_ups).where(*which).order_by(follow_ups.c.due, follow_ups.c.id)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for).all()
        seal = Seal()
        return tuple(_again(row, seal) for row in rows)

    def _agree(self, connection: Connection, gathering_id: str, person_id: str) -> None:
        """Keep one follow-up for each two who both wish it, and none for two who no longer do."""
        name, seal = called(connection, gathering_id, person_id), Seal()
        if name is None:
            return
        mine = code_of(person_id, name, seal)
        rows = {row["id"]: row for row in _rows(connection, gathering_id, person_id, name, seal)}
        theirs = (follow_ups.c.held_id == gathering_id, or_(follow_ups.c.one == mine, follow_ups.c.other == mine))
        connection.execute(delete(follow_ups).where(*theirs, follow_ups.c.id.not_in(rows)))
        for row in rows.values():
            new = self._database.insert(follow_ups).values(row)
            # What the two have said they would do stays.
            connection.execute(new.on_conflict_do_update(index_elements=["id"], set_={"both": row["both"]}))


def _rows(connection: Connection, gathering_id: str, person_id: str, name: str, seal: Seal) -> Iterator[dict[str, Any]]:
    made = connection.execute(select(gatherings.c.made).where(gatherings.c.id == gathering_id)).scalar_one()
    mine = _end(person_id, Reached(name, _reach(connection, gathering_id, person_id, seal)), seal)
    for id, reached in _found(connection, gathering_id, person_id, seal).items():
        one, other = sorted((mine, _end(id, reached, seal)), key=itemgetter(0))
        yield {
            "id": f"{gathering_id}-{one[0]}-{other[0]}",
            "held_id": gathering_id,
            "one": one[0],
            "other": other[0],
            "one_finder": one[1],
            "other_finder": other[1],
            "both": seal.close(json.dumps([[each[2].name, each[2].reach] for each in (one, other)]).encode()),
            "what": "",
            "owner": one[0],
            "due": (made + ASKED[0]).astimezone().date(),
            "done": None,
            "dropped": False,
        }


def _end(id: str, reached: Reached, seal: Seal) -> tuple[str, str, Reached]:
    return code_of(id, reached.name, seal), finder_of(reached.name, seal), reached


def _found(connection: Connection, gathering_id: str, person_id: str, seal: Seal) -> dict[str, Reached]:
    """Those who wish it as well as this person does, with how to reach them."""
    at_it = (
        wishes.c.gathering_id == gathering_id,
        or_(wishes.c.person_id == person_id, wishes.c.other_id == person_id),
    )
    rows = connection.execute(select(wishes).where(*at_it)).all()
    pairs = both(Wish(row.person_id, row.other_id) for row in rows)
    with_me = {one if other == person_id else other for one, other in pairs}
    named = select(people.c.person_id, people.c.name).where(
        people.c.gathering_id == gathering_id, people.c.person_id.in_(with_me)
    )
    reach = {row.person_id: row.reach for row in rows}
    found = connection.execute(named.order_by(people.c.place)).all()
    return {row.person_id: Reached(row.name, _read(reach[row.person_id], seal)) for row in found}


def _reach(connection: Connection, gathering_id: str, person_id: str, seal: Seal) -> str:
    theirs = (wishes.c.gathering_id == gathering_id, wishes.c.person_id == person_id)
    locked = connection.execute(select(wishes.c.reach).where(*theirs).limit(1)).scalar_one_or_none()
    return _read(locked, seal) if locked else ""


def _read(locked: str, seal: Seal) -> str:
    return (seal.open(locked) or b"").decode()


def _again(row: Any, seal: Seal) -> Again:
    one, other = json.loads(seal.open(row.both) or b'[["", ""], ["", ""]]')
    follow_up = FollowUp(row.one, row.other, row.what, row.owner, row.due, row.done, row.dropped)
    return Again(row.id, row.held_id, follow_up, Reached(*one), Reached(*other))
