"""Why an evening cannot be: the smallest cause in people's words, and nothing that is private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from relexp.pairing import Impossible
from relexp.pairing.plan import plan
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Repeats, Rules, Sides
from tests.pairing.verify_evenings import crowd

HARD = Across("town", never_same=NeverSame.HARD)


def causes(roster: Roster, rules: Rules) -> list[str]:
    """The codes of the reasons, in order."""
    with pytest.raises(Impossible) as caught:
        plan(roster, rules)
    texts = " ".join(reason.text() for reason in caught.value.reasons)
    assert "{" not in texts
    return [reason.code for reason in caught.value.reasons]


def towns(*listed: str, private: bool = False) -> Roster:
    people = tuple(Person(f"p{n}", f"P{n}", values={"town": town}) for n, town in enumerate(listed))
    return Roster(people, {"town": "Town"}, frozenset({"town"} if private else ()))


def test_more_rounds_than_other_people_cannot_be() -> None:
    assert causes(crowd(4), Rules(rounds=4))[0] == "impossible.rounds"
    assert causes(crowd(5), Rules(rounds=6, odd=Odd.REST))[0] == "impossible.rounds"
    assert plan(crowd(4), Rules(rounds=4, repeats=Repeats.FEWEST)).report["feasible"]


def test_more_rounds_than_people_across_cannot_be() -> None:
    roster = crowd(4, {"side": ("host", "guest") * 2})
    assert causes(roster, Rules(rounds=3, sides=Sides()))[0] == "impossible.sides"


def test_a_group_of_more_than_half_cannot_keep_apart() -> None:
    roster = towns("Bow", "bow", "Bow ", "Ely")
    with pytest.raises(Impossible) as caught:
        plan(roster, Rules(rounds=1, across=(HARD,)))
    assert caught.value.reasons[0].code == "impossible.group"
    assert "3 of the 4 people belong to “Bow”" in str(caught.value)


def test_a_private_group_is_not_named() -> None:
    roster = towns("unspoken", "unspoken", "unspoken", "other", private=True)
    with pytest.raises(Impossible) as caught:
        plan(roster, Rules(rounds=1, across=(HARD,)))
    assert caught.value.reasons[0].code == "impossible.group_hidden"
    assert "nspoken" not in str(caught.value)
    assert not any(reason.code == "bent.group" for reason in caught.value.reasons)


@pytest.mark.parametrize(("private", "code"), [(False, "impossible.cap"), (True, "impossible.cap_hidden")])
def test_a_cap_below_the_lowest_possible_cannot_be(private: bool, code: str) -> None:
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=1),))
    assert causes(towns(*["x"] * 6, private=private), rules)[0] == code


def test_somebody_with_too_few_partners_is_named() -> None:
    apart = frozenset({("a", "b"), ("a", "c"), ("a", "d")})
    rules = Rules(rounds=2, keep_apart=apart)
    with pytest.raises(Impossible) as caught:
        plan(crowd(6), replace(rules, rounds=4))
    assert any("A" in reason.values.values() or "A" in str(reason) for reason in caught.value.reasons[:1])
    alone = frozenset({("a", id) for id in "bcdef"})
    found = causes(crowd(6), Rules(rounds=1, keep_apart=alone))
    assert found[0] in ("impossible.nobody", "impossible.people", "impossible.shortage")


def test_what_the_least_bad_evening_bends_is_told_a_few_by_name() -> None:
    evening = plan(towns(*["x"] * 20, "y"), Rules(rounds=2, across=(HARD,)), least_bad=True)
    reasons = evening.report["reasons"]
    assert isinstance(reasons, Sequence)
    assert sum("of one group, talk in round" in reason for reason in reasons) <= 6
    assert any("more such meetings" in reason for reason in reasons)


def test_under_18s_who_rest_are_told_with_whom() -> None:
    family = crowd(4, under_18=(True,), responsible_adult=("b",))
    evening = plan(family, Rules(rounds=1))
    assert evening.report["reasons"] == ["A has nobody to talk with in round 1 and rests with B."]
    alone = plan(crowd(3, under_18=(True,)), Rules(rounds=1))
    assert alone.report["reasons"] == [
        "A has nobody to talk with in round 1 and rests; someone responsible for them sits with them."
    ]
