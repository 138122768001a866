"""The stages of the ladder: ours by default, renamed, added to and taken from as a house wishes.

The columns and stages of Citizens UK's own table are not public; these are ours. The three levels follow the practice
of broad-based organising (tertiary turns up, secondary leads in their own institution, primary develops others); they
are left out where a house dislikes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from relexp.messages import say
from relexp.roster.words import fold


class Level(StrEnum):
    """What a stage is in the words of broad-based organising."""

    TERTIARY = "tertiary"
    SECONDARY = "secondary"
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Stage:
    """One rung: its key stays when it is renamed."""

    key: str
    name: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages from the first to the last."""

    stages: tuple[Stage, ...]

    def __iter__(self) -> Iterator[Stage]:
        return iter(self.stages)

    def __contains__(self, key: str) -> bool:
        return any(stage.key == key for stage in self.stages)

    def place(self, key: str) -> int:
        """How far up a stage is, from 0; -1 where there is no such stage (any more)."""
        return next((place for place, stage in enumerate(self.stages) if stage.key == key), -1)

    def name(self, key: str) -> str:
        """What a stage is called; what is kept of one that is gone is its key."""
        return next((stage.name for stage in self.stages if stage.key == key), key)

    def named(self, text: str) -> Stage | None:
        """The stage that somebody means by its name or key, however it is typed."""
        typed = fold(text)
        return next((stage for stage in self.stages if typed in (fold(stage.name), fold(stage.key))), None)


_DEFAULT = (
    ("met", None),
    ("listening", None),
    ("team", Level.TERTIARY),
    ("leads", Level.SECONDARY),
    ("develops", Level.PRIMARY),
)


def default_ladder() -> Ladder:
    """The ladder that a new house begins with: met, listening, team member, leads a team, develops leaders."""
    return Ladder(tuple(Stage(key, str(say(f"lead.stage_{key}")), level) for key, level in _DEFAULT))
