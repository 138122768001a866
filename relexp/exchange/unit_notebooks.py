"""The units of the modules as notebooks: the text as it is read, and for each activity one cell that puts it there.

What a notebook holds are ids. What is right and what is said of an answer stays in the module's own files.
"""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from relexp.exchange.unit_words import Edition, edition_called, editions
from relexp.exchange.units import load_units, unit_folder
from relexp.learning.plain import SOURCE, look_at
from relexp.learning.unit import Block, BlockKind, Source, Unit
from relexp.messages import Message, say
from relexp.messages.language import speaking

# A link of a text: `](` and where it leads.
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def unit_notebooks(modules: Path) -> dict[str, bytes]:
    """Every unit of every module as a notebook, by its file's name; the same texts give the same bytes.

    Raises FaultsFound with all that is wrong in any of the units.
    """
    found: dict[str, bytes] = {}
    for module in sorted(each for each in modules.iterdir() if each.is_dir()):
        for unit in load_units(module):
            folder = unit_folder(module, unit)
            for name in editions(folder):
                ending = f".{name}" if name else ""
                found[f"{folder.name}{ending}.ipynb"] = _bytes(unit_notebook(module.name, unit, folder, name))
    return found


def unit_notebook(module: str, of: Unit, folder: Path, name: str = "") -> NotebookNode:
    """A unit as a notebook, in the edition of this name; pictures out of its folder lie in the cells that show them."""
    read = edition_called(folder, of, name)
    with speaking(read.language):
        return _notebook(module, read, folder, name)


def _notebook(module: str, read: Edition, folder: Path, name: str) -> NotebookNode:
    unit = read.unit
    cells = [new_markdown_cell(_opening(unit), id="opening"), new_code_cell(_begin(module, unit, name), id="here")]
    for block in unit.blocks:
        cells += _cells(unit, block, folder)
    cells += [new_code_cell("here.ending()", id="ending"), new_markdown_cell(_sources(unit), id="sources")]
    how = {"lang": read.language, "title": unit.title} | ({"dir": "rtl"} if read.direction == "rtl" else {})
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}} | how
    made: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return made


def anchor(title: str) -> str:
    """What leads to a heading from within the page, in JupyterLab and in what nbconvert makes."""
    return title.replace(" ", "-")


def _begin(module: str, unit: Unit, name: str) -> str:
    edition = f', "{name}"' if name else ""
    return f'from relexp.apps.unit import unit\n\nhere = unit("{module}", "{unit.id}"{edition})\n\nhere'


def _opening(unit: Unit) -> str:
    aims = "\n".join(f"- {aim}" for aim in unit.objectives)
    long = unit.hours >= 1
    takes = (
        say("unit.takes_hours", hours=f"{unit.hours:g}") if long else say("unit.takes_minutes", minutes=unit.minutes)
    )
    return f"# {unit.title}\n\n{_linked(unit, unit.purpose)}\n\n{takes} {say('unit.aims')}\n\n{aims}"


def _cells(unit: Unit, block: Block, folder: Path) -> Iterator[NotebookNode]:
    """A block's text; and for an activity, below it, the cell that puts it there, which has the block's id."""
    reading = block.kind is BlockKind.READING
    pieces = (f"## {block.title}", f"*{_takes(block)}*", _linked(unit, block.text))
    written = new_markdown_cell("\n\n".join(filter(None, pieces)), id=block.id if reading else f"{block.id}-text")
    if pictures := _pictures(block, folder):
        written.attachments = pictures
        written.source = _LINK.sub(lambda link: _attached(link, pictures), written.source)
    yield written
    if not reading:
        yield new_code_cell(f'here.block("{block.id}")', id=block.id)


def _takes(block: Block) -> Message:
    if block.people:
        return say("unit.minutes_people", minutes=block.minutes)
    return say("unit.minutes", minutes=block.minutes) if block.minutes > 1 else say("unit.minute")


def _linked(unit: Unit, text: str) -> str:
    """A text whose sources are their addresses, each with whose it is, and whose blocks are places on the page."""
    titles = {f"#{block.id}": block.title for block in unit.blocks}

    def leads(link: re.Match[str]) -> str:
        to = link[1]
        if to.startswith(SOURCE):
            source = unit.sources[to.removeprefix(SOURCE)]
            return f'](<{source.address}> "{_cited(source)}")'
        return f"](#{anchor(titles[to])})" if to in titles else link[0]

    return _LINK.sub(leads, text)


def _cited(source: Source) -> str:
    return f"{source.authors} ({source.year}): {source.title}".replace('"', "”")


def _sources(unit: Unit) -> str:
    lines = (f"- {each.authors} ({each.year}): [{each.title}](<{each.address}>)" for each in unit.sources.values())
    return "\n".join((f"## {say('unit.sources')}", "", *lines))


def _pictures(block: Block, folder: Path) -> dict[str, dict[str, str]]:
    names = [name for name, _ in look_at(block.text).images]
    return {name: {_kind(name): b64encode((folder / name).read_bytes()).decode()} for name in names}


def _kind(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _attached(link: re.Match[str], pictures: Mapping[str, object]) -> str:
    return f"](attachment:{link[1]})" if link[1] in pictures else link[0]


def _bytes(notebook: NotebookNode) -> bytes:
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4)
    return (text.rstrip("\n") + "\n").encode()
