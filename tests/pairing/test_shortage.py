"""The smallest cause by counting: people who, between them, may talk with too few of the others."""

from __future__ import annotations

from itertools import combinations

from relexp.pairing.reasons import reasons
from relexp.pairing.shortage import shortage
from relexp.roster.rules import Rules, Sides
from tests.pairing.desk import desk, opened
from tests.pairing.verify_evenings import crowd


def test_three_who_share_a_language_with_one_other_alone_are_named() -> None:
    roster = crowd(6, {"languages": ("welsh", "welsh; english", "welsh", "english", "english", "english")})
    apart = frozenset({("a", "c"), ("d", "e"), ("d", "f"), ("e", "f")})
    found = shortage(opened(roster, Rules(rounds=1, share=("languages",), keep_apart=apart)))
    assert found is not None
    assert found.round == 0
    assert len(found.people) > len(found.partners)


def test_a_room_where_everybody_may_talk_lacks_nothing() -> None:
    assert shortage(opened(crowd(6, {}), Rules(rounds=2))) is None


def test_one_left_over_is_made_up_for_by_a_trio() -> None:
    assert shortage(opened(crowd(5, {}), Rules(rounds=1))) is None


def test_hosts_and_guests_count_only_each_other() -> None:
    roster = crowd(4, {"side": ("host", "host", "guest", "guest")})
    apart = frozenset({("a", "c"), ("a", "d")})
    found = shortage(opened(roster, Rules(rounds=1, sides=Sides(), keep_apart=apart)))
    assert found is not None
    assert found.people == (0,)
    assert found.partners == ()


def test_two_small_lacks_that_one_trio_cannot_make_up_for_are_told_together() -> None:
    open_to = {"ac", "bc", "cf", "df", "ef", "gh", "hi", "gi"}
    pairs = {one + other for one, other in combinations("abcdefghi", 2)}
    apart = frozenset((pair[0], pair[1]) for pair in pairs - open_to)
    found = shortage(opened(crowd(9), Rules(rounds=1, keep_apart=apart)))
    assert found is not None
    assert [{*places} for places in (found.people, found.partners)] == [{0, 1, 3, 4}, {2, 5}]


def test_the_reasons_name_the_few_who_have_too_few_partners() -> None:
    roster = crowd(6, {})
    apart = frozenset({("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"), ("c", "d")})
    apart |= frozenset({("a", "e"), ("b", "e"), ("c", "e")})
    draft = desk(roster, Rules(rounds=1, keep_apart=apart), ["ab", "cd", "ef"])
    told = [reason.code for reason in reasons(draft, [])]
    assert told[0] == "impossible.few"
