"""The names on the evening that can be pressed, so that the page learns who is meant."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from relexp.apps.widgets import script


class Names(anywidget.AnyWidget):
    """Tells which of the page's names was pressed, or that Escape was; `chosen` is the place of the one at hand."""

    _esm = script("names.js")
    chosen = traitlets.Unicode().tag(sync=True)

    def __init__(self, pressed: Callable[[str, int], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._pressed, self._left = pressed, left
        self.on_msg(self._told)

    def _told(self, widget: object, content: dict[str, object], buffers: object) -> None:
        person, round = content.get("person"), content.get("round")
        if content.get("leave") is True:
            self._left()
        elif isinstance(person, str) and isinstance(round, int):
            self._pressed(person, round)
