"""The measures of a web: those published of classic networks, and those that networkx and plain counting give."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.privacy.suppression import FEWEST
from relexp.weave.measures import crossing, in_two_rows, large_groups, links, newly_linked, shape
from relexp.weave.web import Kind, Tie, Web
from tests.weave.webs import DAY, web_of, webs

KARATE = web_of(networkx.karate_club_graph(), "club")


def test_the_karate_club_is_as_it_was_published():
    # Zachary 1977: 34 people, 78 ties, two clubs of 17 after the split. Their modularity is 0.358 (Newman 2006).
    found = crossing(KARATE, "club")
    assert (len(KARATE.people), found.between + found.within) == (34, 78)
    assert found.between == 11
    assert found.index == pytest.approx((11 - 67) / 78)
    degrees = dict.fromkeys(("Mr. Hi", "Officer"), 0)
    for pair in KARATE.first:
        for id in pair:
            degrees[KARATE.people[id]["club"]] += 1
    modularity = found.within / 78 - sum((degree / 156) ** 2 for degree in degrees.values())
    assert modularity == pytest.approx(0.358, abs=0.0005)
    assert found.chance is not None
    assert found.index < found.chance.low, "far more with their own than by chance"
    # without Mr. Hi the club falls apart; nobody else holds a part of it alone
    assert shape(KARATE, "club").holding == ("0",)


def test_the_women_of_davis_and_their_events_have_no_tie_within():
    # Davis, Gardner and Gardner 1941: 18 women, 14 events, 89 visits.
    graph = networkx.davis_southern_women_graph()
    web = web_of(graph, "bipartite")
    found = crossing(web, "bipartite")
    assert (len(web.people), found.between, found.within) == (32, 89, 0)
    assert (found.index, found.assortativity) == (1.0, pytest.approx(-1.0))
    assert links(web, "bipartite").linked == {("0", "1"): 89}


def test_the_families_of_florence_hang_together_by_four():
    # Padgett and Ansell 1993: fifteen families by twenty marriages, all in one part.
    found = shape(web_of(networkx.florentine_families_graph()))
    assert (found.people, found.pairs, found.parts, found.alone) == (15, 20, (15,), ())
    assert {*found.holding} == {"Albizzi", "Guadagni", "Medici", "Salviati"}


@given(webs())
def test_what_crosses_is_what_networkx_cuts(web: Web):
    found = crossing(web, "organisation")
    graph = web.graph()
    known = graph.subgraph([id for id, about in web.people.items() if about["organisation"]])
    groups = {about for _, about in known.nodes(data="organisation")}
    cut = sum(
        networkx.cut_size(known, [id for id, about in known.nodes(data="organisation") if about == group])
        for group in groups
    )
    assert found.between == cut // 2
    assert found.within == known.number_of_edges() - found.between
    assert found.unknown == graph.number_of_edges() - known.number_of_edges()
    assert found.share is None or found.index == pytest.approx(2 * found.share - 1)


@given(webs())
def test_chance_gives_what_drawing_lots_gives_on_the_whole(web: Web):
    found = crossing(web, "organisation")
    if found.chance is None:
        assert found.index is None
        return
    names = [about["organisation"] for about in web.people.values() if about["organisation"]]
    same = np.mean([one == other for one, other in combinations(names, 2)])
    assert -1 <= found.chance.low <= found.chance.mean + 1e-9
    assert found.chance.mean <= found.chance.high + 1e-9 or found.chance.high == pytest.approx(found.chance.mean)
    # a mean of a thousand draws of something between -1 and 1
    assert found.chance.mean == pytest.approx(1 - 2 * same, abs=0.16)
    assert crossing(web, "organisation") == found


@given(webs())
def test_whoever_is_named_last_changes_nothing(web: Web):
    other = Web(dict(reversed(web.people.items())), tuple(reversed(web.ties)))
    one, two = crossing(web, "organisation"), crossing(other, "organisation")
    assert (one.between, one.within, one.unknown, one.index) == (two.between, two.within, two.unknown, two.index)
    assert {*shape(web).holding} == {*shape(other).holding}
    assert links(web) == links(other)


@given(webs())
def test_a_web_hangs_together_as_plain_walking_says(web: Web):
    found = shape(web)
    around = {id: {*()} for id in web.people}
    for one, other in web.first:
        around[one].add(other)
        around[other].add(one)

    def parts(without: str | None = None) -> list[set[str]]:
        left, made = [id for id in web.people if id != without], []
        while left:
            part, todo = {left[0]}, [left[0]]
            while todo:
                new = around[todo.pop()] - part - {without}
                part |= new
                todo += new
            made.append(part)
            left = [id for id in left if id not in part]
        return made

    assert found.parts == tuple(sorted((len(part) for part in parts() if len(part) > 1), reverse=True))
    assert found.alone == tuple(id for id in web.people if not around[id])
    holding = [id for id in web.people if len(parts(id)) > len(parts())]
    assert found.holding == tuple(holding)
    own = {id: about["organisation"] for id, about in web.people.items()}
    for id in found.crossing_none:
        assert around[id]
        assert all(not own[id] or own[other] in ("", own[id]) for other in around[id])


def test_the_best_that_can_be_stands_beside_what_is():
    # One side has 81 of the 156 ends of ties: three ties of it cannot but be within.
    ends = [KARATE.people[id]["club"] for pair in KARATE.first for id in pair]
    assert sorted(map(ends.count, set(ends))) == [75, 81]
    assert crossing(KARATE, "club").best == (78 - 6) / 78
    three = web_of(networkx.complete_graph(3))
    alike = Web({id: {"organisation": "A"} for id in three.people}, three.ties)
    assert crossing(alike, "organisation").best == -1.0
    one_else = Web({**alike.people, "2": {"organisation": "B"}}, three.ties)
    assert crossing(one_else, "organisation").best == 1 / 3
    assert crossing(Web(alike.people), "organisation").best is None


@given(webs())
@settings(max_examples=60)
def test_no_web_with_as_many_meetings_for_everybody_crosses_more_than_the_best(web):
    """The best is held against every other way to lay as many ties, tried one by one as a network flow would."""
    found = crossing(web, "organisation")
    if found.best is None:
        return
    assert found.best >= found.index - 1e-12
    graph = web.graph()
    graph.remove_nodes_from([id for id, about in web.people.items() if not about["organisation"]])
    groups = networkx.get_node_attributes(graph, "organisation")
    if graph.number_of_nodes() < 4 or graph.number_of_edges() < 2:
        return
    # Swaps of two ties keep how many people everybody meets; the best of many walks is never above the bound.
    dice = random.Random(7)
    best = within = sum(groups[one] == groups[other] for one, other in graph.edges)
    for _ in range(200):
        (a, b), (c, d) = dice.sample([*graph.edges], 2)
        if dice.random() < 0.5:
            c, d = d, c
        if len({a, b, c, d}) == 4 and not graph.has_edge(a, d) and not graph.has_edge(c, b):
            graph.remove_edges_from([(a, b), (c, d)])
            graph.add_edges_from([(a, d), (c, b)])
            within = sum(groups[one] == groups[other] for one, other in graph.edges)
            best = min(best, within)
    known = graph.number_of_edges()
    assert found.best >= (known - 2 * best) / known - 1e-12


def test_a_room_of_one_group_has_no_chance_to_cross_and_says_so():
    web = Web({id: {"organisation": "A"} for id in "abc"}, KARATE.ties[:0])
    assert crossing(web, "organisation").index is None
    graph = networkx.complete_graph(4)
    networkx.set_node_attributes(graph, "A", "organisation")
    one = crossing(web_of(graph, "organisation"), "organisation")
    assert (one.index, one.chance.low, one.chance.high, one.assortativity) == (-1.0, -1.0, -1.0, None)


def test_what_is_newly_linked_was_not_linked_before():
    web = Web({"a": {"organisation": "A"}, "b": {"organisation": "B"}, "c": {"organisation": "C"}})
    before = Web(web.people, (Tie(DAY, "x", 1, "a", "b", Kind.TALK),))
    after = Web(
        web.people, (*before.ties, Tie(DAY, "y", 1, "c", "b", Kind.TALK), Tie(DAY, "y", 2, "b", "a", Kind.TALK))
    )
    assert newly_linked(before, after) == (("B", "C"),)
    assert links(after).possible == 3
    assert links(after).linked == {("A", "B"): 1, ("B", "C"): 1}


def test_a_group_that_is_too_small_to_be_named_is_not_named():
    many = {f"a{n}": {"organisation": "A"} for n in range(FEWEST)}
    few = {f"b{n}": {"organisation": "B"} for n in range(FEWEST - 1)}
    assert large_groups(Web(many | few | {"x": {}}), "organisation") == ("A",)


def test_two_rows_are_laid_as_a_hall_lays_them():
    # a b face c d e: round 1 is a-c and b-d with e, round 2 is a-d and b-e with c
    web = Web(dict(zip("abcde", ({"organisation": name} for name in "AAABB"), strict=True)))
    met = {("a", "c"), ("b", "d"), ("b", "e"), ("d", "e"), ("a", "d"), ("b", "c"), ("c", "e")}
    differ = sum(web.people[one] != web.people[other] for one, other in met)
    assert in_two_rows(web, "organisation", 2) == (differ, len(met))
    assert in_two_rows(web, "organisation", 0) == (0, 0)
    assert in_two_rows(Web({"a": {}}), "organisation", 3) == (0, 0)


@given(webs(), st.integers(1, 6))
def test_two_rows_never_seat_anybody_with_themselves_and_count_whom_it_is_known_of(web, rounds):
    differ, known = in_two_rows(web, "organisation", rounds)
    named = sum(bool(about["organisation"]) for about in web.people.values())
    assert 0 <= differ <= known <= named * (named - 1) // 2
