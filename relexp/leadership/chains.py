"""Who develops whom: the chains of leaders who help others to lead, and where to draw each of them.

Practice calls it a snowflake: linked leaders, each of whom answers for a few others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from relexp.leadership.leader import Leader

# More names in one picture are read by nobody.
DRAWN = 150


@dataclass(frozen=True, slots=True)
class Chain:
    """All who hang together: `people` from the first on, generation by generation; `depth` counts generations below."""

    root: str
    people: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Forest:
    """Who develops whom, in ids and in the order of the table.

    `develops` gives all whom somebody develops, `above` who develops somebody. `chains` are the largest first, of two
    people or more. `circles` are people who are said to develop each other in a ring, which cannot be: they are told,
    and for the chains the first of them in the table counts as developed by nobody.
    """

    develops: Mapping[str, tuple[str, ...]]
    above: Mapping[str, str]
    chains: tuple[Chain, ...]
    circles: tuple[tuple[str, ...], ...]

    @property
    def developers(self) -> tuple[str, ...]:
        """The leaders who developed at least one other."""
        return tuple(self.develops)


@dataclass(frozen=True, slots=True)
class Node:
    """One person of the picture.

    `x` is the generation and `y` how far down the page, in lines, where there is room for generations side by side.
    `line` is how far down where there is not: everybody on a line of their own, below who develops them. `above` is who
    they are joined to, `hidden` how many of those they develop are not drawn.
    """

    leader: str
    x: int
    y: float
    line: int
    above: str
    hidden: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The chains as they are drawn, the largest first and a line free between them.

    `lines` is how many lines `y` goes down; `left_out` counts people.
    """

    nodes: tuple[Node, ...]
    lines: int
    left_out: int


def forest(leaders: Sequence[Leader]) -> Forest:
    """Who develops whom among these people; somebody else, and oneself, count as nobody."""
    places = {leader.id: place for place, leader in enumerate(leaders)}
    named = {leader.id: leader.developed_by for leader in leaders if leader.developed_by in places}
    circles = _circles(named, places)
    above = {id: by for id, by in named.items() if id != by}
    develops = _below(above)
    cut = {circle[0] for circle in circles}
    tree = _below({id: by for id, by in above.items() if id not in cut})
    roots = [id for id in places if id in tree and (id not in above or id in cut)]
    chains = sorted((_chain(root, tree) for root in roots), key=lambda chain: -len(chain.people))
    ordered = {id: develops[id] for id in places if id in develops}
    return Forest(ordered, above, tuple(chains), circles)


def picture(found: Forest, most: int = DRAWN) -> Picture:
    """Where to draw whom, at most so many: the largest chains first, each generation one step to the right."""
    people = [id for chain in found.chains for id in chain.people]
    drawn = people[:most]
    roots = {chain.root for chain in found.chains}
    above = {id: "" if id in roots else found.above[id] for id in drawn}
    tree = _below({id: by for id, by in above.items() if by})
    generation: dict[str, int] = {}
    for id in drawn:
        generation[id] = generation[above[id]] + 1 if above[id] else 0
    lines, downs, count = _lines([id for id in drawn if not above[id]], tree)
    nodes = tuple(
        Node(id, generation[id], downs[id], lines[id], above[id], _hidden(found, id, roots) - len(tree.get(id, ())))
        for id in drawn
    )
    return Picture(nodes, count, len(people) - len(drawn))


def twin(found: Forest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The picture as a table, whole: who develops whom, chain by chain and generation by generation."""
    return tuple((id, found.develops[id]) for chain in found.chains for id in chain.people if id in found.develops)


def size_below(found: Forest) -> dict[str, int]:
    """How many hang on each who develops somebody: whom they develop, whom those develop, and so on."""
    roots = {chain.root for chain in found.chains}
    below: dict[str, int] = {}
    for chain in found.chains:
        for id in reversed(chain.people):
            if id not in roots:
                below[found.above[id]] = below.get(found.above[id], 0) + below.get(id, 0) + 1
    return below


def _hidden(found: Forest, id: str, roots: set[str]) -> int:
    return sum(1 for other in found.develops.get(id, ()) if other not in roots)


def _below(above: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for id, by in above.items():
        found.setdefault(by, []).append(id)
    return {by: tuple(ids) for by, ids in found.items()}


def _circles(above: Mapping[str, str], places: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """The rings, each from its first in the table on, developer before developed."""
    walked: dict[str, str] = {}
    found = []
    for start in above:
        id = start
        while id in above and id not in walked:
            walked[id] = start
            id = above[id]
        if walked.get(id) == start:
            ring = [id]
            while above[ring[-1]] != id:
                ring.append(above[ring[-1]])
            first = min(range(len(ring)), key=lambda place: places[ring[place]])
            found.append((ring[first], *reversed(ring[first + 1 :] + ring[:first])))
    return tuple(sorted(found, key=lambda ring: places[ring[0]]))


def _chain(root: str, tree: Mapping[str, tuple[str, ...]]) -> Chain:
    people: list[str] = []
    generation: tuple[str, ...] = (root,)
    depth = -1
    while generation:
        people += generation
        generation, depth = tuple(below for id in generation for below in tree.get(id, ())), depth + 1
    return Chain(root, tuple(people), depth)


def _lines(roots: Iterable[str], tree: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, int], dict[str, float], int]:
    """Everybody's own line; how far down they stand among generations side by side; and how many lines that takes.

    Side by side, whoever develops nobody has a line of their own, and the others stand amid theirs.
    """
    lines: dict[str, int] = {}
    downs: dict[str, float] = {}
    line = down = 0
    for number, root in enumerate(roots):
        line, down = line + bool(number), down + bool(number)
        waiting = [root]
        while waiting:
            id = waiting.pop()
            below = tree.get(id, ())
            if id in lines:
                downs[id] = (downs[below[0]] + downs[below[-1]]) / 2
                continue
            lines[id], line = line, line + 1
            if below:
                waiting += [id, *reversed(below)]
            else:
                downs[id], down = down, down + 1
    return lines, downs, down
