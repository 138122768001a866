"""A web that may be handed on: codes in place of people, and nobody told by where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from relexp.privacy.suppression import FEWEST
from relexp.weave.web import Web


def nameless(web: Web, columns: Sequence[str], seed: int = 1, least: int = FEWEST) -> Web:
    """The web under codes, with these columns alone, and with every combination of them shared by `least` people.

    Codes are dealt in an order that is no sheet's. Where fewer share what is told of somebody, nothing is told of them,
    nor of as many others as it takes to make those of whom nothing is told `least` as well (k-anonymity: Sweeney,
    International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10 (2002), 557-570).
    """
    dealt = np.random.Generator(np.random.PCG64(seed)).permutation(len(web.people))
    codes = {id: f"p{place + 1:03}" for id, place in zip(web.people, dealt, strict=True)}
    told = _told({id: tuple(about.get(column, "") for column in columns) for id, about in web.people.items()}, least)
    people = {codes[id]: dict(zip(columns, told[id], strict=True)) for id in web.people}
    ties = (replace(tie, one=codes[tie.one], other=codes[tie.other]) for tie in web.ties)
    return Web({code: people[code] for code in sorted(people)}, tuple(sorted(ties)))


def _told(values: Mapping[str, tuple[str, ...]], least: int) -> dict[str, tuple[str, ...]]:
    """What may be told of each: what at least so many share, or nothing."""
    found = dict(values)
    alike: dict[tuple[str, ...], list[str]] = {}
    for id, value in values.items():
        alike.setdefault(value, []).append(id)
    nothing = tuple("" for _ in next(iter(values.values()), ()))
    hidden = list(alike.pop(nothing, ()))
    # The smallest first: as few as can be are left untold.
    for ids in sorted(alike.values(), key=len):
        if len(ids) < least or 0 < len(hidden) < least:
            hidden += ids
            found |= dict.fromkeys(ids, nothing)
    return found
