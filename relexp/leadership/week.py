"""What a trainer could see to this week: a few people, each once, with every reason and the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relexp.leadership.board import Board
from relexp.leadership.evidence import Challenge, Suggestion
from relexp.leadership.finding import UNMET
from relexp.leadership.growth import WITHIN
from relexp.leadership.leader import Row
from relexp.messages import Message, say

# A step is due soon within so many days; a challenge waits for an answer after so many.
SOON, WAITING = 7, 14
# More people than this are no plan for a week.
PEOPLE = 12


class Why(StrEnum):
    """Why somebody is on the list, the most urgent first."""

    LATE = "late"
    DUE = "due"
    TRAINED = "trained"
    CHALLENGED = "challenged"
    REVIEW = "review"
    UNMET = "unmet"
    SUGGESTED = "suggested"
    TO_AGREE = "to_agree"


_URGENT = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, the day it hangs on (None for words to agree), and how it is said."""

    why: Why
    day: date | None
    says: Message


@dataclass(frozen=True, slots=True)
class ToSee:
    """Somebody to see to, with every reason, the most urgent first."""

    leader: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Whom to see to, the most urgent first; `more` counts those who are left for another week."""

    people: tuple[ToSee, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the rows, by leader: the training without a step, the longest open challenge, what waits."""

    today: date
    board: Board
    trained: Mapping[str, tuple[date, str]]
    challenged: Mapping[str, Challenge]
    waiting: Mapping[str, list[date]]


def this_week(
    rows: Sequence[Row],
    challenges: Iterable[Challenge],
    trainings: Iterable[tuple[str, str, date]],
    suggestions: Iterable[Suggestion],
    today: date,
    *,
    board: Board,
    steps: Iterable[tuple[str, date]] = (),
    most: int = PEOPLE,
) -> Week:
    """Whom to see to this week, at most so many.

    `trainings` are (leader, training's key, day) and `steps` (leader, day on which a step was agreed). Of two with the
    same urgency the one who waits longest comes first, and then as in the table.
    """
    trained = _without_step(rows, _lately(trainings, today), steps)
    known = _Known(today, board, trained, _unanswered(challenges, today), _waiting(suggestions))
    found = []
    for row in rows:
        reasons = sorted(_reasons(row, known))
        if reasons:
            found.append((reasons[0], row, reasons))
    found.sort(key=lambda each: each[0])
    people = (ToSee(row.leader.id, tuple(_told(row, known, *each) for each in all)) for _, row, all in found[:most])
    return Week(tuple(people), max(0, len(found) - most))


def _reasons(row: Row, known: _Known) -> Iterator[tuple[int, date]]:
    """Why somebody is to be seen to, by its place in the order of urgency, and since when."""
    leader, step, today = row.leader, row.leader.step, known.today
    if step and step.due and not step.done and (step.due - today).days <= SOON:
        yield _URGENT[Why.LATE if step.due < today else Why.DUE], step.due
    if leader.id in known.trained:
        yield _URGENT[Why.TRAINED], known.trained[leader.id][0]
    if leader.id in known.challenged:
        yield _URGENT[Why.CHALLENGED], known.challenged[leader.id].day
    if leader.review and leader.review <= today:
        yield _URGENT[Why.REVIEW], leader.review
    if row.met is None or (today - row.met).days > UNMET:
        yield _URGENT[Why.UNMET], row.met or row.made
    if leader.id in known.waiting:
        yield _URGENT[Why.SUGGESTED], min(known.waiting[leader.id])
    if leader.to_agree:
        yield _URGENT[Why.TO_AGREE], today


def _lately(trainings: Iterable[tuple[str, str, date]], today: date) -> dict[str, tuple[date, str]]:
    """The last training of each who did one in the last 30 days."""
    last: dict[str, tuple[date, str]] = {}
    for id, key, day in trainings:
        if 0 <= (today - day).days <= WITHIN:
            last[id] = max(last.get(id, (day, key)), (day, key))
    return last


def _without_step(
    rows: Iterable[Row], trained: Mapping[str, tuple[date, str]], steps: Iterable[tuple[str, date]]
) -> dict[str, tuple[date, str]]:
    """Those of the trained who have agreed on no step since."""
    made: dict[str, date] = {}
    for id, day in steps:
        made[id] = max(made.get(id, day), day)
    for row in rows:
        id, step = row.leader.id, row.leader.step
        if id in trained and step:
            # An open step of which nobody knows since when is taken for one that followed.
            made[id] = max(made.get(id, date.min), step.made or date.max)
    return {id: (day, key) for id, (day, key) in trained.items() if made.get(id, date.min) < day}


def _unanswered(challenges: Iterable[Challenge], today: date) -> dict[str, Challenge]:
    """Of each the challenge that has waited longest, where that is over 14 days."""
    found: dict[str, Challenge] = {}
    for challenge in challenges:
        if challenge.taken is None and (today - challenge.day).days > WAITING:
            other = found.get(challenge.leader, challenge)
            found[challenge.leader] = min(other, challenge, key=lambda each: each.day)
    return found


def _waiting(suggestions: Iterable[Suggestion]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for suggestion in suggestions:
        found[suggestion.leader].append(suggestion.day)
    return found


def _told(row: Row, known: _Known, place: int, day: date) -> Reason:
    why = [*Why][place]
    return Reason(why, None if why is Why.TO_AGREE else day, _says(why, row, known, (known.today - day).days))


def _says(why: Why, row: Row, known: _Known, ago: int) -> Message:
    """A reason as it is said; `ago` is for how many days it has held, below 0 where that is to come."""
    leader = row.leader
    what = _what(leader.step.what if leader.step else "")
    match why:
        case Why.LATE:
            return say("lead.week_late", what=what, days=_days(ago))
        case Why.DUE:
            return say("lead.week_due", what=what, days=_days(-ago)) if ago else say("lead.week_due_today", what=what)
        case Why.TRAINED:
            key = known.trained[leader.id][1]
            training = next((each.name for each in known.board.trainings if each.key == key), key)
            return say("lead.week_trained", training=training, ago=_ago(ago))
        case Why.CHALLENGED:
            return say("lead.week_challenged", what=known.challenged[leader.id].what, days=_days(ago))
        case Why.REVIEW:
            return say("lead.week_review", days=_days(ago)) if ago else say("lead.week_review_today")
        case Why.UNMET:
            return say("lead.week_unmet", days=_days(ago)) if row.met else say("lead.week_never_met")
        case Why.SUGGESTED:
            return say("lead.week_suggested", count=len(known.waiting[leader.id]))
    parts = ", ".join(str(say(f"lead.column_{part}")) for part in leader.to_agree)
    return say("lead.week_to_agree", parts=parts)


def _what(text: str) -> str:
    return str(say("lead.week_step", what=text) if text else say("lead.week_the_step"))


def _days(count: int) -> str:
    return str(say("lead.one_day") if count == 1 else say("lead.many_days", count=count))


def _ago(count: int) -> str:
    return str(say("lead.week_ago", days=_days(count)) if count else say("lead.week_today"))
