"""A line about a leader that is not so, or that they ask to have deleted: it goes, with what they say of it."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import in_words
from relexp.apps.leader_view import About
from relexp.apps.widgets import button, row, show
from relexp.leadership.evidence import Evidence
from relexp.messages import say
from relexp.store.leader_lines import Lines

# A choice is read at a glance.
_LETTERS = 60


class LinesPanel(ipywidgets.VBox):
    """The lines of one leader, but for those on which a stage stands; `changed` is called when one was deleted."""

    changed: Callable[[], None]

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[..., None]) -> None:
        self._lines: Lines | None = None
        self.which = ipywidgets.Dropdown(description=str(say("leader.line_which")))
        self.which.add_class("wide")
        self.forget = button(str(say("leader.line_forget")), lambda: guard(self._ask))
        yes, no = str(say("leader.line_forget")), str(say("leader.line_leave"))
        self.sure = AskedAgain(speak, yes, no, lambda: guard(self._forget))
        super().__init__((row((self.which, self.forget)), self.sure))

    def offer(self, lines: Lines, about: About) -> None:
        """Let one of their lines be chosen."""
        self._lines = lines
        moved = {move.evidence for move in about.moves}
        self.which.options = [(_called(each), each.id) for each in about.evidence if each.id not in moved]
        self.which.value = None
        show(self, bool(self.which.options))
        self.sure.close_note()

    def _ask(self) -> None:
        if self.which.value:
            self.sure.ask([say("leader.line_sure")])
        else:
            self.sure.wrong([say("leader.line_choose")])

    def _forget(self) -> None:
        if self._lines is not None and self.which.value:
            self._lines.forget(self.which.value)
            self.changed()
            self.sure.kept([say("leader.line_gone")])


def _called(line: Evidence) -> str:
    what = line.what or str(say(f"lead.kind_{line.kind}"))
    short = what if len(what) <= _LETTERS else f"{what[: _LETTERS - 1].rstrip()}…"
    return f"{in_words(line.day)}: {short}"
