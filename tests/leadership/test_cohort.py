"""The made-up cohort is the same each time, looks like a real alliance, and holds together."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from itertools import pairwise

import pytest

from relexp.leadership.qualities import OFTEN
from relexp.leadership.spread import lone
from tests.cohort import YEARS, cohort


@pytest.mark.parametrize("people", [0, 3, 60, 300])
def test_it_is_the_same_for_the_same_seed_and_as_large_as_asked(people: int):
    made = cohort(people)
    assert made == cohort(people)
    assert len(made.rows) == people
    assert len({*made.names.values()}) == people


def test_it_looks_like_an_alliance_of_two_years():
    made = cohort()
    scripts = {
        unicodedata.name(letter).split()[0] for name in made.names.values() for letter in name if letter.isalpha()
    }
    assert scripts >= {"LATIN", "ARABIC", "BENGALI"}
    assert max(map(len, made.names.values())) > 30
    assert len({leader.institution for leader in made.leaders} - {""}) == 14
    assert len(lone(made.leaders)) >= 3
    assert {leader.stage for leader in made.leaders} == {stage.key for stage in made.board.ladder}
    assert any(row.met is None for row in made.rows)
    days = [line.day for line in made.evidence]
    assert min(days) < made.today - timedelta(days=YEARS - 60)
    assert max(days) <= made.today


def test_every_stage_follows_from_moves_and_every_move_from_evidence():
    made = cohort()
    lines = {line.id: line for line in made.evidence}
    for leader in made.leaders:
        way = [move for move in made.moves if move.leader == leader.id]
        assert way[-1].after == leader.stage
        for move, next in pairwise(way):
            assert move.after == next.before
        assert all(lines[move.evidence].leader == leader.id for move in way)
    assert {often for reading in made.readings for often in reading.habits.values()} <= {*OFTEN}
