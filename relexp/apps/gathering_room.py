"""The room of the gathering page: its sheet is read, mended, corrected and left, and what follows from it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import RLock

from relexp.apps.coming import Coming
from relexp.apps.drafts import CORRECTED, Decision, Draft, Sheet, as_decided, kept_evening
from relexp.apps.gathering_page import GatheringPage
from relexp.apps.hand_steps import kept_pins, kept_steps
from relexp.apps.html import join, tag
from relexp.apps.keeping import Keeping
from relexp.apps.room_view import away_page, mix_page
from relexp.apps.rounds import MOST_ROUNDS, ROUNDS, first_rounds
from relexp.apps.standing import hosting, standing
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Voice, show
from relexp.exchange.cells import Cells
from relexp.exchange.demo import demo_sheet
from relexp.messages import Message, say, tell
from relexp.messages.fault_log import log_fault
from relexp.pairing.evening import Evening
from relexp.pairing.seating import quiet_tables
from relexp.privacy.roles import Role
from relexp.roster.duplicates import Duplicate, merge
from relexp.roster.mix import mix
from relexp.roster.no_shows import turnouts
from relexp.roster.person import Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rule_warnings import rule_warnings
from relexp.roster.rules import Rules

# What a sheet is read under that came from no file.
PASTED = "pasted.csv"


class GatheringRoom(GatheringPage):
    """The page with a room on it. What it shows follows from `roster`, and from what `evening` holds.

    `draft` is what was done on it: from that alone it is built again.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.draft: Draft | None = None
        self.roster: Roster | None = None
        self.told: tuple[Message, ...] = ()
        self._lock = RLock()
        voice = Voice()
        keeping = Keeping(visitor, "gathering", voice.say, lambda: self._guard(self._forgotten))
        coming = Coming(voice.say, lambda duplicate, same: self._guard(lambda: self._decide(duplicate, same)))
        # Who works without a server, in a notebook of their own, leads.
        leads = visitor.identity is None or visitor.identity.role is Role.FACILITATOR
        super().__init__(keeping, coming, voice, leads, visitor)
        self.sheet.observe(lambda _: self._guard(self._read_chosen), "chosen")
        self.paste.taken = lambda sheet: self._guard(lambda: self._read_pasted(sheet))
        self.demo.on_click(lambda _: self._guard(self._read_demo))
        coming.duplicates.part = lambda decision: self._guard(lambda: self._part(decision))
        coming.corrected = lambda cells: self._guard(lambda: self._corrected(cells))
        coming.left = lambda: self._guard(self._leave_sheet)
        coming.spelt = lambda said: self._guard(lambda: self._spelt(said))

    # The sheet

    def _read_chosen(self) -> None:
        name = self.sheet.name
        if self.sheet.size > self.sheet.most:
            self.coming.refuse(Sheet(name, b""), (tell("app.too_big", name=name),), self._room_name)
        else:
            self._read(Sheet(name, self.sheet.content))

    def _read_pasted(self, sheet: bytes) -> None:
        self._read(Sheet(str(say("bring.pasted")), sheet, PASTED))

    def _read_demo(self) -> None:
        self._read(Sheet(str(say("app.demo_name")), demo_sheet(), "demo.csv"))

    def _read(self, sheet: Sheet) -> None:
        """Take a new sheet in place of the one before, which stays where the new one has faults."""
        if self._load(sheet):
            self._begin(sheet)
            self.voice.say(str(self.coming.words))

    def _corrected(self, cells: Cells) -> None:
        """The sheet was corrected in place: what follows from it follows, and the evening where it is still theirs."""
        mending, before = self.coming.mending, self.coming.written
        if self.draft is None and mending is None:
            return
        own = self.roster is not None and (mending is None or mending.own)
        name = mending.name if mending else self.draft.name if self.draft else ""
        sheet = Sheet(name, cells.to_bytes(), CORRECTED, own)
        if not self._load(sheet, in_table=True):
            return
        if not own or self.draft is None:
            self._begin(sheet)
            return
        draft = replace(self.draft, sheet=sheet.content, file=CORRECTED, mending=())
        self._follow(self.asking.carried_over(draft, before, self.coming.written))

    def _leave_sheet(self) -> None:
        """Let a sheet with faults be: what was there before it is there again."""
        if self.draft is None or self.roster is None:
            return
        before = self.draft.mending[:-1]
        self._load(Sheet(self.draft.name, self.draft.sheet, self.draft.file))
        self._settle()
        self._keep(replace(self.draft, mending=before))
        if before:
            self.coming.mend(before[-1], self.draft.name)
        else:
            self.voice.say(str(say("app.sheet_left")), go="read")

    @property
    def _room_name(self) -> str:
        """What the sheet of the room on the page is called; "" where there is none."""
        return self.draft.name if self.draft is not None and self.roster is not None else ""

    def _load(self, sheet: Sheet, *, in_table: bool = False, keep: bool = True) -> bool:
        """The people on the sheet; False where it has faults, which are on the page then, and kept to be mended."""
        if self.coming.read(sheet, self._room_name, in_table=in_table):
            return True
        if self.roster is None:
            self._forget()
            if keep and self.coming.mending is sheet:
                self._keep(self._of_sheet(sheet))
        elif self.draft is not None and self.coming.mending is sheet:
            # One that is brought anew leaves half-mended ones where they were, for when it is left again.
            begun = tuple(each for each in self.draft.mending if each.file == CORRECTED)
            self._keep(replace(self.draft, mending=(*(self.draft.mending[:-1] if in_table else begun), sheet)))
        return False

    def _of_sheet(self, sheet: Sheet) -> Draft:
        """What is kept of a sheet just brought; what was asked of the evening is asked of it too, as far as it fits."""
        new = Draft(sheet.name, sheet.content, sheet.file, times=self.times.kept, opening=self.opening.kept)
        if self.draft is None:
            return new
        # One that could not be read yet is the same sheet still.
        rounds = self.draft.rounds if self.roster is None else 0
        apart = self.asking.of_another(self.draft)
        return replace(new, rounds=rounds, wishes=self.draft.wishes, apart=apart, met=self.draft.met)

    # What follows from it

    def _begin(self, sheet: Sheet) -> None:
        """A new room."""
        self.draft = self._of_sheet(sheet)
        # Whatever follows from the number of rounds does not concern the room of before.
        self.roster = None
        self.keeping.welcome(())
        self._set_rounds(first_rounds(self.coming.written))
        self._take(self.coming.written)
        self._keep(self.draft)

    def _follow(self, draft: Draft) -> None:
        """What follows from a sheet, and from who was made one, follows; the evening where it is still theirs."""
        # A plan that is in the making would be of the people of before, and so would be why there is none.
        dropped = self.planner.planning is not None
        looking = self.evening.looking
        told = draft.told if draft.evening else ()
        self.draft = draft = replace(draft, planning=False, told=told)
        roster = as_decided(draft, self.coming.written)
        self._take(roster)
        self.evening.hand.remember(kept_pins(draft.by_hand, roster), roster)
        evening = kept_evening(draft, roster)
        if evening is not None:
            self.told = draft.told
            self._present(roster, evening, draft.stopped, draft.by_hand, aloud=False)
            self.evening.look(looking)
        self._tell_standing()
        if dropped:
            self.planner.tell(say("app.plan_dropped", plan=self.plan.description))
            self.voice.say(str(say("app.plan_dropped", plan=self.plan.description)))
        self._keep(draft)

    def _forget(self) -> None:
        """Nothing of an earlier room stays on the page."""
        with self._lock:
            self.planner.drop()
            self.roster = None
        self.evening.clear()
        self.paper.clear()
        self.opening.clear()
        self.evening.hand.remember((), Roster(()))
        self._tell_standing()
        self.coming.clear()
        self.planner.forget_reasons()
        self.mix.show(None)
        for step in self._room_of:
            show(step, False)
        self._stand_out(self.sheet)

    def _take(self, roster: Roster) -> None:
        self._forget()
        self.roster = roster
        self.asking.offer(roster, self.draft)
        self._settle()
        self._show_mix(roster, self._rules_of(roster))
        self.sheet.label, self.sheet.hint = str(say("app.choose_other")), ""
        self.planner.offer(say("app.plan"))
        for step in self._room_of:
            show(step, True)
        # Practice is for who has nothing to lose by it.
        show(self.demo, False)
        self._stand_out(self.plan)
        self._tell_standing()

    def _settle(self) -> None:
        if self.roster is not None:
            self.coming.settle(self.roster, self.draft, rule_warnings(self._rules_of(self.roster), self.roster))

    def _rules_of(self, roster: Roster) -> Rules:
        # What was typed stands there though no evening can have so many.
        rounds = self.rounds.value if 1 <= self.rounds.value <= MOST_ROUNDS else first_rounds(roster)
        return self.asking.rules(rounds) or default_rules(roster, rounds)

    # Who stands there twice, in how many spellings

    def _part(self, decision: Decision) -> None:
        """Two who were made one are two again; two who were kept as two are asked about again."""
        if self.draft is None or self.roster is None:
            return
        draft = replace(self.draft, decisions=tuple(each for each in self.draft.decisions if each != decision))
        if decision.same:
            self._follow(draft)
            self.voice.say(str(say("app.parted")), go="read")
        else:
            self._keep(draft)
            self.coming.ask_who_is_twice(self.roster, draft.decisions)
            self.voice.say(str(say("app.asked_again")), go="twice")

    def _spelt(self, said: str) -> None:
        """What was said of the ways in which organisations are written."""
        if self.draft is not None:
            self._keep(replace(self.draft, spellings=said))

    def _decide(self, duplicate: Duplicate, same: bool) -> None:
        if self.draft is None or self.roster is None:
            return
        self.draft = self.draft.decided(duplicate.first, duplicate.second, same)
        said = say("app.kept_two")
        if same:
            merged = merge(self.roster, duplicate)
            if self.rounds.value == first_rounds(self.roster):
                self._set_rounds(first_rounds(merged))
            self._take(merged)
            said = say("app.merged", people=len(merged))
        else:
            self.coming.ask_who_is_twice(self.roster, self.draft.decisions)
        self._keep(self.draft)
        # The pressed button is gone: lead on to what is left to decide, or back to who is coming.
        self.voice.say(str(said), go="twice" if self.coming.duplicates.undecided else self.coming.next_question)

    # What the page shows of it

    def _show_mix(self, roster: Roster, rules: Rules) -> None:
        found = mix(roster, rules)
        self.mix.show(
            join((mix_page(found, len(roster) - len(roster.talkers)), away_page(turnouts(roster, rules), found)))
        )

    def _set_rounds(self, rounds: int) -> None:
        """Let a number of rounds stand there that nobody has typed just now."""
        if self.draft is not None:
            self.draft = replace(self.draft, rounds=rounds)
        self.rounds.value = rounds

    def _tell_standing(self) -> None:
        """Say where things on the page do not fit each other."""
        self.times.tell_hosting(hosting(self.times.format, self.asking.wishes, self.roster))
        self.planner.tell(
            standing(
                self.draft,
                self.roster,
                self.evening.evening,
                self.rounds.value,
                self.asking,
                self.coming.table.can_undo,
            )
        )

    def _present(
        self, roster: Roster, evening: Evening, stopped: bool, by_hand: str = "", *, aloud: bool = True
    ) -> None:
        planned = self.draft.planned if self.draft is not None else None
        rules = self.asking.rules_for(planned, len(evening.rounds)) or default_rules(roster, len(evening.rounds))
        self.evening.hand.begin(evening, roster, rules, kept_steps(by_hand, evening, roster, rules))
        quiet = quiet_tables(roster, rules)
        self.evening.present(evening, roster, stopped, self.told, quiet)
        self.paper.present(quiet)
        self.opening.present()
        self._tell_standing()
        self.planner.offer(say("app.plan_again"))
        self._stand_out(None)
        if aloud:
            self.voice.say(str(say("app.ready", people=len(roster))), go="evening")

    # What is kept

    def _keep(self, draft: Draft | None) -> None:
        """What the page shows has changed: keep it at once."""
        with self._lock:
            self.draft = draft
            if draft is not None:
                self.keeping.save(draft)

    def _forgotten(self) -> None:
        """Begin anew: nothing of before is kept."""
        self.draft = None
        self._forget()
        self.rounds.value = ROUNDS
        self.times.restore("")
        self.opening.restore("")
        self.sheet.label, self.sheet.hint = str(say("app.choose")), str(say("app.choose_hint"))
        self.coming.forget()
        show(self.demo, True)
        self.voice.say(str(say("app.afresh_done")))

    def _guard(self, act: Callable[[], None]) -> None:
        try:
            # What the planning tells and what the visitor does come one after the other.
            with self._lock:
                act()
        except Exception as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        log_fault(error)
        self.planner.reasons.show(tag("p", str(say("app.broke")), class_="note"))
        show(self.planner, True)
        self.voice.say(str(say("app.broke")))
