"""A story of two minutes: a moment, a choice, and what it means for us; and how it grew shorter, take by take."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relexp.learning.written import NotOurs, kept, number, table, tables, text
from relexp.messages import Message, say

# Words a minute, read aloud with calm to a hall: a little slower than lectures in British English, which Tauroza and
# Allison measured at about 140 (Speech rates in British English, 1990, doi 10.1093/applin/11.1.90). The unit's sums
# and the exercise before this one have it too. Once somebody has read theirs by the clock, their own pace counts.
PACE = 130
# In seconds: how long it should be, when it is said that it is nearly over, and up to where a take is short enough.
LIMIT, MARK, GRACE = 120, 90, 130
PART, CHANGE, MOST_TAKES = 5000, 300, 60
# A clock that runs longer was forgotten.
LONGEST = 3600
# A pace out of a take that was broken off, or left running, says nothing.
_SLOWEST, _FASTEST = 60, 260
# As the page counts while one types: whatever stands between spaces and has a letter or a digit in it.
_WORD = re.compile(r"\S*[^\W_]\S*")


class Part(StrEnum):
    """The three things that a short story has."""

    MOMENT = "moment"
    CHOICE = "choice"
    US = "us"


@dataclass(frozen=True, slots=True)
class Take:
    """One reading aloud: its day, how many seconds it took, how many words the story had, and what to change."""

    day: date
    seconds: int
    words: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """The three parts, the takes in their order, and where the clock stands, in seconds."""

    moment: str = ""
    choice: str = ""
    us: str = ""
    takes: tuple[Take, ...] = ()
    clock: float = 0.0

    @property
    def parts(self) -> tuple[str, str, str]:
        """The three parts in the order in which they are told."""
        return self.moment, self.choice, self.us

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(map(count_words, self.parts))

    @property
    def whole(self) -> str:
        """All of it, to read aloud; parts that are still empty are left out."""
        return "\n\n".join(part.strip() for part in self.parts if part.strip())

    @property
    def done(self) -> bool:
        """Whether what the unit asks for is there: three parts, and one take that is short enough."""
        return all(map(str.strip, self.parts)) and any(take.seconds < GRACE for take in self.takes)


def read_story(said: str) -> Story:
    """The story that was kept; an empty one where nothing was. Raises NotOurs where it is something else."""
    return story_of(kept(said)) if said.strip() else Story()


def story_of(raw: object) -> Story:
    """The story out of plain keys and values. Raises NotOurs where it is something else."""
    whole = table(raw)
    moment, choice, us = (text(whole.get(part, ""), PART) for part in Part)
    return Story(
        moment,
        choice,
        us,
        tuple(_take(each) for each in tables(whole.get("takes", []), MOST_TAKES)),
        round(number(whole.get("clock", 0), 0, LONGEST), 1),
    )


def write_story(story: Story) -> str:
    """The story as it is kept."""
    return json.dumps(plain(story), ensure_ascii=False)


def plain(story: Story) -> dict[str, object]:
    """The story as plain keys and values."""
    takes = [
        {"day": take.day.isoformat(), "seconds": take.seconds, "words": take.words, "change": take.change}
        for take in story.takes
    ]
    return {**dict(zip(Part, story.parts, strict=True)), "takes": takes, "clock": story.clock}


def count_words(said: str) -> int:
    """How many words somebody says who reads this aloud."""
    return len(_WORD.findall(said))


def pace(takes: Sequence[Take]) -> float | None:
    """How many words a minute the last take had; None before one that tells."""
    for take in reversed(takes):
        rate = take.words * 60 / take.seconds
        if _SLOWEST <= rate <= _FASTEST:
            return rate
    return None


def still(story: Story) -> Message:
    """What is still to do, or that it is all there."""
    empty = [part for part, said in zip(Part, story.parts, strict=True) if not said.strip()]
    if len(empty) == len(Part):
        return say("story.begin")
    if empty:
        return say(f"story.lacks_{empty[0]}")
    if not story.takes:
        return say("story.read")
    return say("story.done") if story.done else say("story.cut")


def shorter(takes: Sequence[Take]) -> Message | None:
    """How the last take compares with the first; None before a second one."""
    if len(takes) < 2:
        return None
    first, last = takes[0].seconds, takes[-1].seconds
    if first == last:
        return say("story.as_long", last=clock(last))
    code = "story.shorter" if last < first else "story.longer"
    return say(code, first=clock(first), last=clock(last), by=clock(abs(first - last)))


def clock(seconds: float) -> str:
    """A time as a clock shows it: 2:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _take(raw: dict[str, object]) -> Take:
    try:
        day = date.fromisoformat(text(raw.get("day"), 10))
    except ValueError as error:
        raise NotOurs from error
    seconds, words = int(number(raw.get("seconds"), 1, LONGEST)), int(number(raw.get("words"), 0, 3 * PART))
    return Take(day, seconds, words, text(raw.get("change", ""), CHANGE))
