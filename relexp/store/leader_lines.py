"""What is noted of leaders: evidence, how stages moved, steps, challenges, and habits as somebody reads them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from relexp.leadership.evidence import Challenge, Evidence, Kind, Move, Reading, Suggestion
from relexp.leadership.leader import Step
from relexp.privacy.roles import Identity
from relexp.store.database import Database
from relexp.store.leader_deeds import keep_evidence
from relexp.store.leader_rows import THERE, locked, of, opened
from relexp.store.leader_tables import (
    leader_challenges,
    leader_evidence,
    leader_moves,
    leader_readings,
    leader_steps,
    leader_trainings,
    leaders,
)
from relexp.store.seal import Seal

_KINDS = frozenset(map(str, Kind))
_DECLINED = "declined"


class Lines:
    """The lines about the leaders of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, line: Evidence, by: Identity) -> str:
        """Keep a line of evidence, in place of the one of its id if there is one; its id.

        What was suggested is kept once, also where two confirm it at the same time.
        """
        table = leader_evidence.c
        known = select(table.id).where(
            table.leader_id == line.leader, table.source == line.source, table.kind.in_(_KINDS)
        )
        with self._database.writes() as connection:
            if line.source and not line.id:
                self._database.alone(connection, leader_evidence)
                if (there := connection.execute(known.limit(1)).scalar_one_or_none()) is not None:
                    return there
            return keep_evidence(connection, line, by, Seal())

    def forget(self, id: str) -> None:
        """Delete a line of evidence."""
        with self._database.writes() as connection:
            connection.execute(delete(leader_evidence).where(leader_evidence.c.id == id))

    def decline(self, suggestion: Suggestion, by: Identity) -> None:
        """What was suggested was not so; it is not suggested again. Where somebody said it was, that stands."""
        here = (leader_evidence.c.leader_id == suggestion.leader, leader_evidence.c.source == suggestion.source)
        with self._database.writes() as connection:
            if connection.execute(select(leader_evidence.c.id).where(*here)).first() is None:
                line = Evidence("", suggestion.leader, suggestion.kind, suggestion.day, source=suggestion.source)
                keep_evidence(connection, line, by, Seal())
                connection.execute(update(leader_evidence).where(*here).values(kind=_DECLINED, shared=False))

    def sources(self) -> frozenset[tuple[str, str]]:
        """What suggested a line that somebody has confirmed or declined: leader and source."""
        asked = select(leader_evidence.c.leader_id, leader_evidence.c.source).where(leader_evidence.c.source != "")
        with self._database.reads() as connection:
            return frozenset((leader, source) for leader, source in connection.execute(asked))

    def evidence(self, leader: str = "") -> tuple[Evidence, ...]:
        """The lines about a leader, or about everybody, the latest first."""
        asked = select(leader_evidence).where(leader_evidence.c.kind.in_(_KINDS))
        if leader:
            asked = asked.where(leader_evidence.c.leader_id == leader)
        with self._database.reads() as connection:
            ordered = asked.order_by(leader_evidence.c.day.desc(), leader_evidence.c.id)
            return lines(connection, ordered, Seal(once=True))

    def answer(self, id: str, leader: str, text: str) -> None:
        """What a leader says of a line that is shared with them."""
        here = (leader_evidence.c.id == id, leader_evidence.c.leader_id == leader, leader_evidence.c.shared)
        with self._database.writes() as connection:
            connection.execute(update(leader_evidence).where(*here).values(answer=locked(text, Seal())))

    def moves(self, leader: str = "") -> tuple[Move, ...]:
        """How stages moved, of a leader or of everybody, in their order; what was taken back is none."""
        with self._database.reads() as connection:
            return moves(connection, leader)

    def steps(self, leader: str) -> tuple[Step, ...]:
        """The steps of a leader, the latest first, the open one among them."""
        asked = select(leader_steps).where(leader_steps.c.leader_id == leader)
        with self._database.reads() as connection:
            rows = connection.execute(asked.order_by(leader_steps.c.made.desc(), leader_steps.c.id)).all()
        seal = Seal(once=True)
        return tuple(Step(opened(row.what, seal), row.due, row.agreed_by, row.made, row.done) for row in rows)

    def steps_made(self) -> tuple[tuple[str, date], ...]:
        """On which days leaders agreed on a step: leader and day."""
        with self._database.reads() as connection:
            return steps_made(connection)

    def trainings(self) -> tuple[tuple[str, str, date], ...]:
        """Who did which training, and on which day."""
        with self._database.reads() as connection:
            return trainings(connection)

    def challenge(self, said: Challenge) -> str:
        """Keep a challenge, in place of the one of its id if there is one; its id."""
        seal, id = Seal(), said.id or secrets.token_hex(16)
        row = {
            "id": id,
            "leader_id": said.leader,
            "day": said.day,
            "what": locked(said.what, seal),
            "offered_by": said.by,
            "taken": said.taken,
            "answer": locked(said.answer, seal),
            "answered": said.answered,
        }
        self._put(leader_challenges, row)
        return id

    def challenges(self, leader: str = "") -> tuple[Challenge, ...]:
        """The challenges of a leader, or of everybody, the latest first."""
        with self._database.reads() as connection:
            return challenges(connection, Seal(once=True), [leader] if leader else None)

    def read(self, reading: Reading) -> str:
        """Keep how somebody reads the habits of a leader; its id."""
        seal, id = Seal(), reading.id or secrets.token_hex(16)
        said = json.dumps({"habits": reading.habits, "words": reading.words}, ensure_ascii=False)
        row = {"id": id, "leader_id": reading.leader, "day": reading.day, "mentor": reading.mentor}
        self._put(leader_readings, row | {"said": locked(said, seal)})
        return id

    def readings(self, leader: str) -> tuple[Reading, ...]:
        """How the habits of a leader were read, the latest first."""
        asked = select(leader_readings).where(leader_readings.c.leader_id == leader)
        with self._database.reads() as connection:
            rows = connection.execute(asked.order_by(leader_readings.c.day.desc(), leader_readings.c.id)).all()
        seal, found = Seal(once=True), []
        for row in rows:
            said = json.loads(opened(row.said, seal) or '{"habits": {}, "words": ""}')
            found.append(Reading(row.id, row.leader_id, row.day, said["habits"], row.mentor, said["words"]))
        return tuple(found)

    def _put(self, table: Table, row: dict[str, object]) -> None:
        with self._database.writes() as connection:
            if not connection.execute(update(table).where(table.c.id == row["id"]).values(row)).rowcount:
                connection.execute(insert(table).values(row))


