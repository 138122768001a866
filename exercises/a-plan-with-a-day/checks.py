"""A plan with a day in it: what is looked at in a learner's own plan, by dates, by minutes, and what is filled in."""

from __future__ import annotations

from datetime import date, timedelta

from relexp.learning.checks import length
from relexp.learning.form import Work
from relexp.learning.hours import WHOLE

_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A leap year, so that nobody who begins on 29 February is told that there is no such day.
_YEAR = 2028
_SHORTEST, _LONGEST = 15, 120


def first_day(work: Work) -> bool:
    return _first(work) is not None


def days_and_minutes(work: Work) -> bool:
    times = work["time"]
    return bool(times) and all(each["day"] and _SHORTEST <= each["minutes"] <= _LONGEST for each in times)


def twenty_five_hours(work: Work) -> bool:
    a_week = sum(each["minutes"] for each in work["time"])
    return bool(a_week * work["weeks"] >= WHOLE)


def the_month(work: Work) -> bool:
    """The month in which the last week begins or ends, or one later: a plan may have some air."""
    if not (work["first.month"] and work["over"] and work["weeks"]):
        return False
    # Where there is no such day, that is told of the first day alone.
    first = _first(work) or date(_YEAR, _MONTHS.index(work["first.month"]), 1)
    last = first + timedelta(weeks=work["weeks"] + work["off"] - 1)
    end = last + timedelta(days=6)
    return _MONTHS.index(work["over"]) in {last.month, end.month, end.month % 12 + 1}


def a_place(work: Work) -> bool:
    return bool(work["place"].strip())


def who_asks(work: Work) -> bool:
    return bool(work["asks"].strip())


def missed_week(work: Work) -> bool:
    """A word or two are no way back yet."""
    return length(work["missed"]) >= 3


def left_out(work: Work) -> bool:
    return bool(work["left_out"].strip())


def _first(work: Work) -> date | None:
    try:
        return date(_YEAR, _MONTHS.index(work["first.month"]), work["first.date"])
    except ValueError:
        return None
