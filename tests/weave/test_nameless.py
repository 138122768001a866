"""A web that is handed on names nobody, and tells nothing by which somebody could be known."""

from __future__ import annotations

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.weave.measures import crossing
from relexp.weave.nameless import nameless
from relexp.weave.web import Web
from tests.weave.test_cloth import ROSTER, WEB
from tests.weave.webs import webs


@given(webs(), st.integers(1, 6))
def test_whatever_is_told_of_somebody_is_told_of_as_many_others_as_it_takes(web: Web, least: int):
    found = nameless(web, ["organisation"], least=least)
    frame = pandas.DataFrame([*found.people.values()])
    smallest = frame.groupby("organisation").size().min()
    assert smallest >= min(least, len(web.people))
    assert len(found.people) == len(web.people)
    assert len(found.first) == len(web.first)
    assert len(found.ties) == len(web.ties)


def test_two_columns_together_tell_nobody_either():
    people = {f"n{at}": {"a": "xy"[at % 2], "b": "uvw"[at % 3]} for at in range(31)}
    found = nameless(Web(people), ["a", "b"])
    frame = pandas.DataFrame([*found.people.values()])
    assert frame.groupby(["a", "b"]).size().min() >= 5


@pytest.mark.parametrize("seed", [1, 2])
def test_codes_are_dealt_in_an_order_that_is_no_sheet_s_and_the_same_each_time(seed):
    found = nameless(WEB, ["organisation"], seed)
    assert found == nameless(WEB, ["organisation"], seed)
    assert not any(person.id in found.people for person in ROSTER)
    assert [*found.people] == sorted(found.people)
    own = [about["organisation"] for about in found.people.values()]
    assert own != [about["organisation"] for about in WEB.people.values()]


def test_the_figures_of_what_is_told_are_those_of_the_web():
    real, handed = crossing(WEB, "organisation"), crossing(nameless(WEB, ["organisation"], least=1), "organisation")
    assert (handed.between, handed.within, handed.index) == (real.between, real.within, real.index)


def test_nobody_is_a_web_too():
    assert nameless(Web({}), ["organisation"]) == Web({})
