"""How a gathering runs: how many rounds of how many minutes, what each asks, and when you would finish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from relexp.messages import Message, say

OWN = "own"
# A part of a gathering that takes longer than this is a slip of the finger.
MOST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class Format:
    """The minutes of a gathering, part by part, and the questions its rounds ask.

    `prompt`, `talk`, `harvest` and `move` are of every round: the question is read out, people talk, they say or note
    what they take away, and they find the next table. Tea comes after the round `tea_after`, before the first where
    that is 0, and after the last where there are fewer rounds. `questions` are codes of messages, in the order in
    which trust grows: arrive, place, what matters, change, commit.
    """

    key: str
    rounds: int
    arrival: int
    opening: int
    prompt: int
    talk: int
    harvest: int
    move: int
    tea: int
    tea_after: int
    closing: int
    questions: tuple[str, ...]


_OPEN = ("prompt.arrive", "prompt.place", "prompt.matters", "prompt.change", "prompt.commit")
_HOSTS = (
    "prompt.arrive_hosts",
    "prompt.place_hosts",
    "prompt.matters_hosts",
    "prompt.change_hosts",
    "prompt.commit_hosts",
)
_SCHOOL = (
    "prompt.arrive_school",
    "prompt.place_school",
    "prompt.matters_school",
    "prompt.change_school",
    "prompt.commit_school",
)

# What accounts of real evenings tell. Five rounds of eight minutes, a word to the whole room after each, questions from
# what brought you here to what you take away: Bristol, 2025 (https://bristol.anglican.org/news/
# weaving-trust-event-builds-community-and-collaboration.php). Six minutes each with tea, two hours: Milton Keynes,
# where it began (http://www.citizensmk.org.uk/campaigns/former-campaigns/weaving-trust/); there hosts and guests tell
# stories first and have tea before the talks (https://mkdeanery.org/2015/10/18/weaving-trust/). About four talks in 105
# minutes online, with one shown to all first: https://actionnetwork.org/events/
# weaving-trust-in-an-election-year-relationships-as-an-antidote-to-polarisation. Twenty minutes of a school morning:
# http://www.citizensmk.org.uk/category/training/. How the minutes are shared out within these is ours.
FORMATS: tuple[Format, ...] = (
    Format(
        "standard", 5, 15, 10, prompt=1, talk=8, harvest=2, move=1, tea=15, tea_after=3, closing=15, questions=_OPEN
    ),
    Format("short", 3, 5, 5, prompt=1, talk=6, harvest=1, move=1, tea=0, tea_after=2, closing=8, questions=_OPEN),
    Format("online", 4, 5, 25, prompt=1, talk=8, harvest=2, move=1, tea=10, tea_after=2, closing=17, questions=_OPEN),
    Format("school", 3, 1, 2, prompt=1, talk=4, harvest=0, move=0, tea=0, tea_after=2, closing=2, questions=_SCHOOL),
    Format("hosts", 5, 15, 10, prompt=1, talk=6, harvest=1, move=1, tea=20, tea_after=0, closing=20, questions=_HOSTS),
)
STANDARD = FORMATS[0]


class Part(StrEnum):
    """What a stretch of the gathering is for."""

    ARRIVAL = "arrival"
    OPENING = "opening"
    PROMPT = "prompt"
    TALK = "talk"
    HARVEST = "harvest"
    MOVE = "move"
    TEA = "tea"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of the gathering: `at` is the time since the midnight before it, `round` None outside the rounds."""

    part: Part
    at: timedelta
    minutes: int
    round: int | None = None

    @property
    def end(self) -> timedelta:
        """When the next stretch begins."""
        return self.at + timedelta(minutes=self.minutes)

    @property
    def half_time(self) -> timedelta:
        """When the one who listened begins to speak."""
        return self.at + timedelta(minutes=self.minutes) / 2


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every stretch of a gathering, each beginning when the one before it ends; one of no minutes is left out."""

    lines: tuple[Line, ...]
    start: timedelta
    end: timedelta

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return round((self.end - self.start) / timedelta(minutes=1))

    def in_round(self, number: int) -> tuple[Line, ...]:
        """The stretches of one round."""
        return tuple(line for line in self.lines if line.round == number)


def timetable(format: Format, rounds: int, start: time) -> Timetable:
    """What happens when, with `rounds` rounds, from a starting time on; midnight is nothing special."""
    stretches: list[tuple[Part, int, int | None]] = [
        (Part.ARRIVAL, format.arrival, None),
        (Part.OPENING, format.opening, None),
    ]
    tea = (Part.TEA, format.tea, None)
    tea_after = min(format.tea_after, rounds)
    if tea_after == 0:
        stretches.append(tea)
    for number in range(1, rounds + 1):
        stretches += [
            (Part.PROMPT, format.prompt, number),
            (Part.TALK, format.talk, number),
            (Part.HARVEST, format.harvest, number),
            (Part.MOVE, format.move, number),
        ]
        if number == tea_after:
            stretches.append(tea)
    stretches.append((Part.CLOSING, format.closing, None))
    begins = at = timedelta(hours=start.hour, minutes=start.minute)
    lines = []
    for part, minutes, round in stretches:
        if minutes:
            lines.append(Line(part, at, minutes, round))
        at += timedelta(minutes=minutes)
    return Timetable(tuple(lines), begins, at)


def clock(at: timedelta) -> str:
    """A time of day as a hall reads it, “21:05”; the half minute of an odd half-time as “19:29:30”."""
    seconds = round(at.total_seconds()) % (24 * 60 * 60)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


def questions(format: Format, rounds: int) -> tuple[Message, ...]:
    """What each round asks: from arriving to taking away, however many rounds there are.

    With fewer rounds than questions some are left out, never the first nor the last; with more, one is asked again of
    another partner. A single round asks what matters.
    """
    last = len(format.questions) - 1
    places = [last // 2] if rounds == 1 else [round(last * number / (rounds - 1)) for number in range(rounds)]
    return tuple(say(format.questions[place]) for place in places)
