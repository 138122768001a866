"""The menu for a lop-sided room: how same-group talks may be shared out, and what each choice costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.pairing.plan import plan
from relexp.pairing.report import fewest_meetings
from relexp.pairing.room import open_room
from relexp.pairing.search import Watch
from relexp.roster.difference import groups
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Rules


@dataclass(frozen=True)
class Choice:
    """One way to share out same-group talks: its rules, the evening they make, and its price in words.

    `cap` is the most same-group rounds that one person may have (None: as few as can be), `most` what it came to,
    `meetings` how many such meetings there are in all; `gap` is how far the evening's total is from its own bound,
    as a fraction.
    """

    rules: Rules
    evening: Evening
    price: Message
    cap: int | None
    most: int
    meetings: int
    gap: float


def menu(roster: Roster, rules: Rules, watch: Watch | None = None) -> tuple[Choice, ...]:
    """The choices for a room in which one group is more than half: shared evenly, one round more, or only weighed.

    Empty where no group makes same-group talks unavoidable. The evenest choice stands first; each price is what it
    takes from the difference of the freest evening.
    """
    attribute = crowded(roster, rules)
    if attribute is None:
        return ()
    even = _with(rules, replace(attribute, never_same=NeverSame.FEWEST, cap=None))
    first = plan(roster, even, least_bad=True, watch=_third(watch, 0))
    low = _figures(first, even, attribute)[0]
    options = [(even, first)]
    if low + 1 < rules.rounds:
        more = _with(rules, replace(attribute, never_same=NeverSame.FEWEST, cap=low + 1))
        options.append((more, plan(roster, more, least_bad=True, watch=_third(watch, 1))))
    free = _with(rules, replace(attribute, never_same=NeverSame.FEWEST, cap=rules.rounds))
    options.append((free, plan(roster, free, least_bad=True, watch=_third(watch, 2))))
    best = max(_total(evening) for _, evening in options)
    return tuple(_choice(chosen, evening, attribute, best) for chosen, evening in options)


def _third(watch: Watch | None, place: int) -> Watch | None:
    """Tells the share done of all three evenings where one is planned."""
    return None if watch is None else lambda share: watch((place + share) / 3)


def crowded(roster: Roster, rules: Rules) -> Across | None:
    """The attribute whose largest group cannot keep from talking with its own; None in a room without one."""
    room = open_room(roster, rules)
    resting = [int(rules.odd is Odd.REST and len(room.talking(round)) % 2) for round in range(room.rounds)]
    for attribute in rules.across:
        codes = groups(roster, attribute.column)[[roster.index[id] for id in room.ids]]
        if attribute.never_same is not None and fewest_meetings(room, codes, resting)[0]:
            return attribute
    return None


def _with(rules: Rules, attribute: Across) -> Rules:
    across = tuple(attribute if old.column == attribute.column else old for old in rules.across)
    return replace(rules, across=across)


def _figures(evening: Evening, rules: Rules, attribute: Across) -> tuple[int, int]:
    """The most same-group rounds of one person, and the meetings in all."""
    kept = [across for across in rules.across if across.never_same is not None]
    place = [across.column for across in kept].index(attribute.column)
    figures = evening.report["same_group"]
    assert isinstance(figures, dict)
    mine = list(figures.values())[place]
    return int(mine["most_for_one_person"]), int(mine["meetings"])


def _total(evening: Evening) -> float:
    return float(str(evening.report["total"]))


def _choice(rules: Rules, evening: Evening, attribute: Across, best: float) -> Choice:
    most, meetings = _figures(evening, rules, attribute)
    lost = round(100 * (best - _total(evening)) / best, 1) if best else 0.0
    code = "menu.free" if lost <= 0 else "menu.price"
    price = say(code, most=most, meetings=meetings, lost=f"{lost:g}")
    cap = next(across.cap for across in rules.across if across.column == attribute.column)
    return Choice(rules, evening, price, cap, most, meetings, float(str(evening.report["total_gap"])))
