"""A hall and its faults, in short; `benchmarks/hall.py` and `benchmarks/faults.py` do the same by the hundred and thousand."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks import faults, hall

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
