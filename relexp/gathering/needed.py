"""What the evening has to know of people: of their rows on the sheet no more than the plan really uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from relexp.roster.headers import ATTRIBUTES
from relexp.roster.person import Person
from relexp.roster.wishes import Aim, Wishes


def needed(people: Iterable[Person], wishes: Wishes) -> tuple[Person, ...]:
    """The people with those cells of the sheet alone by which these wishes put them together.

    Organisation, side and languages stay, whatever is wished: whoever walks in is asked for them too.
    """
    used = {*ATTRIBUTES, *(column for column, aim in wishes.columns if aim is not Aim.IGNORE)}
    if wishes.hosts is not None:
        used.add(wishes.hosts.column)
    return tuple(
        replace(each, values={key: value for key, value in each.values.items() if key in used}) for each in people
    )
