"""What can be seen only of a unit as a whole: ids, what is used, where links lead, and whether minutes are honest."""

from __future__ import annotations

from collections import Counter

from relexp.learning.plain import SOURCE, look_at, reading_age
from relexp.learning.texts import QUIZ, TEXT, UNIT, WORKSHEET, Reading
from relexp.learning.unit import PACE, Block, BlockKind, Unit

# A bright volunteer without jargon; below a newspaper.
OLDEST = 15.0
# Whoever reads more slowly than we reckon loses no more than this in a block.
SLACK = 2
_ACTIVE = frozenset(BlockKind) - {BlockKind.READING}


def check(reading: Reading, unit: Unit) -> None:
    """What can be seen only of the unit as a whole."""
    _check_ids(reading, unit)
    _check_used(reading, unit)
    cited = set()
    for id, text in [("purpose", unit.purpose), *((block.id, block.text) for block in unit.blocks)]:
        cited |= _check_text(reading, unit, id, text)
    for id in unit.sources.keys() - cited:
        reading.wrong(UNIT, "learn.source_unused", f"source {id}", id=id)
    for block in unit.blocks:
        _check_minutes(reading, block)
    if unit.hours and unit.minutes != round(unit.hours * 60):
        reading.wrong(UNIT, "learn.hours", "hours", minutes=unit.minutes, hours=f"{unit.hours:g}")


def _check_ids(reading: Reading, unit: Unit) -> None:
    """One id is one thing in a unit: what somebody did is kept under it."""
    ids = [block.id for block in unit.blocks]
    ids += [*unit.items, *unit.prompts, *unit.tasks]
    for id, count in Counter(ids).items():
        if count > 1:
            reading.wrong(UNIT, "learn.twice", id, id=id)
    for old, new in unit.renamed.items():
        if old in ids or new not in ids:
            reading.wrong(UNIT, "learn.renamed", f"renamed {old}", old=old, new=new)


def _check_used(reading: Reading, unit: Unit) -> None:
    """Each activity has what it needs, and nothing is left over."""
    there = {
        BlockKind.QUIZ: (unit.items, QUIZ),
        BlockKind.WORKSHEET: (unit.prompts, WORKSHEET),
        BlockKind.FIELD: (unit.tasks, WORKSHEET),
    }
    used: set[str] = set()
    for block in unit.blocks:
        where = f"block {block.id}"
        known, file = there.get(block.kind, ({}, UNIT))
        for id in block.items:
            if id not in known:
                reading.wrong(UNIT, "learn.no_item", where, id=id, file=file)
        if block.kind in there and not block.items:
            reading.wrong(UNIT, "learn.nothing_to_do", where, kind=str(block.kind))
        if block.kind in (BlockKind.EXERCISE, BlockKind.TOOL) and not block.tool:
            reading.wrong(UNIT, "learn.no_tool", where)
        used |= {*block.items}
    for known, file in there.values():
        for id in known.keys() - used:
            reading.wrong(file, "learn.unused", id, id=id)


def _check_text(reading: Reading, unit: Unit, id: str, text: str) -> set[str]:
    """The sources that a text cites."""
    found, where = look_at(text), f"::: {id}"
    for html in found.html:
        reading.wrong(TEXT, "learn.html", where, html=html[:40])
    for address, stands_for in found.images:
        if not stands_for.strip():
            reading.wrong(TEXT, "learn.no_alt", where, image=address)
    cited = set()
    for link in found.links:
        source = link.removeprefix(SOURCE) if link.startswith(SOURCE) else ""
        if source in unit.sources:
            cited.add(source)
        elif (
            source or not link.startswith(("https://", "#")) or (link.startswith("#") and unit.block(link[1:]) is None)
        ):
            reading.wrong(TEXT, "learn.no_link", where, link=link)
    if (age := reading_age(text)) > OLDEST:
        reading.wrong(TEXT, "learn.hard", where, age=f"{age:.0f}", most=f"{OLDEST:.0f}")
    return cited


def _check_minutes(reading: Reading, block: Block) -> None:
    """The minutes of a block are those of its words, and more only with how that was reckoned."""
    words = look_at(block.text).words
    read, where = max(1, round(words / PACE)), f"block {block.id}"
    if block.kind in _ACTIVE and not block.estimate.strip():
        reading.wrong(UNIT, "learn.no_estimate", where)
    if block.kind is BlockKind.READING and abs(block.minutes - read) > (0 if read < SLACK else SLACK):
        reading.wrong(UNIT, "learn.minutes", where, words=words, read=read, minutes=block.minutes)
    if block.kind in _ACTIVE and block.minutes < read:
        reading.wrong(UNIT, "learn.minutes", where, words=words, read=read, minutes=block.minutes)
