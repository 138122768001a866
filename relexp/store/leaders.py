"""The leadership development table: pages of it, what is done to it, and how it was on an earlier day."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from relexp.leadership.board import Board, default_board
from relexp.leadership.columns import Change
from relexp.leadership.evidence import Deed, Evidence, Suggestion
from relexp.leadership.finding import Query
from relexp.leadership.history import before
from relexp.leadership.leader import Leader, Row, Step, Wording
from relexp.leadership.measures import Measures
from relexp.leadership.week import Week
from relexp.privacy.roles import Identity, Role
from relexp.roster.words import fold
from relexp.store import leader_lines, leader_looks, leader_query, leader_rows
from relexp.store.address import is_file
from relexp.store.database import Database
from relexp.store.drafts import Stale
from relexp.store.leader_deeds import GONE, Doing, Done, undo
from relexp.store.leader_lines import Lines
from relexp.store.leader_rows import THERE, opened
from relexp.store.leader_tables import boards, leader_challenges, leader_changes, leaders
from relexp.store.seal import Seal
from relexp.store.tables import identities

# How far back a page offers to take something back.
_DEEDS = 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table: its rows, how many are asked for in all, and how many are in each group of them.

    `challenges` tells the last challenge of each on the page.
    """

    rows: tuple[Row, ...]
    total: int
    groups: Mapping[str, int]
    challenges: Mapping[str, str]


