"""Plan a gathering: choose the sheet, see the mix of the room, plan the evening, take it with you."""

from __future__ import annotations

import os
from dataclasses import replace

from relexp.apps.drafts import Draft, Sheet, as_decided, kept_evening
from relexp.apps.gathering_room import GatheringRoom
from relexp.apps.hand_steps import kept_pins, kept_text
from relexp.apps.opening import planned
from relexp.apps.planning import Planning
from relexp.apps.rounds import MOST_ROUNDS, rounds_range, rounds_that_fit
from relexp.apps.standing import HOSTS
from relexp.apps.visitor import Visitor, visitor
from relexp.exchange.evening_json import json_bytes
from relexp.gathering.formats import Format
from relexp.messages import say
from relexp.pairing import Impossible
from relexp.pairing.evening import Evening
from relexp.pairing.menu import Choice
from relexp.roster.wishes import Wishes


def gathering() -> Gathering:
    """The app, as a widget to put on a page, with all that this visitor had done there.

    Where that is nothing and RELEXP_DEMO=1 is around it, it opens on the made-up room.
    """
    app = Gathering(visitor())
    if not app.resume() and os.environ.get("RELEXP_DEMO") == "1":
        app.demo.click()
    return app


class Gathering(GatheringRoom):
    """The facilitator's first page: a room, what is asked of its evening, its plan, and what is changed by hand."""

    def __init__(self, visitor: Visitor) -> None:
        self._planning_with: Wishes | None = None
        super().__init__(visitor)
        self.opening.planned = lambda: planned(self.draft, self.evening, self.times, self.asking)
        self.opening.changed = lambda: self._guard(self._opening_changed)
        self.rounds.observe(lambda _: self._guard(self._rounds_typed), "value")
        self.asking.pins = lambda: self.evening.hand.pins
        self.asking.changed = lambda: self._guard(self._asked_anew)
        self.asking.menu.taken = lambda choice: self._guard(lambda: self._take_choice(choice))
        self.asking.menu.broke = self._failed
        self.earlier.changed = lambda: self._guard(self._asked_anew)
        self.plan.on_click(lambda _: self._guard(self._start))
        self.planner.least_bad.on_click(lambda _: self._guard(lambda: self._start(least_bad=True)))
        self.planner.stop.on_click(lambda _: self._guard(self.planner.ask_to_stop))
        self.times.follow(
            lambda format: self._guard(lambda: self._format_chosen(format)), lambda: self._guard(self._times_changed)
        )
        self.evening.hand.attach(self.voice, self._guard, self._changed_by_hand)
        self.evening.compare.attach(self.voice)
        self.evening.looked = lambda: self.keeping.save_view(self.evening.looking)

    # What was done before

    def resume(self) -> bool:
        """Show the page as it was left; False where nothing of it is kept."""
        draft = self.keeping.find()
        if draft is not None:
            self._guard(lambda: self._restore(draft))
        return draft is not None

    def _restore(self, draft: Draft) -> None:
        self.draft = draft
        if not self._load(Sheet(draft.name, draft.sheet, draft.file), keep=False):
            return
        roster = as_decided(draft, self.coming.written)
        self._set_rounds(draft.rounds)
        self.times.restore(draft.times)
        self.opening.restore(draft.opening)
        self._take(roster)
        self.evening.hand.remember(kept_pins(draft.by_hand, roster), roster)
        evening = kept_evening(draft, roster)
        back = say("app.back", name=draft.name)
        if evening is not None:
            self.told = draft.told
            looking = self.keeping.find_view()
            self._present(roster, evening, draft.stopped, draft.by_hand)
            self.evening.look(looking)
            back = say("app.back_planned", name=draft.name, rounds=len(evening.rounds))
        elif draft.told:
            self._explain(Impossible(draft.told, {}))
        plan = self.plan.description
        missing = draft.evening and evening is None and not draft.planning
        also = "app.back_interrupted" if draft.planning else "app.back_other_room" if missing else None
        self.keeping.welcome((back, say(also, plan=plan)) if also else (back,))
        self.draft = replace(draft, planning=False)
        if draft.mending:
            self.coming.mend(draft.mending[-1], draft.name)
        self._tell_standing()

    # The times, and the doors

    def _format_chosen(self, format: Format) -> None:
        fits = rounds_that_fit(len(self.roster.talkers)) if self.roster else format.rounds
        self.rounds.value = min(format.rounds, fits)
        if format == HOSTS:
            self.asking.expect_hosts()

    def _times_changed(self) -> None:
        self._tell_standing()
        self.voice.say(self.times.words)
        if self.draft is not None and self.draft.times != self.times.kept:
            self._keep(replace(self.draft, times=self.times.kept))

    def _opening_changed(self) -> None:
        if self.draft is not None:
            self._keep(replace(self.draft, opening=self.opening.kept))

    # What is asked of it

    def _rounds_typed(self) -> None:
        """The mix of the room is one of so many rounds."""
        if self.draft is not None and self.draft.rounds != self.rounds.value:
            self.draft = replace(self.draft, rounds=self.rounds.value)
        self._asked_anew()

    def _asked_anew(self) -> None:
        """Say at once what cannot hold, and how mixed the room is for it."""
        if self.roster is None:
            return
        self.planner.forget_reasons()
        if self.draft is not None:
            self._keep(self.asking.kept(self.draft))
        if 1 <= self.rounds.value <= MOST_ROUNDS and (rules := self.asking.rules(self.rounds.value)):
            self._show_mix(self.roster, rules)
        self._tell_standing()

    def _take_choice(self, choice: Choice) -> None:
        """A way to share out same-group talks, from the menu: its evening is planned already."""
        if self.roster is None:
            return
        self.planner.drop()
        self.asking.take(choice.cap)
        self._asked_anew()
        self.told = ()
        if self.draft is not None:
            done = self.draft.with_evening(choice.evening, self.roster, self.asking.wishes)
            self._keep(replace(done, by_hand=self._kept_together()))
        self._present(self.roster, choice.evening, stopped=False)
        if self.draft is not None:
            self._keep(replace(self.asking.kept(self.draft), by_hand=self.evening.hand.text()))

    # The plan

    def _start(self, least_bad: bool = False) -> None:
        if self.roster is None or self.planner.planning is not None:
            return
        if not 1 <= self.rounds.value <= MOST_ROUNDS:
            self._tell_standing()
            self.voice.say(str(rounds_range()))
            return
        rules = self.asking.rules(self.rounds.value)
        if rules is None:
            self.voice.say(str(say("wish.cannot")), go="cannot")
            return
        self._planning_with = self.asking.wishes
        self.told = self.told if least_bad else ()
        if self.draft is not None:
            self._keep(replace(self.draft, planning=True))
        self.evening.hand.leave_person(quietly=True)
        self.planner.start(self.roster, rules, self._ended, least_bad=least_bad)

    def _ended(self, planning: Planning, found: Evening | Exception) -> None:
        # The lock keeps a sheet that is chosen at this very moment waiting until the evening before it is shown.
        with self._lock:
            if planning is not self.planner.planning:
                return
            self._guard(lambda: self._tell(planning, found))
            self.planner.planning = None
            self.planner.rest()
            if self.draft is not None and self.draft.planning:
                self._keep(replace(self.draft, planning=False))

    def _tell(self, planning: Planning, found: Evening | Exception) -> None:
        draft = self.draft
        self.keeping.welcome(())
        if isinstance(found, Impossible):
            self._explain(found)
            if draft is not None:
                by_hand = self.evening.hand.text()
                self._keep(replace(draft, evening="", told=self.told, planning=False, by_hand=by_hand))
        elif isinstance(found, Exception):
            raise found
        else:
            if draft is not None:
                done = draft.with_evening(found, planning.roster, self._planning_with)
                # Kept before it is shown: what somebody has seen is there again, whatever happens next.
                self._keep(replace(done, told=self.told, stopped=planning.stopped, by_hand=self._kept_together()))
            self._present(planning.roster, found, planning.stopped)
            if self.draft is not None:
                self._keep(replace(self.draft, by_hand=self.evening.hand.text()))

    def _kept_together(self) -> str:
        """The conversations kept by hand, which outlast every plan."""
        return kept_text(self.evening.hand.pins, None)

    def _explain(self, impossible: Impossible) -> None:
        self.evening.clear()
        self.paper.clear()
        self.opening.clear()
        self._tell_standing()
        self.told = impossible.reasons
        self.planner.explain(impossible)

    # What is changed by hand

    def _changed_by_hand(self, evening: Evening | None, by_hand: str) -> None:
        if self.draft is not None:
            shown = json_bytes(evening, self.roster).decode() if evening else self.draft.evening
            self._keep(replace(self.draft, evening=shown, by_hand=by_hand))
