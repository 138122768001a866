"""A review meeting: one person after the other, what happened since the last time, and what is agreed on next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import in_words, join, sentence, tag
from relexp.apps.leader_clash import ClashPanel
from relexp.apps.leader_step import StepFields
from relexp.apps.leader_view import About, standing, step_page, timeline, words_page
from relexp.apps.widgets import Fragment, button, make_main, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import Change, agreed, cell
from relexp.leadership.finding import Query
from relexp.leadership.leader import Row
from relexp.messages import Message, say
from relexp.privacy.retention import LEADERS
from relexp.privacy.roles import Identity
from relexp.store import Store

# Longer than this nobody sits together.
_MOST = 500


class MeetingPanel(ipywidgets.VBox):
    """Those whom the table shows, one at a time; `opened` is called with the id of whoever is opened."""

    opened: Callable[[str], None]

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
        self._query = Query()
        self._ids: list[str] = []
        self._place = 0
        self._agreed: dict[str, str] = {}
        self._before: tuple[Change, ...] = ()
        self._row: Row | None = None
        self.heading, self.standing, self.words, self.step, self.told, self.end = (Fragment() for _ in range(6))
        self.begin = button(str(say("leader.meet_begin")), lambda: guard(self._begin), main=True)
        self.fields = StepFields(self._today)
        self.said = AskedAgain(speak, "", "", lambda: None)
        self.clash = ClashPanel(guard, speak)
        self.clash.write = self._insist
        self.agree = button(str(say("leader.meet_agree")), lambda: guard(self._agree), main=True)
        self.skip = button(str(say("leader.meet_skip")), lambda: guard(lambda: self._go(1)))
        self.back = button(str(say("leader.meet_back")), lambda: guard(lambda: self._go(-1)))
        self.done = button(str(say("leader.step_done")), lambda: guard(self._done))
        self.look = button(str(say("leader.meet_look")), lambda: self.opened(self._ids[self._place]))
        self.stop = button(str(say("leader.meet_stop")), lambda: guard(self._stop))
        super().__init__(self._laid_out())
        self.add_class("meeting")

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        asks = Fragment()
        asks.show(tag("h3", str(say("leader.meet_next"))))
        tools = row((self.agree, self.skip, self.back))
        self._next = ipywidgets.VBox((self.step, row((self.done,)), asks, self.fields, self.said, self.clash, tools))
        self._next.add_class("asked")
        happened = Fragment()
        happened.show(tag("h3", str(say("leader.happened"))))
        whose = Fragment()
        whose.show(tag("h3", str(say("leader.in_words"))))
        columns = ipywidgets.Box((self._next, ipywidgets.VBox((whose, self.words, happened, self.told))))
        columns.add_class("two")
        self._one = ipywidgets.VBox((self.standing, columns, row((self.look, self.stop))))
        return (self.heading, row((self.begin,)), self._one, self.end)

    def offer(self, store: Store, me: Identity, board: Board, query: Query, told: str) -> None:
        """Let a meeting begin on those whom the table shows; one that is under way goes on."""
        self._store, self._me, self._board = store, me, board
        self._told = told
        if self._ids:
            self._show()
            return
        self._query = query
        total = store.leaders.page(query, self._today(), many=0).total
        lead = say("leader.meet_lead" if total else "leader.meet_nobody", count=total)
        whom = tag("p", told, class_="read") if total else None
        hint = tag("p", sentence(lead), class_="hint")
        self.heading.show(join(each for each in (tag("h2", str(say("leader.meet"))), whom, hint) if each is not None))
        show(self.begin, bool(total))
        show(self._one, False)

    def _begin(self) -> None:
        if self._store is None:
            return
        page = self._store.leaders.page(self._query, self._today(), many=_MOST)
        self._ids, self._place, self._agreed = [row.leader.id for row in page.rows], 0, {}
        self.end.show(None)
        self._show()

    def _show(self) -> None:
        if self._store is None or self._board is None:
            return
        leaders, id = self._store.leaders, self._ids[self._place]
        self._row = leaders.get(id)
        show(self.begin, False)
        show(self._one, True)
        self.clash.tell((), self._board, {})
        self.said.close_note()
        show(self._next, self._row is not None)
        if self._row is None:
            self.standing.show(tag("p", sentence(say("leader.gone")), class_="note"))
            self._tell_place()
            return
        leader, lines = self._row.leader, leaders.lines
        about = About(self._row, lines.evidence(id), lines.moves(id), lines.steps(id), lines.challenges(id), {})
        self.standing.show(standing(about, self._board))
        self.words.show(words_page(leader))
        self.told.show(timeline(about, self._board))
        self.step.show(step_page(about, self._today()))
        self.fields.fill(leader.step, self._me)
        show(self.done, leader.step is not None)
        show(self.back, self._place > 0)
        make_main(self.agree, main=True)
        # Last: whoever reads whose turn it is and begins to write, writes into fields that are theirs already.
        self._speak(f"{leader.name}. {self._tell_place()}", go="person")

    def _tell_place(self) -> Message:
        """Whose turn it is."""
        count = say("leader.meet_place", place=self._place + 1, count=len(self._ids), agreed=len(self._agreed))
        bar = tag("progress", max=str(len(self._ids)), value=str(self._place), aria_label=str(count))
        self.heading.show(join((tag("h2", str(say("leader.meet"))), tag("p", sentence(count), class_="read"), bar)))
        return count

    def _go(self, by: int) -> None:
        place = self._place + by
        if place >= len(self._ids):
            self._stop()
            return
        self._place = max(0, place)
        self._show()

    def _agree(self) -> None:
        """What both agreed on is written: the step, the words, and when to look again."""
        if self._row is None:
            return
        step, wrong = self.fields.read()
        if wrong:
            self.said.wrong(wrong)
            return
        leader = self._row.leader
        again = {"review": (self._today() + LEADERS).isoformat()}
        cells = {**step, **again, **agreed(leader)}
        if self._write([Change(leader.id, field, cell(leader, field), text) for field, text in cells.items()]):
            self._agreed[leader.id] = step["step"]
            self._go(1)

    def _done(self) -> None:
        if self._store is None or self._row is None or self._me is None or self._row.leader.step is None:
            return
        line = self.fields.done_line(self._row.leader.id, self._row.leader.step, self._me, self._today())
        step = self._row.leader.step
        done = self._store.leaders.done(self._row.leader.id, line, self._me, self._now(), step=step)
        self._show()
        if done.deed:
            self.said.kept([say("leader.step_is_done")])
        else:
            self.said.wrong([say("leader.step_meanwhile")])

    def _insist(self, changes: Sequence[Change]) -> None:
        if self._write(changes) and self._row is not None:
            self._agreed[self._row.leader.id] = self.fields.what.value.strip()
            self._go(1)

    def _write(self, changes: Sequence[Change]) -> bool:
        """Whether it was written as it was agreed."""
        if self._store is None or self._me is None or self._board is None:
            return False
        done = self._store.leaders.change(changes, self._me, self._now())
        names = self._store.leaders.names() if done.clashes else {}
        if clashed := self.clash.tell(done.clashes, self._board, names):
            self._row = self._store.leaders.get(self._ids[self._place])
        return not clashed

    def _stop(self) -> None:
        """The end: what was agreed on, with whom."""
        agreed, ids = self._agreed, self._ids
        self._ids, self._agreed = [], {}
        if self._store is None or self._me is None or self._board is None:
            return
        self.offer(self._store, self._me, self._board, self._query, self._told)
        # What was agreed on comes first; whom another meeting would be with can wait.
        self.heading.show(tag("h2", str(say("leader.meet"))))
        names = self._store.leaders.names()
        lines = (
            tag("li", tag("strong", tag("bdi", names.get(id, ""))), ": ", tag("bdi", what))
            for id, what in agreed.items()
        )
        said = say("leader.meet_ended", agreed=len(agreed), count=len(ids), day=in_words(self._today()))
        body = tag("ul", *lines, class_="said") if agreed else None
        self.end.show(
            tag("div", tag("p", sentence(said), class_="read", id="meet-end", tabindex="-1"), body, class_="note")
        )
        self._speak(str(said), go="meet-end")

    def _today(self) -> date:
        return self._now().astimezone().date()
