"""Habits as two read them, side by side: something to talk about, never a mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import in_words, join, sentence, tag
from relexp.apps.widgets import Fragment, button
from relexp.leadership.board import Board
from relexp.leadership.evidence import Reading
from relexp.leadership.qualities import OFTEN, Read, side_by_side
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.store.leader_lines import Lines


class HabitsPanel(ipywidgets.VBox):
    """What both read, and the reading of whoever looks; the leader reads on their own page."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        today: Callable[[], date],
    ) -> None:
        self._speak, self._today = speak, today
        self._lines: Lines | None = None
        self._me: Identity | None = None
        self._leader = ""
        self.table = Fragment()
        self.fields: dict[str, ipywidgets.Dropdown] = {}
        self._box = ipywidgets.VBox(())
        self.keep = button(str(say("leader.habits_keep")), lambda: guard(self._keep))
        super().__init__((self.table, self._box, self.keep))

    def offer(self, lines: Lines, board: Board, leader: str, me: Identity | None) -> None:
        """Show how the habits of a leader were read."""
        self._lines, self._me, self._leader, self._board = lines, me, leader, board
        often = [(str(say("leader.often_unread")), ""), *((str(say(f"lead.often_{key}")), key) for key in OFTEN)]
        if [*self.fields] != [habit.key for habit in board.habits]:
            self.fields = {
                habit.key: ipywidgets.Dropdown(description=habit.name, options=often) for habit in board.habits
            }
            self._box.children = tuple(self.fields.values())
        for field in self.fields.values():
            field.value = ""
        self._show()

    def _show(self) -> None:
        assert self._lines is not None
        hint = tag("p", sentence(say("leader.habits_hint")), class_="hint")
        found = side_by_side(self._board, self._lines.readings(self._leader))
        heads = tuple(str(say(f"leader.habits_{each}")) for each in ("habit", "self", "mentor"))
        rows = (
            tag(
                "tr",
                tag("th", each.name, scope="row"),
                tag("td", _read(each.own, each.own_before), data_label=heads[1]),
                tag("td", _read(each.mentor, each.mentor_before), data_label=heads[2]),
            )
            for each in found
            if each.own or each.mentor
        )
        head = tag("thead", tag("tr", *(tag("th", each, scope="col") for each in heads)))
        read = [each for each in found if each.own or each.mentor]
        table = tag("table", head, tag("tbody", *rows), class_="beside") if read else None
        talk = [tag("li", sentence(each.talk)) for each in found if each.talk is not None]
        starters = tag("ul", *talk, class_="said") if talk else None
        self.table.show(join(each for each in (hint, table, starters) if each is not None))

    def _keep(self) -> None:
        said = {key: field.value for key, field in self.fields.items() if field.value}
        if self._lines is None or self._me is None or not said:
            return
        mentor = self._me.name or str(say("leader.whoever_trains"))
        # Read again on the same day, it is the same reading.
        today = (each for each in self._lines.readings(self._leader) if each.day == self._today())
        last = next(
            (each for each in today if each.mentor == mentor), Reading("", self._leader, self._today(), {}, mentor)
        )
        self._lines.read(replace(last, habits=last.habits | said))
        for field in self.fields.values():
            field.value = ""
        self._show()
        self._speak(str(say("leader.habits_kept")))


def _read(read: Read | None, before: Read | None) -> Markup | str:
    if read is None:
        return "–"
    by = (
        say("leader.read_by", name=read.by, day=in_words(read.day))
        if read.by
        else say("leader.read_on", day=in_words(read.day))
    )
    told = tag("span", str(read.word), " ", tag("span", sentence(by), class_="small"))
    if before is None:
        return told
    earlier = say("leader.read_before", word=str(before.word), day=in_words(before.day))
    return join((told, tag("p", sentence(earlier), class_="small")))
