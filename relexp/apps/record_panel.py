"""The learner's record: their hours, what shows them, a summary in their own words, and how to have it confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets
from markupsafe import Markup

from relexp.apps.desk import Desk
from relexp.apps.html import join, sentence, tag
from relexp.apps.record_view import blocks_table, confirmed, evidence_list, hours_table
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Download, Fragment, button, row, show
from relexp.apps.writing_panels import writing
from relexp.exchange.badge_svg import badge_picture
from relexp.exchange.badges import Award, Organisation, badge
from relexp.exchange.learner_print import learner_page
from relexp.exchange.xapi import Module, statements
from relexp.learning.progress import Verb
from relexp.learning.record import Confirmation, Record, record
from relexp.learning.unit import Unit
from relexp.messages import say
from relexp.privacy.roles import Role
from relexp.store.badge_key import badge_key
from relexp.store.learning import Confirmation as Confirmed
from relexp.store.learning import Learning

# Where the summary is kept: in no unit.
SUMMARY = ("", "summary")


def record_of(units: Sequence[Unit], kept: Learning, learner: str) -> Record:
    """The record of somebody, as it is kept; of what they wrote, only the summary that is part of it."""
    text = kept.texts(learner).get(SUMMARY)
    found = [
        Confirmation(each.day, ", ".join(filter(None, (each.by, each.organisation))), each.minutes, each.said)
        for each in kept.confirmations(learner)
    ]
    return record(units, kept.events(learner), text.said if text else "", found)


class RecordPanel(ipywidgets.VBox):
    """The record, filled when `look` is called."""

    def __init__(
        self,
        module: Module,
        visitor: Visitor,
        desk: Desk,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
    ) -> None:
        self._module, self._visitor, self._desk, self._speak = module, visitor, desk, speak
        self.heading, self.hours, self.shows, self.told = Fragment(), Fragment(), Fragment(), Fragment()
        self.heading.show(tag("h2", str(say("record.title"))))
        hint = str(say("study.summary_hint"))
        self.summary = writing(desk, *SUMMARY, str(say("record.summary")), lambda: None, lines=5, hint=hint)
        self.ask = button(str(say("study.ask")), lambda: guard(self._ask))
        self.page = Download(self._page, label=str(say("study.take_record")), filename="record.html", kind="text/html")
        self.file = Download(
            self._file, label=str(say("study.take_xapi")), filename="xapi.json", kind="application/json"
        )
        self.badge = Download(
            self._badge, label=str(say("study.take_badge")), filename="badge.svg", kind="image/svg+xml"
        )
        presses = row((self.page, self.badge, self.file, *((self.ask,) if desk.keeps else ())))
        super().__init__((self.heading, self.hours, self.shows, self.summary, self.told, presses))
        self.look()

    def look(self) -> None:
        """Look again at what is kept."""
        found = self._record()
        self.hours.show(join((hours_table(found), blocks_table(self._module.units, found))))
        self.shows.show(join((tag("h3", str(say("record.shows"))), evidence_list(found), confirmed(found))))
        asked = self._waits()
        note = tag("p", sentence(say("study.asked")), class_="note", id="record-asked", tabindex="-1")
        self.told.show(note if asked else self._nameless())
        # Once it was confirmed there is more to confirm by and by, and at last the badge.
        show(self.ask, not asked)
        show(self.badge, self._stands_by(found) is not None)

    def _record(self) -> Record:
        store, me = self._visitor.store, self._visitor.identity
        if store is not None and me is not None:
            return record_of(self._module.units, store.learning, me.id)
        return record(self._module.units, self._desk.events, self._desk.said(*SUMMARY))

    def _confirmations(self) -> Sequence[Confirmed]:
        store, me = self._visitor.store, self._visitor.identity
        return store.learning.confirmations(me.id) if store is not None and me is not None else ()

    def _waits(self) -> bool:
        """Whether they asked for it to be confirmed, and nobody has done so since."""
        done = [each.at for each in self._confirmations()]
        asked = [event.at for event in self._desk.events if event.verb is Verb.ASKED]
        return bool(asked) and (not done or max(asked) > max(done))

    def _nameless(self) -> Markup | None:
        """Where to say whose record it is, as long as nobody has."""
        me = self._visitor.identity
        if me is None or me.role is not Role.LEARNER or me.name:
            return None
        link = tag("a", str(say("study.name_it")), href="learn/link")
        return tag("p", sentence(say("study.nameless")), " ", link, class_="hint")

    def _ask(self) -> None:
        try:
            self._desk.note(Verb.ASKED, None, "")
        finally:
            # What cannot be kept yet waits, and is not to be asked again.
            self.look()
        self._speak(str(say("study.asked")), "record-asked")

    def _stands_by(self, found: Record) -> str | None:
        """The organisation that confirmed the whole module, after it was done; none as long as there is none."""
        if found.finished is None:
            return None
        after = [each for each in self._confirmations() if each.at >= found.finished]
        return after[-1].organisation if after else None

    def _badge(self) -> bytes:
        found, me = self._record(), self._visitor.identity
        organisation = self._stands_by(found)
        assert organisation is not None
        assert me is not None
        award = Award(found, me.id, me.name, self._module.id, self._module.title)
        signed = badge(award, Organisation(organisation), badge_key(), self._desk.now())
        return badge_picture(signed, me.name, self._module.title, organisation)

    def _page(self) -> bytes:
        me = self._visitor.identity
        return learner_page(self._record(), me.name if me else "", self._module.title, self._desk.now().date())

    def _file(self) -> bytes:
        return statements(self._module, self._desk.events, self._desk.me)
