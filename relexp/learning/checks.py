"""An exercise: a task, a start, a worked example, and checks that tell of each point whether the work meets it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from relexp.learning.form import Field, Work

# So many checks may be left with a reason; whoever leaves more has not done the exercise.
LEFT_AT_MOST = 3


class Verdict(StrEnum):
    """What is found of a check."""

    MET = "met"
    NOT_YET = "not_yet"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Check:
    """One point that is looked at, and what is said of it; `unsure`: only a reader could be certain."""

    id: str
    asks: str
    met: str
    not_yet: str
    holds: Callable[[Work], bool]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A check, and what was found of it."""

    check: Check
    verdict: Verdict

    @property
    def says(self) -> str:
        """The sentence that goes with it."""
        return self.check.met if self.verdict is Verdict.MET else self.check.not_yet


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise.

    `task` is what stands before the work and `stuck` what may help, both in the CommonMark of a unit. `starter` and
    `exemplar` are work as text. `aloud` is (key of cards, key of their text, words a minute) where it is spoken.
    `reason` tells whether the learner gives a reason for what they leave.
    """

    id: str
    title: str
    task: str
    stuck: str
    form: tuple[Field, ...]
    checks: tuple[Check, ...]
    starter: str
    exemplar: str
    reason: Callable[[Work], bool]
    aloud: tuple[str, str, int] | None = None


def look(exercise: Exercise, work: Work) -> tuple[Found, ...]:
    """What is found of each check, in their order; up to three that are not met may be left with a reason."""
    met = {check.id: check.holds(work) for check in exercise.checks}
    left = list(met.values()).count(False) <= LEFT_AT_MOST and exercise.reason(work)
    otherwise = Verdict.LEFT if left else Verdict.NOT_YET
    return tuple(Found(check, Verdict.MET if met[check.id] else otherwise) for check in exercise.checks)


def through(found: Iterable[Found]) -> bool:
    """Whether an exercise is done with what was found: all is met, or left with a reason."""
    return all(each.verdict is not Verdict.NOT_YET for each in found)


def says(text: str, *words: str) -> bool:
    """Whether a text has one of these words or turns of phrase, whole and in whatever case; each may be a pattern."""
    plain = text.replace("’", "'")
    return any(re.search(rf"(?<!\w)(?:{word})(?!\w)", plain, re.IGNORECASE) for word in words)


def length(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def texts(work: Work) -> list[str]:
    """Every text in a piece of work that has no cards, or in one card."""
    return [value for value in work.values() if isinstance(value, str)]


def no_reason(work: Work) -> bool:
    """Where nothing can be left with a reason."""
    return False


def checks_of(
    rows: Mapping[str, tuple[str, str, str]], holds: Mapping[str, object], unsure: Iterable[str]
) -> list[Check]:
    """The checks with their sentences, each with the function of its id; those without one are left out."""
    found = []
    for id, (asks, met, not_yet) in rows.items():
        function = holds.get(function_name(id))
        if callable(function):
            found.append(Check(id, asks, met, not_yet, function, id in unsure))
    return found


def function_name(id: str) -> str:
    """How the function of a check is called."""
    return id.replace("-", "_")
