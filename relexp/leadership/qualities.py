"""How somebody reads their own habits and how a mentor does, side by side: a talk to have, never a mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relexp.leadership.board import Board
from relexp.leadership.evidence import Reading
from relexp.messages import Message, say

# How often a habit shows, from the least on. They are words on every screen; nothing is counted or summed up from them.
OFTEN = ("seldom", "at_times", "often", "habit")


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody read on a day: one of OFTEN; `by` is the mentor, empty for oneself."""

    often: str
    day: date
    by: str = ""

    @property
    def word(self) -> Message:
        """The word for it."""
        return say(f"lead.often_{self.often}")


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit as both read it last, and what the same person read the time before; None where nothing was read.

    `talk` begins the talk on it where the two see it differently.
    """

    key: str
    name: str
    own: Read | None
    own_before: Read | None
    mentor: Read | None
    mentor_before: Read | None
    talk: Message | None

    @property
    def differs(self) -> bool:
        """Whether both read it, and in different words."""
        return self.talk is not None


def side_by_side(board: Board, readings: Iterable[Reading]) -> tuple[Habit, ...]:
    """Each habit of the board with the last words of the leader and of a mentor; readings are all of one leader.

    A habit that the board no longer has, and a word that is none of OFTEN, are left out. Of two readings of one day the
    later given counts as the later.
    """
    own: dict[str, list[Read]] = {}
    mentors: dict[str, list[Read]] = {}
    for reading in sorted(readings, key=lambda reading: reading.day):
        for key, often in reading.habits.items():
            if often in OFTEN:
                lines = mentors if reading.mentor else own
                lines.setdefault(key, []).append(Read(often, reading.day, reading.mentor))
    return tuple(_habit(each.key, each.name, own.get(each.key, []), mentors.get(each.key, [])) for each in board.habits)


def _habit(key: str, name: str, own: list[Read], mentors: list[Read]) -> Habit:
    said, said_before = _last(own)
    seen, seen_before = _last([read for read in mentors if read.by == mentors[-1].by])
    talk = None
    if said and seen and said.often != seen.often:
        talk = say("lead.often_talk", own=str(said.word), mentor=str(seen.word), by=seen.by)
    return Habit(key, name, said, said_before, seen, seen_before, talk)


def _last(reads: list[Read]) -> tuple[Read | None, Read | None]:
    return (reads[-1] if reads else None, reads[-2] if len(reads) > 1 else None)
