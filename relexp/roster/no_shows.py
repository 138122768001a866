"""Who may stay away: the room of the evening played through many times, so that its promise is a range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relexp.roster.difference import groups
from relexp.roster.mix_count import ceilings, hosting, main_attribute, present_talkers
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

# Of those who signed up for a free event, from very few to six in ten stay away: published figures lie between these
# (https://showrave.com/blog/how-to-reduce-no-shows-at-events; an Eventbrite trial saw 62% away at a free event and 31%
# at a paid one: https://fanfueled.wordpress.com/tag/eventbrite/). Both are vendors' own figures.
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
TIMES = 400
# Nine evenings of ten lie between these.
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Turnout:
    """What to expect where each person stays away with one chance: nine evenings of ten lie in these ranges.

    `people` who talk, and `across` of them who can talk with another group than theirs in one round (in pairs, with the
    one trio of an odd room), lowest and highest; `usual` is the middle of `across` as a share of the people, 0 to 1.
    """

    away: float
    people: tuple[int, int]
    across: tuple[int, int]
    usual: float


def turnouts(roster: Roster, rules: Rules, *, seed: int = 1) -> tuple[Turnout, ...]:
    """The room with nobody away, and with one in ten to six in ten; each person's chance is their own.

    People who come together stay away together more often than this, so a real evening may lie further out. The same
    roster, rules and seed give the same ranges.
    """
    here = present_talkers(roster, rules)
    main = main_attribute(roster, rules)
    codes = groups(here, main.column if main else "")
    # Whoever left the column blank is a group of one.
    codes = np.where(codes < 0, codes.max(initial=-1) + 1 + np.arange(len(codes)), codes)
    members = np.zeros((len(codes), int(codes.max(initial=-1)) + 1), dtype=np.int64)
    members[np.arange(len(codes)), codes] = 1
    host = np.array(hosting(here, rules), dtype=bool)
    draws = np.random.default_rng(seed).random((TIMES, len(here)))
    found = []
    for away in SHARES:
        come = draws[: TIMES if away else 1] >= away
        hosts, guests = (come & host) @ members, (come & ~host) @ members
        people = come.sum(axis=1)
        across = np.array(
            [ceilings(one.tolist(), other.tolist(), rules)[1] for one, other in zip(hosts, guests, strict=True)]
        )
        shares = np.divide(across, people, out=np.zeros(len(people)), where=people > 0)
        found.append(Turnout(away, _range(people), _range(across), float(np.median(shares))))
    return tuple(found)


def _range(counts: np.ndarray) -> tuple[int, int]:
    low, high = np.quantile(counts, (LOW, HIGH), method="nearest")
    return int(low), int(high)
