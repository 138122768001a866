"""What was changed in an evening by hand, as text to keep and to come back to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from relexp.apps.drafts import named
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.messages import FaultsFound
from relexp.pairing.by_hand import Change, Join, Keep, LetGo, Refused, Seat, Swap
from relexp.pairing.evening import Evening
from relexp.pairing.steps import Steps
from relexp.roster.person import Roster
from relexp.roster.rules import Pin, Rules

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
        pins = _pins(_plain(text)["pins"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()
    return tuple(pin for pin in pins if all(id in roster for id in pin.people))


def kept_steps(text: str, evening: Evening, roster: Roster, rules: Rules) -> Steps | None:
    """The steps that led to this evening; None where there are none, or they lead to another one."""
    try:
        shape = _plain(text)
        start = named(read_json(_text(shape["planned"]).encode(), ""), roster)
        done, undone = (tuple(map(_change, shape[key])) for key in ("done", "undone"))
        steps = Steps(start, roster, replace(rules, pins=_pins(shape["before"])), done, undone)
        return steps if steps.now.evening.rounds == evening.rounds else None
    except (ValueError, TypeError, KeyError, RecursionError, FaultsFound, Refused):
        return None


def _plain(text: str) -> Mapping[str, list[object]]:
    shape = json.loads(text)
    if type(shape) is not dict:
        raise TypeError("no steps")
    return shape


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no steps")
    return value


def _pins(shapes: object) -> tuple[Pin, ...]:
    return tuple(Pin(_number(round), tuple(map(_text, _list(people)))) for round, people in map(_list, _list(shapes)))


def _list(value: object) -> list[object]:
    if type(value) is not list:
        raise TypeError("no steps")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
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
    kind, round, *rest = _list(shape)
    made = _KINDS[_text(kind)]
    if made is Keep or made is LetGo:
        (people,) = rest
        return made(_number(round), tuple(map(_text, _list(people))))
    first, second = rest
    if made is Seat:
        return Seat(_number(round), _text(first), _number(second))
    return (Swap if made is Swap else Join)(_number(round), _text(first), _text(second))
