"""One-to-ones of whoever leads: noted, changed and deleted by them, and seen by them alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import join, sentence, tag
from relexp.apps.one_to_one_form import OneToOneForm
from relexp.apps.one_to_one_view import day_of, own_page
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.reflection.careful import Warned
from relexp.reflection.one_to_ones import OneToOne, to_think_about
from relexp.store import Store
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from relexp.weave.held import Held


class OneToOnePanel(ipywidgets.VBox):
    """The form on top, one's own below; what is being written stays until it is kept or the form is emptied."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak = speak
        self._store: Store | None = None
        self._me: Identity | None = None
        self._names: list[str] = []
        self._own: dict[str, OneToOne] = {}
        self._changing = ""
        self._kept = False
        # Each word is asked about once.
        self._asked = set[tuple[str, Warned]]()
        self.heading, self.list = Fragment(), Fragment()
        self.form = OneToOneForm(lambda: now().date())
        self.keep = button(str(say("reading.one_keep")), lambda: guard(self._keep), main=True)
        self.empty = button(str(say("reading.one_empty")), self._empty)
        words = (str(say("reading.one_as_it_is")), str(say("reading.one_change_first")))
        self.said = AskedAgain(speak, *words, lambda: guard(self._keep))
        self.which = ipywidgets.Dropdown(description=str(say("reading.ones_which")))
        self.which.add_class("wide")
        self.change = button(str(say("reading.ones_change_it")), lambda: guard(self._change))
        self.delete = button(str(say("reading.ones_delete")), lambda: self.sure.ask([say("reading.ones_sure")]))
        words = (str(say("reading.ones_delete")), str(say("reading.ones_not")))
        self.sure = AskedAgain(speak, *words, lambda: guard(self._delete))
        tools = row((self.change, self.delete))
        self._tools = ipywidgets.VBox((self.which, tools, self.sure))
        super().__init__((self.heading, self.form, row((self.keep, self.empty)), self.said, self.list, self._tools))
        self.which.observe(lambda _: self.sure.close_note(), "value")

    def offer(self, store: Store, me: Identity, gatherings: Sequence[Held]) -> None:
        """Show somebody their own; the names of those who were at these gatherings are ones to think twice about."""
        self._store, self._me = store, me
        guests = (guest for held in gatherings for guest in store.gatherings.guests(held.id))
        self._names = [*dict.fromkeys(guest.person.name for guest in guests)]
        self._show()

    def _show(self) -> None:
        if self._store is None or self._me is None:
            return
        head = tag("h2", str(say("reading.ones_change" if self._changing else "reading.ones")))
        hint = tag("p", sentence(say("reading.ones_lead")), class_="hint")
        self.heading.show(join((head, hint, tag("p", sentence(say("reading.ones_read")), class_="read"))))
        self._own = self._store.one_to_ones.own(self._me)
        self.list.show(own_page(self._own.values()))
        before = self.which.value
        self.which.options = [(_pick(each), id) for id, each in self._own.items()]
        self.which.value = before if before in self._own else next(iter(self._own), None)
        show(self._tools, bool(self._own))

    def _keep(self) -> None:
        if self._store is None or self._me is None:
            return
        if self._kept and not self.form.touched:
            # a second press
            self.said.kept([say("reading.one_kept")])
            return
        meeting, wrong = self.form.read(self._code(), self._store.weave.web().people)
        if meeting is None:
            self.said.wrong(wrong)
            return
        warned = [each for each in to_think_about(meeting, self._names) if each not in self._asked]
        if warned:
            self._asked.update(warned)
            topics = {each.word: each.topic for _, each in warned}
            thinks = [
                say("reading.one_think", word=word, topic=str(say(f"reading.topic_{topic}")))
                for word, topic in topics.items()
            ]
            self.said.ask([say("reading.ones_read"), *thinks])
            return
        self._store.one_to_ones.note(meeting, self._me, self._changing)
        self._empty()
        self._kept = True
        self.said.kept([say("reading.one_kept")])

    def _empty(self) -> None:
        self._changing, self._asked, self._kept = "", set(), False
        self.form.empty()
        self.said.close_note()
        self._show()

    def _change(self) -> None:
        meeting = self._own.get(self.which.value or "")
        if meeting is None:
            return
        if self.form.touched:
            self.said.wrong([say("reading.ones_writing")])
            return
        self._empty()
        self._changing = self.which.value
        self.form.fill(meeting, self._code())
        self._show()

    def _delete(self) -> None:
        if self._store is None or self._me is None or self.which.value is None:
            return
        self._store.one_to_ones.forget(self.which.value, self._me)
        if self._changing == self.which.value:
            self._empty()
        self.sure.close_note()
        self._show()
        self._speak(str(say("reading.ones_deleted")))

    def _code(self) -> str:
        """The code of a writer who typed none of their own: always the same, and it says nothing of who it is."""
        return code_of(self._me.id if self._me else "", "", Seal())


def _pick(meeting: OneToOne) -> str:
    return str(say("reading.ones_pick", other=meeting.other, day=day_of(meeting.day)))
