"""The door to the solver of yes-or-no choices."""

from __future__ import annotations

import numpy as np
import pytest

from relexp.pairing.integer import Program, Unproven


def cover(prices: list[float], sets: list[list[int]]) -> Program:
    """Every row is to be covered once."""
    program = Program(np.array(prices), np.ones(len(prices)))
    for members in sets:
        program.bind(members, 1.0, 1.0)
    return program


def test_the_cheapest_choice_is_found() -> None:
    assert cover([3.0, 1.0, 1.0], [[0, 1], [0, 2]]).solve(10).tolist() == [False, True, True]  # type: ignore[union-attr]


def test_three_halves_are_no_answer_where_choices_are_whole() -> None:
    # three people, each pair a choice of price 1, resting costs 3: without whole numbers three half pairs cost 1.5
    program = cover([1.0, 1.0, 1.0, 3.0, 3.0, 3.0], [[0, 1, 3], [0, 2, 4], [1, 2, 5]])
    chosen = program.solve(100)
    assert chosen is not None
    assert float(program.prices @ chosen) == pytest.approx(4.0)


def test_nothing_fits_or_nothing_is_cheap_enough() -> None:
    assert cover([1.0, 1.0], [[0], [1], [0, 1]]).solve(10) is None
    assert cover([1.0, 1.0, 1.0], [[0, 1], [0, 2], [1, 2]]).solve(10) is None, (
        "half of each would do, whole ones do not"
    )
    assert cover([3.0, 1.0, 1.0], [[0, 1], [0, 2]]).solve(10, below=1.5) is None


def test_what_counts_against_a_row_is_taken_off_it() -> None:
    program = Program(np.array([-1.0, 1.0]), np.array([3.0, 3.0]))
    program.bind([0], -5.0, 1.0, [1])
    program.bind([1], 1.0, 3.0)
    chosen = program.solve(10)
    assert chosen is not None
    assert chosen.tolist() == [True, True]


def test_a_search_given_up_early_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late:
        status, x, fun = 1, None, None

    monkeypatch.setattr("relexp.pairing.integer.milp", lambda **_: Late)
    with pytest.raises(Unproven):
        cover([1.0], [[0]]).solve(1)
