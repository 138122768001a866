"""Mend the plan: what is looked at in a plan for two groups, by numbers, seats, and what is filled in."""

from __future__ import annotations

import re

from relexp.learning.checks import length, says
from relexp.learning.form import Work

_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|half|dozen"
)
_LARGE = "prejudices?|racism|hate|hatred"
# "No more hatred", "racism will be gone"; but "we talk about racism over tea" promises what can be kept.
_END_OF_IT = (
    rf"(?:no|never|end|ends|ending|stop|stops|stopping|overcome|defeat|without|free of|free from)"
    rf"(?: more| any| all| of| the)* (?:{_LARGE})"
    rf"|(?:{_LARGE})(?: \w+){{0,4}} (?:will|shall|must) (?:end|stop|vanish|disappear|be over|be gone)"
    rf"|(?:{_LARGE})(?: \w+){{0,4}} (?:is over|is gone|no more)"
)


def meet_again(work: Work) -> bool:
    return len(set(work["weeks"]) - {0}) >= 3


def do_together(work: Work) -> bool:
    return any(part["kind"] == "task" and part["seats"] == "mixed" for part in work["part"])


def turns(work: Work) -> bool:
    talks = _talks(work)
    return bool(talks) and all(talk["turns"] and talk["minutes"] >= 6 for talk in talks)


def story_first(work: Work) -> bool:
    return [talk["asks"] for talk in _talks(work)][:1] == ["story"]


def sit_mixed(work: Work) -> bool:
    seats = [part["seats"] for part in work["part"] if part["kind"] in ("talk", "eat")]
    return bool(seats) and set(seats) == {"mixed"}


def fair_numbers(work: Work) -> bool:
    people = [group["people"] for group in work["group"]]
    return len(people) >= 2 and 0 < max(people) <= 2 * min(people)


def both_lead(work: Work) -> bool:
    names = [" ".join(group["name"].casefold().split()) for group in work["group"]]
    leads = [" ".join(lead.casefold().split()) for lead in work["leads"]]
    return len(names) >= 2 and all(name and any(name in lead for lead in leads) for name in names)


def safe(work: Work) -> bool:
    return bool(work["may_pass"] and work["steps_in"].strip())


def place_for_difference(work: Work) -> bool:
    return bool(work["not_equal"].strip() and work["and_so"].strip())


def promise_seen(work: Work) -> bool:
    step, week, last = "next_step.what", work["next_step.week"], max(work["weeks"], default=0)
    goes_on = work[step].strip() and work["next_step.who"].strip() and last <= week <= last + 4 and week > 0
    return bool(goes_on and _counted(work["promise"]) and not _ends_hate(work["promise"]))


def reason(work: Work) -> bool:
    """A few words are no reason yet."""
    return length(work["notes"]) >= 5


def _talks(work: Work) -> list[Work]:
    return [part for part in work["part"] if part["kind"] == "talk"]


def _counted(promise: str) -> bool:
    return bool(re.search(r"\d", promise)) or says(promise, _NUMBERS)


def _ends_hate(promise: str) -> bool:
    return says(promise, _END_OF_IT)
