"""The room as arrays: who may talk with whom, how different they are, and who is there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from relexp.pairing.room import GRID, Room, open_room
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Repeats, Rules, Sides, Tables
from tests.pairing.desk import mixed, opened
from tests.pairing.verify_evenings import crowd


def pairs(room: Room, table: np.ndarray) -> set[str]:
    """The pairs that a table marks, as words; it must be symmetric."""
    assert (table == table.T).all()
    return {room.ids[i] + room.ids[j] for i, j in zip(*np.nonzero(np.triu(table, 1)), strict=True)}


def test_differences_stand_on_a_grid_that_any_machine_adds_up_the_same() -> None:
    room = opened(*mixed(40))
    assert np.array_equal(room.d * GRID, np.rint(room.d * GRID))
    assert np.abs(room.d - room.exact).max() <= 0.5 / GRID


def test_people_kept_apart_are_apart_and_so_are_those_an_interpreter_sits_with() -> None:
    roster = crowd(4, interpreter_for=(None, None, None, "a"))
    room = opened(roster, Rules(rounds=1, keep_apart=frozenset({("d", "b"), ("a", "nobody")})))
    assert room.ids == ("a", "b", "c")
    assert pairs(room, room.apart) == {"ab"}
    assert room.apart.diagonal().all()


def test_people_without_a_language_in_common_are_apart_and_a_blank_fits_all() -> None:
    roster = crowd(4, {"languages": ("welsh", "arabic; welsh", "somali", "")})
    room = opened(roster, Rules(rounds=1, share=("languages",)))
    assert pairs(room, room.apart) == {"ac", "bc"}


def test_any_column_can_be_one_to_share() -> None:
    room = opened(crowd(3, {"topic": ("rent", "buses", "")}), Rules(rounds=1, share=("topic",)))
    assert pairs(room, room.apart) == {"ab"}


def test_someone_who_asked_for_women_only_is_apart_from_everybody_else() -> None:
    roster = crowd(4, women_only=(True,), gender=("woman", "F", "man", ""))
    room = opened(roster, Rules(rounds=1))
    assert pairs(room, room.apart) == {"ac", "ad"}


def test_people_who_keep_seats_far_from_each_other_are_apart() -> None:
    roster = crowd(4, fixed_seat=(1, 2, 3))
    room = opened(roster, Rules(rounds=1))
    assert pairs(room, room.apart) == {"ac"}
    near = opened(roster, Rules(rounds=1, tables=Tables(adjacent=frozenset({(3, 1)}))))
    assert pairs(near, near.apart) == {"ab", "bc"}


def test_only_seats_that_the_planner_chose_are_told_from_those_the_sheet_names() -> None:
    named = opened(crowd(4, fixed_seat=(1, 2, 3)), Rules(rounds=1))
    assert not named.far.any()
    chosen = opened(crowd(4, fixed_seat=(0, 0, 0)), Rules(rounds=1))
    assert pairs(chosen, chosen.far) == {"ac"}


def test_quiet_people_are_better_not_sent_to_a_kept_seat_in_the_noise() -> None:
    roster = crowd(4, fixed_seat=(3, 1), quiet=(False, False, True))
    room = opened(roster, Rules(rounds=1, tables=Tables(quiet=frozenset({1}))))
    assert pairs(room, room.uneasy) == {"ac"}
    assert not opened(roster, Rules(rounds=1)).uneasy.any()


def test_a_firm_group_is_never_wished_for_and_a_blank_is_in_no_group() -> None:
    roster = crowd(5, {"town": ("bow", " Bow ", "", "", "leeds")})
    firm = opened(roster, Rules(rounds=1, across=(Across("town", never_same=NeverSame.HARD),)))
    assert pairs(firm, firm.grouped) == pairs(firm, firm.unwished) == {"ab"}
    assert not firm.same
    soft = opened(roster, Rules(rounds=1, across=(Across("town", never_same=NeverSame.FEWEST, cap=2),)))
    assert not soft.unwished.any()
    assert pairs(soft, soft.same[0]) == {"ab"}
    assert soft.caps == (2,)


@pytest.mark.parametrize(("repeats", "unwished"), [(Repeats.NEVER, {"ab"}), (Repeats.FEWEST, set())])
def test_people_who_met_before_meet_again_only_where_that_is_allowed(repeats: Repeats, unwished: set[str]) -> None:
    room = opened(crowd(4), Rules(rounds=1, repeats=repeats, met_before=frozenset({("b", "a"), ("a", "z")})))
    assert pairs(room, room.unwished) == unwished
    assert pairs(room, room.history > 0) == {"ab"}


def test_who_is_there_and_who_asked_to_rest_is_known_round_by_round() -> None:
    roster = crowd(3, rest=(frozenset({2}), frozenset({1})))
    room = opened(roster, Rules(rounds=3, present={"b": frozenset({2, 3})}))
    assert room.seats().tolist() == [2, 2, 3]
    assert [room.talking(round).tolist() for round in range(3)] == [[0, 2], [1, 2], [0, 1, 2]]
    assert not room.asked[1].any(), "a rest in a round one misses is none"
    assert (room.size, room.rounds) == (3, 3)


def test_a_conversation_of_two_crosses_sides_and_keeps_under_18s_among_themselves() -> None:
    everybody = np.arange(3)
    roster = crowd(3, {"side": ("HOST", " guest", "guest")})
    sided = opened(roster, Rules(rounds=1, sides=Sides()))
    assert pairs(sided, sided.alone_bad(everybody, everybody)) == {"bc"}
    assert sided.sided
    assert not sided.one_to_two
    assert opened(roster, Rules(rounds=1, sides=Sides(guests_per_host=2))).one_to_two
    family = opened(crowd(3, under_18=(True, True), responsible_adult=("c",)), Rules(rounds=1))
    assert pairs(family, family.alone_bad(everybody, everybody)) == {"ac", "bc"}
    assert family.guardian.tolist() == [2, -1, -1]
    assert not family.sided


def test_interpreters_have_no_place_of_their_own() -> None:
    roster = crowd(3, interpreter_for=("c",))
    room = open_room(roster, Rules(rounds=2, across=(Across("x", kind=Kind.SET),)))
    assert room.ids == ("b", "c")
    assert room.exact.shape == (2, 2)


def test_a_room_of_nobody_is_a_room() -> None:
    room = open_room(Roster(()), Rules(rounds=2))
    assert room.size == 0
    assert room.rounds == 2


def test_a_breach_costs_more_the_higher_the_rule_it_breaks() -> None:
    roster = Roster(tuple(Person(id, id, values={"town": town}) for id, town in zip("abc", "xxy", strict=True)))
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.HARD),))
    room = opened(roster, replace(rules, keep_apart=frozenset({("a", "c")})))
    apart, grouped, free = (float(room.barred[pair]) for pair in ((0, 2), (0, 1), (1, 2)))
    assert apart > 4 * grouped > 0
    assert free == 0
