"""Who would like to meet again, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.reflection.again import FollowUp, Wish, both, to_ask

DAY = date(2026, 3, 6)
WISHES = st.lists(st.builds(Wish, st.sampled_from("abcd"), st.sampled_from("abcd")))


@given(WISHES)
def test_only_where_both_wish_it_is_either_told(wishes):
    found = both(wishes)
    asked = {(wish.one, wish.other) for wish in wishes}
    for one in "abcd":
        for other in "abcd":
            told = tuple(sorted((one, other))) in found
            assert told == (one != other and (one, other) in asked and (other, one) in asked)


def test_a_follow_up_is_open_until_it_happened_or_was_given_up():
    made = FollowUp("a", "b", "tea at the mosque", "a", DAY)
    assert made.open
    assert [made.late(DAY + timedelta(days)) for days in (-1, 0, 1)] == [False, False, True]
    kept, dropped = made.kept(DAY), made.given_up()
    assert not kept.open
    assert not kept.late(DAY + timedelta(9))
    assert not dropped.open
    assert dropped.kept(DAY) == kept
    assert kept.given_up() == dropped


@pytest.mark.parametrize("people", [("a", "b", "c"), ("a", "a", "a")])
def test_one_of_the_two_sees_to_a_follow_up(people):
    one, other, owner = people
    with pytest.raises(ValueError, match="one of the two"):
        FollowUp(one, other, "tea", owner, DAY)


def test_it_is_asked_after_a_week_and_after_a_month():
    def asked(days, answered=0):
        found = to_ask(DAY, DAY + timedelta(days), answered)
        return found and found.days

    assert [asked(days) for days in (0, 6, 7, 29, 30, 90)] == [None, None, 7, 7, 30, 30]
    assert [asked(days, 1) for days in (7, 29, 30)] == [None, None, 30]
    assert asked(90, 2) is None
