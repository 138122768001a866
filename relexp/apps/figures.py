"""The figures of an evening in words, each beside the best that any plan could do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from relexp.apps.html import sentence, tag, typed
from relexp.apps.room_view import MOST_REASONS
from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.pairing.verify import averages
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


def counts(evening: Evening, roster: Roster) -> Markup:
    """The size of the evening in three large figures, each with what it is counted from."""
    large = (_large(count, message) for count, message in _counts(evening, roster))
    return tag("ul", *large, class_="figures", role="list")


def promises(evening: Evening, roster: Roster, rules: Rules | None = None) -> Markup:
    """A sentence for each promise: kept, or how nearly and against what bound; then what the planner adds.

    With the `rules`, whoever is under 18 does not stand for the room where their own rule makes their partners alike.
    """
    notes = _reasons(evening.report) if evening.report.get("feasible", True) else ()
    least = _grown_least(evening, roster, rules) if rules is not None else None
    said = (*map(sentence, _sentences(evening.report, roster, least)), *map(typed, notes))
    return tag("ul", *(tag("li", line) for line in said), class_="said")


def shortfalls(
    report: Mapping[str, object], told: Sequence[Message] = (), heading: str = "app.least_bad_heading"
) -> Markup | None:
    """What the least bad plan, or a change by hand, does not keep, in people's words; None where every rule holds.

    A report holds sentences as they are for a file; those among `told` are said as the page says them.
    """
    if report.get("feasible", True):
        return None
    reasons = _reasons(report)
    known = {str(reason): reason for reason in told}
    said = (sentence(known[reason]) if reason in known else typed(reason) for reason in reasons[:MOST_REASONS])
    lines = tag("ul", *(tag("li", reason) for reason in said))
    more = len(reasons) - MOST_REASONS
    rest = tag("p", sentence(say("app.reasons_more", count=more))) if more > 0 else None
    return tag("div", tag("h3", str(say(heading))), lines, rest, class_="note")


def _reasons(report: Mapping[str, object]) -> tuple[str, ...]:
    reasons = report.get("reasons")
    return tuple(map(str, reasons)) if isinstance(reasons, list | tuple) else ()


def _large(count: int, message: Message) -> Markup:
    return tag("li", tag("strong", f"{count:,}"), " ", tag("span", sentence(message)))


def _counts(evening: Evening, roster: Roster) -> Iterator[tuple[int, Message]]:
    report, rounds = evening.report, len(evening.rounds)
    possible = f"{math.comb(len(roster.talkers), 2):,}"
    talks, turns, met = (_whole(report, key) for key in ("conversations", "turns", "pairs_met"))
    yield talks, say("app.figure_one_round") if rounds == 1 else say("app.figure_conversations", rounds=rounds)
    yield turns, say("app.figure_turns")
    yield met, say("app.figure_pairs", possible=possible)


def _sentences(report: Mapping[str, object], roster: Roster, least: float | None) -> Iterator[Message]:
    yield from _difference(report, least)
    talks, trios, repeats = (_whole(report, key) for key in ("conversations", "trios", "repeats"))
    # In a conversation of three, three pairs meet.
    meetings = talks + 2 * trios
    yield say("app.repeats_some", count=repeats, total=meetings) if repeats else say("app.repeats_none")
    groups = report.get("same_group")
    for column, found in groups.items() if isinstance(groups, Mapping) else ():
        if column in roster.columns and column not in roster.private and isinstance(found, Mapping):
            yield from _same_group(roster.columns[column], found, meetings)
    if trios:
        second, of_three = _whole(report, "second_trios"), {"count": trios, "talks": talks}
        yield say("app.trios_twice", second=second, **of_three) if second else say("app.trios_even", **of_three)
    if rests := _whole(report, "rests"):
        yield say("app.rests_count", count=rests, turns=_whole(report, "turns"))


def _grown_least(evening: Evening, roster: Roster, rules: Rules) -> float | None:
    """The least difference that a grown-up's partners have; None where nobody under 18 has less."""
    if not any(person.under_18 for person in roster.talkers):
        return None
    found = averages(roster, rules, evening)
    young, grown = ([found[id] for id in found if roster[id].under_18 is kind] for kind in (True, False))
    return min(grown) if young and grown and min(young) < min(grown) else None


def _difference(report: Mapping[str, object], least: float | None) -> Iterator[Message]:
    bound, gap = (_real(report, key) for key in ("total_bound", "total_gap"))
    if bound:
        # Rounded away from praise: that no plan gives more is said only where it is proven.
        share = _down(100 * (1 - gap))
        yield say("app.total_most") if share >= 100 else say("app.total", share=f"{share:g}")
    worst, limit = _real(report, "worst_person"), _real(report, "worst_person_bound")
    if least is not None:
        yield say("app.worst_grown", worst=f"{_down(100 * least):g}")
    elif limit:
        yield say("app.worst", worst=f"{_down(100 * worst):g}", limit=f"{_up(100 * limit):g}")


def _same_group(header: str, found: Mapping[str, object], total: int) -> Iterator[Message]:
    meetings, most, lowest = (_whole(found, key) for key in ("meetings", "most_for_one_person", "lowest_possible"))
    if not meetings:
        yield say("app.same_none", column=header)
        return
    met = {"column": header, "meetings": meetings, "total": total, "most": most}
    if lowest:
        yield say("app.same_least" if most <= lowest else "app.same_some", lowest=lowest, **met)
    else:
        yield say("app.same_met", **met)
    if fewest := _whole(found, "fewest_meetings"):
        yield say("app.same_fewest", column=header, fewest=fewest)


def _down(value: float) -> float:
    return math.floor(round(value * 10, 5)) / 10


def _up(value: float) -> float:
    return math.ceil(round(value * 10, 5)) / 10


def _whole(report: Mapping[str, object], key: str) -> int:
    value = report.get(key)
    return value if isinstance(value, int) else 0


def _real(report: Mapping[str, object], key: str) -> float:
    value = report.get(key)
    return float(value) if isinstance(value, int | float) else 0.0
