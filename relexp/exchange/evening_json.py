"""An evening as json: who talks to whom, with the figures and their proof, and nothing about anybody."""

from __future__ import annotations

import json
from collections.abc import Mapping

from relexp.exchange.routes import everyone
from relexp.messages import FaultsFound, tell
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster

VERSION = 1


def json_bytes(evening: Evening, roster: Roster | None = None) -> bytes:
    """The evening as json: version, seed, names, present, rounds, and the report with its certificate.

    The time that the planning took is left out, so that the same sheet, rules and seed give the same file, byte for
    byte. No attribute and no keep-apart pair is in it.
    """
    shape = {
        "version": VERSION,
        "seed": evening.seed,
        "names": {id: evening.names[id] for id in everyone(evening, roster)},
        "present": {id: sorted(evening.present[id]) for id in sorted(evening.present)},
        "rounds": [_round_shape(round) for round in evening.rounds],
        "report": {key: value for key, value in evening.report.items() if key != "seconds"},
    }
    return pretty(shape)


def pretty(shape: object) -> bytes:
    """Plain data as json that a person can read too, in UTF-8."""
    return (json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def read_json(data: bytes, name: str) -> Evening:
    """The evening in a json of ours. Raises FaultsFound when it is damaged, or newer than this program."""
    try:
        shape = json.loads(data)
    except (ValueError, RecursionError):
        raise FaultsFound([tell("evening.not_json", path=name)]) from None
    if not isinstance(shape, dict) or not isinstance(shape.get("version"), int):
        raise FaultsFound([tell("evening.not_json", path=name)])
    if shape["version"] > VERSION:
        raise FaultsFound([tell("evening.newer", path=name)])
    try:
        return _evening(shape)
    except _Damaged as damaged:
        raise FaultsFound([tell("evening.damaged", path=name, where=f"“{damaged}”")]) from None


class _Damaged(Exception):
    """A part of the file is missing or is not what it should be; the message is its key."""


def _round_shape(round: Round) -> dict[str, object]:
    conversations = [
        {"table": talk.table, "people": list(talk.people), "interpreters": list(talk.interpreters)}
        for talk in round.conversations
    ]
    return {"round": round.number, "conversations": conversations, "resting": list(round.resting)}


def _evening(shape: Mapping[str, object]) -> Evening:
    names = _mapping(shape, "names")
    if not all(isinstance(name, str) for name in names.values()):
        raise _Damaged("names")
    present = {
        id: frozenset(_number({"present": round}, "present") for round in _items(rounds, "present"))
        for id, rounds in _mapping(shape, "present").items()
    }
    rounds = tuple(_round(_plain(round, "rounds"), names) for round in _list(shape, "rounds"))
    if [round.number for round in rounds] != list(range(1, len(rounds) + 1)):
        raise _Damaged("round")
    texts = {id: str(name) for id, name in names.items()}
    return Evening(rounds, texts, _number(shape, "seed"), present, _mapping(shape, "report"))


def _round(shape: Mapping[str, object], names: Mapping[str, object]) -> Round:
    conversations = tuple(_conversation(_plain(talk, "conversations"), names) for talk in _list(shape, "conversations"))
    return Round(_number(shape, "round"), conversations, _ids(shape, "resting", names))


def _conversation(shape: Mapping[str, object], names: Mapping[str, object]) -> Conversation:
    people = _ids(shape, "people", names)
    return Conversation(people, _number(shape, "table"), _ids(shape, "interpreters", names))


def _ids(shape: Mapping[str, object], key: str, names: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(id) for id in _list(shape, key) if _known(id, names, key))


def _known(id: object, names: Mapping[str, object], key: str) -> bool:
    if not isinstance(id, str) or id not in names:
        raise _Damaged(key)
    return True


def _number(shape: Mapping[str, object], key: str) -> int:
    value = shape.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Damaged(key)
    return value


def _list(shape: Mapping[str, object], key: str) -> list[object]:
    return _items(shape.get(key), key)


def _items(value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        raise _Damaged(key)
    return value


def _mapping(shape: Mapping[str, object], key: str) -> Mapping[str, object]:
    return _plain(shape.get(key), key)


def _plain(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Damaged(key)
    return value
