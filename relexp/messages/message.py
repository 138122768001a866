"""A sentence for a person: a code, its values, and where in a sheet it belongs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relexp.messages.catalogue import TEMPLATES
from relexp.messages.language import spoken

# More names than this in one sentence help nobody.
LISTED = 6


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence the product may say, kept apart from the language it is said in.

    `code` is a key of the catalogue; `values` fill the sentence's gaps. Raises KeyError for a code that
    the catalogue does not know, so that a sentence nobody wrote is found where it is made.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in TEMPLATES:
            raise KeyError(f"no message is called {self.code!r}")

    def text(self, templates: Mapping[str, str] = TEMPLATES) -> str:
        """The sentence, in the language of `templates` (English when a translation is missing).

        A value with letters that run from right to left is isolated (U+2068, U+2069), so that the words around it
        stay in their order.
        """
        template = templates.get(self.code, TEMPLATES[self.code])
        return template.format(**{name: _isolated(value) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text(spoken())


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: where it stands, what stands there, and what to do about it.

    In a sheet `row` is the row as a spreadsheet shows it (the header is row 1) and `column` the column's header; in a
    rules file `line` is the line, from 1, and `key` the key or table, as in "tables.quiet[2]". None where it is not
    known, or where the fault is of the whole file.
    """

    message: Message
    row: int | None = None
    column: str | None = None
    value: str | None = None
    line: int | None = None
    key: str | None = None

    def text(self, templates: Mapping[str, str] = TEMPLATES) -> str:
        """The fault as one line: its place first, then the sentence."""
        known = {"row": self.row, "column": self.column, "line": self.line, "key": self.key}
        place = [say(f"place.{name}", **{name: value}).text(templates) for name, value in known.items() if value]
        sentence = self.message.text(templates)
        return f"{', '.join(place)}: {sentence}" if place else sentence

    def __str__(self) -> str:
        return self.text()


class FaultsFound(Exception):
    """A file cannot be used as it is; every fault in it is here, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def say(code: str, **values: object) -> Message:
    """A message by its code and values, as in `say("place.row", row=3)`."""
    return Message(code, values)


def tell(
    code: str, row: int | None = None, column: str | None = None, value: str | None = None, **values: object
) -> Fault:
    """A fault of a sheet by its message's code, its place and its values."""
    return Fault(Message(code, values), row, column, value)


def listed(things: Sequence[str], most: int = LISTED) -> str:
    """A list as one text for a sentence: the first few, each in its own direction, and how many more there are."""
    shown = things if len(things) <= most + 1 else things[:most]
    first = ", ".join(str(_isolated(thing)) for thing in shown)
    more = len(things) - len(shown)
    return TEMPLATES["list.more"].format(things=first, count=more) if more else first


def _isolated(value: object) -> object:
    if not isinstance(value, str) or value.isascii():
        return value
    runs_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in value)
    return f"\u2068{value}\u2069" if runs_left else value
