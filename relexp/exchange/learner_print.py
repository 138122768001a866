"""The record of learning on paper: to take home, to show, and to have signed where nobody has confirmed it yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from relexp.exchange.print_pack import paper
from relexp.learning.hours import WHOLE, Hours
from relexp.learning.record import Record, UnitRecord
from relexp.messages import Message, say


@dataclass(frozen=True)
class Bar:
    """Planned and taken minutes of one activity, as parts in a hundred of the longest of them."""

    name: Message
    planned: str
    taken: str
    planned_share: float
    taken_share: float


def learner_page(record: Record, name: str, module: str, day: date) -> bytes:
    """The record as HTML for the browser's printer, on A4. `name` is as they wish it, `module` its title in words."""
    spent = record.hours
    values = {
        "name": name,
        "module": module,
        "made": long_day(day),
        "so_far": say(
            f"record.so_far_{'is' if spent.left else 'over'}", taken=length(spent.taken), whole=length(WHOLE)
        ),
        "logged": length(spent.logged) if spent.logged else None,
        "share": min(100.0, 100 * spent.taken / WHOLE),
        "bars": [*_bars(spent)],
        "units": [_unit(unit) for unit in record.units],
        "evidence": [*_evidence(record)],
        "summary": [line for line in record.summary.splitlines() if line.strip()],
        "confirmed": [
            (say("record.confirmed_by", by=each.by, length=length(each.minutes), day=long_day(each.day)), each.said)
            for each in record.confirmations
        ],
    }
    return paper().get_template("learner.html.j2").render(values).encode()


def length(minutes: float) -> Message:
    """A time in hours and minutes, to the nearest minute."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return say("times.length_short", minutes=rest)
    return say("times.length", hours=hours, minutes=rest) if rest else say("times.length_hours", hours=hours)


def long_day(day: date | datetime) -> str:
    """A day as it is written out; of a moment, the day that it was here."""
    here = day.astimezone().date() if isinstance(day, datetime) else day
    return f"{here.day} {here:%B %Y}"


def _some(minutes: float) -> str:
    """A time; nothing where there is none."""
    return str(length(minutes)) if round(minutes) else ""


def _bars(spent: Hours) -> Iterator[Bar]:
    found = spent.by_activity()
    most = max((max(pair) for pair in found.values()), default=0) or 1
    for activity, (planned, taken) in found.items():
        name = say(f"record.activity_{activity}")
        yield Bar(name, _some(planned), _some(taken), 100 * planned / most, 100 * taken / most)


def _unit(unit: UnitRecord) -> dict[str, object]:
    return {
        "number": unit.number,
        "title": unit.title,
        "done": say("record.done_of", done=unit.done, blocks=unit.blocks),
        "taken": _some(unit.taken),
        "finished": long_day(unit.finished) if unit.finished else "",
    }


def _evidence(record: Record) -> Iterator[tuple[str, list[tuple[str, Message, str]]]]:
    """Of each unit that there is something of, its title, and day, kind and title of each thing."""
    titles = {unit.id: unit.title for unit in record.units}
    shown = (each for unit in record.units for each in sorted(unit.evidence, key=lambda each: each.at))
    for id, found in groupby(shown, key=lambda each: each.unit):
        yield titles[id], [(long_day(each.at), say(f"record.kind_{each.kind}"), each.title) for each in found]
