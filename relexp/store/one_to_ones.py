"""One-to-ones that were arranged, as one of the two noted them: the writer's own, and under lock."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from relexp.leadership.leader import Leader
from relexp.privacy.roles import Identity
from relexp.reflection.one_to_ones import Following, Interest, OneToOne
from relexp.roster.words import fold
from relexp.store.after_tables import one_to_ones
from relexp.store.codes import code_of
from relexp.store.database import Database
from relexp.store.seal import Seal
from relexp.store.tables import people

_ELSEWHERE = ("writer", "other", "day")
_TUPLES = ("institutions", "also")


class OneToOnes:
    """The one-to-ones of those whom relexp knows, each seen by its writer alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, meeting: OneToOne, by: Identity, id: str = "") -> str:
        """Keep a one-to-one, in place of the one of this id if there is one; its id. Both people are codes."""
        id = id or secrets.token_hex(16)
        locked = Seal().close(json.dumps(_plain(meeting)).encode())
        row = {"id": id, "identity_id": by.id, "one": meeting.writer, "other": meeting.other, "day": meeting.day}
        with self._database.writes() as connection:
            connection.execute(delete(one_to_ones).where(one_to_ones.c.id == id, one_to_ones.c.identity_id == by.id))
            connection.execute(one_to_ones.insert().values(row | {"said": locked}))
        return id

    def own(self, by: Identity) -> dict[str, OneToOne]:
        """All that somebody noted, by id, the latest first; what was locked with another key is left out."""
        looked_for = select(one_to_ones).where(one_to_ones.c.identity_id == by.id)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for.order_by(one_to_ones.c.day.desc(), one_to_ones.c.id)).all()
        seal = Seal()
        found = {row.id: opened_meeting(row, seal) for row in rows}
        return {id: meeting for id, meeting in found.items() if meeting is not None}

    def with_leaders(self, by: Identity, leaders: Iterable[Leader]) -> tuple[tuple[str, date, str], ...]:
        """Somebody's own one-to-ones with these leaders: leader, day, and what it is called as a source.

        The other is known by their name where that was written and one leader has it, and by their code as long as they
        are on a list and not under 18.
        """
        if not (own := self.own(by)):
            return ()
        names: dict[str, str | None] = {}
        for leader in leaders:
            name = fold(leader.name)
            # Of two who have one name nobody knows which of them was meant.
            names[name] = None if name in names else leader.id
        with self._database.reads() as connection:
            listed = connection.execute(select(people.c.person_id, people.c.name, people.c.about)).all()
        seal = Seal(once=True)
        known = names | {
            fold(code_of(row.person_id, row.name, seal)): names[fold(row.name)]
            for row in listed
            if fold(row.name) in names and not json.loads(row.about).get("under_18")
        }
        met = ((known.get(fold(meeting.other)), meeting.day, id) for id, meeting in own.items())
        return tuple((leader, day, f"one-to-one {id}") for leader, day, id in met if leader)

    def forget(self, id: str, by: Identity) -> None:
        """Delete one; only its writer can."""
        theirs = (one_to_ones.c.id == id, one_to_ones.c.identity_id == by.id)
        with self._database.writes() as connection:
            connection.execute(delete(one_to_ones).where(*theirs))

    def purge(self, before: datetime) -> int:
        """Forget those of before then; how many they were."""
        with self._database.writes() as connection:
            old = one_to_ones.c.day < before.astimezone().date()
            return connection.execute(delete(one_to_ones).where(old)).rowcount


def opened_meeting(row: Any, seal: Seal) -> OneToOne | None:
    """A row as what it is; None where its key is not here any more."""
    opened = seal.open(row.said)
    if opened is None:
        return None
    said = json.loads(opened)
    said |= {key: tuple(said[key]) for key in _TUPLES}
    said["interests"] = frozenset(Interest(each) for each in said["interests"])
    said["following"] = Following(said["following"]) if said["following"] else None
    said["due"] = date.fromisoformat(said["due"]) if said["due"] else None
    return OneToOne(row.one, row.other, row.day, **said)


def as_noted(row: Any, seal: Seal) -> dict[str, Any]:
    """All that a writer is given of what they noted."""
    meeting = opened_meeting(row, seal)
    return _plain(meeting) if meeting else {}


def told_to_the_other(row: Any, seal: Seal) -> dict[str, Any]:
    """What somebody is given of a one-to-one that another noted about them; not what is the writer's alone."""
    meeting = opened_meeting(row, seal)
    return _plain(meeting.for_the_other()) if meeting else {}


def _plain(meeting: OneToOne) -> dict[str, Any]:
    said = {key: value for key, value in asdict(meeting).items() if key not in _ELSEWHERE}
    said["interests"] = sorted(meeting.interests)
    said["following"] = str(meeting.following or "")
    said["due"] = meeting.due.isoformat() if meeting.due else ""
    return said
