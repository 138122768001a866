"""What is done to the table of leaders: cells changed, rows added and taken out, and any of it taken back.

Whoever writes says what stood in the cell before: where that is not so any more, somebody else was there meanwhile, and
nothing is written over.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union, update

from relexp.leadership.columns import STEP, Change, cell, changes, reworded, thing, with_cell
from relexp.leadership.evidence import Evidence, Move
from relexp.leadership.history import taken_back
from relexp.leadership.leader import Leader, Step, Wording
from relexp.messages import FaultsFound, tell
from relexp.privacy.roles import Identity
from relexp.store import leader_rows
from relexp.store.leader_rows import in_parts, locked, opened
from relexp.store.leader_tables import (
    leader_challenges,
    leader_changes,
    leader_evidence,
    leader_moves,
    leader_readings,
    leader_steps,
    leaders,
)
from relexp.store.seal import Seal
from relexp.store.tables import identities

# Stands among the cells for whether a row is in the table: "" is in it.
GONE = "gone"
# And what stood there before a row was added.
ADDED = "added"


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that somebody else wrote meanwhile: what was to be written, what stands there, by whom and since when."""

    change: Change
    now: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the id of what was done ("" for nothing), how many rows it was, and where it was not done."""

    deed: str = ""
    rows: int = 0
    clashes: tuple[Clash, ...] = ()


@dataclass
class Doing:
    """One deed, while it is being done."""

    connection: Connection
    by: Identity
    now: datetime
    seal: Seal = field(default_factory=lambda: Seal(once=True))
    undoes: str = ""
    deed: str = field(default_factory=lambda: secrets.token_hex(16))
    noted: dict[str, list[Change]] = field(default_factory=dict)

    def add(self, new: Sequence[Leader]) -> None:
        """Put rows into the table; their stages begin here."""
        today = self.now.astimezone().date()
        leader_rows.add(self.connection, new, today, self.seal)
        self._moves([Move(each.id, today, "", each.stage) for each in new if each.stage])
        for each in new:
            self.noted.setdefault(each.id, []).append(Change(each.id, GONE, ADDED, ""))

    def change(
        self, changes: Sequence[Change], says: Wording, evidence: Mapping[str, Evidence], *, back: bool = False
    ) -> tuple[Clash, ...]:
        """Write the cells that stand as they did; `back`: what was there before is written again, as it was agreed."""
        by_leader: dict[str, list[Change]] = {}
        for each in changes:
            by_leader.setdefault(each.leader, []).append(each)
        now = leader_rows.load(self.connection, self.seal, [*by_leader])
        clashes: list[Clash] = []
        pairs, moves = [], []
        for id, wanted in by_leader.items():
            if id not in now:
                clashes += [Clash(each, GONE) for each in wanted]
                continue
            before = now[id].leader
            stale = {thing(each.field) for each in wanted if cell(before, each.field) != each.before}
            fits = [each for each in wanted if thing(each.field) not in stale]
            clashes += [self._clash(each, before) for each in wanted if each not in fits]
            fits = [each for each in fits if each.before != each.after]
            written = tuple(fits) if back else reworded(fits, before, says)
            after = before
            for each in written:
                after = with_cell(after, each.field, each.after)
            if after != before:
                pairs.append((before, after))
                self.noted.setdefault(id, []).extend(written)
            if after.stage != before.stage and not back:
                moves.append(self._move(before, after, evidence.get(id)))
        leader_rows.change(self.connection, pairs, self.now.astimezone().date(), self.seal)
        self._moves(moves)
        return tuple(clashes)

    def take_out(self, ids: Iterable[str], *, again: bool = False) -> None:
        """Take rows out of the table, or (`again`) put them in again."""
        gone = None if again else self.now
        for id in ids:
            here = (leaders.c.id == id, leaders.c.gone.is_not(None) if again else leaders.c.gone.is_(None))
            if self.connection.execute(update(leaders).where(*here).values(gone=gone)).rowcount:
                said = ("", "taken out") if not again else ("taken out", "")
                self.noted.setdefault(id, []).append(Change(id, GONE, *said))

    def done(self, leader: Leader, line: Evidence, seen: Step | None) -> tuple[Clash, ...]:
        """The open step is done, and a line says so; where another was `seen`, it stays as it is and comes back."""
        if seen is not None and cell(leader, "step") != seen.what:
            return (self._clash(Change(leader.id, "step", seen.what, ""), leader),)
        if leader.step is None:
            return ()
        here = (leader_steps.c.leader_id == leader.id, leader_steps.c.done.is_(None))
        day = self.now.astimezone().date()
        self.connection.execute(update(leader_steps).where(*here).values(done=day, deed=self.deed))
        keep_evidence(self.connection, line, self.by, self.seal, self.deed)
        self.noted[leader.id] = [*changes(leader, replace(leader, step=None), STEP)]
        return ()

    def reopen(self, deed: str, undid: str, those: Collection[str]) -> frozenset[str]:
        """The steps that were done by a deed are open again, of those who have no other; whose they are.

        Where the deed took another one back (`undid`), the steps that it opened are done again.
        """
        open_ones = select(leader_steps.c.leader_id).where(leader_steps.c.done.is_(None))
        of_it = leader_steps.c.deed == (f"-{undid}" if undid else deed)
        stands = leader_steps.c.done.is_(None) if undid else leader_steps.c.leader_id.not_in(open_ones)
        asked = select(leader_steps.c.leader_id).where(of_it, stands)
        found = frozenset(self.connection.execute(asked).scalars()) & {*those}
        done = self.now.astimezone().date() if undid else None
        for some in in_parts(sorted(found)):
            again = update(leader_steps).where(of_it, leader_steps.c.leader_id.in_(some))
            self.connection.execute(again.values(done=done, deed=undid or f"-{deed}"))
        return found

    def note(self) -> Done:
        """Write down what was done, so that it can be taken back and the table be seen as it was."""
        if self.noted:
            rows = [
                {
                    "leader_id": id,
                    "deed": self.deed,
                    "undoes": self.undoes,
                    "at": self.now,
                    "identity_id": self.by.id,
                    "fields": f" {' '.join(each.field for each in those)} ",
                    "said": locked(json.dumps([[each.field, each.before, each.after] for each in those]), self.seal),
                }
                for id, those in self.noted.items()
            ]
            self.connection.execute(insert(leader_changes), rows)
        return Done(self.deed if self.noted else "", len(self.noted))

    def _move(self, before: Leader, after: Leader, evidence: Evidence | None) -> Move:
        """A stage changes only with a line of evidence."""
        if evidence is None:
            raise FaultsFound([tell("lead.stage_needs", name=before.name)])
        id = keep_evidence(self.connection, replace(evidence, leader=after.id), self.by, self.seal, self.deed)
        return Move(after.id, evidence.day, before.stage, after.stage, id)

    def _moves(self, moves: Sequence[Move]) -> None:
        rows = [
            {
                "leader_id": each.leader,
                "day": each.day,
                "before": each.before,
                "after": each.after,
                "evidence_id": each.evidence or None,
                "deed": self.deed,
            }
            for each in moves
        ]
        if rows:
            self.connection.execute(insert(leader_moves), rows)

    def _clash(self, change: Change, leader: Leader) -> Clash:
        """Who wrote there last, and when."""
        last = select(leader_changes.c.at, identities.c.name, identities.c.role)
        there = leader_changes.c.fields.contains(f" {change.field} ", autoescape=True)
        last = last.outerjoin_from(leader_changes, identities).where(leader_changes.c.leader_id == leader.id, there)
        row = self.connection.execute(last.order_by(leader_changes.c.id.desc()).limit(1)).one_or_none()
        who, at = ((row.name or row.role or ""), row.at) if row else ("", None)
        return Clash(change, cell(leader, change.field), who, at)


def undo(doing: Doing, deed: str) -> tuple[Clash, ...]:
    """Take back what was done in one go; what somebody worked on since stays as it is, and is told."""
    found = select(leader_changes).where(leader_changes.c.deed == deed).order_by(leader_changes.c.id)
    rows = doing.connection.execute(found).all()
    done = [Change(row.leader_id, *said) for row in rows for said in json.loads(opened(row.said, doing.seal) or "[]")]
    added = [each for each in done if each.field == GONE and not each.after]
    since = _worked_on_since(doing.connection, deed, {each.leader for each in added if each.before == ADDED})
    clashes = [Clash(each.back, "") for each in added if each.leader in since]
    doing.take_out([each.leader for each in added if each.leader not in since])
    doing.take_out([each.leader for each in done if each.field == GONE and each.after], again=True)
    cells = [each for each in done if each.field != GONE]
    loaded = leader_rows.load(doing.connection, doing.seal, {each.leader for each in cells})
    now = {id: row.leader for id, row in loaded.items()}
    forgotten = _forgotten(doing.connection, cells)
    back, stays = taken_back(now, [each for each in cells if each not in forgotten])
    stays += forgotten
    # A step that was done is the same step again, not another one.
    undid = next((row.undoes for row in rows), "")
    reopened = doing.reopen(deed, undid, {each.leader for each in back if each.field in STEP})
    again = [each for each in back if each.leader in reopened and each.field in STEP]
    back = tuple(each for each in back if each not in again)
    clashes += [Clash(each.back, cell(now[each.leader], each.field)) for each in stays if each.leader in now]
    doing.change(back, Wording.OURS, {}, back=True)
    for each in again:
        doing.noted.setdefault(each.leader, []).append(each)
    moved = {each.leader for each in back if each.field == "stage"} | reopened
    _unmoved(doing.connection, deed, undid, moved)
    return tuple(clashes)


def _forgotten(connection: Connection, cells: Sequence[Change]) -> tuple[Change, ...]:
    """The changes before which somebody stood there who is not kept any more."""
    named = [each for each in cells if each.field == "developed_by" and each.before]
    asked = select(leaders.c.id).where(leaders.c.id.in_({each.before for each in named}))
    kept = frozenset(connection.execute(asked).scalars()) if named else frozenset()
    return tuple(each for each in named if each.before not in kept)


def _worked_on_since(connection: Connection, deed: str, added: Collection[str]) -> frozenset[str]:
    """Those of a deed whom a later deed changed, or, where it `added` them, of whom something was noted by hand."""
    own = select(leader_changes.c.leader_id).where(leader_changes.c.deed == deed)
    last = select(func.max(leader_changes.c.id)).where(leader_changes.c.deed == deed).scalar_subquery()
    later = select(leader_changes.c.leader_id).where(leader_changes.c.leader_id.in_(own), leader_changes.c.id > last)
    by_hand = (
        select(leader_evidence.c.leader_id).where(leader_evidence.c.deed == ""),
        select(leader_challenges.c.leader_id),
        select(leader_readings.c.leader_id),
    )
    noted = frozenset(connection.execute(union(*by_hand)).scalars()) if added else frozenset()
    return frozenset(connection.execute(later).scalars()) | noted.intersection(added)


def _unmoved(connection: Connection, deed: str, undid: str, moved: Collection[str]) -> None:
    """How stages moved by a deed, and the lines that came with it, do not count while it is taken back."""
    old, new = (f"-{undid}", undid) if undid else (deed, f"-{deed}")
    counts = func.ltrim(leader_evidence.c.kind, "-") if undid else "-" + leader_evidence.c.kind
    for those in in_parts(sorted(moved)):
        for table, values in ((leader_moves, {"deed": new}), (leader_evidence, {"deed": new, "kind": counts})):
            here = (table.c.deed == old, table.c.leader_id.in_(those))
            connection.execute(update(table).where(*here).values(values))


def keep_evidence(connection: Connection, line: Evidence, by: Identity, seal: Seal, deed: str = "") -> str:
    """Keep a line of evidence, in place of the one of its id if there is one; its id.

    What a leader said of that one stays, and so does the change that brought it.
    """
    id = line.id or secrets.token_hex(16)
    row = {
        "id": id,
        "leader_id": line.leader,
        "kind": str(line.kind),
        "day": line.day,
        "what": locked(line.what, seal),
        "seen_by": line.seen_by,
        "shared": line.shared,
        "answer": locked(line.answer, seal),
        "source": line.source,
        "deed": deed,
        "identity_id": by.id,
    }
    again = {key: value for key, value in row.items() if value or key not in ("answer", "deed")}
    known = update(leader_evidence).where(leader_evidence.c.id == id).values(again)
    if not line.id or not connection.execute(known).rowcount:
        connection.execute(insert(leader_evidence).values(row))
    return id
