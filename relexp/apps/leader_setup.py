"""How the table is set up: its stages, trainings, habits and own columns, a line each, in the house's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import join, sentence, tag
from relexp.apps.widgets import Fragment, button, row
from relexp.leadership.board import Board
from relexp.leadership.setting_up import changed, lines_of
from relexp.messages import FaultsFound, say
from relexp.store import Stale, Store

PARTS = ("ladder", "trainings", "own", "habits")


class SetupPanel(ipywidgets.VBox):
    """A text for each part, a line for each of its names; `kept` is called when the table is set up otherwise."""

    kept: Callable[[], None]

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None]) -> None:
        self._store: Store | None = None
        self._board: Board | None = None
        self._revision = 0
        heading = Fragment()
        hint = tag("p", sentence(say("leader.setup_lead")), class_="hint")
        heading.show(join((tag("h2", str(say("leader.setup"))), hint)))
        self.fields = {
            part: ipywidgets.Textarea(description=str(say(f"leader.setup_{part}")), rows=6) for part in PARTS
        }
        self.keep = button(str(say("leader.setup_keep")), lambda: guard(self._keep), main=True)
        self.said = AskedAgain(speak, "", "", lambda: None)
        super().__init__((heading, *self.fields.values(), row((self.keep,)), self.said))
        self.add_class("setup")

    def offer(self, store: Store) -> None:
        """Show how the table is set up."""
        self._store = store
        self._board, self._revision = store.leaders.board()
        for part, field in self.fields.items():
            field.value = lines_of(self._board, part)

    def _keep(self) -> None:
        if self._store is None or self._board is None:
            return
        try:
            board = changed(self._board, {part: field.value for part, field in self.fields.items()}, self._used())
            self._store.leaders.set_up(replace(board), self._revision)
        except FaultsFound as found:
            self.said.wrong([fault.message for fault in found.faults])
            return
        except Stale:
            self.said.wrong([say("leader.setup_meanwhile")])
            return
        self.offer(self._store)
        self.kept()
        self.said.kept([say("leader.setup_kept")])

    def _used(self) -> frozenset[str]:
        """The stages at which somebody is: they are renamed, and not taken away."""
        assert self._store is not None
        return frozenset(row.leader.stage for row in self._store.leaders.all() if row.leader.stage)
