"""What the product wishes for when the organiser says nothing: difference on where people came from, and the rest."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from relexp.roster.headers import weighable
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind, NeverSame, Sides

FEWEST_VALUES, MOST_VALUES = 2, 12

# Longer than any answer one would choose from a list.
LONGEST_ANSWER = 60

_NO_ANSWER = frozenset(("prefer not to say", "rather not say", "not given", "unknown", "n/a", "none", "-", "?"))
_BAND = re.compile(r"(?:aged? )?(?P<low>\d+) ?(?:-|–|—|to) ?(?P<high>\d+)\D*")
_FROM = re.compile(
    r"(?:aged? )?(?P<low>\d+) ?(?:\+|plus|(?:and|or) (?:over|older|above|more|up))\D*"
    r"|(?:over|above|more than|>=?|≥) ?(?P<more>\d+)\D*"
)
_UP_TO = re.compile(
    r"(?:aged? )?(?P<high>\d+) (?:and|or) (?:under|younger|below|less|fewer)\D*"
    r"|(?:under|below|less than|up to|<=?|≤) ?(?P<less>\d+)\D*"
)


def default_across(roster: Roster, sides: Sides | None = None) -> tuple[Across, ...]:
    """The differences wished for by default.

    Organisation (or side, where no organisation tells people apart) as far from one's own as can be, and every other
    column of 2 to 12 different answers at weight 1. Columns of needs, languages and free text are left out, and the
    column of hosts and guests, which every conversation crosses anyway.
    """
    crossed = sides.column if sides is not None else None
    main = next((key for key in ("organisation", "side") if key != crossed and len(answers(roster, key)) > 1), None)
    found = [] if main is None else [Across(main, never_same=NeverSame.FEWEST, private=main in roster.private or None)]
    for key in weighable(roster):
        values = answers(roster, key)
        if (
            key not in (main, crossed, "languages")
            and FEWEST_VALUES <= len(values) <= MOST_VALUES
            and not _free_text(values)
        ):
            found.append(compared(roster, key))
    return tuple(found)


def compared(roster: Roster, column: str) -> Across:
    """How the answers in a column are compared when nobody has said it: by bands of numbers, or simply as different."""
    order = band_order(answers(roster, column))
    kind = Kind.ORDERED if order else Kind.CATEGORY
    return Across(column, kind=kind, order=order, private=column in roster.private or None)


def default_share(roster: Roster) -> tuple[str, ...]:
    """A language in common, where the sheet asks for languages and anybody has answered."""
    return ("languages",) if answers(roster, "languages") else ()


def answers(roster: Roster, column: str) -> tuple[str, ...]:
    """The different answers in a column, in order of first appearance; blanks and capitals do not count."""
    found: dict[str, str] = {}
    for value in roster.column(column):
        if value.strip():
            found.setdefault(value.strip().casefold(), value.strip())
    return tuple(found.values())


def band_order(values: Sequence[str]) -> tuple[str, ...]:
    """The values from low to high where all are plainly bands of numbers that do not overlap, else ().

    "Prefer not to say" and its like are no band and no hindrance: they count as blanks.
    """
    told = [value for value in values if value.casefold() not in _NO_ANSWER]
    bands = sorted((band, value) for value in told if (band := _band(value)) is not None)
    if len(bands) < max(len(told), 2):
        return ()
    for ((low, high), _), ((next_low, _), _) in pairwise(bands):
        if next_low < high or next_low == low:
            return ()
    return tuple(value for _, value in bands)


def _band(value: str) -> tuple[float, float] | None:
    plain = " ".join(value.casefold().split())
    if found := _BAND.fullmatch(plain):
        low, high = float(found["low"]), float(found["high"])
        return (low, high) if low <= high else None
    if found := _FROM.fullmatch(plain):
        return float(found["low"] or found["more"]), math.inf
    if found := _UP_TO.fullmatch(plain):
        return -math.inf, float(found["high"] or found["less"])
    return None


def _free_text(values: Sequence[str]) -> bool:
    return any(len(value) > LONGEST_ANSWER for value in values)
