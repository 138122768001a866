"""Every rule on tables: kept evenings pass, and each breach is told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relexp.roster.rules import Pin, Rules, Tables
from tests.pairing.verify_evenings import crowd, evening, said, seat, told

ONE, TWO = Rules(rounds=1), Rules(rounds=2)
FOUR, SIX = crowd(4), crowd(6)


def test_each_table_has_one_conversation() -> None:
    found = seat(evening(FOUR, ["ab", "cd"]), 1, ("c", 1))
    assert said(FOUR, ONE, found, "verify.table_shared") == [
        "Table 1 has two conversations in round 1. Move one of them."
    ]


@pytest.mark.parametrize("table", [0, -1, 4])
def test_only_tables_of_the_room_are_used(table: int) -> None:
    found = seat(evening(FOUR, ["ab", "cd"]), 1, ("a", table))
    assert told(FOUR, replace(ONE, tables=Tables(3)), found) == ["verify.table_number"]


def test_a_kept_seat_is_kept_every_round() -> None:
    roster = crowd(4, fixed_seat=(2,))
    right = seat(evening(roster, ["ab", "cd"], ["ac", "bd"]), 1, ("a", 2), ("c", 1))
    right = seat(right, 2, ("a", 2), ("b", 1))
    assert told(roster, TWO, right) == []
    assert said(roster, TWO, evening(roster, ["ab", "cd"], ["bd", "ac"]), "verify.fixed") == [
        "A keeps a seat, but round 1 puts them at table 1. Seat them where they stay."
    ]


def test_a_kept_seat_without_a_number_is_the_first_one_taken() -> None:
    roster = crowd(4, fixed_seat=(0,))
    assert told(roster, TWO, evening(roster, ["ab", "cd"], ["ac", "bd"])) == []
    assert told(roster, TWO, evening(roster, ["ab", "cd"], ["bd", "ac"])) == ["verify.fixed"]


@pytest.mark.parametrize(("seats", "table", "right"), [((1, 2), 1, True), ((1, 2), 2, True), ((1, 2), 3, False)])
def test_two_who_keep_seats_talk_at_a_table_of_one_of_them(seats: tuple[int, int], table: int, right: bool) -> None:
    roster = crowd(4, fixed_seat=seats)
    found = seat(evening(roster, ["ab", "cd"]), 1, ("a", table), ("c", 4))
    assert (told(roster, ONE, found) == []) is right


def test_adjacency_is_a_row_unless_the_room_is_otherwise() -> None:
    roster = crowd(4, fixed_seat=(1, 3))
    found = seat(evening(roster, ["ab", "cd"]), 1, ("c", 4))
    assert told(roster, ONE, found) == ["verify.reach", "verify.fixed"]
    for pair in ((1, 3), (3, 1)):
        assert told(roster, replace(ONE, tables=Tables(adjacent=frozenset({pair}))), found) == []
    near = crowd(4, fixed_seat=(1, 2))
    assert "verify.reach" in told(near, replace(ONE, tables=Tables(adjacent=frozenset())), evening(near, ["ab", "cd"]))


def test_a_guest_of_a_kept_seat_comes_from_the_next_table() -> None:
    roster = crowd(6, fixed_seat=(0, 0))
    found = evening(roster, ["ac", "bd", "ef"], ["ab", "ce", "df"])
    assert told(roster, TWO, found) == []
    away = seat(seat(found, 1, ("b", 3), ("e", 2)), 2)
    assert told(roster, TWO, away) == ["verify.fixed"]


def test_quiet_tables_go_to_those_who_need_quiet() -> None:
    roster = crowd(6, quiet=(True,))
    rules = replace(ONE, tables=Tables(quiet=frozenset({2})))
    assert said(roster, rules, evening(roster, ["ab", "cd", "ef"]), "verify.quiet") == [
        "Table 1 in round 1 needs quiet, and quiet table 2 could take it. Swap the two."
    ]
    assert told(roster, rules, evening(roster, ["cd", "ab", "ef"])) == []
    assert told(roster, replace(ONE, tables=Tables(3, quiet=frozenset({9}))), evening(roster, ["ab", "cd", "ef"])) == []


def test_quiet_tables_go_as_far_as_they_do() -> None:
    roster = crowd(6, quiet=(True, False, True))
    rules = replace(ONE, tables=Tables(quiet=frozenset({2})))
    assert told(roster, rules, evening(roster, ["ab", "cd", "ef"])) == []
    assert told(roster, rules, evening(roster, ["ab", "ef", "cd"])) == ["verify.quiet"]


def test_nobody_who_keeps_a_seat_is_moved_for_quiet() -> None:
    rules = replace(ONE, tables=Tables(quiet=frozenset({2})))
    stays = crowd(6, quiet=(True,), fixed_seat=(1,))
    assert told(stays, rules, evening(stays, ["ab", "cd", "ef"])) == []
    keeps = crowd(6, quiet=(True,), fixed_seat=(None, None, 2))
    assert told(keeps, rules, evening(keeps, ["ab", "cd", "ef"])) == []
    roster = crowd(6, quiet=(True,))
    happened = replace(rules, locked=(Pin(1, ("a", "b")),))
    assert told(roster, happened, evening(roster, ["ab", "cd", "ef"])) == []
