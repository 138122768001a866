"""Whatever stands in the leadership table, it leaves as csv and as a workbook and comes back to the letter.

1,000 tables, each both ways. Before a release, and after any change to the sheets: `RELEXP_TABLES=20000 pytest
tests/property/test_leader_tables.py`. The workbooks are read in this process (`visible_sheets`), which is what the process
of its own does for a visitor's file; tests/exchange/test_leader_sheets.py goes that way as well.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relexp.exchange.leader_sheets import leaders_csv, leaders_xlsx, read_leaders
from relexp.exchange.tables import Table, best_table
from relexp.exchange.workbook_reader import visible_sheets
from relexp.leadership.arriving import arrive
from relexp.leadership.board import Board, Named, default_board
from relexp.leadership.columns import LONGEST, cell, read, with_cell
from relexp.leadership.headings import plain, scores
from relexp.leadership.ladder import Ladder, Stage
from relexp.leadership.leader import Leader, Row, Step
from relexp.reflection.one_to_ones import Following

# What the tables decide is covered by the tests of each room.
pytestmark = pytest.mark.no_cover
TABLES = int(os.environ.get("RELEXP_TABLES", "1000"))
USUAL = default_board()
# What people are called and what they write, and what has broken sheets before.
PIECES = (
    "Amina Begum", "amina begum", "Siân Łuczak", "নূর", "মোছাম্মৎ রহিমা খাতুন", "نور الهدى", "عبد الرحمن بن عوف", "O'Neill", "'tis", "''=1+1",
    "=1+1", "=cmd|' /C calc'!A0", "+44 20 7946", "-1", "@SUM(A1)", "'", '"', '""', '"Bob", the', "a,b;c\td", "1-2", "0012", "1e5", "TRUE",
    "2026-03-06", "6/3/2026", "#N/A", "_x0041_", "_x005F_", "<b>&amp;", "\\n", "sep=;", "id", "Name", "Stage", "Met", "🙂 e\u0301", "\u200fנועה",
    "a\nb", "  two  spaces ", "\x01\x02", "\ufffe", "\ufffd", "\x85", "a\u2028b", "ـ", "%PDF-1.4", "0" * 31 + "1", "x" * LONGEST,
    "Evidence for the stage", "Last one-to-one", "Training: Weekly webinar", "[", "{}", "\ufeff", "=", "nothing\x00",
)  # fmt: skip


def kept(raw: str) -> str:
    """A text as a cell of the table keeps it."""
    return read(USUAL, "talents", raw[:LONGEST], lambda _: ())


raws = st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), st.text(max_size=12))
texts = st.one_of(st.just(""), raws.map(kept))
names = raws.map(kept).filter(bool)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
steps = st.builds(Step, texts, st.none() | days, texts).map(
    lambda step: step if step.what or step.due or step.agreed_by else None
)


@dataclass(frozen=True)
class Drawn:
    """A house's settings and the rows of its table."""

    board: Board
    rows: tuple[Row, ...]


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """Stages, trainings and columns of a house's own, some of them called as ours are."""
    stages = draw(
        st.lists(names.filter(lambda name: name not in ("s0", "s1", "s2", "s3")), max_size=4, unique_by=plain)
    )
    trainings = draw(st.lists(names, max_size=2))
    own = draw(st.lists(names, max_size=3))
    return replace(
        USUAL,
        ladder=Ladder(tuple(Stage(f"s{number}", name) for number, name in enumerate(stages))),
        trainings=tuple(Named(f"t{number}", name) for number, name in enumerate(trainings)),
        own=tuple(Named(f"o{number}", name) for number, name in enumerate(own)),
    )


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    """Leaders with every column, some of one name, each developed by one before them or by nobody, in any order."""
    board = draw(boards())
    stages = st.sampled_from(["", *(stage.key for stage in board.ladder)])
    count = draw(st.integers(1, 6))
    rows = []
    for number in range(count):
        developer = draw(st.integers(-number - 1, number - 1)) if number else -1
        leader = Leader(
            f"{number:032x}",
            draw(names),
            draw(texts),
            draw(texts),
            draw(stages),
            draw(st.none() | st.sampled_from(Following)),
            draw(texts),
            draw(texts),
            draw(texts),
            draw(steps),
            {each.key: draw(days) for each in board.trainings if draw(st.booleans())},
            f"{developer:032x}" if developer >= 0 else "",
            draw(st.none() | days),
            {each.key: text for each in board.own if (text := draw(texts))},
        )
        rows.append(Row(leader, date(2026, 1, 1), date(2026, 2, 3), number))
    return Drawn(board, tuple(draw(st.permutations(rows))))


