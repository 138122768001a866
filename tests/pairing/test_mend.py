"""From a first draft to the best: what is looked for harder, and who rests when nothing else helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

import relexp.pairing.mend
from relexp.pairing.breaches import PROTECTED, Kind, breaches
from relexp.pairing.draft import FREE, HELD, THIRD, Draft
from relexp.pairing.exact import Unproven
from relexp.pairing.mend import _rest_outright, _split_needless_trios, best_draft, rest_the_protected, score
from relexp.pairing.search import Pulse
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.desk import desk, groups, mixed, opened
from tests.pairing.verify_evenings import crowd

HARD = (Across("town", never_same=NeverSame.HARD),)


def kinds(draft: Draft) -> set[Kind]:
    return {breach.kind for breach in breaches(draft)}


@pytest.mark.parametrize(
    ("size", "rounds", "sides"), [(8, 7, False), (14, 13, False), (20, 19, False), (12, 6, True), (20, 10, True)]
)
def test_tight_evenings_are_planned_without_a_breach(size: int, rounds: int, sides: bool) -> None:
    roster = crowd(size, {"side": ("host", "guest") * (size // 2)})
    draft = best_draft(opened(roster, Rules(rounds=rounds, sides=Sides() if sides else None)))
    assert breaches(draft) == []


def test_protection_counts_before_all_else_then_the_rules_then_fair_shares() -> None:
    rules = Rules(rounds=2, keep_apart=frozenset({("a", "b")}), odd=Odd.REST)
    forbidden = score(desk(crowd(5), rules, ["ab", "cd", "e"], ["ac", "bd", "e"]))
    again = score(desk(crowd(5), rules, ["ac", "bd", "e"], ["ac", "bd", "e"]))
    uneven = score(desk(crowd(5), rules, ["ac", "bd", "e"], ["ad", "bc", "e"]))
    fair = score(desk(crowd(5), rules, ["ac", "bd", "e"], ["ad", "be", "c"]))
    assert forbidden > again > uneven > fair


def test_same_group_talks_are_counted_evenly_where_there_is_no_cap() -> None:
    roster = crowd(8, {"town": tuple("xxxxxxyy")})
    rules = Rules(rounds=2, across=(Across("town", weight=0, never_same=NeverSame.FEWEST),))
    shared = desk(roster, rules, ["ab", "cd", "eg", "fh"], ["ac", "ef", "bg", "dh"])
    lumped = desk(roster, rules, ["ab", "cd", "eg", "fh"], ["ac", "bd", "eh", "fg"])
    assert score(shared) < score(lumped)


def test_nobody_there_has_a_score_too() -> None:
    nobody = Rules(rounds=1, present={"a": frozenset(), "b": frozenset()})
    assert score(desk(crowd(2), nobody))[:5] == (0, 0, 0, 0, 0)
    assert breaches(best_draft(opened(crowd(2), nobody))) == []


def test_a_small_room_is_searched_to_the_end_and_the_proof_is_remembered() -> None:
    # everybody may talk with three others, and yet three rounds cannot be: who may talk with whom is Petersen's graph
    allowed = {*"ab bc cd de ea af bg ch di ej fh hj jg gi if".split()}
    apart = {(one, other) for one, other in combinations("abcdefghij", 2) if not {one + other, other + one} & allowed}
    draft = best_draft(opened(crowd(10), Rules(rounds=3, keep_apart=frozenset(apart))))
    assert breaches(draft)
    assert draft.proven
    assert breaches(best_draft(opened(crowd(10), Rules(rounds=1, keep_apart=frozenset(apart))))) == []


def test_an_unfinished_search_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise Unproven

    monkeypatch.setattr(relexp.pairing.mend, "exact_draft", late)
    monkeypatch.setattr(relexp.pairing.mend, "proven_causes", lambda *_: [])
    draft = best_draft(opened(crowd(4), Rules(rounds=4)))
    assert breaches(draft)
    assert not draft.proven


@pytest.mark.parametrize("minors", [False, True])
def test_what_was_tried_to_the_end_is_proven_but_for_under_18s_who_could_rest(
    minors: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relexp.pairing.mend, "proven_causes", lambda *_: [])
    monkeypatch.setattr(relexp.pairing.mend, "exact_draft", lambda *_: None)
    draft = best_draft(opened(crowd(4, under_18=(minors,) * 4), Rules(rounds=4)))
    assert draft.proven is not minors


def test_an_evening_found_to_the_end_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.mend, "ATTEMPTS", 1)
    monkeypatch.setattr(relexp.pairing.mend, "fill", lambda draft, _: _all_the_same(draft))
    assert breaches(best_draft(opened(crowd(6), Rules(rounds=5)))) == []


def _all_the_same(draft: Draft) -> None:
    fixed = desk(crowd(6), Rules(rounds=5), *[["ab", "cd", "ef"]] * 5)
    for number, tables in enumerate(fixed.tables):
        draft.lay(number, tables)


def test_whoever_stops_the_search_gets_the_best_so_far() -> None:
    calls: list[float] = []

    def watch(share: float) -> bool:
        calls.append(share)
        return len(calls) < 2

    draft = best_draft(opened(*mixed(20, 4)), watch)
    assert len(calls) == 2
    assert all(len(tables) for tables in draft.tables)
    tight = best_draft(opened(crowd(6), Rules(rounds=5)), lambda _: False)
    assert all(len(tables) for tables in tight.tables)


def test_small_rooms_are_tried_again_for_the_worst_off(monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened(*mixed(24, 5))
    better = score(best_draft(room))
    monkeypatch.setattr(relexp.pairing.mend, "AGAIN", {})
    assert better <= score(best_draft(room))


def test_under_18s_who_have_met_all_they_may_rest_with_their_adult() -> None:
    roster = crowd(6, under_18=(True, True), responsible_adult=("c", "d"))
    draft = best_draft(opened(roster, Rules(rounds=3)))
    assert not kinds(draft) & PROTECTED
    assert any({"a", "b", "c", "d"} <= {*groups(draft, number)} for number in range(3))


def test_the_very_last_resort_is_that_forbidden_conversations_rest() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "b"), ("c", "d")}), pins=(Pin(1, ("e", "f")),))
    draft = desk(crowd(6), rules, ["ab", "cd", "ef"], states=[(FREE, HELD, HELD)])
    _rest_outright(draft, 0)
    assert groups(draft) == ["a", "b", "cd", "ef"]
    before = groups(draft)
    _rest_outright(draft, 0)
    assert groups(draft) == before


def test_people_in_forbidden_conversations_are_seated_anew_or_rest() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "b"), ("a", "c"), ("a", "d"), ("c", "d")}), odd=Odd.REST)
    draft = rest_the_protected(desk(crowd(4), rules, ["ab", "cd"]), Pulse(None))
    assert groups(draft) in (["a", "bc", "d"], ["a", "bd", "c"])


def test_hosts_and_guests_in_forbidden_conversations_are_seated_across() -> None:
    roster = crowd(6, {"side": ("host",) * 3 + ("guest",) * 3})
    rules = Rules(rounds=1, sides=Sides(), keep_apart=frozenset({("a", "d"), ("b", "e")}))
    draft = rest_the_protected(desk(roster, rules, ["ad", "be", "cf"]), Pulse(None))
    assert not kinds(draft) & PROTECTED
    assert not draft.rests.any()


def threes(rules: Rules, *talks: str, states: Sequence[int] = (), minors: str = "", **parts: object) -> list[str]:
    """What becomes of a round of threes in which the people of `minors` are under 18."""
    size = len("".join(talks))
    young = tuple(chr(ord("a") + place) in minors for place in range(size))
    roster = crowd(size, under_18=young, **parts)  # type: ignore[arg-type]
    draft = desk(roster, rules, talks, states=[states or [FREE] * len(talks)])
    _split_needless_trios(draft)
    return groups(draft)


def test_two_threes_become_three_pairs_where_those_six_may_talk_in_pairs() -> None:
    one = Rules(rounds=1)
    assert [len(talk) for talk in threes(one, "abc", "def", minors="abef")] == [2, 2, 2]
    assert threes(one, "abc", "def", minors="abcef") == ["abc", "def"], "c could only be alone with adults"
    kept = replace(one, keep_apart=frozenset({("c", "d")}))
    assert threes(kept, "abc", "def", minors="abef") == ["abc", "def"]
    assert threes(one, "abc", "def", "gh", states=(HELD, FREE, FREE), minors="abef") == ["abc", "def", "gh"]
    assert [len(talk) for talk in threes(one, "abc", "def", "ghi")] == [2, 2, 2, 3]


def test_a_wished_for_pair_stays_together_when_a_three_is_split() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("a", "b")),))
    found = threes(rules, "abc", "def", states=(THIRD, FREE), minors="abef")
    assert "ab" in found
    assert len(found) == 3


def test_an_evening_with_second_meetings_is_searched_further_though_it_breaks_nothing() -> None:
    draft = best_draft(opened(crowd(4), Rules(rounds=3, repeats=Repeats.FEWEST)))
    assert draft.met.max() == 1


def test_the_firm_rule_that_cannot_hold_is_bent_and_protection_is_not() -> None:
    roster = crowd(6, {"town": tuple("xxxxxy")})
    rules = Rules(rounds=2, across=HARD, keep_apart=frozenset({("a", "b")}))
    draft = best_draft(opened(roster, rules))
    assert Kind.GROUP in kinds(draft)
    assert not kinds(draft) & PROTECTED
