"""One line that somebody wrote on a card after a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message, say
from relexp.store import Store
from relexp.store.written import LONGEST_SHARED
from relexp.weave.held import Held


class PaperLine(ipywidgets.VBox):
    """A round and a line; the same press twice keeps one."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._held: Held | None = None
        self._kept = say("reading.paper_no_text")
        self.round = ipywidgets.Dropdown(description=str(say("reading.paper_round")))
        self.text = ipywidgets.Textarea(description=str(say("reading.paper_text")), rows=2)
        self.keep = button(str(say("reading.paper_keep")), lambda: guard(self._keep), main=True)
        self.said, hint = Fragment(), Fragment()
        hint.show(tag("p", sentence(say("reading.paper_text_hint")), class_="hint"))
        self.said.show(None)
        super().__init__((self.round, self.text, hint, row((self.keep,)), self.said))

    def offer(self, store: Store, held: Held) -> None:
        """Take in lines of this gathering; the round that is chosen stays chosen where there is one."""
        self._store, self._held = store, held
        rounds = [round.number for round in held.rounds]
        if rounds != [*self.round.options]:
            before = self.round.value
            self.round.options = rounds
            self.round.value = before if before in rounds else next(iter(rounds), None)
        show(self.keep, bool(rounds))

    def _keep(self) -> None:
        """Keep the line. A second press finds the form empty, and says once more what was kept."""
        if self._store is None or self._held is None or self.round.value is None:
            return
        text = " ".join(self.text.value.split())
        if text and len(text) <= LONGEST_SHARED:
            self._store.written.share(self._held.id, self.round.value, text, self._now())
            self._kept = say("reading.paper_kept_line", round=self.round.value)
            self.text.value = ""
        self._say(say("reading.paper_long", most=LONGEST_SHARED) if len(text) > LONGEST_SHARED else self._kept)

    def _say(self, message: Message) -> None:
        self.said.show(tag("p", sentence(message), class_="note"))
        self._speak(str(message))
