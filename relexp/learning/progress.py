"""How far a learner has come: never kept, always told anew from what they did, in whatever order it arrives.

A line of the log is one thing done once: what comes twice, from two devices or after a lost connection, counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from relexp.learning.unit import Block, Unit


class Verb(StrEnum):
    """What somebody did."""

    OPENED = "opened"
    READ = "read"
    ANSWERED = "answered"
    HELPED = "helped"
    WROTE = "wrote"
    WENT_OUT = "went_out"
    LOGGED = "logged"
    # Beside the way through a unit: a question answered again later, and a tutor asked to confirm the record.
    RECALLED = "recalled"
    ASKED = "asked"


# What makes a block done: reading it to its end, answering each item rightly or being shown how, writing, going out.
_DONE = frozenset({Verb.READ, Verb.WROTE, Verb.WENT_OUT})
# What leaves somebody where they are.
_ASIDE = frozenset({Verb.RECALLED, Verb.ASKED})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a learner did: in a block of a unit, and of it an item where it was one of several.

    `id` is made where it happened and is the same however often it arrives. `version` is the content's. `right` is of
    an answer (None: nothing is right or wrong); `minutes` of time that was logged.
    """

    id: str
    at: datetime
    verb: Verb
    unit: str
    block: str
    item: str = ""
    version: str = ""
    right: bool | None = None
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a unit: blocks that are done, of each item how many answers were wrong and whether it is
    settled, minutes that were logged by block, and the block at which they were last ("" before the first). `since`
    says of each block that is done when it was.
    """

    unit: str
    done: frozenset[str] = frozenset()
    wrong: Mapping[str, int] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    minutes: Mapping[str, float] = field(default_factory=dict)
    last: str = ""
    since: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def taken(self) -> float:
        """The minutes that were logged in all."""
        return sum(self.minutes.values())


def standing(unit: Unit, events: Iterable[Event]) -> Standing:
    """Where a learner stands in a unit by what they did. Ids that blocks and items had once are those they have now.

    What somebody did to a block that is gone altogether is left out; time that they spent on it is theirs. A
    question that is recalled, or a tutor who is asked, leaves them where they are.
    """
    once = {event.id: event for event in events if event.unit == unit.id and event.verb not in _ASIDE}
    in_order = sorted(once.values(), key=lambda event: (event.at, event.id))
    known = {block.id: block for block in unit.blocks}
    did: dict[str, set[Verb]] = {}
    wrong: dict[str, int] = {}
    settled: set[str] = set()
    minutes: dict[str, float] = {}
    last = ""
    since: dict[str, datetime] = {}
    for event in in_order:
        id, item = (unit.renamed.get(each, each) for each in (event.block, event.item))
        if event.verb is Verb.LOGGED:
            minutes[id] = minutes.get(id, 0.0) + event.minutes
            continue
        if id not in known:
            continue
        last = id
        did.setdefault(id, set()).add(event.verb)
        if event.verb is Verb.ANSWERED and item not in settled:
            if event.right is False:
                wrong[item] = wrong.get(item, 0) + 1
            else:
                settled.add(item)
        if event.verb is Verb.HELPED:
            # Whoever was shown the answer goes on.
            settled.add(item)
        if event.verb is Verb.WROTE and item:
            settled.add(item)
        # An item may stand in more than one block.
        since |= {id: event.at for id in known.keys() - since.keys() if _done(known[id], did.get(id, set()), settled)}
    return Standing(unit.id, frozenset(since), wrong, frozenset(settled), minutes, last, since)


def resume(unit: Unit, stands: Standing) -> str:
    """The block at which to go on: where they were last, or the next one that is not done; the first of a new unit."""
    ids = [block.id for block in unit.blocks]
    if stands.last and stands.last not in stands.done:
        return stands.last
    start = ids.index(stands.last) + 1 if stands.last else 0
    later = [id for id in (*ids[start:], *ids[:start]) if id not in stands.done]
    return later[0] if later else ids[-1]


def onward(units: Sequence[Unit], events: Iterable[Event]) -> tuple[Unit, str] | None:
    """The unit and the block at which to go on: that of what was done last, or the first that is not done.

    None where all are.
    """
    told = tuple(events)
    stands = {unit.id: standing(unit, told) for unit in units}
    left = {unit.id: unit for unit in units if len(stands[unit.id].done) < len(unit.blocks)}
    there = [event for event in told if event.unit in stands and event.verb not in _ASIDE]
    last = max(there, key=lambda event: (event.at, event.id)).unit if there else ""
    unit = left.get(last) or next(iter(left.values()), None)
    return (unit, resume(unit, stands[unit.id])) if unit else None


def _done(block: Block, verbs: set[Verb], settled: set[str]) -> bool:
    if block.items:
        return all(item in settled for item in block.items) or bool(verbs & {Verb.WENT_OUT})
    return bool(verbs & _DONE)
