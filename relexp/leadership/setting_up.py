"""The table set up in a house's own words: a line for each stage, training, habit and own column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from relexp.leadership.board import Board, Named
from relexp.leadership.ladder import Ladder, Level, Stage
from relexp.messages import Fault, FaultsFound, say
from relexp.roster.words import fold, slug, squeeze

# A name is a heading; a table of more columns is read by nobody.
LONGEST, MOST = 60, 30


def lines_of(board: Board, part: str) -> str:
    """A part of the table as lines: a stage with its level after a bar, where it has one."""
    if part == "ladder":
        return "\n".join(f"{stage.name} | {stage.level}" if stage.level else stage.name for stage in board.ladder)
    return "\n".join(each.name for each in getattr(board, part))


def changed(board: Board, texts: Mapping[str, str], used: Collection[str]) -> Board:
    """The table as these lines set it up. What keeps its name or its place keeps what hangs on it.

    A line whose name is new stands for the one that was on that line before, where that name is gone; else it is new.
    `used` are the stages at which somebody is. Raises FaultsFound with all that is wrong.
    """
    faults: list[Fault] = []
    parts: dict[str, Any] = {}
    for part in ("ladder", "trainings", "own", "habits"):
        lines = [squeeze(line) for line in texts[part].splitlines() if line.strip()]
        names = [line.partition("|")[0].strip() if part == "ladder" else line for line in lines]
        faults += _wrong(part, names)
        old = [Named(each.key, each.name) for each in (board.ladder if part == "ladder" else getattr(board, part))]
        named = _matched(old, names)
        if part == "ladder":
            stages = tuple(Stage(each.key, each.name, _level(line)) for each, line in zip(named, lines, strict=True))
            faults += _missing(board, stages, used)
            parts[part] = Ladder(stages)
        else:
            parts[part] = named
    if faults:
        raise FaultsFound(faults)
    return replace(board, **parts)


def _matched(old: list[Named], names: list[str]) -> tuple[Named, ...]:
    known = {fold(each.name): each for each in old}
    kept = {fold(name) for name in names}
    taken = {known[name].key for name in kept if name in known}
    found: list[Named] = []
    for place, name in enumerate(names):
        if fold(name) in known:
            key = known[fold(name)].key
        elif place < len(old) and len(names) >= len(old) and old[place].key not in taken:
            # Renamed where it stood.
            key = old[place].key
        else:
            key = _new_key(name, {each.key for each in (*old, *found)})
        taken.add(key)
        found.append(Named(key, name))
    return tuple(found)


def _new_key(name: str, taken: Collection[str]) -> str:
    stem = (slug(name) or "x")[:24]
    numbered = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


def _level(line: str) -> Level | None:
    word = fold(line.partition("|")[2])
    return next((level for level in Level if fold(level) == word), None)


def _wrong(part: str, names: list[str]) -> list[Fault]:
    where = str(say(f"leader.setup_{part}"))
    faults = []
    if part == "ladder" and not names:
        faults.append(Fault(say("leader.setup_no_stage")))
    if len(names) > MOST:
        faults.append(Fault(say("leader.setup_many", part=where, most=MOST)))
    if any(len(name) > LONGEST for name in names):
        faults.append(Fault(say("leader.setup_long", part=where, most=LONGEST)))
    twice = [name for place, name in enumerate(names) if fold(name) in map(fold, names[:place])]
    faults += [Fault(say("leader.setup_twice", part=where, name=name)) for name in twice]
    return faults


def _missing(board: Board, stages: tuple[Stage, ...], used: Collection[str]) -> list[Fault]:
    keys = {stage.key for stage in stages}
    gone = [stage.name for stage in board.ladder if stage.key in used and stage.key not in keys]
    return [Fault(say("leader.setup_used", name=name)) for name in gone]
