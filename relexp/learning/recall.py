"""Questions that come again, days and weeks later and from any unit, just before they would be forgotten.

Days later, whoever was asked has kept more than whoever read again (Roediger and Karpicke 2006, doi
10.1111/j.1467-9280.2006.01693.x), and more is kept of what comes spread out than of what comes all at once (Cepeda and
others 2006, doi 10.1037/0033-2909.132.3.354). When is told by FSRS-6, as the library of its authors reckons it
(open-spaced-repetition/py-fsrs). Nothing of it is kept: it is told anew from what somebody did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fsrs import Card, Rating, Scheduler

from relexp.learning.progress import Event, Verb
from relexp.learning.quiz import UNMARKED, Item, Kind
from relexp.learning.unit import BlockKind, Unit

# Nobody is asked more than this in a day, however long they were away.
MOST = 5
# A scenario is a way through several scenes and no question for in between.
NEVER = UNMARKED | {Kind.SCENARIO}
# The module takes months: what is known well comes again within half a year.
_LONGEST = 180
# Days only, and without chance: the same deeds give the same days on every device.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST, enable_fuzzing=False)
_Answer = tuple[datetime, Rating]


@dataclass(frozen=True, slots=True)
class Due:
    """An item that is to be asked again: of which unit, since when, and how likely it is still known (0 to 1)."""

    unit: Unit
    item: Item
    since: datetime
    known: float


def due(units: Sequence[Unit], events: Iterable[Event], now: datetime, most: int = MOST) -> tuple[Due, ...]:
    """What to ask a learner now, what is nearest to being forgotten first; no more than `most` in one day.

    `now` has a time zone: its days are the learner's. What was recalled today counts towards `most`, and does not come
    again today. Order and doubles of what they did change nothing.
    """
    waiting: list[Due] = []
    today = 0
    told = _in_order(events)
    for unit in units:
        for item, answers in _answers(unit, told).items():
            last = _day(answers[-1][0], now)
            if last >= now.date():
                today += len(answers) > 1
                continue
            card = _card(answers)
            if _day(card.due, now) <= now.date():
                known = _SCHEDULER.get_card_retrievability(card, now.astimezone(UTC))
                waiting.append(Due(unit, unit.items[item], card.due, known))
    waiting.sort(key=lambda each: each.known)
    return tuple(waiting[: max(0, most - today)])


def next_due(units: Sequence[Unit], events: Iterable[Event]) -> datetime | None:
    """When the next item is to be asked again, also where that is past; None where nothing was answered yet."""
    told = _in_order(events)
    cards = [_card(answers) for unit in units for answers in _answers(unit, told).values()]
    return min((card.due for card in cards), default=None)


def _in_order(events: Iterable[Event]) -> list[Event]:
    once = {event.id: event for event in events}
    return sorted(once.values(), key=lambda event: (event.at, event.id))


def _answers(unit: Unit, in_order: Iterable[Event]) -> dict[str, list[_Answer]]:
    """How each item went that can be asked again: when it was settled in its quiz, then each time it was recalled."""
    asked = {id for block in unit.blocks if block.kind is BlockKind.QUIZ for id in block.items}
    known = {id for id in asked if unit.items[id].kind not in NEVER}
    found: dict[str, list[_Answer]] = {}
    wrong: set[str] = set()
    for event in in_order:
        id = unit.renamed.get(event.item, event.item)
        if event.unit != unit.id or id not in known:
            continue
        if (rating := _rated(event, id in found, id in wrong)) is not None:
            found.setdefault(id, []).append((event.at.astimezone(UTC), rating))
        elif event.verb is Verb.ANSWERED:
            wrong.add(id)
    return found


def _rated(event: Event, settled: bool, was_wrong: bool) -> Rating | None:
    """How well an item was known; None where that cannot be told of this."""
    if settled:
        recalled = event.verb is Verb.RECALLED and event.right is not None
        return (Rating.Good if event.right else Rating.Again) if recalled else None
    if event.verb is Verb.HELPED:
        return Rating.Again
    if event.verb is not Verb.ANSWERED or event.right is False:
        return None
    return Rating.Hard if was_wrong else Rating.Good


def _card(answers: Iterable[_Answer]) -> Card:
    # Without an id of its own a card waits for the clock to make one.
    card = Card(card_id=0)
    for at, rating in answers:
        card, _ = _SCHEDULER.review_card(card, rating, at)
    return card


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
