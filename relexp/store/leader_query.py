"""A question to the table of leaders as the database answers it: which of twenty thousand, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from relexp.leadership.evidence import Kind
from relexp.leadership.finding import Query
from relexp.reflection.one_to_ones import Following
from relexp.roster.words import fold
from relexp.store.leader_rows import THERE
from relexp.store.leader_tables import leader_evidence, leader_steps, leader_trainings, leaders

OPEN = and_(leader_steps.c.leader_id == leaders.c.id, leader_steps.c.done.is_(None))
TALKED = and_(leader_evidence.c.leader_id == leaders.c.id, leader_evidence.c.kind == str(Kind.ONE_TO_ONE))
_DEVELOPER = leaders.alias("developer")


def ids(query: Query, today: date, stages: Sequence[str], *, bytewise: bool) -> Any:
    """The ids of those who are asked for, in their order; `finding.found` says what it means.

    `bytewise`: the database compares texts letter by letter unless it is told (SQLite does, PostgreSQL does not).
    """

    def plain(column: Any) -> Any:
        return column if bytewise else column.collate("C")

    # A name is compared letter by letter everywhere: the same order as in `found`.
    order: list[Any] = []
    if query.group:
        value, blank = _sort(query.group, stages, plain)
        order += [blank, value, *([plain(leaders.c.developed_by)] if query.group == "developed_by" else [])]
    if query.sort != "name" or query.down:
        value, blank = _sort(query.sort, stages, plain)
        order += [blank, value.desc() if query.down else value.asc()]
    found = select(leaders.c.id).where(*_asked(query, today))
    return found.order_by(*order, by_name(bytewise=bytewise), leaders.c.id)


def by_name(*, bytewise: bool) -> Any:
    """The order of names, letter by letter; `bytewise` as in `ids`."""
    return leaders.c.called if bytewise else leaders.c.called.collate("C")


def count(query: Query, today: date) -> Any:
    """How many are asked for."""
    return select(func.count()).select_from(leaders).where(*_asked(query, today))


def groups(query: Query, today: date) -> Any:
    """How many are in each group, by what the group has in common."""
    column = leaders.c[query.group]
    return select(func.coalesce(column, ""), func.count()).where(*_asked(query, today)).group_by(column)


def _asked(query: Query, today: date) -> list[ColumnElement[bool]]:
    steps, talks = select(leader_steps.c.id).where(OPEN), select(leader_evidence.c.id).where(TALKED)
    here = leaders.c.called + " " + leaders.c.comes_from + " " + leaders.c.does
    asked = [THERE, *(here.contains(word, autoescape=True) for word in fold(query.words).split())]
    if query.stages:
        asked.append(leaders.c.stage.in_(query.stages))
    if query.institution:
        asked.append(leaders.c.institution == query.institution)
    if query.no_step:
        asked.append(~steps.exists())
    if query.late is not None:
        asked.append(steps.where(leader_steps.c.due < today - timedelta(days=query.late)).exists())
    if query.due is not None:
        soon = leader_steps.c.due.between(today, today + timedelta(days=query.due))
        asked.append(steps.where(soon).exists())
    if query.unmet is not None:
        asked.append(~talks.where(leader_evidence.c.day >= today - timedelta(days=query.unmet)).exists())
    if query.never_met:
        asked.append(~talks.exists())
    if query.to_review:
        asked.append(leaders.c.review <= today)
    for key, done in ((query.trained, True), (query.untrained, False)):
        if key:
            trained = select(leader_trainings.c.leader_id).where(
                leader_trainings.c.leader_id == leaders.c.id, leader_trainings.c.training == key
            )
            asked.append(trained.exists() if done else ~trained.exists())
    if query.developed_by:
        asked.append(leaders.c.developed_by == query.developed_by)
    if query.to_agree:
        asked.append(leaders.c.to_agree > 0)
    if query.unseen:
        asked.append(leaders.c.seen.is_(None))
    return asked


def _sort(by: str, stages: Sequence[str], plain: Any) -> tuple[Any, Any]:
    """What is sorted by, and what puts those last of whom it is not known."""
    column: Any
    match by:
        case "name" | "institution" | "role":
            column = {"name": leaders.c.called, "institution": leaders.c.comes_from, "role": leaders.c.does}[by]
            return plain(column), column == ""
        case "stage":
            place = case({key: at for at, key in enumerate(stages)}, value=leaders.c.stage, else_=len(stages))
            return place, leaders.c.stage == ""
        case "following":
            band = case({key: at for at, key in enumerate(map(str, Following))}, value=leaders.c.following, else_=0)
            return band, leaders.c.following == ""
        case "due":
            column = select(leader_steps.c.due).where(OPEN).scalar_subquery()
        case "met":
            column = select(func.max(leader_evidence.c.day)).where(TALKED).scalar_subquery()
        case "developed_by":
            whose = select(_DEVELOPER.c.called).where(
                _DEVELOPER.c.id == leaders.c.developed_by, _DEVELOPER.c.gone.is_(None)
            )
            return plain(func.coalesce(whose.scalar_subquery(), "")), leaders.c.developed_by.is_(None)
        case _:
            column = leaders.c[by]
    return column, column.is_(None)
