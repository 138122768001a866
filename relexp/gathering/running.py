"""A gathering as it runs: where it stands, and what a press of whoever leads, or the clock, makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from relexp.gathering.formats import Format, Part


class Stage(StrEnum):
    """How far a gathering has come."""

    INVITED = "invited"
    DOORS = "doors"
    ROUNDS = "rounds"
    CLOSED = "closed"


class Press(StrEnum):
    """What whoever leads the evening can do."""

    OPEN_DOORS = "open_doors"
    WELCOME = "welcome"
    START_ROUND = "start_round"
    SKIP = "skip"
    PAUSE = "pause"
    GO_ON = "go_on"
    EXTEND = "extend"
    CLOSE = "close"
    UNDO = "undo"


# These end by themselves when their minutes are over; everything else waits for whoever leads: people take the time
# they take to arrive, to find a table and to drink their tea.
BY_THE_CLOCK = frozenset({Part.PROMPT, Part.TALK, Part.HARVEST})
# Nobody means to give more than this at once.
MOST_MINUTES_MORE = 60


@dataclass(frozen=True, slots=True)
class Act:
    """One press: `at` is when, `minutes` how many more or fewer (with EXTEND)."""

    press: Press
    at: datetime
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """Where a gathering stands.

    `round` is the one that runs or ran last, 0 before the first. `part` is what goes on, None before the doors open and
    after the end. It `began` then and lasts `minutes`, of which it has stood still for `stood`; since `paused` it
    stands still now.
    """

    stage: Stage = Stage.INVITED
    round: int = 0
    part: Part | None = None
    began: datetime | None = None
    minutes: timedelta = timedelta()
    stood: timedelta = timedelta()
    paused: datetime | None = None

    def gone(self, now: datetime) -> timedelta:
        """How long the part has gone on by now, without the time it stood still."""
        if self.began is None:
            return timedelta()
        return max((self.paused or now) - self.began - self.stood, timedelta())

    def left(self, now: datetime) -> timedelta:
        """How long is left of the part; below zero where people take longer than was meant."""
        return self.minutes - self.gone(now)

    @property
    def ends(self) -> datetime | None:
        """When the part is over, if nobody presses anything; None where it stands still or has no end."""
        if self.began is None or self.paused is not None or not self.minutes:
            return None
        return self.began + self.stood + self.minutes

    @property
    def half_time(self) -> datetime | None:
        """When a talk changes over to the one who listened; None where there is none to come."""
        if self.part is not Part.TALK or self.ends is None:
            return None
        return self.ends - self.minutes / 2


class NotNow(Exception):
    """What was pressed means nothing where the gathering stands, or has happened already."""


def later(running: Running, format: Format, rounds: int, now: datetime) -> Running:
    """Where a gathering stands after some time has passed and nobody has pressed anything."""
    while running.part in BY_THE_CLOCK and running.ends is not None and running.ends <= now:
        running = _next(running, format, rounds, running.ends)
    return running


def pressed(running: Running, act: Act, format: Format, rounds: int) -> Running:
    """Where a gathering stands after a press; `rounds` is how many the plan holds.

    Raises NotNow where the press means nothing there. UNDO is not told by where it stands: see `holding`.
    """
    running = later(running, format, rounds, act.at)
    if act.press not in can_press(running, format, rounds):
        raise NotNow
    match act.press:
        case Press.OPEN_DOORS:
            return _begun(Running(Stage.DOORS), Part.ARRIVAL, format, act.at)
        case Press.WELCOME:
            return _begun(running, Part.OPENING, format, act.at)
        case Press.START_ROUND:
            started = replace(running, stage=Stage.ROUNDS, round=running.round + 1)
            return _begun(started, _first(_ROUND, started, format, rounds), format, act.at)
        case Press.SKIP:
            return _next(running, format, rounds, act.at)
        case Press.PAUSE:
            return replace(running, paused=act.at)
        case Press.GO_ON:
            assert running.paused is not None
            return replace(running, paused=None, stood=running.stood + (act.at - running.paused))
        case Press.EXTEND:
            more = timedelta(minutes=max(-MOST_MINUTES_MORE, min(act.minutes, MOST_MINUTES_MORE)))
            # What has gone by has gone by.
            minutes = max(running.minutes + more, running.gone(act.at))
            return later(replace(running, minutes=minutes), format, rounds, act.at)
        case _:
            return Running(Stage.CLOSED, running.round)


def can_press(running: Running, format: Format, rounds: int) -> frozenset[Press]:
    """What means something where a gathering stands; undoing always does while anything was done."""
    if running.part is None:
        return frozenset({Press.OPEN_DOORS} if running.stage is Stage.INVITED else ())
    found = {Press.EXTEND, Press.CLOSE, Press.GO_ON if running.paused is not None else Press.PAUSE}
    if running.part is Part.ARRIVAL:
        found.add(Press.WELCOME)
    if _after(running, format, rounds) is not None:
        found.add(Press.SKIP)
    if running.part not in BY_THE_CLOCK and running.round < rounds:
        found.add(Press.START_ROUND)
    return frozenset(found)


def replay(acts: Iterable[Act], format: Format, rounds: int, now: datetime) -> Running:
    """Where a gathering stands now, from all that was pressed."""
    return _told(holding(acts, format, rounds), format, rounds, now)


def holding(acts: Iterable[Act], format: Format, rounds: int) -> tuple[Act, ...]:
    """The presses that hold, in their order: an UNDO takes back the one before it, as if it had never been.

    A press that meant nothing when it came is left out, so that a log to which two people write is never stuck; a
    clock that was set back in between counts as standing still.
    """
    kept: list[Act] = []
    at: datetime | None = None
    for act in acts:
        at = act.at if at is None else max(at, act.at)
        if act.press is Press.UNDO:
            del kept[-1:]
        elif act.press in can_press(_told(kept, format, rounds, at), format, rounds):
            kept.append(replace(act, at=at))
    return tuple(kept)


_ROUND = (Part.PROMPT, Part.TALK, Part.HARVEST)


def _told(held: Iterable[Act], format: Format, rounds: int, now: datetime) -> Running:
    running, at = Running(), now
    for act in held:
        running = pressed(running, act, format, rounds)
        at = max(at, act.at)
    return later(running, format, rounds, at)


def _next(running: Running, format: Format, rounds: int, at: datetime) -> Running:
    part = _after(running, format, rounds)
    assert part is not None
    return _begun(running, part, format, at)


def _after(running: Running, format: Format, rounds: int) -> Part | None:
    """What follows a part without a round being started; None where only a press for a round goes on."""
    match running.part:
        case Part.OPENING:
            return Part.TEA if format.tea and format.tea_after == 0 else None
        case Part.TEA:
            return Part.CLOSING if running.round >= rounds else None
        case Part.PROMPT | Part.TALK | Part.HARVEST:
            return _first(_ROUND[_ROUND.index(running.part) + 1 :], running, format, rounds)
        case _:
            return None


def _first(parts: Sequence[Part], running: Running, format: Format, rounds: int) -> Part:
    """The first of some parts of a round that has any minutes; after them, what comes between two rounds."""
    return next((part for part in parts if _minutes(part, format)), None) or _between(running.round, format, rounds)


def _between(round: int, format: Format, rounds: int) -> Part:
    if format.tea and round == min(format.tea_after, rounds):
        return Part.TEA
    return Part.CLOSING if round >= rounds else Part.MOVE


def _begun(running: Running, part: Part, format: Format, at: datetime) -> Running:
    return Running(running.stage, running.round, part, at, timedelta(minutes=_minutes(part, format)))


def _minutes(part: Part, format: Format) -> int:
    minutes: int = getattr(format, part.value)
    return minutes
