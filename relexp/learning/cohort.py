"""How those who learn move through the module, as a whole: counts that nobody can be known by, and never a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def within(many: int, base: Count) -> Count:
    """A count among those of another one, which it gives away no more than that one does.

    Nearly all stand for all that they are among; of a few nothing is told.
    """
    if base.many is None and not base.nearly:
        return Count(None, base.of)
    return count(many, base.of if base.many is None else base.many)


@dataclass(frozen=True, slots=True)
class _Learner:
    """Somebody in a unit that they began: where they stand, what they did there, and when they last did anything."""

    stands: Standing
    events: tuple[Event, ...]
    came: frozenset[str]
    last: datetime


def _unit(unit: Unit, logs: Mapping[str, Sequence[Event]], now: datetime) -> UnitCount:
    began = [found for log in logs.values() if (found := _learner(unit, log)).stands.last]
    begun = count(len(began), len(logs))
    through = sum(len(each.stands.done) == len(unit.blocks) for each in began)
    took = [each.stands.taken for each in began if each.stands.taken > 0]
    return UnitCount(
        unit,
        begun,
        within(through, begun),
        median(took) if len(took) >= FEWEST else None,
        tuple(_block(block, began, begun, now) for block in unit.blocks),
        tuple(_items(unit, began, begun)),
    )


def _learner(unit: Unit, log: Sequence[Event]) -> _Learner:
    events = tuple(event for event in log if event.unit == unit.id)
    came = {unit.renamed.get(event.block, event.block) for event in events if event.verb is not Verb.LOGGED}
    return _Learner(standing(unit, events), events, frozenset(came), max(event.at for event in log))


def _block(block: Block, began: Sequence[_Learner], begun: Count, now: datetime) -> BlockCount:
    came = [each for each in began if block.id in each.came]
    done = sum(block.id in each.stands.done for each in came)
    left = [each for each in came if each.stands.last == block.id and block.id not in each.stands.done]
    reached = within(len(came), begun)
    stuck = sum(now - each.last >= STUCK_AFTER for each in left)
    return BlockCount(block, reached, within(done, reached), within(stuck, reached))


def _items(unit: Unit, began: Sequence[_Learner], begun: Count) -> Iterator[ItemCount]:
    """Each question that has a right answer, by the first answer that each person gave."""
    answered: dict[str, list[bool | None]] = {id: [] for id in unit.items}
    shown = dict.fromkeys(unit.items, 0)
    for each in began:
        first: dict[str, bool | None] = {}
        helped: set[str] = set()
        for event in sorted(each.events, key=lambda event: (event.at, event.id)):
            id = unit.renamed.get(event.item, event.item)
            if event.verb is Verb.ANSWERED:
                first.setdefault(id, event.right)
            elif event.verb is Verb.HELPED:
                helped.add(id)
        for id in first.keys() & answered.keys():
            answered[id].append(first[id])
            shown[id] += id in helped
    for id, rights in answered.items():
        if any(right is not None for right in rights):
            tried = within(len(rights), begun)
            wrong = within(sum(right is False for right in rights), tried)
            yield ItemCount(id, unit.items[id].ask, tried, wrong, within(shown[id], tried))
