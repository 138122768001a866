"""A question to the table: whom to show, in which order, in which groups; and how it is said in words.

The store answers it in its own way, for twenty thousand; `found` is the plain meaning, which holds for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from relexp.leadership.leader import Row
from relexp.reflection.one_to_ones import Following
from relexp.roster.words import fold

SORTS = ("name", "institution", "role", "stage", "following", "due", "met", "review", "made")
GROUPS = ("", "institution", "stage", "following", "developed_by")
# After so many days somebody is stuck: without a step that is kept, or without a one-to-one.
OVERDUE, UNMET = 30, 90


@dataclass(frozen=True, slots=True)
class Query:
    """Whom to show: all that is asked must hold; what is not asked does not matter.

    `words` are looked for in name, institution and role; `institution` is one of them as it is written; `no_step`: none
    is open; `late`: the open step is late by more than so many days, `due`: it is due within so many; `unmet`: no
    one-to-one in the last so many days, or ever; `never_met`: none ever; `to_review`: the day of review has come;
    `trained` and `untrained` are keys of trainings; `to_agree`: some wording is not agreed; `unseen`: they never looked
    at their own row. `sort` is one of SORTS, `down` turns it round, `group` one of GROUPS.
    """

    words: str = ""
    stages: tuple[str, ...] = ()
    institution: str = ""
    no_step: bool = False
    late: int | None = None
    due: int | None = None
    unmet: int | None = None
    never_met: bool = False
    to_review: bool = False
    trained: str = ""
    untrained: str = ""
    developed_by: str = ""
    to_agree: bool = False
    unseen: bool = False
    sort: str = "name"
    down: bool = False
    group: str = ""

    @property
    def asks(self) -> Query:
        """Whom it asks for, without order and groups."""
        return replace(self, sort="name", down=False, group="")

    def to_plain(self) -> dict[str, Any]:
        """The question as json has it: only what is asked."""
        usual = Query()
        plain = {part: getattr(self, part) for part in self.__dataclass_fields__}
        return {
            part: list(value) if isinstance(value, tuple) else value
            for part, value in plain.items()
            if value != getattr(usual, part)
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Query:
        """The question that `to_plain` gave; what another release asked is left out."""
        known: dict[str, Any] = {
            part: tuple(value) if isinstance(value, list) else value
            for part, value in plain.items()
            if part in cls.__dataclass_fields__
        }
        return cls(**known)


def asked(row: Row, query: Query, today: date) -> bool:
    """Whether a row is among those that are asked for."""
    leader, step = row.leader, row.leader.step
    here = fold(f"{leader.name} {leader.institution} {leader.role}")
    checks = (
        all(word in here for word in fold(query.words).split()),
        not query.stages or leader.stage in query.stages,
        not query.institution or leader.institution == query.institution,
        not query.no_step or step is None,
        query.late is None or (step is not None and step.late(today) > query.late),
        query.due is None
        or (step is not None and step.due is not None and today <= step.due <= today + timedelta(days=query.due)),
        query.unmet is None or row.met is None or row.met < today - timedelta(days=query.unmet),
        not query.never_met or row.met is None,
        not query.to_review or (leader.review is not None and leader.review <= today),
        not query.trained or query.trained in leader.training,
        not query.untrained or query.untrained not in leader.training,
        not query.developed_by or leader.developed_by == query.developed_by,
        not query.to_agree or bool(leader.to_agree),
        not query.unseen or row.seen is None,
    )
    return all(checks)


def found(rows: Iterable[Row], query: Query, today: date, stages: tuple[str, ...] = ()) -> list[Row]:
    """The rows that are asked for, in their order: groups first, then as sorted, then by name; blanks always last.

    `stages` are the keys of the ladder, from the first to the last.
    """
    rows = [*rows]
    names = {row.leader.id: fold(row.leader.name) for row in rows}
    chosen = [row for row in rows if asked(row, query, today)]
    chosen.sort(key=lambda row: (names[row.leader.id], row.leader.id))
    if query.sort != "name" or query.down:
        chosen.sort(key=lambda row: _key(row, query.sort, stages, names), reverse=query.down)
        # What is not known comes last, whichever way the rest is turned.
        chosen.sort(key=lambda row: not _value(row, query.sort))
    if query.group:
        chosen.sort(key=lambda row: (not _value(row, query.group), _key(row, query.group, stages, names)))
    return chosen


def _value(row: Row, sort: str) -> object:
    leader = row.leader
    match sort:
        case "due":
            return leader.step.due if leader.step else None
        case "met" | "made":
            return getattr(row, sort)
        case "name" | "institution" | "role":
            return fold(getattr(leader, sort))
    return getattr(leader, sort)


def _key(row: Row, sort: str, stages: tuple[str, ...], names: Mapping[str, str]) -> tuple[str | int, str]:
    value = _value(row, sort)
    match sort:
        case "stage":
            return (stages.index(str(value)) if value in stages else len(stages), "")
        case "following":
            return ([*Following].index(Following(str(value))) if value else 0, "")
        case "developed_by":
            return (names.get(str(value), ""), str(value))
    return (value.isoformat() if isinstance(value, date) else str(value or ""), "")
