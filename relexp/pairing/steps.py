"""The changes made to an evening by hand, one after the other, each of which can be taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from relexp.pairing.by_hand import ByHand
from relexp.pairing.changes import Change, changed
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


@dataclass(frozen=True)
class Steps:
    """An evening as it was planned, for these people and rules, with what was done to it since.

    `done` are the changes in force, the oldest first; `undone` those taken back, the next to do again last.
    """

    start: Evening
    roster: Roster
    rules: Rules
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    def do(self, change: Change) -> Steps:
        """One more change; what was taken back before it is forgotten. Raises Refused for what cannot be."""
        changed(self.now.evening, self.roster, self.now.rules, change)
        return replace(self, done=(*self.done, change), undone=())

    def undo(self) -> Steps:
        """The last change taken back, if there is one."""
        if not self.done:
            return self
        return replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def redo(self) -> Steps:
        """The change that was taken back last done again, if there is one."""
        if not self.undone:
            return self
        return replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1])

    @cached_property
    def now(self) -> ByHand:
        """The evening and the rules as they now are, ready for the next change.

        Raises Refused where the changes are not of this evening.
        """
        start = ByHand(self.start, self.roster, self.rules)
        evening, rules = start.evening, start.rules
        for change in self.done:
            rounds, rules = changed(evening, self.roster, rules, change)
            evening = replace(evening, rounds=rounds)
        return ByHand(start.remade(evening.rounds, rules), self.roster, rules, start)
