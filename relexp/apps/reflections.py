"""Reflections: what people said after a gathering, for whoever leads to read for themes, to type in and to settle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.from_paper import FromPaper
from relexp.apps.html import join, sentence, tag
from relexp.apps.one_to_one_panel import OneToOnePanel
from relexp.apps.read_panel import ReadPanel, named
from relexp.apps.settle_panel import SettlePanel
from relexp.apps.shown_panel import ShownPanel
from relexp.apps.telling import Telling
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.widgets import Fragment, Pick, Voice, show
from relexp.messages import say
from relexp.weave.held import Held

VIEWS = ("read", "settle", "paper", "shown", "one")


def reflections() -> Reflections:
    """The app, as a widget to put on a page."""
    return Reflections(visitor())


class Reflections(Telling, ipywidgets.VBox):
    """The page; `which` says of which gathering, `view` what is looked at, and only that is filled."""

    def __init__(self, visitor: Visitor, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._store, self._me, self._now = visitor.store, visitor.identity, now
        self._held: tuple[Held, ...] = ()
        self.voice, self.heading, self.notice = Voice(), Fragment(), Fragment()
        self.which = ipywidgets.Dropdown(description=str(say("reading.which")))
        self.which.add_class("wide")
        self.view = Pick(label=str(say("reading.view")), options=[str(say(f"reading.view_{view}")) for view in VIEWS])
        self.read = ReadPanel(self._guard, self.voice.say)
        self.settle = SettlePanel(self._guard, self.voice.say)
        self.paper = FromPaper(self._guard, self.voice.say, now)
        self.shown = ShownPanel()
        self.one = OneToOnePanel(self._guard, self.voice.say, now)
        self._views = (self.read, self.settle, self.paper, self.shown, self.one)
        super().__init__(self._laid_out())
        self.add_class("app")
        self.which.observe(lambda _: self._guard(self.look), "value")
        self.view.observe(lambda _: self._guard(self.look), "value")
        self._guard(self._open)

    def _open(self) -> None:
        if self._store is not None and self._me is not None:
            self._store.weave.keep(self._now())
            self._held = self._store.weave.held()
            one = [(named(each), each.id) for each in reversed(self._held)]
            every = [(str(say("reading.all")), "")] if len(one) > 1 else []
            self.which.options = [*one, *every]
            self.which.value = one[0][1] if one else None
        self.look()

    def look(self) -> None:
        """Show what is to be seen now of the gathering that is chosen, or of all of them."""
        kept, alone = self._store is not None and self._me is not None, VIEWS[self.view.value] == "one"
        show(self.view, kept)
        show(self.which, bool(self._held) and not alone)
        for place, view in enumerate(self._views):
            show(view, kept and place == self.view.value and (bool(self._held) or alone))
        self.notice.show(self._nothing())
        if self._store is None or self._me is None:
            return
        if alone:
            self.one.offer(self._store, self._me, self._held)
        elif self._held:
            chosen = [each for each in self._held if self.which.value in ("", each.id)]
            self._views[self.view.value].offer(self._store, self._me, chosen)

    def _nothing(self) -> Markup | None:
        """Why there is nothing to be seen, where there is nothing: a one-to-one needs no gathering."""
        if self._store is not None and (self._held or VIEWS[self.view.value] == "one"):
            return None
        why = say("reading.none" if self._store is not None else "reading.no_store")
        plan = tag("p", tag("a", str(say("reading.plan_one")), href="gathering", class_="button"))
        return join((tag("p", sentence(why), class_="lead"), plan))

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        title = tag("h1", str(say("reading.title")))
        self.heading.show(join((title, tag("p", str(say("reading.lead")), class_="lead"))))
        opening = ipywidgets.VBox((self.heading, self.view, self.which, self.notice))
        for each in (opening, *self._views):
            each.add_class("step")
        for view in self._views:
            view.add_class("reading")
        for view in self._views:
            view.add_class("reading")
        return (opening, *self._views, self.voice)
