"""The four texts of a unit while they are read: what is wrong in them is noted, and reading goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relexp.messages import Fault, Message

TEXT, UNIT, QUIZ, WORKSHEET = FILES = ("unit.md", "unit.toml", "quiz.toml", "worksheet.toml")
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass
class Reading:
    """A unit while it is read, with the faults found so far."""

    texts: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, where: str, code: str, key: str = "", **values: object) -> None:
        """Note a fault of a file (`where`), at the key or id where it stands."""
        self.faults.append(Fault(Message(code, values), key=f"{where}: {key}" if key else where))

    def toml(self, file: str) -> dict[str, Any]:
        """A file of keys and values; empty where it is none."""
        try:
            return tomllib.loads(self.texts.get(file, ""))
        except tomllib.TOMLDecodeError as error:
            self.wrong(file, "learn.no_toml", why=str(error))
            return {}

    def each(self, file: str, raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The entries of a table that have an id; those without, and a second of one id, are faults."""
        seen: set[str] = set()
        for place, entry in enumerate(_tables(raw.get(table)), start=1):
            id = entry.get("id", "")
            if not isinstance(id, str) or not ID.fullmatch(id):
                self.wrong(file, "learn.no_id", f"{table} {place}", id=str(id))
            elif id in seen:
                self.wrong(file, "learn.twice", f"{table} {id}", id=id)
            else:
                seen.add(id)
                yield id, entry


def _tables(raw: object) -> list[Mapping[str, Any]]:
    return [each for each in raw if isinstance(each, Mapping)] if isinstance(raw, list) else []
