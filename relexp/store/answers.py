"""What people answered before a gathering, after it and later: by code, so that two of one person are paired."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from relexp.messages import FaultsFound, tell
from relexp.privacy.roles import Identity
from relexp.store.after_tables import answers
from relexp.store.database import Database
from relexp.store.tables import identities
from relexp.weave.survey import Answers, Moment


class Survey:
    """All answers of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def answer(self, given: Answers, by: Identity | None = None) -> None:
        """Keep what somebody answered at a moment, in place of what they answered before; no answer deletes it.

        It came by the phone of `by`, which is not kept. Raises FaultsFound when that is nobody's any more.
        """
        theirs = (
            answers.c.gathering_id == given.gathering,
            answers.c.code == given.code,
            answers.c.moment == str(given.moment),
        )
        row = {
            "gathering_id": given.gathering,
            "code": given.code,
            "moment": str(given.moment),
            "day": given.day,
            "given": json.dumps(dict(given.values)),
        }
        with self._database.writes() as connection:
            if by is not None:
                # A code alone does not tell that somebody was erased a moment ago.
                here = select(identities.c.id).where(identities.c.id == by.id).with_for_update(read=True)
                if connection.execute(here).first() is None:
                    raise FaultsFound([tell("store.nobody")])
            connection.execute(delete(answers).where(*theirs))
            if given.values:
                connection.execute(answers.insert().values(row))

    def of(self, gathering_id: str, code: str) -> tuple[Answers, ...]:
        """What somebody answered at a gathering, at whichever moments."""
        return self._found(answers.c.gathering_id == gathering_id, answers.c.code == code)

    def all(self) -> tuple[Answers, ...]:
        """Everything that was answered, the earliest first."""
        return self._found()

    def purge(self, before: datetime) -> int:
        """Forget what was answered before then; how many answers that were."""
        with self._database.writes() as connection:
            old = answers.c.day < before.astimezone().date()
            return connection.execute(delete(answers).where(old)).rowcount

    def _found(self, *which: ColumnElement[bool]) -> tuple[Answers, ...]:
        order = (answers.c.day, answers.c.gathering_id, answers.c.code, answers.c.moment)
        with self._database.reads() as connection:
            rows = connection.execute(select(answers).where(*which).order_by(*order)).all()
        return tuple(
            Answers(row.code, row.gathering_id, row.day, Moment(row.moment), json.loads(row.given)) for row in rows
        )
