"""A unit in easy words: for some of its blocks a simpler text, for whoever chooses it."""

from __future__ import annotations

from dataclasses import replace

from relexp.learning.plain import SOURCE, look_at, reading_age
from relexp.learning.reading import headed, parts
from relexp.learning.texts import Reading
from relexp.learning.unit import Block, Unit
from relexp.messages import FaultsFound

EASY = "easy.md"


def easy(unit: Unit, text: str) -> Unit:
    """A unit with the texts of its blocks replaced by simpler ones, each below its line `::: id`.

    A heading is replaced where the simpler text begins with one. The simpler text has to be read at a younger age, and
    to cite the same sources and show the same images. Raises FaultsFound with all that is wrong in it.
    """
    reading = Reading({EASY: text})
    simpler = parts(reading, EASY)
    for id in simpler.keys() - {block.id for block in unit.blocks}:
        reading.wrong(EASY, "words.easy_nowhere", f"::: {id}", id=id)
    blocks = tuple(_in_place(block, simpler.get(block.id, "")) for block in unit.blocks)
    for standard, block in zip(unit.blocks, blocks, strict=True):
        if block is not standard:
            _check(reading, unit, standard, block)
    if reading.faults:
        raise FaultsFound(reading.faults)
    return replace(unit, blocks=blocks)


def _in_place(block: Block, simpler: str) -> Block:
    if not simpler:
        return block
    heading, rest = headed(simpler)
    return replace(block, title=heading or block.title, text=rest)


def _check(reading: Reading, unit: Unit, standard: Block, block: Block) -> None:
    where, before, after = f"::: {block.id}", look_at(standard.text), look_at(block.text)
    age, oldest = reading_age(block.text), reading_age(standard.text)
    if age >= oldest:
        reading.wrong(EASY, "words.easy_harder", where, age=f"{age:.1f}", standard=f"{oldest:.1f}")
    cited, now = (
        {link.removeprefix(SOURCE) for link in found.links if link.startswith(SOURCE)} for found in (before, after)
    )
    for id in now - cited:
        reading.wrong(EASY, "words.easy_source", where, id=id)
    for id in cited - now:
        reading.wrong(EASY, "words.easy_source_lost", where, id=id)
    for link in after.links:
        inside = link.startswith("#") and unit.block(link[1:]) is not None
        if not (inside or link.startswith((SOURCE, "https://"))):
            reading.wrong(EASY, "learn.no_link", where, link=link)
    if {address for address, stands_for in after.images if stands_for.strip()} != {each for each, _ in before.images}:
        reading.wrong(EASY, "words.easy_image", where)
    for html in after.html:
        reading.wrong(EASY, "learn.html", where, html=html[:40])
