"""A tutor confirms the record of whoever asked for it: they see what that person chose to show, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.record_panel import record_of
from relexp.apps.record_view import confirmed, evidence_list, hours_table
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import WHOLE_LABEL, Download, Fragment, button, minutes_box, row, show
from relexp.exchange.learner_csv import grades_csv
from relexp.learning.unit import Unit
from relexp.messages import Message, say

MOST_MINUTES = 200 * 60


class ConfirmPanel(ipywidgets.VBox):
    """Whoever waits for it, one at a time."""

    def __init__(
        self,
        units: Sequence[Unit],
        visitor: Visitor,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._units, self._visitor, self._speak, self._now = units, visitor, speak, now
        self.heading, self.record, self.told = Fragment(), Fragment(), Fragment()
        self.who = ipywidgets.Dropdown(description=str(say("cohort.whose")), style=WHOLE_LABEL)
        self.minutes = minutes_box(str(say("cohort.minutes")), MOST_MINUTES)
        self.name = ipywidgets.Text(description=str(say("cohort.your_name")), style=WHOLE_LABEL)
        self.organisation = ipywidgets.Text(description=str(say("cohort.organisation")), style=WHOLE_LABEL)
        self.words = ipywidgets.Textarea(description=str(say("cohort.words")), rows=2, style=WHOLE_LABEL)
        self.press = button(str(say("cohort.confirm")), lambda: guard(self._confirm), main=True)
        fields = (self.record, self.minutes, self.name, self.organisation, self.words, row((self.press,)))
        self._fields = ipywidgets.VBox(fields)
        self._form = ipywidgets.VBox((self.who, self._fields))
        sheet = str(say("cohort.take_sheet"))
        self.sheet = Download(self._sheet, label=sheet, filename="learners.csv", kind="text/csv")
        away = row((self.sheet,))
        away.add_class("sheet-row")
        super().__init__((self.heading, self._form, self.told, away))
        self.add_class("confirm")
        if visitor.identity is not None:
            self.name.value = visitor.identity.name
        self.who.observe(lambda _: guard(self._look), "value")
        guard(self.fill)
        if self.who.options:
            self.who.value = self.who.options[0][1]

    def fill(self) -> None:
        """Look who waits; nobody is chosen yet, so that a second press confirms nobody else."""
        store, me = self._visitor.store, self._visitor.identity
        # Nobody stands by their own record.
        waiting = store.learning.waiting(but=me.id if me else "") if store else {}
        head = tag("h2", str(say("cohort.asked")))
        says = say("cohort.asked_says", count=len(waiting)) if waiting else say("cohort.nobody_asked")
        self.heading.show(join((head, tag("p", sentence(says)))))
        show(self._form, bool(waiting))
        show(self.sheet, bool(store and store.learning.shown()))
        nameless = str(say("cohort.nameless"))
        self.who.options = [(name or nameless, id) for id, name in waiting.items()]
        self.who.value = None
        self._look()

    def _look(self) -> None:
        store, learner = self._visitor.store, self.who.value
        show(self._fields, learner is not None)
        self.press.disabled = learner is None
        if store is None or learner is None:
            self.record.show(None)
            return
        self.told.show(None)
        found = record_of(self._units, store.learning, learner)
        summary = found.summary or str(say("cohort.no_summary"))
        pieces = (
            tag("h3", str(say("cohort.summary"))),
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
        if store is None or me is None or self.who.value is None:
            return
        name, organisation = self.name.value.strip(), self.organisation.value.strip()
        if not name or not organisation:
            # A record says who stands by it.
            self._tell(say("cohort.who_confirms"))
            return
        words, minutes = self.words.value.strip(), float(self.minutes.value)
        by = replace(me, name=name)
        store.learning.confirm(self.who.value, by, minutes, words, self._now(), organisation=organisation)
        self.words.value = ""
        self.fill()
        self._tell(say("cohort.confirmed"), "confirmed")

    def _sheet(self) -> bytes:
        store, nameless = self._visitor.store, str(say("cohort.nameless"))
        assert store is not None
        shown = store.learning.shown()
        return grades_csv((name or nameless, record_of(self._units, store.learning, id)) for id, name in shown.items())

    def _tell(self, message: Message, go: str = "") -> None:
        self.told.show(tag("p", sentence(message), class_="note", id="confirmed", tabindex="-1"))
        self._speak(str(message), go)
