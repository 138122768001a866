"""The table of leaders on the page: a page of rows, cells to correct in place, and what was done taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import join, sentence, tag
from relexp.apps.leader_clash import ClashPanel
from relexp.apps.leader_stage import StagePanel
from relexp.apps.widgets import Fragment, script
from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, Change, cell, heading, in_cell, read, shown
from relexp.leadership.evidence import Deed
from relexp.leadership.finding import OVERDUE, SORTS, UNMET, Query, found
from relexp.leadership.history import next_back
from relexp.leadership.leader import Leader, Row
from relexp.messages import FaultsFound, say, tell
from relexp.privacy.roles import Identity
from relexp.store import Store
from relexp.store.leader_deeds import Done
from relexp.store.leaders import Page

MANY = 50
_WIDE = frozenset({"step", "self_interest", "talents", "stretch", "challenge"})


# Whom and which columns a piece of a spreadsheet is for: from the cell it was pasted into on.
Corner = tuple[tuple[str, ...], tuple[str, ...]]


class TableWidget(anywidget.AnyWidget):
    """A page of the table as the browser draws it, again whenever `revision` changes.

    A row has its `id`, `name`, `cells` (as they are kept) and `shown` (as people read them), the keys of cells that are
    `late` or wait for the other to agree (`open`), and its `group`: a name and how many, or None.
    """

    _esm = script("leaders.js")
    words = traitlets.Dict().tag(sync=True)
    columns: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    rows: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    wrong = traitlets.Dict().tag(sync=True)
    sorted: traitlets.List[object] = traitlets.List(["name", False]).tag(sync=True)
    place = traitlets.Dict({"start": 0, "many": MANY, "total": 0}).tag(sync=True)
    undo = traitlets.Unicode().tag(sync=True)
    redo = traitlets.Unicode().tag(sync=True)
    add = traitlets.Bool(False).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)


class LeaderTable(ipywidgets.VBox):
    """Whom `ask` asks for; `opened` is called with the id of whoever is opened, `pasted` with several rows at once."""

    opened: Callable[[str], None]
    added: Callable[[], None]
    sorted_by: Callable[[str], None]
    pasted: Callable[[str, Corner | None], None]

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._guard, self._speak, self._now = guard, speak, now
        self._store: Store | None = None
        self._me: Identity | None = None
        self._board: Board | None = None
        self._query, self._start, self._columns = Query(), 0, tuple[str, ...]()
        self._rows: dict[str, Row] = {}
        self._told = ""
        self._day: date | None = None
        self._names: Mapping[str, str] = {}
        self.summary = Fragment()
        self.table = TableWidget(words=_words())
        self.table.on_msg(lambda _, said, __: guard(lambda: self._heard(said)))
        self.stage = StagePanel(guard, speak, now)
        self.stage.done = self._staged
        self.clash = ClashPanel(guard, speak)
        self.clash.write = self._write_anyway
        self.clash.left = lambda mine: self._back_to(mine[0].leader, mine[0].field)
        super().__init__((self.summary, self.clash, self.stage, self.table))

    def offer(self, store: Store, me: Identity, board: Board) -> None:
        """Work on the table of this store."""
        self._store, self._me, self._board = store, me, board

    def ask(self, query: Query, columns: tuple[str, ...], told: str, start: int = 0, day: date | None = None) -> None:
        """Show whom a question asks for, from a place on; `told` says the question in words.

        With a `day` it is the table as it was then, to read and not to change.
        """
        self._query, self._columns, self._start, self._told, self._day = query, columns, start, told, day
        self.table.wrong = {}
        self.look()

    @property
    def start(self) -> int:
        """The place of the first row that is shown."""
        return self._start

    @property
    def count(self) -> str:
        """How many people the table shows on all its pages, in words."""
        return str(say("leader.found", count=self.table.place["total"]))

    def look(self) -> None:
        """Show the rows as they are now."""
        if self._store is None or self._board is None or self._me is None:
            return
        today = self._day or self._today()
        page = self._page(self._start)
        if not page.rows and page.total:
            # Those of the last page are gone.
            self._start = (page.total - 1) // MANY * MANY
            page = self._page(self._start)
        self._rows = {row.leader.id: row for row in page.rows}
        developers = {row.leader.developed_by for row in page.rows if row.leader.developed_by}
        self._names = self._store.leaders.names(developers)
        deeds = self._store.leaders.deeds(self._me)
        with self.table.hold_sync():
            self.table.columns = [self._column(key) for key in self._columns if key != "name"]
            self.table.rows = [self._plain(row, page.challenges, page.groups, today) for row in page.rows]
            self.table.place = {"start": self._start, "many": MANY, "total": page.total}
            self.table.sorted = [self._query.sort, self._query.down]
            self.table.undo, self.table.redo = _offers(() if self._day else deeds)
            self.table.add = self._day is None
            self.table.revision += 1
        heading = tag("h2", str(say("leader.view_table")), class_="unseen")
        lines = [heading, tag("p", self._told, " ", tag("span", self.count, class_="small"), class_="read")]
        if not page.total:
            lines.append(tag("p", sentence(say("leader.nobody")), class_="hint"))
        self.summary.show(join(lines))

    def _page(self, start: int) -> Page:
        assert self._store is not None
        assert self._board is not None
        if self._day is None:
            return self._store.leaders.page(self._query, self._today(), start, MANY)
        stages = tuple(stage.key for stage in self._board.ladder)
        rows = found(self._store.leaders.as_of(self._day), self._query, self._day, stages)
        counted = Counter(cell(row.leader, self._query.group) for row in rows) if self._query.group else {}
        return Page(tuple(rows[start : start + MANY]), len(rows), counted, {})

    def _column(self, key: str) -> dict[str, object]:
        assert self._board is not None
        plain: dict[str, object] = {"key": key, "text": heading(self._board, key), "sorts": key in SORTS}
        if key in DERIVED or self._day:
            plain["read"] = True
        if key in ("stage", "following"):
            keys = [stage.key for stage in self._board.ladder] if key == "stage" else ["0", "1-2", "3-9", "10+"]
            plain["options"] = [["", "–"], *([each, shown(self._board, key, each, {})] for each in keys)]
        plain["wide"] = key in _WIDE
        plain["day"] = key in ("due", "review") or key.startswith("training.")
        return plain

    def _plain(
        self, row: Row, challenges: Mapping[str, str], groups: Mapping[str, int], today: date
    ) -> dict[str, object]:
        assert self._board is not None
        leader, cells, texts = row.leader, [], []
        for key in self._columns:
            if key == "name":
                continue
            kept = derived(row, key, challenges) if key in DERIVED else cell(leader, key)
            cells.append(kept)
            texts.append(kept if key in DERIVED else in_cell(shown(self._board, key, kept, self._names)))
        late = [] if leader.step is None or leader.step.late(today) <= OVERDUE else ["step", "due"]
        late += ["met"] if row.met is None or (today - row.met).days > UNMET else []
        late += ["review"] if leader.review and leader.review <= today else []
        group = None
        if self._query.group:
            key = cell(leader, self._query.group)
            named = shown(self._board, self._query.group, key, self._names) or str(say("leader.group_none"))
            group = [named, str(say("leader.group_count", count=groups.get(key, 0)))]
        return {
            "id": leader.id,
            "name": leader.name,
            "cells": cells,
            "shown": texts,
            "late": late,
            "open": list(leader.to_agree),
            "group": group,
        }

    def _heard(self, said: Mapping[str, object]) -> None:
        """What the browser says; what does not fit the table is nothing."""
        match said:
            case _ if self._day and not said.keys() & {"sort", "page", "open"}:
                return
            case {"edit": [str(id), str(field), str(typed)]} if id in self._rows and field in self._columns:
                self._edit(id, field, typed)
            case {"sort": str(key)} if key in SORTS:
                self.sorted_by(key)
            case {"page": int(start)}:
                self._start = max(0, start)
                self.look()
            case {"open": str(id)} if id in self._rows:
                self.opened(id)
            case {"add": True}:
                self.added()
            case {"undo": True}:
                self._take_back(redo=False)
            case {"redo": True}:
                self._take_back(redo=True)
            case {"paste": str(text), "at": [str(id), str(field)]} if id in self._rows:
                self.pasted(text, self._from(id, field))
            case {"paste": str(text)}:
                self.pasted(text, None)

    def _from(self, id: str, field: str) -> Corner | None:
        """The people and the columns from a cell on; None from a name on, where whole rows begin."""
        ids = [*self._rows]
        if field not in self._columns or field == "name":
            return None
        return tuple(ids[ids.index(id) :]), self._columns[self._columns.index(field) :]

    def _edit(self, id: str, field: str, typed: str) -> None:
        assert self._board is not None
        assert self._store is not None
        store, leader = self._store, self._rows[id].leader
        wrong = {key: why for key, why in self.table.wrong.items() if key != f"{id} {field}"}
        try:
            text = read(self._board, field, typed, store.leaders.ids_of)
            if field == "developed_by":
                self._check_ring(leader, text)
        except FaultsFound as found:
            self.table.wrong = wrong | {f"{id} {field}": [typed, str(found.faults[0].message)]}
            self.look()
            self._speak(str(found.faults[0].message))
            return
        self.table.wrong = wrong
        change = Change(id, field, cell(leader, field), text)
        if field == "stage" and change.before != change.after:
            self.stage.ask(store, self._board, leader, text, self._me)
            return
        self._write([change])

    def _check_ring(self, leader: Leader, by: str) -> None:
        """Raise FaultsFound where somebody would develop themselves, straight or through others."""
        assert self._store is not None
        if by == leader.id:
            raise FaultsFound([tell("lead.sheet_self", name=leader.name)])
        if by and leader.id in self._store.leaders.above(by):
            raise FaultsFound([tell("lead.sheet_circle", name=leader.name)])

    def _write(self, changes: Sequence[Change]) -> None:
        assert self._store is not None
        assert self._me is not None
        done = self._store.leaders.change(changes, self._me, self._now())
        self._after(done)

    def _after(self, done: Done) -> None:
        assert self._board is not None
        self.look()
        self.clash.tell(done.clashes, self._board, self._store.leaders.names() if done.clashes and self._store else {})
        if done.deed and not done.clashes:
            self._speak(str(say("leader.kept")))

    def _write_anyway(self, changes: Sequence[Change]) -> None:
        """Mine in place of theirs: what stands there now was seen and chosen against."""
        self._write(changes)
        if changes:
            self._back_to(changes[0].leader, changes[0].field)

    def _staged(self, done: Done | None) -> None:
        if done is None:
            self.look()
        else:
            self._after(done)
        if self.stage.leader:
            self._back_to(self.stage.leader, "stage")

    def focus(self, id: str) -> None:
        """Go on at the name of somebody."""
        self._back_to(id, "name")

    def _back_to(self, id: str, field: str) -> None:
        """Go on at the cell that whoever works here had left."""
        if id in self._rows and field in ("name", *self._columns):
            self.table.send({"focus": [id, field]})

    def _take_back(self, *, redo: bool) -> None:
        assert self._store is not None
        assert self._me is not None
        undone, again = next_back(self._store.leaders.deeds(self._me))
        deed = again if redo else undone
        if deed is None:
            return
        done = self._store.leaders.undo(deed.id, self._me, self._now())
        self._after(done)
        self._speak(str(say("leader.redone" if redo else "leader.undone", rows=done.rows)))

    def _today(self) -> date:
        return self._now().astimezone().date()


def derived(row: Row, key: str, challenges: Mapping[str, str]) -> str:
    match key:
        case "met":
            return in_cell(row.met.isoformat()) if row.met else str(say("leader.never"))
        case "meetings":
            return str(row.meetings)
        case "seen":
            return in_cell(row.seen.isoformat()) if row.seen else str(say("leader.never"))
    return challenges.get(row.leader.id, "")


def _offers(deeds: tuple[Deed, ...]) -> tuple[str, str]:
    undone, again = next_back(deeds)
    told = [_rows(each.rows) if each else "" for each in (undone, again)]
    return told[0], told[1]


def _rows(count: int) -> str:
    return str(say("leader.deed_one") if count == 1 else say("leader.deed", rows=count))


def _words() -> dict[str, str]:
    codes = ("table", "name", "undo", "redo", "add", "previous", "next", "to_agree", "rest")
    numbers = {name: f"{{{name}}}" for name in ("first", "last", "total")}
    return {code: str(say(f"leader.word_{code}")) for code in codes} | {
        "place": str(say("leader.word_place", **numbers))
    }
