"""A web as other programs take it: read again, it is the same web, and names nobody."""

from __future__ import annotations

import csv
import io

import networkx
import pytest

from relexp.exchange.weave_files import weave_files
from relexp.weave.nameless import nameless
from relexp.weave.web import Web
from tests.weave.test_cloth import ROSTER, WEB

HANDED = nameless(WEB, ["organisation"])
FILES = weave_files(HANDED, {"organisation": "Who did you come with?"})


def rows(name, files=FILES):
    return [*csv.DictReader(io.StringIO(files[name].decode()))]


@pytest.mark.parametrize(
    ("name", "read"), [("weave.graphml", networkx.read_graphml), ("weave.gexf", networkx.read_gexf)]
)
def test_a_graph_read_again_is_the_web(name, read):
    graph = read(io.BytesIO(FILES[name]))
    assert {*graph.nodes} == {*HANDED.people}
    assert {tuple(sorted(edge)) for edge in graph.edges()} == {*HANDED.first}
    assert {id: about.get("organisation", "") for id, about in graph.nodes(data=True)} == {
        id: about["organisation"] for id, about in HANDED.people.items()
    }


def test_gexf_says_since_when_two_know_each_other():
    assert b'start="2026-03-06"' in FILES["weave.gexf"]


def test_the_tables_hold_every_tie_and_everybody():
    assert len(rows("kumu-connections.csv")) == len(rows("research.csv")) == len(HANDED.ties)
    assert [row["Label"] for row in rows("kumu-elements.csv")] == [row["Id"] for row in rows("gephi-nodes.csv")]
    assert {row["Id"] for row in rows("gephi-nodes.csv")} == {*HANDED.people}
    assert sum(int(row["Weight"]) for row in rows("gephi-edges.csv")) == len(HANDED.ties)
    first = rows("research.csv")[0]
    assert (first["gathering"], first["round"], first["kind"]) == ("1", "1", "talk")
    assert first["Who did you come with? (one)"] == HANDED.people[first["one"]]["organisation"]


def test_nobody_is_named_in_any_file():
    everything = b"".join(FILES.values()).decode()
    assert not any(person.name in everything or person.id in everything for person in ROSTER)


def test_every_column_of_the_research_table_is_in_the_dictionary():
    known = {row["column"] for row in rows("dictionary.csv")}
    told = {heading for heading in rows("research.csv")[0] if "(" not in heading}
    assert told <= known
    assert all(row["means"] for row in rows("dictionary.csv"))


def test_no_cell_is_taken_for_a_formula():
    web = Web({code: {"organisation": "=HYPERLINK(1)"} for code in "abcde"})
    assert rows("gephi-nodes.csv", weave_files(web, {"organisation": "x"}))[0]["x"] == "'=HYPERLINK(1)"
