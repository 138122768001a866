"""A reflection after an evening: sameness and difference on two axes, never one, and what came of both.

That a talk can be high on both, and that what matters is what the difference taught and what one did with it, follows
Tattersall's reading for organisers, "Introduction to organising across sameness and difference" (2024). The axes, the
questions and their wording are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from relexp.messages import Fault, say
from relexp.privacy.visibility import Visibility

# An axis goes from 1, hardly, to 5, very much.
LEAST, MOST = 1, 5
LONGEST = 2000


class Did(StrEnum):
    """What somebody did with a difference."""

    HID = "hid"
    EXPLAINED = "explained"
    CURIOUS = "curious"
    ACTED = "acted"


@dataclass(frozen=True, slots=True)
class Reflection:
    """What one person makes of an evening; every part may be left out (None, or "").

    `sameness` and `difference` go from 1 to 5. `same` and `different` say what it was, `taught` what the difference
    taught, `power` where power was, `step` one next step.
    """

    gathering: str
    day: date
    sameness: int | None = None
    difference: int | None = None
    same: str = ""
    different: str = ""
    taught: str = ""
    did: frozenset[Did] = frozenset()
    power: str = ""
    step: str = ""
    visibility: Visibility = Visibility.ME

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        words = (self.same, self.different, self.taught, self.power, self.step)
        return self.sameness is None and self.difference is None and not self.did and not any(map(str.strip, words))


class Named(IntEnum):
    """How much somebody wrote of a difference: nothing, a word or two, a sentence, more than that."""

    NOTHING = 0
    A_WORD = 1
    A_SENTENCE = 2
    MORE = 3


@dataclass(frozen=True, slots=True)
class Stop:
    """One reflection on somebody's own way: when, both axes, and how much was written of the difference."""

    day: date
    sameness: int | None
    difference: int | None
    named: Named


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody's own way so far, for them alone: whether they come to name difference more, while sameness holds.

    Of the first half of the stops and of the second: `named` and `sameness` are the means of each, None where a half
    has none.
    """

    stops: tuple[Stop, ...]
    named: tuple[float, float] | None
    sameness: tuple[float, float] | None

    @property
    def deepens(self) -> bool | None:
        """Whether difference is named more than before and sameness has not fallen; None before that can be told."""
        if self.named is None or self.sameness is None:
            return None
        return self.named[1] > self.named[0] and self.sameness[1] >= self.sameness[0]


def faults(reflection: Reflection) -> tuple[Fault, ...]:
    """What cannot be kept as it is: an axis beyond its ends, or more words than there is room for."""
    found = []
    for axis in ("sameness", "difference"):
        value = getattr(reflection, axis)
        if value is not None and not LEAST <= value <= MOST:
            found.append(Fault(say("reflect.axis", least=LEAST, most=MOST), key=axis))
    for part in ("same", "different", "taught", "power", "step"):
        if len(getattr(reflection, part)) > LONGEST:
            found.append(Fault(say("reflect.long", most=LONGEST), key=part))
    return tuple(found)


def journey(reflections: Sequence[Reflection]) -> Journey:
    """One person's reflections as a way, the earliest first; those in which nothing was said are none."""
    ordered = sorted((each for each in reflections if not each.empty), key=lambda each: each.day)
    stops = tuple(Stop(each.day, each.sameness, each.difference, how_much(each.different)) for each in ordered)
    return Journey(
        stops,
        _halves([int(stop.named) for stop in stops]),
        _halves([stop.sameness for stop in stops if stop.sameness is not None]),
    )


def how_much(text: str) -> Named:
    """How much a text says: up to three words are a word or two, up to fourteen a sentence. Counted, not judged."""
    words = len(text.split())
    if words == 0:
        return Named.NOTHING
    if words <= 3:
        return Named.A_WORD
    return Named.A_SENTENCE if words <= 14 else Named.MORE


def _halves(values: Sequence[int]) -> tuple[float, float] | None:
    """The means of the first half and of the second; with an odd number the one in the middle counts in neither."""
    half = len(values) // 2
    if not half:
        return None
    return sum(values[:half]) / half, sum(values[-half:]) / half
