"""A unit read from its four texts; every fault in them is found at once, each with its file and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from relexp.learning.checking import check
from relexp.learning.quiz_reading import read_quiz
from relexp.learning.texts import FILES, ID, QUIZ, TEXT, UNIT, WORKSHEET, Reading
from relexp.learning.unit import Block, BlockKind, Prompt, Source, Task, Unit
from relexp.messages import FaultsFound
from relexp.privacy.visibility import Visibility

_FENCE = re.compile(r"^:::[ \t]*(\S*)[ \t]*$", re.MULTILINE)


def read_unit(texts: Mapping[str, str]) -> Unit:
    """A unit from its texts, by the names of their files. Raises FaultsFound with everything that is wrong in them."""
    reading = Reading(texts)
    raw, sheet = reading.toml(UNIT), reading.toml(WORKSHEET)
    title, purpose, told = _parts(reading)
    items, keys = read_quiz(reading, reading.toml(QUIZ))
    prompts, tasks = _prompts(reading, sheet), _tasks(reading, sheet)
    blocks = tuple(_blocks(reading, raw, told))
    unit = Unit(
        id=_text(reading, raw, "id"),
        number=_number(reading, raw, "number"),
        title=title,
        purpose=purpose,
        hours=float(_number(reading, raw, "hours", float)),
        objectives=_texts(reading, UNIT, raw, "objectives"),
        needs=tuple(map(str, raw.get("needs", ()))),
        blocks=blocks,
        items=items,
        keys=keys,
        prompts=prompts,
        tasks=tasks,
        sources=_sources(reading, raw),
        renamed={str(old): str(new) for old, new in raw.get("renamed", {}).items()},
        version=_version(texts),
    )
    check(reading, unit)
    if reading.faults:
        raise FaultsFound(reading.faults)
    return unit


def _version(texts: Mapping[str, str]) -> str:
    whole = "\0".join(texts.get(name, "") for name in FILES)
    return sha256(whole.encode()).hexdigest()[:12]


def _parts(reading: Reading) -> tuple[str, str, dict[str, str]]:
    """The title, the purpose in a minute, and the text of each block, by id."""
    text = reading.texts.get(TEXT, "").replace("\r\n", "\n")
    head, _, purpose = _FENCE.split(text)[0].strip().partition("\n")
    title = head.removeprefix("# ").strip()
    if not head.startswith("# ") or not title:
        reading.wrong(TEXT, "learn.no_title")
    if not purpose.strip():
        reading.wrong(TEXT, "learn.no_purpose")
    return title, purpose.strip(), parts(reading, TEXT)


def parts(reading: Reading, file: str) -> dict[str, str]:
    """The text of each block, by the id on the line `::: id` above it."""
    pieces = _FENCE.split(reading.texts.get(file, "").replace("\r\n", "\n"))
    found: dict[str, str] = {}
    for id, part in zip(pieces[1::2], pieces[2::2], strict=True):
        if not ID.fullmatch(id):
            reading.wrong(file, "learn.no_id", f"::: {id}", id=id)
        elif id in found:
            reading.wrong(file, "learn.twice", f"::: {id}", id=id)
        else:
            found[id] = part.strip()
    return found


def headed(text: str) -> tuple[str, str]:
    """The heading that a block's text begins with, and the rest; no heading where it begins with none."""
    first, _, rest = text.partition("\n")
    return (first.removeprefix("## ").strip(), rest.strip()) if first.startswith("## ") else ("", text)


def _blocks(reading: Reading, raw: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Block]:
    """The blocks in the order of the text, each with what unit.toml says of it."""
    told = dict(reading.each(UNIT, raw, "block"))
    for id in told.keys() - texts.keys():
        reading.wrong(UNIT, "learn.block_without_text", f"block {id}", id=id)
    for id, text in texts.items():
        if id not in told:
            reading.wrong(TEXT, "learn.text_without_block", f"::: {id}", id=id)
            continue
        entry = told[id]
        where = f"block {id}"
        kind = str(entry.get("kind", "reading"))
        if kind not in set(BlockKind):
            reading.wrong(UNIT, "learn.no_kind", where, kind=kind, known=", ".join(BlockKind))
            continue
        heading, rest = headed(text)
        if not heading:
            reading.wrong(TEXT, "learn.no_heading", f"::: {id}", id=id)
        yield Block(
            id=id,
            kind=BlockKind(kind),
            title=heading,
            text=rest,
            minutes=_number(reading, entry, "minutes", where=where),
            estimate=str(entry.get("estimate", "")),
            items=tuple(map(str, entry.get("items", ()))),
            tool=str(entry.get("tool", "")),
            people=entry.get("people") is True,
        )


def _prompts(reading: Reading, sheet: Mapping[str, Any]) -> dict[str, Prompt]:
    found = {}
    for id, entry in reading.each(WORKSHEET, sheet, "prompt"):
        where, who = f"prompt {id}", str(entry.get("visibility", Visibility.ME))
        if who not in set(Visibility):
            reading.wrong(WORKSHEET, "learn.no_visibility", where, who=who, known=", ".join(Visibility))
            continue
        ask, lens = (_text(reading, entry, part, WORKSHEET, where) for part in ("ask", "lens"))
        found[id] = Prompt(id, ask, lens, Visibility(who), int(entry.get("lines", 4)))
    return found


def _tasks(reading: Reading, sheet: Mapping[str, Any]) -> dict[str, Task]:
    found = {}
    for id, entry in reading.each(WORKSHEET, sheet, "task"):
        where = f"task {id}"
        do, evidence, alone = (_text(reading, entry, part, WORKSHEET, where) for part in ("do", "evidence", "alone"))
        found[id] = Task(id, do, evidence, _texts(reading, WORKSHEET, entry, "review", where), alone)
    return found


def _sources(reading: Reading, raw: Mapping[str, Any]) -> dict[str, Source]:
    found = {}
    for id, entry in reading.each(UNIT, raw, "source"):
        where = f"source {id}"
        authors, title, address = (_text(reading, entry, part, UNIT, where) for part in ("authors", "title", "address"))
        if address and not address.startswith("https://"):
            reading.wrong(UNIT, "learn.no_address", where, address=address)
        found[id] = Source(id, authors, title, _number(reading, entry, "year", where=where), address)
    return found


def _text(reading: Reading, raw: Mapping[str, Any], part: str, file: str = UNIT, where: str = "") -> str:
    text = raw.get(part)
    if isinstance(text, str) and text.strip():
        return text.strip()
    reading.wrong(file, "learn.lacks", where or part, part=part)
    return ""


def _texts(reading: Reading, file: str, raw: Mapping[str, Any], part: str, where: str = "") -> tuple[str, ...]:
    texts = raw.get(part)
    if isinstance(texts, list) and texts and all(isinstance(each, str) and each.strip() for each in texts):
        return tuple(texts)
    reading.wrong(file, "learn.lacks", where or part, part=part)
    return ()


def _number(
    reading: Reading, raw: Mapping[str, Any], part: str, kind: type[int] | type[float] = int, where: str = ""
) -> Any:
    number = raw.get(part)
    if (
        isinstance(number, int | float)
        and isinstance(number, kind | int)
        and not isinstance(number, bool)
        and number >= 0
    ):
        return number
    reading.wrong(UNIT, "learn.lacks", where or part, part=part)
    return 0
