"""The first deal of a round: pairs, trios and rests as arithmetic makes them."""

from __future__ import annotations

import pytest

from relexp.pairing.deal import (
    as_tables,
    deal,
    joiners,
    make_room,
    may_join,
    pinned_conversations,
    seated,
    spare_trios,
)
from relexp.pairing.draft import FREE, HELD, THIRD, Draft
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Rules, Sides
from tests.pairing.desk import desk, groups, opened
from tests.pairing.verify_evenings import crowd


def dealt(size: int, rules: Rules, seed: int = 1, kept: tuple[str, ...] = (), **parts: object) -> Draft:
    """The first round of a room, dealt."""
    columns = {"side": tuple(parts.pop("side"))} if "side" in parts else None  # type: ignore[arg-type]
    draft = Draft(opened(crowd(size, columns, **parts), rules), seed)  # type: ignore[arg-type]
    places = {id: place for place, id in enumerate(draft.room.ids)}
    deal(draft, 0, [tuple(places[id] for id in talk) for talk in kept])
    return draft


def sizes(draft: Draft) -> list[int]:
    return sorted(len(talk) for talk in groups(draft))


@pytest.mark.parametrize(
    ("size", "odd", "expected"),
    [
        (6, Odd.TRIO, [2, 2, 2]),
        (7, Odd.TRIO, [2, 2, 3]),
        (7, Odd.REST, [1, 2, 2, 2]),
        (1, Odd.TRIO, [1]),
        (3, Odd.TRIO, [3]),
    ],
)
def test_an_odd_number_makes_one_trio_or_one_rest(size: int, odd: Odd, expected: list[int]) -> None:
    assert sizes(dealt(size, Rules(rounds=1, odd=odd))) == expected


@pytest.mark.parametrize(
    ("hosts", "guests", "odd", "per_host", "expected"),
    [
        (3, 3, Odd.TRIO, 1, [2, 2, 2]),
        (2, 3, Odd.TRIO, 1, [2, 3]),
        (2, 3, Odd.REST, 1, [1, 2, 2]),
        (4, 2, Odd.TRIO, 1, [3, 3]),
        (2, 4, Odd.REST, 2, [3, 3]),
        (2, 5, Odd.TRIO, 2, [1, 3, 3]),
        (3, 2, Odd.TRIO, 2, [1, 2, 2]),
    ],
)
def test_hosts_and_guests_sit_across_as_far_as_they_go(
    hosts: int, guests: int, odd: Odd, per_host: int, expected: list[int]
) -> None:
    side = ["host"] * hosts + ["guest"] * guests
    draft = dealt(hosts + guests, Rules(rounds=1, odd=odd, sides=Sides(guests_per_host=per_host)), side=side)
    assert sizes(draft) == expected
    names = dict(zip("abcdefghij", side, strict=False))
    assert all(len({names[id] for id in talk}) == 2 for talk in groups(draft) if len(talk) > 1)


@pytest.mark.parametrize("seed", range(6))
def test_under_18s_talk_among_themselves(seed: int) -> None:
    draft = dealt(9, Rules(rounds=1), seed, under_18=(True,) * 4)
    young = [talk for talk in groups(draft) if {*talk} & {*"abcd"}]
    assert all(len({*talk} - {*"abcd"}) in (0, 1) for talk in young)
    assert all(len({*talk} & {*"abcd"}) >= 2 for talk in young)


def test_the_adult_left_over_joins_two_under_18s_where_there_are_few_adults() -> None:
    draft = dealt(5, Rules(rounds=1), under_18=(True,) * 4)
    assert sizes(draft) == [2, 3]


def test_the_adult_left_over_joins_adults_or_under_18s_whoever_had_fewer_trios() -> None:
    draft = desk(crowd(9, under_18=(True,) * 4), Rules(rounds=2), ["abe", "cd", "fg", "hi"])
    deal(draft, 1)
    assert any(len(talk) == 3 and {*talk} <= {*"efghi"} for talk in groups(draft, 1))
    other = desk(crowd(9, under_18=(True,) * 4), Rules(rounds=2), ["ab", "cd", "efg", "hi"])
    deal(other, 1)
    assert any(len(talk) == 3 and len({*talk} & {*"abcd"}) == 2 for talk in groups(other, 1))


