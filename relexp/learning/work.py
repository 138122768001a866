"""A learner's work on an exercise, read from text and written as text: whatever stands in it, it is only read."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relexp.learning.form import LISTS, Field, FieldKind, Work
from relexp.messages import Fault, FaultsFound, Message, say

# Entries in a list that is no list of cards.
_ENTRIES = 60
_CURLY = frozenset("“”„‟")
_LINE = re.compile(r"at line (\d+)")


def read_work(form: Iterable[Field], text: str) -> Work:
    """The work that a text holds, each field filled in or empty. Raises FaultsFound with all that is wrong in it.

    A fault of the writing has its line; a fault of a field has its key, as in "part[2].minutes".
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultsFound([_unwritten(str(error), text)]) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets within brackets without end.
        raise FaultsFound([Fault(say("exercise.no_work"))]) from error
    return fit(form, raw)


def fit(form: Iterable[Field], raw: Mapping[str, object]) -> Work:
    """The work in what was read. Raises FaultsFound with all that does not fit the form, each with its key."""
    reading = _Reading()
    fields = tuple(form)
    work = reading.fields(fields, raw, "")
    known = {each.key for each in fields}
    reading.strangers(raw, known, "")
    if reading.faults:
        raise FaultsFound(reading.faults)
    return work


def nested(work: Work) -> dict[str, Any]:
    """Work as `fit` reads it: "note.next.who" in a table within a table."""
    tree: dict[str, Any] = {}
    for key, value in work.items():
        *path, last = key.split(".")
        table = tree
        for part in path:
            table = table.setdefault(part, {})
        table[last] = value
    return tree


def as_text(form: Iterable[Field], work: Work) -> str:
    """The work as text that `read_work` reads again; a field that has no meaning where it stands is left out."""
    fields = tuple(form)
    lines = list[str]()
    for table, own in _tables(fields):
        if own and table:
            lines += ["", f"[{table}]"]
        lines += [f"{each.key.removeprefix(f'{table}.')} = {_value(work[each.key])}" for each in own]
    for each in fields:
        for card in work[each.key] if each.kind is FieldKind.CARDS else ():
            lines += ["", f"[[{each.key}]]"]
            lines += [f"{part.key} = {_value(card[part.key])}" for part in each.fields if part.fits(card)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _unwritten(why: str, text: str) -> Fault:
    """What to tell whoever wrote a text that is no TOML; only the line is taken from the reader's own words."""
    place = _LINE.search(why)
    if place is None:
        return Fault(say("exercise.stops"))
    line = int(place[1])
    curly = _CURLY & set(text.split("\n")[line - 1])
    return Fault(say("exercise.curly" if curly else "exercise.no_toml"), line=line)


def _tables(fields: tuple[Field, ...]) -> Iterator[tuple[str, list[Field]]]:
    """The tables of a text, the one without a name first, each with its plain fields."""
    plain = [each for each in fields if each.kind is not FieldKind.CARDS]
    for table in sorted({each.key.rpartition(".")[0] for each in plain}):
        yield table, [each for each in plain if each.key.rpartition(".")[0] == table]


def _value(value: object) -> str:
    """A value as TOML has it; JSON writes texts in the same way, but for one sign that it leaves bare."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    # Half a letter, as a browser may send it, can be written nowhere.
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass
class _Reading:
    """Work while it is read, with the faults found so far."""

    faults: list[Fault] = field(default_factory=list)

    def wrong(self, key: str, message: Message) -> None:
        self.faults.append(Fault(message, key=key))

    def fields(self, fields: tuple[Field, ...], raw: Mapping[str, object], within: str) -> dict[str, Any]:
        return {each.key: self.field(each, raw, f"{within}{each.key}") for each in fields}

    def field(self, field: Field, raw: Mapping[str, object], key: str) -> Any:
        there, value = self.found(field.key, raw, key)
        if not there:
            return field.empty
        if field.kind not in LISTS:
            return self.single(field, value, key)
        most = field.most if field.kind is FieldKind.CARDS else _ENTRIES
        if not isinstance(value, list | tuple):
            self.wrong(key, say("exercise.no_list"))
        elif len(value) > most:
            self.wrong(key, say("exercise.too_many", most=most))
        elif field.kind is FieldKind.CARDS:
            return tuple(self.card(field, each, f"{key}[{place}]") for place, each in enumerate(value, start=1))
        else:
            return tuple(self.single(field, each, f"{key}[{place}]") for place, each in enumerate(value, start=1))
        return field.empty

    def found(self, key: str, raw: Mapping[str, object], place: str) -> tuple[bool, object]:
        """Whether something stands at a key with dots, and what."""
        table: object = raw
        for part in key.split("."):
            if not isinstance(table, Mapping):
                self.wrong(place, say("exercise.no_table"))
                return False, None
            if part not in table:
                return False, None
            table = table[part]
        return True, table

    def card(self, field: Field, raw: object, key: str) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            self.wrong(key, say("exercise.no_card", key=field.key))
            return {}
        self.strangers(raw, {each.key for each in field.fields}, f"{key}.")
        return self.fields(field.fields, raw, f"{key}.")

    def single(self, field: Field, value: object, key: str) -> Any:
        """A value that is no list, or one of those in a list."""
        wrong = _misfit(field, value)
        if wrong is not None:
            self.wrong(key, wrong)
        return value

    def strangers(self, raw: Mapping[str, object], known: set[str], within: str, table: str = "") -> None:
        """Keys that the form has no field for: most likely one of its own, spelt in another way."""
        for name, value in raw.items():
            key = f"{table}{name}"
            if key in known:
                continue
            if any(each.startswith(f"{key}.") for each in known):
                if isinstance(value, Mapping):
                    self.strangers(value, known, within, f"{key}.")
            else:
                names = ", ".join(sorted(known - {""}))
                self.wrong(f"{within}{key[:60]}", say("exercise.stranger", known=names))


def _misfit(field: Field, value: object) -> Message | None:
    """What is to be said of a value that the field cannot hold."""
    if field.kind is FieldKind.HIDDEN:
        short = isinstance(value, str) and len(value) <= field.most
        small = isinstance(value, int) and abs(value) <= field.most
        return None if short or small else say("exercise.no_text")
    if field.kind is FieldKind.YES:
        return None if isinstance(value, bool) else say("exercise.no_yes")
    if field.kind in (FieldKind.NUMBER, FieldKind.NUMBERS):
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= field.most
        return None if fits else say("exercise.no_number", most=field.most)
    if not isinstance(value, str):
        return say("exercise.no_text")
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        known = dict(field.choices)
        names = ", ".join(f'"{each}"' for each in known)
        return None if value in known or value == "" else say("exercise.no_choice", known=names)
    return None if len(value) <= field.most else say("exercise.too_long", most=field.most)
