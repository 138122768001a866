"""A hall and its faults, in short; `benchmarks/hall.py` and `benchmarks/faults.py` do the same by the hundred and thousand."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import delete, insert, select, update

from benchmarks import faults, hall, learner_faults, table_faults
from relexp.store.leader_tables import leader_changes, leaders
from relexp.store.learning_tables import learner_events, learner_texts

# What a phone on a slow line in a hall can be asked to fetch for its card.
MOST_KB = 50


def test_phones_come_and_look_all_at_once_and_each_is_in_once_and_hears_of_the_round() -> None:
    found = hall.measured(40, spread=3.0, seconds=4.0)
    assert found["requests"] > 40 * 5
    assert (found["errors"], found["doubled"]) == (0, 0)
    assert found["page_kb"] < MOST_KB
    assert found["told_ms"] > 0


@pytest.mark.parametrize(
    ("case", "trials"), [("kill_writers", 15), ("kill9", 2), ("disk_full", 1), ("two_starts", 10), ("network_cut", 8)]
)
def test_whatever_happens_to_the_hall_nothing_is_lost_doubled_or_stuck(case: str, trials: int) -> None:
    found = faults.CASES[case](trials)
    assert found.trials == trials
    assert found.promises >= trials
    assert (found.lost, found.doubled, found.stuck) == (0, 0, 0), found.said


def test_what_was_promised_and_is_gone_is_counted() -> None:
    found = faults.Found()
    with faults.tempfile.TemporaryDirectory() as folder:
        store = faults.open_store(f"sqlite:///{folder}/relexp.sqlite3")
        id, _ = faults.opened(store)
        faults._compare(store, id, ["plan 7\n", "press 9\n", "pre"], ["Nobody"], found)
        store.close()
    assert (found.lost, found.promises) == (2, 4)


def test_of_a_table_that_is_not_what_was_told_everything_is_counted(tmp_path) -> None:
    store = faults.open_store(f"sqlite:///{tmp_path}/relexp.sqlite3")
    table_faults.seat_table(store)
    said: list[str] = []

    def stop(line: str) -> None:
        said.append(line)
        if line.startswith("undo "):
            raise InterruptedError

    with pytest.raises(InterruptedError):
        table_faults.works_on_table(store, "", 0, 0, stop)
    sound = faults.Found()
    table_faults.compare_table(store, said, sound)
    assert (sound.promises, sound.lost, sound.doubled) == (6, 0, 0), sound.said
    paste = next(line.split()[1] for line in said if line.endswith(f" {table_faults.ROWS}"))
    with store.database.writes() as connection:
        connection.execute(update(leaders).where(leaders.c.id == "row 7").values(role="x"))
        connection.execute(update(leader_changes).where(leader_changes.c.undoes != "").values(undoes=""))
        connection.execute(
            delete(leader_changes).where(leader_changes.c.deed == paste, leader_changes.c.leader_id == "row 9")
        )
        some = connection.execute(select(leader_changes).where(leader_changes.c.leader_id == "edited")).all()[-1]
        connection.execute(insert(leader_changes).values(some._asdict() | {"id": None}))
    found = faults.Found()
    table_faults.compare_table(store, said, found)
    store.close()
    # Half a paste, a cell that nobody wrote, an undo that is none; a change that is there twice, and what came of it.
    assert (found.lost, found.doubled >= 3) == (3, True), found.said


def test_what_a_learner_was_told_as_kept_and_is_gone_is_counted(tmp_path) -> None:
    store = faults.open_store(f"sqlite:///{tmp_path}/relexp.sqlite3")
    said: list[str] = []

    def stop(line: str) -> None:
        said.append(line)
        if len(said) == 6:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        learner_faults.learns(store, "", 0, 0, stop)
    sound = faults.Found()
    learner_faults.compare_learner(store, said, sound)
    assert (sound.promises, sound.lost, sound.doubled) == (6, 0, 0), sound.said
    with store.database.writes() as connection:
        connection.execute(delete(learner_events).where(learner_events.c.id.like("% 2 a")))
        connection.execute(update(learner_texts).values(revision=2))
    found = faults.Found()
    learner_faults.compare_learner(store, said, found)
    assert (found.lost, found.doubled) == (2, 1), found.said
    with store.database.writes() as connection:
        connection.execute(update(learner_texts).values(revision=4))
    found = faults.Found()
    learner_faults.compare_learner(store, said, found)
    store.close()
    assert (found.lost, found.doubled) == (1, 2), found.said


def test_each_case_is_said_as_it_begins_and_as_it_ends() -> None:
    command = [sys.executable, faults.__file__, "--quick", "--cases", "two_starts"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    begins, ends = said.stderr.splitlines()
    assert begins == "two_starts: 50 trials ..."
    assert ends.startswith("two_starts: promises 50, lost 0, doubled 0, stuck 0, seconds ")
    assert "| two_starts | 50 " in said.stdout


def test_phones_that_all_do_the_same_in_one_instant_are_each_in_once_with_a_card_of_their_own() -> None:
    found = hall.bursts(40)
    assert list(found) == ["link", "press", "look", "both", "twice"]
    assert [figures["errors"] for figures in found.values()] == [0] * 5
    assert [found[case]["doubled"] for case in ("look", "both", "twice")] == [0] * 3
