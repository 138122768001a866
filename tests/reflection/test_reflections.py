"""A reflection has two axes, and somebody's reflections are a way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.reflection.reflections import LONGEST, Did, Named, Reflection, faults, how_much, journey

DAY = date(2026, 3, 6)
EMPTY = Reflection("spring", DAY)
AXIS = st.none() | st.integers(1, 5)
REFLECTIONS = st.lists(
    st.builds(
        Reflection,
        st.just("spring"),
        st.integers(0, 400).map(lambda days: DAY + timedelta(days)),
        AXIS,
        AXIS,
        different=st.sampled_from(["", "how she prays", "She told me of a winter without heating.", "word " * 20]),
    ),
    max_size=9,
)


def test_both_axes_can_be_high_at_once_and_either_left_out():
    assert faults(replace(EMPTY, sameness=5, difference=5)) == ()
    assert faults(EMPTY) == ()


@pytest.mark.parametrize("axis", ["sameness", "difference"])
@pytest.mark.parametrize("value", [0, 6, -1])
def test_an_axis_has_two_ends(axis, value):
    (fault,) = faults(replace(EMPTY, **{axis: value}))
    assert fault.key == axis
    assert "1" in fault.text()


def test_all_that_is_too_long_is_said_at_once():
    long = "x" * (LONGEST + 1)
    found = faults(replace(EMPTY, same=long, different=long, taught=long, power=long, step=long, sameness=9))
    assert [fault.key for fault in found] == ["sameness", "same", "different", "taught", "power", "step"]


def test_nothing_said_is_nothing():
    assert EMPTY.empty
    assert replace(EMPTY, same="  \n").empty
    for part in (
        {"sameness": 1},
        {"difference": 5},
        {"did": frozenset({Did.HID})},
        {"step": "call"},
        {"power": "hers"},
    ):
        assert not replace(EMPTY, **part).empty


@pytest.mark.parametrize(("words", "named"), [(0, 0), (1, 1), (3, 1), (4, 2), (14, 2), (15, 3)])
def test_how_much_was_written_is_counted_not_judged(words, named):
    assert how_much(" ".join(["word"] * words)) is Named(named)


@given(REFLECTIONS)
def test_a_way_is_told_from_its_earlier_half_to_its_later(reflections):
    found = journey(reflections)
    said = sorted((each for each in reflections if not each.empty), key=lambda each: each.day)
    assert [stop.day for stop in found.stops] == [each.day for each in said]
    assert (found.named is None) == (len(said) < 2)
    if found.deepens:
        half = len(said) // 2
        assert sum(stop.named for stop in found.stops[-half:]) > sum(stop.named for stop in found.stops[:half])
        assert found.sameness[1] >= found.sameness[0]
    assert journey([*reversed(reflections)]).named == found.named or len({each.day for each in said}) < len(said)


def test_a_way_that_names_more_while_sameness_holds_deepens():
    early = replace(EMPTY, sameness=3, difference=2, different="her faith")
    late = replace(
        early,
        day=DAY + timedelta(60),
        different="She keeps the fast because her mother did, and she told me what she misses.",
    )
    assert journey([late, early]).deepens is True
    assert journey([replace(late, sameness=2), early]).deepens is False
    assert journey([early]).deepens is None
    assert journey([replace(early, sameness=None), replace(late, sameness=None)]).deepens is None
