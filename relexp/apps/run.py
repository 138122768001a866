"""Run the evening: the list at the door, the clock, who sits where, and whoever comes late or leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import RLock

from relexp.apps.clock_panel import ClockPanel, said, seen, what_goes_on
from relexp.apps.door_panel import DoorPanel
from relexp.apps.help_panel import HelpPanel
from relexp.apps.pace import Pace
from relexp.apps.rehearsal import Rehearsal, rehearsal
from relexp.apps.replan_panel import ReplanPanel
from relexp.apps.run_page import DOOR, SEATS, RunPage
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.watching import Watching
from relexp.apps.widgets import Voice
from relexp.gathering.running import Act, Press, Stage, can_press, holding
from relexp.gathering.tonight import Tonight
from relexp.messages import FaultsFound, Message, say
from relexp.messages.fault_log import log_fault
from relexp.privacy.roles import Role
from relexp.store import Store
from relexp.store.drafts import Stale
from relexp.store.gatherings import Gatherings
from relexp.store.tonight import state, tonight


def run() -> Run:
    """The app, as a widget to put on a page; it sees what changes elsewhere within a second."""
    app = Run(visitor())
    app.watch()
    return app


class Run(RunPage):
    """The page of whoever leads. What it shows follows from `tonight`, read again whenever anything changed."""

    def __init__(self, visitor: Visitor, pace: Pace | None = None) -> None:
        self.tonight: Tonight | None = None
        self.rehearsal: Rehearsal | None = None
        self.watching: Watching | None = None
        self._visitor, self._real = visitor, pace or Pace()
        self._who, self._pace = visitor.identity, self._real
        self._state: tuple[str, int] | None = None
        self._seen, self._stage, self._edition = "", Stage.INVITED, ""
        self._away = False
        self._lock = RLock()
        voice = Voice()
        # Who works without a server, in a notebook of their own, leads.
        leads = visitor.identity is None or visitor.identity.role is Role.FACILITATOR
        super().__init__(
            voice,
            ClockPanel(lambda *pressed: self._guard(lambda: self._pressed(*pressed))),
            ReplanPanel(voice.say, self._guard, self.look),
            DoorPanel(voice.say, self._guard, self.look),
            HelpPanel(leads),
            visitor.store is not None,
        )
        self.rehearse.on_click(lambda _: self._guard(self._rehearse))
        self.end_rehearsal.on_click(lambda _: self._guard(self._end_rehearsal))
        self._guard(self._serve)

    def watch(self) -> None:
        """Look for changes from elsewhere, from now on."""
        self.watching = Watching(self.tick)

    def close(self) -> None:
        """Look no longer, and leave nothing of a rehearsal."""
        if self.watching is not None:
            self.watching.end()
        if self.rehearsal is not None:
            self.rehearsal.end()
        super().close()

    @property
    def store(self) -> Store | None:
        """Where what this page runs is kept: in the house's store, or the rehearsal's."""
        return self.rehearsal.store if self.rehearsal is not None else self._visitor.store

    @property
    def gatherings(self) -> Gatherings | None:
        """The gatherings that this page runs."""
        return self.store.gatherings if self.store is not None else None

    def tick(self) -> None:
        """Look whether anything has changed elsewhere, or by the clock."""
        with self._lock:
            gatherings, now = self.gatherings, self._pace.now()
            if gatherings is None:
                return
            try:
                changed = state(gatherings, now) != self._state
            except FaultsFound:
                self._reach(False)
                return
            self._reach(True)
            if changed or (self.tonight is not None and seen(self.tonight, self.tonight.running(now)) != self._seen):
                self._guard(self._look_anew if changed else self.look)

    def look(self) -> None:
        """Read everything again, and show it."""
        gatherings, now = self.gatherings, self._pace.now()
        found = tonight(gatherings, now) if gatherings is not None else None
        self.tonight, self._state = found, (found.id, found.changed) if found else None
        self.lay_out(found, self.rehearsal is not None)
        if found is None:
            self._seen = ""
            return
        running = found.running(now)
        before, self._seen = self._seen, seen(found, running)
        self.replan.show(found)
        self.clock.show(found, now, self._pace.times, self.replan.waits, self.rehearsal is not None)
        self.door.show(found)
        self.seats.show(found, now)
        self.help.show(found, now, self.rehearsal is not None)
        if before and before.split(maxsplit=1)[1] != self._seen.split(maxsplit=1)[1]:
            self.voice.say(str(what_goes_on(found.scene(now))))
        if self._stage is not Stage.ROUNDS and running.stage is Stage.ROUNDS and self.view.value == DOOR:
            self.view.value = SEATS
        self._stage = running.stage
        self._show_view()

    def _look_anew(self) -> None:
        """Something has changed elsewhere: where it is all that is kept, nothing of before can be gone back to."""
        if self.store is not None and self.store.edition != self._edition:
            self._serve()
            self._told(say("run.renewed"))
        else:
            self.look()

    def _serve(self) -> None:
        """Begin to run what there is to run."""
        self._seen, self._stage, self.view.value = "", Stage.INVITED, DOOR
        if self.store is not None:
            self._edition = self.store.edition
            self.door.serve(self.store, self._who, self._pace.now)
            self.replan.serve(self.store.gatherings, self._pace.now)
        self.look()

    def _pressed(self, press: Press, minutes: int, saw: str, key: str, sure: bool = False) -> None:
        """Note a press, of somebody who saw the evening as `saw` tells it; if `sure` nothing is asked first."""
        gatherings, who = self.gatherings, self._who
        count = saw.split(" ")[0]
        self.look()
        found, now = self.tonight, self._pace.now()
        if gatherings is None or who is None or found is None or not count.isdecimal():
            return
        running = found.running(now)
        if int(count) == len(found.acts):
            if press is Press.SKIP and saw != seen(found, running):
                self._told(say("run.moved_on"))
                return
            if press is not Press.UNDO and press not in can_press(running, found.asked.format, found.of):
                self._told(say("run.not_now"))
                return
            again = partial(self._pressed, press, minutes, saw, key, sure=True)
            if press is Press.START_ROUND and not sure and self.replan.asks(found, now, again):
                return
        try:
            gatherings.press(found.id, Act(press, now, minutes), who, key, int(count))
        except Stale:
            self.look()
            self._told(say("run.somebody", what=str(_last_said(self.tonight or found))))
            return
        self.tell(None)
        self.look()

    def _rehearse(self) -> None:
        self.rehearsal = rehearsal()
        self._who, self._pace = self.rehearsal.who, self.rehearsal.pace
        self.tell(None)
        self._serve()
        self.voice.say(f"{say('run.rehearsal')}: {say('run.rehearsal_says')}", go="now")

    def _end_rehearsal(self) -> None:
        if self.rehearsal is None:
            return
        self.rehearsal.end()
        self.rehearsal = None
        self._who, self._pace = self._visitor.identity, self._real
        self._serve()
        self._told(say("run.rehearsal_ended"))

    def _told(self, message: Message) -> None:
        self.tell(message)
        self.voice.say(str(message))

    def _reach(self, reached: bool) -> None:
        """Say once that what is kept is out of reach, and take it back when it is there again."""
        if reached is self._away:
            self._away = not reached
            self.tell(None if reached else say("run.store_away"))

    def _guard(self, act: Callable[[], None]) -> None:
        try:
            # What somebody does, what is planned and what changes elsewhere come one after the other.
            with self._lock:
                act()
        except FaultsFound as found:
            self._told(found.faults[0].message)
        except Exception as error:
            log_fault(error)
            self._told(say("app.broke"))


def _last_said(found: Tonight) -> Message:
    """What was pressed last, in the words of its button."""
    held = holding(found.acts, found.asked.format, found.of)
    if not held or found.acts[-1].press is Press.UNDO:
        return say("run.undone")
    return said(held, found)
