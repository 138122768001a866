"""What is done on a page is kept at once, and found again after a reload, a drop or a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import ipywidgets

from relexp.apps.drafts import Draft
from relexp.apps.html import sentence, tag
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import FaultsFound, Message, say
from relexp.messages.fault_log import log_fault
from relexp.privacy.retention import SEATING


class Keeping(ipywidgets.VBox):
    """The page's draft, and what the page says about it; hidden where nothing is kept.

    `speak` says a sentence aloud; `forgotten` is called when the visitor has asked to start afresh.
    """

    def __init__(self, visitor: Visitor, place: str, speak: Callable[..., None], forgotten: Callable[[], None]) -> None:
        self._visitor, self._place, self._speak, self._forgotten = visitor, place, speak, forgotten
        self._revision = 0
        self._waiting: Draft | None = None
        self._saved: datetime | None = None
        self._said = ""
        self.back, self.fault, self.note = Fragment(), Fragment(), Fragment()
        self.overwrite = button(str(say("app.keep_mine")), self._overwrite)
        # Its place is beside the other ways to begin.
        self.afresh = button(str(say("app.afresh")), self._ask_first)
        self.yes = button(str(say("app.afresh_yes")), self._start_afresh)
        self.no = button(str(say("app.afresh_no")), self._rather_not)
        question = Fragment()
        question.show(tag("p", str(say("app.afresh_sure")), id="sure", tabindex="-1"))
        self.sure = ipywidgets.VBox((question, row((self.yes, self.no))))
        self.sure.add_class("note")
        show(self.sure, False)
        code = "app.kept_here" if visitor.here else "app.kept_there"
        self.note.show(tag("p", str(say(code, days=SEATING.days)), class_="hint"))
        # It lies over the page's foot: whoever works far below would not see it at the top.
        alarm = ipywidgets.VBox((self.fault, self.overwrite))
        alarm.add_class("alarm")
        super().__init__((self.back, alarm, self.sure, self.note))
        self._show_what_is_kept(False)
        show(self.overwrite, False)
        self.welcome(())
        self._tell(tuple(fault.message for fault in visitor.faults))

    def find(self) -> Draft | None:
        """What was kept of this page, unless it is too old to keep."""
        kept = None
        if (who := self._visitor.identity) and (drafts := self._visitor.drafts):
            try:
                kept = drafts.find(who.id, self._place)
            except FaultsFound as found:
                self._tell(tuple(fault.message for fault in found.faults))
        if kept is None:
            return None
        self._revision, self._saved = kept.revision, kept.saved
        if kept.saved < datetime.now(UTC) - SEATING:
            self.forget()
            return None
        draft = Draft.from_bytes(kept.content)
        if draft is None:
            self._tell((say("app.kept_unreadable"),))
        self._show_what_is_kept(True)
        return draft

    def welcome(self, sentences: Sequence[Message]) -> None:
        """Say that the page is back where it was."""
        lines = [tag("p", sentence(each)) for each in sentences]
        self.back.show(tag("div", *lines, class_="note", id="back", tabindex="-1") if lines else None)

    def save(self, draft: Draft, overwrite: bool = False) -> None:
        """Keep the page as it now is. A save that fails is told on the page, which goes on."""
        if (who := self._visitor.identity) is None or (drafts := self._visitor.drafts) is None:
            return
        from relexp.store import Renewed, Stale

        expected, since, now = None if overwrite else self._revision, self._visitor.edition, datetime.now(UTC)
        try:
            if self._saved is not None and self._saved < now - SEATING and not drafts.load(who.id, self._place):
                # A page left open for longer than it is kept was deleted meanwhile: what is on it now is a new one.
                expected = 0
            self._revision = drafts.save(who.id, self._place, draft.to_bytes(), now, expected, since=since)
            self._saved = now
        except Stale:
            self._waiting = draft
            self._tell((say("app.kept_elsewhere"),))
        except Renewed:
            # What is on this page may be of somebody who was erased: it is not offered to be kept.
            self._waiting = None
            self._tell((say("app.renewed"),))
        except FaultsFound as found:
            self._tell((*(fault.message for fault in found.faults), say("app.not_kept")))
        except Exception as error:
            log_fault(error)
            self._tell((say("app.not_kept"),))
        else:
            self._waiting = None
            self._tell(())
            self._show_what_is_kept(True)
        show(self.overwrite, self._waiting is not None)

    def save_view(self, view: str) -> None:
        """Keep how the page is looked at: no change of anything, so the last window counts, and nothing is told."""
        if (who := self._visitor.identity) and (drafts := self._visitor.drafts):
            from relexp.store import Renewed

            with suppress(FaultsFound, Renewed):
                place, since = f"{self._place}.view", self._visitor.edition
                drafts.save(who.id, place, view.encode(), datetime.now(UTC), since=since)

    def find_view(self) -> str:
        """How the page was looked at; "" where nobody knows."""
        if (who := self._visitor.identity) and (drafts := self._visitor.drafts):
            with suppress(FaultsFound):
                return (drafts.load(who.id, f"{self._place}.view") or b"").decode(errors="replace")
        return ""

    def forget(self) -> bool:
        """Delete what is kept of this page; whether that is done."""
        if (who := self._visitor.identity) and (drafts := self._visitor.drafts):
            try:
                drafts.forget(who.id, self._place)
                drafts.forget(who.id, f"{self._place}.view")
            except FaultsFound as found:
                self._tell((*(fault.message for fault in found.faults), say("app.not_forgotten")))
                return False
        self._revision, self._waiting = 0, None
        self._tell(())
        self.welcome(())
        show(self.overwrite, False)
        self._show_what_is_kept(False)
        return True

    def _overwrite(self) -> None:
        if self._waiting is not None:
            self.save(self._waiting, overwrite=True)

    def _ask_first(self) -> None:
        show(self.sure, True)
        self._speak(str(say("app.afresh_sure")), "sure")

    def _rather_not(self) -> None:
        show(self.sure, False)

    def _start_afresh(self) -> None:
        show(self.sure, False)
        if self.forget():
            self._forgotten()

    def _show_what_is_kept(self, kept: bool) -> None:
        show(self.note, kept)
        show(self.afresh, kept)

    def _tell(self, sentences: Sequence[Message]) -> None:
        """Say what could not be kept, aloud once."""
        said = " ".join(str(each) for each in sentences)
        lines = [tag("p", sentence(each)) for each in sentences]
        self.fault.show(tag("div", *lines, class_="note") if lines else None)
        if said and said != self._said:
            self._speak(said)
        self._said = said
