"""Two wrote into one cell: both versions side by side, and nothing is written over until somebody has chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import sentence, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import Change, heading, in_cell, shown
from relexp.messages import say
from relexp.store.leader_deeds import GONE, Clash

# More of them are a spreadsheet's, and are told as one.
_MOST = 8


class ClashPanel(ipywidgets.VBox):
    """Hidden while nobody was quicker; `write` gets the changes that are to stand in place of the others'."""

    write: Callable[[Sequence[Change]], None]
    left: Callable[[Sequence[Change]], None] = staticmethod(lambda _: None)

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[..., None]) -> None:
        self._speak = speak
        self._clashes: tuple[Clash, ...] = ()
        self.said = Fragment()
        self.theirs = button(str(say("leader.clash_theirs")), lambda: guard(self._leave), main=True)
        self.mine = button(str(say("leader.clash_mine")), lambda: guard(self._insist))
        super().__init__((self.said, row((self.theirs, self.mine))))
        self.add_class("note")
        show(self, False)

    def tell(self, clashes: Sequence[Clash], board: Board, names: Mapping[str, str]) -> None:
        """Show both versions of each cell; nothing where there was no clash."""
        self._clashes = tuple(clashes)
        show(self, bool(clashes))
        if not clashes:
            return
        gone = [each for each in clashes if GONE in (each.now, each.change.field)]
        cells = [each for each in clashes if each not in gone]
        lines = [tag("li", _both(each, board, names)) for each in cells[:_MOST]]
        lines += [tag("li", sentence(say("leader.clash_more", count=len(cells) - _MOST)))] if len(cells) > _MOST else []
        if gone:
            lines.append(
                tag("li", sentence(say("leader.clash_gone", count=len({each.change.leader for each in gone}))))
            )
        head = say("leader.clash_head")
        told = tag("p", sentence(head), class_="read", id="clash", tabindex="-1")
        self.said.show(tag("div", told, tag("ul", *lines, class_="faults")))
        show(self.mine, bool(cells))
        self._speak(str(head), go="clash")

    def _leave(self) -> None:
        mine, self._clashes = [each.change for each in self._clashes], ()
        show(self, False)
        self._speak(str(say("leader.clash_left")))
        self.left(mine)

    def _insist(self) -> None:
        mine = [
            replace(each.change, before=each.now)
            for each in self._clashes
            if each.change.field not in (GONE, "stage") and each.now != GONE
        ]
        self._clashes = ()
        show(self, False)
        self.write(mine)


def _both(clash: Clash, board: Board, names: Mapping[str, str]) -> Markup:
    change = clash.change
    mine, now = (
        in_cell(shown(board, change.field, text, names)) or str(say("leader.nothing"))
        for text in (change.after, clash.now)
    )
    who = clash.by or str(say("leader.somebody"))
    at = clash.at.astimezone().strftime("%H:%M") if clash.at else ""
    where = tag("span", typed(names.get(change.leader, "")), ", ", heading(board, change.field), class_="place")
    says = sentence(say("leader.clash_both", mine=mine, who=who, at=at, now=now))
    return tag("span", where, says)
