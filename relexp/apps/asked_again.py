"""What stands below a form: what is wrong with it, a question before it is kept, or that it was kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message


class AskedAgain(ipywidgets.VBox):
    """One note, with the buttons `yes` and `no` where it is a question; each of them closes it."""

    def __init__(self, speak: Callable[[str], None], yes: str, no: str, kept: Callable[[], None]) -> None:
        self._speak = speak
        self.said = Fragment()
        self.yes = button(yes, kept)
        self.no = button(no, self.close_note)
        self._presses = row((self.yes, self.no))
        super().__init__((self.said, self._presses))
        self.close_note()

    def close_note(self) -> None:
        """Say nothing any more."""
        self.said.show(None)
        show(self._presses, False)
        self.remove_class("note")

    def wrong(self, faults: Sequence[Message]) -> None:
        """Say all that is wrong at once."""
        self._say(faults, asks=False)

    def ask(self, questions: Sequence[Message]) -> None:
        """Ask before it is kept."""
        self._say(questions, asks=True)

    def kept(self, messages: Sequence[Message]) -> None:
        """Say that it was kept."""
        self._say(messages, asks=False)

    def _say(self, messages: Sequence[Message], *, asks: bool) -> None:
        one = tag("p", sentence(messages[0]), class_="read") if len(messages) == 1 else None
        many = tag("ul", *(tag("li", sentence(each)) for each in messages), class_="faults")
        self.said.show(one or many)
        self.add_class("note")
        show(self._presses, asks)
        self._speak(" ".join(map(str, messages)))
