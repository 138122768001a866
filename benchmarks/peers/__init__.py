"""What a user could assemble instead; each peer is given the same room and the rules that its method can know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.facts import Facts
from benchmarks.peers import cp_sat, golfers, methods
from benchmarks.peers.rounds import Ask, Talk


@dataclass(frozen=True)
class Peer:
    """A peer: its name in the table, what it is in a few words, how it plans, and the package it needs.

    `plan` gives the conversations of every round, those that are over first. `timed` peers use up the
    seconds they are given; the others take as long as they take.
    """

    name: str
    words: str
    plan: Callable[[Facts, Ask], list[list[Talk]]]
    package: str | None = None
    timed: bool = False

    def missing(self) -> bool:
        return self.package is not None and find_spec(self.package) is None


PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer("random", "random pairs, drawn again when somebody is left over", methods.at_random),
        Peer("golfers", "the method of Good-Enough Golfers", golfers.good_enough_golfers),
        Peer("best_first", "best remaining pair first", methods.best_pair_first),
        Peer("networkx", "networkx.max_weight_matching, a round at a time", methods.networkx_matching, "networkx"),
        Peer("rustworkx", "rustworkx.max_weight_matching, a round at a time", methods.rustworkx_matching, "rustworkx"),
        Peer("cp_sat_round", "OR-Tools CP-SAT, a round at a time", cp_sat.one_round, "ortools", timed=True),
        Peer("cp_sat_joint", "OR-Tools CP-SAT, all rounds in one model", cp_sat.joint, "ortools", timed=True),
    )
}
