"""The times of a gathering as they are read: when you would finish, and what happens when."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.gathering.formats import Format, Line, Part, Timetable, clock
from relexp.messages import Message, say


def format_note(format: Format) -> Markup:
    """What a gathering of this format is like."""
    return tag("p", str(say(f"times.about_{format.key}")), class_="hint")


def finish_page(made: Timetable, talk: int) -> Markup:
    """When it would be over, how long it takes, and for how many minutes everybody talks."""
    end, in_all = finish(made, talk)
    return tag("p", tag("strong", sentence(end)), " ", sentence(in_all), class_="finish")


def finish(made: Timetable, talk: int) -> tuple[Message, Message]:
    """The same as two sentences."""
    next_day = made.end >= timedelta(days=1)
    end = say("times.finish_next_day" if next_day else "times.finish", end=clock(made.end))
    return end, say("times.in_all", length=length(made.minutes), talk=talk)


def length(minutes: int) -> Message:
    """So many minutes, with hours where there are any."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("times.length_short", minutes=rest)
    return say("times.length", hours=hours, minutes=rest) if rest else say("times.length_hours", hours=hours)


def table_page(made: Timetable, asked: tuple[str, ...]) -> Markup:
    """Every stretch with its time of day, a round as one line with its question."""
    lines = []
    for line in made.lines:
        if line.round is None:
            what: Markup | str = str(say(f"times.part_{line.part.value}"))
            lines.append(_line(line, what, say("times.minutes", minutes=line.minutes)))
        elif line.part is Part.TALK:
            within = made.in_round(line.round)
            minutes = say("times.round_minutes", minutes=sum(each.minutes for each in within), talk=line.minutes)
            name = tag("strong", sentence(say("times.part_round", round=line.round)))
            lines.append(_line(within[0], join((name, " ", typed(asked[line.round - 1]))), minutes))
    heads = (tag("th", str(say(code)), scope="col") for code in ("times.when", "times.what"))
    head = tag("tr", *heads, tag("td", ""))
    return tag("table", tag("thead", head), tag("tbody", *lines), class_="times")


def _line(line: Line, what: Markup | str, minutes: Message) -> Markup:
    return tag(
        "tr", tag("th", clock(line.at), scope="row"), tag("td", what), tag("td", sentence(minutes), class_="small")
    )
