"""From a first draft to the best: tight starts, other deals, and small rooms searched to the end."""

from __future__ import annotations

import numpy as np

from relexp.pairing.breaches import PROTECTED, breaches
from relexp.pairing.circle import fits, lay_circle
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.exact import exact_draft, small_enough
from relexp.pairing.integer import Unproven
from relexp.pairing.mend import mend
from relexp.pairing.reasons import proven_causes
from relexp.pairing.report import fewest_meetings
from relexp.pairing.room import Ints, Room
from relexp.pairing.search import WITHIN, Pulse, Watch, ease, fair_ceiling, fairness, fill, lift, settle, worst_off
from relexp.roster.difference import groups
from relexp.roster.rules import NeverSame, Repeats

# A room that resists is dealt anew this often, with longer patience each time.
ATTEMPTS = 6
FEW_ATTEMPTS = 3
# Small rooms are cheap to search again, and the worst-off person gains by it.
AGAIN = {60: 2, 130: 1}
SEVERAL = 60

Score = tuple[int, int, int, int, int, int, float]


def best_draft(room: Room, watch: Watch | None = None) -> Draft:
    """The best evening the search finds for a room; with a breach only where none without was found."""
    pulse = Pulse(watch)
    best = _attempt(room, room.rules.seed, pulse, circle=False)
    broken = breaches(best)
    if not broken or not proven_causes(room, broken):
        best = _look_further(room, best, pulse)
    mend(best, range(room.rounds), pulse)
    pulse.done()
    return best


def _look_further(room: Room, best: Draft, pulse: Pulse) -> Draft:
    """Search again where something is still bent, or where it is cheap and somebody could be better off."""
    if not _clean(best):
        return _without_breach(room, best, pulse)
    again = next((times for size, times in AGAIN.items() if room.size <= size), 0)
    fewest = sum(fewest_meetings(room, codes, _resting(best))[0] for codes in _codes(room))
    for attempt in range(ATTEMPTS if room.size <= SEVERAL else again):
        mixed = int(best.same.sum()) <= 2 * fewest
        fair = best.same.any() or worst_off(best) >= fair_ceiling(best) * WITHIN
        if pulse.stopped or (mixed and (fair or attempt >= again)):
            break
        other = _attempt(room, room.rules.seed + 7919 * (attempt + 1), pulse, circle=False)
        best = min(best, other, key=score)
    if int(best.same.sum()) > 2 * fewest and small_enough(room) and not pulse.stopped:
        best = min([best, *(draft for draft in _exactly(room, pulse) if draft)], key=score)
    return best


def _codes(room: Room) -> list[Ints]:
    """Everybody's group on each attribute that is to be met as rarely as possible."""
    rows = [room.roster.index[id] for id in room.ids]
    wanted = [attribute for attribute in room.rules.across if attribute.never_same is NeverSame.FEWEST]
    return [groups(room.roster, attribute.column)[rows] for attribute in wanted]


def _resting(draft: Draft) -> list[int]:
    return [int((tables[:, 1] == NOBODY).sum()) for tables in draft.tables]


def _clean(draft: Draft) -> bool:
    """Whether an evening breaks nothing, nobody meets twice, and no under-18 waits who need not."""
    waiting = any(draft.room.minor[tables[tables[:, 1] == NOBODY, 0]].any() for tables in draft.tables)
    return not waiting and not _bent(draft)


def _bent(draft: Draft) -> bool:
    """Whether an evening breaks a rule or lets somebody meet twice."""
    twice = draft.room.rules.repeats is Repeats.FEWEST and bool((draft.met > 1).any())
    return twice or bool(breaches(draft))


def score(draft: Draft) -> Score:
    """What is compared between two drafts, the lower the better: hard rules, then shares, the worst-off, the total."""
    broken = breaches(draft)
    uneven = int((draft.trios * (draft.trios - 1)).sum() + (draft.rests * (draft.rests - 1)).sum())
    evenly = np.array([cap is None for cap in draft.room.caps], dtype=np.int64)[:, None]
    same = int((draft.same * (4 * draft.room.size + evenly * draft.same)).sum())
    return (
        sum(breach.kind in PROTECTED for breach in broken),
        len(broken),
        int(np.maximum(draft.met - 1, 0).sum()),
        int(draft.rests.sum()),
        uneven,
        same,
        -fairness(draft),
    )


def _attempt(room: Room, seed: int, pulse: Pulse, *, circle: bool, patience: int = 3) -> Draft:
    draft = Draft(room, seed)
    if circle:
        lay_circle(draft)
    fill(draft, pulse)
    everything = range(room.rounds)
    ease(draft, everything, pulse, patience)
    lift(draft, everything, pulse, patience)
    mend(draft, everything, pulse, looks=1)
    pulse.step()
    return draft


def _without_breach(room: Room, best: Draft, pulse: Pulse) -> Draft:
    """Look harder for an evening that breaks nothing: whole-evening starts, new deals, then small rooms to the end."""
    for attempt in range(1, ATTEMPTS if room.size <= SEVERAL else FEW_ATTEMPTS):
        if pulse.stopped or _clean(best) or (attempt > 2 and not _bent(best)):
            break
        circle = fits(room) and attempt % 2 == 1
        other = _attempt(room, room.rules.seed + 104729 * attempt, pulse, circle=circle, patience=3 + 3 * attempt)
        best = min(best, other, key=score)
    if not _clean(best) and small_enough(room) and not pulse.stopped:
        found = _exactly(room, pulse)
        # among hosts and guests, and with under-18s, a round could have more threes or rests than were tried
        best.proven = found == [None] and not room.minor.any() and not room.sided
        best = min([best, *(draft for draft in found if draft)], key=score)
    return best


def _exactly(room: Room, pulse: Pulse) -> list[Draft | None]:
    """The evening found by searching to the end, [None] where there is none, and nothing where time ran out."""
    try:
        found = exact_draft(room, room.rules.seed)
    except Unproven:
        return []
    if found is not None:
        settle(found, range(room.rounds), pulse)
        lift(found, range(room.rounds), pulse)
        mend(found, range(room.rounds), pulse, looks=1)
    return [found]
