"""The record of learning: how far somebody came, in which hours, and what shows it; never a word of what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from relexp.learning.hours import Hours, hours
from relexp.learning.progress import Event, Standing, standing
from relexp.learning.unit import BlockKind, Unit

if TYPE_CHECKING:
    import pandas as pd

# What shows that somebody learnt: what they went out for, finished, settled or made. Pages read and journals do not.
SHOWS = frozenset({BlockKind.FIELD, BlockKind.EXERCISE, BlockKind.QUIZ, BlockKind.TOOL})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was done: `unit` and `block` by their ids, `title` in words, and when."""

    unit: str
    block: str
    kind: BlockKind
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit of a record: blocks `done` of `blocks` in all, minutes planned and taken, and when its last one was done
    (None while one is missing).
    """

    id: str
    number: int
    title: str
    done: int
    blocks: int
    planned: float
    taken: float
    finished: datetime | None
    evidence: tuple[Evidence, ...]

    @property
    def share(self) -> float:
        """How much of its blocks is done, from 0 to 1."""
        return self.done / self.blocks if self.blocks else 0.0


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody who knows of it says so: on which day, who, how many minutes, and what they add in their own words."""

    day: date
    by: str
    minutes: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of learning whole. `summary` is the learner's own, in the words that they chose to show."""

    units: tuple[UnitRecord, ...]
    hours: Hours
    summary: str = ""
    confirmations: tuple[Confirmation, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that shows it, the oldest first."""
        return tuple(sorted((each for unit in self.units for each in unit.evidence), key=lambda each: each.at))

    @property
    def finished(self) -> datetime | None:
        """When the last block of the last unit was done; None while one is missing."""
        ends = [unit.finished for unit in self.units]
        return max((end for end in ends if end), default=None) if all(ends) else None

    def to_frame(self) -> pd.DataFrame:
        """A row a unit: id, number, title, done, blocks, planned, taken (minutes), finished and share (0 to 1)."""
        import pandas as pd

        parts = [part.name for part in fields(UnitRecord) if part.name != "evidence"]
        rows = [[*(getattr(unit, part) for part in parts), unit.share] for unit in self.units]
        frame = pd.DataFrame(rows, columns=[*parts, "share"])
        return frame.astype({"planned": float, "taken": float, "share": float})


def record(
    units: Sequence[Unit], events: Iterable[Event], summary: str = "", confirmations: Sequence[Confirmation] = ()
) -> Record:
    """The record of a learner in these units, by what they did; order and doubles of it change nothing."""
    told = tuple(events)
    spent = hours(units, told)
    by_unit = spent.by_unit()
    found = [_of(unit, standing(unit, told), by_unit.get(unit.id, (0.0, 0.0))) for unit in units]
    latest = sorted(confirmations, key=lambda each: (each.day, each.by))
    return Record(tuple(found), spent, summary.strip(), tuple(latest))


def _of(unit: Unit, stands: Standing, minutes: tuple[float, float]) -> UnitRecord:
    shown = [
        Evidence(unit.id, block.id, block.kind, block.title, stands.since[block.id])
        for block in unit.blocks
        if block.kind in SHOWS and block.id in stands.done
    ]
    whole = len(stands.done) == len(unit.blocks)
    return UnitRecord(
        id=unit.id,
        number=unit.number,
        title=unit.title,
        done=len(stands.done),
        blocks=len(unit.blocks),
        planned=minutes[0],
        taken=minutes[1],
        finished=max(stands.since.values(), default=None) if whole else None,
        evidence=tuple(shown),
    )
