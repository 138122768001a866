"""Growth: changes of stage by quarter with their evidence, steps after a training, and who developed another."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.evidence import Evidence, Kind, Move
from relexp.leadership.growth import WITHIN, After, Quarter, after_training, developing, movement
from relexp.leadership.ladder import default_ladder
from tests.leadership.tables import STAGES, TODAY, ago

LADDER = default_ladder()
KEYS = [stage.key for stage in LADDER]
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
moves = st.lists(st.builds(Move, st.just("L1"), DAYS, st.sampled_from(STAGES), st.sampled_from(STAGES)), max_size=30)


@given(DAYS)
def test_a_quarter_has_the_days_of_three_months(day: date):
    quarter = Quarter.of(day)
    assert quarter == ((day.year, 1 + (day.month - 1) // 3))
    assert Quarter.of(day + timedelta(days=92)) in (quarter.next, quarter.next.next)
    assert quarter < quarter.next


def way(move: Move) -> str:
    """Where somebody went, by the ladder as it stands."""
    if not move.before and move.after in KEYS:
        return "new"
    if move.before not in KEYS or move.after not in KEYS or move.before == move.after:
        return "other"
    return "up" if KEYS.index(move.after) > KEYS.index(move.before) else "down"


@given(moves)
def test_every_change_of_stage_stands_in_its_quarter_once(those: list[Move]):
    found = movement(those, (), LADDER)
    told = Counter(
        (each.quarter, kind, moved.move)
        for each in found
        for kind in ("up", "down", "new", "other")
        for moved in getattr(each, kind)
    )
    assert told == Counter((Quarter.of(move.day), way(move), move) for move in those)


@given(moves)
def test_no_quarter_is_left_out_between_the_first_change_and_the_last(those: list[Move]):
    quarters = [each.quarter for each in movement(those, (), LADDER)]
    assert all(next == quarter.next for quarter, next in pairwise(quarters))
    if those:
        assert quarters[0] == Quarter.of(min(move.day for move in those))
        assert quarters[-1] == Quarter.of(max(move.day for move in those))


def test_a_change_stands_with_its_line_of_evidence_and_without_one_where_it_is_gone():
    line = Evidence("e1", "a", Kind.HOSTED, ago(5), "Welcomed everybody")
    those = [
        Move("a", ago(4), "met", "team", "e1"),
        Move("b", ago(5), "team", "met", "gone"),
        Move("c", ago(5), "", "met"),
    ]
    (found,) = movement(those, [line], LADDER)
    assert [moved.evidence for moved in found.up] == [line]
    assert [moved.evidence for moved in (*found.down, *found.new)] == [None, None]


trainings = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(("taster", "six_day")), st.integers(-5, 150).map(ago)),
    max_size=12,
    unique_by=lambda each: each[:2],
)
steps = st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 200).map(ago)), max_size=12)


@given(trainings, steps)
def test_of_each_training_it_is_counted_who_agreed_on_a_step_in_the_thirty_days_after_it(those, made):
    for each in after_training(those, made, TODAY):
        over = [(id, day) for id, key, day in those if key == each.training and (TODAY - day).days > WITHIN]
        after = {id: {day + timedelta(days=number) for number in range(31)} for id, day in over}
        before = {id: {day - timedelta(days=number) for number in range(1, 32)} for id, day in over}
        assert each.people == len(over)
        assert each.stepped == sum(1 for id in after if {day for who, day in made if who == id} & after[id])
        assert each.before == sum(1 for id in before if {day for who, day in made if who == id} & before[id])
        assert each.open == sum(1 for id, key, day in those if key == each.training) - len(over)


def test_the_days_before_a_training_are_as_many_as_those_after_it():
    those = [(id, "taster", ago(40)) for id in "abcd"]
    made = [("a", ago(71)), ("b", ago(72)), ("c", ago(10)), ("d", ago(9))]
    assert after_training(those, made, TODAY) == (After("taster", 4, 1, 1, 0),)


def test_a_training_of_the_last_thirty_days_is_not_counted_yet_even_where_a_step_was_made():
    those = [("a", "taster", ago(30)), ("b", "taster", ago(31)), ("c", "taster", date(1, 1, 1))]
    found = after_training(those, [("a", ago(29)), ("b", ago(1))], TODAY)
    assert found == (After("taster", 2, 1, 0, 1),)


records = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(("", *"abcde")), DAYS), max_size=20)


@given(records)
def test_whoever_developed_another_is_told_once_a_quarter_and_as_new_once(those):
    found = developing(those)
    meant = [(by, Quarter.of(day)) for id, by, day in those if by and by != id]
    for each in found:
        assert sorted(each.leaders) == sorted({by for by, quarter in meant if quarter == each.quarter})
        firsts = {by for by, quarter in meant if quarter == min(q for b, q in meant if b == by) == each.quarter}
        assert {*each.first} == firsts
    quarters = [each.quarter for each in found]
    assert all(next == quarter.next for quarter, next in pairwise(quarters))
    assert {quarter for _, quarter in meant} <= {*quarters}
