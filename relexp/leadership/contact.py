"""Who is stuck and why, who has had no one-to-one, and how evenly one-to-ones are shared out.

One-to-ones with others who take part are what keeps people in over five years (Christens and Speer, Contextual
influences on participation in community organizing, American Journal of Community Psychology 47 (2011), 253-263,
doi 10.1007/s10464-010-9393-y). Where staff see some people often and others never, whole chapters lose participation
over time (Organization-level predictors of sustained social movement participation, of 50 chapters, the same journal,
doi 10.1007/s10464-014-9692-9). So this tells who was left out, beside the totals; it ranks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from relexp.leadership.finding import OVERDUE, UNMET, Query
from relexp.leadership.leader import Row

# With equal contact a fifth of the people has a fifth of the one-to-ones, and the Gini is 0.
EQUAL_FIFTH = 0.2
EQUAL_GINI = 0.0
# How many one-to-ones people have had: none, one, two, three to five, six or more.
BANDS = ((0, 0), (1, 1), (2, 2), (3, 5), (6, None))


class Stuck(StrEnum):
    """Why somebody is stuck."""

    NO_STEP = "no_step"
    LATE = "late"
    UNMET = "unmet"


# The question to the table that shows them.
QUERIES: Mapping[Stuck, Query] = MappingProxyType(
    {
        Stuck.NO_STEP: Query(no_step=True),
        Stuck.LATE: Query(late=OVERDUE),
        Stuck.UNMET: Query(unmet=UNMET),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is stuck, with every reason: `late` in days (0 where no step is), `met` their last one-to-one."""

    leader: str
    why: tuple[Stuck, ...]
    late: int
    met: date | None


@dataclass(frozen=True, slots=True)
class Band:
    """How many people have had so many one-to-ones; `most` is None where it is open to the top."""

    least: int
    most: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Contact:
    """How one-to-ones are shared out.

    `people` and `meetings` count both. `top_fifth` is the share of all one-to-ones, 0 to 1, that the fifth of the
    people has who had most of them (EQUAL_FIFTH where all have as many); `gini` goes from 0 (all have as many) towards
    1 (one has them all). Both are None where nobody has had any. `never` and `stuck` stand in the order of the rows.
    """

    people: int
    meetings: int
    top_fifth: float | None
    gini: float | None
    bands: tuple[Band, ...]
    never: tuple[str, ...]
    stuck: tuple[Standing, ...]


def contact(rows: Sequence[Row], today: date) -> Contact:
    """How one-to-ones are shared out among these people, and who of them is stuck."""
    counts = [row.meetings for row in rows]
    return Contact(
        len(counts),
        sum(counts),
        top_share(counts),
        gini(counts),
        tuple(
            Band(least, most, sum(1 for count in counts if least <= count and (most is None or count <= most)))
            for least, most in BANDS
        ),
        tuple(row.leader.id for row in rows if row.met is None),
        stuck(rows, today),
    )


def stuck(rows: Iterable[Row], today: date) -> tuple[Standing, ...]:
    """Who is stuck, with every reason: the same people whom QUERIES find."""
    unmet_since = today - timedelta(days=UNMET)
    found = []
    for row in rows:
        step = row.leader.step
        late = step.late(today) if step else 0
        holds = {
            Stuck.NO_STEP: step is None,
            Stuck.LATE: late > OVERDUE,
            Stuck.UNMET: row.met is None or row.met < unmet_since,
        }
        if any(holds.values()):
            found.append(Standing(row.leader.id, tuple(why for why, true in holds.items() if true), late, row.met))
    return tuple(found)


def top_share(counts: Iterable[int], part: float = EQUAL_FIFTH) -> float | None:
    """The share of all one-to-ones that a part of the people has who had most: 0 to 1, None where there are none.

    Where a fifth is no whole number of people, the next one counts in proportion (the Lorenz curve), so that equal
    contact always gives the part itself.
    """
    ordered = sorted(counts, reverse=True)
    total = sum(ordered)
    if not total:
        return None
    # Tens of thousands times a fifth: rounding may not leave a whole number a hair below itself.
    many = round(part * len(ordered), 9)
    whole = int(many)
    rest = (many - whole) * ordered[whole] if many > whole else 0.0
    return (sum(ordered[:whole]) + rest) / total


def gini(counts: Iterable[int]) -> float | None:
    """How unequal counts are, from 0 (all the same) towards 1 (one has all); None where there are none (Gini 1912)."""
    ordered = sorted(counts)
    total, many = sum(ordered), len(ordered)
    if not total:
        return None
    return sum((2 * place - many - 1) * count for place, count in enumerate(ordered, 1)) / (many * total)
