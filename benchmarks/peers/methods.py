"""Ways to pair people up for one round: at random, best pair first, or by exact matching."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.rounds import Ask, Choose, Talk, round_by_round

Pairs = Sequence[tuple[int, int]]
REDRAWS = 30
CHUNK = 20_000
# rustworkx and CP-SAT count in whole numbers.
WHOLE = 100_000


def at_random(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """Everyone in turn draws a partner they may meet; when somebody is left over, the round is drawn again."""
    return round_by_round(facts, _draws(np.random.default_rng(ask.seed)), ask.past)


def best_pair_first(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """The best remaining pair, again and again, one round after another."""
    return round_by_round(facts, _best_first, ask.past)


def networkx_matching(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """networkx.max_weight_matching, one round after another."""
    return round_by_round(facts, _networkx, ask.past)


def rustworkx_matching(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """rustworkx.max_weight_matching, one round after another."""
    return round_by_round(facts, _rustworkx, ask.past)


def _draws(draw: np.random.Generator) -> Choose:
    def choose(worth: np.ndarray, may: np.ndarray) -> Pairs:
        best: list[tuple[int, int]] = []
        most = min(int(may.any(axis=1).sum()) // 2, len(may) // 2)
        for _ in range(REDRAWS):
            pairs = _one_draw(draw, may)
            best = max(best, pairs, key=len)
            if len(best) >= most:
                break
        return best

    return choose


def _one_draw(draw: np.random.Generator, may: np.ndarray) -> list[tuple[int, int]]:
    free = np.ones(len(may), dtype=bool)
    pairs = []
    for person in draw.permutation(len(may)).tolist():
        if not free[person]:
            continue
        partners = np.flatnonzero(may[person] & free)
        if len(partners):
            partner = int(draw.choice(partners))
            free[[person, partner]] = False
            pairs.append((person, partner))
    return pairs


def _best_first(worth: np.ndarray, may: np.ndarray) -> Pairs:
    a, b = np.nonzero(np.triu(may, 1))
    order = np.argsort(-worth[a, b], kind="stable")
    free = np.ones(len(may), dtype=bool)
    pairs = []
    for start in range(0, len(order), CHUNK):
        chunk = order[start : start + CHUNK]
        for k in chunk[free[a[chunk]] & free[b[chunk]]].tolist():
            if free[a[k]] and free[b[k]]:
                free[[a[k], b[k]]] = False
                pairs.append((int(a[k]), int(b[k])))
    return pairs


def _edges(worth: np.ndarray, may: np.ndarray) -> list[tuple[int, int, int]]:
    a, b = np.nonzero(np.triu(may, 1))
    return list(zip(a.tolist(), b.tolist(), np.rint(worth[a, b] * WHOLE).astype(int).tolist(), strict=True))


def _networkx(worth: np.ndarray, may: np.ndarray) -> Pairs:
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from(_edges(worth, may))
    return sorted(networkx.max_weight_matching(graph, maxcardinality=True))


def _rustworkx(worth: np.ndarray, may: np.ndarray) -> Pairs:
    import rustworkx

    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(len(may)))
    graph.add_edges_from(_edges(worth, may))
    return sorted(rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))
