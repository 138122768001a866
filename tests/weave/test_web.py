"""A web says how people met, and when they first did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from relexp.pairing.evening import Conversation, Evening, Round
from relexp.weave.web import Kind, Tie, Web, talks
from tests.weave.webs import DAY, webs

EVENING = Evening(
    (
        Round(1, (Conversation(("a", "b"), 1), Conversation(("e", "c", "d"), 2)), ()),
        Round(2, (Conversation(("b", "c"), 1),), ("a", "d", "e")),
    ),
    {id: id.upper() for id in "abcde"},
)
PEOPLE = {id: {"organisation": id.upper()} for id in "abcde"}


def test_every_meeting_of_an_evening_is_a_tie_and_a_trio_is_three():
    ties = talks(EVENING, DAY, "spring")
    assert len(ties) == 5
    assert {tie.pair for tie in ties} == {*EVENING.pairs()}


def test_a_round_that_was_not_held_wove_nothing():
    assert {tie.round for tie in talks(EVENING, DAY, "spring", rounds=[1])} == {1}


def test_who_knew_each_other_before_is_no_new_pair():
    knew = Tie(DAY - timedelta(30), "", 0, "b", "a", Kind.KNEW)
    web = Web(PEOPLE, (*talks(EVENING, DAY, "spring"), knew))
    assert ("a", "b") not in web.newly("spring")
    assert len(web.newly("spring")) == 4
    assert web.newly("autumn") == ()


def test_who_meets_again_on_the_very_day_met_for_the_first_time_at_the_gathering():
    again = Tie(DAY, "spring", 0, "a", "b", Kind.AGAIN)
    ties = talks(EVENING, DAY, "spring")
    assert Web(PEOPLE, (again, *ties)).newly("spring") == Web(PEOPLE, ties).newly("spring")


@given(webs())
def test_everybody_s_first_meeting_is_the_earliest(web: Web):
    for pair, first in web.first.items():
        assert first.day == min(tie.day for tie in web.ties if tie.pair == pair)
        there = [tie for tie in web.ties if (tie.pair, tie.day, tie.gathering) == (pair, first.day, first.gathering)]
        assert first.kind is not Kind.TALK or first.round == min(tie.round for tie in there if tie.kind is Kind.TALK)
        assert first.kind is not Kind.AGAIN or {tie.kind for tie in there} == {Kind.AGAIN}
    assert {tie.pair for tie in web.ties} == {*web.first}
    assert {*web.until(DAY).ties} == {tie for tie in web.ties if tie.day <= DAY}
    assert {tie.kind for tie in web.of(Kind.AGAIN, Kind.ONE_TO_ONE).ties} <= {Kind.AGAIN, Kind.ONE_TO_ONE}


@given(webs())
def test_a_web_is_told_as_a_graph_and_as_a_table(web: Web):
    graph = web.graph()
    assert {*graph.nodes} == {*web.people}
    assert {tuple(sorted(edge)) for edge in graph.edges} == {*web.first}
    frame = web.to_frame()
    assert len(frame) == len(web.ties)
    assert [*frame.columns] == ["day", "gathering", "round", "one", "other", "kind"]


@pytest.mark.parametrize("pair", [("a", "a"), ("a", "x"), ("x", "a")])
def test_a_tie_is_between_two_people_of_the_web(pair):
    with pytest.raises(ValueError, match="two people"):
        Web(PEOPLE, (Tie(DAY, "", 0, *pair, Kind.TALK),))