def test_three_under_18s_make_a_trio_of_their_own() -> None:
    assert "abc" in groups(dealt(7, Rules(rounds=1), under_18=(True,) * 3))


def test_a_single_under_18_sits_with_their_adult_and_one_more() -> None:
    draft = dealt(7, Rules(rounds=1), under_18=(True,), responsible_adult=("b",))
    assert any({"a", "b"} < {*talk} and len(talk) == 3 for talk in groups(draft))


@pytest.mark.parametrize("reason", ["met", "kept apart", "rest", "nobody fits"])
def test_else_a_single_under_18_rests_together_with_their_adult(reason: str) -> None:
    roster = crowd(4, under_18=(True,), responsible_adult=("b",))
    apart = {"kept apart": {("a", "b")}, "nobody fits": {("a", "c"), ("b", "d")}}.get(reason, set())
    rules = Rules(rounds=2, odd=Odd.REST if reason == "rest" else Odd.TRIO, keep_apart=frozenset(apart))
    draft = desk(roster, rules, ["abc", "d"] if reason == "met" else ["ac", "bd"][:0])
    deal(draft, 1)
    assert {"a", "b"} <= {*groups(draft, 1)}
    assert all(
        state == HELD
        for state, talk in zip(draft.states[1], draft.tables[1], strict=True)
        if talk[0] < 2 and talk[1] < 0
    )


def test_a_single_under_18_whose_adult_is_not_there_rests() -> None:
    draft = dealt(5, Rules(rounds=1), under_18=(True,))
    assert "a" in groups(draft)
    assert sizes(draft) == [1, 2, 2]


def test_under_18s_of_hosts_and_guests_rest_with_their_adult_where_they_have_no_partner() -> None:
    draft = dealt(
        6,
        Rules(rounds=1, sides=Sides()),
        side=["host", "host", "guest", "guest", "host", "guest"],
        under_18=(True,),
        responsible_adult=("b",),
    )
    assert {"a", "b"} <= {*groups(draft)}


def test_what_is_over_or_wished_for_is_seated_first_and_stays() -> None:
    rules = Rules(
        rounds=1, locked=(Pin(1, ("a", "b")),), pins=(Pin(1, ("c", "d")), Pin(1, ("a", "e")), Pin(1, ("f", "?")))
    )
    draft = dealt(8, rules)
    assert {"ab", "cd"} <= {*groups(draft)}
    assert draft.states[0].tolist()[:2] == [HELD, HELD]
    assert pinned_conversations(draft.room, 0) == [(2, 3)], "nobody talks twice, nobody with one who is not there"


def test_one_left_over_joins_a_wished_for_pair_where_nobody_else_is() -> None:
    draft = dealt(3, Rules(rounds=1, pins=(Pin(1, ("a", "b")),)))
    assert groups(draft) == ["abc"]
    assert draft.states[0].tolist() == [THIRD]
    barred = dealt(3, Rules(rounds=1, pins=(Pin(1, ("a", "b")),), keep_apart=frozenset({("a", "c")})))
    assert groups(barred) == ["ab", "c"]


def test_now_and_then_one_left_over_joins_a_wished_for_pair_for_the_sake_of_choice() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("a", "b")),))
    found = {"ab" in groups(dealt(7, rules, seed)) for seed in range(12)}
    assert found == {True, False}


def test_whoever_would_rest_joins_a_wished_for_one_to_two() -> None:
    rules = Rules(rounds=1, odd=Odd.REST, pins=(Pin(1, ("a", "b")),), sides=Sides(guests_per_host=2))
    assert groups(dealt(3, rules, side=["host", "guest", "guest"])) == ["abc"]
    rest = Rules(rounds=1, odd=Odd.REST, pins=(Pin(1, ("a", "b")),))
    assert groups(dealt(3, rest)) == ["ab", "c"]


def test_an_under_18_joins_a_wished_for_pair_only_beside_their_adult_or_another_under_18() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("b", "c")),))
    assert groups(dealt(3, rules, under_18=(True,), responsible_adult=("b",))) == ["abc"]
    assert groups(dealt(3, rules, under_18=(True,))) == ["a", "bc"]


