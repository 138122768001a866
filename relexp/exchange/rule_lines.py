"""On which line of a rules file each key, table and entry of a list stands, so that a fault can be found there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# The parts of a file that is known to be TOML. Long strings stand before short ones: they begin alike.
_PARTS = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{},=.\n]"
    r"|[^\s\[\]{},=.\"'#]+",
    re.DOTALL,
)


def lines_of(text: str) -> dict[str, int]:
    """The line, from 1, of each place in a rules file, as faults name it: "rounds", "pin[1].people", "tables.quiet[2]".

    `text` must be TOML that can be read.
    """
    reader = _Reader(_parts(text))
    reader.read()
    return reader.lines


def line_of(place: str, lines: dict[str, int]) -> int | None:
    """The line of a place, or of the table or list that it would stand in; None where neither is in the file."""
    while place:
        if place in lines:
            return lines[place]
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return None


def left_open(text: str) -> int | None:
    """The line of the last bracket that is opened and never closed; None where there is none."""
    opened: list[int] = []
    for part in _parts(text):
        if part.text in ("[", "{"):
            opened.append(part.line)
        elif part.text in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else None


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    line: int


def _parts(text: str) -> Iterator[_Part]:
    line, last = 1, 0
    for found in _PARTS.finditer(text.replace("\r\n", "\n")):
        line += found.string.count("\n", last, found.start())
        last = found.start()
        if not found[0].startswith("#"):
            yield _Part(found[0], line)
    yield _Part("", line)


@dataclass
class _Reader:
    """Goes through the parts of a file once, and notes each place when it comes to it."""

    parts: Iterator[_Part]
    lines: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = next(self.parts)

    def read(self) -> None:
        table = ""
        while self.now.text:
            if self.now.text == "\n":
                self._on()
            elif self.now.text == "[":
                table = self._heading()
            else:
                self._pair(table)

    def _on(self) -> _Part:
        before, self.now = self.now, next(self.parts, self.now)
        return before

    def _heading(self) -> str:
        line = self._on().line
        again = self.now.text == "["
        if again:
            self._on()
        place = self._key("]", line, self._within)
        self._on()
        if again:
            self._on()
            self.tables[place] = self.tables.get(place, 0) + 1
            place = self._within(place)
        self.lines.setdefault(place, line)
        return place

    def _within(self, place: str) -> str:
        """The place itself, or the latest of the tables that come again and again under its name."""
        return f"{place}[{self.tables[place]}]" if place in self.tables else place

    def _pair(self, table: str) -> None:
        line = self.now.line
        place = self._key("=", line, str, table)
        self._on()
        self._value(place)

    def _key(self, end: str, line: int, within: Callable[[str], str], place: str = "") -> str:
        """The place that a key with dots names, below `place`; each table on the way is noted too."""
        while self.now.text not in (end, ""):
            part = self._on().text
            if part == ".":
                place = within(place)
                self.lines.setdefault(place, line)
            else:
                place = f"{place}.{_plain(part)}" if place else _plain(part)
        self.lines.setdefault(place, line)
        return place

    def _value(self, place: str) -> None:
        if self.now.text == "[":
            self._list(place)
        elif self.now.text == "{":
            self._on()
            while self.now.text not in ("}", ""):
                if self.now.text in (",", "\n"):
                    self._on()
                else:
                    self._pair(place)
            self._on()
        else:
            while self.now.text not in (",", "]", "}", "\n", ""):
                self._on()

    def _list(self, place: str) -> None:
        self._on()
        count = 0
        while self.now.text not in ("]", ""):
            if self.now.text in (",", "\n"):
                self._on()
                continue
            count += 1
            self.lines.setdefault(f"{place}[{count}]", self.now.line)
            self._value(f"{place}[{count}]")
        self._on()


def _plain(key: str) -> str:
    """A key as it is known once it is read: without its quotation marks."""
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[0] in "\"'" else key
