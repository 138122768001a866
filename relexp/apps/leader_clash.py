"""Two wrote into one cell: both versions side by side, and nothing is written over until somebody has chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import in_words, sentence, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import Change, heading, in_cell, shown
from relexp.messages import say
from relexp.store.leader_deeds import GONE, Clash

# More of them are a spreadsheet's, and are told as one.
_MOST = 8
_WORDING = "wording."


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

    def tell(self, clashes: Sequence[Clash], board: Board, names: Mapping[str, str]) -> bool:
        """Show both versions of each cell, and whether there are any; where both wrote the same there is no clash."""
        gone = [each for each in clashes if GONE in (each.now, each.change.field)]
        cells = _cells(each for each in clashes if each not in gone)
        self._clashes = tuple(each for each in cells if _insists(each))
        show(self, bool(gone or cells))
        if not gone and not cells:
            return False
        lines = [tag("li", _both(each, board, names)) for each in cells[:_MOST]]
        lines += [tag("li", sentence(say("leader.clash_more", count=len(cells) - _MOST)))] if len(cells) > _MOST else []
        if gone:
            lines.append(
                tag("li", sentence(say("leader.clash_gone", count=len({each.change.leader for each in gone}))))
            )
        head = say("leader.clash_head")
        told = tag("p", sentence(head), class_="read", id="clash", tabindex="-1")
        self.said.show(tag("div", told, tag("ul", *lines, class_="faults")))
        show(self.mine, bool(self._clashes))
        self._speak(str(head), go="clash")
        return True

    def _leave(self) -> None:
        mine, self._clashes = [each.change for each in self._clashes], ()
        show(self, False)
        self._speak(str(say("leader.clash_left")))
        self.left(mine)

    def _insist(self) -> None:
        mine = [replace(each.change, before=each.now) for each in self._clashes]
        self._clashes = ()
        show(self, False)
        self.write(mine)


def _cells(clashes: Iterable[Clash]) -> list[Clash]:
    """Those in which the two wrote something else; who agreed to words is no matter where the words are others."""
    found = [each for each in clashes if each.now != each.change.after]
    fields = {(each.change.leader, each.change.field) for each in found}
    return [
        each for each in found if (each.change.leader, _part(each)) not in fields or _part(each) == each.change.field
    ]


def _insists(clash: Clash) -> bool:
    """Whether it can be written all the same: a stage needs what shows it, and nobody agrees for another."""
    return clash.change.field != "stage" and _part(clash) == clash.change.field


def _part(clash: Clash) -> str:
    return clash.change.field.removeprefix(_WORDING)


def _told(field: str, text: str, board: Board, names: Mapping[str, str]) -> str:
    if text and field.startswith(_WORDING):
        return str(say(f"leader.wording_{text}"))
    return in_cell(shown(board, field, text, names)) or str(say("leader.nothing"))


def _both(clash: Clash, board: Board, names: Mapping[str, str]) -> Markup:
    change, field = clash.change, _part(clash)
    mine, now = (_told(change.field, text, board, names) for text in (change.after, clash.now))
    who = clash.by or str(say("leader.somebody"))
    then = clash.at.astimezone() if clash.at else None
    at = str(say("leader.clash_at", day=in_words(then.date()), time=f"{then:%H:%M}")) if then else ""
    where = tag("span", typed(names.get(change.leader, "")), ", ", heading(board, field), class_="place")
    says = sentence(say("leader.clash_both", mine=mine, who=who, at=at, now=now))
    return tag("span", where, says)
