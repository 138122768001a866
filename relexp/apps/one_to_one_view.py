"""One's own one-to-ones as they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.messages import say
from relexp.reflection.one_to_ones import Interest, OneToOne

_WORDS = ("energy", "told", "heard", "same", "different", "learnt", "gave", "given")


def own_page(meetings: Iterable[OneToOne]) -> Markup:
    """All of them, the latest first."""
    cards = [*map(_card, meetings)]
    heading = tag("h2", str(say("reading.ones_own")))
    none = tag("p", str(say("reading.ones_none")), class_="hint")
    return join((heading, tag("ul", *cards, class_="cards shown", role="list") if cards else none))


def day_of(day: date) -> str:
    """A day as it is written out."""
    return f"{day.day} {day:%B %Y}"


def _card(meeting: OneToOne) -> Markup:
    when = sentence(say("reading.ones_met", day=day_of(meeting.day), minutes=meeting.minutes))
    met = tag("p", tag("span", when), class_="axes")
    said = [(part, typed(text)) for part in _WORDS if (text := getattr(meeting, part))]
    if meeting.interests:
        interests = (str(say(f"reading.interest_{each}")) for each in Interest if each in meeting.interests)
        said.insert(0, ("interests", join(interests, ", ")))
    lists = (("institutions", meeting.institutions), ("also", meeting.also))
    said += [(part, join(map(typed, values), ", ")) for part, values in lists if values]
    words = (join((tag("dt", str(say(f"reading.one_{part}"))), tag("dd", what))) for part, what in said)
    pieces = (tag("h3", typed(meeting.other)), met, tag("dl", *words) if said else None, _next(meeting))
    return tag("li", *pieces)


def _next(meeting: OneToOne) -> Markup:
    """The next step, and what it still needs to be one."""
    if not meeting.step:
        return tag("p", str(say("reading.ones_no_step")), class_="small")
    step = say("reading.ones_next", step=meeting.step)
    if meeting.due:
        step = say("reading.ones_next_by", step=meeting.step, day=day_of(meeting.due))
    then = say("reading.ones_is_done") if meeting.done else None if meeting.closed else say("reading.ones_loose")
    return tag("p", sentence(step), tag("span", " ", sentence(then)) if then else None, class_="small")
