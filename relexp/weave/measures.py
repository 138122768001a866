"""The measures of a web, each beside what it is to be compared with: what chance would give, and the best that can be.

Sources: the E-I index is that of Krackhardt and Stern, Informal networks and organizational crises, Social Psychology
Quarterly 51 (1988), 123-140; mixing by a kind of people (assortativity) that of Newman, Mixing patterns in networks,
Physical Review E 67 (2003), 026126, as networkx computes it. What chance gives is found by drawing lots, as in the
permutation tests of Hubert, Assignment methods in combinatorial data analysis (1987): the same ties, and the people at
their ends in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relexp.privacy.suppression import FEWEST
from relexp.weave.web import Pair, Web

DRAWS = 1000


Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Range:
    """What nine of ten draws lie between, and the mean of all of them."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """How far the pairs of a web cross one kind of difference.

    `between` and `within` count the pairs of two groups and of one; `unknown` those of whom the sheet does not say.
    `index` is the E-I index, (between - within) / (between + within), from -1 (nobody crosses) to 1 (everybody does);
    None without pairs. `chance` is the index of the same ties with the same people at their ends by lot, `best` the
    highest that arithmetic allows where everybody meets as many others as they did. `assortativity` goes from -1 over 0
    (by chance) to 1 (each with their own), None where it is not defined.
    """

    column: str
    between: int
    within: int
    unknown: int
    index: float | None
    chance: Range | None
    best: float | None
    assortativity: float | None

    @property
    def share(self) -> float | None:
        """The pairs that cross, of those of whom it is known: 0 to 1."""
        known = self.between + self.within
        return self.between / known if known else None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a web hangs together.

    `people` and `pairs` count both; `parts` are the sizes of what hangs together, the largest first, people without a
    tie left out; `alone` are those without a tie; `crossing_none` those who are tied, and only with their own;
    `holding` those without whom a part would fall in two. Ids, in the order of the web: nobody is ranked.
    """

    people: int
    pairs: int
    parts: tuple[int, ...]
    alone: tuple[str, ...]
    crossing_none: tuple[str, ...]
    holding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Which organisations are linked by somebody who met: (one, other) in order, with how many pairs of people.

    `possible` is how many pairs of organisations there are.
    """

    linked: dict[Pair, int]
    possible: int


def crossing(web: Web, column: str, *, seed: int = 1) -> Crossing:
    """How far the pairs of a web cross a column of what is told of people."""
    codes, ends = _codes(web, column)
    between, within, unknown = _count(codes, ends)
    known = between + within
    best = (known - 2 * _fewest_within(codes, ends)) / known if known else None
    return Crossing(
        column,
        between,
        within,
        unknown,
        (between - within) / known if known else None,
        _by_lot(codes, ends, seed) if known else None,
        best,
        _assortativity(web, column) if known else None,
    )


def shape(web: Web, column: str = "organisation") -> Shape:
    """How a web hangs together, `column` being what tells somebody's own from others."""
    import networkx

    graph = web.graph()
    parts = sorted((len(part) for part in networkx.connected_components(graph) if len(part) > 1), reverse=True)
    holding = {*networkx.articulation_points(graph)}
    crossed = {id for pair in web.first if _differ(web, pair, column) for id in pair}
    tied = {id for pair in web.first for id in pair}
    return Shape(
        len(web.people),
        len(web.first),
        tuple(parts),
        tuple(id for id in web.people if id not in tied),
        tuple(id for id in web.people if id in tied - crossed),
        tuple(id for id in web.people if id in holding),
    )


