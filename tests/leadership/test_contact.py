"""One-to-ones: how evenly they are shared out, who had none, and who is stuck; numpy and plain counting agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid

from relexp.leadership.contact import BANDS, EQUAL_FIFTH, QUERIES, Stuck, contact, gini, stuck, top_share
from relexp.leadership.finding import asked
from relexp.leadership.leader import Row, Step
from tests.leadership.tables import TODAY, ago, row, rows

counts = st.lists(st.integers(0, 40), min_size=1, max_size=60)


@given(counts)
def test_the_gini_is_half_the_mean_difference_of_any_two_beside_the_mean(those: list[int]):
    values = np.array(those, float)
    if not values.sum():
        assert gini(those) is None
        return
    differences = np.abs(values[:, None] - values[None, :]).mean()
    assert gini(those) == pytest.approx(differences / (2 * values.mean()))


@given(counts)
def test_the_gini_is_what_lies_between_the_lorenz_curve_and_that_of_equal_contact(those: list[int]):
    values = np.sort(np.array(those, float))
    if values.sum():
        curve = np.concatenate([[0], values.cumsum() / values.sum()])
        under = trapezoid(curve, np.linspace(0, 1, len(curve)))
        assert gini(those) == pytest.approx(1 - 2 * under)


@given(counts, st.sampled_from([0.1, EQUAL_FIFTH, 0.5, 1.0]))
def test_the_share_of_the_top_fifth_is_read_off_the_lorenz_curve(those: list[int], part: float):
    values = np.sort(np.array(those, float))
    if not values.sum():
        assert top_share(those, part) is None
        return
    curve = np.concatenate([[0], values.cumsum() / values.sum()])
    below = np.interp(1 - part, np.linspace(0, 1, len(curve)), curve)
    assert top_share(those, part) == pytest.approx(1 - below)


@given(st.integers(1, 20_000), st.integers(1, 9))
def test_with_equal_contact_a_fifth_has_a_fifth_and_the_gini_is_nothing(people: int, each: int):
    assert top_share([each] * people) == pytest.approx(EQUAL_FIFTH)
    assert gini([each] * people) == pytest.approx(0)


def test_where_one_of_ten_had_all_the_fifth_had_all():
    found = contact([row("a", 12), *(row(f"L{number}") for number in range(9))], TODAY)
    assert (found.people, found.meetings, found.top_fifth) == (10, 12, 1)
    assert found.gini == pytest.approx(0.9)


def test_of_nobody_nothing_is_said():
    found = contact([], TODAY)
    assert (found.top_fifth, found.gini, found.never, found.stuck) == (None, None, (), ())
    assert [band.people for band in found.bands] == [0] * len(BANDS)


def test_people_are_counted_by_how_many_one_to_ones_they_had():
    found = contact([row(f"L{many}", many) for many in (0, 0, 1, 2, 3, 4, 5, 6, 40)], TODAY)
    assert [(band.least, band.most, band.people) for band in found.bands] == [
        (0, 0, 2), (1, 1, 1), (2, 2, 1), (3, 5, 3), (6, None, 2),
    ]  # fmt: skip


@given(rows())
def test_everybody_stands_in_one_band_and_whoever_had_none_is_named(table: list[Row]):
    found = contact(table, TODAY)
    assert sum(band.people for band in found.bands) == len(table) == found.people
    assert found.never == tuple(each.leader.id for each in table if each.met is None)


@given(rows())
def test_who_is_stuck_is_whom_the_table_shows_when_it_is_asked(table: list[Row]):
    found = stuck(table, TODAY)
    for why in Stuck:
        shown = [each.leader.id for each in table if asked(each, QUERIES[why], TODAY)]
        assert [each.leader for each in found if why in each.why] == shown
    assert all(each.why for each in found)


def test_somebody_is_stuck_for_every_reason_at_once_and_not_a_day_too_early():
    late = Step("Ring them", ago(31))
    table = [
        row("none", 1, 90),
        row("late", 1, 91, step=late),
        row("fine", 1, 90, step=Step("Ring them", ago(30))),
        row("new", step=Step("Ring them")),
    ]
    found = {each.leader: (each.why, each.late) for each in stuck(table, TODAY)}
    assert found == {
        "none": ((Stuck.NO_STEP,), 0),
        "late": ((Stuck.LATE, Stuck.UNMET), 31),
        "new": ((Stuck.UNMET,), 0),
    }
