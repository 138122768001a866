"""What is asked of the evening: the organiser's wishes, who is kept apart, and the menu of a lop-sided room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ipywidgets

from relexp.apps.carrying import carried_over, for_another_sheet
from relexp.apps.drafts import Draft
from relexp.apps.earlier import Earlier, EarlierPanel
from relexp.apps.keep_apart import KeepApart, sealed, unsealed
from relexp.apps.menu_panel import MenuPanel
from relexp.apps.rules_panel import RulesPanel
from relexp.apps.widgets import show
from relexp.messages import FaultsFound, say
from relexp.pairing.evening import Evening
from relexp.pairing.reasons import foreseen
from relexp.roster.person import Roster
from relexp.roster.rule_check import check_rules
from relexp.roster.rules import Pin, Rules
from relexp.roster.wishes import Own, Wishes, as_raw, fitted, named_hosts, usual
from relexp.store.seal import Seal


class Asking(ipywidgets.VBox):
    """The rules of one room, from what is wished on the page; `changed` is called when something is asked anew.

    With `leads`, the page is the lead facilitator's, who alone sees who is kept apart.
    """

    changed: Callable[[], None]
    # The conversations that are kept together by hand.
    pins: Callable[[], tuple[Pin, ...]]

    def __init__(self, speak: Callable[[str], None], leads: bool, earlier: EarlierPanel) -> None:
        self.earlier = earlier
        self.panel, self.apart, self.menu = RulesPanel(), KeepApart(speak), MenuPanel(speak)
        self._leads, self._seal = leads, Seal()
        self._roster = Roster(())
        self._unopened = ""
        # Pairs of whom one was made one with somebody else: they are that one's as long as that holds.
        self._merged: tuple[tuple[str, str], ...] = ()
        self.pins = tuple
        show(self.apart, leads)
        self.panel.controls.children = (*self.panel.controls.children, earlier, self.apart)
        self.panel.changed = self._wished
        self.apart.changed = lambda: self.changed()
        super().__init__((self.panel, self.menu))

    @property
    def wishes(self) -> Wishes:
        """What is wished now."""
        return self.panel.wishes

    def offer(self, roster: Roster, draft: Draft | None) -> None:
        """Ask about this room: as it was asked before, where a draft says so, else the usual."""
        self._roster = roster
        kept = draft.wishes if draft is not None else None
        self.panel.offer(roster, usual(roster) if kept is None else fitted(kept, roster))
        self.earlier.offer(roster, tuple(Earlier(name, met) for name, met in draft.met) if draft is not None else ())
        pairs = unsealed(draft.apart, self._seal) if draft is not None and self._leads else ()
        # What cannot be opened now may be when the key is back.
        self._unopened = draft.apart if draft is not None and pairs is None else ""
        self.apart.tell(say("apart.lost") if pairs is None else None)
        decided = draft.decisions if draft is not None else ()
        one = {each.second: each.first for each in decided if each.same and each.second not in roster}
        self._merged = tuple(pair for pair in pairs or () if not one.keys().isdisjoint(pair))
        self.apart.offer(roster, tuple(dict.fromkeys(_as_one(pair, one) for pair in pairs or ())))
        if self._leads and (pairs is None or self.apart.elsewhere):
            # What is folded away would be said to nobody.
            self.panel.opener.value = True

    def carried_over(self, draft: Draft, before: Roster, after: Roster) -> Draft:
        """The draft with everybody under the id that a correction of the sheet gave them."""
        return carried_over(draft, before, after, self._seal)

    def of_another(self, draft: Draft) -> str:
        """Who is kept apart, for a sheet that takes the place of the draft's."""
        return for_another_sheet(draft.apart, self._seal)

    def kept(self, draft: Draft) -> Draft:
        """The draft with what is asked now."""
        met = tuple((each.name, each.pairs) for each in self.earlier.evenings)
        if not self._leads:
            # Who is kept apart is not theirs to see, nor to lose.
            return replace(draft, wishes=self.wishes, met=met)
        pairs = dict.fromkeys((*self.apart.pairs, *self.apart.elsewhere, *self._merged))
        try:
            apart = sealed(tuple(pairs), self._seal) or self._unopened
        except (OSError, ValueError):
            apart = draft.apart
            self.apart.tell(say("apart.unlocked"))
            self.panel.opener.value = True
        return replace(draft, wishes=self.wishes, apart=apart, met=met)

    def still_meet(self, evening: Evening) -> bool:
        """Whether two meet in an evening who must not."""
        return not {*evening.pairs()}.isdisjoint(self.apart.pairs)

    def met_again(self, evening: Evening) -> bool:
        """Whether two meet in an evening who met at an earlier gathering."""
        return not {*evening.pairs()}.isdisjoint((one, other) for one, other in self.earlier.met_before())

    def rules(self, rounds: int) -> Rules | None:
        """The rules that follow; None, and why on the page, where the wishes contradict each other.

        Where they do not, but no evening can hold them, the page says at once why, and what would make them hold.
        """
        try:
            rules = self._checked(self.wishes, rounds)
        except FaultsFound as found:
            self.panel.tell([fault.message for fault in found.faults])
            self.menu.offer(None)
            return None
        self.panel.tell(foreseen(self._roster, rules))
        self.menu.offer((self._roster, rules))
        return rules

    def rules_for(self, wishes: Wishes | None, rounds: int) -> Rules | None:
        """The rules of these wishes (None: of those on the page), where they do not clash; else None."""
        try:
            return self._checked(self.wishes if wishes is None else wishes, rounds)
        except FaultsFound:
            return None

    def _checked(self, wishes: Wishes, rounds: int) -> Rules:
        raw = as_raw(fitted(wishes, self._roster), self._roster, rounds) | {"keep_apart": self.apart.pairs}
        rules = check_rules(raw | {"met_before": self.earlier.met_before()}, self._roster)
        kept = (pin for pin in self.pins() if pin.round <= rounds and pin not in rules.pins)
        return replace(rules, pins=(*rules.pins, *kept))

    def take(self, cap: int | None) -> None:
        """Ask for a choice of the menu."""
        self.panel.offer(self._roster, replace(self.wishes, own=Own.SELDOM, most=cap))

    def expect_hosts(self) -> None:
        """Hosts are to meet guests, where the sheet says who is which and nothing else was asked for."""
        hosts = named_hosts(self._roster)
        if hosts is not None and self.wishes.hosts is None:
            self._wished(replace(self.wishes, hosts=hosts))

    def _wished(self, wishes: Wishes) -> None:
        self.panel.offer(self._roster, wishes)
        self.changed()


def _as_one(pair: tuple[str, str], one: Mapping[str, str]) -> tuple[str, str]:
    """A pair with the people who were made one under the id that is left of them."""
    first, second = sorted(one.get(id, id) for id in pair)
    return (first, second) if any(id in one for id in pair) else pair