def links(web: Web, column: str = "organisation") -> Links:
    """Which groups of a column are linked by two people who met."""
    found: dict[Pair, int] = {}
    for one, other in web.first:
        groups = sorted((web.people[one].get(column, ""), web.people[other].get(column, "")))
        if groups[0] and groups[0] != groups[1]:
            pair = (groups[0], groups[1])
            found[pair] = found.get(pair, 0) + 1
    there = len({about.get(column, "") for about in web.people.values()} - {""})
    return Links(dict(sorted(found.items())), there * (there - 1) // 2)


def newly_linked(before: Web, after: Web, column: str = "organisation") -> tuple[Pair, ...]:
    """The pairs of groups that are linked after, and were not before."""
    return tuple(pair for pair in links(after, column).linked if pair not in links(before, column).linked)


def in_two_rows(web: Web, column: str, rounds: int) -> tuple[int, int]:
    """How many pairs would differ, of how many that are known, had the same people sat down in two rows.

    They sit as they stand in the web, the first half facing the second; one row moves up a seat a round, and one who is
    left over joins the last pair.
    """
    people, half = [*web.people], len(web.people) // 2
    near, far = people[:half], people[half:]
    pairs: set[Pair] = set()
    for round in range(rounds if half else 0):
        moved = [*far[round % len(far) :], *far[: round % len(far)]]
        pairs.update(zip(near, moved, strict=False))
        pairs.update((end, left) for left in moved[half:] for end in (near[-1], moved[half - 1]))
    groups = [(web.people[one].get(column, ""), web.people[other].get(column, "")) for one, other in _once(pairs)]
    known = [(one, other) for one, other in groups if one and other]
    return sum(one != other for one, other in known), len(known)


def large_groups(web: Web, column: str) -> tuple[str, ...]:
    """The groups of a column that may be named in a figure: of five people or more, in the order of the web."""
    counts: dict[str, int] = {}
    for about in web.people.values():
        counts[about.get(column, "")] = counts.get(about.get(column, ""), 0) + 1
    return tuple(group for group, count in counts.items() if group and count >= FEWEST)


def _codes(web: Web, column: str) -> tuple[Ints, Ints]:
    """Everybody's group as a number, -1 where it is not known; and the places of both ends of every pair."""
    names: dict[str, int] = {}
    codes = [
        names.setdefault(group, len(names)) if (group := about.get(column, "")) else -1 for about in web.people.values()
    ]
    places = {id: place for place, id in enumerate(web.people)}
    ends = [(places[one], places[other]) for one, other in web.first]
    return np.array(codes, dtype=np.int64), np.array(ends, dtype=np.int64).reshape(-1, 2)


def _count(codes: Ints, ends: Ints) -> tuple[int, int, int]:
    one, other = codes[ends[:, 0]], codes[ends[:, 1]]
    known = (one >= 0) & (other >= 0)
    within = int((known & (one == other)).sum())
    return int(known.sum()) - within, within, int((~known).sum())


def _fewest_within(codes: Ints, ends: Ints) -> int:
    """How few of these pairs could be of one group, if everybody met as many others as they did.

    A group that has more meetings than all others together has the rest of them within; and whoever meets more people
    than there are in other groups meets the rest in their own.
    """
    known = ends[(codes[ends] >= 0).all(axis=1)]
    met = np.bincount(known.ravel(), minlength=len(codes))
    groups = range(int(codes.max(initial=-1)) + 1)
    crowded = max((2 * int(met[codes == group].sum()) - int(met.sum()) for group in groups), default=0)
    others = int((codes >= 0).sum()) - np.array([int((codes == code).sum()) for code in codes])
    forced = int(np.where(codes >= 0, np.maximum(met - others, 0), 0).sum())
    return max(0, -(-crowded // 2), -(-forced // 2))


def _by_lot(codes: Ints, ends: Ints, seed: int) -> Range | None:
    """The index when those of whom it is known change places with each other by lot."""
    known = np.flatnonzero(codes >= 0)
    dice = np.random.Generator(np.random.PCG64(seed))
    drawn = codes.copy()
    found = np.empty(DRAWS)
    for draw in range(DRAWS):
        drawn[known] = dice.permutation(codes[known])
        between, within, _ = _count(drawn, ends)
        found[draw] = (between - within) / (between + within)
    low, high = np.quantile(found, (0.05, 0.95))
    return Range(float(low), float(found.mean()), float(high))


def _assortativity(web: Web, column: str) -> float | None:
    import networkx

    graph = web.graph()
    graph.remove_nodes_from([id for id, about in web.people.items() if not about.get(column, "")])
    groups = {about for _, about in graph.nodes(data=column)}
    if len(groups) < 2 or not graph.number_of_edges():
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        found = float(networkx.attribute_assortativity_coefficient(graph, column))
    return found if np.isfinite(found) else None


def _once(pairs: Iterable[Pair]) -> set[Pair]:
    """Every two once, whoever of them is named first."""
    return {(one, other) if one <= other else (other, one) for one, other in pairs}


def _differ(web: Web, pair: Pair, column: str) -> bool:
    """Whether two are known to be of two groups."""
    one, other = (web.people[id].get(column, "") for id in pair)
    return bool(one and other) and one != other
