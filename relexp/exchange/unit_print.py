"""A unit on paper: all there is to read, room to write, and the questions without their answers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from relexp.exchange.print_pack import paper
from relexp.exchange.unit_words import Edition
from relexp.learning.plain import SOURCE, said
from relexp.learning.quiz import END, Item, Kind
from relexp.learning.unit import Block, BlockKind, Source, Unit
from relexp.messages import Message
from relexp.messages.language import sentences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# The tool that on paper is two crossed lines.
AXES = "two-axis-map"
# Lines to write on: below a question, and where a page of the screen has a tool.
SHORT_LINES, TOOL_LINES = 2, 12


def unit_page(
    what: Unit | Edition,
    sources: Mapping[str, Source],
    large: bool = False,
    folder: Path | None = None,
    own: Mapping[str, str] | None = None,
) -> str:
    """A unit as one HTML page for the browser's printer, on A4, or in large print.

    Facts have the numbers of their `sources`, which stand at the end. Pictures are taken from the unit's `folder`, and
    where there is none their words stand in for them. `own` are our sentences in the unit's language, by their codes:
    those of its catalogue where none are given. No answer is on it.
    """
    read = what if isinstance(what, Edition) else Edition(what)
    unit, said_there = read.unit, sentences(read.language) if own is None else own
    numbers = {id: number for number, id in enumerate(_cited(unit, sources), start=1)}
    text = _Text(numbers, folder)

    def told(code: str, **values: object) -> str:
        return Message(code, values).text(said_there)

    page = paper().get_template("unit.html.j2")
    laid_out = page.render(
        say=told,
        read=read,
        unit=unit,
        large=large,
        text=text.blocks,
        line=text.line,
        blocks=[_laid_out(unit, block) for block in unit.blocks],
        sources=[(number, sources[id]) for id, number in numbers.items()],
        lines={"short": SHORT_LINES, "tool": TOOL_LINES},
    )
    return str(laid_out)


def _laid_out(unit: Unit, block: Block) -> dict[str, Any]:
    """A block with what belongs to it, as the template lays it out."""
    return {
        "block": block,
        "questions": [_question(unit.items[id]) for id in block.items if block.kind is BlockKind.QUIZ],
        "prompts": [unit.prompts[id] for id in block.items if block.kind is BlockKind.WORKSHEET],
        "tasks": [unit.tasks[id] for id in block.items if block.kind is BlockKind.FIELD],
        "axes": block.tool == AXES,
        "room": block.kind in (BlockKind.TOOL, BlockKind.EXERCISE),
    }


def _question(item: Item) -> dict[str, Any]:
    """A question as it may be seen before it is answered, with letters and numbers to answer by."""
    public, numbers = item.public(), {scene.id: place for place, scene in enumerate(item.scenes, start=1)}
    scenes = [
        {
            "number": numbers[scene.id],
            "text": scene.text,
            "choices": [(choice.text, 0 if choice.to == END else numbers[choice.to]) for choice in scene.choices],
        }
        for scene in item.scenes
    ]
    return {
        "kind": str(item.kind),
        "ask": item.ask,
        "options": [option["text"] for option in public["options"]],
        "partners": [*zip(ascii_uppercase, (each["text"] for each in public.get("partners", ())), strict=False)],
        "scenes": scenes,
        "unit": item.unit,
        "explain": item.explain,
        "boxes": item.kind in (Kind.ONE, Kind.MANY, Kind.CONFIDENCE),
    }


def _cited(unit: Unit, sources: Mapping[str, Source]) -> Iterable[str]:
    """The sources that are cited, in the order in which they are met."""
    texts = "\n\n".join((unit.purpose, *(block.text for block in unit.blocks)))
    links = [str(token.attrs.get("href", "")) for token in _flat(_parser().parse(texts)) if token.type == "link_open"]
    ids = (link.removeprefix(SOURCE) for link in links if link.startswith(SOURCE))
    return dict.fromkeys(id for id in ids if id in sources)


class _Text:
    """The texts of a unit as HTML: what they cite is a number, and their pictures are in the page itself."""

    def __init__(self, numbers: Mapping[str, int], folder: Path | None) -> None:
        self._known = {"numbers": numbers, "folder": folder}

    def blocks(self, text: str) -> Markup:
        """A text of several paragraphs."""
        return Markup(_parser().render(text, dict(self._known)))

    def line(self, text: str) -> Markup:
        """A text on one line."""
        return Markup(_parser().renderInline(text, dict(self._known)))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Raw HTML is refused when a unit is read, and here it would be plain letters.
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("link_open", _link_open)
    made.add_render_rule("link_close", _link_close)
    made.add_render_rule("image", _image)
    made.add_render_rule("td_open", _cell)
    return made


def _link_open(self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    env.setdefault("open", []).append(str(tokens[place].attrs.get("href", "")))
    return ""


def _link_close(self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """Paper cannot be pressed: a source's number, or the address in letters."""
    link = env["open"].pop()
    number = env["numbers"].get(link.removeprefix(SOURCE))
    if number is not None:
        return f"<sup>{number}</sup>"
    return "" if link.startswith("#") else str(Markup(' <bdi class="address">({})</bdi>').format(link))


def _image(self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token, folder = tokens[place], env["folder"]
    address, stands_for = str(token.attrs.get("src", "")), token.content
    path = folder / address if folder is not None else None
    if path is None or not path.is_file():
        return str(Markup('<span class="picture">{}</span>').format(stands_for))
    kind = guess_type(address)[0] or "image/png"
    data = b64encode(path.read_bytes()).decode()
    return f'<img alt="{escape(stands_for)}" src="data:{kind};base64,{data}">'


def _cell(self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """A cell that knows its column's heading: in large print cells stand one below the other."""
    kinds = [token.type for token in tokens[:place]]
    table, row = (len(kinds) - 1 - kinds[::-1].index(kind) for kind in ("table_open", "tr_open"))
    column = kinds[row:].count("td_open")
    heads = [tokens[at + 1].content for at in range(table, row) if kinds[at] == "th_open"]
    head = said(heads[column]) if column < len(heads) else ""
    return str(Markup('<td data-head="{}">').format(head)) if column and head else "<td>"


def _flat(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())
