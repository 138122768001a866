"""Lines one at a time, large, each given a theme by a button or a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import anywidget
import traitlets

from relexp.apps.widgets import script
from relexp.messages import say
from relexp.messages.catalogue import TEMPLATES
from relexp.reflection.codebook import Theme
from relexp.store.written import Line
from relexp.weave.held import Held

# A line by its id, and the theme it was given: "" where none fits, None where it has none again.
Noted = Callable[[str, str | None], None]
# Whose theme it was, and what they call it.
Said = Sequence[tuple[str, str]]
_WORDS = {"none": "fits_none", "back": "back", "on": "on", "keys": "keys"}


class LineReader(anywidget.AnyWidget):
    """Calls `noted_so` with what the reader noted.

    `noted` are the themes by line that are kept; what was pressed and could not be kept is told with `refuse`.
    """

    _esm = script("lines.js")
    lines: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    themes: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    noted = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, noted_so: Noted, label: str, count: str, take_back: str = "") -> None:
        words = {key: str(say(f"reading.{code}")) for key, code in _WORDS.items()}
        # these two have gaps that the page fills
        words |= {"line": TEMPLATES["reading.line_of"], "read": TEMPLATES[count]}
        super().__init__(words=words | {"label": label, "take_back": take_back})
        self._noted_so = noted_so
        self.on_msg(self._told)

    def offer(
        self,
        lines: Sequence[tuple[Held, Line]],
        book: Sequence[Theme],
        noted: Mapping[str, str],
        said: Mapping[str, Said] | None = None,
    ) -> None:
        """Show these lines, where they are others than before, with the themes of the book."""
        several = len({held.id for held, _ in lines}) > 1
        with self.hold_sync():
            self.themes = [[each.key, each.name, each.when] for each in book]
            self.noted = dict(noted)
            self.lines = [
                {
                    "id": line.id,
                    "where": _where(held, line, several),
                    "text": line.text,
                    "said": [list(each) for each in (said or {}).get(line.id, ())],
                }
                for held, line in lines
            ]

    def refuse(self, line_id: str) -> None:
        """Say that a theme was not kept: its line has the one that it had before."""
        self.send({"failed": line_id})

    def note(self, line_id: str, theme: str | None) -> None:
        """Do as a reader does who gives a line a theme."""
        self._told(self, {"line": line_id, "theme": theme}, None)

    def _told(self, widget: object, content: dict[str, object], buffers: object) -> None:
        line, theme = content.get("line"), content.get("theme")
        known = any(line == each["id"] for each in self.lines)
        if isinstance(line, str) and known and isinstance(theme, str | None):
            self._noted_so(line, theme)


def _where(held: Held, line: Line, several: bool) -> str:
    if several:
        return str(say("reading.line_where", name=held.name, round=line.round))
    return str(say("reading.line_round", round=line.round))
