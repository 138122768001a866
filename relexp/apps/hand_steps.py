"""What was changed in an evening by hand, as text to keep and to come back to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from relexp.apps.drafts import named
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.messages import FaultsFound
from relexp.pairing.by_hand import Change, Join, Keep, LetGo, Refused, Seat, Swap
from relexp.pairing.evening import Evening
from relexp.pairing.steps import Steps
from relexp.roster.person import Roster
from relexp.roster.rules import Pin, Rules

T = TypeVar("T")

_KINDS = {"swap": Swap, "join": Join, "seat": Seat, "keep": Keep, "let go": LetGo}


def kept_text(pins: Sequence[Pin], steps: Steps | None) -> str:
    """The conversations kept together, and the steps since the evening was planned, if there are any."""
    shape: dict[str, object] = {"pins": [[pin.round, list(pin.people)] for pin in pins]}
    if steps is not None and (steps.done or steps.undone):
        shape["planned"] = json_bytes(steps.start, steps.roster).decode()
        shape["before"] = [[pin.round, list(pin.people)] for pin in steps.rules.pins]
        shape["done"] = [_shape(change) for change in steps.done]
        shape["undone"] = [_shape(change) for change in steps.undone]
    return json.dumps(shape) if pins or len(shape) > 1 else ""


def kept_pins(text: str, roster: Roster) -> tuple[Pin, ...]:
    """The conversations that are kept together, of those who are still on the sheet."""
    try:
        pins = _pins(_only(dict, json.loads(text))["pins"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()
    return tuple(pin for pin in pins if all(id in roster for id in pin.people))


def kept_steps(text: str, evening: Evening, roster: Roster, rules: Rules) -> Steps | None:
    """The steps that led to this evening; None where there are none, or they lead to another one."""
    try:
        shape = _only(dict, json.loads(text))
        start = named(read_json(_only(str, shape["planned"]).encode(), ""), roster)
        done, undone = (tuple(map(_change, shape[key])) for key in ("done", "undone"))
        steps = Steps(start, roster, replace(rules, pins=_pins(shape["before"])), done, undone)
        return steps if steps.now.evening.rounds == evening.rounds else None
    except (ValueError, TypeError, KeyError, RecursionError, FaultsFound, Refused):
        return None


def under_new_ids(text: str, ids: Mapping[str, str]) -> str:
    """What was kept, with everybody in `ids` (old to new) under their new id; as it is where it is nothing of ours."""
    try:
        shape = _only(dict, json.loads(text))
        for key in ("pins", "before", "done", "undone"):
            if key in shape:
                shape[key] = [_renamed(_only(list, row), ids) for row in _only(list, shape[key])]
        if "planned" in shape:
            shape["planned"] = json_bytes(read_json(_only(str, shape["planned"]).encode(), "").renamed(ids)).decode()
    except (ValueError, TypeError, RecursionError, FaultsFound):
        return text
    return json.dumps(shape)


def _renamed(row: list[object], ids: Mapping[str, str]) -> list[object]:
    """A pin or a change: what stands after its round are people, or a table."""
    kind = [part for part in row[:1] if isinstance(part, str)]
    round, *rest = row[len(kind) :]
    return [*kind, round, *(_new(each, ids) for each in rest)]


def _new(part: object, ids: Mapping[str, str]) -> object:
    if isinstance(part, list):
        return [_new(each, ids) for each in part]
    return ids.get(part, part) if isinstance(part, str) else part


def _pins(shapes: object) -> tuple[Pin, ...]:
    rows = (_only(list, shape) for shape in _only(list, shapes))
    return tuple(Pin(_only(int, round), _people(people)) for round, people in rows)


def _people(shape: object) -> tuple[str, ...]:
    return tuple(_only(str, id) for id in _only(list, shape))


def _only(kind: type[T], value: object) -> T:
    """The value, which is of this very kind: what was kept may have been changed by anybody."""
    if type(value) is not kind:
        raise TypeError("no steps")
    return value


def _shape(change: Change) -> list[object]:
    kind = next(name for name, made in _KINDS.items() if type(change) is made)
    if isinstance(change, Keep | LetGo):
        return [kind, change.round, list(change.people)]
    if isinstance(change, Seat):
        return [kind, change.round, change.person, change.table]
    if isinstance(change, Join):
        return [kind, change.round, change.person, change.to]
    return [kind, change.round, change.one, change.other]


def _change(shape: object) -> Change:
    kind, round, *rest = _only(list, shape)
    made, round = _KINDS[_only(str, kind)], _only(int, round)
    if made is Keep or made is LetGo:
        (people,) = rest
        return made(round, _people(people))
    first, second = rest
    if made is Seat:
        return Seat(round, _only(str, first), _only(int, second))
    return (Swap if made is Swap else Join)(round, _only(str, first), _only(str, second))
