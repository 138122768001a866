"""How those who learn move through the module, as a whole: counts that nobody can be known by, and never a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from relexp.learning.progress import Event, Standing, Verb, standing
from relexp.learning.unit import Block, Unit
from relexp.privacy.suppression import FEWEST

# Whoever has not come back to a block for two weeks may be stuck there; the figure is ours.
STUCK_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many. None where they are few; `nearly` where those who are not counted are few."""

    many: int | None
    of: int
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class BlockCount:
    """How many came to a block, did it, and have not come back to it since they left it undone."""

    block: Block
    reached: Count
    done: Count
    stuck: Count


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How many answered a question, how many wrongly at first, and how many had the answer shown to them."""

    id: str
    ask: str
    tried: Count
    wrong: Count
    shown: Count


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit: how many began it and are through, and in the middle, how long those took who noted their minutes."""

    unit: Unit
    begun: Count
    through: Count
    took: float | None
    blocks: tuple[BlockCount, ...]
    items: tuple[ItemCount, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody who learns here. Of fewer than five nothing is counted: `units` is empty."""

    people: Count
    lately: Count
    units: tuple[UnitCount, ...]


def cohort(units: Iterable[Unit], logs: Mapping[str, Sequence[Event]], now: datetime) -> Cohort:
    """The counts over the logs of everybody, as of now; `lately` are those who did something in the last 30 days."""
    many = len(logs)
    if many < FEWEST:
        return Cohort(Count(None, many), Count(None, many), ())
    lately = sum(any(now - event.at < timedelta(days=30) for event in log) for log in logs.values())
    return Cohort(Count(many, many), count(lately, many), tuple(_unit(unit, logs, now) for unit in units))


def count(many: int, of: int) -> Count:
    """A count that tells of nobody in particular: none, all, or at least five on either side."""
    if 0 < of - many < FEWEST <= many:
        return Count(None, of, nearly=True)
    return Count(many if many == 0 or many >= FEWEST else None, of)


def _unit(unit: Unit, logs: Mapping[str, Sequence[Event]], now: datetime) -> UnitCount:
    here = {id: [event for event in log if event.unit == unit.id] for id, log in logs.items()}
    began = {id: stands for id, log in here.items() if (stands := standing(unit, log)).last}
    idle = {id for id in began if now - max(event.at for event in logs[id]) >= STUCK_AFTER}
    through = sum(len(stands.done) == len(unit.blocks) for stands in began.values())
    took = [stands.taken for stands in began.values() if stands.taken > 0]
    begun = count(len(began), len(logs))
    of = _base(begun, len(began))
    return UnitCount(
        unit,
        begun,
        count(through, of),
        median(took) if len(took) >= FEWEST else None,
        tuple(_block(unit, block, began, here, idle, of) for block in unit.blocks),
        tuple(_items(unit, [here[id] for id in began], of)),
    )


def _base(told: Count, many: int) -> int:
    """Of how many a further count is told: of these, or, where how many they are is not told, of those around them."""
    return told.of if told.many is None else many


def _block(
    unit: Unit,
    block: Block,
    began: Mapping[str, Standing],
    logs: Mapping[str, Sequence[Event]],
    idle: Set[str],
    of: int,
) -> BlockCount:
    came = [id for id in began if any(_at(unit, event) == block.id for event in logs[id])]
    done = sum(block.id in began[id].done for id in came)
    stuck = sum(began[id].last == block.id and block.id not in began[id].done and id in idle for id in came)
    reached = count(len(came), of)
    within = _base(reached, len(came))
    return BlockCount(block, reached, count(done, within), count(stuck, within))


def _items(unit: Unit, logs: Sequence[Sequence[Event]], of: int) -> Iterable[ItemCount]:
    """Each question that has a right answer, by the first answer that each person gave."""
    for id, item in unit.items.items():
        first, shown = [], 0
        for log in logs:
            about = sorted((each for each in log if each.unit == unit.id and each.item == id), key=lambda each: each.at)
            answers = [each.right for each in about if each.verb is Verb.ANSWERED]
            helped = any(each.verb is Verb.HELPED for each in about)
            shown += helped
            if answers:
                first.append(answers[0])
        if any(right is not None for right in first):
            wrong = sum(right is False for right in first)
            tried = count(len(first), of)
            within = _base(tried, len(first))
            yield ItemCount(id, item.ask, tried, count(wrong, within), count(min(shown, len(first)), within))


def _at(unit: Unit, event: Event) -> str:
    if event.unit != unit.id or event.verb is Verb.LOGGED:
        return ""
    return unit.renamed.get(event.block, event.block)
