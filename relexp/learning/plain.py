"""The text of a unit: a small part of CommonMark, whose words can be counted and whose reading age can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?…](?:\s|$)|\n")
# A link to one of the unit's own sources.
SOURCE = "source:"


@dataclass(frozen=True, slots=True)
class Found:
    """What a text holds beside its words: where its links lead, its images, raw HTML.

    `images` are (address, what stands for it where it is not seen).
    """

    links: tuple[str, ...]
    images: tuple[tuple[str, str], ...]
    html: tuple[str, ...]
    words: int


def shape(text: str) -> tuple[str, ...]:
    """How a text is built: its headings, paragraphs, lists, quotes and tables, in their order."""
    return tuple(token.type for token in _parser().parse(text) if token.type != "inline")


def look_at(text: str) -> Found:
    """What a text holds."""
    tokens = [*_flat(_parser().parse(text))]
    links = tuple(str(token.attrs["href"]) for token in tokens if token.type == "link_open")
    images = tuple((str(token.attrs["src"]), token.content) for token in tokens if token.type == "image")
    html = tuple(token.content.strip() for token in tokens if token.type in ("html_block", "html_inline"))
    return Found(links, images, html, len(_WORD.findall(said(text))))


def said(text: str) -> str:
    """The words of a text as they would be read aloud, a line for each piece."""
    pieces = [token for token in _parser().parse(text) if token.type in ("inline", "fence", "code_block")]
    lines = ("".join(_spoken(each) for each in token.children or ()) or token.content for token in pieces)
    return "\n".join(line.strip() for line in lines)


def reading_age(text: str) -> float:
    """The age at which a text is read with ease, from the lengths of its words and sentences.

    The automated readability index (Smith and Senter 1967, AMRL-TR-66-220) gives a school year in the US; a child is in
    the first one at 6. Of a text without a word it is 0.
    """
    line = said(text)
    found = _WORD.findall(line)
    if not found:
        return 0.0
    sentences = max(1, len([part for part in _SENTENCE.split(line) if _WORD.search(part)]))
    letters = sum(len(word) for word in found)
    return max(5.0, 4.71 * letters / len(found) + 0.5 * len(found) / sentences - 21.43 + 5)


def headed(text: str) -> tuple[str, tuple[str, ...]]:
    """A text's title, and what follows it: one piece up to the first heading, then one for each "## " with its text."""
    head, _, rest = text.strip().partition("\n")
    pieces = re.split(r"(?m)^(?=## )", rest)
    return head.removeprefix("# ").strip(), tuple(piece.strip() for piece in pieces if piece.strip())


def table(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tables in a text, without their heads; each cell as it is written."""
    tokens = _parser().parse(text)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open" and token.type == "td_open":
            rows.append([])
        if before.type == "td_open":
            rows[-1].append(token.content)
    return tuple(map(tuple, rows))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # HTML is recognised so that it can be refused.
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def _spoken(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "image") else ""
