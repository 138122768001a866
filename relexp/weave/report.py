"""What one gathering changed, or all of them so far: the numbers of the report. Nobody is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from relexp.privacy.suppression import FEWEST
from relexp.reflection.again import FollowUp
from relexp.weave.held import Held
from relexp.weave.measures import Crossing, Shape, crossing, large_groups, newly_linked, shape
from relexp.weave.survey import QUESTIONS as ASKED
from relexp.weave.survey import Answered, Answers, Change, Moment, Question, Says, Share, change, share
from relexp.weave.tonight import COLUMN
from relexp.weave.web import Kind, Pair, Web


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of the pairs who both wished to meet again: how many met, gave it up, and have yet to meet."""

    agreed: int
    met: int
    given_up: int
    to_come: int


@dataclass(frozen=True, slots=True)
class Level:
    """The answer in the middle to a question that is asked once; with fewer than five, how many answered alone."""

    question: str
    count: int
    middle: float | None


@dataclass(frozen=True)
class Report:
    """The numbers of some gatherings, and of what grew between those who agreed to be remembered.

    `before` and `after` are their web as it was and as it is, with the same people in both; `crossing` is of the web
    after. `new` counts the pairs who first met there, `links` the pairs of organisations that nobody had linked before,
    of five people or more each, and `small_links` those of smaller ones. `changes` and `shares` are what was answered,
    `themes` what came up in the shared lines, most often first.
    """

    gatherings: tuple[Held, ...]
    before: Web
    after: Web
    was: Shape
    now: Shape
    crossing: Crossing
    new: int
    links: tuple[Pair, ...]
    small_links: int
    followed: Followed
    changes: tuple[tuple[Change, Moment, Moment], ...]
    shares: tuple[Share, ...]
    levels: tuple[Level, ...]
    themes: tuple[tuple[str, int], ...] = ()


def report(
    held: Sequence[Held],
    web: Web,
    answers: Iterable[Answers],
    follow_ups: Iterable[tuple[str, FollowUp]],
    gathering: str | None = None,
    themes: Mapping[str, int] | None = None,
) -> Report:
    """What one gathering changed or, without one, all of them; follow-ups come with the gathering they are of.

    `themes` says in how many of their shared lines each theme came up, by its name.

    `held` are in the order in which they were held. The web after a gathering goes on to the day before the next one,
    or to the next one of that day: what followed from it counts to it.
    """
    told = [each for each in held if gathering in (None, each.id)]
    ids = {each.id for each in told}
    first = next((place for place, each in enumerate(held) if each.id in ids), len(held))
    later = held[first + 1 :] if gathering else ()
    after = _with_ties(_up_to(web, held[: first + 1], later[0].day) if later else web)
    before = replace(after, ties=_up_to(after, held[:first], told[0].day).ties) if told else after
    linked = newly_linked(before, after)
    large = {*large_groups(after, COLUMN)}
    links = tuple(pair for pair in linked if {*pair} <= large)
    given = [each for each in answers if each.gathering in ids]
    return Report(
        tuple(told),
        before,
        after,
        shape(before),
        shape(after),
        crossing(after, COLUMN),
        sum(len(after.newly(each.id)) for each in told),
        links,
        len(linked) - len(links),
        _followed([each for at, each in follow_ups if at in ids]),
        tuple(_changes(given)),
        tuple(_shares(given)),
        tuple(_level(given, each) for each in ASKED if each.answered is Answered.CIRCLES),
        tuple(sorted((themes or {}).items(), key=lambda each: -each[1])),
    )


def _up_to(web: Web, held: Sequence[Held], day: date) -> Web:
    """The web as it was before a day, and as these gatherings left it if they were on that day."""
    ids = {each.id for each in held}
    ties = (
        tie for tie in web.ties if tie.day < day or (tie.day == day and tie.gathering in ids and tie.kind is Kind.TALK)
    )
    return replace(web, ties=tuple(ties))


def _with_ties(web: Web) -> Web:
    tied = {id for tie in web.ties for id in tie.pair}
    return Web({id: about for id, about in web.people.items() if id in tied}, web.ties)


def _followed(follow_ups: Sequence[FollowUp]) -> Followed:
    met = sum(each.done is not None for each in follow_ups)
    given_up = sum(each.dropped for each in follow_ups)
    return Followed(len(follow_ups), met, given_up, len(follow_ups) - met - given_up)


def _changes(answers: Sequence[Answers]) -> Iterable[tuple[Change, Moment, Moment]]:
    for question in ASKED:
        for first, then in ((Moment.BEFORE, Moment.AFTER), (Moment.BEFORE, Moment.LATER)):
            if {first, then} <= {*question.asked}:
                told = partial(_says, question=question.key, first=first, then=then)
                yield change(_less_few(answers, told), question.key, first, then), first, then


def _says(answers: Sequence[Answers], question: str, first: Moment, then: Moment) -> bool:
    return change(answers, question, first, then).says is not Says.TOO_FEW


def _shares(answers: Sequence[Answers]) -> Iterable[Share]:
    for question in ASKED:
        for moment in question.asked if question.answered is Answered.YES_NO else ():
            told = partial(_told, question=question.key, moment=moment)
            yield share(_less_few(answers, told), question.key, moment)


def _told(answers: Sequence[Answers], question: str, moment: Moment) -> bool:
    return share(answers, question, moment).yes is not None


def _less_few(answers: Sequence[Answers], told: Callable[[Sequence[Answers]], bool]) -> Sequence[Answers]:
    """The answers of several gatherings without those of too few, whom all less the others would tell."""
    ids = dict.fromkeys(each.gathering for each in answers)
    enough = {id for id in ids if told([each for each in answers if each.gathering == id])}
    few = [each for each in answers if each.gathering not in enough]
    return answers if not enough or told(few) else [each for each in answers if each.gathering in enough]


def _level(answers: Sequence[Answers], question: Question) -> Level:
    given = {each.code: each.values[question.key] for each in reversed(answers) if question.key in each.values}
    middle = float(np.median([*given.values()])) if len(given) >= FEWEST else None
    return Level(question.key, len(given), middle)
