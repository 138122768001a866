"""A unit of the module: what it is for, its blocks from the first to the last, and where its facts come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from relexp.learning.quiz import Item, Key
from relexp.privacy.visibility import Visibility

# How fast a unit is read, in words a minute: slower than adults read what is no novel (238 on average, Brysbaert 2019,
# doi 10.1016/j.jml.2019.104047), since there is something to think about.
PACE = 200


class BlockKind(StrEnum):
    """What a block is: something to read, or something to do."""

    READING = "reading"
    QUIZ = "quiz"
    WORKSHEET = "worksheet"
    FIELD = "field"
    EXERCISE = "exercise"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    id: str
    authors: str
    title: str
    year: int
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """One activity of a unit: `text` stands above it, and is all of it where it is to be read.

    `minutes` is how long it takes, reading included; `estimate` says how that was reckoned where there is more to it
    than reading. `items` are ids of a quiz, of prompts or of a field task, by its kind; `tool` names an exercise or a
    tool. `people`: it is done with others, away from the screen.
    """

    id: str
    kind: BlockKind
    title: str
    text: str
    minutes: int
    estimate: str = ""
    items: tuple[str, ...] = ()
    tool: str = ""
    people: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to reflect on: `lens` says how one looks, `visibility` who may read it until its writer says so."""

    id: str
    ask: str
    lens: str
    visibility: Visibility = Visibility.ME
    lines: int = 4


@dataclass(frozen=True, slots=True)
class Task:
    """Something to go out and do: what shows that it was done, what to ask oneself after it, and how to do it alone."""

    id: str
    do: str
    evidence: str
    review: tuple[str, ...]
    alone: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit whole. `renamed` leads from ids that blocks and items had once to those that they have now.

    `version` is another one whenever anything in its texts is.
    """

    id: str
    number: int
    title: str
    purpose: str
    hours: float
    objectives: tuple[str, ...]
    needs: tuple[str, ...]
    blocks: tuple[Block, ...]
    items: Mapping[str, Item]
    keys: Mapping[str, Key]
    prompts: Mapping[str, Prompt]
    tasks: Mapping[str, Task]
    sources: Mapping[str, Source]
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(block.minutes for block in self.blocks)

    def block(self, id: str) -> Block | None:
        """The block of this id, or of one that it had once."""
        now = self.renamed.get(id, id)
        return next((block for block in self.blocks if block.id == now), None)
