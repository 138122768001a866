"""The map of a learner's own life: times when they felt the same and times when they were different, on two axes.

The two axes follow Tattersall's reading for organisers, "Introduction to organising across sameness and difference"
(2024). The map, its words and the questions that it asks are ours.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from relexp.learning.written import NotOurs, kept, number, table, tables, text
from relexp.messages import Message, say

# Each axis goes from 0 to 10; from the middle on it is much.
FAR, MIDDLE = 10.0, 5.0
# What the unit asks for.
ENOUGH = 6
MOST_DOTS, ID, LABEL, WHEN, WORDS = 60, 40, 120, 60, 600
# How far along an axis each word begins.
BANDS = ((0.0, "hardly"), (2.0, "little"), (4.0, "partly"), (6.0, "much"), (8.0, "very"))
# Earlier and later dots lie apart from so much on, on average.
_MOVED = 2.0
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class Deed(StrEnum):
    """What the learner did with the difference; NOTHING is an answer too."""

    HID = "hid"
    EXPLAINED = "explained"
    CURIOUS = "curious"
    ACTED = "acted"
    NOTHING = "nothing"


class Corner(StrEnum):
    """One of the map's four corners, by what is much there."""

    BOTH = "both"
    SAME = "same"
    DIFFERENT = "different"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Dot:
    """One moment: its name, when it was in the learner's own words, and its place on both axes, in tenths from 0 to 10.

    `deed` is None until they said what they did; `words` are a few more, or none.
    """

    id: str
    label: str
    when: str = ""
    same: float = MIDDLE
    different: float = MIDDLE
    deed: Deed | None = None
    words: str = ""

    @property
    def corner(self) -> Corner:
        """The corner in which it lies."""
        return _CORNERS[self.same >= MIDDLE, self.different >= MIDDLE]


@dataclass(frozen=True, slots=True)
class LifeMap:
    """The dots in the order in which they were put there, and the id of the one to tell over tea ("" for none yet)."""

    dots: tuple[Dot, ...] = ()
    tell: str = ""

    @property
    def named(self) -> tuple[Dot, ...]:
        """The dots that have a name; the others are not counted yet."""
        return tuple(dot for dot in self.dots if dot.label.strip())

    @property
    def missing(self) -> int:
        """How many named dots are still to come."""
        return max(0, ENOUGH - len(self.named))

    @property
    def done(self) -> bool:
        """Whether what the unit asks for is there: six dots, and one of those that have a name to be told."""
        return not self.missing and any(dot.id == self.tell for dot in self.named)


_CORNERS = {
    (True, True): Corner.BOTH,
    (True, False): Corner.SAME,
    (False, True): Corner.DIFFERENT,
    (False, False): Corner.NEITHER,
}


def read_map(said: str) -> LifeMap:
    """The map that was kept; an empty one where nothing was. Raises NotOurs where it is something else."""
    return map_of(kept(said)) if said.strip() else LifeMap()


def map_of(raw: object) -> LifeMap:
    """The map out of plain keys and values. Raises NotOurs where a dot lies nowhere, or two have one id."""
    whole = table(raw)
    dots = tuple(_dot(each) for each in tables(whole.get("dots"), MOST_DOTS))
    ids = {dot.id for dot in dots}
    if len(ids) < len(dots) or "" in ids:
        raise NotOurs
    tell = text(whole.get("tell", ""), ID)
    return LifeMap(dots, tell if tell in ids else "")


def write_map(map: LifeMap) -> str:
    """The map as it is kept."""
    return json.dumps(plain(map), ensure_ascii=False)


def plain(map: LifeMap) -> dict[str, object]:
    """The map as plain keys and values."""
    dots = [
        {
            "id": dot.id,
            "label": dot.label,
            "when": dot.when,
            "same": dot.same,
            "different": dot.different,
            "deed": dot.deed or "",
            "words": dot.words,
        }
        for dot in map.dots
    ]
    return {"dots": dots, "tell": map.tell}


def year(when: str) -> int | None:
    """The first year in somebody's own words for when it was, in whatever digits; None where there is none."""
    found = (int(digits) for digits in _YEAR.findall(when))
    return next((each for each in found if 1900 <= each < 2100), None)


def place(same: float, different: float) -> Message:
    """Where a dot lies, in words: “much the same, a little different”."""
    return say("map.place", same=str(_band(same)), different=str(_band(different)))


def still(map: LifeMap) -> Message:
    """What is still to do, or that it is all there."""
    if map.missing == ENOUGH:
        return say("map.none")
    if map.missing > 1:
        return say("map.missing", count=map.missing)
    if map.missing:
        return say("map.missing_one")
    return say("map.done") if map.done else say("map.mark")


def mirror(map: LifeMap) -> tuple[Message, ...]:
    """What the map shows, each as a question, once six dots are there: crowded and empty corners, deeds, and years."""
    dots = map.named
    if map.missing:
        return ()
    return (*_crowded(dots), *_empty(dots), *_deeds(dots), *_years(dots))


def _dot(raw: dict[str, object]) -> Dot:
    deed = raw.get("deed", "")
    if deed not in ("", *Deed):
        raise NotOurs
    return Dot(
        text(raw.get("id"), ID),
        text(raw.get("label"), LABEL),
        text(raw.get("when", ""), WHEN),
        round(number(raw.get("same"), 0, FAR), 1),
        round(number(raw.get("different"), 0, FAR), 1),
        Deed(str(deed)) if deed else None,
        text(raw.get("words", ""), WORDS),
    )


def _band(value: float) -> Message:
    return say(f"map.band_{next(word for start, word in reversed(BANDS) if value >= start)}")


def _crowded(dots: Sequence[Dot]) -> list[Message]:
    (corner, count), *_ = Counter(dot.corner for dot in dots).most_common(1)
    return [say(f"map.full_{corner}", count=count, all=len(dots))] if 2 * count > len(dots) else []


def _empty(dots: Sequence[Dot]) -> list[Message]:
    """At most two of the empty corners: who has all dots in one corner knows."""
    filled = {dot.corner for dot in dots}
    return [say(f"map.empty_{corner}") for corner in Corner if corner not in filled][:2]


def _deeds(dots: Sequence[Dot]) -> list[Message]:
    """What was done most often where much was different, where one thing was and at least twice."""
    deeds = Counter(dot.deed for dot in dots if dot.different >= MIDDLE and dot.deed)
    (deed, count), (_, next_count) = (*deeds.most_common(2), (None, 0), (None, 0))[:2]
    return [say(f"map.deed_{deed}", count=count, all=deeds.total())] if count > max(1, next_count) else []


def _years(dots: Sequence[Dot]) -> list[Message]:
    """Whether the later half of the dots that have a year lies elsewhere than the earlier half."""
    dated = sorted(((year(dot.when) or 0, dot) for dot in dots if year(dot.when)), key=lambda each: each[0])
    half = len(dated) // 2
    early, late = dated[:half], dated[len(dated) - half :]
    if half < 2 or early[-1][0] == late[0][0]:
        return []
    found = []
    for axis in ("different", "same"):
        first, then = (fmean(getattr(dot, axis) for _, dot in part) for part in (early, late))
        if abs(then - first) >= _MOVED:
            found.append(say(f"map.{'more' if then > first else 'less'}_{axis}"))
    return found
