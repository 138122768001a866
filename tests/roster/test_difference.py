"""How different two people are is counted exactly as the organiser was told, blanks and all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.difference import column_difference, difference, groups, members, number
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind
from tests.roster.rule_rooms import person, room

ORDER = ("low", "Middle", "high")


def of(*values: str) -> Roster:
    """A room whose people answered so in the column "area"."""
    return room(*(person(f"p{place}", {"area": value}) for place, value in enumerate(values)))


def told(one: str, other: str, attribute: Across, everybody: list[str]) -> float:
    """How different two answers are, counted by hand from the definition."""
    one, other = one.strip().lower(), other.strip().lower()
    if attribute.kind is Kind.CATEGORY:
        return 0.5 if not one or not other else float(one != other)
    if attribute.kind is Kind.SET:
        mine, theirs = ({part.strip() for part in text.replace(";", ",").split(",")} - {""} for text in (one, other))
        return 0.5 if not mine or not theirs else 1 - len(mine & theirs) / len(mine | theirs)
    if attribute.kind is Kind.ORDERED:
        ranks = [level.lower() for level in attribute.order]
        if one not in ranks or other not in ranks:
            return 0.5
        return abs(ranks.index(one) - ranks.index(other)) / (len(ranks) - 1)
    numbers = [float(text) for text in everybody if text.strip().isdecimal()]
    if not one.isdecimal() or not other.isdecimal():
        return 0.5
    span = max(numbers) - min(numbers)
    return abs(float(one) - float(other)) / span if span else 0.0


WORDS = {
    Kind.CATEGORY: ["", " ", "North", "north ", "South", "East"],
    Kind.ORDERED: ["", "low", " LOW", "middle", "high", "elsewhere"],
    Kind.NUMBER: ["", "many", "0", "3", " 3", "10"],
    Kind.SET: ["", " ; ", "a", "A; b", "b, c", "c;a,b", "d"],
}


def column(kind: Kind) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(WORDS[kind]), min_size=1, max_size=7)


@given(st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), column(kind))))
def test_one_column_is_counted_by_its_definition(drawn):
    kind, values = drawn
    attribute = Across("area", kind=kind, order=ORDER if kind is Kind.ORDERED else ())
    table = column_difference(of(*values), attribute)
    for row, one in enumerate(values):
        for place, other in enumerate(values):
            assert table[row, place] == pytest.approx(told(one, other, attribute, values))


COLUMNS = {"organisation": Kind.CATEGORY, "age_band": Kind.ORDERED, "side": Kind.NUMBER, "languages": Kind.SET}


@given(
    st.lists(st.tuples(*(st.sampled_from(WORDS[kind]) for kind in COLUMNS.values())), min_size=1, max_size=6),
    st.tuples(*[st.sampled_from([0.0, 0.5, 1.0, 4.0])] * 4),
)
def test_several_columns_are_weighed_together(rows, weights):
    roster = room(
        *(person(f"p{place}", dict(zip(COLUMNS, row, strict=True))) for place, row in enumerate(rows)),
    )
    across = [
        Across(key, weight, kind, order=ORDER if kind is Kind.ORDERED else ())
        for (key, kind), weight in zip(COLUMNS.items(), weights, strict=True)
    ]
    table = difference(roster, across)
    assert table.shape == (len(rows), len(rows))
    assert np.array_equal(table, table.T)
    assert np.all(table >= 0)
    assert np.all(table <= 1)
    for row, one in enumerate(rows):
        for place, other in enumerate(rows):
            parts = [
                attribute.weight * told(mine, theirs, attribute, list(values))
                for attribute, mine, theirs, values in zip(across, one, other, zip(*rows, strict=True), strict=True)
            ]
            mean = sum(parts) / sum(weights) if sum(weights) else 1.0
            assert table[row, place] == pytest.approx(0.0 if row == place else mean)


def test_without_any_column_everybody_is_equally_different():
    table = difference(of("a", "a", "b"), ())
    assert table.tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert np.array_equal(difference(of("a", "a", "b"), [Across("area", 0.0)]), table)


def test_a_column_of_weight_0_leaves_no_trace():
    roster = of("a", "", "b")
    heavy = Across("organisation", 2.0)
    assert np.array_equal(difference(roster, [heavy, Across("area", 0.0)]), difference(roster, [heavy]))


def test_a_column_that_the_sheet_does_not_have_is_blank_for_all():
    assert column_difference(of("a", "b"), Across("zebra")).tolist() == [[0.5, 0.5], [0.5, 0.5]]


@pytest.mark.parametrize("kind", [Kind.ORDERED, Kind.NUMBER])
def test_one_value_for_all_makes_no_difference(kind):
    attribute = Across("area", kind=kind, order=("3",) if kind is Kind.ORDERED else ())
    assert column_difference(of("3", "3", ""), attribute).tolist() == [[0, 0, 0.5], [0, 0, 0.5], [0.5, 0.5, 0.5]]


def test_a_number_column_without_a_number_is_blank():
    assert column_difference(of("a", ""), Across("area", kind=Kind.NUMBER)).tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_groups_are_numbered_as_they_appear_and_blanks_are_in_none():
    assert groups(of("b", "A", " ", "B ", "", "a"), "area").tolist() == [0, 1, -1, 0, -1, 1]
    assert groups(room(), "area").tolist() == []


def test_a_cell_that_lists_several_is_read_in_every_script_we_ship():
    assert members("English; français , English;") == {"english", "français"}
    assert members("العربية، English؛ বাংলা") == {"العربية", "english", "বাংলা"}
    assert members(" ;") == frozenset()


@pytest.mark.parametrize(("text", "value"), [("3", 3.0), (" 3,5 ", 3.5), ("-2", -2.0), ("1e3", 1000.0), ("٣", 3.0)])
def test_a_number_is_read_with_point_or_comma(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "many", "inf", "nan", "1e999", "1,000,000"])
def test_what_is_no_number_is_a_blank(text):
    assert math.isnan(number(text))
