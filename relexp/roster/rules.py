"""What the organiser asks of the evening: which differences matter, and which rules bind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How two values of a column are compared."""

    CATEGORY = "category"
    ORDERED = "ordered"
    NUMBER = "number"
    SET = "set"


class NeverSame(StrEnum):
    """How firmly two people of one group are kept from talking to each other."""

    HARD = "hard"
    FEWEST = "fewest"


class Odd(StrEnum):
    """What happens to the one left over when an odd number is present."""

    TRIO = "trio"
    REST = "rest"


class Repeats(StrEnum):
    """Whether two people may ever meet twice."""

    NEVER = "never"
    FEWEST = "fewest"


@dataclass(frozen=True, slots=True)
class Across:
    """A column on which difference is wanted.

    `cap` is the most same-group rounds one person may have (with `NeverSame.FEWEST`; None: the lowest possible).
    `order` lists the levels of an ordered column, lowest first. `private` columns are never shown; None leaves it to
    the roster, which guesses from the header.
    """

    column: str
    weight: float = 1.0
    kind: Kind = Kind.CATEGORY
    never_same: NeverSame | None = None
    cap: int | None = None
    order: tuple[str, ...] = ()
    private: bool | None = None

    def is_hidden(self, private: Collection[str]) -> bool:
        """Whether this column is never shown: as the rules say, else as the roster's `private` columns do."""
        return self.column in private if self.private is None else self.private


@dataclass(frozen=True, slots=True)
class Sides:
    """Hosts and guests: every conversation crosses from one side to the other."""

    column: str = "side"
    hosts: str = "host"
    guests: str = "guest"
    guests_per_host: int = 1


@dataclass(frozen=True, slots=True)
class Tables:
    """The room's tables, numbered from 1. `count` None: as many as needed. `adjacent` None: a row 1-2-3-..."""

    count: int | None = None
    quiet: frozenset[int] = frozenset()
    adjacent: frozenset[tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """These people talk in this round."""

    round: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the organiser asked for, checked against the roster and complete.

    `share` names the columns in which two people must have a value in common. `present` lists, for those who are
    not there all evening, the rounds they attend (numbered from 1). `locked` conversations have already happened.
    Pairs in `met_before` and `keep_apart` are in no particular order.
    """

    rounds: int = 5
    seed: int = 1
    odd: Odd = Odd.TRIO
    repeats: Repeats = Repeats.NEVER
    breadth: float = 0.0
    across: tuple[Across, ...] = ()
    share: tuple[str, ...] = ()
    sides: Sides | None = None
    tables: Tables = Tables()
    met_before: frozenset[tuple[str, str]] = frozenset()
    keep_apart: frozenset[tuple[str, str]] = frozenset()
    pins: tuple[Pin, ...] = ()
    locked: tuple[Pin, ...] = ()
    present: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def attends(self, id: str, round: int) -> bool:
        """Whether a person is in the room in a round."""
        rounds = self.present.get(id)
        return rounds is None or round in rounds
