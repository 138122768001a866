"""What is asked of all twenty thousand at once, : of what lies under lock only what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from relexp.leadership.board import Board
from relexp.leadership.evidence import Evidence, Suggestion
from relexp.leadership.finding import UNMET
from relexp.leadership.growth import WITHIN, Quarter
from relexp.leadership.measures import Measures, measure
from relexp.leadership.week import PEOPLE, SOON, WAITING, Week, this_week
from relexp.roster.words import fold
from relexp.store import leader_lines, leader_rows
from relexp.store.leader_query import OPEN, TALKED, by_name
from relexp.store.leader_rows import THERE
from relexp.store.leader_tables import (
    leader_challenges,
    leader_changes,
    leader_evidence,
    leader_moves,
    leader_steps,
    leader_trainings,
    leaders,
)
from relexp.store.seal import Seal


def week(
    connection: Connection, board: Board, suggestions: Sequence[Suggestion], today: date, *, bytewise: bool
) -> Week:
    """Whom to see to this week, as `week.this_week` has them of all rows; `bytewise` as in `leader_query.ids`.

    Whoever is among the most urgent of all is among the most urgent of those with one of their reasons: only these are
    looked at closely.
    """
    found, near = set[str](), {each.leader for each in suggestions}
    for day, holds in _reasons(today):
        asked = select(leaders.c.id).where(THERE, holds)
        order = (*([] if day is None else [day]), by_name(bytewise=bytewise), leaders.c.id)
        those = [*connection.execute(asked.order_by(*order)).scalars()]
        found.update(those)
        near.update(those[:PEOPLE])
    seal, ids = Seal(once=True), sorted(near)
    rows = sorted(
        leader_rows.load(connection, seal, ids).values(), key=lambda row: (fold(row.leader.name), row.leader.id)
    )
    told = this_week(
        rows,
        leader_lines.challenges(connection, seal, ids),
        leader_lines.trainings(connection, today - timedelta(WITHIN)),
        suggestions,
        today,
        board=board,
        steps=leader_lines.steps_made(connection, today - timedelta(WITHIN)),
    )
    return Week(told.people, len(found | {row.leader.id for row in rows}) - len(told.people))


def _reasons(today: date) -> Iterator[tuple[Any, Any]]:
    """Since when each reason has held (None where that is always today), and whom it holds for."""
    steps, talks, trained, dared = leader_steps.c, leader_evidence.c, leader_trainings.c, leader_challenges.c
    due = select(steps.due).where(OPEN).scalar_subquery()
    yield due, due <= today + timedelta(SOON)
    lately = trained.day.between(today - timedelta(WITHIN), today)
    last = select(func.max(trained.day)).where(trained.leader_id == leaders.c.id, lately).scalar_subquery()
    stepped = select(func.max(steps.made)).where(steps.leader_id == leaders.c.id).scalar_subquery()
    yield last, and_(last.is_not(None), or_(stepped.is_(None), stepped < last))
    unanswered = (dared.leader_id == leaders.c.id, dared.taken.is_(None), dared.day < today - timedelta(WAITING))
    first = select(func.min(dared.day)).where(*unanswered).scalar_subquery()
    yield first, first.is_not(None)
    yield leaders.c.review, leaders.c.review <= today
    met = select(func.max(talks.day)).where(TALKED).scalar_subquery()
    yield func.coalesce(met, leaders.c.made), or_(met.is_(None), met < today - timedelta(UNMET))
    yield None, leaders.c.to_agree > 0


def measures(connection: Connection, board: Board, today: date) -> Measures:
    """What the table tells of how people grow; lines of evidence stand beside the moves of the last quarter alone."""
    rows = leader_rows.load(connection, None)
    moves = leader_lines.moves(connection)
    return measure(
        [*rows.values()],
        board,
        today,
        moves=moves,
        evidence=_stood_on(connection, Quarter.of(moves[-1].day)) if moves else (),
        steps=leader_lines.steps_made(connection),
        developed=developed(connection),
    )


def developed(connection: Connection) -> tuple[tuple[str, str, date], ...]:
    """Since when somebody is developed by whom; those who came into the table with it were so from that day on."""
    there = leader_changes.c.fields.contains(" developed_by ", autoescape=True)
    last = select(func.max(leader_changes.c.id)).where(there).group_by(leader_changes.c.leader_id)
    asked = select(leader_changes.c.leader_id, leader_changes.c.at).where(leader_changes.c.id.in_(last))
    since = {id: at.astimezone().date() for id, at in connection.execute(asked)}
    now = select(leaders.c.id, leaders.c.developed_by, leaders.c.made).where(THERE, leaders.c.developed_by.is_not(None))
    return tuple((id, by or "", since.get(id, made)) for id, by, made in connection.execute(now))


def _stood_on(connection: Connection, quarter: Quarter) -> tuple[Evidence, ...]:
    """The lines that the moves stand on from a quarter on."""
    first = date(quarter.year, 3 * quarter.number - 2, 1)
    moved = select(leader_moves.c.evidence_id).where(leader_moves.c.day >= first)
    asked = select(leader_evidence).where(leader_evidence.c.id.in_(moved))
    return leader_lines.lines(connection, asked, Seal(once=True))
