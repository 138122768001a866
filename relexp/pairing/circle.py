"""Starts for tight evenings: everyone meets everyone by the circle method, every guest every host by a Latin square."""

from __future__ import annotations

import numpy as np

from relexp.pairing.deal import as_tables, over_conversations, pinned_conversations
from relexp.pairing.draft import Draft
from relexp.pairing.room import Room


def fits(room: Room) -> bool:
    """Whether a whole-evening start applies: nobody comes or goes, nothing is pinned, and nobody is left over."""
    steady = bool(room.here.all() and not room.asked.any())
    held = any(over_conversations(room, r) or pinned_conversations(room, r) for r in range(room.rounds))
    if not steady or held:
        return False
    if room.sided:
        guests = int(room.side.sum())
        hosts = room.size - guests
        if room.one_to_two and guests == 2 * hosts:
            # the second guest moves on two hosts a round, so that no two guests meet twice: this needs an odd circle
            return hosts % 2 == 1 and room.rounds <= hosts
        return guests == hosts and room.rounds <= hosts
    return room.size % 2 == 0 and room.rounds < room.size and bool(not room.minor.any() or room.minor.all())


def lay_circle(draft: Draft) -> None:
    """Seat every round at once so that nobody meets twice.

    The circle method (Kirkman, 1847) turns all but one around a table; with sides, guests move on one host a round.
    """
    room = draft.room
    if room.sided:
        hosts = draft.dice.permutation(np.nonzero(room.side == 0)[0])
        guests = draft.dice.permutation(np.nonzero(room.side == 1)[0])
        rows = [guests[: len(hosts)], guests[len(hosts) :]]
        for round in range(room.rounds):
            moved = [np.roll(row, round * step) for step, row in enumerate(rows, start=1) if len(row)]
            draft.lay(round, as_tables([tuple(map(int, group)) for group in zip(hosts, *moved, strict=True)]))
        return
    people = draft.dice.permutation(room.size)
    ring, still = people[:-1], int(people[-1])
    for round in range(room.rounds):
        turned = np.roll(ring, round)
        groups = [(still, int(turned[0]))]
        groups += [(int(turned[k]), int(turned[-k])) for k in range(1, room.size // 2)]
        draft.lay(round, as_tables(groups))
