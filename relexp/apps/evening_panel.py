"""The planned evening on the page: its figures, three ways to read it, a name to find, and files to keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import ipywidgets
from markupsafe import Markup

from relexp.apps.compare_panel import ComparePanel
from relexp.apps.evening_view import A_SCREENFUL, Seen, person_view, round_view, table_view
from relexp.apps.figures import counts, promises, shortfalls
from relexp.apps.hand_panel import HandPanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.room_screen import RoomScreen
from relexp.apps.widgets import Download, Fragment, Pick, button, row, show
from relexp.exchange.evenings import csv_bytes, xlsx_bytes
from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BY_ROUND, BY_PERSON, BY_TABLE = range(3)


class EveningPanel(ipywidgets.VBox):
    """Everything about one evening, empty until `present` brings one; `looked` is called when it is looked at anew."""

    looked: Callable[[], None]

    def __init__(self) -> None:
        self.looked = lambda: None
        self.evening: Evening | None = None
        self.roster = Roster(())
        self.heading, self.promises, self.seen, self.count = Fragment(), Fragment(), Fragment(), Fragment()
        self.quiet = Fragment()
        self.hand = HandPanel(self._changed_by_hand)
        self.room = RoomScreen()
        self.compare = ComparePanel()
        self._stopped, self._told = False, tuple[Message, ...]()
        views = [str(say(code)) for code in ("app.view_round", "app.view_person", "app.view_table")]
        self.view = Pick(label=str(say("app.view")), options=views)
        self.round = Pick(label=str(say("app.round")))
        self.find = ipywidgets.Text(description=str(say("app.find")), continuous_update=True)
        self.show_all = button("", self._show_all)
        name = str(say("app.take_file"))
        self.xlsx = Download(self._xlsx, label=str(say("app.take_xlsx")), filename=f"{name}.xlsx", kind=XLSX)
        self.csv = Download(self._csv, label=str(say("app.take_csv")), filename=f"{name}.csv", kind="text/csv")
        self._most = A_SCREENFUL
        for control in (self.view, self.round, self.find):
            control.observe(self._changed, "value")
        super().__init__(self._laid_out())
        self.add_class("step")
        show(self, False)

    def present(
        self,
        evening: Evening,
        roster: Roster,
        stopped: bool = False,
        reasons: Sequence[Message] = (),
        quiet: Sequence[int] = (),
    ) -> None:
        """Show an evening from its first round on; `reasons` are those for which there was none better.

        The `quiet` tables are named.
        """
        self.evening, self.roster = None, roster
        self.round.options = [str(round.number) for round in evening.rounds]
        self.view.value, self.round.value, self.find.value = BY_ROUND, 0, ""
        self.evening = evening
        self._stopped, self._told = stopped, tuple(reasons)
        self._show_figures(evening)
        tables = ", ".join(map(str, quiet))
        self.quiet.show(tag("p", sentence(say("note.quiet", tables=tables))) if tables else None)
        self._most = A_SCREENFUL
        self._draw()
        show(self, True)
        self.looked()

    @property
    def looking(self) -> str:
        """How the evening is looked at, as text to keep: the view, the round, and the name that is looked for."""
        return json.dumps([self.view.value, self.round.value, self.find.value])

    def look(self, looking: str) -> None:
        """Look at the evening as before; a text that says nothing changes nothing."""
        try:
            view, round, find = json.loads(looking)
            self.view.value, self.round.value, self.find.value = int(view), int(round), str(find)
        except (ValueError, TypeError):
            return

    def _show_figures(self, evening: Evening) -> None:
        by_hand = self.hand.touched
        self.room.present(evening)
        rules = self.hand.steps.now.rules if self.hand.steps is not None else None
        if rules is not None:
            self.compare.offer(evening, self.roster, rules)
        pieces = (
            tag("h2", str(say("app.evening")), id="evening", tabindex="-1"),
            tag("p", str(say("app.stopped")), class_="note") if self._stopped and not by_hand else None,
            shortfalls(evening.report, self._told, "hand.not_kept" if by_hand else "app.least_bad_heading"),
            counts(evening, self.roster),
        )
        self.heading.show(join(piece for piece in pieces if piece))
        self.promises.show(join((tag("h3", str(say("app.figures"))), promises(evening, self.roster, rules))))

    def _changed_by_hand(self, evening: Evening) -> None:
        """The same evening with something changed: the view stays where it is."""
        if self.view.value == BY_PERSON and self.hand.on:
            self.view.value = BY_ROUND
        self.evening = evening
        self._show_figures(evening)
        self._draw()

    def clear(self) -> None:
        """Take the evening off the page: it is of another room."""
        self.evening = None
        self.hand.clear()
        show(self, False)

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        where = Fragment()
        where.show(tag("h3", str(say("app.where"))))
        controls = row((self.view, self.round, self.find))
        controls.add_class("controls")
        more = row((self.count, self.show_all))
        seats = ipywidgets.VBox((self.hand, self.seen))
        seats.add_class("in-hand")
        return (
            self.heading,
            row((self.room,)),
            where,
            self.quiet,
            controls,
            self.hand.bar,
            seats,
            more,
            self.promises,
            self.compare,
        )

    def _changed(self, change: object) -> None:
        self._most = A_SCREENFUL
        self._draw()
        if self.evening is not None:
            self.looked()

    def _show_all(self) -> None:
        self._most = len(self.roster)
        self._draw()

    def _draw(self) -> None:
        if self.evening is None:
            return
        seen = self._look(self.evening)
        show(self.round, self.view.value == BY_ROUND)
        self.seen.show(seen.page if seen.found else self._nobody())
        fewer = seen.shown < seen.found
        self.count.show(
            tag("p", sentence(say("app.found_some", shown=seen.shown, found=seen.found))) if fewer else None
        )
        self.show_all.description = str(say("app.show_all", found=seen.found))
        show(self.show_all, fewer)

    def _look(self, evening: Evening) -> Seen:
        find = self.find.value.strip()
        if self.view.value == BY_PERSON:
            return person_view(evening, self.roster, find, self._most)
        if self.view.value == BY_TABLE:
            return table_view(evening, find, self._most, self.hand.marks)
        return round_view(evening, evening.rounds[self.round.value], find, self._most, self.hand.marks)

    def _nobody(self) -> Markup:
        return tag("p", sentence(say("app.found_none", find=self.find.value.strip())))

    def _xlsx(self) -> bytes:
        return xlsx_bytes(self.evening, self.roster) if self.evening else b""

    def _csv(self) -> bytes:
        return csv_bytes(self.evening, self.roster, marked=True) if self.evening else b""
