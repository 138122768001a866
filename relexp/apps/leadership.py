"""The leadership table: who grows, who is stuck, and what comes next, for those who train leaders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import ipywidgets

from relexp.apps.html import in_words, join, sentence, tag
from relexp.apps.leader_add import AddPanel
from relexp.apps.leader_finder import Finder
from relexp.apps.leader_growth import GrowthPanel
from relexp.apps.leader_learnt import learnt
from relexp.apps.leader_meeting import MeetingPanel
from relexp.apps.leader_paste import piece
from relexp.apps.leader_person import PersonPanel
from relexp.apps.leader_setup import SetupPanel
from relexp.apps.leader_sheets import SheetsPanel
from relexp.apps.leader_table import Corner, LeaderTable
from relexp.apps.leader_week import WeekPanel
from relexp.apps.telling import Telling
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.widgets import Fragment, Pick, Voice, button, row, show
from relexp.leadership.asking import query_words
from relexp.leadership.board import Board, View, default_board
from relexp.leadership.evidence import Suggestion
from relexp.leadership.finding import Query
from relexp.leadership.leader import Leader
from relexp.leadership.suggesting import suggested
from relexp.messages import say
from relexp.store import Stale

VIEWS = ("week", "table", "meet", "growth", "sheets", "setup")


def leadership() -> Leadership:
    """The app, as a widget to put on a page."""
    return Leadership(visitor())


class Leadership(Telling, ipywidgets.VBox):
    """The page; `view` says what is looked at, and only that is filled."""

    def __init__(self, visitor: Visitor, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._store, self._me, self._now, self._edition = visitor.store, visitor.identity, now, visitor.edition
        self._board: Board = default_board()
        self._revision = self._start = self._came_from = 0
        self._opened, self._pasted = "", False
        self.voice, self.heading, self.notice = Voice(), Fragment(), Fragment()
        self.first = button(str(say("leader.add_first")), lambda: self._guard(self._begin))
        speak = self.voice.say
        self.view = Pick(label=str(say("leader.view")), options=[str(say(f"leader.view_{view}")) for view in VIEWS])
        self.week, self.growth = WeekPanel(self._guard, speak, now), GrowthPanel()
        self.finder, self.table = Finder(self._guard), LeaderTable(self._guard, speak, now)
        self.add, self.meet = AddPanel(self._guard, speak, now), MeetingPanel(self._guard, speak, now)
        self.sheets, self.setup = SheetsPanel(self._guard, speak, now), SetupPanel(self._guard, speak)
        self.person = PersonPanel(self._guard, speak, now)
        self._wire()
        super().__init__(self._laid_out())
        self.add_class("app")
        self.add_class("leadership")
        self.view.observe(lambda _: self._guard(self._turned), "value")
        self._guard(self._open)

    def _wire(self) -> None:
        self.week.opened = self.table.opened = self.meet.opened = self._open_person
        self.table.added = self._add
        self.table.sorted_by = self.finder.sort_by
        self.table.pasted = self._paste
        self.finder.changed, self.finder.kept = self._ask, self._keep_views
        self.add.added = lambda _: self.look()
        self.sheets.changed = self._taken_in
        self.setup.kept = self._set_up
        self.person.closed = self._back

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        title = tag("h1", str(say("leader.title")))
        self.heading.show(join((title, tag("p", str(say("leader.lead")), class_="lead"))))
        self._table = ipywidgets.VBox((self.finder, self.add, self.table))
        self._views = (self.week, self._table, self.meet, self.growth, self.sheets, self.setup)
        self._begins = row((self.first,))
        opening = ipywidgets.VBox((self.heading, self.view, self.notice, self._begins))
        for each in (opening, *self._views, self.person):
            each.add_class("step")
        return (opening, *self._views, self.person, self.voice)

    def _guard(self, act: Callable[[], None]) -> None:
        # What is on this page may be of somebody who was erased: nothing of it is kept.
        renewed = self._store is not None and self._edition not in ("", self._store.edition)
        super()._guard((lambda: self._told(say("app.renewed"))) if renewed else act)

    def _open(self) -> None:
        kept = self._store is not None and self._me is not None
        show(self.view, kept)
        for each in (self.person, self._begins):
            show(each, False)
        if self._store is None or self._me is None:
            for each in self._views:
                show(each, False)
            self.notice.show(tag("p", sentence(say("leader.no_store")), class_="lead"))
            return
        self._board, self._revision = self._store.leaders.board()
        if self._nobody():
            # An empty table begins with a sheet, or with somebody.
            self.view.value = VIEWS.index("sheets")
        self.look()

    def _nobody(self) -> bool:
        """Whether there is nobody in the table at all."""
        assert self._store is not None
        return not self._store.leaders.page(Query(), self._now().astimezone().date(), many=0).total

    def _welcome(self) -> None:
        """How to begin, while nobody is in the table."""
        nobody = self._nobody()
        self.notice.show(tag("p", sentence(say("leader.empty")), class_="lead") if nobody else None)
        show(self._begins, nobody)
        for each in (self.finder, self.table.summary):
            show(each, not nobody)

    def _begin(self) -> None:
        """The first person is added where the table will be."""
        self.view.value = VIEWS.index("table")
        self._add()

    def look(self) -> None:
        """Fill what is looked at."""
        if self._store is None or self._me is None:
            return
        view = VIEWS[self.view.value]
        self._welcome()
        for name, each in zip(VIEWS, self._views, strict=True):
            show(each, name == view)
        self.finder.offer(self._board, self._store.leaders.institutions())
        query, columns, told = self.finder.query, self.finder.columns, self._in_words()
        today = self._now().astimezone().date()
        match view:
            case "week":
                self.week.offer(self._store, self._me, self._board, self._suggested())
            case "table":
                self.table.offer(self._store, self._me, self._board)
                day = self.finder.day.value
                then = say("leader.as_of", day=in_words(day), told=told) if day else told
                self.table.ask(query, columns, str(then), self._start, day)
            case "meet":
                self.meet.offer(self._store, self._me, self._board, query, told)
            case "growth":
                self.growth.offer(self._store, self._board, self._store.leaders.names(), today)
            case "sheets":
                self.sheets.offer(self._store, self._me, self._board, query, columns, told)
            case "setup":
                self.setup.offer(self._store)

    def _turned(self) -> None:
        if self.view.value < 0:
            return
        if VIEWS[self.view.value] != "sheets":
            self._pasted = False
        show(self.person, False)
        self.remove_class("opened")
        self.look()

    def _ask(self) -> None:
        self._start = 0
        self.look()
        if VIEWS[self.view.value] == "table":
            self.voice.say(f"{self._in_words()} {self.table.count}")

    def _in_words(self) -> str:
        return str(query_words(self.finder.query, self._board, {}))

    def _open_person(self, id: str) -> None:
        self._start = self.table.start
        if self._store is None or self._me is None or self.view.value < 0:
            return
        for each in self._views:
            show(each, False)
        # None of them is looked at now, so that each can be pressed.
        self._came_from, self.view.value, self._opened = self.view.value, -1, id
        self.person.back.description = str(say(f"leader.back_{VIEWS[self._came_from]}"))
        self.add_class("opened")
        self.person.look_at(self._store, self._me, self._board, id)

    def _back(self) -> None:
        """Where whoever looks came from, at the person whom they had opened."""
        self.view.value = self._came_from
        match VIEWS[self._came_from]:
            case "table":
                self.table.focus(self._opened)
            case "week":
                self.week.focus(self._opened)

    def _paste(self, text: str, corner: Corner | None) -> None:
        """Several cells at once: what they would do is told before it is written."""
        part = piece(text, corner, self._board) if corner is not None else None
        self._pasted = True
        self.view.value = VIEWS.index("sheets")
        if part is None:
            self.sheets.look_at(text.encode(), str(say("bring.pasted")))
        else:
            self.sheets.would(part)

    def _taken_in(self) -> None:
        """What was pasted onto the table is looked at there."""
        if self._pasted:
            self.view.value = VIEWS.index("table")
        else:
            self.look()

    def _set_up(self) -> None:
        assert self._store is not None
        self._board, self._revision = self._store.leaders.board()
        self.finder.offer(self._board, self._store.leaders.institutions())

    def _keep_views(self, views: tuple[View, ...]) -> None:
        assert self._store is not None
        try:
            self._revision = self._store.leaders.set_up(replace(self._board, views=views), self._revision)
        except Stale:
            self._told(say("leader.setup_meanwhile"))
        self._board, self._revision = self._store.leaders.board()
        self.finder.offer(self._board, self._store.leaders.institutions())
        self.voice.say(str(say("leader.view_kept")))

    def _suggested(self) -> tuple[Suggestion, ...]:
        assert self._store is not None
        assert self._me is not None
        leaders = self._store.leaders

        def people() -> Iterator[Leader]:
            # Looked up only where something may be suggested of them.
            yield from (Leader(id, name) for id, name in leaders.names().items())

        came, talks = self._store.gatherings.came(), self._store.one_to_ones.with_leaders(self._me, people())
        return suggested(people(), came, talks, leaders.lines.sources(), learnt(self._store))

    def _add(self) -> None:
        if self._store is not None and self._me is not None:
            self.add.begin(self._store, self._me, self._board)
