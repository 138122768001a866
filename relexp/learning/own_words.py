"""What a learner wrote, in the order of the units, each below what was asked: for their eyes, printer and disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from relexp.learning.unit import BlockKind, Unit
from relexp.messages import say

JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Words:
    """What was asked in a unit, and what somebody wrote there."""

    unit: str
    asked: str
    said: str


def own_words(units: Iterable[Unit], texts: Mapping[tuple[str, str], str]) -> tuple[Words, ...]:
    """All that somebody wrote in words, by the unit and the item at which it is kept; what is empty is left out.

    Answers to questions, exercises and what is kept of a tool are no words of this kind.
    """
    return tuple(
        Words(unit.title, asked, said)
        for unit in units
        for item, asked in _asked(unit)
        if (said := texts.get((unit.id, item), "").strip())
    )


def _asked(unit: Unit) -> Iterator[tuple[str, str]]:
    """The items of a unit in which one writes, and what is asked there."""
    for block in unit.blocks:
        for id in block.items:
            if block.kind is BlockKind.WORKSHEET:
                yield id, unit.prompts[id].ask
            elif block.kind is BlockKind.FIELD:
                task = unit.tasks[id]
                yield id, task.evidence
                yield from ((f"{id}.{place}", ask) for place, ask in enumerate(task.review, start=1))
            elif block.kind is BlockKind.QUIZ and unit.items[id].explain:
                yield f"{id}.why", unit.items[id].ask
    yield JOURNAL, str(say("unit.journal"))
