"""Who develops whom: what networkx finds, rings told and never followed for ever, and a place for each in the picture."""

from __future__ import annotations

from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.chains import forest, picture, size_below, twin
from relexp.leadership.leader import Leader
from tests.leadership.tables import chained, leader


def graph(table: list[Leader]) -> networkx.DiGraph:
    """Who develops whom, as networkx has it: without those who are gone, and without oneself."""
    ids = {each.id for each in table}
    found = networkx.DiGraph()
    found.add_nodes_from(each.id for each in table)
    found.add_edges_from((e.developed_by, e.id) for e in table if e.developed_by in ids - {e.id})
    return found


@given(chained())
def test_the_chains_are_the_parts_that_networkx_finds(table: list[Leader]):
    found = forest(table)
    parts = [part for part in networkx.weakly_connected_components(graph(table)) if len(part) > 1]
    assert sorted(map(sorted, parts)) == sorted(sorted(chain.people) for chain in found.chains)
    sizes = [len(chain.people) for chain in found.chains]
    assert sizes == sorted(sizes, reverse=True)
    assert all(chain.people[0] == chain.root for chain in found.chains)


@given(chained())
def test_the_rings_are_the_circles_that_networkx_finds(table: list[Leader]):
    found = forest(table)
    selves = {(each.id,) for each in table if each.developed_by == each.id}
    rings = {frozenset(ring) for ring in networkx.simple_cycles(graph(table))}
    assert {frozenset(ring) for ring in found.circles} == rings | {frozenset(ring) for ring in selves}
    places = {each.id: place for place, each in enumerate(table)}
    for ring in found.circles:
        assert ring[0] == min(ring, key=places.__getitem__)
        for by, id in zip(ring, (*ring[1:], ring[0]), strict=True):
            assert table[places[id]].developed_by == by


@given(chained())
def test_whoever_develops_somebody_is_told_with_all_of_them(table: list[Leader]):
    found, edges = forest(table), graph(table)
    assert {id: {*below} for id, below in found.develops.items()} == {
        id: {*edges.successors(id)} for id in edges if edges.out_degree(id)
    }
    assert found.developers == tuple(each.id for each in table if edges.out_degree(each.id))
    told = twin(found)
    assert dict(told) == found.develops
    assert len(told) == len(found.develops)


@given(chained())
def test_a_chain_is_as_deep_as_its_longest_way_down_and_holds_all_who_hang_on_somebody(table: list[Leader]):
    found, edges = forest(table), graph(table)
    edges.remove_edges_from([(ring[-1], ring[0]) for ring in found.circles if len(ring) > 1])
    for chain in found.chains:
        assert chain.depth == max(networkx.single_source_shortest_path_length(edges, chain.root).values())
    assert size_below(found) == {id: len(networkx.descendants(edges, id)) for id in edges if edges.out_degree(id)}


@given(chained(20), st.integers(0, 22))
def test_everybody_in_the_picture_has_a_place_of_their_own_beside_whoever_develops_them(table: list[Leader], most: int):
    found = forest(table)
    drawn = picture(found, most)
    people = [id for chain in found.chains for id in chain.people]
    nodes = {node.leader: node for node in drawn.nodes}
    assert [*nodes] == people[:most]
    assert drawn.left_out == len(people) - len(nodes)
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(nodes)
    ends = sum(1 for node in drawn.nodes if not any(other.above == node.leader for other in drawn.nodes))
    between = max(0, sum(1 for node in drawn.nodes if not node.above) - 1)
    assert drawn.lines == ends + between
    lines = sorted(drawn.nodes, key=lambda node: node.line)
    assert len({node.line for node in lines}) == len(lines)
    assert max([node.line + 1 for node in lines], default=0) == len(lines) + between
    for before, node in pairwise(lines):
        # Below who develops them, with nobody of another branch in between; and a line free before the next chain.
        assert node.line - before.line == (1 if node.above else 2)
        way = [before.leader]
        while nodes[way[-1]].above:
            way.append(nodes[way[-1]].above)
        assert not node.above or node.above in way
    assert all(0 <= node.y <= drawn.lines - 1 for node in drawn.nodes)
    below = networkx.DiGraph((node.above, node.leader) for node in drawn.nodes if node.above)
    for node in drawn.nodes:
        assert node.x == (nodes[node.above].x + 1 if node.above else 0)
        here = [*below.successors(node.leader)] if node.leader in below else []
        if here:
            assert min(nodes[id].y for id in here) <= node.y <= max(nodes[id].y for id in here)
        else:
            assert node.y == int(node.y)
        hidden = {*found.develops.get(node.leader, ())} - {*here} - {chain.root for chain in found.chains}
        assert node.hidden == len(hidden)


def test_no_two_lines_of_one_generation_cross():
    table = [leader("a"), leader("b", "a"), leader("c", "a"), leader("d", "b"), leader("e", "b"), leader("f", "c")]
    drawn = picture(forest(table))
    assert [(node.leader, node.x, node.y, node.line) for node in drawn.nodes] == [
        ("a", 0, 1.25, 0), ("b", 1, 0.5, 1), ("c", 1, 2, 4), ("d", 2, 0, 2), ("e", 2, 1, 3), ("f", 2, 2, 5),
    ]  # fmt: skip
    assert (drawn.lines, drawn.left_out) == (3, 0)


def test_a_ring_is_told_and_drawn_from_its_first_on():
    table = [leader("a", "c"), leader("b", "a"), leader("c", "b"), leader("d", "c"), leader("e", "e")]
    found = forest(table)
    assert found.circles == (("a", "b", "c"), ("e",))
    assert found.chains[0].people == ("a", "b", "c", "d")
    assert found.develops == {"a": ("b",), "b": ("c",), "c": ("a", "d")}
    assert [(node.leader, node.x, node.hidden) for node in picture(found).nodes] == [
        ("a", 0, 0), ("b", 1, 0), ("c", 2, 0), ("d", 3, 0),
    ]  # fmt: skip


def test_the_largest_chain_is_drawn_first_and_those_left_out_are_counted():
    table = [leader("a"), leader("b", "a"), leader("c"), leader("d", "c"), leader("e", "c")]
    drawn = picture(forest(table), most=2)
    assert [(node.leader, node.hidden) for node in drawn.nodes] == [("c", 1), ("d", 0)]
    assert drawn.left_out == 3


def test_a_line_of_twenty_thousand_is_followed_to_its_end():
    table = [leader(f"L{number}", f"L{number - 1}") for number in range(20_000)]
    found = forest(table)
    assert (found.chains[0].depth, len(found.chains)) == (19_999, 1)
    assert picture(found).left_out == 19_850
    ring = [leader(f"L{number}", f"L{(number - 1) % 20_000}") for number in range(20_000)]
    assert len(forest(ring).circles[0]) == 20_000
    assert picture(forest(ring), 20_000).lines == 1
