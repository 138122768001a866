"""What is asked of all twenty thousand at once, : of what lies under lock only what is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from relexp.leadership.board import Board
from relexp.leadership.evidence import Evidence, Suggestion
from relexp.leadership.growth import WITHIN, Quarter
from relexp.leadership.measures import Measures, measure
from relexp.leadership.week import WAITING, Week, this_week
from relexp.store import leader_lines, leader_rows
from relexp.store.leader_rows import THERE
from relexp.store.leader_tables import leader_changes, leader_evidence, leader_moves, leaders
from relexp.store.seal import Seal


def week(connection: Connection, board: Board, suggestions: Iterable[Suggestion], today: date) -> Week:
    """Whom to see to this week: chosen from all, and then told of those few."""
    waiting, recent = today - timedelta(WAITING), today - timedelta(WITHIN)
    rows = leader_rows.load(connection, None)
    challenges = leader_lines.challenges(connection, None, open_before=waiting)
    trainings, steps = leader_lines.trainings(connection, recent), leader_lines.steps_made(connection, recent)
    suggestions = tuple(suggestions)
    chosen = this_week([*rows.values()], challenges, trainings, suggestions, today, board=board, steps=steps)
    ids = [each.leader for each in chosen.people]
    seal = Seal(once=True)
    told = this_week(
        [*leader_rows.load(connection, seal, ids).values()],
        leader_lines.challenges(connection, seal, those=ids, open_before=waiting),
        trainings,
        suggestions,
        today,
        board=board,
        steps=steps,
    )
    return Week(told.people, chosen.more)


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
