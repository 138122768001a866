"""Tables: who keeps a seat stays, quiet people sit quietly, and few others move."""

from __future__ import annotations

from itertools import pairwise

import pytest

import relexp.pairing.seating
from relexp.pairing.evening import Conversation, Round
from relexp.pairing.plan import plan
from relexp.pairing.seating import furnish, quiet_tables, seat, tables_told
from relexp.roster.rules import Rules, Tables
from tests.pairing.desk import mixed
from tests.pairing.verify_evenings import crowd

ROUNDS = [[("a", "b"), ("c", "d"), ("e", "f")], [("a", "c"), ("b", "e"), ("d", "f")]]


def moves(seated: list[list[int]], rounds: list[list[tuple[str, str]]]) -> int:
    """How many people change tables from one round to the next, all together."""
    at = [
        {id: table for talk, table in zip(*both, strict=True) for id in talk}
        for both in zip(rounds, seated, strict=True)
    ]
    return sum(before[id] != after[id] for before, after in pairwise(at) for id in before)


def test_one_of_each_pair_stays_where_they_are() -> None:
    rules = Rules(rounds=2)
    seated = seat(ROUNDS, crowd(6), rules, furnish(crowd(6), rules))
    assert sorted(seated[0]) == [1, 2, 3]
    assert moves(seated, ROUNDS) == 3


@pytest.mark.parametrize("many", [0, 400])
def test_a_large_hall_is_seated_chain_by_chain_and_as_calmly(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.seating, "MANY", many)
    roster, rules = mixed(30, 4)
    evening = plan(roster, rules)
    rounds = [[(talk.people[0], talk.people[-1]) for talk in round.conversations] for round in evening.rounds]
    seated = seat(rounds, roster, rules, furnish(roster, rules))
    assert all(sorted(tables) == list(range(1, 16)) for tables in seated)
    assert moves(seated, rounds) <= 3 * 20


def test_a_chain_may_close_or_begin_with_somebody_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.seating, "MANY", 0)
    roster, rules = crowd(8), Rules(rounds=2)
    rounds = [[("a", "b"), ("c", "d")], [("b", "c"), ("a", "d"), ("e", "f"), ("g", "h")]]
    seated = seat(rounds, roster, rules, furnish(roster, rules))
    assert sorted(seated[1]) == [1, 2, 3, 4]
    assert {*seated[1][:2]} == {*seated[0]}


def test_whoever_keeps_a_seat_is_there_every_round() -> None:
    roster = crowd(6, fixed_seat=(3, 0))
    rules = Rules(rounds=2)
    furniture = furnish(roster, rules)
    assert furniture.fixed == {"a": 3, "b": 1}
    rounds = [[("a", "c"), ("b", "d"), ("e", "f")], [("a", "b"), ("c", "d"), ("e", "f")]]
    seated = seat(rounds, roster, rules, furniture)
    assert seated[0][:2] == [3, 1]
    assert seated[1][0] == 3
    assert {*seated[1]} <= {1, 2, 3}


def test_two_who_keep_seats_and_talk_leave_the_other_table_to_nobody_else_first() -> None:
    roster = crowd(4, fixed_seat=(1, 2))
    rules = Rules(rounds=1)
    assert seat([[("a", "b"), ("c", "d")]], roster, rules, furnish(roster, rules)) == [[1, 2]]
    three = crowd(6, fixed_seat=(1, 2, None, None))
    assert seat([[("a", "b"), ("c", "d"), ("e", "f")]], three, rules, furnish(three, rules))[0][0] == 1


