"""An evening in words: every round as lines of tables, and its figures, each with what it is compared with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from relexp.messages import Message, say
from relexp.pairing.evening import Conversation, Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

JOINT = " & "


def evening_lines(evening: Evening) -> Iterator[str]:
    """The evening by round: a line for each table with the names of those who talk, and one for those who rest."""
    for round in evening.rounds:
        yield say("cli.show_round", round=round.number).text()
        widest = max((len(str(talk.table)) for talk in round.conversations), default=1)
        for talk in sorted(round.conversations, key=lambda talk: talk.table):
            table = f"{talk.table:>{widest}}"
            yield say("cli.show_table", table=table, names=_at_table(evening, talk)).text()
        if round.resting:
            yield say("cli.show_resting", names=_names(evening, round.resting)).text()
        yield ""


def summary(report: Mapping[str, object], roster: Roster) -> Iterator[Message | str]:
    """The figures of an evening as sentences, and what else to know; a figure that is not there is left out."""
    if "conversations" in report:
        interpreters = len(roster) - len(roster.talkers)
        code = "cli.show_people_interpreters" if interpreters else "cli.show_people"
        yield say(code, talkers=report["people"], interpreters=interpreters, rounds=report["rounds"])
        yield say("cli.show_conversations", conversations=report["conversations"], turns=report["turns"])
    bound = _figure(report, "total_bound")
    if bound > 0:
        # Rounded up, so that no evening looks nearer to its bound than it is.
        gap = _up(100 * max(_figure(report, "total_gap"), 0.0), 2)
        yield say("cli.show_total", total=_down(_figure(report, "total"), 1), bound=_up(bound, 1), gap=gap)
    if "worst_person_bound" in report:
        worst = _down(_figure(report, "worst_person"), 3)
        yield say("cli.show_worst", worst=worst, bound=_up(_figure(report, "worst_person_bound"), 3))
    # One-to-twos that were asked for are no trios that somebody had to sit in.
    if report.get("trios") and report["trios"] != report.get("conversations"):
        yield say("cli.show_trios", trios=report["trios"], again=report.get("second_trios", 0))
    if report.get("rests"):
        yield say("cli.show_rests", rests=report["rests"])
    if report.get("repeats"):
        yield say("cli.show_repeats", repeats=report["repeats"])
    same_group = report.get("same_group")
    if isinstance(same_group, Mapping):
        for column, figures in same_group.items():
            yield from _same_group(column, figures, roster)
    if report.get("feasible"):
        yield from reasons_in(report)


def quiet_note(roster: Roster, rules: Rules) -> tuple[Message, ...]:
    """Which tables are the quiet ones, where there are any."""
    from relexp.pairing.seating import quiet_tables

    tables = ", ".join(map(str, quiet_tables(roster, rules)))
    return (say("note.quiet", tables=tables),) if tables else ()


def reasons_in(report: Mapping[str, object]) -> tuple[str, ...]:
    """What the report says about the evening in sentences: what had to give, or what to know."""
    reasons = report.get("reasons")
    return tuple(str(reason) for reason in reasons) if isinstance(reasons, (list, tuple)) else ()


def _same_group(column: str, figures: Mapping[str, int], roster: Roster) -> Iterator[Message]:
    public = column in roster.columns and column not in roster.private
    met = {
        "column": roster.columns[column] if public else say("cli.show_private"),
        "meetings": figures["meetings"],
        "most": figures["most_for_one_person"],
    }
    # "At least 0" would tell nobody anything.
    if lowest := figures["lowest_possible"]:
        yield say("cli.show_same_group", lowest=lowest, **met)
    else:
        yield say("cli.show_same_group_met", **met)
    if figures.get("fewest_meetings"):
        yield say("cli.show_same_group_fewest", fewest=figures["fewest_meetings"])
        if public:
            yield from _largest_group(column, roster)


def _largest_group(column: str, roster: Roster) -> Iterator[Message]:
    values = [person.values.get(column, "").strip() for person in roster.talkers]
    sizes = Counter(value.casefold() for value in values if value)
    group, size = max(sizes.items(), key=lambda item: item[1], default=("", 0))
    if 2 * size > len(values):
        shown = next(value for value in values if value.casefold() == group)
        yield say("cli.show_same_group_why", size=size, people=len(values), group=shown)


def _at_table(evening: Evening, talk: Conversation) -> str:
    names = _names(evening, talk.people)
    if not talk.interpreters:
        return names
    return say("evening.interpreted", names=names, interpreters=_names(evening, talk.interpreters)).text()


def _names(evening: Evening, ids: tuple[str, ...]) -> str:
    return JOINT.join(evening.names.get(id, id) for id in ids)


def _down(value: float, places: int) -> str:
    scale = 10**places
    return f"{math.floor(round(value * scale, 6)) / scale:.{places}f}"


def _up(value: float, places: int) -> str:
    scale = 10**places
    return f"{math.ceil(round(value * scale, 6)) / scale:.{places}f}"


def _figure(report: Mapping[str, object], key: str) -> float:
    value = report.get(key, 0.0)
    return float(value) if isinstance(value, (int, float)) else 0.0