class Leaders:
    """The table of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.lines = Lines(database)

    def board(self) -> tuple[Board, int]:
        """How the table is set up, and the mark of that: it is another after each change."""
        with self._database.reads() as connection:
            row = connection.execute(select(boards)).one_or_none()
        return (Board.from_plain(json.loads(row.said)), row.revision) if row else (default_board(), 0)

    def set_up(self, board: Board, revision: int) -> int:
        """Set the table up otherwise; the new mark. Raises Stale when somebody else did meanwhile."""
        said = {"said": json.dumps(board.to_plain(), ensure_ascii=False), "revision": revision + 1}
        with self._database.writes() as connection:
            self._database.alone(connection, boards)
            now = connection.execute(select(boards.c.revision)).scalar_one_or_none() or 0
            if now != revision:
                raise Stale(now)
            connection.execute(delete(boards))
            connection.execute(boards.insert().values(id=1, **said))
        return revision + 1

    def page(self, query: Query, today: date, start: int = 0, many: int = 50) -> Page:
        """So many of the rows that are asked for, from a place on, as `finding.found` has them."""
        stages = tuple(stage.key for stage in self.board()[0].ladder)
        asked = leader_query.ids(query, today, stages, bytewise=is_file(self._database.url))
        with self._database.reads() as connection:
            ids = [*connection.execute(asked.offset(start).limit(many)).scalars()]
            total = connection.execute(leader_query.count(query, today)).scalar_one()
            groups = _told(connection, leader_query.groups(query, today)) if query.group else {}
            rows = leader_rows.load(connection, seal := Seal(once=True), ids)
            dared = leader_rows.of(select(leader_challenges), leader_challenges.c.leader_id, ids)
            dared = dared.order_by(leader_challenges.c.day, leader_challenges.c.id.desc())
            last = {row.leader_id: row.what for row in connection.execute(dared) if row.leader_id in rows}
        said = {id: opened(what, seal) for id, what in last.items()}
        return Page(tuple(rows.values()), total, groups, said)

    def get(self, id: str) -> Row | None:
        """One row; None where it is not in the table (any more)."""
        with self._database.reads() as connection:
            return leader_rows.load(connection, Seal(), [id]).get(id)

    def all(self, *, words: bool = True) -> tuple[Row, ...]:
        """Every row, by name; without `words` much sooner, since what lies under lock stays there."""
        with self._database.reads() as connection:
            return tuple(leader_rows.load(connection, Seal(once=True) if words else None).values())

    def names(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """What everybody in the table is called, or these of them, by id, in the order of their names."""
        looked_for = select(leaders.c.id, leaders.c.name).where(THERE).order_by(leaders.c.called, leaders.c.id)
        asked = leader_rows.of(looked_for, leaders.c.id, None if ids is None else sorted(ids))
        with self._database.reads() as connection:
            return _told(connection, asked)

    def institutions(self) -> dict[str, int]:
        """The institutions of the table, and how many of its people come from each."""
        counted = select(leaders.c.institution, func.count()).where(THERE, leaders.c.institution != "")
        with self._database.reads() as connection:
            counted = counted.group_by(leaders.c.institution).order_by(func.min(leaders.c.comes_from))
            return _told(connection, counted)

    def ids_of(self, text: str) -> frozenset[str]:
        """The ids of those who have this id, or are called so, however it is written."""
        meant = or_(leaders.c.id == text, leaders.c.called == fold(text))
        with self._database.reads() as connection:
            return frozenset(connection.execute(select(leaders.c.id).where(THERE, meant)).scalars())

    def above(self, id: str) -> tuple[str, ...]:
        """Who develops somebody, who develops that one, and so on, by id: the nearest first, each once."""
        found: list[str] = []
        with self._database.reads() as connection:
            while id:
                id = connection.execute(select(leaders.c.developed_by).where(leaders.c.id == id)).scalar() or ""
                if not id or id in found:
                    break
                found.append(id)
        return tuple(found)

    def taken_out(self) -> frozenset[str]:
        """The ids of those who were taken out of the table and may come back."""
        with self._database.reads() as connection:
            return frozenset(connection.execute(select(leaders.c.id).where(leaders.c.gone.is_not(None))).scalars())

    def as_of(self, day: date) -> tuple[Row, ...]:
        """The table as it was at the end of a day, by name."""
        end = datetime.combine(day + timedelta(days=1), datetime.min.time()).astimezone()
        later = select(leader_changes).where(leader_changes.c.at >= end).order_by(leader_changes.c.id.desc())
        with self._database.reads() as connection:
            rows = leader_rows.load(connection, seal := Seal(once=True), gone=True)
            changed: dict[str, list[Change]] = {}
            for each in connection.execute(later):
                said = json.loads(opened(each.said, seal) or "[]")
                changed.setdefault(each.leader_id, []).extend(Change(each.leader_id, *cell) for cell in reversed(said))
            out = set(connection.execute(select(leaders.c.id).where(leaders.c.gone.is_not(None))).scalars())
            met = leader_lines.met_by(connection, day)
        then = []
        for id, row in rows.items():
            there = [change for change in changed.get(id, ()) if change.field == GONE]
            if (there[-1].before if there else "out" if id in out else "") == "" and row.made <= day:
                cells = [change for change in changed.get(id, ()) if change.field != GONE]
                last, talks = met.get(id, (None, 0))
                then.append(replace(row, leader=before(row.leader, cells), met=last, meetings=talks))
        return tuple(sorted(then, key=lambda row: (fold(row.leader.name), row.leader.id)))

    def change(
        self,
        changes: Sequence[Change],
        by: Identity,
        now: datetime,
        *,
        evidence: Mapping[str, Evidence] | None = None,
        says: Wording = Wording.OURS,
        new: Sequence[Leader] = (),
    ) -> Done:
        """Write cells, and put `new` rows into the table, in one go.

        `evidence` holds a line for each leader whose stage changes (FaultsFound where there is none); `says` is who of
        the two writes the words. What somebody else changed meanwhile is not written over: it comes back as a clash.
        """
        with self._doing(by, now) as doing:
            doing.add(new)
            clashes = doing.change(changes, says, evidence or {})
            return replace(doing.note(), clashes=clashes)

    def done(self, id: str, line: Evidence, by: Identity, now: datetime, *, step: Step | None = None) -> Done:
        """The open step of a leader is done, and `line` says so; nothing where none is open.

        `step` is the one that was seen: where that is not the open one any more, a clash comes back.
        """
        with self._doing(by, now) as doing:
            row = leader_rows.load(doing.connection, doing.seal, [id]).get(id)
            clashes = doing.done(row.leader, line, step) if row is not None else ()
            return replace(doing.note(), clashes=clashes)

    def take_out(self, ids: Collection[str], by: Identity, now: datetime) -> Done:
        """Take rows out of the table; for some days that can be taken back."""
        with self._doing(by, now) as doing:
            doing.take_out(ids)
            return doing.note()

    def undo(self, deed: str, by: Identity, now: datetime) -> Done:
        """Take back what was done in one go, as a deed of its own, which can be taken back too."""
        with self._doing(by, now) as doing:
            doing.undoes = deed
            clashes = undo(doing, deed)
            return replace(doing.note(), clashes=clashes)

    def deeds(self, by: Identity) -> tuple[Deed, ...]:
        """What somebody did last, the latest first."""
        asked = select(leader_changes.c.deed, leader_changes.c.undoes, leader_changes.c.at, func.count())
        asked = asked.where(leader_changes.c.identity_id == by.id)
        asked = asked.group_by(leader_changes.c.deed, leader_changes.c.undoes, leader_changes.c.at)
        with self._database.reads() as connection:
            rows = connection.execute(asked.order_by(func.max(leader_changes.c.id).desc()).limit(_DEEDS)).all()
        return tuple(Deed(deed, at, by.name, rows, undoes) for deed, undoes, at, rows in rows)

    def developed(self) -> tuple[tuple[str, str, date], ...]:
        """Since when somebody is developed by whom: leader, by whom, and the day on which that was written."""
        with self._database.reads() as connection:
            return leader_looks.developed(connection)

    def measures(self, board: Board, today: date) -> Measures:
        """What the table tells of how people grow."""
        with self._database.reads() as connection:
            return leader_looks.measures(connection, board, today)

    def week(self, board: Board, suggestions: Sequence[Suggestion], today: date) -> Week:
        """Whom to see to this week."""
        with self._database.reads() as connection:
            bytewise = is_file(self._database.url)
            return leader_looks.week(connection, board, suggestions, today, bytewise=bytewise)

    def link_to(self, id: str, now: datetime) -> Identity | None:
        """Whoever opens the own page of a leader, made the first time; None where they are not in the table."""
        with self._database.writes() as connection:
            looked_for = select(leaders.c.identity_id, leaders.c.name).where(leaders.c.id == id, THERE)
            # Two who ask at once get one and the same link.
            row = connection.execute(looked_for.with_for_update()).one_or_none()
            if row is None:
                return None
            known = select(identities).where(identities.c.id == row.identity_id)
            if (found := connection.execute(known).one_or_none()) is not None:
                return Identity(found.id, Role(found.role), found.name)
            made = Identity(Seal().mark(f"leader {id} {now.isoformat()}").hex()[:32], Role.LEADER, row.name)
            values = {"id": made.id, "role": str(made.role), "name": made.name, "made": now}
            connection.execute(identities.insert().values(values))
            connection.execute(update(leaders).where(leaders.c.id == id).values(identity_id=made.id))
        return made

    def own(self, by: Identity) -> Row | None:
        """The row of whoever opened their own page; None where they are not in the table any more."""
        looked_for = select(leaders.c.id).where(leaders.c.identity_id == by.id, THERE)
        with self._database.reads() as connection:
            id = connection.execute(looked_for).scalar_one_or_none()
            return leader_rows.load(connection, Seal(), [id]).get(id) if id else None

    def saw(self, by: Identity, day: date) -> None:
        """Somebody looked at their own row."""
        here = (leaders.c.identity_id == by.id, or_(leaders.c.seen.is_(None), leaders.c.seen < day))
        with self._database.writes() as connection:
            connection.execute(update(leaders).where(*here).values(seen=day))

    def purge(self, before: datetime) -> int:
        """Delete those who were taken out of the table before then, with the doors to their own pages; how many."""
        old = leaders.c.gone < before
        with self._database.writes() as connection:
            phones = [*connection.execute(select(leaders.c.identity_id).where(old)).scalars()]
            gone = connection.execute(delete(leaders).where(old)).rowcount
            connection.execute(delete(identities).where(identities.c.id.in_([each for each in phones if each])))
        return gone

    @contextmanager
    def _doing(self, by: Identity, now: datetime) -> Iterator[Doing]:
        with self._database.writes() as connection:
            self._database.alone(connection, leaders)
            yield Doing(connection, by, now)


def _told(connection: Connection, asked: Select[Any, Any]) -> dict[str, Any]:
    """Two columns, the one by the other."""
    return {row[0]: row[1] for row in connection.execute(asked)}
