"""What is asked of a gathering, as plain data: its times and questions, its rules, and who looks after people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import time
from typing import Any

from relexp.gathering.formats import FORMATS, MOST_MINUTES, STANDARD, Format
from relexp.messages import TEMPLATES

EVENING = time(19)


@dataclass(frozen=True, slots=True)
class Lead:
    """Whoever people turn to when they are worried: the name on their badge, and where they are found."""

    name: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was asked of a gathering; no participant is in it.

    `questions` are those of the rounds, in the words they were given; where there are fewer than rounds, the format's
    own fill in. `rules` are in the shape of a rules file. `columns` and `private` are those of the sheet.
    """

    format: Format = STANDARD
    questions: tuple[str, ...] = ()
    start: time = EVENING
    seed: int = 1
    rules: Mapping[str, object] = field(default_factory=dict)
    purpose: str = ""
    lead: Lead = Lead()
    columns: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()

    def to_plain(self) -> dict[str, object]:
        """The same as texts, numbers, lists and tables, for a JSON file."""
        return {
            "format": asdict(self.format) | {"questions": list(self.format.questions)},
            "questions": list(self.questions),
            "start": self.start.isoformat("minutes"),
            "seed": self.seed,
            "rules": dict(self.rules),
            "purpose": self.purpose,
            "lead": asdict(self.lead),
            "columns": dict(self.columns),
            "private": sorted(self.private),
        }

    @classmethod
    def from_plain(cls, shape: Mapping[str, object]) -> Asked:
        """What `to_plain` made, or an older or newer release did: what is missing or strange is as usual."""
        lead, rules = _table(shape.get("lead")), _table(shape.get("rules"))
        return cls(
            _format(_table(shape.get("format"))),
            _texts(shape.get("questions")),
            _time(shape.get("start")),
            _number(shape.get("seed"), 1),
            rules,
            _text(shape.get("purpose")),
            Lead(_text(lead.get("name")), _text(lead.get("where"))),
            {key: _text(header) for key, header in _table(shape.get("columns")).items()},
            frozenset(_texts(shape.get("private"))),
        )


def _format(shape: Mapping[str, object]) -> Format:
    """The format of that name, or the usual one, with every number that makes sense in place of its own."""
    key = _text(shape.get("key")) or STANDARD.key
    usual = next((format for format in FORMATS if format.key == key), replace(STANDARD, key=key))
    known = tuple(code for code in _texts(shape.get("questions")) if code in TEMPLATES)
    found: dict[str, Any] = {
        each.name: _number(shape.get(each.name), getattr(usual, each.name), MOST_MINUTES)
        for each in fields(Format)
        if each.name not in ("key", "questions")
    }
    return replace(usual, **found, questions=known or usual.questions)


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


def _number(value: object, usual: int, most: int | None = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0 or (most is not None and value > most):
        return usual
    return value


def _time(value: object) -> time:
    try:
        return time.fromisoformat(_text(value)).replace(tzinfo=None)
    except ValueError:
        return EVENING
