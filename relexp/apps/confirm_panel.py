"""A tutor confirms the record of whoever asked for it: they see what that person chose to show, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.record_panel import record_of
from relexp.apps.record_view import confirmed, evidence_list, hours_table
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Fragment, button, row, show
from relexp.learning.unit import Unit
from relexp.messages import say

MOST_MINUTES = 200 * 60


class ConfirmPanel(ipywidgets.VBox):
    """Whoever waits for it, one at a time."""

    def __init__(
        self,
        units: Sequence[Unit],
        visitor: Visitor,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._units, self._visitor, self._speak, self._now = units, visitor, speak, now
        wide = {"style": {"description_width": "initial"}}
        self.heading, self.record, self.told = Fragment(), Fragment(), Fragment()
        self.who = ipywidgets.Dropdown(description=str(say("cohort.whose")), **wide)
        self.minutes = ipywidgets.BoundedIntText(
            min=0, max=MOST_MINUTES, description=str(say("cohort.minutes")), **wide
        )
        self.words = ipywidgets.Textarea(description=str(say("cohort.words")), rows=2, **wide)
        self.press = button(str(say("cohort.confirm")), lambda: guard(self._confirm), main=True)
        self._form = ipywidgets.VBox((self.who, self.record, self.minutes, self.words, row((self.press,))))
        super().__init__((self.heading, self.told, self._form))
        self.told.show(None)
        self.who.observe(lambda _: guard(self._look), "value")
        guard(self.fill)

    def fill(self) -> None:
        """Look who waits."""
        store = self._visitor.store
        waiting = store.learning.names(tuple(store.learning.learners())) if store else {}
        head = tag("h2", str(say("cohort.asked")))
        says = say("cohort.asked_says", count=len(waiting)) if waiting else say("cohort.nobody_asked")
        self.heading.show(join((head, tag("p", sentence(says)))))
        show(self._form, bool(waiting))
        nameless = str(say("cohort.nameless"))
        self.who.options = [(name or nameless, id) for id, name in waiting.items()]
        self.who.value = next(iter(waiting), None)

    def _look(self) -> None:
        store, learner = self._visitor.store, self.who.value
        if store is None or learner is None:
            return
        found = record_of(self._units, store.learning, learner)
        summary = found.summary or str(say("cohort.no_summary"))
        pieces = (
            tag("h3", str(say("record.summary"))),
            tag("p", summary, dir="auto", class_="own-words"),
            hours_table(found),
            tag("h3", str(say("record.shows"))),
            evidence_list(found),
            confirmed(found),
        )
        self.record.show(join(pieces))
        self.minutes.value = round(found.hours.taken)

    def _confirm(self) -> None:
        store, me = self._visitor.store, self._visitor.identity
        assert store is not None
        assert me is not None
        store.learning.confirm(self.who.value, me, float(self.minutes.value), self.words.value.strip(), self._now())
        self.words.value = ""
        self.told.show(tag("p", sentence(say("cohort.confirmed")), class_="note"))
        self._speak(str(say("cohort.confirmed")))
        self.fill()