def from_csv(drawn: Drawn, challenges: dict[str, str]) -> Table:
    return read_leaders(leaders_csv(drawn.board, drawn.rows, challenges), "leaders.csv", drawn.board)


def from_xlsx(drawn: Drawn, challenges: dict[str, str]) -> Table:
    sheets = visible_sheets(leaders_xlsx(drawn.board, drawn.rows, challenges))
    table = best_table(sheets, scores(drawn.board))
    assert table is not None
    return table


@settings(max_examples=TABLES, suppress_health_check=list(HealthCheck), database=None)
@given(drawn=tables(), challenge=raws)
def test_a_table_comes_back_to_the_letter_from_a_csv_and_from_a_workbook(drawn: Drawn, challenge: str) -> None:
    leaders = {row.leader.id: row.leader for row in drawn.rows}
    for back in (from_csv, from_xlsx):
        table = back(drawn, {f"{0:032x}": challenge})
        same = arrive(drawn.board, table, leaders, str)
        assert (same.changes, same.added, same.refused, same.untouched) == ((), (), (), len(leaders)), back
        assert (same.unknown, len(same.unread)) == ((), 4), back
        elsewhere = arrive(drawn.board, table, {}, str)
        assert elsewhere.refused == (), back
        assert elsewhere.added == tuple(leaders.values()), back


NAMES = ("Amina", "amina ", "Bilal", "Carys", "")
CELLS = {
    "id": ("", "", "1", "2", "0" * 32, "1".zfill(32), "f" * 32),
    "Name": NAMES,
    "Institution": ("", "Unite"),
    "Stage": ("", "Met", "met", "Listening", "Queen"),
    "Evidence for the stage": ("", "Came"),
    "Developed by": (*NAMES, "1", "0" * 32),
    "By": ("", "soon", "6/3/2026"),
    "First name": NAMES,
    "Shoe size": ("44",),
}
HERE = tuple(
    Leader(f"{number:032x}", name, institution, stage="met", developed_by=developer)
    for number, (name, institution, developer) in enumerate(
        [("Amina", "Unite", ""), ("Amina", "Unite", ""), ("Bilal", "", "0" * 32), ("Carys", "Unite", "2".zfill(32))]
    )
)


@st.composite
def sheets(draw: st.DrawFn) -> Table:
    """A sheet of somebody else's, with a bit of everything that can be wrong with one."""
    header = tuple(draw(st.lists(st.sampled_from([*CELLS]), min_size=1, unique=True)))
    row = st.tuples(*(st.sampled_from(CELLS[heading]) for heading in header))
    return Table(header, tuple(enumerate(draw(st.lists(row, max_size=6)), start=2)))


@settings(max_examples=TABLES, suppress_health_check=list(HealthCheck), database=None)
@given(table=sheets(), places=st.sets(st.sampled_from(range(len(HERE)))))
def test_of_whatever_sheet_every_row_is_taken_in_or_refused_and_the_table_stays_sound(
    table: Table, places: set[int]
) -> None:
    before = {HERE[place].id: HERE[place] for place in sorted(places)}
    numbers = iter(range(100))
    arrival = arrive(USUAL, table, before, lambda: f"new{next(numbers)}")
    after = dict(before)
    for change in arrival.changes:
        assert cell(after[change.leader], change.field) == change.before != change.after
        after[change.leader] = with_cell(after[change.leader], change.field, change.after)
    moved = {id for id, leader in after.items() if leader.stage != before[id].stage}
    assert moved <= arrival.evidence.keys()
    after |= {leader.id: leader for leader in arrival.added}
    assert len(after) == len(before) + len(arrival.added)
    assert all(leader.name for leader in after.values())
    for leader in after.values():
        # Of the table's own, Bilal and Carys may have nobody there who develops them.
        lonely = leader.id in before and leader.developed_by == before[leader.id].developed_by
        assert lonely or not leader.developed_by or leader.developed_by in after
        above, seen = leader.developed_by, {leader.id}
        while above in after:
            assert above not in seen
            seen.add(above)
            above = after[above].developed_by
    refused = {fault.row for fault in arrival.refused if fault.row != 1}
    changed = {change.leader for change in arrival.changes}
    if not any(fault.row == 1 for fault in arrival.refused):
        rows = [cells for _, cells in table.rows if any(map(str.strip, _without(table, cells)))]
        assert len(rows) == len(refused) + len(arrival.added) + len(changed) + arrival.untouched


def _without(table: Table, cells: tuple[str, ...]) -> list[str]:
    return [text for heading, text in zip(table.header, cells, strict=True) if heading != "Shoe size"]
