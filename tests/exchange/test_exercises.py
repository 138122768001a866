"""An exercise as it lies in its folder, and work on it with the lines where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from relexp.exchange.exercises import load_exercise, read_work
from relexp.messages import FaultsFound

PLAN = Path(__file__).parents[2] / "exercises" / "mend-the-plan"


def test_a_fault_of_the_work_has_its_line() -> None:
    exercise = load_exercise(PLAN)
    with pytest.raises(FaultsFound) as found:
        read_work(exercise, 'name = "Ours"\n\n[[part]]\nminutes = "ten"\n')
    assert [(fault.line, fault.key) for fault in found.value.faults] == [(4, "part[1].minutes")]


def test_a_folder_with_nothing_in_it_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound):
        load_exercise(tmp_path)


def test_work_is_never_run() -> None:
    exercise = load_exercise(PLAN)
    assert read_work(exercise, "name = \"__import__('os').abort()\"")["name"] == "__import__('os').abort()"
