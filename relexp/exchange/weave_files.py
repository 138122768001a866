"""A web as other programs take it: GraphML, GEXF with its days, Kumu and Gephi, and a table for research."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from relexp.exchange.sheets import Cell, write_csv
from relexp.messages import say
from relexp.weave.web import Web

# What each column of the files holds; `weave_dictionary` says it in words.
DICTIONARY = ("code", "column", "one", "other", "day", "gathering", "round", "kind", "weight")


def weave_files(web: Web, columns: Mapping[str, str]) -> dict[str, bytes]:
    """Every file by its name, from a web that names nobody; `columns` are headings by key of what is told of people."""
    return {
        "weave.graphml": graphml(web),
        "weave.gexf": gexf(web),
        "kumu-elements.csv": _table(("Label", *columns.values()), _people(web, columns)),
        "kumu-connections.csv": _table(("From", "To", "Type", "Date"), _kumu(web)),
        "gephi-nodes.csv": _table(("Id", *columns.values()), _people(web, columns)),
        "gephi-edges.csv": _table(("Source", "Target", "Type", "Weight"), _gephi(web)),
        "research.csv": _table(_research_heading(columns), _research(web, columns)),
        "dictionary.csv": _table(("column", "means"), ((key, str(say(f"weave.means_{key}"))) for key in DICTIONARY)),
    }


def graphml(web: Web) -> bytes:
    """The web as GraphML: a node for everybody, an edge for every two who met."""
    import networkx

    return "\n".join(networkx.generate_graphml(web.graph())).encode() + b"\n"


def gexf(web: Web) -> bytes:
    """The web as GEXF, every edge from the day on which the two first met."""
    import networkx

    graph = web.graph()
    graph.graph["mode"] = "dynamic"
    for (one, other), tie in web.first.items():
        graph.edges[one, other]["start"] = tie.day.isoformat()
    return "\n".join(networkx.generate_gexf(graph)).encode() + b"\n"


def _people(web: Web, columns: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    return ((code, *(about.get(column, "") for column in columns)) for code, about in web.people.items())


def _kumu(web: Web) -> Iterable[Sequence[Cell]]:
    return ((tie.one, tie.other, str(tie.kind), tie.day.isoformat()) for tie in web.ties)


def _gephi(web: Web) -> Iterable[Sequence[Cell]]:
    often: dict[tuple[str, str], int] = {}
    for tie in web.ties:
        often[tie.pair] = often.get(tie.pair, 0) + 1
    return ((one, other, "Undirected", count) for (one, other), count in often.items())


def _research_heading(columns: Mapping[str, str]) -> Sequence[str]:
    ends = [f"{heading} ({end})" for heading in columns.values() for end in ("one", "other")]
    return ("day", "gathering", "round", "kind", "one", "other", *ends)


def _research(web: Web, columns: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    # A gathering's own id is of no use to research, and leads back to it.
    numbers = {
        gathering: number for number, gathering in enumerate(dict.fromkeys(tie.gathering for tie in web.ties), 1)
    }
    for tie in web.ties:
        ends = [web.people[id].get(column, "") for column in columns for id in (tie.one, tie.other)]
        yield (tie.day.isoformat(), numbers[tie.gathering], tie.round or "", str(tie.kind), tie.one, tie.other, *ends)


def _table(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.BytesIO()
    write_csv(file, heading, [*rows])
    return file.getvalue()
