"""The made-up cohort in a store, as if two years of it ended today."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from relexp.privacy.roles import Identity
from relexp.store import Store
from relexp.store.leader_deeds import keep_evidence
from relexp.store.leader_tables import leader_moves, leader_steps, leaders
from relexp.store.seal import Seal
from tests.cohort import Cohort, cohort


def keep(store: Store, by: Identity, now: datetime, people: int = 60) -> Cohort:
    """Put so many made-up leaders into a store, with all that is known of them."""
    today = now.astimezone().date()
    made = cohort(people)
    found: Cohort = moved(made, today - made.today)
    store.leaders.change([], by, now, new=[row.leader for row in found.rows])
    seal = Seal()
    with store.database.writes() as connection:
        for row in found.rows:
            connection.execute(
                update(leaders).where(leaders.c.id == row.leader.id).values(made=row.made, seen=row.seen)
            )
            if row.leader.step and row.leader.step.made:
                here = leader_steps.c.leader_id == row.leader.id
                connection.execute(update(leader_steps).where(here).values(made=row.leader.step.made))
        for line in found.evidence:
            keep_evidence(connection, line, by, seal)
        connection.execute(delete(leader_moves))
        rows = [
            {
                "leader_id": move.leader,
                "day": move.day,
                "before": move.before,
                "after": move.after,
                "evidence_id": move.evidence or None,
                "deed": "",
            }
            for move in found.moves
        ]
        connection.execute(insert(leader_moves), rows)
    for challenge in found.challenges:
        store.leaders.lines.challenge(challenge)
    for reading in found.readings:
        store.leaders.lines.read(reading)
    return found


def moved(thing: Any, by: timedelta) -> Any:
    """Whatever it is, with every day in it so many days later."""
    if isinstance(thing, date):
        return thing + by
    if isinstance(thing, tuple):
        return tuple(moved(each, by) for each in thing)
    if isinstance(thing, dict) or hasattr(thing, "items"):
        return {key: moved(value, by) for key, value in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: moved(getattr(thing, field.name), by) for field in fields(thing)})
    return thing
