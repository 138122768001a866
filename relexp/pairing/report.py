"""The figures of an evening, each with what it is compared with, in the shape that formats fixes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from relexp.messages import Message
from relexp.pairing.bounds import frame
from relexp.pairing.draft import NOBODY, Draft, trio_shares
from relexp.pairing.proof import Known, Proof, prove, reprove
from relexp.pairing.room import Bools, Floats, Ints, Room
from relexp.roster.difference import groups
from relexp.roster.rules import Repeats

Report = dict[str, object]
DUST = 1e-9


def report(
    draft: Draft, reasons: Sequence[Message], feasible: bool, seconds: float, known: Known | None = None
) -> Report:
    """The report of a finished draft, with bounds and certificate; `known` prices of an earlier plan save time."""
    room = draft.room
    met = (draft.met - room.history).astype(np.int8)
    trios = int(draft.trios.sum() // 3)
    view = frame(room, met, trios, rests_by_round(draft))
    sums = experiences(draft)
    proof = reprove(view, sums, known) if known is not None else None
    proof = proof or prove(view, sums, met > 0, crowds(room))
    there = view.n > 0
    total = float(sums.sum() / 2)
    # what a solver leaves of nothing is nothing
    most = proof.total if proof.total > DUST else 0.0
    return {
        "people": room.size,
        "rounds": room.rounds,
        "seed": room.rules.seed,
        "feasible": feasible,
        "reasons": [reason.text() for reason in reasons],
        **_counts(draft, met),
        "total": total,
        "total_bound": most,
        "total_gap": (most - total) / most if most else 0.0,
        "worst_person": float((sums[there] / view.n[there]).min()) if there.any() else 0.0,
        "worst_person_bound": proof.worst,
        "same_group": same_groups(draft),
        "seconds": round(seconds, 4),
        "certificate": certificate(room, proof),
    }


def experiences(draft: Draft) -> Floats:
    """Each person's sum of differences over the evening, off the search's grid."""
    sums = np.zeros(draft.room.size)
    for tables in draft.tables:
        two = tables[(tables[:, 1] != NOBODY) & (tables[:, 2] == NOBODY)]
        three = tables[tables[:, 2] != NOBODY]
        for person in (0, 1):
            np.add.at(sums, two[:, person], draft.room.exact[two[:, 0], two[:, 1]])
        for person, share in enumerate(trio_shares(draft.room, draft.room.exact, *three.T)):
            np.add.at(sums, three[:, person], share)
    return sums


def rests_by_round(draft: Draft) -> list[Ints]:
    """Who rests unasked in each round."""
    return [tables[tables[:, 1] == NOBODY, 0] for tables in draft.tables]


def crowds(room: Room) -> list[Bools]:
    """Groups of half of the room or more, whose members cannot all talk across all evening."""
    found = []
    for table in room.same:
        big = table.sum(axis=1) + 1 >= room.size / 2
        if big.any():
            found.append(big)
    if room.sided:
        found += [room.side == 0, room.side == 1]
    return [crowd for crowd in found if (crowd & (room.seats() > 0)).any()]


def _counts(draft: Draft, met: NDArray[np.int8]) -> Report:
    pairs = trios = 0
    for tables in draft.tables:
        size = (tables != NOBODY).sum(axis=1)
        pairs, trios = pairs + int((size == 2).sum()), trios + int((size == 3).sum())
    again = np.where(met > 0, np.maximum(draft.met - 1, 0), 0)
    return {
        "conversations": pairs + trios,
        "turns": 2 * pairs + 3 * trios,
        "pairs_met": int(np.count_nonzero(met)) // 2,
        "repeats": int(again.sum(dtype=np.int64)) // 2,
        "trios": trios,
        "second_trios": int(np.maximum(draft.trios - 1, 0).sum()),
        "rests": int(draft.rests.sum()),
    }


def certificate(room: Room, proof: Proof) -> Report:
    """The numbers that prove the bounds, one a person in roster order; people without a turn have 0."""
    rows = [room.roster.index[id] for id in room.ids]

    def spread(values: Floats) -> list[float]:
        whole = np.zeros(len(room.roster))
        whole[rows] = np.where(room.seats() > 0, values, 0.0)
        return [float(value) for value in whole]

    worst = {"share": spread(proof.share), "u": spread(proof.worst_u), "m": proof.worst_m}
    return {"u": spread(proof.u), "m": proof.m, "worst": worst}


def same_groups(draft: Draft) -> dict[str, dict[str, int]]:
    """Same-group meetings by attribute, beside the fewest that arithmetic allows; private ones by number alone."""
    room = draft.room
    found: dict[str, dict[str, int]] = {}
    private = 0
    again = bool((draft.met > 1).any())
    resting = [int((tables[:, 1] == NOBODY).sum()) for tables in draft.tables]
    for attribute in room.rules.across:
        if attribute.never_same is None:
            continue
        name = attribute.column
        if attribute.is_hidden(room.roster.private):
            private += 1
            name = f"private {private}"
        codes = groups(room.roster, attribute.column)[[room.roster.index[id] for id in room.ids]]
        table = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
        fewest, lowest = fewest_meetings(room, codes, resting, again)
        found[name] = {**_meetings(draft, table), "lowest_possible": lowest, "fewest_meetings": fewest}
    return found


def _meetings(draft: Draft, table: Bools) -> dict[str, int]:
    meetings = 0
    rounds = np.zeros(draft.room.size, dtype=np.int64)
    for tables in draft.tables:
        a, b, c = (np.where(tables[:, k] == NOBODY, 0, tables[:, k]) for k in range(3))
        two, three = tables[:, 1] != NOBODY, tables[:, 2] != NOBODY
        ab, ac, bc = table[a, b] & two, table[a, c] & three, table[b, c] & three
        meetings += int(ab.sum() + ac.sum() + bc.sum())
        for people, hit in ((a, ab | ac), (b, ab | bc), (c, ac | bc)):
            np.add.at(rounds, people[hit], 1)
    return {"meetings": meetings, "most_for_one_person": int(rounds.max(initial=0))}


def fewest_meetings(room: Room, codes: Ints, resting: Sequence[int], again: bool = False) -> tuple[int, int]:
    """The fewest same-group meetings arithmetic allows in all, and the fewest for the person who has the most.

    In a round with m of a group among n talkers, k of whom rest unasked, 2m - n - k of the group (at least two, if
    any) have only their own to talk with; nobody bears more of these rounds than they attend. `resting` is k by round;
    `again` says that some do meet twice.
    """
    fewest = lowest = 0
    for group in range(int(codes.max(initial=-1)) + 1):
        stuck = 0
        for round in range(room.rounds):
            talking = room.talking(round)
            more = 2 * int((codes[talking] == group).sum()) - len(talking) - resting[round]
            if more > 0:
                fewest += -(-more // 2)
                stuck += max(more, 2)
        attended = room.seats()[codes == group]
        while int(np.minimum(attended, lowest).sum()) < min(stuck, int(attended.sum())):
            lowest += 1
    free = again or room.rules.repeats is Repeats.FEWEST
    forced = np.zeros(room.size, dtype=np.int64) if free else _forced(room, codes, resting)
    return max(fewest, -(-int(forced.sum()) // 2)), max(lowest, int(forced.max(initial=0)))


def _forced(room: Room, codes: Ints, resting: Sequence[int]) -> Ints:
    """In how many rounds each person can only have their own group, once they have talked with everybody else.

    Only where nobody meets twice, and less the rounds in which somebody rests and could be they.
    """
    talking = room.here & ~room.asked
    spare = (talking & (np.array(resting) > 0)[None, :]).sum(axis=1)
    others = (codes[:, None] != codes[None, :]) | (codes < 0)[:, None]
    np.fill_diagonal(others, False)
    rounds: Ints = np.maximum(talking.sum(axis=1) - others.sum(axis=1) - spare, 0)
    return np.where(codes >= 0, rounds, 0)
