"""From a first draft to the best: what is looked for harder, and what is compared."""

from __future__ import annotations

from itertools import combinations

import pytest

import relexp.pairing.best
from relexp.pairing.best import best_draft, score
from relexp.pairing.breaches import PROTECTED, Kind, breaches
from relexp.pairing.draft import Draft
from relexp.pairing.integer import Unproven
from relexp.roster.rules import Across, NeverSame, Odd, Repeats, Rules, Sides
from tests.pairing.desk import desk, mixed, opened
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

    monkeypatch.setattr(relexp.pairing.best, "exact_draft", late)
    monkeypatch.setattr(relexp.pairing.best, "proven_causes", lambda *_: [])
    draft = best_draft(opened(crowd(4), Rules(rounds=4)))
    assert breaches(draft)
    assert not draft.proven


@pytest.mark.parametrize("minors", [False, True])
def test_what_was_tried_to_the_end_is_proven_but_for_under_18s_who_could_rest(
    minors: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relexp.pairing.best, "proven_causes", lambda *_: [])
    monkeypatch.setattr(relexp.pairing.best, "exact_draft", lambda *_: None)
    draft = best_draft(opened(crowd(4, under_18=(minors,) * 4), Rules(rounds=4)))
    assert draft.proven is not minors


def test_an_evening_found_to_the_end_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.best, "ATTEMPTS", 1)
    monkeypatch.setattr(relexp.pairing.best, "fill", lambda draft, _: _all_the_same(draft))
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
    monkeypatch.setattr(relexp.pairing.best, "AGAIN", {})
    assert better <= score(best_draft(room))


def test_who_speaks_two_languages_in_two_odd_circles_is_not_told_that_every_evening_was_tried() -> None:
    # seven people of one language can have three rounds though five pairs have met before; and so can two such sevens
    met = [(0, 1), (0, 4), (1, 2), (2, 5), (3, 6)]
    twice = frozenset(("abcdefghijklmn"[a + k], "abcdefghijklmn"[b + k]) for a, b in met for k in (0, 7))
    spoken = {"languages": ("somali",) * 7 + ("english",) * 7}
    draft = best_draft(opened(crowd(14, spoken), Rules(rounds=3, share=("languages",), met_before=twice)))
    assert breaches(draft) == []


def test_whoever_asks_to_stop_waits_for_protection_alone() -> None:
    young = (True,) * 9
    room = opened(crowd(26, under_18=young, responsible_adult=("z",) * 9), Rules(rounds=4))
    draft = best_draft(room, lambda _: False)
    assert all(len(tables) for tables in draft.tables)
    assert not {breach.kind for breach in breaches(draft)} & PROTECTED


def test_an_evening_with_second_meetings_is_searched_further_though_it_breaks_nothing() -> None:
    draft = best_draft(opened(crowd(4), Rules(rounds=3, repeats=Repeats.FEWEST)))
    assert draft.met.max() == 1


def test_the_firm_rule_that_cannot_hold_is_bent_and_protection_is_not() -> None:
    roster = crowd(6, {"town": tuple("xxxxxy")})
    rules = Rules(rounds=2, across=HARD, keep_apart=frozenset({("a", "b")}))
    draft = best_draft(opened(roster, rules))
    assert Kind.GROUP in kinds(draft)
    assert not kinds(draft) & PROTECTED
