"""Sheets in and out: what a sheet would do is told before anything is written; and files and paper to hand on."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import groupby

import ipywidgets
from markupsafe import Markup

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import Piece, join, sentence, tag, typed
from relexp.apps.leader_clash import ClashPanel
from relexp.apps.leader_table import derived
from relexp.apps.paper_panel import Papers
from relexp.apps.paste import XLSX
from relexp.apps.widgets import Download, Fragment, SheetChooser, button, row, show
from relexp.exchange.leader_contacts import osdi_csv, vcards
from relexp.exchange.leader_print import Shown, review_sheets, table_page
from relexp.exchange.leader_sheets import leaders_csv, leaders_xlsx, read_leaders
from relexp.leadership.arriving import Arrival, arrive, impact
from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, Change
from relexp.leadership.evidence import Evidence, Kind
from relexp.leadership.finding import Query
from relexp.leadership.leader import Row
from relexp.messages import Fault, FaultsFound, say
from relexp.privacy.retention import LEADERS
from relexp.privacy.roles import Identity
from relexp.roster.table import Table
from relexp.store import Store
from relexp.store.leader_deeds import Done

# More faults than these are mended in the spreadsheet.
_MOST = 40
# More pages than these nobody prints in one go.
_PRINTED = 2000


class SheetsPanel(ipywidgets.VBox):
    """`changed` is called when a sheet was taken in."""

    changed: Callable[[], None]

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
        self._query, self._told = Query(), ""
        self._columns: tuple[str, ...] = ("name",)
        self._arrival: Arrival | None = None
        self.heading, self.preflight, self.out = Fragment(), Fragment(), Fragment()
        self.chooser = SheetChooser(label=str(say("leader.sheet_choose")), hint=str(say("leader.sheet_hint")))
        self.chooser.observe(lambda _: guard(self._chosen), "chosen")
        self.paste = ipywidgets.Textarea(description=str(say("leader.sheet_paste")), rows=6)
        self.take = button(str(say("leader.sheet_look")), lambda: guard(self._pasted))
        self.keep = button(str(say("leader.sheet_keep")), lambda: guard(self._keep), main=True)
        self.leave = button(str(say("leader.sheet_leave")), lambda: guard(self._leave))
        self.said = AskedAgain(speak, "", "", lambda: None)
        self.clash = ClashPanel(guard, speak)
        self.clash.write = self._insist
        self._presses = row((self.keep, self.leave))
        self._question = ipywidgets.VBox((self.preflight, self._presses))
        words = {word: str(say(f"paper.{word}")) for word in ("list", "print", "save", "making")}
        words |= {"print_all": str(say("leader.print_table")), "save_all": str(say("leader.print_save"))}
        words["list"] = str(say("leader.print_more"))
        things = [
            {"page": page, "title": str(say(f"leader.print_{page}")), "place": ""} for page in ("table", "sheets")
        ]
        self.papers = Papers(self._page, things=things, words=words)
        super().__init__(self._laid_out())
        self._ask(False)
        self.add_class("sheets")

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        name, out = str(say("leader.sheet_file")), Fragment()
        out.show(tag("h2", str(say("leader.sheet_out"))))
        kinds = {"xlsx": XLSX, "csv": "text/csv", "vcf": "text/vcard", "osdi": "text/csv"}
        self.files = {
            kind: Download(
                partial(self._file, kind),
                label=str(say(f"leader.sheet_{kind}")),
                filename=f"{name}.{kind}" if kind != "osdi" else f"{name}-osdi.csv",
                kind=media,
            )
            for kind, media in kinds.items()
        }
        paste = ipywidgets.VBox((self.paste, row((self.take,))))
        paste.add_class("paste")
        self._bring = ipywidgets.VBox((self.heading, self.chooser, paste))
        taking = ipywidgets.VBox((self._bring, self._question, self.said, self.clash))
        self._take_along = ipywidgets.VBox((out, self.out, row(self.files.values()), self.papers))
        return (taking, self._take_along)

    def offer(
        self, store: Store, me: Identity, board: Board, query: Query, columns: tuple[str, ...], told: str
    ) -> None:
        """Take sheets into this table, and give what it shows."""
        self._store, self._me, self._board = store, me, board
        self._query, self._columns, self._told = query, columns, told
        show(self._take_along, bool(store.leaders.page(Query(), self._today(), many=0).total))
        hint = tag("p", sentence(say("leader.sheet_lead")), class_="hint")
        self.heading.show(join((tag("h2", str(say("leader.sheet_in"))), hint)))
        lines = (tag("p", sentence(say("leader.sheet_shown", told=told)), class_="read"), say("leader.sheet_careful"))
        self.out.show(join((lines[0], tag("p", sentence(lines[1]), class_="hint"))))

    def _ask(self, asked: bool) -> None:
        """Nothing but the question is on the page while it waits for an answer."""
        show(self._question, asked)
        show(self._bring, not asked)

    def look_at(self, data: bytes, name: str) -> None:
        """Show what a sheet would do to the table."""
        if self._board is None:
            return
        self.said.close_note()
        try:
            table = read_leaders(data, name, self._board)
        except FaultsFound as found:
            self._ask(False)
            self.said.wrong([fault.message for fault in found.faults])
            return
        self.would(table)

    def would(self, table: Table) -> None:
        """Show what the rows of a sheet would do to the table."""
        if self._store is None or self._board is None:
            return
        known = {each.leader.id: each.leader for each in self._store.leaders.all()}
        gone = self._store.leaders.taken_out()
        self._arrival = arrive(self._board, table, known, lambda: secrets.token_hex(16), gone)
        self._show()

    def _show(self) -> None:
        found = self._arrival
        assert found is not None
        told = impact(found)
        lines = tag("ul", *(tag("li", sentence(each)) for each in told), class_="said")
        rows = groupby(found.refused[:_MOST], key=lambda fault: fault.row)
        faults = [_faulty(row, [*those]) for row, those in rows]
        if len(found.refused) > _MOST:
            faults.append(tag("li", sentence(say("leader.sheet_faults_more", count=len(found.refused) - _MOST))))
        refused = tag("ul", *faults, class_="faults note") if faults else None
        heading = tag("h2", str(say("leader.sheet_would")), id="would", tabindex="-1")
        self.preflight.show(join(each for each in (heading, lines, refused) if each is not None))
        self._ask(True)
        show(self.keep, bool(found.added or found.changes))
        self._speak(" ".join(map(str, told)), go="would")

    def _keep(self) -> None:
        found = self._arrival
        if found is None or self._store is None or self._me is None:
            return
        today = self._now().astimezone().date()
        evidence = {id: Evidence("", id, Kind.OTHER, today, text, self._me.name) for id, text in found.evidence.items()}
        # What a sheet tells of a stage is shown before it is written, so a second press is none.
        self._arrival = None
        # Whoever is in the table is looked over once a year.
        new = [replace(each, review=each.review or today + LEADERS) for each in found.added]
        done = self._store.leaders.change(found.changes, self._me, self._now(), evidence=evidence, new=new)
        self._ask(False)
        self.paste.value = ""
        self._after(done)

    def _insist(self, changes: Sequence[Change]) -> None:
        if self._store is not None and self._me is not None:
            self._after(self._store.leaders.change(changes, self._me, self._now()))

    def _after(self, done: Done) -> None:
        if self._store is None or self._board is None:
            return
        self.said.kept([say("leader.sheet_kept", rows=done.rows)])
        self.clash.tell(done.clashes, self._board, self._store.leaders.names() if done.clashes else {})
        self.changed()

    def _leave(self) -> None:
        self._arrival = None
        self._ask(False)
        self.said.kept([say("leader.sheet_left")])
        self.changed()

    def _chosen(self) -> None:
        if self.chooser.size > self.chooser.most:
            self.said.wrong([say("sheet.too_big", file=self.chooser.name)])
            return
        self.look_at(self.chooser.content, self.chooser.name)

    def _pasted(self) -> None:
        if not self.paste.value.strip():
            self.said.wrong([say("bring.nothing")])
            return
        self.look_at(self.paste.value.encode(), str(say("bring.pasted")))

    def _rows(self) -> tuple[Row, ...]:
        assert self._store is not None
        return self._store.leaders.page(self._query, self._today(), many=10**6).rows

    def _file(self, kind: str) -> bytes:
        """What the table shows, as a file; a sheet holds every column, so that it can be taken in again."""
        assert self._store is not None
        assert self._board is not None
        rows = self._rows()
        if kind == "vcf":
            return vcards(rows)
        if kind == "osdi":
            return osdi_csv(self._board, rows)
        challenges: dict[str, str] = {}
        for each in reversed(self._store.leaders.lines.challenges()):
            challenges[each.leader] = each.what
        return (leaders_csv if kind == "csv" else leaders_xlsx)(self._board, rows, challenges)

    def _page(self, name: str) -> tuple[str, bytes]:
        assert self._store is not None
        assert self._board is not None
        page = self._store.leaders.page(self._query, self._today(), many=_PRINTED)
        told: dict[str, Mapping[str, str]] = {
            each.leader.id: {key: derived(each, key, page.challenges) for key in DERIVED} for each in page.rows
        }
        what = Shown(self._board, page.rows, self._columns, self._told, self._store.leaders.names(), told)
        file = f"{say('leader.sheet_file')}{'' if name == 'table' else '-review'}.html"
        return file, table_page(what) if name == "table" else review_sheets(what)

    def _today(self) -> date:
        return self._now().astimezone().date()


def _faulty(row: int | None, faults: Sequence[Fault]) -> Markup:
    """All that is to be mended in one row of a sheet."""
    place = tag("span", str(say("place.row", row=row)), class_="place") if row else None
    return tag("li", place, tag("ul", *(tag("li", *_cell(each)) for each in faults)))


def _cell(fault: Fault) -> tuple[Piece, ...]:
    column = tag("strong", str(say("place.column", column=fault.column)), class_="column") if fault.column else ""
    said = str(fault.message)
    value = tag("span", "“", typed(fault.value), "” ") if fault.value and fault.value not in said else ""
    return (column, " ", value, sentence(fault.message))
