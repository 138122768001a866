"""The hours of the module: what was planned, what was taken, and which of it somebody wrote down or we reckoned."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from relexp.learning.progress import Event, Standing, Verb, standing
from relexp.learning.unit import Unit

if TYPE_CHECKING:
    import pandas as pd

_Key = TypeVar("_Key", bound=str)
# What the module comes to, in minutes: 25 hours.
WHOLE = 25 * 60


class Activity(StrEnum):
    """What time goes into: the kinds of blocks, and whatever else somebody wrote down."""

    READING = "reading"
    QUIZ = "quiz"
    WORKSHEET = "worksheet"
    FIELD = "field"
    EXERCISE = "exercise"
    TOOL = "tool"
    BY_HAND = "by_hand"


class How(StrEnum):
    """Where minutes come from: written down by the learner, or those planned for a block that is done."""

    LOGGED = "logged"
    PLANNED = "planned"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Spell:
    """Time of one block, or of a unit outside its blocks (`block` is "" then, and so is `unit` outside any).

    `planned` and `taken` are minutes.
    """

    unit: str
    block: str
    activity: Activity
    planned: float
    taken: float
    how: How


@dataclass(frozen=True, slots=True)
class Hours:
    """All time of a learner, in the order of the units; every figure is in minutes."""

    spells: tuple[Spell, ...]

    @property
    def planned(self) -> float:
        """How long all of it takes as planned."""
        return sum(spell.planned for spell in self.spells)

    @property
    def taken(self) -> float:
        """How long it has taken so far."""
        return sum(spell.taken for spell in self.spells)

    @property
    def logged(self) -> float:
        """Of what was taken, what the learner wrote down; the rest is reckoned from blocks that are done."""
        return sum(spell.taken for spell in self.spells if spell.how is How.LOGGED)

    @property
    def left(self) -> float:
        """What is missing to 25 hours; 0 from there on."""
        return max(0.0, WHOLE - self.taken)

    def by_activity(self) -> dict[Activity, tuple[float, float]]:
        """Of each activity that there is, minutes planned and taken."""
        found = _by((spell.activity, spell) for spell in self.spells)
        return {each: found[each] for each in Activity if each in found}

    def by_unit(self) -> dict[str, tuple[float, float]]:
        """Of each unit, minutes planned and taken; "" is what belongs to none of them."""
        return _by((spell.unit, spell) for spell in self.spells)

    def to_frame(self) -> pd.DataFrame:
        """A row a spell: unit, block, activity, planned, taken (minutes) and how."""
        import pandas as pd

        parts = [part.name for part in fields(Spell)]
        rows = [[getattr(spell, part) for part in parts] for spell in self.spells]
        frame = pd.DataFrame(rows, columns=parts)
        return frame.astype({"activity": str, "how": str, "planned": float, "taken": float})


def hours(units: Sequence[Unit], events: Iterable[Event]) -> Hours:
    """The hours of a learner in these units, by what they did; order and doubles of it change nothing.

    A block takes what they wrote down for it, else the minutes planned once it is done. What they wrote down for
    nothing in these units counts too.
    """
    told = {event.id: event for event in events}
    known = {unit.id for unit in units}
    spells = [spell for unit in units for spell in _of(unit, standing(unit, told.values()))]
    else_where = [event for event in told.values() if event.verb is Verb.LOGGED and event.unit not in known]
    return Hours((*spells, *_by_hand("", math.fsum(event.minutes for event in else_where))))


def _of(unit: Unit, stands: Standing) -> Iterator[Spell]:
    ids = {block.id for block in unit.blocks}
    for block in unit.blocks:
        # Whoever takes back all that they wrote down is where they were before.
        if (logged := stands.minutes.get(block.id, 0.0)) > 0:
            taken, how = logged, How.LOGGED
        elif block.id in stands.done:
            taken, how = float(block.minutes), How.PLANNED
        else:
            taken, how = 0.0, How.NOT_YET
        yield Spell(unit.id, block.id, Activity(block.kind), block.minutes, taken, how)
    yield from _by_hand(unit.id, math.fsum(minutes for id, minutes in stands.minutes.items() if id not in ids))


def _by_hand(unit: str, minutes: float) -> Iterator[Spell]:
    if minutes > 0:
        yield Spell(unit, "", Activity.BY_HAND, 0.0, minutes, How.LOGGED)


def _by(spells: Iterable[tuple[_Key, Spell]]) -> dict[_Key, tuple[float, float]]:
    found: dict[_Key, tuple[float, float]] = {}
    for key, spell in spells:
        planned, taken = found.get(key, (0.0, 0.0))
        found[key] = (planned + spell.planned, taken + spell.taken)
    return found
