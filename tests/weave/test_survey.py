"""A survey says what changed, how surely, and what so few people could not have shown."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_rel
from statsmodels.stats.weightstats import DescrStatsW

from relexp.weave.survey import QUESTIONS, Answered, Answers, Moment, Says, change, share, smallest_effect

DAY = date(2026, 3, 6)
BEFORE, AFTER, LATER = Moment


def answered(rows, question="trust", gathering="spring", day=DAY):
    """One person a row, with what they answered before and after."""
    return [
        Answers(f"c{place}", gathering, day, moment, {question: value})
        for place, row in enumerate(rows)
        for moment, value in zip((BEFORE, AFTER), row, strict=True)
    ]


ROWS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=40)


@given(ROWS)
def test_a_change_is_what_scipy_and_statsmodels_say_it_is(rows):
    found = change(answered(rows), "trust", BEFORE, AFTER)
    before, after = np.array(rows).T
    changes = after - before
    assert (found.first, found.then) == (np.median(before), np.median(after))
    assert found.mean == pytest.approx(changes.mean())
    if not changes.std():
        assert (found.low, found.high, found.effect) == (found.mean, found.mean, None)
        return
    assert (found.low, found.high) == pytest.approx(DescrStatsW(changes).tconfint_mean(0.05))
    test = ttest_rel(after, before)
    assert found.effect == pytest.approx(test.statistic / len(rows) ** 0.5)
    # the interval leaves zero out just where the test would call it more than chance
    assert (found.says is not Says.UNCLEAR) == (test.pvalue < 0.05)
    assert found.says is {True: Says.ROSE, False: Says.FELL}[found.mean > 0] or found.says is Says.UNCLEAR
    assert found.moved is None or sum(found.moved) == len(rows)


def test_fewer_than_five_are_told_as_their_number_alone():
    found = change(answered([(1, 5)] * 4), "trust", BEFORE, AFTER)
    assert (found.says, found.count) == (Says.TOO_FEW, 4)
    assert {found.first, found.mean, found.low, found.effect, found.smallest, found.moved} == {None}


def test_a_handful_among_many_is_not_counted_apart():
    assert change(answered([(2, 3)] * 10 + [(3, 2)] * 4), "trust", BEFORE, AFTER).moved is None
    assert change(answered([(2, 3)] * 10 + [(3, 2)] * 5), "trust", BEFORE, AFTER).moved == (10, 0, 5)


def test_so_few_people_can_show_a_large_change_alone():
    # Cohen 1988, table 2.4.1 gives 0.5 for 33 pairs and 0.8 for 15 at this power, to the first figure
    assert smallest_effect(33) == pytest.approx(0.5, abs=0.01)
    assert smallest_effect(15) == pytest.approx(0.8, abs=0.03)
    assert smallest_effect(30) == pytest.approx(2.8 / 30**0.5, rel=0.05)


def test_a_survey_shows_its_smallest_change_in_four_of_five_tries():
    count, dice = 20, np.random.Generator(np.random.PCG64(1))
    drawn = dice.normal(smallest_effect(count), 1, (4000, count))
    mean, reach = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / count**0.5 * 2.093
    assert np.mean(np.abs(mean) > reach) == pytest.approx(0.8, abs=0.02)


def test_whoever_was_at_several_gatherings_counts_once_at_their_first():
    spring = answered([(1, 2)] * 6)
    autumn = answered([(5, 1)] * 6, gathering="autumn", day=DAY + timedelta(200))
    for order in (spring + autumn, autumn + spring):
        found = change(order, "trust", BEFORE, AFTER)
        assert (found.count, found.mean) == (6, 1)


def test_who_answered_once_alone_is_in_no_change():
    rows = answered([(1, 2)] * 6)
    assert change([*rows, Answers("late", "spring", DAY, AFTER, {"trust": 5})], "trust", BEFORE, AFTER).count == 6
    assert change(rows, "trust", BEFORE, LATER).count == 0
    assert change(rows, "ease", BEFORE, AFTER).count == 0


def test_a_share_stands_with_its_interval():
    met = [Answers(f"c{n}", "spring", DAY, LATER, {"met": int(n < 12)}) for n in range(30)]
    found = share(met, "met", LATER)
    assert (found.yes, found.count) == (12, 30)
    # Wilson 1927, by hand: (p + z²/2n ± z √(pq/n + z²/4n²)) / (1 + z²/n)
    z, p, n = 1.959964, 0.4, 30
    middle, reach = p + z * z / 2 / n, z * (p * (1 - p) / n + z * z / 4 / n / n) ** 0.5
    assert (found.low, found.high) == pytest.approx(
        ((middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n))
    )
    assert share([*met, Answers("c0", "spring", DAY, BEFORE, {"met": 1})], "met", LATER) == found
    assert share([*met, Answers("c0", "autumn", DAY + timedelta(9), LATER, {"met": 0})], "met", LATER) == found


@pytest.mark.parametrize(("yes", "count"), [(0, 4), (3, 30), (27, 30)])
def test_a_share_of_a_handful_is_not_told(yes, count):
    rows = [Answers(f"c{n}", "spring", DAY, LATER, {"met": int(n < yes)}) for n in range(count)]
    assert share(rows, "met", LATER).yes is None
    assert share(rows, "met", LATER).count == count


def test_a_question_holds_what_can_be_answered():
    trust = next(question for question in QUESTIONS if question.key == "trust")
    assert [trust.holds(value) for value in (0, 1, 5, 6)] == [False, True, True, False]
    assert {question.answered for question in QUESTIONS} == {*Answered}
    assert len([question for question in QUESTIONS if BEFORE in question.asked]) == 4
