"""A leader's row: who they are in the alliance, what moves them, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from relexp.reflection.one_to_ones import Following

# What is said of somebody in words, which both agree on.
WORDS = ("self_interest", "talents", "stretch")


class Wording(StrEnum):
    """Who stands behind the words of a cell: both, or one of the two until the other has agreed."""

    AGREED = "agreed"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does next, by when, and with whom they agreed on it; `done` is the day on which it was."""

    what: str
    due: date | None = None
    agreed_by: str = ""
    made: date | None = None
    done: date | None = None

    def late(self, today: date) -> int:
        """By how many days it is late; 0 where it is not."""
        return max(0, (today - self.due).days) if self.due and not self.done else 0


@dataclass(frozen=True, slots=True)
class Leader:
    """One row of the table; `stage` is a stage's key, `developed_by` a leader's id, `step` the one that is open.

    `training` holds the day of each training that was done, `own` the columns that a house added. `wording` says of the
    words who stands behind them.
    """

    id: str
    name: str
    institution: str = ""
    role: str = ""
    stage: str = ""
    following: Following | None = None
    self_interest: str = ""
    talents: str = ""
    stretch: str = ""
    step: Step | None = None
    training: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    developed_by: str = ""
    review: date | None = None
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    wording: Mapping[str, Wording] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def to_agree(self) -> tuple[str, ...]:
        """The words that one of the two has not agreed to yet."""
        return tuple(part for part in WORDS if getattr(self, part) and self.wording.get(part) is not Wording.AGREED)


@dataclass(frozen=True, slots=True)
class Row:
    """A leader as the table shows them, with what follows from the evidence.

    `met` is the day of the last one-to-one and `meetings` how many there were; `made` since when they are in the table;
    `seen` when they last looked at their own row.
    """

    leader: Leader
    made: date
    met: date | None = None
    meetings: int = 0
    seen: date | None = None
