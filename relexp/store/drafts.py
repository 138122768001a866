"""What somebody is working on, kept at once and found again after a reload, a drop or a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Insert, Update, delete, select, update

from relexp.messages import FaultsFound, tell
from relexp.store.database import Database
from relexp.store.house import hold
from relexp.store.tables import drafts

MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it was last saved; `revision` counts its saves, from 1."""

    content: bytes
    saved: datetime
    revision: int


class Stale(Exception):
    """Somebody, perhaps oneself in another window, has saved this draft since it was read."""


class Drafts:
    """One draft for each person and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        identity_id: str,
        place: str,
        content: bytes,
        now: datetime,
        expected: int | None = None,
        *,
        since: str | None = None,
    ) -> int:
        """Keep a draft; when this returns it is safe on the disk, and this is its revision.

        With `expected`, the revision that one has read (0: none was there), a draft that is at another one is left as
        it is, and Stale raised; so is Renewed where all that is kept is not the edition `since` any more. Raises
        FaultsFound when the draft is too large, when the person is not known here, or when it cannot be written.
        """
        if len(content) > MOST_BYTES:
            raise FaultsFound([tell("store.too_big", most=MOST_BYTES // 1_000_000)])
        here = (drafts.c.identity_id == identity_id, drafts.c.place == place)
        changed = {"content": content, "saved": now}
        row = {"identity_id": identity_id, "place": place, "revision": 1, **changed}
        new = self._database.insert(drafts).values(row)
        again = {**changed, "revision": drafts.c.revision + 1}
        statement: Insert | Update
        if expected is None:
            statement = new.on_conflict_do_update(index_elements=["identity_id", "place"], set_=again)
        elif expected == 0:
            statement = new.on_conflict_do_nothing()
        else:
            statement = update(drafts).where(*here, drafts.c.revision == expected).values(again)
        with self._database.writes() as connection:
            hold(connection, since)
            revision = connection.execute(statement.returning(drafts.c.revision)).scalar_one_or_none()
        if revision is None:
            raise Stale
        return revision

    def load(self, identity_id: str, place: str) -> bytes | None:
        """What is kept of a draft, or None when there is none."""
        kept = self.find(identity_id, place)
        return kept.content if kept else None

    def find(self, identity_id: str, place: str) -> Saved | None:
        """A draft with its revision and when it was saved, or None when there is none."""
        looked_for = select(drafts.c.content, drafts.c.saved, drafts.c.revision)
        looked_for = looked_for.where(drafts.c.identity_id == identity_id, drafts.c.place == place)
        with self._database.reads() as connection:
            row = connection.execute(looked_for).one_or_none()
        return Saved(bytes(row.content), row.saved, row.revision) if row else None

    def forget(self, identity_id: str, place: str) -> None:
        """Delete a draft; one that is not there stays so."""
        with self._database.writes() as connection:
            connection.execute(delete(drafts).where(drafts.c.identity_id == identity_id, drafts.c.place == place))

    def purge(self, before: datetime) -> int:
        """Delete the drafts that were last saved before then; how many they were."""
        with self._database.writes() as connection:
            return connection.execute(delete(drafts).where(drafts.c.saved < before)).rowcount