@pytest.mark.parametrize("seed", range(4))
def test_the_adult_who_waits_with_an_under_18_does_not_join_a_wished_for_pair(seed: int) -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("c", "d")),))
    draft = dealt(4, rules, seed, under_18=(True,), responsible_adult=("b",))
    assert groups(draft) == ["a", "b", "cd"]


def test_pairs_that_are_kept_stay_and_open_where_one_has_to_join() -> None:
    assert {"ab", "cd"} <= {*groups(dealt(6, Rules(rounds=1), kept=("ab", "cd")))}
    five = groups(dealt(5, Rules(rounds=1), kept=("ab", "cd")))
    assert sorted(map(len, five)) == [2, 3]


def test_the_pair_that_gains_most_is_opened_those_without_a_trio_first() -> None:
    roster = crowd(7, {"x": ("0", "0", "0", "1", "1", "1", "1")})
    rules = Rules(rounds=2, across=(Across("x"),))
    draft = desk(roster, rules, ["abc", "de", "fg"])
    kept = make_room(draft, set(range(7)), [(0, 3), (4, 5), (1, 2)])
    assert kept == [(4, 5), (1, 2)], "g has met f; b and c have had two trios between them"
    fresh = desk(roster, rules)
    assert make_room(fresh, set(range(7)), [(0, 3), (1, 2), (4, 5)]) == [(0, 3), (4, 5)], "g differs from b and c"
    assert make_room(fresh, set(range(7)), []) == []
    nobody = desk(roster, Rules(rounds=1, keep_apart=frozenset({("g", id) for id in "abcdef"})))
    assert len(make_room(nobody, set(range(7)), [(0, 3), (1, 2), (4, 5)])) == 3


def test_whole_trios_are_kept_where_the_others_come_out_even() -> None:
    assert spare_trios([(0, 1, 2), (3, 4)], set(range(7)), [(3, 4)]) == [(3, 4), (0, 1, 2)]
    assert spare_trios([(0, 1, 2), (3, 4)], set(range(6)), [(3, 4)]) == [(3, 4)]


def test_those_who_must_join_a_pair_are_the_one_left_over_or_the_longer_side() -> None:
    plain = opened(crowd(5), Rules(rounds=1))
    assert joiners(plain, [4]) == [4]
    assert joiners(plain, [3, 4]) == []
    assert joiners(opened(crowd(5), Rules(rounds=1, odd=Odd.REST)), [4]) == []
    sides = {"side": ("host", "guest", "guest", "guest", "guest")}
    assert joiners(opened(crowd(5, sides), Rules(rounds=1, sides=Sides())), [0, 1, 2, 3]) == [3]
    one_to_two = Rules(rounds=1, odd=Odd.REST, sides=Sides(guests_per_host=2))
    assert joiners(opened(crowd(5, sides), one_to_two), [0, 1, 2, 3]) == [3]
    assert joiners(opened(crowd(5, sides), Rules(rounds=1, odd=Odd.REST, sides=Sides())), [0, 1, 2, 3]) == []


def test_nobody_joins_whom_they_may_not_meet() -> None:
    roster = crowd(6, {"town": tuple("xyzxyz")})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.HARD),), keep_apart=frozenset({("a", "b")}))
    draft = desk(roster, rules, ["ac"])
    assert not may_join(draft, 0, (1, 5)), "kept apart"
    assert not may_join(draft, 0, (3, 4)), "of one group"
    assert not may_join(draft, 0, (2, 4)), "met before"
    assert may_join(draft, 0, (4, 5))


def test_wished_for_conversations_stand_first_and_only_their_third_may_change() -> None:
    rows, states = seated([(0, 1), (2, 3, 4), (5, 6), (7,)], [(4, 2), (5, 6)])
    assert rows == [(4, 2, 3), (5, 6), (0, 1), (7,)]
    assert states == [THIRD, HELD, FREE, FREE]


def test_groups_of_up_to_three_make_a_table() -> None:
    assert as_tables([(1,), (2, 3), (4, 5, 6)]).tolist() == [[1, -1, -1], [2, 3, -1], [4, 5, 6]]
    assert as_tables([]).shape == (0, 3)
