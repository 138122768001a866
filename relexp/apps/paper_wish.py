"""Whom somebody would like to meet again, as they wrote it on a slip: read by whoever types it in, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.gathering.tonight import Tonight
from relexp.messages import Message, listed, say
from relexp.store import Store
from relexp.store.tonight import whole
from relexp.weave.held import Held
from relexp.weave.tonight import talked_with

LONGEST = 200


class PaperWish(ipywidgets.VBox):
    """Who it is, whom they named of those they talked with, and how they can be reached."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._tonight: Tonight | None = None
        self._kept = say("reading.paper_no_wish")
        self.who = ipywidgets.Dropdown(description=str(say("reading.paper_wish_who")))
        self.who.add_class("wide")
        self.whom = ipywidgets.SelectMultiple(description=str(say("reading.paper_wish_whom")), rows=6)
        self.reach = ipywidgets.Text(description=str(say("reading.paper_wish_reach")))
        self.keep = button(str(say("reading.paper_keep")), lambda: guard(self._keep), main=True)
        self.said, self.hint = Fragment(), Fragment()
        self.said.show(None)
        self._fields = ipywidgets.VBox((self.who, self.whom, self.reach))
        super().__init__((self.hint, self._fields, row((self.keep,)), self.said))
        self.who.observe(lambda _: guard(self._offer_whom), "value")

    def offer(self, store: Store, held: Held) -> None:
        """Take in slips of this gathering, as long as it is known who sat with whom."""
        self._store = store
        kept = store.gatherings.get(held.id)
        with store.gatherings.at_one_moment() as connection:
            self._tonight = whole(connection, kept) if kept else None
        offered = self._grown_ups()
        before = self.who.value
        self.who.options = offered
        ids = [id for _, id in offered]
        self.who.value = before if before in ids else next(iter(ids), None)
        self._offer_whom()
        for widget in (self._fields, self.keep):
            show(widget, bool(offered))
        hint = say("reading.paper_wish_hint") if offered else say("reading.paper_wish_none")
        self.hint.show(tag("p", sentence(hint), class_="hint"))

    def _grown_ups(self) -> list[tuple[str, str]]:
        """Everybody who may be told of whom they talked with: nobody under 18, and nobody who is not to be named."""
        found = self._tonight
        if found is None:
            return []
        people = (guest.person for guest in found.people if talked_with(found, guest.person.id, self._now()))
        return sorted((person.name, person.id) for person in people)

    def _offer_whom(self) -> None:
        found = self._tonight
        guests = talked_with(found, self.who.value, self._now()) if found and self.who.value else ()
        self.whom.options = [(guest.person.name, guest.person.id) for guest in guests]
        self.whom.value = ()

    def _keep(self) -> None:
        """Keep the slip, beside what the same person may have ticked on a phone; a second press keeps nothing more."""
        found = self._tonight
        if self._store is None or found is None or self.who.value is None:
            return
        reach = " ".join(self.reach.value.split())
        if not self.whom.value and not reach:
            self._say(self._kept)
            return
        if not self.whom.value or not reach or len(reach) > LONGEST:
            self._say(say("reading.paper_wish_wrong", most=LONGEST))
            return
        before, _ = self._store.meeting_again.wished(found.id, self.who.value)
        self._store.meeting_again.wish(found.id, self.who.value, [*before, *self.whom.value], reach)
        names = [label for label, id in self.whom.options if id in self.whom.value]
        self._kept = say("reading.paper_kept_wish", who=found.names[self.who.value], whom=listed(names))
        self.whom.value, self.reach.value = (), ""
        self._say(self._kept)

    def _say(self, message: Message) -> None:
        self.said.show(tag("p", sentence(message), class_="note"))
        self._speak(str(message))
