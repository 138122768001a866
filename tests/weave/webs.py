"""Webs to measure: classic networks as networkx has them, and any web at all."""

from __future__ import annotations

from datetime import date, timedelta

import networkx
from hypothesis import strategies as st

from relexp.weave.web import Kind, Tie, Web

DAY = date(2026, 3, 6)
GROUPS = ("A", "B", "C", "")


def web_of(graph: networkx.Graph, column: str | None = None) -> Web:
    """A network as a web, with what one of its attributes says of everybody."""
    people = {str(node): ({column: str(about[column])} if column else {}) for node, about in graph.nodes(data=True)}
    return Web(people, tuple(Tie(DAY, "", 0, str(one), str(other), Kind.TALK) for one, other in graph.edges))


@st.composite
def webs(draw: st.DrawFn) -> Web:
    """Up to twelve people of a few groups, some of them of none, who meet on several days, some of them twice."""
    count = draw(st.integers(2, 12))
    people = {f"p{place}": {"organisation": draw(st.sampled_from(GROUPS))} for place in range(count)}
    pairs = st.lists(st.sampled_from([*people]), min_size=2, max_size=2, unique=True)
    ties = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), pairs, st.sampled_from([*Kind])), max_size=30))
    return Web(
        people,
        tuple(Tie(DAY + timedelta(day), f"g{day}", round, *pair, kind) for day, round, pair, kind in ties),
    )
