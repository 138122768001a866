"""What a learner did, as a log that only grows; what they wrote, theirs alone; and what a tutor confirmed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Insert, Update, delete, exists, func, or_, select, union, update

from relexp.learning.progress import Event, Verb
from relexp.messages import FaultsFound, tell
from relexp.privacy.roles import Identity, Role
from relexp.store.database import Database
from relexp.store.drafts import Stale
from relexp.store.house import hold
from relexp.store.leader_rows import locked, opened
from relexp.store.learning_tables import OF_LEARNERS, learner_confirmations, learner_events, learner_texts
from relexp.store.seal import Seal
from relexp.store.tables import identities, links

# Thirty pages, or a map of hundreds of moments: more than anybody is asked for in one place.
LONGEST_TEXT = 60_000
# A later relexp may know of more that somebody does.
_KNOWN = learner_events.c.verb.in_([str(verb) for verb in Verb])


@dataclass(frozen=True, slots=True)
class Text:
    """What a learner wrote at a place, as it was last saved; `revision` counts its saves, from 1.

    It is empty, too, where the key that it was locked with is not here any more.
    """

    said: str
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a tutor confirmed so many minutes of somebody's record, and what they say of it."""

    id: str
    at: datetime
    by: str
    minutes: float
    said: str
    organisation: str = ""

    @property
    def day(self) -> date:
        """The day on which that was, here."""
        return self.at.astimezone().date()


class StaleText(Stale):
    """The text was saved by another page or device since it was read: `there` is what stands there now, if anything."""

    def __init__(self, there: Text | None) -> None:
        super().__init__()
        self.there = there


