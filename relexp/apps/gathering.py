"""Plan a gathering: choose the sheet, see the mix of the room, plan the evening, take it with you."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import RLock

import ipywidgets

from relexp.apps.evening_panel import EveningPanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.planning import Planning, log_fault
from relexp.apps.room_view import faults_page, mix_page, reasons_page, warnings_page
from relexp.apps.widgets import Fragment, SheetChooser, Voice, button, make_main, row, show
from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.messages import Fault, FaultsFound, Message, say, tell
from relexp.pairing import Impossible
from relexp.pairing.evening import Evening
from relexp.pairing.seating import quiet_tables
from relexp.roster.duplicates import Duplicate, likely_duplicates, merge
from relexp.roster.mix import mix
from relexp.roster.person import Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rule_warnings import rule_warnings

ROUNDS = 5
MOST_ROUNDS = 30


def gathering() -> Gathering:
    """The app, as a widget to put on a page; with RELEXP_DEMO=1 around it, it opens on the made-up room."""
    app = Gathering()
    if os.environ.get("RELEXP_DEMO") == "1":
        app.demo.click()
    return app


class Gathering(ipywidgets.VBox):
    """The facilitator's first page. What it shows follows from `roster`, and from what `evening` holds."""

    def __init__(self) -> None:
        self.roster: Roster | None = None
        self.planning: Planning | None = None
        self.told: tuple[Message, ...] = ()
        self._lock = RLock()
        self._room_steps()
        self._plan_steps()
        self.evening = EveningPanel()
        self.voice = Voice()
        super().__init__((self._who, self._mix_step, self._plan_step, self.evening, self.voice))
        self.add_class("app")

    def _room_steps(self) -> None:
        opening, self.outcome, self.warnings, self.mix = Fragment(), Fragment(), Fragment(), Fragment()
        opening.show(
            join(
                (
                    tag("h1", str(say("app.title"))),
                    tag("p", str(say("app.purpose")), class_="lead"),
                    tag("h2", str(say("app.who"))),
                )
            )
        )
        self.sheet = SheetChooser(label=str(say("app.choose")), hint=str(say("app.choose_hint")))
        self.sheet.observe(lambda _: self._guard(self._read_chosen), "chosen")
        self.demo = button(str(say("app.demo")), lambda: self._guard(self._read_demo))
        self.duplicates = ipywidgets.VBox()
        who = (opening, row((self.sheet, self.demo)), self.outcome, self.warnings, self.duplicates)
        self._who = _step(who)
        self._mix_step = _step((_heading("app.mix"), self.mix))
        show(self._mix_step, False)

    def _plan_steps(self) -> None:
        # Not a bounded box: that would change what somebody typed without a word.
        self.rounds = ipywidgets.IntText(value=ROUNDS, description=str(say("app.rounds")))
        self.rounds.observe(lambda _: self._guard(self._rounds_typed), "value")
        self.rounds_note = Fragment()
        self.rounds_note.show(None)
        hint, self.progress, self.reasons = Fragment(), Fragment(), Fragment()
        hint.show(tag("p", str(say("app.rounds_hint")), class_="hint"))
        self.plan = button(str(say("app.plan")), lambda: self._guard(self._start), main=True)
        self.stop = button(str(say("app.stop")), self._stop)
        self.least_bad = button(str(say("app.least_bad")), lambda: self._guard(lambda: self._start(least_bad=True)))
        show(self.stop, False)
        show(self.least_bad, False)
        actions = row((self.plan, self.stop))
        self._plan_step = _step(
            (
                _heading("app.plan_heading"),
                self.rounds,
                self.rounds_note,
                hint,
                actions,
                self.progress,
                self.reasons,
                row((self.least_bad,)),
            )
        )
        show(self._plan_step, False)

    # Who is coming

    def _read_chosen(self) -> None:
        name = self.sheet.name
        if self.sheet.size > self.sheet.most:
            self._refuse(name, (tell("app.too_big", name=name),))
        else:
            self._read(name, self.sheet.content)

    def _read_demo(self) -> None:
        self._read(str(say("app.demo_name")), demo_sheet(), file="demo.csv")

    def _read(self, name: str, data: bytes, file: str | None = None) -> None:
        self.outcome.show(tag("p", sentence(say("app.reading", name=name))))
        try:
            loaded = read_roster(data, file or name)
        except FaultsFound as found:
            self._refuse(name, found.faults)
            return
        self.rounds.value = _first_rounds(loaded.roster)
        self._take(loaded.roster, name, loaded.warnings)

    def _refuse(self, name: str, faults: tuple[Fault, ...]) -> None:
        self._forget()
        self.outcome.show(faults_page(faults, name))
        many = (
            say("app.faults_one", name=name)
            if len(faults) == 1
            else say("app.faults_many", name=name, count=len(faults))
        )
        self.voice.say(str(many), go="faults")

    def _forget(self) -> None:
        """Nothing of an earlier room stays on the page."""
        with self._lock:
            if self.planning is not None:
                self.planning.stop()
            self.planning = self.roster = None
        self.evening.clear()
        self._rounds_changed()
        self._rest()
        self._offered(())
        for fragment in (self.warnings, self.reasons, self.mix):
            fragment.show(None)
        show(self._mix_step, False)
        show(self._plan_step, False)
        show(self.least_bad, False)
        self._stand_out(self.sheet)

    def _take(self, roster: Roster, name: str, warnings: tuple[Fault, ...]) -> None:
        self._forget()
        self.roster = roster
        rules = default_rules(roster, rounds=self.rounds.value)
        read = say("app.read", people=len(roster), name=name)
        self.outcome.show(tag("p", sentence(read), class_="read", id="read", tabindex="-1"))
        # The same people twice are asked about below.
        known = (warning for warning in warnings if warning.message.code != "sheet.same_person")
        self.warnings.show(warnings_page((*known, *rule_warnings(rules, roster))))
        self._offer_merges(roster, name, warnings)
        self.mix.show(mix_page(mix(roster, rules)))
        self.sheet.label, self.sheet.hint = str(say("app.choose_other")), ""
        self.plan.description = str(say("app.plan"))
        show(self._mix_step, True)
        show(self._plan_step, True)
        self._stand_out(self.plan)
        self.voice.say(str(read))

    def _offer_merges(self, roster: Roster, name: str, warnings: tuple[Fault, ...]) -> None:
        offers = [self._offer(roster, duplicate, name, warnings) for duplicate in likely_duplicates(roster)]
        self._offered((_heading("app.duplicates", "h3", id="twice", tabindex="-1"), *offers) if offers else ())

    def _offered(self, children: tuple[ipywidgets.Widget, ...]) -> None:
        """Show what is left to decide about people who may stand on the sheet twice."""
        self.duplicates.children = children if len(children) > 1 else ()
        show(self.duplicates, bool(self.duplicates.children))

    def _offer(self, roster: Roster, duplicate: Duplicate, name: str, warnings: tuple[Fault, ...]) -> ipywidgets.Widget:
        words = Fragment()
        first, second = duplicate.rows
        rows = tag("span", str(say("app.duplicate_rows", first=first, second=second)), class_="place")
        words.show(tag("p", rows, " ", sentence(duplicate.reason)))

        def accept() -> None:
            merged = merge(roster, duplicate)
            if self.rounds.value == _first_rounds(roster):
                self.rounds.value = _first_rounds(merged)
            self._take(merged, name, warnings)
            self._decided(say("app.merged", people=len(merged)))

        def decline() -> None:
            self._offered(tuple(child for child in self.duplicates.children if child is not offer))
            self._decided(say("app.kept_two"))

        offer = ipywidgets.VBox(
            (
                words,
                row(
                    (
                        button(str(say("app.merge")), lambda: self._guard(accept)),
                        button(str(say("app.two_people")), decline),
                    )
                ),
            )
        )
        offer.add_class("note")
        return offer

    def _decided(self, said: Message) -> None:
        """The pressed button is gone: lead on to what is left to decide, or back to who is coming."""
        self.voice.say(str(said), go="twice" if self.duplicates.children else "read")

    # The plan

    def _start(self, least_bad: bool = False) -> None:
        if self.roster is None or self.planning is not None:
            return
        if not 1 <= self.rounds.value <= MOST_ROUNDS:
            self._rounds_changed()
            self.voice.say(str(_rounds_range()))
            return
        rules = default_rules(self.roster, rounds=self.rounds.value)
        self.reasons.show(None)
        self.told = self.told if least_bad else ()
        show(self.least_bad, False)
        self.plan.disabled = self.rounds.disabled = True
        show(self.stop, True)
        self._told(0.0)
        self.planning = Planning(self.roster, rules, least_bad=least_bad, told=self._told, ended=self._ended)
        self.planning.start()

    def _rounds_typed(self) -> None:
        """The mix of the room is one of so many rounds."""
        self._rounds_changed()
        if self.roster is not None and 1 <= self.rounds.value <= MOST_ROUNDS:
            self.mix.show(mix_page(mix(self.roster, default_rules(self.roster, rounds=self.rounds.value))))

    def _rounds_changed(self) -> None:
        """Say when no plan can have so many rounds, and when the evening below is of another number."""
        rounds, evening = self.rounds.value, self.evening.evening
        note = None
        if not 1 <= rounds <= MOST_ROUNDS:
            note = _rounds_range()
        elif evening is not None and len(evening.rounds) != rounds:
            note = say("app.rounds_other", planned=len(evening.rounds))
        self.rounds_note.show(tag("p", sentence(note), class_="note") if note else None)

    def _stop(self) -> None:
        with self._lock:
            if self.planning is None:
                return
            self.planning.stop()
            self.progress.show(tag("p", str(say("app.stopping"))))
            show(self.stop, False)
        self.voice.say(str(say("app.stopping")))

    def _told(self, share: float) -> None:
        if self.planning is not None and self.planning.stopped:
            return
        label = tag("label", str(say("app.planning")), for_="progress")
        self.progress.show(join((label, tag("progress", max=100, value=round(100 * share), id="progress"))))

    def _ended(self, planning: Planning, found: Evening | Exception) -> None:
        # The lock keeps a sheet that is chosen at this very moment waiting until the evening before it is shown.
        with self._lock:
            if planning is not self.planning:
                return
            self._guard(lambda: self._tell(planning, found))
            self.planning = None
            self._rest()

    def _tell(self, planning: Planning, found: Evening | Exception) -> None:
        if isinstance(found, Impossible):
            self._explain(found)
        elif isinstance(found, Exception):
            raise found
        else:
            self._present(planning, found)

    def _present(self, planning: Planning, evening: Evening) -> None:
        quiet = quiet_tables(planning.roster, planning.rules)
        self.evening.present(evening, planning.roster, planning.stopped, self.told, quiet)
        self._rounds_changed()
        self.plan.description = str(say("app.plan_again"))
        self._stand_out(None)
        ready = say("app.ready", people=len(planning.roster))
        self.voice.say(str(ready), go="evening")

    def _explain(self, impossible: Impossible) -> None:
        self.evening.clear()
        self._rounds_changed()
        self.told = impossible.reasons
        self.reasons.show(reasons_page(impossible.causes, impossible.bent))
        show(self.least_bad, True)
        self.voice.say(str(say("app.impossible")), go="reasons")

    def _rest(self) -> None:
        """No plan is in the making."""
        self.plan.disabled = self.rounds.disabled = False
        show(self.stop, False)
        self.progress.show(None)

    def _stand_out(self, widget: ipywidgets.Widget | None) -> None:
        """One main action on the screen."""
        self.sheet.main = widget is self.sheet
        make_main(self.plan, widget is self.plan)

    def _guard(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:
            log_fault(error)
            self._broke()

    def _broke(self) -> None:
        self.reasons.show(tag("p", str(say("app.broke")), class_="note"))
        show(self._plan_step, True)
        self.voice.say(str(say("app.broke")))


def _step(children: tuple[ipywidgets.Widget, ...]) -> ipywidgets.VBox:
    box = ipywidgets.VBox(children)
    box.add_class("step")
    return box


def _heading(code: str, element: str = "h2", **attributes: str) -> Fragment:
    made = Fragment()
    made.show(tag(element, str(say(code)), **attributes))
    return made


def _rounds_range() -> Message:
    return say("app.rounds_range", most=MOST_ROUNDS)


# Rooms in which fewer rounds can be had than counting says, as trying every evening shows.
_FEWER = {5: 1, 7: 3}


def _first_rounds(roster: Roster) -> int:
    """The number of rounds that stands there before anybody has typed one."""
    return min(ROUNDS, _rounds_that_fit(len(roster.talkers)))


def _rounds_that_fit(people: int) -> int:
    """How many rounds leave enough new partners for everybody: pairs there are, over pairs a round uses."""
    a_round = people // 2 + (2 if people % 2 else 0)
    return _FEWER.get(people, max(1, people * (people - 1) // 2 // max(1, a_round)))
