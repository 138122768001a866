"""One table of a rules file, read key by key: the right kind of value, or a fault that says what to write instead."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeGuard, TypeVar

from relexp.messages import Fault, Message

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

# What stands in the file is quoted back to its writer, but never a whole page of it.
LONGEST_QUOTE = 60

NOTHING = object()


@dataclass(frozen=True)
class Section:
    """One table of the rules, its place in the file as in "across.faith", and the faults found so far.

    Every reader returns its default where the key is absent or its value cannot be used; in the second case it
    notes a fault. Sections of one file share one list of faults.
    """

    raw: Mapping[str, object]
    place: str
    faults: list[Fault]

    def at(self, key: str) -> str:
        """The place of one of this table's keys in the file."""
        return f"{self.place}.{key}" if self.place else key

    def note(self, place: str, code: str, found: object = NOTHING, **values: object) -> None:
        """Note a fault at a place of the file; `found` is what stands there, to be quoted back."""
        shown = None if found is NOTHING else quote(found)
        self.faults.append(Fault(Message(code, {"found": shown, **values}), key=place, value=shown))

    def unknown(self, known: Collection[str]) -> None:
        """Note every key that means nothing here, with the known one that is spelt most like it."""
        for key in self.raw:
            if key not in known:
                code, values = suggestion("rules.unknown_key", key, known)
                self.note(self.at(key), code, key=quote(key), known=", ".join(known), **values)

    def whole(self, key: str, default: T, least: int, most: int | None = None) -> int | T:
        """A whole number from `least` to `most`."""
        if key not in self.raw:
            return default
        value = self.raw[key]
        if is_whole(value) and value >= least and (most is None or value <= most):
            return value
        code = "rules.whole" if most is None else "rules.whole_between"
        self.note(self.at(key), code, value, least=least, most=most)
        return default

    def number(self, key: str, default: float, least: float, most: float | None = None) -> float:
        """A number from `least` to `most`; a fraction is written with a point."""
        if key not in self.raw:
            return default
        value = self.raw[key]
        if isinstance(value, int | float) and not isinstance(value, bool):
            # A whole number may be too long to be a fraction at all.
            figure = float(value) if abs(value) < 1e300 else math.inf
            if math.isfinite(figure) and figure >= least and (most is None or figure <= most):
                return figure
        code = "rules.number" if most is None else "rules.number_between"
        self.note(self.at(key), code, value, least=f"{least:g}", most=f"{most or 0:g}")
        return default

    def choice(self, key: str, options: type[E], default: T) -> E | T:
        """One of a few words; capitals do not matter."""
        if key not in self.raw:
            return default
        value = self.raw[key]
        words = [option.value for option in options]
        if isinstance(value, str) and value.strip().casefold() in words:
            return options(value.strip().casefold())
        code, values = suggestion("rules.choice", str(value), words)
        self.note(self.at(key), code, value, words=_either(words), **values)
        return default

    def flag(self, key: str, default: bool) -> bool:
        """true or false, without quotation marks."""
        value = self.raw.get(key, default)
        if isinstance(value, bool):
            return value
        self.note(self.at(key), "rules.flag", value)
        return default

    def text(self, key: str, default: str) -> str:
        """A word or a sentence in quotation marks."""
        value = self.raw.get(key, default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(self.at(key), "rules.text", value, example=default)
        return default

    def items(self, key: str, example: str) -> Iterator[tuple[str, object]]:
        """What a list in square brackets holds, each thing with its place, as in ("tables.quiet[1]", 4)."""
        value = self.raw.get(key, ())
        if isinstance(value, list | tuple | set | frozenset):
            for count, item in enumerate(value, start=1):
                yield f"{self.at(key)}[{count}]", item
        else:
            self.note(self.at(key), "rules.list", value, example=example)

    def table(self, key: str) -> Section | None:
        """The table under a key, as in [tables]; None where there is none."""
        if key not in self.raw:
            return None
        value = self.raw[key]
        if isinstance(value, Mapping):
            return replace(self, raw=value, place=self.at(key))
        self.note(self.at(key), "rules.table", value, heading=f"[{self.at(key)}]")
        return None

    def tables(self, key: str) -> Iterator[Section]:
        """Every table under a key that may come again and again, as in [[pin]]."""
        value = self.raw.get(key, ())
        heading = f"[[{self.at(key)}]]"
        if not isinstance(value, list | tuple):
            self.note(self.at(key), "rules.table", value, heading=heading)
            return
        for count, item in enumerate(value, start=1):
            place = f"{self.at(key)}[{count}]"
            if isinstance(item, Mapping):
                yield replace(self, raw=item, place=place)
            else:
                self.note(place, "rules.table", item, heading=heading)


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def quote(value: object) -> str:
    """What stands in the file, as its writer would know it again, cut where it is long."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Mapping):
        text = "{" + ", ".join(f"{key} = {quote(item)}" for key, item in list(value.items())[:9]) + "}"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(quote(item) for item in value[:9]) + "]"
    elif isinstance(value, int) and abs(value) >= 10**LONGEST_QUOTE:
        text = "a number of very many digits"
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def suggestion(code: str, word: str, known: Collection[str]) -> tuple[str, dict[str, str]]:
    """The message to use for a word nobody knows: the one with a suggestion where a known word is spelt like it."""
    spelt = {option.casefold(): option for option in known}
    near = get_close_matches(word.strip().casefold(), spelt, n=1, cutoff=0.6)
    return (f"{code}_near", {"near": spelt[near[0]]}) if near else (code, {})


def _either(words: list[str]) -> str:
    *most, last = [f"“{word}”" for word in words]
    return f"{', '.join(most)} or {last}"