class Learning:
    """The learners of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, learner_id: str, events: Iterable[Event], *, since: str | None = None) -> None:
        """Add to the log of a learner what is not in it yet; an event that is somebody else's stays theirs.

        When this returns it is safe on the disk. Raises FaultsFound when the learner is not known here or it cannot be
        written, and Renewed where all that is kept is not the edition `since` any more; then nothing was added.
        """
        # In one order, so that two devices that send the same do not wait for each other.
        rows = [{"identity_id": learner_id} | _row(event) for event in sorted(events, key=lambda event: event.id)]
        if not rows:
            return
        with self._database.writes() as connection:
            hold(connection, since)
            connection.execute(self._database.insert(learner_events).on_conflict_do_nothing(), rows)

    def events(self, learner_id: str) -> tuple[Event, ...]:
        """All that a learner did, in order of time and then of id."""
        looked_for = select(learner_events).where(learner_events.c.identity_id == learner_id, _KNOWN)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for).all()
        # A server has an order of texts of its own.
        return tuple(sorted(map(_event, rows), key=lambda event: (event.at, event.id)))

    def learners(self) -> Mapping[str, tuple[Event, ...]]:
        """The log of everybody who has one, by their id; no names."""
        with self._database.reads() as connection:
            rows = connection.execute(select(learner_events).where(_KNOWN)).all()
        found: dict[str, list[Event]] = {}
        for row in rows:
            found.setdefault(row.identity_id, []).append(_event(row))
        return {id: tuple(sorted(log, key=lambda event: (event.at, event.id))) for id, log in sorted(found.items())}

    def shown(self) -> Mapping[str, str]:
        """Those who let trainers see their record, as they asked for it to be confirmed: what each is called, by id."""
        asked = select(learner_events.c.identity_id).where(learner_events.c.verb == str(Verb.ASKED))
        looked_for = (
            select(identities.c.id, identities.c.name).where(identities.c.id.in_(asked)).order_by(identities.c.id)
        )
        with self._database.reads() as connection:
            return {row.id: row.name for row in connection.execute(looked_for)}

    def waiting(self, but: str = "") -> Mapping[str, str]:
        """What those are called, by id, who asked for their record to be confirmed and wait for it; `but` for one."""
        of_them = (learner_events.c.identity_id == identities.c.id, learner_events.c.verb == str(Verb.ASKED))
        asked = select(func.max(learner_events.c.at)).where(*of_them).scalar_subquery()
        theirs = learner_confirmations.c.identity_id == identities.c.id
        confirmed = select(func.max(learner_confirmations.c.at)).where(theirs).scalar_subquery()
        looked_for = select(identities.c.id, identities.c.name).where(identities.c.id != but, asked.is_not(None))
        waiting = looked_for.where(or_(confirmed.is_(None), confirmed < asked)).order_by(identities.c.id)
        with self._database.reads() as connection:
            return {row.id: row.name for row in connection.execute(waiting)}

    def write(
        self,
        learner_id: str,
        unit: str,
        item: str,
        said: str,
        now: datetime,
        expected: int,
        *,
        since: str | None = None,
    ) -> int:
        """Keep what a learner wrote at a place; when this returns it is safe on the disk, and this is its revision.

        `expected` is the revision that was read (0: none was there). A text at another one is left as it is, and
        StaleText raised, unless it says the same; so is Renewed where all that is kept is not the edition `since` any
        more. Raises FaultsFound when it is too long, the learner is not known here, or it cannot be written.
        """
        said, seal = _sound(said), Seal()
        key = {"identity_id": learner_id, "unit": unit, "item": item}
        here = [learner_texts.c[name] == value for name, value in key.items()]
        changed: dict[str, Any] = {"said": locked(said, seal), "at": now}
        saves: Insert | Update
        if expected == 0:
            new = self._database.insert(learner_texts).values(key | changed | {"revision": 1})
            saves = new.on_conflict_do_nothing()
        else:
            again = changed | {"revision": learner_texts.c.revision + 1}
            saves = update(learner_texts).where(*here, learner_texts.c.revision == expected).values(again)
        with self._database.writes() as connection:
            hold(connection, since)
            revision = connection.execute(saves.returning(learner_texts.c.revision)).scalar_one_or_none()
            if revision is not None:
                return revision
            there = connection.execute(select(learner_texts).where(*here)).one_or_none()
            if there is None:
                _known(connection, learner_id)
        # What was saved though its page never heard so comes once more.
        if (stands := _text(there, seal) if there else None) and stands.said == said:
            return stands.revision
        raise StaleText(stands)

    def texts(self, learner_id: str) -> Mapping[tuple[str, str], Text]:
        """All that a learner wrote, by unit and item."""
        looked_for = select(learner_texts).where(learner_texts.c.identity_id == learner_id)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for.order_by(learner_texts.c.unit, learner_texts.c.item)).all()
        seal = Seal(once=True)
        return {(row.unit, row.item): _text(row, seal) for row in rows}

    def passed_on(self, unit: str, item: str, but: str = "") -> tuple[str, ...]:
        """What learners but one wrote at a place of which they knew that whoever leads may read it; no names."""
        here = (learner_texts.c.unit == unit, learner_texts.c.item == item, learner_texts.c.identity_id != but)
        looked_for = select(learner_texts.c.said).where(*here)
        with self._database.reads() as connection:
            rows = connection.execute(looked_for).scalars().all()
        seal = Seal(once=True)
        # In the order of the words: by when they came somebody could be known.
        return tuple(sorted(filter(None, (opened(row, seal).strip() for row in rows))))

    def confirm(
        self,
        learner_id: str,
        by: Identity,
        minutes: float,
        said: str,
        now: datetime,
        *,
        organisation: str = "",
        key: str = "",
    ) -> str:
        """Keep that a tutor confirmed a learner's record, in the name of an organisation; its id.

        The same `key` again is the same confirmation.

        Raises FaultsFound when what the tutor says is too long, or when the learner or the tutor is not known here.
        """
        id, words = key or secrets.token_hex(16), locked(_sound(said), Seal())
        row = {"id": id, "identity_id": learner_id, "at": now, "minutes": minutes, "said": words}
        row |= {"confirmed_by": by.name, "tutor_id": by.id, "organisation": organisation}
        new = self._database.insert(learner_confirmations).values(row)
        with self._database.writes() as connection:
            connection.execute(new.on_conflict_do_nothing())
        return id

    def confirmations(self, learner_id: str) -> tuple[Confirmation, ...]:
        """What tutors confirmed of a learner's record, the earliest first."""
        looked_for = select(learner_confirmations).where(learner_confirmations.c.identity_id == learner_id)
        ordered = looked_for.order_by(learner_confirmations.c.at, learner_confirmations.c.id)
        with self._database.reads() as connection:
            rows = connection.execute(ordered).all()
        seal = Seal(once=True)
        return tuple(
            Confirmation(row.id, row.at, row.confirmed_by, row.minutes, opened(row.said, seal), row.organisation)
            for row in rows
        )

    def purge(self, before: datetime) -> int:
        """Forget those of whom nothing is from then or later, with all that they did and wrote; how many they were."""
        lately = union(*(select(each.c.identity_id).where(each.c.at >= before) for each in OF_LEARNERS))
        ever = union(*(select(each.c.identity_id) for each in OF_LEARNERS))
        old = select(identities.c.id).where(identities.c.id.in_(ever), identities.c.id.not_in(lately))
        learns, opens = identities.c.role == str(Role.LEARNER), exists().where(links.c.identity_id == identities.c.id)
        with self._database.writes() as connection:
            # Whoever comes back at this moment waits, or was quicker and is not among them.
            ids = [*connection.execute(old.with_for_update()).scalars()]
            ids = [*connection.execute(old.where(identities.c.id.in_(ids))).scalars()]
            for table in OF_LEARNERS:
                connection.execute(delete(table).where(table.c.identity_id.in_(ids)))
            connection.execute(delete(identities).where(identities.c.id.in_(ids), learns, ~opens))
        return len(ids)


def _row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "verb": str(event.verb),
        "unit": event.unit,
        "block": event.block,
        "item": event.item,
        "version": event.version,
        "was_right": event.right,
        "minutes": event.minutes,
    }


def _event(row: Any) -> Event:
    return Event(row.id, row.at, Verb(row.verb), row.unit, row.block, row.item, row.version, row.was_right, row.minutes)


def _text(row: Any, seal: Seal) -> Text:
    return Text(opened(row.said, seal), row.at, row.revision)


def _sound(text: str) -> str:
    """A text without halves of characters, which a browser may send and no file can hold, and not too long."""
    sound = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(sound) > LONGEST_TEXT:
        raise FaultsFound([tell("kept.text_too_long", most=f"{LONGEST_TEXT:,}")])
    return sound


def _known(connection: Connection, learner_id: str) -> None:
    if connection.execute(select(identities.c.id).where(identities.c.id == learner_id)).first() is None:
        raise FaultsFound([tell("store.nobody")])
