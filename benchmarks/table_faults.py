"""What is done to a leadership table whose writers are killed, and how what they said is held against what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from relexp.leadership.columns import Change, cell
from relexp.leadership.leader import Leader
from relexp.privacy.roles import Identity, Role
from relexp.store import Store
from relexp.store.leader_deeds import GONE
from relexp.store.leader_rows import opened
from relexp.store.leader_tables import leader_changes
from relexp.store.seal import Seal

ROWS = 200
# Whose one cell is corrected, and all whose cells are pasted.
EDITED, PASTED = "edited", tuple(f"row {number}" for number in range(ROWS))


class Found(Protocol):
    """Where what is lost or doubled is counted."""

    promises: int

    def note(self, what: str, words: str) -> None:
        """Count one, and keep its words."""


def seat_table(store: Store) -> None:
    """A table of so many leaders, and one more, in place of those that were there."""
    store.leaders.take_out([*store.leaders.names()], _trainer(store), _now())
    store.leaders.purge(_now() + timedelta(days=1))
    new = [Leader(id, f"Leader {id}") for id in (EDITED, *PASTED)]
    store.leaders.change([], _trainer(store), _now(), new=new)


def works_on_table(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    """Correct a cell, paste into all rows, take that back, and say each time what is done."""
    by, table = _trainer(store), store.leaders
    for number in range(first + 1, first + 1000):
        for _ in range(3):
            row = table.get(EDITED)
            assert row is not None
            edit = table.change([Change(EDITED, "role", row.leader.role, row.leader.role + "x")], by, _now())
            done(f"deed {edit.deed} 1")
        rows = [row.leader for row in table.all() if row.leader.id != EDITED]
        wanted = [Change(leader.id, "talents", leader.talents, f"paste {number}") for leader in rows]
        paste = table.change(wanted, by, _now())
        done(f"deed {paste.deed} {paste.rows}")
        if number % 2:
            undone = table.undo(paste.deed, by, _now())
            done(f"deed {undone.deed} {undone.rows}")
            done(f"undo {undone.deed} {paste.deed}")


def compare_table(store: Store, said: Sequence[str], found: Found) -> None:
    """Hold the table and its history against what was told as done: all of it once, and no deed by half."""
    told = dict(line.split()[1:] for line in said if line.startswith("deed "))
    undone = dict(line.split()[1:] for line in said if line.startswith("undo "))
    found.promises += len(told) + len(undone)
    with store.database.reads() as connection:
        kept = connection.execute(select(leader_changes).order_by(leader_changes.c.id)).all()
    deeds: dict[str, list[str]] = {}
    for row in kept:
        deeds.setdefault(row.deed, []).append(row.leader_id)
    for deed, rows in told.items():
        there = deeds.get(deed, [])
        if len(there) < int(rows):
            found.note("lost", f"{rows} rows were told as written, the history has {len(there)} of them")
        elif len(there) > int(rows) or len({*there}) < len(there):
            found.note("doubled", f"{rows} rows were told as written, the history has {len(there)}")
    taken_back = {row.deed: row.undoes for row in kept if row.undoes}
    if lost := [each for each, deed in undone.items() if taken_back.get(each) != deed]:
        found.note("lost", f"{len(lost)} pastes were told as taken back, and are not")
    if by_half := [rows for rows in deeds.values() if len(rows) not in (1, ROWS, ROWS + 1)]:
        found.note("doubled", f"{len(by_half[-1])} of {ROWS} rows were written")
    _compare_cells(store, [(row.leader_id, row.said) for row in kept], found)


def _compare_cells(store: Store, kept: Sequence[tuple[str, str]], found: Found) -> None:
    """Each cell is what its history comes to, one change after the other."""
    seal, stands = Seal(once=True), dict[tuple[str, str], str]()
    for leader, said in kept:
        for field, before, after in json.loads(opened(said, seal) or "[]"):
            if field != GONE and stands.get((leader, field), "") != before:
                found.note("doubled", f"{field} of {leader} was changed from what did not stand there")
            stands[leader, field] = after
    for row in store.leaders.all():
        for field in ("role", "talents", "wording.talents"):
            if cell(row.leader, field) != stands.get((row.leader.id, field), ""):
                found.note("lost", f"{field} of {row.leader.id} is not what its history says")


def _trainer(store: Store) -> Identity:
    return store.identities.house(Role.TRAINER, _now())


def _now() -> datetime:
    return datetime.now(UTC)
