"""The breadth dial: someone from a group you have met counts less than someone from a new one."""

from __future__ import annotations

import numpy as np
import pytest

from relexp.pairing.breadth import AGAIN, Breadth
from relexp.pairing.plan import plan
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind, Rules
from tests.pairing.desk import mixed, opened
from tests.pairing.verify_evenings import crowd


def met_categories(roster: Roster, rules: Rules) -> int:
    """How many different areas everybody has met, all together."""
    met = {
        (one, roster[other].values["area"]) for pair in plan(roster, rules).pairs() for one, other in (pair, pair[::-1])
    }
    return len(met)


def test_each_further_meeting_of_a_category_counts_half_of_the_one_before() -> None:
    roster = crowd(5, {"town": ("a", "b", "b", "b", ""), "age": tuple("12345")})
    across = (Across("town", 3.0), Across("age", 1.0, Kind.NUMBER), Across("age", 0.0))
    breadth = Breadth(opened(roster, Rules(rounds=3, breadth=1.0, across=across)))
    people, others = np.array([0]), np.array([1, 2, 3, 4])
    off = [breadth.stale(people, others)[0].tolist()]
    for place in (1, 2):
        breadth.count(np.array([[0, place, -1]]), 1)
        off.append(breadth.stale(people, others)[0].tolist())
    share = 0.75
    assert off[0] == [0.0] * 4
    assert off[1] == pytest.approx([share * (1 - AGAIN)] * 3 + [0.0])
    assert off[2] == pytest.approx([share * (1 - AGAIN**2)] * 3 + [0.0])


def test_what_is_taken_off_the_desk_is_forgotten() -> None:
    roster, rules = mixed(9, 1, breadth=0.5)
    breadth = Breadth(opened(roster, rules))
    tables = np.array([[0, 1, 2], [3, 4, -1], [5, -1, -1]])
    breadth.count(tables, 1)
    assert breadth.met[0].sum() == 8
    breadth.count(tables, -1)
    assert not any(met.any() for met in breadth.met)


def test_the_dial_brings_a_wider_range_of_people() -> None:
    roster, rules = mixed(30, 4)
    _, wide = mixed(30, 4, breadth=1.0)
    assert met_categories(roster, wide) >= met_categories(roster, rules)


def test_columns_of_no_weight_make_no_breadth() -> None:
    rules = Rules(rounds=1, breadth=1.0, across=(Across("town", 0.0),))
    breadth = Breadth(opened(crowd(2, {"town": ("a", "b")}), rules))
    assert breadth.stale(np.array([0]), np.array([1])).tolist() == [[0.0]]