def lines(connection: Connection, asked: Any, seal: Seal) -> tuple[Evidence, ...]:
    """The lines of evidence that are asked for."""
    return tuple(
        Evidence(
            row.id,
            row.leader_id,
            Kind(row.kind),
            row.day,
            opened(row.what, seal),
            row.seen_by,
            row.shared,
            opened(row.answer, seal),
            row.source,
        )
        for row in connection.execute(asked)
    )


def moves(connection: Connection, leader: str = "") -> tuple[Move, ...]:
    """How stages moved, in their order; what was taken back is none."""
    table = leader_moves.c
    asked = select(table.leader_id, table.day, table.before, table.after, table.evidence_id)
    asked = asked.join(leaders).where(THERE, ~table.deed.startswith("-"))
    if leader:
        asked = asked.where(table.leader_id == leader)
    ordered = connection.execute(asked.order_by(table.day, table.id))
    return tuple(Move(id, day, before, after, line or "") for id, day, before, after, line in ordered)


def steps_made(connection: Connection, since: date = date.min) -> tuple[tuple[str, date], ...]:
    """On which days, from one on, leaders agreed on a step."""
    asked = select(leader_steps.c.leader_id, leader_steps.c.made).join(leaders).where(THERE)
    return tuple((id, day) for id, day in connection.execute(asked.where(leader_steps.c.made >= since)))


def trainings(connection: Connection, since: date = date.min) -> tuple[tuple[str, str, date], ...]:
    """Who did which training, and on which day, from one on."""
    asked = select(leader_trainings.c.leader_id, leader_trainings.c.training, leader_trainings.c.day).join(leaders)
    found = connection.execute(asked.where(THERE, leader_trainings.c.day >= since))
    return tuple((id, key, day) for id, key, day in found)


def challenges(connection: Connection, seal: Seal, those: Sequence[str] | None = None) -> tuple[Challenge, ...]:
    """The challenges of those, or of everybody, the latest first."""
    asked = of(select(leader_challenges).join(leaders).where(THERE), leader_challenges.c.leader_id, those)
    return tuple(
        Challenge(
            row.id,
            row.leader_id,
            row.day,
            opened(row.what, seal),
            row.offered_by,
            row.taken,
            opened(row.answer, seal),
            row.answered,
        )
        for row in connection.execute(asked.order_by(leader_challenges.c.day.desc(), leader_challenges.c.id))
    )


def met_by(connection: Connection, day: date) -> dict[str, tuple[date | None, int]]:
    """The last one-to-one of everybody until the end of a day, and how many there had been."""
    asked = select(leader_evidence.c.leader_id, func.max(leader_evidence.c.day), func.count())
    asked = asked.where(leader_evidence.c.kind == str(Kind.ONE_TO_ONE), leader_evidence.c.day <= day)
    rows = connection.execute(asked.group_by(leader_evidence.c.leader_id))
    return {leader: (last, talks) for leader, last, talks in rows}
