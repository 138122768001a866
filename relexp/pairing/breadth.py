"""The breadth dial: someone from a group you have met already counts less than someone from a new one."""

from __future__ import annotations

import numpy as np

from relexp.pairing.room import Floats, Ints, Room
from relexp.roster.difference import groups
from relexp.roster.rules import Kind

# With the dial at 1 a category met before counts half as much each further time.
AGAIN = 0.5


class Breadth:
    """How often each person has met each category of the columns that matter, and what another meeting is worth."""

    def __init__(self, room: Room) -> None:
        rows = [room.roster.index[id] for id in room.ids]
        self.dial = room.rules.breadth
        wanted = [a for a in room.rules.across if a.weight > 0 and a.kind is Kind.CATEGORY]
        total = sum(attribute.weight for attribute in room.rules.across) or 1.0
        self.shares = [attribute.weight / total for attribute in wanted]
        self.codes = [groups(room.roster, attribute.column)[rows] for attribute in wanted]
        self.met = [np.zeros((room.size, int(codes.max(initial=-1)) + 2)) for codes in self.codes]

    def count(self, tables: Ints, sign: int) -> None:
        """Add the categories that these conversations bring to each person, or take them off again."""
        for one in range(3):
            for other in range(3):
                both = (tables[:, one] >= 0) & (tables[:, other] >= 0)
                if one != other and both.any():
                    people, partners = tables[both, one], tables[both, other]
                    for codes, met in zip(self.codes, self.met, strict=True):
                        met[people, codes[partners]] += sign

    def stale(self, people: Ints, partners: Ints) -> Floats:
        """What is taken off the worth of partners whose categories are no longer new, (people, partners)."""
        off = np.zeros((len(people), len(partners)))
        for share, codes, met in zip(self.shares, self.codes, self.met, strict=True):
            times = met[people][:, codes[partners]]
            different = codes[people][:, None] != codes[partners][None, :]
            off += share * different * (1.0 - AGAIN**times)
        return off * self.dial
