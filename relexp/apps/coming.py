"""Who is coming: the sheet, what is wrong in it and how to mend it here, and who may stand on it twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import ipywidgets

from relexp.apps.drafts import Decision, Draft, Sheet
from relexp.apps.html import join, sentence, tag
from relexp.apps.room_view import faults_page, warnings_page
from relexp.apps.sheet_table import SheetTable
from relexp.apps.spelling_panel import SpellingPanel
from relexp.apps.twice import TwicePanel
from relexp.apps.widgets import Fragment, button, row, show
from relexp.exchange.cells import Cells
from relexp.exchange.rosters import read_roster
from relexp.exchange.tables import read_table
from relexp.messages import Fault, FaultsFound, Message, say
from relexp.roster.duplicates import Duplicate, likely_duplicates
from relexp.roster.person import Roster

# Organisations in several spellings and the same people twice are asked about below.
_ASKED_BELOW = frozenset({"sheet.same_person", "sheet.same_organisation"})


class Coming(ipywidgets.VBox):
    """One sheet at a time; beside a room whose sheet it is not (yet), it can be left again.

    `corrected` gets the sheet whenever its table was changed, `left` is called when it is left, `spelt` gets what was
    said of the ways in which organisations are written; `decide` and `part` are those of the people who may stand there
    twice.
    """

    corrected: Callable[[Cells], None]
    left: Callable[[], None]
    spelt: Callable[[str], None]

    def __init__(self, speak: Callable[..., None], decide: Callable[[Duplicate, bool], None]) -> None:
        self._speak = speak
        # Everybody as the sheet has them, before any two are made one.
        self.written = Roster(())
        # A sheet with faults, while it is mended beside the room that was there before.
        self.mending: Sheet | None = None
        self._found: tuple[Fault, ...] = ()
        # How many are coming, and by which sheet.
        self.words = Message("app.read", {})
        self.outcome, self.warnings = Fragment(), Fragment()
        self.table = SheetTable(speak)
        self.table.changed = lambda cells: self.corrected(cells)
        self.leave = button("", lambda: self.left())
        self._leaving = row((self.leave,))
        self.spellings = SpellingPanel()
        self.spellings.said = lambda said: self.spelt(said)
        self.spellings.correct = self.table.correct
        self.spellings.after = lambda words: speak(words, go=self.next_question)
        self.duplicates = TwicePanel(decide)
        self.offer_to_leave()
        super().__init__((self.outcome, self._leaving, self.table, self.warnings, self.spellings, self.duplicates))

    def read(self, sheet: Sheet, room: str = "", *, in_table: bool = False) -> bool:
        """Take a sheet; where it has faults, say them, show them in its table, and return False.

        `room` is what the sheet of the room is called that is there meanwhile; `in_table`: it comes from the table.
        """
        if not room:
            self.outcome.show(tag("p", sentence(say("app.reading", name=sheet.name))))
        try:
            loaded = read_roster(sheet.content, sheet.file or sheet.name)
        except FaultsFound as found:
            self.refuse(sheet, found.faults, room, in_table=in_table)
            return False
        self.written, self.mending, self._found = loaded.roster, None, loaded.warnings
        self._show_table(sheet, (), in_table)
        self.offer_to_leave()
        return True

    def mend(self, sheet: Sheet, room: str) -> None:
        """Go on mending a sheet that was left with faults beside a room."""
        written, found = self.written, self._found
        self.read(sheet, room)
        # The room is still that of its own sheet.
        self.written, self._found = written, found

    def refuse(self, sheet: Sheet, faults: tuple[Fault, ...], room: str, *, in_table: bool = False) -> None:
        """Tell what is wrong in a sheet, and offer to mend it here; what was there before stays."""
        here = self._show_table(sheet, faults, in_table)
        if here:
            self.mending = sheet
        pieces = [faults_page(faults, sheet.name, here=here)]
        if room:
            still = say("app.still_before") if room == sheet.name else say("app.still", name=room)
            pieces.append(tag("p", sentence(still)))
        self.offer_to_leave(room)
        # What is asked is asked of a sheet that can be read.
        self.spellings.forget()
        self.outcome.show(join(pieces))
        many = (
            say("app.faults_one", name=sheet.name)
            if len(faults) == 1
            else say("app.faults_many", name=sheet.name, count=len(faults))
        )
        self._speak(str(many), "" if in_table else "faults")

    def offer_to_leave(self, room: str = "") -> None:
        """Offer the way back to the room's own sheet, where another one, or a faulty change, stands on the page."""
        code = "app.leave_change" if self.mending is not None and self.mending.own else "app.leave_sheet"
        self.leave.description = str(say(code))
        show(self._leaving, bool(room) and self.mending is not None)

    def _show_table(self, sheet: Sheet, faults: tuple[Fault, ...], in_table: bool) -> bool:
        """The sheet as a table, to correct in place; False where it is no table at all."""
        if in_table:
            self.table.tell(faults)
            return True
        try:
            self.table.offer(read_table(sheet.content, sheet.file or sheet.name), faults)
        except FaultsFound:
            return False
        return True

    def settle(self, roster: Roster, draft: Draft | None, known: Iterable[Fault]) -> None:
        """The room is this now: say so, with what is worth knowing about its sheet, and ask who stands there twice."""
        self.words = _read(roster, draft.name if draft is not None else "")
        if self.mending is None:
            self.outcome.show(tag("p", sentence(self.words), class_="read", id="read", tabindex="-1"))
        found = (warning for warning in self._found if warning.message.code not in _ASKED_BELOW)
        self.warnings.show(warnings_page((*found, *known)))
        history = self.table.history
        if self.mending is None and history is not None:
            self.spellings.ask(self.written, history.now, draft.spellings if draft is not None else "")
        self.ask_who_is_twice(roster, draft.decisions if draft is not None else ())

    @property
    def next_question(self) -> str:
        """Where to go on: what is left to answer, or back to who is coming."""
        return "spellings" if self.spellings.undecided else "twice" if self.duplicates.undecided else "read"

    def ask_who_is_twice(self, roster: Roster, decisions: Iterable[Decision]) -> None:
        """Ask about everybody who may stand there twice, and has not been asked about."""
        decided = tuple(decisions)
        asked = {(each.first, each.second) for each in decided}
        likely = {(each.first, each.second): each for each in likely_duplicates(roster)}
        self.duplicates.offer((each for pair, each in likely.items() if pair not in asked), roster)
        self.duplicates.tell_answered(
            (each, self.written[each.first], self.written[each.second])
            for each in decided
            # A corrected spelling may have made them two people after all, or nobody's namesakes.
            if each.first in self.written
            and each.second in self.written
            and (each.second not in roster if each.same else (each.first, each.second) in likely)
        )

    def clear(self) -> None:
        """Nothing of an earlier room stays."""
        self.spellings.forget()
        self.duplicates.offer((), Roster(()))
        self.duplicates.tell_answered(())
        self.warnings.show(None)

    def forget(self) -> None:
        """Begin anew: no sheet at all."""
        self.outcome.show(None)
        self.table.offer(None)
        self.mending = None
        self.offer_to_leave()


def _read(roster: Roster, name: str) -> Message:
    """How many people there are; who interprets is one of them, and not among those who talk."""
    beside = len(roster) - len(roster.talkers)
    code = "app.read" if not beside else "app.read_interprets" if beside == 1 else "app.read_interpret"
    return say(code, people=len(roster), name=name, count=beside)
