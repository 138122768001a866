"""Somebody asks to be forgotten: everything about them goes, from every table and from what is being worked on."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, tuple_, update

from relexp.privacy.roles import LEADS
from relexp.roster.words import fold
from relexp.store.address import is_file
from relexp.store.after_tables import follow_ups, harvests, one_to_ones, reflections
from relexp.store.database import Database
from relexp.store.export import by_code, learning_of, named_so, of_others
from relexp.store.house import alone, renew
from relexp.store.leader_forgetting import forget_in_lines, names_in
from relexp.store.learner_forgetting import forget_in_learning, forget_learners
from relexp.store.seal import Seal
from relexp.store.tables import drafts, gatherings, identities, people

# What a page keeps without somebody: None where they are not in it, b"" where all of it has to go.
Without = Callable[[bytes, str], bytes | None]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many went: people at gatherings, their phones or links, and drafts that named them."""

    people: int = 0
    known: int = 0
    drafts: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.known or self.drafts)


def erase_named(database: Database, name: str, without: Without, seal: Seal) -> Forgotten:
    """Forget everybody of that name, however it is written; all of it or nothing. Totals stay, names do not.

    Whoever leads keeps their door: only their name goes. `without` takes somebody out of a draft.
    """
    with database.writes() as connection:
        # Whatever an open page saves comes before this, and is searched; or after it, and is refused.
        alone(connection)
        persons, known = named_so(connection, name)
        others = of_others(connection, persons, known)
        forget_learners(connection, learning_of(connection, name, known, others))
        own = [id for id in known if id not in {phone for _, phone in others}]
        for gathering_id, person_id in persons:
            theirs = (people.c.gathering_id == gathering_id, people.c.person_id == person_id)
            connection.execute(delete(people).where(*theirs))
            _forget_in(connection, gathering_id, person_id, seal)
            _forget_by_others(connection, gathering_id, person_id, name)
        by_code = _forget_by_code(connection, name, [id for _, id in persons], seal)
        by_code |= _forget_in_words(connection, name)
        by_code |= forget_in_lines(connection, name, seal)
        by_code |= forget_in_learning(connection, name, seal)
        led = _forget_as_lead(connection, name)
        leads = identities.c.role.in_([str(role) for role in LEADS])
        connection.execute(update(identities).where(identities.c.id.in_(known), leads).values(name=""))
        # A phone that is somebody else's too stays theirs, with what they wrote.
        connection.execute(delete(identities).where(identities.c.id.in_(own), ~leads))
        connection.execute(delete(one_to_ones).where(one_to_ones.c.identity_id.in_(own)))
        for table in (harvests, reflections):
            elsewhere = tuple_(table.c.gathering_id, table.c.identity_id).in_(others)
            connection.execute(delete(table).where(table.c.identity_id.in_(known), ~elsewhere))
        changed = 0
        for row in connection.execute(select(drafts)).all():
            left = without(bytes(row.content), name)
            here = (drafts.c.identity_id == row.identity_id, drafts.c.place == row.place)
            if left is None:
                continue
            changed += 1
            if left:
                again = {"content": left, "revision": drafts.c.revision + 1}
                connection.execute(update(drafts).where(*here).values(again))
            else:
                connection.execute(delete(drafts).where(*here))
        found = Forgotten(len(persons) + led + (by_code and not persons), len(known), changed)
        if found:
            renew(connection)
    _wipe(database)
    return found


def _forget_in(connection: Connection, gathering_id: str, person_id: str, seal: Seal) -> None:
    """Whom a gathering keeps together with somebody, or apart from them, is no rule any more."""
    here = gatherings.c.id == gathering_id
    row = connection.execute(select(gatherings.c.asked, gatherings.c.apart).where(here)).one()
    asked = json.loads(row.asked)
    rules = asked.get("rules", {})
    if "pin" in rules:
        rules["pin"] = [pin for pin in rules["pin"] if person_id not in pin["people"]]
    pairs = json.loads(seal.open(row.apart) or b"[]") if row.apart else []
    left = [pair for pair in pairs if person_id not in pair]
    # What cannot be opened here tells nobody anything.
    apart = (seal.close(json.dumps(left).encode()) if left else "") if len(left) < len(pairs) else row.apart
    changed = {"asked": json.dumps(asked), "apart": apart, "changed": gatherings.c.changed + 1}
    connection.execute(update(gatherings).where(here).values(changed))


def _forget_by_code(connection: Connection, name: str, persons: Collection[str], seal: Seal) -> bool:
    """What is kept by code goes too, at every gathering; whether there was any."""
    rows = by_code(connection, name, persons, seal)
    for table, about in rows.items():
        connection.execute(delete(table).where(about))
    return bool(rows)


def _forget_in_words(connection: Connection, name: str) -> bool:
    """A line that names somebody is shared no longer, nor is what others will do with them; whether there was any."""
    shared = connection.execute(select(harvests.c.id, harvests.c.line))
    lines = [row.id for row in shared if names_in(row.line, name)]
    connection.execute(delete(harvests).where(harvests.c.id.in_(lines)))
    agreed = connection.execute(select(follow_ups.c.id, follow_ups.c.what))
    said = [row.id for row in agreed if names_in(row.what, name)]
    connection.execute(update(follow_ups).where(follow_ups.c.id.in_(said)).values(what=""))
    return bool(lines or said)


def _forget_by_others(connection: Connection, gathering_id: str, person_id: str, name: str) -> None:
    """Whoever came with somebody, or interprets for them, no longer says so."""
    for row in connection.execute(select(people).where(people.c.gathering_id == gathering_id)).all():
        shape = json.loads(row.about)
        about = json.dumps({key: _without(value, person_id, name) for key, value in shape.items()})
        here = (people.c.gathering_id == gathering_id, people.c.person_id == row.person_id)
        connection.execute(update(people).where(*here).values(about=about))


def _without(value: object, person_id: str, name: str) -> object:
    """A value of what is kept of somebody, without somebody else's name and id."""
    match value:
        case dict():
            return {key: _without(each, person_id, name) for key, each in value.items()}
        case str() if value == person_id:
            return None
        case str() if fold(value) == fold(name):
            return ""
    return value


def _forget_as_lead(connection: Connection, name: str) -> int:
    """Nobody is named any more as the one whom people turn to; at how many gatherings that was."""
    found = 0
    for row in connection.execute(select(gatherings.c.id, gatherings.c.asked)).all():
        asked = json.loads(row.asked)
        if fold(asked.get("lead", {}).get("name", "")) == fold(name):
            asked["lead"] = {"name": "", "where": ""}
            changed = {"asked": json.dumps(asked), "changed": gatherings.c.changed + 1}
            connection.execute(update(gatherings).where(gatherings.c.id == row.id).values(changed))
            found += 1
    return found


def _wipe(database: Database) -> None:
    """Let nothing of what was deleted lie about in the file: SQLite only marks it as free."""
    if is_file(database.url):
        with database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
