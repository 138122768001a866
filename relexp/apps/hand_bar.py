"""The row above the evening: begin to change it by hand, take a change back, do it again."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.pairing.steps import Steps


class HandBar(ipywidgets.VBox):
    """Three buttons, and what was done last; `tell` says how things stand."""

    def __init__(self, turn: Callable[[], None], undo: Callable[[], None], redo: Callable[[], None]) -> None:
        self.toggle = button(str(say("hand.begin")), turn)
        self.undo, self.redo = button(str(say("hand.undo")), undo), button(str(say("hand.redo")), redo)
        self.note = Fragment()
        super().__init__((row((self.toggle, self.undo, self.redo)), self.note))
        self.add_class("hand-bar")

    def tell(self, steps: Steps | None, on: bool, last: Markup | None = None) -> None:
        """The steps as they are, whether names can be pressed, and what was done just now."""
        self.toggle.description = str(say("hand.end" if on else "hand.begin"))
        used = steps is not None and bool(steps.done or steps.undone)
        show(self.undo, on or used)
        show(self.redo, on or used)
        self.undo.disabled = steps is None or not steps.done
        self.redo.disabled = steps is None or not steps.undone
        lines = [tag("p", last, id="hand-done", tabindex="-1", class_="read")] if last else []
        if on:
            lines.append(tag("p", str(say("hand.hint"))))
        if steps is not None and steps.done:
            lines.append(tag("p", sentence(say("hand.count", count=len(steps.done))), class_="hint"))
        self.note.show(tag("div", *lines) if lines else None)
