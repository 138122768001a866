"""What is in a unit and how far one is: the way to each block, and what is read marked as read while one reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from relexp.apps.widgets import listen, script
from relexp.exchange.unit_notebooks import anchor
from relexp.learning.progress import Standing, resume
from relexp.learning.unit import BlockKind, Unit
from relexp.messages import say

# Whoever is through a text in less than a third of its minutes has looked at it; they can still say that they read it.
_SKIMMED = 1 / 3
_WORDS = ("contents", "go_on", "read", "done", "not_done")


class Contents(anywidget.AnyWidget):
    """The blocks of a unit as links, with those that are done; `go` is the one at which to go on.

    The browser tells when a block comes into view, and when a reading has been looked at long enough to its end.
    """

    _esm = script("unit.js")
    blocks: traitlets.List[Any] = traitlets.List().tag(sync=True)
    done: traitlets.List[Any] = traitlets.List().tag(sync=True)
    go = traitlets.Unicode().tag(sync=True)
    begun = traitlets.Bool(False).tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, unit: Unit, heard: Callable[[str, str, bool], None]) -> None:
        self._unit = unit
        blocks = [
            {
                "id": block.id,
                "anchor": anchor(block.title),
                "title": block.title,
                "about": str(say(f"unit.kind_{block.kind}", minutes=block.minutes)),
                "reads": block.kind is BlockKind.READING,
                "seconds": round(block.minutes * 60 * _SKIMMED),
            }
            for block in unit.blocks
        ]
        super().__init__(blocks=blocks, words={word: str(say(f"unit.{word}")) for word in _WORDS})
        listen(self, lambda said: self._told(said, heard))

    def show(self, stands: Standing) -> None:
        """Show how far somebody is."""
        many, minutes = len(self._unit.blocks), self._unit.minutes
        done = sum(block.minutes for block in self._unit.blocks if block.id in stands.done)
        told = say("unit.far", done=len(stands.done), many=many, minutes=done, of=minutes)
        with self.hold_sync():
            self.done = sorted(stands.done)
            self.go = resume(self._unit, stands)
            self.begun = bool(stands.last)
            self.summary = str(told)

    def _told(self, said: dict[str, object], heard: Callable[[str, str, bool], None]) -> None:
        what, id = said.get("what"), said.get("block")
        block = self._unit.block(id) if isinstance(id, str) else None
        # What is to be done is not done by saying that it was read.
        if block and (what == "opened" or (what == "read" and block.kind is BlockKind.READING)):
            heard(str(what), block.id, said.get("by") == "hand")
