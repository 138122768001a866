"""Somebody new in the table: a name and where they come from are enough to begin."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import read
from relexp.leadership.leader import Leader
from relexp.messages import FaultsFound, say
from relexp.privacy.retention import LEADERS
from relexp.privacy.roles import Identity
from relexp.store import Store


class AddPanel(ipywidgets.VBox):
    """Hidden until somebody is to be added; `added` is called with the id of whoever was."""

    added: Callable[[str], None]

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._me: Identity | None = None
        self._board: Board | None = None
        self._asked_about = ""
        heading = Fragment()
        heading.show(tag("h2", str(say("leader.add_head")), id="add-leader", tabindex="-1"))
        self.name = ipywidgets.Text(description=str(say("lead.column_name")), continuous_update=False)
        self.institution = ipywidgets.Text(description=str(say("lead.column_institution")), continuous_update=False)
        self.stage = ipywidgets.Dropdown(description=str(say("lead.column_stage")), options=[("–", "")])
        self.keep = button(str(say("leader.add_keep")), lambda: guard(self._keep), main=True)
        self.shut = button(str(say("leader.add_close")), lambda: guard(self._close))
        self.said = AskedAgain(
            speak, str(say("leader.add_another")), str(say("leader.add_not")), lambda: guard(self._keep)
        )
        fields = row((self.name, self.institution, self.stage))
        fields.add_class("controls")
        super().__init__((heading, fields, self.said, row((self.keep, self.shut))))
        self.add_class("asked")
        show(self, False)

    def begin(self, store: Store, me: Identity, board: Board) -> None:
        """Let somebody be added."""
        self._store, self._me, self._board = store, me, board
        self.stage.options = [("–", ""), *((stage.name, stage.key) for stage in board.ladder)]
        self.said.close_note()
        show(self, True)
        self._speak(str(say("leader.add_head")), go="add-leader")

    def _keep(self) -> None:
        if self._store is None or self._me is None or self._board is None:
            return
        try:
            name = read(self._board, "name", self.name.value, lambda _: ())
            institution = read(self._board, "institution", self.institution.value, lambda _: ())
        except FaultsFound as found:
            self.said.wrong([found.faults[0].message])
            return
        if self._store.leaders.ids_of(name) and self._asked_about != name:
            # Two may have one name; mostly it is one and the same.
            self._asked_about = name
            self.said.ask([say("leader.add_known", name=name)])
            return
        review = self._now().astimezone().date() + LEADERS
        new = Leader(secrets.token_hex(16), name, institution, stage=self.stage.value or "", review=review)
        self._store.leaders.change([], self._me, self._now(), new=[new])
        self.name.value = self.institution.value = self._asked_about = ""
        self.said.kept([say("leader.add_kept", name=name)])
        self.name.focus()
        self.added(new.id)

    def _close(self) -> None:
        show(self, False)
