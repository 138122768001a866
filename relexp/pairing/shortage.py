"""The smallest cause by counting: some people who, between them, may talk with too few of the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from relexp.pairing.room import Bools, Ints, Room


@dataclass(frozen=True)
class Shortage:
    """In one round (from 0) these `people` may talk with nobody but these `partners`, who are too few."""

    round: int
    people: tuple[int, ...]
    partners: tuple[int, ...]


def shortage(room: Room) -> Shortage | None:
    """The smallest such group in the first round that has one, beyond what threes and rests make up for; or None.

    If every round could be filled, each person could be given a partner of their own in it, all of them different
    (Hall, 1935). A trio or a rest makes up for one missing partner. Nothing is claimed of rooms with under-18s.
    """
    if room.minor.any():
        return None
    open_to = ~(room.apart & ~room.far) & ~room.unwished
    np.fill_diagonal(open_to, False)
    if room.sided:
        open_to &= room.side[:, None] != room.side[None, :]
    for round in range(room.rounds):
        talking = room.talking(round)
        guests = int(room.side[talking].sum())
        spare = abs(len(talking) - 2 * guests) if room.sided else len(talking) % 2
        found = _too_few(open_to[np.ix_(talking, talking)], spare)
        if found is not None:
            people, partners = found
            return Shortage(round, tuple(talking[people].tolist()), tuple(talking[partners].tolist()))
    return None


def _too_few(open_to: Bools, spare: int) -> tuple[Ints, Ints] | None:
    """People and their only partners where these are fewer by more than `spare`, as few people as can be found."""
    matched = maximum_bipartite_matching(sparse.csr_array(open_to), perm_type="column")
    left = np.nonzero(matched < 0)[0]
    if len(left) <= spare:
        return None
    holder = np.full(len(open_to), -1)
    holder[matched[matched >= 0]] = np.nonzero(matched >= 0)[0]
    best: tuple[Ints, Ints] | None = None
    for start in left:
        people, partners = _reach(open_to, holder, int(start))
        if len(people) - len(partners) > spare and (best is None or len(people) < len(best[0])):
            best = people, partners
    if best is None:
        everyone = [_reach(open_to, holder, int(start)) for start in left]
        people = np.unique(np.concatenate([group for group, _ in everyone]))
        best = people, np.nonzero(open_to[people].any(axis=0))[0]
    return best


def _reach(open_to: Bools, holder: Ints, start: int) -> tuple[Ints, Ints]:
    """Everyone who competes, step by step, for the partners that `start` could have."""
    people, partners = {start}, set[int]()
    waiting = [start]
    while waiting:
        for partner in np.nonzero(open_to[waiting.pop()])[0].tolist():
            if partner not in partners:
                # somebody holds each of them: else `start` could have one, step by step
                partners.add(partner)
                people.add(int(holder[partner]))
                waiting.append(int(holder[partner]))
    return np.array(sorted(people)), np.array(sorted(partners), dtype=np.int64)
