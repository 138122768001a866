"""A leader's own page: all that the table holds of them, but for notes that are not shared, and a way to answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from relexp.leadership.board import Board
from relexp.leadership.columns import Change, cell
from relexp.leadership.evidence import Challenge, Evidence, Reading
from relexp.leadership.ladder import Stage
from relexp.leadership.leader import WORDS, Leader, Row, Wording
from relexp.leadership.qualities import Habit, side_by_side
from relexp.messages import say
from relexp.privacy.retention import SEATING
from relexp.server.doors import now
from relexp.server.evening import EveningPage
from relexp.server.own import day

# A row is looked over once a year.
REVIEW_MONTHS = 12
# So many of the latest lines stand there at once; the others are a press away.
LATEST = 4


@dataclass(frozen=True)
class Behind:
    """Words about somebody, and who stands behind them: one of Wording, or "" where there are none."""

    part: str
    says: str
    by: str

    @property
    def waits(self) -> bool:
        """Whether they wait for the leader's yes."""
        return bool(self.says) and self.by == Wording.OURS


@dataclass(frozen=True)
class Shown:
    """All that stands on the page of a leader."""

    row: Row
    board: Board
    rungs: tuple[tuple[str, Stage], ...]
    words: tuple[Behind, ...]
    lines: tuple[Evidence, ...]
    challenges: tuple[Challenge, ...]
    habits: tuple[Habit, ...]
    said: tuple[Reading, ...]
    developed_by: str

    @property
    def leader(self) -> Leader:
        """Whose page it is."""
        return self.row.leader

    @property
    def waits(self) -> Iterator[str]:
        """What waits for their word, by the place on the page."""
        yield from (each.part for each in self.words if each.waits)
        if any(each.taken is None for each in self.challenges):
            yield "challenges"


class RowPage(EveningPage):
    """What the pages of a leader's own row share: whose it is, and a kind word where there is none any more."""

    async def row(self) -> Row | None:
        """The row of whoever comes; where it is not kept any more, they were told so."""
        found = await asyncio.to_thread(self.store.leaders.own, self.visitor)
        if found is None:
            self.show("row_gone.html", form=self.xsrf_form_html())
        return found

    def back(self, section: str, how: str = "kept") -> None:
        """Back to the page, at what was answered."""
        self.redirect(f"{self.base_url}row?{how}={section}#{section}")

    def shared(self, row: Row) -> tuple[Evidence, ...]:
        """The lines that are shared with them, the latest first."""
        return tuple(each for each in self.store.leaders.lines.evidence(row.leader.id) if each.shared)


class OwnRow(RowPage):
    """One's own row."""

    async def get(self) -> None:
        if self.speaks_another() or (row := await self.row()) is None:
            return
        shown = await asyncio.to_thread(self.shown, row)
        await asyncio.to_thread(self.store.leaders.saw, self.visitor, day())
        self.show(
            "row.html",
            shown=shown,
            leader=shown.leader,
            kept=self.get_query_argument("kept", ""),
            read=self.get_query_argument("read", ""),
            latest=LATEST,
            late=shown.leader.step is not None and shown.leader.step.late(day()) > 0,
            days=SEATING.days,
            months=REVIEW_MONTHS,
            day=self.day,
            mark=mark,
            words=self.words,
            nameless=str(say("leader.whoever_trains")),
            form=self.xsrf_form_html(),
        )

    def shown(self, row: Row) -> Shown:
        """All that stands there."""
        leaders, leader = self.store.leaders, row.leader
        board, _ = leaders.board()
        readings = leaders.lines.readings(leader.id)
        developer = leaders.get(leader.developed_by) if leader.developed_by else None
        return Shown(
            row,
            board,
            rungs(board, leader.stage),
            tuple(behind(leader, part) for part in WORDS),
            self.shared(row),
            # What waits for an answer comes first.
            tuple(sorted(leaders.lines.challenges(leader.id), key=lambda each: each.taken is not None)),
            side_by_side(board, readings[::-1]),
            said(readings),
            developer.leader.name if developer else "",
        )


class Agree(RowPage):
    """The words that stood on their page are agreed to, and no others."""

    def get(self) -> None:
        """An address that was kept agrees to nothing."""
        self.redirect(f"{self.base_url}row")

    async def post(self) -> None:
        if (row := await self.row()) is None:
            return
        part, read = self.get_body_argument("part", ""), self.get_body_argument("read", "")
        if part not in WORDS:
            self.redirect(f"{self.base_url}row")
            return
        says, by = cell(row.leader, part), cell(row.leader, f"wording.{part}")
        # What they wrote themselves waits for the other, and what they have not read for them.
        if by == Wording.THEIRS or not says or mark(says) != read:
            self.back(part, "read")
            return
        id = row.leader.id
        wanted = [Change(id, part, says, says), Change(id, f"wording.{part}", by, Wording.AGREED)]
        done = await asyncio.to_thread(self.store.leaders.change, wanted, self.visitor, now(), says=Wording.THEIRS)
        self.back(part, "read" if done.clashes else "kept")


def behind(leader: Leader, part: str) -> Behind:
    """Words about somebody, and who stands behind them."""
    says = cell(leader, part)
    # Words that came with a sheet are the trainers' until somebody says otherwise.
    return Behind(part, says, (cell(leader, f"wording.{part}") or Wording.OURS) if says else "")


def rungs(board: Board, stage: str) -> tuple[tuple[str, Stage], ...]:
    """Where somebody is on the ladder, with what comes before and after it; nothing where they are on none."""
    at = board.ladder.place(stage)
    if at < 0:
        return (("here", Stage(stage, stage)),) if stage else ()
    near = (("before", at - 1), ("here", at), ("after", at + 1))
    stages = board.ladder.stages
    return tuple((where, stages[place]) for where, place in near if 0 <= place < len(stages))


def said(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """What each of those who read the habits said last beside it, the latest first."""
    last: dict[str, Reading] = {}
    for each in readings:
        last.setdefault(each.mentor, each)
    return tuple(each for each in last.values() if each.words)


def mark(text: str) -> str:
    """What tells one text from another, however its lines end."""
    return sha256("\n".join(text.split()).encode()).hexdigest()[:16]


def to_come(when: date) -> bool:
    """Whether a day is still to come."""
    return when > day()
