"""Marking an answer: whether it is right, and what is said of each part of it; a wrong one is never a dead end."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relexp.learning.quiz import END, UNMARKED, Item, Key, Kind
from relexp.roster.words import words

# How an answer comes: ids in their order, pairs of ids, or what was typed.
Answer = Sequence[str] | Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of an answer. `right` is None where nothing is right or wrong; `says` is told, part by part.

    `share` is how much of it was right, from 0 to 1; `next` is the scene that a choice leads to, "" at the end.
    """

    right: bool | None
    says: tuple[str, ...]
    share: float = 0.0
    next: str = ""


class Help(StrEnum):
    """What comes after a wrong answer, each after the one before."""

    SHARPER = "sharper"
    HINT = "hint"
    WORKED = "worked"
    REVEAL = "reveal"


def mark(item: Item, key: Key, answer: Answer) -> Marked:
    """Mark an answer. Raises ValueError where it is none that the item could have."""
    match item.kind:
        case Kind.ONE | Kind.CONFIDENCE:
            return _one(item, key, _ids(item, answer, 1))
        case Kind.MANY:
            return _many(item, key, _ids(item, answer))
        case Kind.ORDER:
            return _order(item, key, _ids(item, answer, len(item.options)))
        case Kind.MATCH:
            return _match(item, key, answer)
        case Kind.NUMBER:
            return _number(key, answer)
        case Kind.SHORT:
            return _short(key, answer)
    return _scene(item, key, answer)


def helps(item: Item, wrong: int) -> tuple[Help, int] | None:
    """What is offered after so many wrong answers to an item, and which hint (from 0); None while none was wrong.

    First a sharper question, then hint after hint, then a worked example, at last the answer itself.
    """
    if wrong < 1:
        return None
    steps: list[tuple[Help, int]] = [(Help.SHARPER, 0)] if item.sharper else []
    steps += [(Help.HINT, place) for place in range(len(item.hints))]
    steps += [(Help.WORKED, 0)] if item.worked else []
    return steps[wrong - 1] if wrong <= len(steps) else (Help.REVEAL, 0)


def revealed(item: Item, key: Key) -> tuple[str, ...]:
    """The right answer in words, each piece of it by itself."""
    texts = {each.id: each.text for each in (*item.options, *item.partners)}
    texts |= {choice.id: choice.text for scene in item.scenes for choice in scene.choices}
    match item.kind:
        case Kind.MATCH:
            return tuple(f"{texts[one]}: {texts[other]}" for one, other in key.pairs.items())
        case Kind.NUMBER:
            return (f"{key.value:g} {item.unit}".strip(),)
        case Kind.SHORT:
            return (", ".join(group[0] for group in key.words),)
    return tuple(texts[id] for id in key.right)


def _ids(item: Item, answer: Answer, many: int | None = None) -> tuple[str, ...]:
    """The ids that were chosen, each once and each of an option."""
    if isinstance(answer, str | Mapping):
        raise ValueError("an answer to this is a list of what was chosen")
    chosen, known = tuple(answer), {option.id for option in item.options}
    if len(set(chosen)) != len(chosen) or not set(chosen) <= known or len(chosen) != (many or len(chosen)):
        raise ValueError("this is none of what could be chosen")
    return chosen


def _said(item: Item, ids: Sequence[str]) -> tuple[str, ...]:
    says = {option.id: option.says for option in item.options}
    return tuple(says[id] for id in ids)


def _one(item: Item, key: Key, chosen: tuple[str, ...]) -> Marked:
    right = None if item.kind in UNMARKED else chosen == key.right
    return Marked(right, _said(item, chosen), float(bool(right)))


def _many(item: Item, key: Key, chosen: tuple[str, ...]) -> Marked:
    """What was chosen wrongly is told; that something is missing is told by nothing but that it is not right yet."""
    right = set(chosen) == set(key.right)
    agree = sum((option.id in chosen) == (option.id in key.right) for option in item.options)
    told = chosen if right else [each for each in chosen if each not in key.right]
    return Marked(right, _said(item, told), agree / len(item.options))


def _order(item: Item, key: Key, chosen: tuple[str, ...]) -> Marked:
    first = next((place for place, pair in enumerate(zip(chosen, key.right, strict=True)) if pair[0] != pair[1]), None)
    if first is None:
        return Marked(True, _said(item, chosen), 1.0)
    option = next(each for each in item.options if each.id == chosen[first])
    # What is said of a line would be nobody's without it.
    return Marked(False, (f"“{option.text}” {option.says}",), first / len(chosen))


def _match(item: Item, key: Key, answer: Answer) -> Marked:
    partners = {partner.id for partner in item.partners}
    if not isinstance(answer, Mapping) or set(answer) != {each.id for each in item.options}:
        raise ValueError("an answer to this pairs each with another")
    if not set(answer.values()) <= partners:
        raise ValueError("this is none of what could be paired")
    wrong = [id for id, partner in answer.items() if key.pairs[id] != partner]
    return Marked(not wrong, _said(item, wrong or [*answer]), 1 - len(wrong) / len(answer))


def _number(key: Key, answer: Answer) -> Marked:
    value = _typed_number(answer)
    assert key.value is not None
    if abs(value - key.value) <= key.within + 1e-9 * max(1.0, abs(key.value)):
        return Marked(True, (key.well,), 1.0)
    return Marked(False, (key.low if value < key.value else key.high,))


def _typed_number(answer: Answer) -> float:
    """A number as people type it: 1,200 and 1 200 are 1200, 12,5 and 12.5 are one; what follows it is nothing."""
    if not isinstance(answer, str):
        raise ValueError("an answer to this is a number")
    # With a unit behind it, it is the same number.
    plain = re.sub(r"\D+$", "", "".join(answer.split()))
    whole, comma, rest = plain.rpartition(",")
    if comma:
        plain = f"{whole}{rest}".replace(",", "") if len(rest) == 3 or "." in rest else f"{whole}.{rest}"
    value = float(plain)
    if not math.isfinite(value):
        raise ValueError("this is no number")
    return value


def _short(key: Key, answer: Answer) -> Marked:
    if not isinstance(answer, str):
        raise ValueError("an answer to this is a few words")
    line = f" {' '.join(words(answer))} "
    found = [any(f" {' '.join(words(each))} " in line for each in group) for group in key.words]
    share = sum(found) / len(found)
    return Marked(all(found), (key.well if all(found) else key.missing,), share)


def _scene(item: Item, key: Key, answer: Answer) -> Marked:
    """One choice in a scene: what comes of it, and which scene follows."""
    if isinstance(answer, str | Mapping) or len(answer) != 1:
        raise ValueError("an answer to this is one choice")
    choice = next((each for scene in item.scenes for each in scene.choices if each.id == answer[0]), None)
    if choice is None:
        raise ValueError("this is none of what could be chosen")
    right = choice.id in key.right
    return Marked(right, (choice.says,), float(right), "" if choice.to == END else choice.to)
