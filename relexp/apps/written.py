"""Text of the module as a piece of page: the CommonMark of a unit, with no HTML of its own, no images, no odd links."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

# The deepest heading that HTML has.
_DEEPEST = 6


def written(text: str, below: int = 1) -> Markup:
    """A text as a piece of page, its headings below so many others; what is not allowed is shown as it is typed.

    Links lead to http and https addresses only; of an image its words are shown.
    """
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_DEEPEST, int(token.tag[1:]) + below)}"
    return Markup(parser.renderer.render(tokens, parser.options, {}))


class _Parser(MarkdownIt):
    # The library's own name for it.
    def validateLink(self, url: str) -> bool:  # noqa: N802
        return url.lower().startswith(("https://", "http://"))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _words_of_image)
    return parser


def _words_of_image(
    renderer: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return str(escape(tokens[place].content))
