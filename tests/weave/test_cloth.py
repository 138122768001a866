"""The weave shows what was woven: every conversation is a crossing, and nothing else moves a thread."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.pairing.plan import plan
from relexp.privacy.suppression import FEWEST
from relexp.roster.rule_check import default_rules
from relexp.weave.cloth import cloth
from relexp.weave.web import Kind, Tie, Web, talks
from tests.weave.webs import DAY, webs

ROSTER = read_roster(demo_sheet(), "demo.csv").roster
EVENING = plan(ROSTER, default_rules(ROSTER, 4))
PEOPLE = {person.id: {"organisation": person.organisation} for person in ROSTER}
WEB = Web(PEOPLE, talks(EVENING, DAY, "spring"))


@given(webs())
def test_threads_change_places_and_none_is_ever_lost(web: Web):
    woven = cloth(web)
    before = tuple(range(len(web.people)))
    for row in woven.rows:
        assert sorted(row.places) == sorted(before)
        talking = {thread for crossing in row.crossings for thread in crossing}
        assert {*row.loose} == {*range(len(before))} - talking
        assert all(row.places[thread] == before[thread] for thread in row.loose)
        for crossing in row.crossings:
            assert {row.places[thread] for thread in crossing} == {before[thread] for thread in crossing}
            assert all(row.places[thread] != before[thread] for thread in crossing)
        before = row.places


def test_every_conversation_of_an_evening_is_one_crossing_in_its_row():
    woven = cloth(WEB)
    assert [row.round for row in woven.rows] == [1, 2, 3, 4]
    for row, round in zip(woven.rows, EVENING.rounds, strict=True):
        assert sorted(map(len, row.crossings)) == sorted(len(talk.people) for talk in round.conversations)
        own = {person.id: person.organisation for person in ROSTER}
        large = {name for name in own.values() if [*own.values()].count(name) >= FEWEST}
        across = [{own[id] if own[id] in large else "" for id in talk.people} for talk in round.conversations]
        assert woven.across(row) == sum(len(groups) > 1 for groups in across)


def test_the_table_of_the_picture_counts_every_meeting():
    woven = cloth(WEB)
    names = [group.name for group in woven.groups]
    counted: dict[tuple[int, int], int] = {}
    for one, other in EVENING.pairs():
        places = (PEOPLE[id]["organisation"] for id in (one, other))
        low, high = sorted(names.index(name) if name in names else names.index("") for name in places)
        counted[low, high] = counted.get((low, high), 0) + 1
    assert woven.meetings() == counted
    assert sum(counted.values()) == len([*EVENING.pairs()])


def test_groups_lie_side_by_side_the_largest_first_and_small_ones_have_no_name():
    woven = cloth(WEB)
    assert [*woven.threads] == sorted(woven.threads)
    counts = [group.people for group in woven.groups if group.name]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= FEWEST
    assert woven.groups[-1].name == ""
    assert sum(group.people for group in woven.groups) == len(PEOPLE)


def test_only_what_was_talked_at_gatherings_is_woven_and_a_trio_is_one_crossing():
    people = {id: {} for id in "abcde"}
    trio = [Tie(DAY, "x", 2, *pair, Kind.TALK) for pair in combinations("abc", 2)]
    woven = cloth(Web(people, (*trio, Tie(DAY, "x", 1, "d", "e", Kind.TALK), Tie(DAY, "", 0, "a", "d", Kind.AGAIN))))
    assert [row.crossings for row in woven.rows] == [((3, 4),), ((0, 1, 2),)]
    assert woven.rows[0].loose == (0, 1, 2)
    assert woven.rows[1].places == (1, 2, 0, 4, 3)
    assert cloth(Web({})).groups == ()
