"""Without a rules file people meet across where they came from, and across every other answer one can choose."""

from __future__ import annotations

import pytest

from relexp.roster.rule_check import default_rules
from relexp.roster.rule_defaults import band_order
from relexp.roster.rules import Across, Kind, NeverSame, Rules
from tests.roster.rule_rooms import eight, person, room, rules


def lone(columns: dict[str, list[str]], private: tuple[str, ...] = ()):
    """A room whose people have these answers, column by column."""
    rows = zip(*columns.values(), strict=True)
    people = (person(f"p{place}", dict(zip(columns, row, strict=True))) for place, row in enumerate(rows))
    return room(*people, columns={key: key.title() for key in columns}, private=private)


def weighed(roster) -> dict[str, Across]:
    """What is wished for by default, by column."""
    return {attribute.column: attribute for attribute in default_rules(roster).across}


def test_the_default_evening_is_the_one_that_is_promised():
    fewest = NeverSame.FEWEST
    assert default_rules(eight()) == Rules(
        across=(
            Across("organisation", never_same=fewest),
            Across("side"),
            Across("age_band", kind=Kind.ORDERED, order=("16-24", "25-34", "65+")),
            Across("area"),
            Across("faith", private=True),
        ),
        share=("languages",),
    )


@pytest.mark.parametrize("organisation", [["", "", "", ""], ["A", "a ", "", "A"]])
def test_side_stands_in_where_no_organisation_tells_people_apart(organisation):
    roster = lone({"organisation": organisation, "side": ["host", "guest", "host", "guest"]})
    assert default_rules(roster).across == (Across("side", never_same=NeverSame.FEWEST),)


def test_side_stands_in_where_the_sheet_has_no_organisation():
    assert weighed(lone({"side": ["host", "guest"]}))["side"].never_same is NeverSame.FEWEST


def test_any_number_of_organisations_is_wished_across():
    roster = lone({"organisation": [f"group {place}" for place in range(40)]})
    assert weighed(roster)["organisation"].never_same is NeverSame.FEWEST


def test_a_room_without_any_column_is_a_room_of_equals():
    assert default_rules(lone({"organisation": ["", ""]})).across == ()
    assert default_rules(room(person("p1"), person("p2"), columns={})) == Rules()


def test_with_sides_the_column_that_every_talk_crosses_is_not_weighed_again():
    roster = lone({"side": ["host", "guest"], "area": ["N", "S"]})
    assert rules("[sides]", roster).across == (Across("area"),)


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        (["a"] * 13, False),
        (["a"] * 12 + ["b"], True),
        (["a"] * 12 + [""], False),
        ([f"answer {place}" for place in range(12)] + [""], True),
        ([f"answer {place}" for place in range(13)], False),
        (["yes", "I came because my neighbour told me about it and because I like to listen"] + [""] * 11, False),
    ],
)
def test_columns_of_two_to_twelve_short_answers_count(answers, counts):
    assert ("area" in weighed(lone({"area": answers}))) is counts


@pytest.mark.parametrize(
    "need", ["id", "name", "email", "gender", "under_18", "fixed_seat", "quiet", "rest", "women_only", "languages"]
)
def test_needs_and_names_are_no_differences(need):
    assert weighed(lone({need: ["yes", "no"], "area": ["N", "S"]})).keys() == {"area"}


def test_private_columns_count_and_stay_private():
    assert weighed(lone({"faith": ["sun", "moon"]}, private=("faith",)))["faith"].private


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (("65+", "16-24", "25-34"), ("16-24", "25-34", "65+")),
        (("100+", "9–10", "11 – 99"), ("9–10", "11 – 99", "100+")),
        (("Under 18", "18 to 64", "65 and over"), ("Under 18", "18 to 64", "65 and over")),
        (("17 or younger", "aged 18-64", "over 64"), ("17 or younger", "aged 18-64", "over 64")),
        (("5-10 years", "0-5 years", "> 10 years"), ("0-5 years", "5-10 years", "> 10 years")),
        (("Prefer not to say", "25-34", "16-24"), ("16-24", "25-34")),
        (("25-34",), ()),
        (("25-34", "Prefer not to say"), ()),
        (("25-34", "30-39"), ()),
        (("25-34", "25-30"), ()),
        (("18+", "65+"), ()),
        (("34-25", "65+"), ()),
        (("16-24", "old"), ()),
        (("1", "2"), ()),
        ((), ()),
    ],
)
def test_plain_bands_are_put_in_order_and_nothing_else_is(values, order):
    assert band_order(values) == order
