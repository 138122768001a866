"""quiz.toml read into items and, apart from them, their keys; whatever would leave a learner alone is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relexp.learning.quiz import END, UNMARKED, Item, Key, Kind, Option, Scene
from relexp.learning.texts import QUIZ as FILE
from relexp.learning.texts import Reading

_CHOSEN = frozenset({Kind.ONE, Kind.MANY, Kind.ORDER, Kind.CONFIDENCE})
_FEWEST = 2


def read_quiz(reading: Reading, raw: Mapping[str, Any]) -> tuple[dict[str, Item], dict[str, Key]]:
    """The items of a quiz by id, and their keys."""
    keys = raw.get("key", {})
    items: dict[str, Item] = {}
    found: dict[str, Key] = {}
    for id, entry in reading.each(FILE, raw, "item"):
        kind = str(entry.get("kind", "one"))
        if kind not in set(Kind):
            reading.wrong(FILE, "learn.no_kind", f"item {id}", kind=kind, known=", ".join(Kind))
            continue
        items[id] = item = _item(reading, id, Kind(kind), entry)
        found[id] = key = _key(item, entry, keys.get(id))
        _check(reading, item, key)
    for id in keys.keys() - items.keys():
        reading.wrong(FILE, "learn.key_of_nothing", f"key {id}", id=id)
    return items, found


def _item(reading: Reading, id: str, kind: Kind, entry: Mapping[str, Any]) -> Item:
    return Item(
        id=id,
        kind=kind,
        ask=str(entry.get("ask", "")).strip(),
        options=tuple(_options(reading, id, entry, "option")),
        partners=tuple(_options(reading, id, entry, "partner")),
        scenes=tuple(_scenes(reading, id, entry)),
        hints=tuple(map(str, entry.get("hints", ()))),
        sharper=str(entry.get("sharper", "")).strip(),
        worked=str(entry.get("worked", "")).strip(),
        explain=entry.get("explain") is True,
        unit=str(entry.get("unit", "")),
    )


def _options(reading: Reading, id: str, entry: Mapping[str, Any], table: str) -> Iterator[Option]:
    for option, each in reading.each(FILE, entry, table):
        text, says = str(each.get("text", "")).strip(), str(each.get("says", "")).strip()
        if not text:
            reading.wrong(FILE, "learn.lacks", f"item {id}, {table} {option}", part="text")
        if not says and table != "partner":
            reading.wrong(FILE, "learn.no_feedback", f"item {id}, {table} {option}", option=option)
        yield Option(option, text, says, str(each.get("to", "")))


def _scenes(reading: Reading, id: str, entry: Mapping[str, Any]) -> Iterator[Scene]:
    for scene, each in reading.each(FILE, entry, "scene"):
        yield Scene(
            scene, str(each.get("text", "")).strip(), tuple(_options(reading, f"{id}, scene {scene}", each, "choice"))
        )


def _key(item: Item, entry: Mapping[str, Any], raw: Any) -> Key:
    says: dict[str, Any] = {part: str(entry.get(part, "")).strip() for part in ("well", "low", "high", "missing")}
    match item.kind, raw:
        case (Kind.MATCH, Mapping()):
            return Key(pairs={str(one): str(other) for one, other in raw.items()}, **says)
        case (Kind.NUMBER, Mapping()):
            return Key(value=_float(raw.get("value")), within=_float(raw.get("within")) or 0.0, **says)
        case (Kind.SHORT, list()):
            groups = (tuple(map(str, group)) for group in raw if isinstance(group, list) and group)
            return Key(words=tuple(groups), **says)
        case (_, str()):
            return Key(right=(raw,), **says)
        case (_, list()):
            return Key(right=tuple(map(str, raw)), **says)
    return Key(**says)


def _check(reading: Reading, item: Item, key: Key) -> None:
    where = f"item {item.id}"
    if not item.ask:
        reading.wrong(FILE, "learn.lacks", where, part="ask")
    if item.kind not in UNMARKED and not item.hints:
        reading.wrong(FILE, "learn.no_hint", where)
    if item.kind in _CHOSEN | {Kind.MATCH} and len(item.options) < _FEWEST:
        reading.wrong(FILE, "learn.few_options", where)
    if not _fits(item, key):
        reading.wrong(FILE, "learn.no_key", where, id=item.id)
    for part in {Kind.NUMBER: ("well", "low", "high"), Kind.SHORT: ("well", "missing")}.get(item.kind, ()):
        if not getattr(key, part):
            reading.wrong(FILE, "learn.no_feedback", where, option=part)
    if item.kind is Kind.SCENARIO:
        _check_ways(reading, item)


def _fits(item: Item, key: Key) -> bool:
    """Whether a key could be that of an item."""
    ids = [option.id for option in item.options]
    match item.kind:
        case Kind.ONE:
            return len(key.right) == 1 and key.right[0] in ids
        case Kind.MANY:
            return bool(key.right) and set(key.right) < set(ids) and len(set(key.right)) == len(key.right)
        case Kind.ORDER:
            return sorted(key.right) == sorted(ids)
        case Kind.MATCH:
            return sorted(key.pairs) == sorted(ids) and set(key.pairs.values()) <= {each.id for each in item.partners}
        case Kind.NUMBER:
            return key.value is not None
        case Kind.SHORT:
            return bool(key.words)
        case Kind.SCENARIO:
            choices = {choice.id for scene in item.scenes for choice in scene.choices}
            return bool(key.right) and set(key.right) <= choices
    return not key.right


def _check_ways(reading: Reading, item: Item) -> None:
    """Every choice of a scenario leads somewhere, every scene is reached, and all ways come to an end."""
    where, scenes = f"item {item.id}", {scene.id: scene for scene in item.scenes}
    choices = [choice.id for scene in item.scenes for choice in scene.choices]
    for id in {each for each in choices if choices.count(each) > 1}:
        reading.wrong(FILE, "learn.twice", where, id=id)
    for scene in item.scenes:
        for choice in scene.choices:
            if choice.to != END and choice.to not in scenes:
                reading.wrong(FILE, "learn.no_scene", f"{where}, scene {scene.id}", choice=choice.id, to=choice.to)
    ending = _ending(scenes)
    for id in scenes.keys() - _reached(item):
        reading.wrong(FILE, "learn.scene_unreached", f"{where}, scene {id}", id=id)
    for id in scenes.keys() - ending:
        reading.wrong(FILE, "learn.scene_without_end", f"{where}, scene {id}", id=id)
    if not scenes:
        reading.wrong(FILE, "learn.few_options", where)


def _reached(item: Item) -> set[str]:
    known, waiting = set[str](), [scene.id for scene in item.scenes[:1]]
    scenes = {scene.id: scene for scene in item.scenes}
    while waiting:
        id = waiting.pop()
        if id in scenes and id not in known:
            known.add(id)
            waiting += [choice.to for choice in scenes[id].choices]
    return known


def _ending(scenes: Mapping[str, Scene]) -> set[str]:
    """The scenes from which some way leads to the end."""
    found: set[str] = set()
    while True:
        more = {id for id, scene in scenes.items() if any(each.to == END or each.to in found for each in scene.choices)}
        if more == found:
            return found
        found = more


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
