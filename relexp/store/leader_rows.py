"""Leaders as rows of the store, and back: what moves somebody lies under lock, what is sorted and searched does not."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from relexp.leadership.evidence import Kind
from relexp.leadership.leader import WORDS, Leader, Row, Step, Wording
from relexp.reflection.one_to_ones import Following
from relexp.roster.words import fold
from relexp.store.codes import finder_of
from relexp.store.leader_tables import leader_evidence, leader_steps, leader_trainings, leaders
from relexp.store.seal import Seal
from relexp.store.tables import identities

# Far below what the smaller of the two databases takes in one question.
_MANY = 900
THERE = leaders.c.gone.is_(None)


def load(
    connection: Connection, seal: Seal | None, ids: Collection[str] | None = None, *, gone: bool = False
) -> dict[str, Row]:
    """The rows of these leaders, in that order, or of all, by name; each by its id.

    With `gone`, of those too who were taken out of the table. Without a `seal` no lock is opened: a step has no words,
    and of what moves somebody there are “…” for as many as wait for the other to agree.
    """
    some = None if ids is None else [*ids]
    found = _leaders(some, gone)
    trainings: dict[str, dict[str, date]] = {}
    for row in connection.execute(of(select(leader_trainings), leader_trainings.c.leader_id, some)):
        trainings.setdefault(row.leader_id, {})[row.training] = row.day
    open_ones = of(select(leader_steps).where(leader_steps.c.done.is_(None)), leader_steps.c.leader_id, some)
    steps = {row.leader_id: row for row in connection.execute(open_ones)}
    kept = {row.id: row for row in connection.execute(found)}
    wanted = sorted(kept, key=lambda id: (kept[id].called, id)) if ids is None else [id for id in ids if id in kept]
    return {id: _row(kept[id], trainings.get(id, {}), steps.get(id), seal) for id in wanted}


def add(connection: Connection, new: Sequence[Leader], today: date, seal: Seal) -> None:
    """Put leaders into the table, those first who develop others."""
    if not new:
        return
    # Two of them may each come before the other: whoever develops somebody is set once all are there.
    connection.execute(insert(leaders), [_values(each, seal) | {"developed_by": None, "made": today} for each in new])
    developed = [{"leader": each.id, "by": each.developed_by} for each in new if each.developed_by]
    if developed:
        here = update(leaders).where(leaders.c.id == bindparam("leader")).values(developed_by=bindparam("by"))
        connection.execute(here, developed)
    _put_trainings(connection, new)
    steps = [_step_row(each.id, each.step, today, seal) for each in new if each.step]
    if steps:
        connection.execute(insert(leader_steps), steps)


def change(connection: Connection, pairs: Sequence[tuple[Leader, Leader]], today: date, seal: Seal) -> None:
    """Write leaders as they are now over what they were."""
    if not pairs:
        return
    rows = [_values(after, seal) for _, after in pairs]
    written: dict[str, Any] = {part: bindparam(part) for part in rows[0] if part != "id"}
    here = update(leaders).where(leaders.c.id == bindparam("leader")).values(written)
    connection.execute(here, [row | {"leader": row["id"]} for row in rows])
    for before, after in pairs:
        if before.name != after.name:
            # The links to their own page are listed, and they are forgotten, by the name that they have now.
            opens = select(leaders.c.identity_id).where(leaders.c.id == after.id).scalar_subquery()
            connection.execute(update(identities).where(identities.c.id == opens).values(name=after.name))
        if before.training != after.training:
            connection.execute(delete(leader_trainings).where(leader_trainings.c.leader_id == after.id))
            _put_trainings(connection, [after])
        if before.step != after.step:
            _put_step(connection, after, today, seal)


def to_agree(said: Mapping[str, Any]) -> int:
    """How many of the words that lie under lock wait for one of the two."""
    wording = said.get("wording", {})
    return sum(1 for part in WORDS if said.get(part) and wording.get(part) != Wording.AGREED)


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some ids after the other, as many at once as one question takes."""
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]


def locked(text: str, seal: Seal) -> str:
    """Words under lock; nothing stays nothing."""
    return seal.close(text.encode()) if text else ""


