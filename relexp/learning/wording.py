"""The words of a unit, each under an id that stays, so that they can be said in another way or another language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from relexp.learning.quiz import Item, Key, Option, Scene
from relexp.learning.unit import Block, Prompt, Task, Unit

# What is said for a text, given its id and the text itself.
Word = Callable[[str, str], str]
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")
# The comma of the Latin, and of the Arabic letters.
_COMMA = re.compile(r"[,،]")
_Thing = TypeVar("_Thing", Block, Item, Key, Option, Prompt, Task)


def worded(unit: Unit, word: Word) -> Unit:
    """A unit with each text that people read replaced by what is said for it; a text that is empty is left.

    Ids are like `block.two-cups.3` (the third paragraph) and `quiz.item.first.option.a.says`. Of a short answer, what
    is said in place of its words is understood beside them. Names and titles of sources are left as they are.
    """

    def say(id: str, text: str) -> str:
        return word(id, text) if text.strip() else text

    said = replace(
        unit,
        title=say("title", unit.title),
        purpose=_paragraphs("purpose", unit.purpose, say),
        objectives=_each("objective", unit.objectives, say),
        blocks=tuple(_block(block, say) for block in unit.blocks),
    )
    quiz = {id: _question(item, unit.keys[id], say) for id, item in unit.items.items()}
    return replace(
        said,
        items={id: item for id, (item, _) in quiz.items()},
        keys={id: key for id, (_, key) in quiz.items()},
        prompts={id: _fields(each, f"prompt.{id}", ("ask", "lens"), say) for id, each in unit.prompts.items()},
        tasks={id: _task(each, say) for id, each in unit.tasks.items()},
    )


def words_of(unit: Unit) -> dict[str, str]:
    """Each text of a unit that people read, by its id, in the order in which it stands in the unit."""
    found: dict[str, str] = {}

    def note(id: str, text: str) -> str:
        found[id] = text
        return text

    worded(unit, note)
    return found


def alternatives(text: str) -> tuple[str, ...]:
    """The alternatives that stand in a text, with commas between them."""
    return tuple(each.strip() for each in _COMMA.split(text) if each.strip())


def _paragraphs(id: str, text: str, word: Word) -> str:
    pieces = _BETWEEN.split(text)
    return "\n\n".join(word(f"{id}.{place}", piece) for place, piece in enumerate(pieces, start=1))


def _each(id: str, texts: tuple[str, ...], word: Word) -> tuple[str, ...]:
    return tuple(word(f"{id}.{place}", text) for place, text in enumerate(texts, start=1))


def _fields(thing: _Thing, id: str, names: tuple[str, ...], word: Word) -> _Thing:
    said: dict[str, Any] = {name: word(f"{id}.{name}", getattr(thing, name)) for name in names}
    return replace(thing, **said)


def _block(block: Block, word: Word) -> Block:
    id = f"block.{block.id}"
    return replace(block, title=word(f"{id}.title", block.title), text=_paragraphs(id, block.text, word))


def _question(item: Item, key: Key, word: Word) -> tuple[Item, Key]:
    """An item and its key, in the order in which they are met: asked, answered, helped on."""
    id = f"quiz.item.{item.id}"
    asked = _fields(item, id, ("ask", "unit"), word)
    said = replace(
        asked,
        options=_options(f"{id}.option", item.options, ("text", "says"), word),
        partners=_options(f"{id}.partner", item.partners, ("text",), word),
        scenes=tuple(_scene(f"{id}.scene", scene, word) for scene in item.scenes),
        hints=_each(f"{id}.hint", item.hints, word),
    )
    known = _fields(key, id, ("well", "low", "high", "missing"), word)
    words = tuple(_alternatives(f"{id}.words.{place}", group, word) for place, group in enumerate(key.words, start=1))
    return _fields(said, id, ("sharper", "worked"), word), replace(known, words=words)


def _options(id: str, options: tuple[Option, ...], names: tuple[str, ...], word: Word) -> tuple[Option, ...]:
    return tuple(_fields(option, f"{id}.{option.id}", names, word) for option in options)


def _scene(id: str, scene: Scene, word: Word) -> Scene:
    at = f"{id}.{scene.id}"
    text = word(f"{at}.text", scene.text)
    return replace(scene, text=text, choices=_options(f"{at}.choice", scene.choices, ("text", "says"), word))


def _alternatives(id: str, group: tuple[str, ...], word: Word) -> tuple[str, ...]:
    # Whoever learns in Welsh may still answer in English; what is shown as the answer is the first one.
    return tuple(dict.fromkeys((*alternatives(word(id, ", ".join(group))), *group)))


def _task(task: Task, word: Word) -> Task:
    id = f"task.{task.id}"
    return replace(
        _fields(task, id, ("do", "evidence", "alone"), word), review=_each(f"{id}.review", task.review, word)
    )
