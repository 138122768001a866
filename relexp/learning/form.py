"""The form of an exercise: what a learner fills in, so that nobody has to know how the work is written down."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# What a learner has made, by the key of each field: text, number, yes or no, a list, or cards with fields of their own.
Work = Mapping[str, Any]


class FieldKind(StrEnum):
    """How a field is filled in; what is `hidden` is only carried along."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    NUMBERS = "numbers"
    CARDS = "cards"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `key` is its place in the work, as in "note.next.who"; `choices` are (what is written, what is read) where one can
    choose. `most` is the largest number, the most letters of a text, or the most cards. `fields` are those of one card,
    `card` what one is called, and `add` how one asks for another. `only` is (key, values) of the same card: with any
    other value the field has no meaning. `heading` stands above the field. `quiet`: what it is needs no saying
    to whoever sees it.
    """

    key: str
    kind: FieldKind
    label: str = ""
    help: str = ""
    heading: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 0
    fields: tuple[Field, ...] = ()
    card: str = ""
    add: str = ""
    only: tuple[str, tuple[str, ...]] | None = None
    quiet: bool = False

    @property
    def empty(self) -> Any:
        """What stands in the field before anything is filled in."""
        if self.kind is FieldKind.YES:
            return False
        if self.kind is FieldKind.NUMBER:
            return 0
        return () if self.kind in LISTS else ""

    def fits(self, card: Work) -> bool:
        """Whether the field has a meaning in a card that is filled in so."""
        return self.only is None or card.get(self.only[0]) in self.only[1]

    def shape(self) -> dict[str, Any]:
        """The field as a page draws it."""
        return {
            "key": self.key,
            "kind": str(self.kind),
            "label": self.label,
            "help": self.help,
            "heading": self.heading,
            "choices": [list(each) for each in self.choices],
            "most": self.most,
            "fields": [each.shape() for each in self.fields],
            "card": self.card,
            "add": self.add,
            "only": [self.only[0], list(self.only[1])] if self.only else None,
            "quiet": self.quiet,
            "empty": list(self.empty) if self.kind in LISTS else self.empty,
        }


LISTS = frozenset({FieldKind.CHOICES, FieldKind.TEXTS, FieldKind.NUMBERS, FieldKind.CARDS})
# Letters in a text, the largest number, entries in a list.
_MOST = {FieldKind.TEXT: 300, FieldKind.LONG: 2000, FieldKind.NUMBER: 999, FieldKind.NUMBERS: 999, FieldKind.CARDS: 30}


def read_form(text: str) -> tuple[Field, ...]:
    """The fields of a form, in their order. Raises ValueError or KeyError where it is not written as one."""
    return tuple(_fields(tomllib.loads(text)["field"]))


def _fields(raw: list[Mapping[str, Any]]) -> Iterator[Field]:
    for each in raw:
        kind = FieldKind(each["kind"])
        choices = each.get("choices", {})
        only = each.get("only")
        yield Field(
            key=each["key"],
            kind=kind,
            label=each["label"] if kind is not FieldKind.HIDDEN else "",
            help=each.get("help", ""),
            heading=each.get("heading", ""),
            choices=tuple(choices.items()),
            most=each.get("most", _MOST.get(kind, 300)),
            fields=tuple(_fields(each.get("field", []))),
            card=each.get("card", ""),
            add=each.get("add", ""),
            only=(only["key"], tuple(only["values"])) if only else None,
            quiet=each.get("quiet", False),
        )