def opened(text: str, seal: Seal) -> str:
    """Words as they were; nothing where their key is not here any more."""
    return (seal.open(text) or b"").decode() if text else ""


def _leaders(some: list[str] | None, gone: bool) -> Any:
    talks = (
        select(
            leader_evidence.c.leader_id,
            func.max(leader_evidence.c.day).label("met"),
            func.count().label("meetings"),
        )
        .where(leader_evidence.c.kind == str(Kind.ONE_TO_ONE))
        .group_by(leader_evidence.c.leader_id)
    )
    counted = of(talks, leader_evidence.c.leader_id, some).subquery()
    found = select(leaders, counted.c.met, counted.c.meetings).outerjoin(counted, counted.c.leader_id == leaders.c.id)
    found = of(found, leaders.c.id, some)
    return found if gone else found.where(THERE)


def of(question: Any, column: Any, ids: Sequence[str] | None) -> Any:
    """A question about some of them alone; about all where those are too many to be named."""
    return question if ids is None or len(ids) > _MANY else question.where(column.in_(ids))


def _row(row: Any, training: Mapping[str, date], step: Any, seal: Seal | None) -> Row:
    # How many words wait for the other is known without them.
    closed: dict[str, Any] = dict.fromkeys(WORDS[: row.to_agree], "…")
    said = closed if seal is None else json.loads(opened(row.said, seal) or "{}")
    leader = Leader(
        row.id,
        row.name,
        row.institution,
        row.role,
        row.stage,
        Following(row.following) if row.following else None,
        **{part: said.get(part, "") for part in WORDS},
        step=Step(opened(step.what, seal) if seal else "", step.due, step.agreed_by, step.made) if step else None,
        training=training,
        developed_by=row.developed_by or "",
        review=row.review,
        own=said.get("own", {}),
        wording={part: Wording(by) for part, by in said.get("wording", {}).items()},
    )
    return Row(leader, row.made, row.met, row.meetings or 0, row.seen)


def _values(leader: Leader, seal: Seal) -> dict[str, Any]:
    said = {part: text for part in WORDS if (text := getattr(leader, part))}
    own = {"own": dict(leader.own)} if leader.own else {}
    wording = {"wording": {part: str(by) for part, by in leader.wording.items()}} if leader.wording else {}
    words = said | own | wording
    return {
        "id": leader.id,
        "finder": finder_of(leader.name, seal),
        "name": leader.name,
        "called": fold(leader.name),
        "institution": leader.institution,
        "comes_from": fold(leader.institution),
        "role": leader.role,
        "does": fold(leader.role),
        "stage": leader.stage,
        "following": str(leader.following or ""),
        "developed_by": leader.developed_by or None,
        "review": leader.review,
        "to_agree": to_agree(words),
        "said": locked(json.dumps(words, ensure_ascii=False) if words else "", seal),
    }


def _put_trainings(connection: Connection, those: Sequence[Leader]) -> None:
    rows = [{"leader_id": each.id, "training": key, "day": day} for each in those for key, day in each.training.items()]
    if rows:
        connection.execute(insert(leader_trainings), rows)


def _step_row(id: str, step: Step, today: date, seal: Seal) -> dict[str, Any]:
    said = {"what": locked(step.what, seal), "agreed_by": step.agreed_by, "due": step.due, "done": None, "deed": ""}
    return {"id": secrets.token_hex(16), "leader_id": id, "made": step.made or today} | said


def _put_step(connection: Connection, leader: Leader, today: date, seal: Seal) -> None:
    """The open step as it is now: another one, the same in other words, or none."""
    here = and_(leader_steps.c.leader_id == leader.id, leader_steps.c.done.is_(None))
    if leader.step is None:
        connection.execute(delete(leader_steps).where(here))
        return
    row = _step_row(leader.id, leader.step, today, seal)
    said = {part: row[part] for part in ("what", "agreed_by", "due")}
    if not connection.execute(update(leader_steps).where(here).values(said)).rowcount:
        connection.execute(insert(leader_steps).values(row))
