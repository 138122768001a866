"""How people grow: from stage to stage per quarter, with a step after training, and by developing others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from relexp.leadership.evidence import Evidence, Move
from relexp.leadership.ladder import Ladder

# After a training a next step should follow within so many days.
WITHIN = 30


class Quarter(NamedTuple):
    """A quarter of a year: 1 is January to March."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody's change of stage, with the line of evidence that it stands on; None where that is not here."""

    move: Move
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Movement:
    """Who moved in a quarter: `up`, `down`, `new` to the ladder; `other` where a stage is no longer on the ladder."""

    quarter: Quarter
    up: tuple[Moved, ...] = ()
    down: tuple[Moved, ...] = ()
    new: tuple[Moved, ...] = ()
    other: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class After:
    """Of those who did a training, how many made a next step.

    `people` are those whose 30 days are over (a day for each counts once), `stepped` how many of them made a step
    within them; `before` how many of them made one in as many days before, which is what it is compared with. `open`
    are those whose 30 days still run, who are not counted yet.
    """

    training: str
    people: int
    stepped: int
    before: int
    open: int


@dataclass(frozen=True, slots=True)
class Developing:
    """Who developed another in a quarter, each once; `first` are those of them who never had before."""

    quarter: Quarter
    leaders: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def movement(moves: Sequence[Move], evidence: Iterable[Evidence], ladder: Ladder) -> tuple[Movement, ...]:
    """Who changed stage, quarter by quarter from the first to the last change, quarters without one included."""
    stood_on = {move.evidence for move in moves} - {""}
    lines = {line.id: line for line in evidence if line.id in stood_on}
    places = {stage.key: place for place, stage in enumerate(ladder)}
    found: dict[tuple[Quarter, str], list[Moved]] = defaultdict(list)
    for move in sorted(moves, key=lambda move: move.day):
        kind = _kind(places.get(move.before, -1), places.get(move.after, -1), not move.before)
        found[Quarter.of(move.day), kind].append(Moved(move, lines.get(move.evidence)))
    return tuple(
        Movement(quarter, *(tuple(found.get((quarter, kind), ())) for kind in ("up", "down", "new", "other")))
        for quarter in _each({quarter for quarter, _ in found})
    )


def after_training(
    trainings: Iterable[tuple[str, str, date]], steps: Iterable[tuple[str, date]], today: date
) -> tuple[After, ...]:
    """By training, how many made a next step within 30 days: from (leader, training's key, day) and (leader, day).

    A step on the day itself counts. The trainings stand in the order in which they first come.
    """
    made: dict[str, list[date]] = defaultdict(list)
    for leader, day in steps:
        made[leader].append(day)
    counts: dict[str, list[int]] = {}
    for leader, key, day in trainings:
        count = counts.setdefault(key, [0, 0, 0, 0])
        if (today - day).days <= WITHIN:
            count[3] += 1
            continue
        after = [(step - day).days for step in made.get(leader, ())]
        count[0] += 1
        count[1] += any(0 <= days <= WITHIN for days in after)
        # The day of the training counts among those after it, so one more day makes both stretches as long.
        count[2] += any(-WITHIN - 1 <= days < 0 for days in after)
    return tuple(After(key, *count) for key, count in counts.items())


def developing(records: Iterable[tuple[str, str, date]]) -> tuple[Developing, ...]:
    """Who developed another, quarter by quarter: from (leader, who developed them, since which day)."""
    found: dict[Quarter, list[str]] = defaultdict(list)
    for leader, by, day in sorted(records, key=lambda record: record[2]):
        if by and by != leader:
            found[Quarter.of(day)].append(by)
    seen: set[str] = set()
    quarters = []
    for quarter in _each(found):
        leaders = tuple(dict.fromkeys(found.get(quarter, ())))
        quarters.append(Developing(quarter, leaders, tuple(id for id in leaders if id not in seen)))
        seen.update(leaders)
    return tuple(quarters)


def _kind(before: int, after: int, new: bool) -> str:
    if after >= 0 and new:
        return "new"
    if before < 0 or after < 0 or before == after:
        return "other"
    return "up" if after > before else "down"


def _each(quarters: Iterable[Quarter]) -> Iterator[Quarter]:
    """Every quarter from the first to the last of these."""
    known = sorted(quarters)
    if known:
        quarter = known[0]
        while quarter <= known[-1]:
            yield quarter
            quarter = quarter.next
