"""How a house has set up its table: its ladder, trainings, own columns, habits, and the views that it saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relexp.leadership.finding import Query
from relexp.leadership.ladder import Ladder, Level, Stage, default_ladder
from relexp.messages import say
from relexp.roster.words import fold

# From the map of power-building work in the UK: what training there is, from an hour a week to six days.
_TRAININGS = ("webinar", "taster", "three_day", "six_day", "schools")
# Ours: what whoever organises well is seen to do. Each is a talk, not a mark.
_HABITS = ("listens", "asks", "keeps_word", "crosses", "shares_work", "weighs", "dares", "develops")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a house names itself: a training, a column of its own, a habit. The key stays."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """What somebody likes to look at: a question to the table, with the columns they want to see."""

    name: str
    query: Query
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The table's own settings."""

    ladder: Ladder
    trainings: tuple[Named, ...]
    habits: tuple[Named, ...]
    own: tuple[Named, ...] = ()
    views: tuple[View, ...] = ()

    def training(self, text: str) -> Named | None:
        """The training that somebody means by its name or key."""
        return _meant(self.trainings, text)

    def own_column(self, text: str) -> Named | None:
        """The house's own column of this name or key."""
        return _meant(self.own, text)

    def to_plain(self) -> dict[str, Any]:
        """The settings as json has them."""
        return {
            "ladder": [[stage.key, stage.name, str(stage.level or "")] for stage in self.ladder],
            **{
                part: [[each.key, each.name] for each in getattr(self, part)] for part in ("trainings", "habits", "own")
            },
            "views": [[view.name, view.query.to_plain(), list(view.columns)] for view in self.views],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Board:
        """The settings that `to_plain` gave."""
        stages = (Stage(key, name, Level(level) if level else None) for key, name, level in plain["ladder"])
        lists = {part: tuple(Named(key, name) for key, name in plain[part]) for part in ("trainings", "habits", "own")}
        views = (View(name, Query.from_plain(query), tuple(columns)) for name, query, columns in plain["views"])
        return cls(Ladder(tuple(stages)), **lists, views=tuple(views))


def default_board() -> Board:
    """How the table of a new house is set up."""
    return Board(
        default_ladder(),
        tuple(Named(key, str(say(f"lead.training_{key}"))) for key in _TRAININGS),
        tuple(Named(key, str(say(f"lead.habit_{key}"))) for key in _HABITS),
    )


def _meant(those: tuple[Named, ...], text: str) -> Named | None:
    typed = fold(text)
    return next((each for each in those if typed in (fold(each.name), fold(each.key))), None)
