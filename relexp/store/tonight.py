"""What everybody looks at tonight, read from the store in one go."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from relexp.gathering.asked import Asked
from relexp.gathering.tonight import Tonight
from relexp.store.gathering_rows import Kept, guests, latest, pressed, rounds
from relexp.store.gatherings import Gatherings

# Whoever looks after the end finds the farewell for so long, and no longer an evening.
AFTERWARDS = timedelta(hours=12)


def tonight(gatherings: Gatherings, now: datetime) -> Tonight | None:
    """The gathering that is on, or that ended a little while ago, all of it at one moment; None where there is none."""
    with gatherings.at_one_moment() as connection:
        kept = latest(connection, now - AFTERWARDS)
        return whole(connection, kept) if kept else None


def whole(connection: Connection, kept: Kept) -> Tonight:
    """A gathering with everybody and everything in it."""
    return Tonight(
        kept.id,
        kept.changed,
        kept.name,
        Asked.from_plain(kept.asked),
        guests(connection, kept.id),
        rounds(connection, kept.id),
        pressed(connection, kept.id),
    )


def state(gatherings: Gatherings, now: datetime) -> tuple[str, int] | None:
    """Which gathering `tonight` would find, and how often it has changed: one number to watch."""
    with gatherings.at_one_moment() as connection:
        kept = latest(connection, now - AFTERWARDS)
    return (kept.id, kept.changed) if kept else None
