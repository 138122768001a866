"""The menu for a lop-sided room: how same-group talks may be shared out, each with its price."""

from __future__ import annotations

import pytest

from relexp.pairing.menu import menu
from relexp.pairing.verify import verify
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Rules
from tests.pairing.verify_evenings import crowd

SOFT = Across("town", 4.0, never_same=NeverSame.FEWEST)
SIZE = Across("size", 1.0, Kind.NUMBER)


def lopsided(most: int, others: int) -> Roster:
    towns = ["host church"] * most + [f"town {n % 3}" for n in range(others)]
    people = (Person(f"p{n}", f"P{n}", values={"town": town, "size": str(n * n % 17)}) for n, town in enumerate(towns))
    return Roster(tuple(people), {"town": "Town", "size": "Size"})


@pytest.mark.parametrize("never_same", list(NeverSame))
def test_a_room_of_sixty_percent_one_group_has_choices_from_even_to_free(never_same: NeverSame) -> None:
    roster, rules = lopsided(18, 12), Rules(rounds=5, across=(Across("town", 4.0, never_same=never_same), SIZE))
    choices = menu(roster, rules)
    assert len(choices) == 3
    assert [choice.most for choice in choices] == sorted(choice.most for choice in choices)
    assert [choice.rules.across[0].cap for choice in choices][1:] == [choices[0].most + 1, 5]
    for choice in choices:
        assert verify(roster, choice.rules, choice.evening) == ()
        assert 0 <= choice.gap < 0.05
        assert str(choice.most) in choice.price.text()
    assert any(choice.price.code == "menu.free" for choice in choices)


def test_a_room_that_can_cross_throughout_needs_no_menu() -> None:
    assert menu(lopsided(6, 6), Rules(rounds=3, across=(SOFT,))) == ()
    assert menu(lopsided(18, 2), Rules(rounds=3, across=(Across("town"),))) == ()


def test_where_everybody_meets_their_own_each_round_there_is_nothing_between_even_and_free() -> None:
    choices = menu(crowd(4, {"town": tuple("xxxx")}), Rules(rounds=2, across=(SOFT,)))
    assert len(choices) == 2
    assert choices[0].price.code == "menu.free"


def test_rests_of_an_odd_room_are_counted() -> None:
    assert menu(lopsided(3, 2), Rules(rounds=2, odd=Odd.REST, across=(SOFT,))) == ()
