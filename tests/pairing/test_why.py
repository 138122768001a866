"""Why two people meet, in one sentence that anybody in the room may read."""

from __future__ import annotations

import pytest

from relexp.pairing.why import why
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, Rules, Sides

TOWN, AGE, FOOD = Across("town", 4.0), Across("years", 1.0, Kind.NUMBER), Across("food", 2.0, Kind.SET)


def two(first: dict[str, str], second: dict[str, str], private: frozenset[str] = frozenset()) -> Roster:
    people = (Person("a", "Amina", values=first), Person("b", "Ben", values=second))
    return Roster(people, {"town": "Town", "years": "Years here", "food": "Food"}, private)


def said(roster: Roster, rules: Rules) -> str:
    return why(roster, rules, "a", "b").text()


def test_the_two_weightiest_differences_are_told() -> None:
    roster = two({"town": "Bow", "years": "3", "food": "rice"}, {"town": "Poplar", "years": "7", "food": "bread"})
    assert said(roster, Rules(across=(AGE, TOWN, FOOD))) == (
        "Amina and Ben come from different places: Town (Bow, Poplar) and Food (rice, bread)."
    )
    assert said(roster, Rules(across=(TOWN,))) == "Amina and Ben come from different places: Town (Bow, Poplar)."


@pytest.mark.parametrize(
    ("across", "mine", "theirs"),
    [
        (TOWN, "Bow", "bow "),
        (TOWN, "Bow", ""),
        (TOWN, "", "Bow"),
        (AGE, "3", "3,0"),
        (FOOD, "rice; tea", "Tea, Rice"),
        (Across("town", 0.0), "Bow", "Poplar"),
    ],
)
def test_what_is_the_same_or_unknown_or_of_no_weight_is_no_difference(across: Across, mine: str, theirs: str) -> None:
    roster = two({across.column: mine}, {across.column: theirs})
    assert said(roster, Rules(across=(across,))) == "Amina and Ben have not met before tonight."


def test_what_two_people_share_is_told_where_that_was_asked_for() -> None:
    roster = two({"town": "Bow", "languages": "welsh; arabic; urdu"}, {"town": "Ely", "languages": "urdu;Arabic;welsh"})
    assert said(roster, Rules(across=(TOWN,), share=("languages",))) == (
        "Amina and Ben differ in Town (Bow, Ely), and share Arabic and Urdu."
    )
    assert said(roster, Rules(share=("languages",))) == "Amina and Ben share Arabic and Urdu."


def test_else_that_they_are_host_and_guest() -> None:
    roster = two({"languages": "welsh"}, {"languages": "welsh"})
    assert said(roster, Rules(sides=Sides(), share=("languages",))) == "Amina and Ben sit across as host and guest."


@pytest.mark.parametrize("by_rules", [True, False])
def test_nothing_private_is_ever_told(by_rules: bool) -> None:
    private = frozenset() if by_rules else frozenset({"faith"})
    roster = two({"faith": "unspoken x"}, {"faith": "unspoken y"}, private)
    rules = Rules(across=(Across("faith", 9.0, private=True if by_rules else None),))
    assert said(roster, rules) == "Amina and Ben have not met before tonight."
    shared = two({"faith": "unspoken"}, {"faith": "unspoken"}, frozenset({"faith"}))
    assert "nspoken" not in said(shared, Rules(share=("faith",)))


def test_somebody_unknown_is_not_explained() -> None:
    with pytest.raises(KeyError):
        why(two({}, {}), Rules(), "a", "z")
