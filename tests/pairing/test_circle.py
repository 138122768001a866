"""Tight evenings begin with a start in which nobody meets twice."""

from __future__ import annotations

from itertools import combinations

import pytest

from relexp.pairing.circle import fits, lay_circle
from relexp.pairing.draft import Draft
from relexp.roster.rules import Odd, Pin, Rules, Sides
from tests.pairing.desk import groups, opened
from tests.pairing.verify_evenings import crowd


@pytest.mark.parametrize("size", [2, 4, 8, 14, 20])
def test_everybody_meets_everybody_once(size: int) -> None:
    draft = Draft(opened(crowd(size), Rules(rounds=size - 1)), 3)
    assert fits(draft.room)
    lay_circle(draft)
    assert all(draft.met[pair] == 1 for pair in combinations(range(size), 2))


@pytest.mark.parametrize("hosts", [1, 3, 6])
def test_every_guest_meets_every_host_once(hosts: int) -> None:
    roster = crowd(2 * hosts, {"side": ("host", "guest") * hosts})
    draft = Draft(opened(roster, Rules(rounds=hosts, sides=Sides())), 3)
    assert fits(draft.room)
    lay_circle(draft)
    assert all(
        draft.met[i, j] == (draft.room.side[i] != draft.room.side[j]) for i, j in combinations(range(2 * hosts), 2)
    )
    assert all(len(talk) == 2 for number in range(hosts) for talk in groups(draft, number))


@pytest.mark.parametrize(("hosts", "rounds", "fine"), [(3, 3, True), (5, 4, True), (4, 3, False), (3, 4, False)])
def test_one_to_two_begins_so_only_with_an_odd_number_of_hosts(hosts: int, rounds: int, fine: bool) -> None:
    roster = crowd(3 * hosts, {"side": ("host", "guest", "guest") * hosts})
    draft = Draft(opened(roster, Rules(rounds=rounds, sides=Sides(guests_per_host=2))), 3)
    assert fits(draft.room) is fine
    if fine:
        lay_circle(draft)
        assert draft.met.max() == 1
        assert all(len(talk) == 3 for number in range(rounds) for talk in groups(draft, number))


@pytest.mark.parametrize(
    ("size", "rules", "parts"),
    [
        (5, Rules(rounds=3), {}),
        (4, Rules(rounds=4), {}),
        (4, Rules(rounds=2, present={"a": frozenset({1})}), {}),
        (4, Rules(rounds=2), {"rest": (frozenset({1}),)}),
        (4, Rules(rounds=2, pins=(Pin(1, ("a", "b")),)), {}),
        (4, Rules(rounds=2, locked=(Pin(1, ("a", "b")),)), {}),
        (4, Rules(rounds=2, odd=Odd.REST), {"under_18": (True,)}),
        (4, Rules(rounds=2, sides=Sides()), {"columns": {"side": ("host", "host", "host", "guest")}}),
        (4, Rules(rounds=3, sides=Sides()), {"columns": {"side": ("host", "host", "guest", "guest")}}),
    ],
)
def test_such_a_start_is_only_for_rooms_without_exceptions(size: int, rules: Rules, parts: dict[str, object]) -> None:
    assert not fits(opened(crowd(size, **parts), rules))  # type: ignore[arg-type]
