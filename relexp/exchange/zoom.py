"""Rooms for an online evening: one list a round that Zoom reads as its breakout rooms."""

from __future__ import annotations

import io

from relexp.exchange.routes import stops
from relexp.exchange.sheets import write_csv
from relexp.messages import FaultsFound, say, tell
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster

# The first row of the sheet that Zoom hands out for its breakout rooms
# (https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0061353).
HEADER = ("Pre-assign Room Name", "Email Address")


def lacking_email(roster: Roster) -> tuple[str, ...]:
    """The names of all who have no email address on the sheet, in its order."""
    return tuple(person.name for person in roster if not person.email)


def check_emails(roster: Roster) -> None:
    """Raise FaultsFound, naming everybody without an email address, unless all have one."""
    without = lacking_email(roster)
    if len(without) == len(roster):
        raise FaultsFound([tell("zoom.no_column")])
    if without:
        raise FaultsFound(tell("zoom.no_email", name=name) for name in without)


def zoom_files(evening: Evening, roster: Roster, *, after: int = 0, part: bool = False) -> dict[str, bytes]:
    """One csv a round, by file name: a row for each person who sits at a table, the room named after the table.

    Rounds up to `after` are over and have none. Who rests is in no room and stays in the main one. Raises FaultsFound
    when somebody has no email address; with `part` they are left out, for the host to move by hand.
    """
    if not part:
        check_emails(roster)
    rows: dict[int, list[tuple[str, str]]] = {round.number: [] for round in evening.rounds if round.number > after}
    for stop in stops(evening, roster):
        if stop.table is not None and stop.round > after and roster[stop.id].email:
            rows[stop.round].append((say("zoom.room", table=stop.table).text(), roster[stop.id].email))
    return {f"round-{number}.csv": _csv(listed) for number, listed in rows.items()}


def _csv(rows: list[tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    # Nothing tells that Zoom takes off a mark before the first heading, and there is no name in it to show wrongly.
    write_csv(file, HEADER, rows)
    return file.getvalue()
