"""How different two people are, on the columns the organiser chose: 0 the same, 1 as different as can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind

# A value that says nothing can be neither the same nor different: half of each.
BLANK = 0.5


def difference(roster: Roster, across: Sequence[Across]) -> NDArray[np.float64]:
    """How different every two people of the roster are, as an (N, N) table from 0 to 1.

    The weighted mean over the columns of `across`: category 0 or 1; ordered |rank - rank| / (levels - 1); number
    |x - y| / range in the room; set 1 - |both| / |either| (Jaccard). A blank on either side counts 0.5. Columns of
    weight 0 are left out; without any column everybody is equally different: 1 throughout. A person's difference
    to themselves is 0.
    """
    size = len(roster)
    total = np.zeros((size, size))
    weight = sum(attribute.weight for attribute in across)
    for attribute in across:
        if attribute.weight > 0:
            total += attribute.weight * column_difference(roster, attribute)
    table = total / weight if weight > 0 else np.ones((size, size))
    np.fill_diagonal(table, 0.0)
    return table


def column_difference(roster: Roster, attribute: Across) -> NDArray[np.float64]:
    """How different every two people are on one column, as an (N, N) table from 0 to 1."""
    values = [value.strip() for value in roster.column(attribute.column)]
    if attribute.kind is Kind.SET:
        return _set_difference(values)
    if attribute.kind is Kind.CATEGORY:
        codes = groups(roster, attribute.column)
        table: NDArray[np.float64] = (codes[:, None] != codes[None, :]).astype(np.float64)
        known = codes >= 0
    else:
        places = _ranks(values, attribute.order) if attribute.kind is Kind.ORDERED else _numbers(values)
        known = ~np.isnan(places)
        span = _span(places[known], attribute)
        filled = np.where(known, places, 0.0)
        table = np.abs(filled[:, None] - filled[None, :]) / span
    table[~known, :] = BLANK
    table[:, ~known] = BLANK
    return table


def groups(roster: Roster, column: str) -> NDArray[np.int64]:
    """Each person's group on a column as a number from 0, in order of first appearance; -1 for a blank."""
    seen: dict[str, int] = {}
    codes = []
    for value in roster.column(column):
        key = value.strip().casefold()
        codes.append(seen.setdefault(key, len(seen)) if key else -1)
    return np.array(codes, dtype=np.int64)


def members(text: str) -> frozenset[str]:
    """The values in a cell that lists several, separated by ";" or ",", without regard to case."""
    return frozenset(part.strip().casefold() for part in re.split(r"[;,،؛]", text) if part.strip())


def number(text: str) -> float:
    """The number in a cell, or NaN where there is none; a decimal comma is forgiven."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")


def _ranks(values: Sequence[str], order: Sequence[str]) -> NDArray[np.float64]:
    rank = {level.strip().casefold(): place for place, level in enumerate(order)}
    return np.array([rank.get(value.casefold(), np.nan) for value in values], dtype=np.float64)


def _numbers(values: Sequence[str]) -> NDArray[np.float64]:
    return np.array([number(value) for value in values], dtype=np.float64)


def _span(places: NDArray[np.float64], attribute: Across) -> float:
    if attribute.kind is Kind.ORDERED:
        return float(max(len(attribute.order) - 1, 1))
    width = float(places.max() - places.min()) if places.size else 0.0
    return width if width > 0 else 1.0


def _set_difference(values: Sequence[str]) -> NDArray[np.float64]:
    sets = [members(value) for value in values]
    vocabulary = {member: place for place, member in enumerate(sorted(frozenset().union(*sets)))}
    holds = np.zeros((len(sets), len(vocabulary)))
    for row, held in enumerate(sets):
        holds[row, [vocabulary[member] for member in held]] = 1.0
    both = holds @ holds.T
    sizes = holds.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - both
    table = 1.0 - both / np.where(either > 0, either, 1.0)
    table[sizes == 0, :] = BLANK
    table[:, sizes == 0] = BLANK
    return table
