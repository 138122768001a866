"""Small rooms are searched to the end: an evening where there is one, a proof where there is none."""

from __future__ import annotations

from typing import Any

import pytest

import relexp.pairing.integer
from relexp.pairing.breaches import breaches
from relexp.pairing.draft import HELD, Draft
from relexp.pairing.exact import exact_draft, small_enough
from relexp.pairing.integer import Unproven
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.desk import groups, opened
from tests.pairing.verify_evenings import crowd


def searched(roster: Roster, rules: Rules) -> Draft | None:
    return exact_draft(opened(roster, rules), 1)


@pytest.mark.parametrize("size", [4, 6, 8, 10])
def test_the_last_round_in_which_all_can_meet_someone_new_is_found_and_no_more(size: int) -> None:
    found = searched(crowd(size), Rules(rounds=size - 1))
    assert found is not None
    assert breaches(found) == []
    assert found.met.max() == 1
    assert searched(crowd(size), Rules(rounds=size)) is None


def test_the_fewest_second_meetings_are_found() -> None:
    found = searched(crowd(4), Rules(rounds=5, repeats=Repeats.FEWEST))
    assert found is not None
    assert int((found.met - 1).clip(0).sum() // 2) == 4


def test_a_cap_and_earlier_meetings_bind() -> None:
    roster = crowd(6, {"town": tuple("xxxxyy")})

    def capped(cap: int) -> Rules:
        return Rules(
            rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=cap),), met_before=frozenset({("a", "b")})
        )

    found = searched(roster, capped(1))
    assert found is not None
    assert breaches(found) == []
    assert searched(roster, capped(0)) is None


def test_what_is_over_and_what_was_wished_for_stays() -> None:
    rules = Rules(rounds=2, locked=(Pin(1, ("a", "b")),), pins=(Pin(2, ("a", "c")), Pin(1, ("c", "d"))))
    found = searched(crowd(6), rules)
    assert found is not None
    assert {"ab", "cd"} <= {*groups(found, 0)}
    assert "ac" in groups(found, 1)
    assert not {"ab", "cd"} & {*groups(found, 1)}


def test_a_third_may_join_a_wished_for_pair() -> None:
    found = searched(crowd(3), Rules(rounds=1, pins=(Pin(1, ("a", "b")),)))
    assert found is not None
    assert groups(found) == ["abc"]
    assert found.room.ids[found.tables[0][0][2]] == "c", "the wished-for two first, so that the third can change"


def test_hosts_guests_and_under_18s_keep_their_rules() -> None:
    sided = searched(crowd(5, {"side": ("host", "host", "guest", "guest", "guest")}), Rules(rounds=1, sides=Sides()))
    assert sided is not None
    assert breaches(sided) == []
    family = searched(crowd(6, under_18=(True, True), responsible_adult=("c",)), Rules(rounds=1))
    assert family is not None
    assert breaches(family) == []


def test_two_odd_circles_have_a_three_each() -> None:
    spoken = {"languages": ("somali",) * 5 + ("english",) * 3}
    found = searched(crowd(8, spoken), Rules(rounds=1, share=("languages",)))
    assert found is not None
    assert [len(talk) for talk in groups(found)] == [3, 2, 3]
    assert breaches(found) == []


def test_with_under_18s_as_few_rest_as_can_be() -> None:
    found = searched(crowd(3, under_18=(True,) * 3), Rules(rounds=3))
    assert found is not None
    assert found.rests.sum() == 3
    family = crowd(4, under_18=(True,), responsible_adult=("b",))
    waiting = searched(family, Rules(rounds=1, keep_apart=frozenset({("a", "c"), ("a", "d")})))
    assert waiting is not None
    assert groups(waiting) == ["a", "b", "cd"]
    assert waiting.states[0].tolist().count(HELD) == 2, "who waits with an under-18 stays put"


def test_without_threes_only_under_18s_among_themselves_make_one() -> None:
    found = searched(crowd(5, under_18=(True,) * 3), Rules(rounds=1, odd=Odd.REST))
    assert found is not None
    assert groups(found) == ["abc", "de"]


def test_nobody_to_talk_with_is_known_without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_: Any) -> None:
        raise AssertionError("nothing to search")

    monkeypatch.setattr(relexp.pairing.integer, "milp", never)
    alone = Rules(rounds=1, keep_apart=frozenset({("a", "b"), ("a", "c"), ("a", "d")}))
    assert searched(crowd(4), alone) is None


def test_nobody_there_proves_nothing() -> None:
    with pytest.raises(Unproven):
        searched(crowd(2), Rules(rounds=1, present={"a": frozenset(), "b": frozenset()}))


def test_running_out_of_time_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late:
        status, x = 1, None

    monkeypatch.setattr(relexp.pairing.integer, "milp", lambda **_: Late)
    with pytest.raises(Unproven):
        searched(crowd(4), Rules(rounds=2))


@pytest.mark.parametrize(("size", "rounds", "small"), [(14, 14, True), (15, 2, False), (4, 15, False)])
def test_only_small_rooms_are_searched_to_the_end(size: int, rounds: int, small: bool) -> None:
    assert small_enough(opened(crowd(size), Rules(rounds=rounds))) is small


def test_one_rest_a_round_is_dealt_to_everybody_in_turn() -> None:
    found = searched(crowd(5), Rules(rounds=5, odd=Odd.REST))
    assert found is not None
    assert found.met.max() == 1
    assert found.rests.sum() == 5
