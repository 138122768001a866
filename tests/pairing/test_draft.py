"""The desk: seats and sums always agree, and no re-match makes an evening worse."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.pairing.draft import FREE, HELD, NOBODY, THIRD, Draft, trio_shares
from relexp.pairing.room import UNWISHED
from relexp.pairing.search import Pulse, fill, settle
from relexp.pairing.worth import GRAIN
from relexp.roster.rules import Across, NeverSame, Odd, Rules, Sides
from tests.pairing.desk import desk, groups, mixed, opened
from tests.pairing.verify_evenings import crowd
from tests.property.rooms import room as random_room


def recounted(draft: Draft) -> Draft:
    """The same seats on an empty desk, counted afresh."""
    fresh = Draft(draft.room, 1)
    for number, tables in enumerate(draft.tables):
        fresh.lay(number, tables.copy())
    return fresh


def assert_counts_agree(draft: Draft) -> None:
    fresh = recounted(draft)
    for what in ("met", "trios", "rests", "same"):
        assert np.array_equal(getattr(draft, what), getattr(fresh, what)), what
    assert np.array_equal(draft.sums, fresh.sums), "sums on the grid are exact in any order"


@given(st.integers(0, 400))
@settings(max_examples=25)
def test_seats_and_sums_agree_whatever_is_re_matched(seed: int) -> None:
    roster, rules = random_room(seed, 4, 24)
    room = opened(roster, rules)
    draft = Draft(room, seed)
    fill(draft, Pulse(None))
    assert_counts_agree(draft)
    for number in range(room.rounds):
        draft.take(number, np.arange(len(draft.tables[number])))
    assert not draft.sums.any()
    assert np.array_equal(draft.met, room.history)


@given(st.integers(0, 400))
@settings(max_examples=25)
def test_a_re_match_is_never_worse(seed: int) -> None:
    roster, rules = random_room(seed, 6, 24)
    draft = Draft(opened(roster, rules), seed)
    fill(draft, Pulse(None))
    for number in range(draft.room.rounds):
        free = np.nonzero(draft.states[number] != HELD)[0]
        if len(free) > 1:
            assert draft.rematch(number, free) >= 0


def test_a_re_match_gains_what_it_says() -> None:
    roster, rules = mixed(12, 1)
    draft = Draft(opened(roster, rules), 3)
    draft.lay(0, np.array([[2 * k, 2 * k + 1, NOBODY] for k in range(6)]))
    people = np.arange(12)
    before = draft.feeling.worth(people, draft.sums).sum()
    gain = draft.rematch(0, np.arange(6))
    after = draft.feeling.worth(people, draft.sums).sum()
    assert gain / GRAIN == pytest.approx(after - before, abs=1e-6)
    assert gain > 0


def test_only_the_third_of_a_wished_for_pair_is_dealt_anew() -> None:
    draft = desk(crowd(5), Rules(rounds=1), ["abe", "cd"], states=[(THIRD, FREE)])
    for _ in range(8):
        draft.rematch(0, np.array([0, 1]))
        assert any({"a", "b"} <= set(talk) for talk in groups(draft))


def test_someone_gets_the_mean_of_two_partners_in_a_trio() -> None:
    room = opened(*mixed(6, 1))
    x, y, z = (np.array([place]) for place in (0, 1, 2))
    shares = trio_shares(room, room.exact, x, y, z)
    for person, share in zip((0, 1, 2), shares, strict=True):
        others = [other for other in (0, 1, 2) if other != person]
        assert share[0] == pytest.approx(room.exact[person, others].mean())


def test_in_a_one_to_two_a_guest_has_the_host_alone() -> None:
    roster = crowd(3, {"side": ("guest", "host", "guest"), "x": ("0", "1", "4")})
    rules = Rules(rounds=1, sides=Sides(guests_per_host=2), across=(Across("x", kind="number"),))  # type: ignore[arg-type]
    room = opened(roster, rules)
    for order in permutations((0, 1, 2)):
        shares = trio_shares(room, room.exact, *(np.array([place]) for place in order))
        by_person = {place: float(share[0]) for place, share in zip(order, shares, strict=True)}
        assert by_person == pytest.approx({0: 0.25, 1: 0.5, 2: 0.75})


def test_a_same_group_trio_counts_once_for_each_and_rests_are_counted() -> None:
    roster = crowd(6, {"town": ("x", "x", "y", "x", "x", "y")})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST),))
    draft = desk(roster, rules, ["abc", "de", "f"])
    assert draft.same.tolist() == [[1, 1, 0, 1, 1, 0]]
    assert draft.trios.tolist() == [1, 1, 1, 0, 0, 0]
    assert draft.rests.tolist() == [0, 0, 0, 0, 0, 1]


def test_the_second_trio_goes_to_somebody_who_had_none() -> None:
    draft = desk(crowd(9), Rules(rounds=2), ["abc", "de", "fg", "hi"], ["adf", "be", "cg", "hi"])
    assert draft.trios.max() == 2
    settle(draft, range(2), Pulse(None))
    assert draft.trios.max() == 1


def test_rests_go_round() -> None:
    draft = desk(crowd(5), Rules(rounds=2, odd=Odd.REST), ["ab", "cd", "e"], ["ac", "bd", "e"])
    settle(draft, range(2), Pulse(None))
    assert draft.rests.max() == 1


def test_a_trio_beyond_the_cap_is_paid_for_as_a_broken_rule() -> None:
    roster = crowd(7, {"town": tuple("xxyyzzz")})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=1),))
    draft = desk(roster, rules, ["ab", "cd", "e", "f", "g"])
    mixed_trio, own = (draft.trio_values(np.array([4]), np.array([1]), np.array([place]))[0, 0] for place in (2, 0))
    assert mixed_trio - own >= UNWISHED


def test_whom_the_card_says_is_kept_where_the_gain_is_small() -> None:
    roster, rules = mixed(12, 1)
    for bonus, kept in ((10.0, True), (0.0, False)):
        draft = Draft(opened(roster, rules), 1)
        tables = np.array([[2 * k, 2 * k + 1, NOBODY] for k in range(6)])
        draft.keep, draft.bonus = [np.array([k + 1 - 2 * (k % 2) for k in range(12)])], bonus
        draft.lay(0, tables.copy())
        for _ in range(10):
            draft.rematch(0, np.arange(6))
        before, after = ({tuple(sorted(row)) for row in table.tolist()} for table in (tables, draft.tables[0]))
        assert (before == after) is kept


def test_with_the_dial_at_breadth_a_new_category_is_worth_more_than_a_known_one() -> None:
    roster = crowd(6, {"town": tuple("abbcdd")})
    for breadth in (0.0, 1.0):
        rules = Rules(rounds=2, breadth=breadth, across=(Across("town"),))
        draft = desk(roster, rules, ["ab", "cd", "ef"])
        values = draft.pair_values(np.array([0]), np.array([2, 3]))[0]
        assert bool(values[1] > values[0]) is bool(breadth)
        trio = draft.trio_values(np.array([4]), np.array([1]), np.array([0]))
        assert np.isfinite(trio).all()


@pytest.mark.parametrize("odd", list(Odd))
def test_who_is_dealt_anew_crosses_to_the_other_side(odd: Odd) -> None:
    roster = crowd(7, {"side": ("host", "host", "host", "guest", "guest", "guest", "guest")})
    rules = Rules(rounds=2, sides=Sides(), odd=odd)
    draft = Draft(opened(roster, rules), 2)
    fill(draft, Pulse(None))
    for talk in (talk for number in range(2) for talk in groups(draft, number)):
        assert len(talk) == 1 or ({*talk} & {*"abc"} and {*talk} & {*"defg"})
    assert sorted(map(len, groups(draft))) == ([2, 2, 3] if odd is Odd.TRIO else [1, 2, 2, 2])


def test_nobody_meets_twice_where_someone_new_is_left() -> None:
    draft = Draft(opened(crowd(8), Rules(rounds=4)), 5)
    fill(draft, Pulse(None))
    assert max(draft.met[pair] for pair in combinations(range(8), 2)) == 1
