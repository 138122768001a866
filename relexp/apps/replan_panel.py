"""Somebody came or left: what would change for whom, before anything does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.figures import shortfalls
from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.keep_apart import unsealed
from relexp.apps.planning import Work
from relexp.apps.widgets import Fragment, button, make_main, row, show
from relexp.gathering.formats import Part
from relexp.gathering.live import Proposal, Unplanned, enough, propose, unplanned, untold
from relexp.gathering.running import Running, Stage
from relexp.gathering.tonight import Tonight
from relexp.messages import Message, say
from relexp.store.drafts import Stale
from relexp.store.gatherings import Gatherings
from relexp.store.seal import Seal

# More names than these stand folded away.
MOST_SHOWN = 8


class ReplanPanel(ipywidgets.VBox):
    """Hidden while the plan fits who is here. `changed` is called when another plan counts.

    `guard` runs what somebody did, or what was worked out, so that a fault is told.
    """

    def __init__(
        self, speak: Callable[..., None], guard: Callable[[Callable[[], None]], None], changed: Callable[[], None]
    ) -> None:
        self._speak, self._guard, self._changed = speak, guard, changed
        self._gatherings: Gatherings | None = None
        self._now: Callable[[], datetime]
        self._tonight: Tonight | None = None
        self._left_at: tuple[object, ...] = ()
        self._asked_at: tuple[object, ...] | None = None
        self._start: Callable[[], None]
        self.work: Work[Proposal] | None = None
        self.proposal: Proposal | None = None
        self.lost = False
        self.says, self.preview = Fragment(), Fragment()
        self.look = button("", lambda: guard(self._look))
        self.use = button(str(say("live.use")), lambda: guard(self._use), main=True)
        self.leave = button(str(say("live.leave")), lambda: guard(self._leave))
        self.anyway = button(str(say("live.anyway")), lambda: guard(lambda: self._start()))
        below = row((self.use, self.leave))
        super().__init__((self.says, row((self.look, self.anyway)), self.preview, below))
        self.add_class("step")
        self.add_class("again")
        self._rest()

    @property
    def waits(self) -> bool:
        """Whether it holds the one main thing to do."""
        return self.layout.display is None and (self.proposal is not None or self._first or self._asked_at is not None)

    def asks(self, tonight: Tonight, now: datetime, start: Callable[[], None]) -> bool:
        """Whether the first round would send people to empty chairs: then that is asked, and `start` begins it."""
        found = unplanned(tonight, now)
        nobody = not any(guest.here for guest in tonight.people)
        if tonight.running(now).round or nobody or not found or _mark(found) == self._left_at:
            return False
        self._asked_at, self._start = _mark(found), start
        self._changed()
        self._speak(" ".join(map(str, (say("live.asks"), *_in_words(found)))), go="again")
        return True

    def serve(self, gatherings: Gatherings, now: Callable[[], datetime]) -> None:
        """Plan from now on for these gatherings, by this clock."""
        self._gatherings, self._now = gatherings, now
        self._left_at = ()
        self._rest()

    def show(self, tonight: Tonight) -> None:
        """Say whether somebody came or left since it was planned."""
        self._tonight = tonight
        now = self._now()
        running, found = tonight.running(now), unplanned(tonight, now)
        self._first = running.stage in (Stage.INVITED, Stage.DOORS) and untold(tonight, running)
        if running.round or self._asked_at != _mark(found):
            self._asked_at = None
        if self.proposal is not None and not self.proposal.holds(tonight):
            # It was looked for on purpose, and must not go without a word.
            self._rest()
            self.preview.show(tag("p", str(say("live.anew")), class_="note"))
            self._speak(str(say("live.anew")))
        asks = self._asked_at is not None and self.proposal is None
        wanted = bool(found) and (enough(tonight) or asks) and running.stage is not Stage.CLOSED
        shown = wanted and (self._left_at != _mark(found) or self._first)
        show(self, shown or self.work is not None)
        if not shown:
            return
        # Where somebody would be without protection, the tables cannot stay as they are.
        show(self.leave, self.proposal is not None and not found.unsafe)
        show(self.anyway, asks and self.work is None)
        show(self.look, enough(tonight) and self.proposal is None and self.work is None)
        self.says.show(_asked(found) if asks else _waiting(tonight, running) if self._first else _said(found))
        self.look.description = str(say("live.plan_here" if self._first else "live.look"))
        make_main(self.look, (self._first or asks) and self.proposal is None)

    def _rest(self) -> None:
        """No new plan is looked at."""
        self._first = False
        self.proposal = self.work = None
        self.preview.show(None)
        show(self.look, True)
        for each in (self.anyway, self.use, self.leave):
            show(each, False)

    def _look(self) -> None:
        if self._tonight is None or self._gatherings is None or self.work is not None:
            return
        tonight, now = self._tonight, self._now()
        kept = self._gatherings.get(tonight.id)
        apart = unsealed(kept.apart, Seal()) if kept else ()
        self.lost = apart is None
        met = self._gatherings.earlier(tonight.id)
        show(self.look, False)
        show(self.anyway, False)
        self.preview.show(tag("p", str(say("live.working")), class_="hint"))
        self.work = Work(
            lambda watch: propose(tonight, now, apart=apart or (), met=met, watch=watch),
            told=lambda share: None,
            ended=lambda work, found: self._guard(lambda: self._found(work, found)),
        )
        self.work.start()

    def _found(self, work: Work[Proposal], found: Proposal | Exception) -> None:
        if work is not self.work:
            return
        self.work = None
        if isinstance(found, Exception):
            self._rest()
            raise found
        self.proposal = found
        assert self._tonight is not None
        self.preview.show(preview(found, self._tonight, self.lost))
        show(self.use, True)
        show(self.leave, not found.unplanned.unsafe)
        self._changed()
        self._speak(" ".join(str(each) for each in summary(found)), go="again")

    def _use(self) -> None:
        """Keep the plan, unless something was pressed or somebody came meanwhile: then it is worked out anew."""
        proposal, tonight = self.proposal, self._tonight
        if proposal is None or tonight is None or self._gatherings is None:
            return
        self._changed()
        try:
            if self.proposal is not proposal:
                raise Stale
            self._gatherings.seat(tonight.id, proposal.evening, proposal.after, proposal.presses)
        except Stale:
            self._rest()
            self._changed()
            self._speak(str(say("live.meanwhile")))
            self._look()
            return
        self._rest()
        self._changed()
        self._speak(str(say("live.used")), go="now")

    def _leave(self) -> None:
        if self._tonight is not None:
            self._left_at, self._asked_at = _mark(unplanned(self._tonight, self._now())), None
        self._rest()
        self._changed()


def _mark(found: Unplanned) -> tuple[object, ...]:
    return (found.came, found.away, found.off, found.unsafe)


def _asked(found: Unplanned) -> Markup:
    says = join((sentence(each) for each in _in_words(found)), " ")
    return join((tag("h3", str(say("live.asks")), id="again", tabindex="-1"), tag("p", says)))


def _waiting(tonight: Tonight, running: Running) -> Markup:
    here = sum(guest.here for guest in tonight.people)
    code = "live.welcomed" if running.part in (Part.OPENING, Part.TEA) else "live.waiting"
    return tag("p", sentence(say(code, here=here, people=len(tonight.people))), class_="read")


def _said(found: Unplanned) -> Markup:
    return tag("p", join((sentence(each) for each in _in_words(found)), " "), class_="read")


def _in_words(found: Unplanned) -> tuple[Message, ...]:
    came, away, off = len(found.came), len(found.away), len(found.off)
    said = []
    if came:
        said.append(say("live.came_one") if came == 1 else say("live.came", count=came))
    if away:
        said.append(say("live.away_one") if away == 1 else say("live.away", count=away))
    if off:
        said.append(say("live.off_one") if off == 1 else say("live.off", count=off))
    if unsafe := len(found.unsafe):
        # Of whom, and why, is said on no screen that others may see.
        said.append(say("live.unsafe_one") if unsafe == 1 else say("live.unsafe", count=unsafe))
    return tuple(said)


def summary(proposal: Proposal) -> tuple[Message, ...]:
    """What another plan would mean, in a sentence or two."""
    if proposal.afresh:
        people, rounds = len(proposal.here), len(proposal.evening.rounds)
        plan = (
            say("live.afresh_one", people=people) if rounds == 1 else say("live.afresh", people=people, rounds=rounds)
        )
        return (plan, say("live.cards_void"))
    changes = proposal.changes
    if not changes:
        return (say("live.nobody_moves"),)
    first = min(round for change in changes for round in change.rounds)
    if len(changes) == 1:
        return (say("live.one_moves", first=first),)
    return (say("live.some_move", count=len(changes), first=first),)


def preview(proposal: Proposal, tonight: Tonight, lost: bool) -> Markup:
    """What another plan would mean, for whom and when; and what it cannot keep."""
    lines = [
        tag(
            "li",
            typed(tonight.names.get(change.person_id, change.person_id)),
            tag("span", str(_when(change.rounds)), class_="small"),
        )
        for change in proposal.changes
    ]
    who = tag("ul", *lines, class_="moves", role="list")
    if len(lines) > MOST_SHOWN:
        who = tag("details", tag("summary", str(say("live.who"))), who)
    pieces = (
        tag("h3", join((sentence(each) for each in summary(proposal)), " "), id="again", tabindex="-1"),
        who if lines else None,
        shortfalls(proposal.evening.report, (), "live.bends"),
        tag("p", str(say("live.apart_lost")), class_="note") if lost else None,
    )
    return join(piece for piece in pieces if piece)


def _when(rounds: tuple[int, ...]) -> Message:
    numbers = ", ".join(map(str, rounds))
    return say("live.in_round" if len(rounds) == 1 else "live.in_rounds", rounds=numbers)
