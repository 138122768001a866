"""Two trainers in two processes work on the same rows at once: what is acknowledged is there, and told once."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.managers import SyncManager
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from relexp.leadership.columns import Change, cell
from relexp.leadership.evidence import Evidence, Kind
from relexp.leadership.leader import Leader
from relexp.privacy.roles import Role
from relexp.store import Store, open_store
from relexp.store.leader_deeds import GONE
from relexp.store.leader_rows import opened
from relexp.store.leader_tables import leader_changes
from relexp.store.seal import Seal

ROUNDS, ROWS = 20, tuple(f"r{number}" for number in range(40))
# What a trainer tried: the leader, the text, and whether it was acknowledged or came back as a clash with what stood there.
Tried = list[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """Two processes, as the pages of two trainers are."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def together() -> Iterator[Callable[[], Barrier]]:
    """Makes what lets two processes do something at the same moment."""
    with SyncManager(ctx=get_context("spawn")) as manager:
        yield lambda: manager.Barrier(2, timeout=60)


@contextmanager
def trainer(url: str, name: str) -> Iterator[tuple[Store, Any]]:
    store = open_store(url)
    yield store, store.identities.add(Role.TRAINER, name, now())
    store.close()


def write(store: Store, by: Any, leader: str, text: str, was: Leader) -> tuple[str, str, str, str]:
    """Correct a cell, having seen the row as it was."""
    done = store.leaders.change([Change(leader, "talents", was.talents, text)], by, now())
    (clash,) = done.clashes or (None,)
    return (leader, text, "clash", clash.now) if clash else (leader, text, "done" if done.deed else "nothing", "")


def corrects_the_same(url: str, name: str, both: Barrier) -> Tried:
    """See a row, wait until the other has seen it too, and then write."""
    tried: Tried = []
    with trainer(url, name) as (store, by):
        for number in range(ROUNDS):
            both.wait()
            row = store.leaders.get(ROWS[number % 3])
            assert row is not None
            both.wait()
            tried.append(write(store, by, row.leader.id, f"{name} {number}", row.leader))
    return tried


def corrects_any(url: str, name: str, both: Barrier) -> Tried:
    """Correct a cell of somebody, again and again, without regard to anybody."""
    tried: Tried = []
    chance = random.Random(name)
    with trainer(url, name) as (store, by):
        both.wait()
        for number in range(3 * ROUNDS):
            row = store.leaders.get(chance.choice(ROWS[:8]))
            assert row is not None
            tried.append(write(store, by, row.leader.id, f"{name} {number}", row.leader))
    return tried


def pastes_and_takes_back(url: str, name: str, both: Barrier) -> list[tuple[int, int]]:
    """Paste into every row and take it back at once; how many rows each paste was, and of how many it was taken back."""
    found = []
    with trainer(url, name) as (store, by):
        both.wait()
        for number in range(6):
            rows = [row.leader for row in store.leaders.all()]
            paste = store.leaders.change(
                [Change(each.id, "talents", each.talents, f"{name} {number}") for each in rows], by, now()
            )
            assert paste.rows + len(paste.clashes) == len(rows)
            undone = store.leaders.undo(paste.deed, by, now())
            # Every row is taken back, or it is told that somebody wrote there since.
            stays = {each.change.leader for each in undone.clashes if each.change.field == "talents"}
            assert undone.rows + len(stays) >= paste.rows
            found.append((paste.rows, undone.rows))
    return found


def moves(url: str, name: str, both: Barrier) -> list[str]:
    """Move everybody up a stage with a line of evidence; the texts of the lines that were acknowledged."""
    told = []
    with trainer(url, name) as (store, by):
        for number, (old, new) in enumerate([("met", "listening"), ("listening", "team")]):
            both.wait()
            for id in ROWS[:6]:
                line = Evidence("", id, Kind.ACTION, now().date(), f"{name} {number} {id}")
                done = store.leaders.change([Change(id, "stage", old, new)], by, now(), evidence={id: line})
                told += [line.what] if done.deed and not done.clashes else []
            both.wait()
    return told


def now() -> datetime:
    return datetime.now(UTC)


