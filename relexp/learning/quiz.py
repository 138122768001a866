"""The items of a quiz: what is asked, what can be answered, and apart from both what is right and what is said of it.

What reaches a page is `public()`: it has no key and no feedback. Marking happens where the key is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Kind(StrEnum):
    """How an item is answered."""

    ONE = "one"
    MANY = "many"
    ORDER = "order"
    MATCH = "match"
    SHORT = "short"
    NUMBER = "number"
    SCENARIO = "scenario"
    CONFIDENCE = "confidence"


# Those of which nothing is right or wrong.
UNMARKED = frozenset({Kind.CONFIDENCE})
# The end of a scenario.
END = "end"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be answered, and what is said to whoever does; in a scenario, to which scene it leads."""

    id: str
    text: str
    says: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of a scenario, and what somebody could do in it."""

    id: str
    text: str
    choices: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `options` are those to choose from, to put in order, or to match with `partners`.

    `hints` go from the first nudge to the last; `sharper` asks the question once more, in other words; `worked` shows
    how one gets there. `explain` asks for the reasons in one's own words. `unit` stands behind a number.
    """

    id: str
    kind: Kind
    ask: str
    options: tuple[Option, ...] = ()
    partners: tuple[Option, ...] = ()
    scenes: tuple[Scene, ...] = ()
    hints: tuple[str, ...] = ()
    sharper: str = ""
    worked: str = ""
    explain: bool = False
    unit: str = ""

    def public(self) -> dict[str, Any]:
        """What a page may know of the item: neither what is right nor what is said of an answer."""
        told = [{"id": each.id, "text": each.text} for each in self.options]
        plain: dict[str, Any] = {"id": self.id, "kind": str(self.kind), "ask": self.ask, "options": told}
        if self.kind is Kind.ORDER:
            # As they are written is how they belong: by their ids they are in no order that tells.
            plain["options"] = sorted(told, key=lambda each: each["id"])
        if self.partners:
            plain["partners"] = sorted(
                ({"id": each.id, "text": each.text} for each in self.partners), key=lambda each: each["id"]
            )
        if self.scenes:
            plain["scene"] = self.scene("")
        return plain | {"explain": self.explain, "unit": self.unit, "hints": len(self.hints)}

    def scene(self, id: str) -> dict[str, Any]:
        """A scene as a page may know it: the first one where none is named; what a choice leads to is not told."""
        found = next((scene for scene in self.scenes if scene.id == id), self.scenes[0])
        choices = [{"id": each.id, "text": each.text} for each in found.choices]
        return {"id": found.id, "text": found.text, "choices": choices}


@dataclass(frozen=True, slots=True)
class Key:
    """What is right. `right` holds ids of options, in their order where that matters; of a scenario, the good choices.

    `pairs` says which option belongs to which partner; `value` is a number that is right up to `within` either way;
    `words` are groups of words, one of each of which has to be said. `low`, `high` and `missing` are said of a number
    too small, too large, and of a short answer without some of the words; `well` of one that is right.
    """

    right: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    value: float | None = None
    within: float = 0
    words: tuple[tuple[str, ...], ...] = ()
    well: str = ""
    low: str = ""
    high: str = ""
    missing: str = ""
