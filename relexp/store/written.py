"""What people write: a line of a round for everybody, and what they make of an evening, which is their own."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from relexp.privacy.roles import Identity
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Reflection
from relexp.store.after_tables import harvests, reflections
from relexp.store.database import Database
from relexp.store.seal import Seal

# A line is read at a glance, whether it came by phone or on a card.
LONGEST_SHARED = 200
_WORDS = ("sameness", "difference", "same", "different", "taught", "power", "step")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that somebody shared after a round, with everybody; whose it was is not told."""

    id: str
    gathering: str
    round: int
    text: str


class Written:
    """Lines and reflections of those whom relexp knows by their phone or their account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def share(
        self, gathering_id: str, round: int, text: str, now: datetime, *, by: Identity | None = None, key: str = ""
    ) -> str:
        """Keep a line of a round for everybody to read; its id. The same `key` again is the same line.

        It came by the phone of `by`, or was typed in from paper.
        """
        id, whose = key or secrets.token_hex(16), by.id if by else None
        row = {"id": id, "identity_id": whose, "gathering_id": gathering_id, "round": round, "line": text, "at": now}
        with self._database.writes() as connection:
            connection.execute(self._database.insert(harvests).values(row).on_conflict_do_nothing())
        return id

    def lines(self, gathering_id: str, by: Identity | None = None) -> tuple[Line, ...]:
        """The lines of a gathering, round by round, or those of one person alone."""
        looked_for = select(harvests).where(harvests.c.gathering_id == gathering_id)
        if by is not None:
            looked_for = looked_for.where(harvests.c.identity_id == by.id)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for.order_by(harvests.c.round, harvests.c.at, harvests.c.id)).all()
        return tuple(Line(row.id, row.gathering_id, row.round, row.line) for row in rows)

    def lines_of(self, by: Identity) -> tuple[Line, ...]:
        """All lines that somebody shared and did not take back, the earliest first."""
        looked_for = select(harvests).where(harvests.c.identity_id == by.id).order_by(harvests.c.at, harvests.c.id)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for).all()
        return tuple(Line(row.id, row.gathering_id, row.round, row.line) for row in rows)

    def take_back(self, line_id: str, by: Identity | None = None) -> None:
        """A line is shared no longer: by whoever shared it or, without `by`, by whoever leads."""
        found = delete(harvests).where(harvests.c.id == line_id)
        if by is not None:
            found = found.where(harvests.c.identity_id == by.id)
        with self._database.writes() as connection:
            connection.execute(found)

    def reflect(self, reflection: Reflection, by: Identity) -> None:
        """Keep what somebody makes of an evening, in place of what they wrote before; nothing at all deletes it."""
        theirs = (reflections.c.identity_id == by.id, reflections.c.gathering_id == reflection.gathering)
        row = {"identity_id": by.id, "gathering_id": reflection.gathering} | _as_row(reflection)
        with self._database.writes() as connection:
            connection.execute(delete(reflections).where(*theirs))
            if not reflection.empty:
                connection.execute(reflections.insert().values(row))

    def show_to(self, gathering_id: str, visibility: Visibility, by: Identity) -> None:
        """Let others read a reflection from now on, or no longer."""
        theirs = (reflections.c.identity_id == by.id, reflections.c.gathering_id == gathering_id)
        with self._database.writes() as connection:
            connection.execute(update(reflections).where(*theirs).values(visibility=str(visibility)))

    def own(self, by: Identity) -> tuple[Reflection, ...]:
        """All that somebody wrote for themselves, the earliest first."""
        looked_for = select(reflections).where(reflections.c.identity_id == by.id).order_by(reflections.c.day)
        with self._database.reads() as connection:
            return _opened(connection.execute(looked_for).all())

    def shared(self, gathering_id: str, *visible: Visibility) -> tuple[Reflection, ...]:
        """The reflections on a gathering that their writers show to these; who they are is not told."""
        shown = [str(each) for each in visible if each is not Visibility.ME]
        looked_for = select(reflections).where(
            reflections.c.gathering_id == gathering_id, reflections.c.visibility.in_(shown)
        )
        with self._database.reads() as connection:
            return _opened(connection.execute(looked_for.order_by(reflections.c.said)).all())

    def purge(self, before: datetime) -> int:
        """Forget the lines and the reflections of before then; how many they were."""
        with self._database.writes() as connection:
            lines = connection.execute(delete(harvests).where(harvests.c.at < before))
            own = connection.execute(delete(reflections).where(reflections.c.day < before.astimezone().date()))
            return lines.rowcount + own.rowcount


def _as_row(reflection: Reflection) -> dict[str, Any]:
    said = {part: getattr(reflection, part) for part in _WORDS} | {"did": sorted(reflection.did)}
    locked = Seal().close(json.dumps(said).encode())
    return {"day": reflection.day, "visibility": str(reflection.visibility), "said": locked}


def _opened(rows: Sequence[Any]) -> tuple[Reflection, ...]:
    """Reflections as they were written; what was locked with a key that is not here any more is left out."""
    seal = Seal()
    found = ((row, opened_words(row.said, seal)) for row in rows)
    return tuple(_reflection(row.gathering_id, row.day, row.visibility, said) for row, said in found if said)


def opened_words(locked: str, seal: Seal) -> dict[str, Any]:
    """What stands in a locked reflection; nothing where its key is not here any more."""
    said: dict[str, Any] = json.loads(seal.open(locked) or b"{}")
    return said


def _reflection(gathering: str, day: date, visibility: str, said: dict[str, Any]) -> Reflection:
    did = frozenset(Did(each) for each in said["did"])
    return Reflection(
        gathering, day, **{part: said[part] for part in _WORDS}, did=did, visibility=Visibility(visibility)
    )