def test_people_who_need_quiet_sit_at_quiet_tables() -> None:
    roster = crowd(6, quiet=(False, False, False, False, True))
    named = Rules(rounds=2, tables=Tables(quiet=frozenset({3})))
    seated = seat(ROUNDS, roster, named, furnish(roster, named))
    assert [tables[place] for tables, place in zip(seated, (2, 1), strict=True)] == [3, 3]
    unnamed = Rules(rounds=2)
    assert furnish(roster, unnamed).quiet == {1}
    seated = seat(ROUNDS, roster, unnamed, furnish(roster, unnamed))
    assert [tables[place] for tables, place in zip(seated, (2, 1), strict=True)] == [1, 1]


def test_a_kept_seat_of_no_number_is_quiet_for_those_who_need_it_and_not_for_others() -> None:
    roster = crowd(6, fixed_seat=(0, 0), quiet=(False, True))
    rules = Rules(rounds=1, tables=Tables(count=4, quiet=frozenset({2})))
    assert furnish(roster, rules).fixed == {"a": 1, "b": 2}
    assert furnish(roster, rules, {"a": 4}).fixed == {"a": 4, "b": 2}, "who sits already stays"
    full = crowd(6, fixed_seat=(0, 0, 0), quiet=(True, True, True))
    found = furnish(full, Rules(rounds=1, tables=Tables(count=2, quiet=frozenset({2})))).fixed
    assert found["a"] == 2
    assert found["b"] == 1


def test_there_are_tables_enough_for_all_and_as_many_as_the_room_has() -> None:
    roster = crowd(4)
    rules = Rules(rounds=1, tables=Tables(count=9, quiet=frozenset({5})))
    assert furnish(roster, rules).least == 5
    assert seat([], roster, rules, furnish(roster, rules)) == []
    assert seat([[("a", "b"), ("c", "d")]], roster, Rules(), furnish(roster, Rules())) == [[1, 2]]


def test_those_who_sit_already_stay_where_they_are() -> None:
    rules = Rules(rounds=1, tables=Tables(count=5))
    roster = crowd(4)
    assert seat([[("a", "b"), ("c", "d")]], roster, rules, furnish(roster, rules), {"a": 4, "d": 2}) == [[4, 2]]


def test_whoever_has_the_same_partner_keeps_the_table_on_their_card() -> None:
    roster, rules = crowd(8), Rules(rounds=2)
    rounds = (
        Round(1, (Conversation(("a", "b"), 4), Conversation(("c", "d"), 2), Conversation(("e", "f"), 1))),
        Round(2, (Conversation(("a", "c"), 1), Conversation(("b", "d"), 3), Conversation(("e", "f"), 4))),
    )
    new = [[("a", "b"), ("c", "g"), ("e", "f")], [("a", "c"), ("b", "d"), ("e", "h", "f")]]
    seated = seat(new, roster, rules, furnish(roster, rules), {"a": 3, "c": 4}, tables_told(rounds))
    assert seated == [[4, 2, 1], [1, 3, 4]]


def test_a_card_gives_way_to_a_kept_seat_and_to_quiet() -> None:
    told = [{"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 3}]
    keeping = crowd(6, fixed_seat=(None, None, None, None, 2))
    rules = Rules(rounds=1, tables=Tables(count=4))
    seated = seat([[("a", "b"), ("c", "d"), ("e", "f")]], keeping, rules, furnish(keeping, rules), None, told)
    assert (seated[0][0], seated[0][2]) == (1, 2)
    hushed = crowd(6, quiet=(False, False, False, False, True))
    named = Rules(rounds=1, tables=Tables(count=3, quiet=frozenset({1})))
    assert seat([[("a", "b"), ("c", "d"), ("e", "f")]], hushed, named, furnish(hushed, named), None, told)[0][2] == 1


def test_the_quiet_tables_are_those_of_the_rules_else_one_for_each_who_needs_quiet() -> None:
    roster = crowd(8, quiet=(True, False, True))
    assert quiet_tables(roster, Rules()) == (1, 2)
    assert quiet_tables(roster, Rules(tables=Tables(quiet=frozenset({7, 3})))) == (3, 7)
    assert quiet_tables(crowd(8), Rules()) == ()
