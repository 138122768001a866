"""What a few short questions say, asked before the evening, after it and a month later: honestly, or not at all.

The questions follow what short measures there are: trust in people in general (as national surveys ask it), ease with
people who are very different (after Stephan and Stephan, Intergroup anxiety, Journal of Social Issues 41 (1985),
157-175), and the overlapping circles of Aron, Aron and Smollan (Inclusion of Other in the Self Scale, Journal of
Personality and Social Psychology 63 (1992), 596-612). The wording is ours, and has not been validated.

Of a change in the same people this module gives Cohen's d of the differences, the t interval of their mean, and the
smallest d that so many people would have shown in four of five such surveys (power 0.8 at 0.05, two-sided).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import numpy as np

from relexp.privacy.suppression import FEWEST

CERTAIN = 0.95
POWER = 0.8


class Moment(StrEnum):
    """When a question is answered."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"


class Answered(StrEnum):
    """How a question is answered: 1 to 5, the circles 1 to 7, a count of people, yes (1) or no (0)."""

    SCALE = "scale"
    CIRCLES = "circles"
    COUNT = "count"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and at which moments it is asked."""

    key: str
    answered: Answered
    asked: tuple[Moment, ...]

    def holds(self, value: int) -> bool:
        """Whether a value can be an answer."""
        low, high = _RANGES[self.answered]
        return low <= value <= high


# How the two circles of a picture lie, from apart to almost one: how far apart their middles are, in their radius.
CIRCLES = (2.4, 2.0, 1.6, 1.2, 0.85, 0.5, 0.15)

_RANGES = {Answered.SCALE: (1, 5), Answered.CIRCLES: (1, 7), Answered.COUNT: (0, 999), Answered.YES_NO: (0, 1)}

QUESTIONS = (
    Question("trust", Answered.SCALE, (Moment.BEFORE, Moment.AFTER, Moment.LATER)),
    Question("ease", Answered.SCALE, (Moment.BEFORE, Moment.AFTER, Moment.LATER)),
    Question("hope", Answered.SCALE, (Moment.BEFORE, Moment.AFTER, Moment.LATER)),
    Question("known", Answered.COUNT, (Moment.BEFORE, Moment.LATER)),
    Question("close", Answered.CIRCLES, (Moment.AFTER,)),
    Question("heard", Answered.YES_NO, (Moment.AFTER,)),
    Question("met", Answered.YES_NO, (Moment.LATER,)),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody, known by a code alone, answered at one moment of one gathering."""

    code: str
    gathering: str
    day: date
    moment: Moment
    values: Mapping[str, int]


class Says(StrEnum):
    """What may be said of a change."""

    TOO_FEW = "too_few"
    UNCLEAR = "unclear"
    ROSE = "rose"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Change:
    """How one answer changed in the same people; with fewer than five, nothing but how many they are.

    `first` and `then` are the medians. `mean` is the mean change, `low` and `high` what it lies between with 95 in 100
    certainty; `effect` is d, the mean change in standard deviations of the changes (None where nobody's changed
    otherwise than another's). `smallest` is the least d that so many people could be expected to show. `moved` counts
    who rose, stayed and fell, None where one of these is a handful.
    """

    question: str
    count: int
    says: Says
    first: float | None = None
    then: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    effect: float | None = None
    smallest: float | None = None
    moved: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many said yes, of how many; `low` and `high` by Wilson's interval. None of it where they are a handful."""

    question: str
    count: int
    yes: int | None = None
    low: float | None = None
    high: float | None = None


def change(answers: Iterable[Answers], question: str, first: Moment, then: Moment) -> Change:
    """How an answer changed between two moments, over all gatherings; whoever was at several counts at their first."""
    pairs = np.array(_pairs(answers, question, first, then), dtype=float).reshape(-1, 2)
    count = len(pairs)
    if count < FEWEST:
        return Change(question, count, Says.TOO_FEW)
    changes = pairs[:, 1] - pairs[:, 0]
    mean, spread = float(changes.mean()), float(changes.std(ddof=1))
    low, high = _interval(mean, spread, count)
    counts = (int((changes > 0).sum()), int((changes == 0).sum()), int((changes < 0).sum()))
    return Change(
        question,
        count,
        Says.ROSE if low > 0 else Says.FELL if high < 0 else Says.UNCLEAR,
        float(np.median(pairs[:, 0])),
        float(np.median(pairs[:, 1])),
        mean,
        low,
        high,
        mean / spread if spread else None,
        smallest_effect(count),
        counts if all(each == 0 or each >= FEWEST for each in counts) else None,
    )


def share(answers: Iterable[Answers], question: str, moment: Moment) -> Share:
    """How many said yes to a question, over all gatherings: everybody's first answer."""
    from statsmodels.stats.proportion import proportion_confint

    given: dict[str, int] = {}
    for each in _in_order(answers):
        if each.moment is moment and question in each.values:
            given.setdefault(each.code, each.values[question])
    count, yes = len(given), sum(given.values())
    if count < FEWEST or 0 < yes < FEWEST or 0 < count - yes < FEWEST:
        return Share(question, count)
    low, high = proportion_confint(yes, count, 1 - CERTAIN, method="wilson")
    return Share(question, count, yes, float(low), float(high))


@cache
def smallest_effect(count: int) -> float:
    """The least d that a survey of so many people (two or more) would show in four of five tries."""
    from statsmodels.stats.power import TTestPower

    return float(TTestPower().solve_power(nobs=count, alpha=1 - CERTAIN, power=POWER))


def _pairs(answers: Iterable[Answers], question: str, first: Moment, then: Moment) -> Sequence[tuple[int, int]]:
    given: dict[tuple[str, str], dict[Moment, int]] = {}
    for each in _in_order(answers):
        if question in each.values:
            given.setdefault((each.code, each.gathering), {}).setdefault(each.moment, each.values[question])
    found: dict[str, tuple[int, int]] = {}
    for (code, _), at in given.items():
        if first in at and then in at:
            found.setdefault(code, (at[first], at[then]))
    return [*found.values()]


def _in_order(answers: Iterable[Answers]) -> list[Answers]:
    return sorted(answers, key=lambda each: (each.day, each.gathering, each.code))


def _interval(mean: float, spread: float, count: int) -> tuple[float, float]:
    from scipy.stats import t

    if not spread:
        return mean, mean
    reach = float(t.ppf((1 + CERTAIN) / 2, count - 1)) * spread / count**0.5
    return mean - reach, mean + reach
