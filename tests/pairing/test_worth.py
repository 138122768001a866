"""What a conversation is worth: difference, evenness, and prices that no gain of a lower level outweighs."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.pairing import worth
from relexp.pairing.room import PROTECT, UNEASY, UNWISHED
from relexp.pairing.worth import EVENLY, Feeling, lonely_minor, lopsided, pair_price, same_price
from relexp.roster.rules import Across, NeverSame, Repeats, Rules, Sides
from tests.pairing.desk import desk, opened
from tests.pairing.verify_evenings import crowd

ONE = np.array([0])


@given(
    st.floats(0, 5),
    st.floats(0.01, 2),
    st.floats(0.01, 2),
    st.floats(0, 1),
)
def test_more_difference_is_worth_more_but_each_further_bit_less(
    start: float, step: float, next: float, threshold: float
) -> None:
    feeling = Feeling(np.array([8.0]), threshold)
    low, middle, high = (
        float(feeling.worth(ONE, np.array([s]))[0]) for s in (start, start + step, start + step + next)
    )
    assert low < middle < high
    assert (middle - low) / step >= (high - middle) / next - 1e-6


def test_whoever_is_below_the_threshold_is_pulled_up() -> None:
    plain, pulling = Feeling(np.array([4.0])), Feeling(np.array([4.0]), 0.5)
    poor, rich = np.array([1.0]), np.array([3.0])
    assert pulling.worth(ONE, poor) < plain.worth(ONE, poor)
    assert pulling.worth(ONE, rich) == plain.worth(ONE, rich)


def test_prices_stand_on_levels_that_no_lower_one_reaches() -> None:
    levels = [PROTECT, UNWISHED, worth.REPEAT, worth.SHARED, worth.MEETING, worth.EVENLY]
    assert levels == sorted(levels, reverse=True)
    assert UNEASY > 1


@pytest.mark.parametrize(("repeats", "price"), [(Repeats.NEVER, UNWISHED), (Repeats.FEWEST, worth.REPEAT)])
def test_a_second_meeting_has_its_price(repeats: Repeats, price: float) -> None:
    draft = desk(crowd(4), Rules(rounds=2, repeats=repeats), ["ab", "cd"])
    costs = pair_price(draft.room, draft.met, np.array([0]), np.array([1, 2]))
    assert costs.tolist() == [[price, 0.0]]


def test_same_group_talks_are_shared_out_where_there_is_no_cap_and_free_up_to_one_where_there_is() -> None:
    roster = crowd(4, {"town": ("x", "x", "x", "y")})
    fewest = Rules(rounds=3, across=(Across("town", never_same=NeverSame.FEWEST),))
    had = np.array([[2, 0, 0, 0]])
    first, third = (
        float(same_price(opened(roster, fewest), had, np.array([one]), np.array([2]), EVENLY)[0, 0]) for one in (1, 0)
    )
    assert 0 < first < third
    capped = Rules(rounds=3, across=(Across("town", never_same=NeverSame.FEWEST, cap=2),))
    room = opened(roster, capped)
    within, beyond, across = (
        float(same_price(room, had, np.array([one]), np.array([other]), EVENLY)[0, 0])
        for one, other in ((1, 2), (0, 2), (0, 3))
    )
    assert across == 0
    assert 0 < within < UNWISHED <= beyond


@pytest.mark.parametrize(
    ("people", "bad"), [("abc", False), ("abd", False), ("acd", True), ("cde", False), ("bde", False)]
)
def test_a_single_under_18_in_a_trio_needs_their_own_adult(people: str, bad: bool) -> None:
    # a and b are under 18, b's adult is e
    roster = crowd(5, under_18=(True, True), responsible_adult=(None, "e"))
    room = opened(roster, Rules(rounds=1))
    for order in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        seats = [np.array([room.ids.index(people[place])]) for place in order]
        assert bool(lonely_minor(room, *seats)[0]) is bad


@pytest.mark.parametrize("guests_per_host", [1, 2])
def test_a_trio_holds_both_sides_and_a_one_to_two_one_host(guests_per_host: int) -> None:
    sides = ("host", "host", "host", "guest", "guest", "guest")
    room = opened(crowd(6, {"side": sides}), Rules(rounds=1, sides=Sides(guests_per_host=guests_per_host)))
    for trio in product(range(6), repeat=3):
        guests = sum(place > 2 for place in trio)
        wrong = guests != 2 if guests_per_host == 2 else guests in (0, 3)
        assert bool(lopsided(room, *(np.array([place]) for place in trio))[0]) is wrong
