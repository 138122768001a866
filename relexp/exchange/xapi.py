"""What a learner did as xAPI statements, for a learning record store of their own: no text, no answer, no address.

xAPI 1.0.3 (github.com/adlnet/xAPI-Spec, xAPI-Data.md); verbs and kinds of activities are those of the ADL vocabulary
(profiles.adlnet.gov).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from relexp.learning.progress import Event, Verb, standing
from relexp.learning.unit import Block, BlockKind, Unit

_ADL = "http://adlnet.gov/expapi"
# Ours alone: whatever is made twice from the same thing is the same statement, and a store takes it once.
_OURS = UUID("7d5b1a8e-0c55-4f0e-9a36-2b6c1f2f6a54")
# Whose accounts they are: a name that leads nowhere, as relexp knows no address of its own.
HOME = f"urn:uuid:{_OURS}"
_COMPLETED = "completed"
_VERBS = {
    Verb.OPENED: "attempted",
    Verb.READ: "experienced",
    Verb.ANSWERED: "answered",
    Verb.HELPED: "interacted",
    Verb.WROTE: "commented",
    Verb.WENT_OUT: "attended",
    Verb.LOGGED: "experienced",
    Verb.RECALLED: "answered",
    Verb.ASKED: "asked",
}
_KINDS = {
    BlockKind.READING: "lesson",
    BlockKind.QUIZ: "assessment",
    BlockKind.WORKSHEET: "interaction",
    BlockKind.FIELD: "performance",
    BlockKind.EXERCISE: "simulation",
    BlockKind.TOOL: "interaction",
}


@dataclass(frozen=True)
class Module:
    """The module whose units these are: its id, its title in words, and the language of both."""

    id: str
    title: str
    units: Sequence[Unit]
    language: str = "en"


def statements(module: Module, events: Iterable[Event], learner: str, home: str = HOME) -> bytes:
    """All that a learner did in a module as a JSON list of statements, oldest first; the same deeds, the same bytes.

    `learner` is what they are known by inside; it does not leave the house, a mark made of it does. `home` is an
    address (an IRI) under which that mark is theirs. What was done to a block or unit that is gone is told of the
    module.
    """
    who = {"objectType": "Agent", "account": {"homePage": home, "name": str(uuid5(_OURS, learner))}}
    once = {event.id: event for event in events}
    told = sorted(once.values(), key=lambda event: (event.at, event.id))
    made = [*_told(module, told, learner), *_completed(module, told, learner)]
    # What makes a block done comes before that it is.
    made.sort(key=lambda each: str(each["timestamp"]))
    return json.dumps([each | {"actor": who} for each in made], ensure_ascii=False, indent=1).encode()


def _told(module: Module, events: Sequence[Event], learner: str) -> Iterator[dict[str, Any]]:
    units = {unit.id: unit for unit in module.units}
    back = _taken_back(events)
    for event in events:
        if event.verb is Verb.LOGGED and (event.minutes <= 0 or event.id in back):
            continue
        unit = units.get(event.unit)
        block = unit.block(event.block) if unit else None
        of = _Of(module, unit, block, event.item if unit and block else "")
        result: dict[str, Any] = {}
        if event.verb in (Verb.ANSWERED, Verb.RECALLED) and event.right is not None:
            result["success"] = event.right
        if event.verb is Verb.LOGGED:
            result["duration"] = _duration(event.minutes)
        made = _statement(f"{learner} {event.id}", _VERBS[event.verb], of, event.at)
        if event.version:
            made["context"]["revision"] = event.version
        yield made | ({"result": result} if result else {})


def _taken_back(in_order: Iterable[Event]) -> set[str]:
    """The ids of minutes that were noted by mistake, and then the other way round."""
    noted: dict[tuple[str, str, float], list[str]] = {}
    back: set[str] = set()
    for event in in_order:
        if event.verb is Verb.LOGGED:
            same = noted.setdefault((event.unit, event.block, abs(event.minutes)), [])
            if event.minutes > 0:
                same.append(event.id)
            elif same:
                back.add(same.pop())
    return back


def _completed(module: Module, told: Sequence[Event], learner: str) -> Iterator[dict[str, Any]]:
    """What follows from the deeds: when each block was done, and each unit."""
    for unit in module.units:
        since = standing(unit, told).since
        ends = [(_Of(module, unit, block), since[block.id]) for block in unit.blocks if block.id in since]
        if len(since) == len(unit.blocks) and since:
            ends.append((_Of(module, unit), max(since.values())))
        for of, at in ends:
            made = _statement(f"{learner} {of.id} {_COMPLETED}", _COMPLETED, of, at)
            yield made | {"result": {"completion": True}}


@dataclass(frozen=True)
class _Of:
    """What a statement is about: an item of a block, a block, a unit, or the module."""

    module: Module
    unit: Unit | None = None
    block: Block | None = None
    item: str = ""

    @property
    def id(self) -> str:
        unit, block = self.unit, self.block
        parts = [self.module.id, unit.id if unit else "", block.id if block else "", self._item]
        return "urn:relexp:" + ":".join(part for part in parts if part)

    @property
    def _item(self) -> str:
        known = self.block.items if self.block else ()
        now = self.unit.renamed.get(self.item, self.item) if self.unit else ""
        return now if now in known else ""

    @property
    def parents(self) -> list[_Of]:
        """What it stands in, the nearest first."""
        found = [_Of(self.module)] if self.unit else []
        found += [_Of(self.module, self.unit)] if self.block else []
        found += [_Of(self.module, self.unit, self.block)] if self._item else []
        return found[::-1]

    def activity(self) -> dict[str, Any]:
        """The activity as xAPI has it."""
        name, kind = self._told()
        definition = {"type": f"{_ADL}/activities/{kind}", "name": {self.module.language: name}}
        return {"objectType": "Activity", "id": self.id, "definition": definition}

    def _told(self) -> tuple[str, str]:
        unit, block, item = self.unit, self.block, self._item
        if unit is None:
            return self.module.title, "course"
        if block is None:
            return unit.title, "module"
        if item in unit.items:
            return unit.items[item].ask, "question"
        if item in unit.prompts:
            return unit.prompts[item].ask, "interaction"
        return block.title, _KINDS[block.kind]


def _statement(id: str, verb: str, of: _Of, at: datetime) -> dict[str, Any]:
    """A statement without its actor. It names no version: whoever makes one leaves that to the store that takes it."""
    language = of.module.language
    parents = [parent.activity() for parent in of.parents]
    within = {"parent": parents[:1], "grouping": parents[1:]}
    context: dict[str, Any] = {"platform": "relexp", "language": language}
    if parents:
        context["contextActivities"] = {key: found for key, found in within.items() if found}
    return {
        "id": str(uuid5(_OURS, id)),
        "verb": {"id": f"{_ADL}/verbs/{verb}", "display": {"en": verb}},
        "object": of.activity(),
        "context": context,
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def _duration(minutes: float) -> str:
    """A length of time as ISO 8601 has it, to the second."""
    return f"PT{round(minutes * 60)}S"