def history(store: Store, *, undone: bool = True) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What each cell was changed from and to, in the order in which that was written; or without what took others back."""
    with store.database.reads() as connection:
        rows = connection.execute(select(leader_changes).order_by(leader_changes.c.id)).all()
    rows = [row for row in rows if undone or not row.undoes]
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        for field, before, after in json.loads(opened(row.said, Seal())):
            if field != GONE:
                found.setdefault((row.leader_id, field), []).append((before, after))
    return found


def is_one_thread(store: Store) -> None:
    """Each change began where the one before it ended, and what stands in the table is where the last one ended."""
    for (leader, field), those in history(store).items():
        assert [before for before, _ in those[1:]] == [after for _, after in those[:-1]], (leader, field)
        row = store.leaders.get(leader)
        assert row is not None
        assert cell(row.leader, field) == those[-1][1]


@pytest.fixture
def rows(store: Store) -> None:
    by = store.identities.house(Role.TRAINER, now())
    store.leaders.change([], by, now(), new=[Leader(id, f"Leader {id}", stage="met") for id in ROWS])


def both_do(pool: ProcessPoolExecutor, url: str, barrier: Barrier, *acts: Callable[..., Any]) -> list[Any]:
    names = ("Amina", "Bo")
    work = [pool.submit(act, url, name, barrier) for act, name in zip(acts, names, strict=True)]
    return [each.result(timeout=120) for each in work]


def each_is_told_once(store: Store, tried: Tried) -> None:
    first_hand = history(store, undone=False).items()
    written = [after for (_, field), those in first_hand for _, after in those if field == "talents"]
    for _, text, came, stood in tried:
        assert came in ("done", "clash")
        assert written.count(text) == (came == "done"), text
        # What it clashed with is what somebody had written.
        assert came == "done" or stood in (*written, "")


@pytest.mark.usefixtures("rows")
def test_of_two_who_correct_the_same_cell_at_once_one_writes_and_the_other_is_shown_what_stands_there(
    store: Store, url: str, apart: ProcessPoolExecutor, together: Callable[[], Barrier]
) -> None:
    one, other = both_do(apart, url, together(), corrects_the_same, corrects_the_same)
    for mine, theirs in zip(one, other, strict=True):
        assert {mine[2], theirs[2]} == {"done", "clash"}
        lost, kept = (mine, theirs) if mine[2] == "clash" else (theirs, mine)
        assert lost[3] == kept[1]
    each_is_told_once(store, one + other)
    is_one_thread(store)


@pytest.mark.usefixtures("rows")
def test_of_two_who_write_without_regard_to_each_other_every_word_is_kept_or_comes_back(
    store: Store, url: str, apart: ProcessPoolExecutor, together: Callable[[], Barrier]
) -> None:
    one, other = both_do(apart, url, together(), corrects_any, corrects_any)
    each_is_told_once(store, one + other)
    is_one_thread(store)


@pytest.mark.usefixtures("rows")
def test_what_one_takes_back_while_another_writes_takes_nothing_of_the_other_s(
    store: Store, url: str, apart: ProcessPoolExecutor, together: Callable[[], Barrier]
) -> None:
    pasted, tried = both_do(apart, url, together(), pastes_and_takes_back, corrects_any)
    each_is_told_once(store, tried)
    is_one_thread(store)
    assert all(0 < rows <= len(ROWS) for rows, _ in pasted)
    # Where the other had written last, their words stand.
    threads = history(store)
    for leader in ROWS[:8]:
        those = threads[leader, "talents"]
        for (before, after), (_, then) in pairwise(those):
            if after.startswith("Bo ") and then != after:
                assert then.startswith(("Amina ", "Bo ")), (before, after, then)


@pytest.mark.usefixtures("rows")
def test_of_two_who_move_somebody_up_at_once_one_does_with_their_line_and_nobody_moves_twice(
    store: Store, url: str, apart: ProcessPoolExecutor, together: Callable[[], Barrier]
) -> None:
    one, other = both_do(apart, url, together(), moves, moves)
    lines = store.leaders.lines
    assert sorted(line.what for line in lines.evidence()) == sorted(one + other)
    assert len(one + other) == 12
    for id in ROWS[:6]:
        assert [(move.before, move.after) for move in lines.moves(id)] == [
            ("", "met"),
            ("met", "listening"),
            ("listening", "team"),
        ]
    is_one_thread(store)
