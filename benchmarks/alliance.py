"""A made-up alliance of many leaders in a store, put there in bulk, with real locks; nobody in it is real."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update

from relexp.leadership.columns import Change
from relexp.leadership.evidence import Kind
from relexp.leadership.leader import Leader
from relexp.privacy.roles import Identity, Role
from relexp.store import Store, leader_rows
from relexp.store.leader_deeds import GONE
from relexp.store.leader_rows import locked
from relexp.store.leader_tables import (
    leader_challenges,
    leader_changes,
    leader_evidence,
    leader_moves,
    leader_steps,
    leaders,
)
from relexp.store.seal import Seal
from tests.cohort import FIRST, TODAY, WHAT, YEARS, Cohort, cohort

INSTITUTIONS = 400
# Changes of a cell, beside that everybody was added once; so many rows were added in one go.
CHANGES_EACH, SHEET = 3, 500
_KINDS = tuple(Kind)
# Half of all lines are one-to-ones.
_WEIGHTS = tuple(len(_KINDS) - 1 if kind is Kind.ONE_TO_ONE else 1 for kind in _KINDS)
_MANY = 20_000


@dataclass(frozen=True)
class _Filling:
    connection: Connection
    by: Identity
    others: tuple[Identity, ...]
    now: datetime
    seal: Seal
    dice: random.Random

    @property
    def later(self) -> timedelta:
        """How much later than the cohort's own all its days are."""
        return self.now.astimezone().date() - TODAY

    def put(self, table: Table[Any], rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows; how many."""
        waiting: list[Mapping[str, Any]] = []
        count = 0
        for row in rows:
            waiting.append(row)
            if len(waiting) == _MANY:
                self.connection.execute(insert(table), waiting)
                count, waiting = count + len(waiting), []
        if waiting:
            self.connection.execute(insert(table), waiting)
        return count + len(waiting)


def fill(store: Store, people: int, lines: int, now: datetime) -> Identity:
    """Put so many leaders with so many lines of evidence into a new store; the trainer who did most of it."""
    by = store.identities.house(Role.TRAINER, now)
    others = tuple(store.identities.add(Role.TRAINER, name, now) for name in FIRST[:7])
    made = cohort(people)
    with store.database.writes() as connection:
        filling = _Filling(connection, by, others, now, Seal(once=True), random.Random(1))
        those = [_named(leader, number, filling) for number, leader in enumerate(made.leaders)]
        leader_rows.add(connection, those, now.astimezone().date(), filling.seal)
        _known_since(filling, made)
        filling.put(leader_evidence, _evidence(filling, made, lines))
        filling.put(leader_moves, _moves(filling, made))
        filling.put(leader_steps, _steps(filling, made))
        filling.put(leader_challenges, _challenges(filling, made))
        filling.put(leader_changes, _added(filling, made))
        filling.put(leader_changes, _changed(filling, those))
    with store.database.engine.connect() as connection, connection.begin():
        # A server looks at its tables by itself, but not within the minute in which they were filled.
        connection.exec_driver_sql("ANALYZE")
    return by


def _named(leader: Leader, number: int, filling: _Filling) -> Leader:
    """A name that few share, one of many institutions, days that end today."""
    first, last = leader.name.split()[0], " ".join(leader.name.split()[1:])
    place = min(int(filling.dice.expovariate(6 / INSTITUTIONS)), INSTITUTIONS - 1)
    step = replace(leader.step, due=filling.later + leader.step.due, made=filling.later + leader.step.made) if (
        leader.step and leader.step.due and leader.step.made
    ) else None  # fmt: skip
    return replace(
        leader,
        name=f"{first} {FIRST[number // 300 % len(FIRST)]} {last}",
        institution=f"{leader.institution} {place}" if leader.institution else "",
        step=step,
        training={key: filling.later + day for key, day in leader.training.items()},
        review=filling.later + leader.review if leader.review else None,
    )


def _known_since(filling: _Filling, made: Cohort) -> None:
    here = (
        update(leaders)
        .where(leaders.c.id == bindparam("leader"))
        .values(made=bindparam("since"), seen=bindparam("saw"))
    )
    rows = [
        {"leader": row.leader.id, "since": filling.later + row.made, "saw": row.seen and filling.later + row.seen}
        for row in made.rows
    ]
    filling.connection.execute(here, rows)


def _evidence(filling: _Filling, made: Cohort, lines: int) -> Iterator[dict[str, Any]]:
    """Lines that moves stand on first, then others up to so many."""
    stood_on = {move.evidence for move in made.moves}
    of_moves = [line for line in made.evidence if line.id in stood_on]
    for line in of_moves:
        yield _line(filling, line.id, line.leader, line.kind, line.day, line.what)
    ids, dice = [row.leader.id for row in made.rows], filling.dice
    # A few are met often, and one in ten of nobody knows anything but how they came to their stage.
    often = [0.0 if dice.random() < 0.1 else dice.paretovariate(1.2) for _ in ids]
    for number, id in enumerate(dice.choices(ids, often, k=max(0, lines - len(of_moves)))):
        (kind,) = dice.choices(_KINDS, _WEIGHTS)
        day = TODAY - timedelta(int(YEARS * dice.random() ** 2))
        yield _line(filling, f"n{number}", id, kind, day, f"{dice.choice(WHAT)}, {dice.choice(WHAT)}")


def _line(filling: _Filling, id: str, leader: str, kind: Kind, day: date, what: str) -> dict[str, Any]:
    return {
        "id": id, "leader_id": leader, "kind": str(kind), "day": filling.later + day,
        "what": locked(what, filling.seal), "seen_by": filling.dice.choice(FIRST), "shared": True, "answer": "",
        "source": "", "deed": "", "identity_id": filling.by.id,
    }  # fmt: skip


def _moves(filling: _Filling, made: Cohort) -> Iterator[dict[str, Any]]:
    for move in made.moves:
        yield {
            "leader_id": move.leader, "day": filling.later + move.day, "before": move.before, "after": move.after,
            "evidence_id": move.evidence or None, "deed": "",
        }  # fmt: skip


def _steps(filling: _Filling, made: Cohort) -> Iterator[dict[str, Any]]:
    """Steps that were done, beside those that are open."""
    for leader, day in made.steps:
        done = filling.later + day + timedelta(20)
        yield {
            "id": secrets.token_hex(16), "leader_id": leader, "what": locked(filling.dice.choice(WHAT), filling.seal),
            "agreed_by": "", "made": filling.later + day, "due": done, "done": done, "deed": "",
        }  # fmt: skip


def _challenges(filling: _Filling, made: Cohort) -> Iterator[dict[str, Any]]:
    for each in made.challenges:
        yield {
            "id": each.id, "leader_id": each.leader, "day": filling.later + each.day,
            "what": locked(each.what, filling.seal), "offered_by": each.by, "taken": each.taken,
            "answer": locked(each.answer, filling.seal), "answered": each.answered and filling.later + each.answered,
        }  # fmt: skip


def _added(filling: _Filling, made: Cohort) -> Iterator[dict[str, Any]]:
    """Everybody came with a sheet of some hundred."""
    for number, row in enumerate(sorted(made.rows, key=lambda row: row.made)):
        if number % SHEET == 0:
            deed = secrets.token_hex(16)
            at = filling.now - timedelta((TODAY - row.made).days + 1)
        yield _change(filling, deed, at, filling.by, [Change(row.leader.id, GONE, "added", "")])


def _changed(filling: _Filling, those: list[Leader]) -> Iterator[dict[str, Any]]:
    """Single cells over two years, in the order of time, by several trainers."""
    dice = filling.dice
    ago = sorted((dice.random() ** 2 * YEARS for _ in range(CHANGES_EACH * len(those))), reverse=True)
    for days in ago:
        leader = dice.choice(those)
        field = dice.choice(("role", "talents", "developed_by"))
        change = Change(leader.id, field, "" if field == "developed_by" else "as it was", str(getattr(leader, field)))
        by = dice.choice((filling.by, *filling.others))
        yield _change(filling, secrets.token_hex(16), filling.now - timedelta(days), by, [change])


def _change(filling: _Filling, deed: str, at: datetime, by: Identity, cells: list[Change]) -> dict[str, Any]:
    said = json.dumps([[each.field, each.before, each.after] for each in cells])
    return {
        "leader_id": cells[0].leader, "deed": deed, "undoes": "", "at": at, "identity_id": by.id,
        "fields": f" {' '.join(each.field for each in cells)} ", "said": locked(said, filling.seal),
    }  # fmt: skip
