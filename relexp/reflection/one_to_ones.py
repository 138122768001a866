"""A one-to-one that was arranged: what is worth noting afterwards, the least first, as if the other will read it.

What to note follows practice in organising (attention, purpose, exploration, exchange, a next step: Ganz;
self-interest and who listens to somebody: the Industrial Areas Foundation). Fields and words are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from relexp.messages import Fault, say
from relexp.reflection.careful import Warned, careful

# A note is a line; what was different or learnt may be a few.
LINE, FEW_LINES = 200, 1000
SHORTEST, LONGEST = 1, 600


class Interest(StrEnum):
    """What moves somebody to act."""

    FAMILY = "family"
    WORK = "work"
    HOUSING = "housing"
    SAFETY = "safety"
    FAITH = "faith"
    MIGRATION = "migration"
    HEALTH = "health"
    EDUCATION = "education"
    TRANSPORT = "transport"
    OTHER = "other"


class Following(StrEnum):
    """How many people listen to somebody, roughly."""

    NOBODY = "0"
    FEW = "1-2"
    SOME = "3-9"
    MANY = "10+"


@dataclass(frozen=True, slots=True)
class OneToOne:
    """One meeting of two, as one of them notes it; only who, when and for how long have to be said.

    `energy` is what makes the other act, in words they agreed to share. `told` and `heard` are titles of stories, never
    the stories. `same`, `different` and `learnt` are the writer's alone. `step` with its `owner` and `due` closes it;
    `also` are codes of whom to meet next.
    """

    writer: str
    other: str
    day: date
    minutes: int
    energy: str = ""
    interests: frozenset[Interest] = frozenset()
    told: str = ""
    heard: str = ""
    following: Following | None = None
    institutions: tuple[str, ...] = ()
    same: str = ""
    different: str = ""
    learnt: str = ""
    gave: str = ""
    given: str = ""
    step: str = ""
    owner: str = ""
    due: date | None = None
    done: bool = False
    also: tuple[str, ...] = field(default=())

    @property
    def closed(self) -> bool:
        """Whether it ended as it should: with a next step that is somebody's, by a day."""
        return bool(self.step.strip()) and self.owner in (self.writer, self.other) and self.due is not None

    def for_the_other(self) -> OneToOne:
        """What may be shown to anybody but the writer: without what is the writer's alone."""
        return OneToOne(
            **{
                part: getattr(self, part)
                for part in self.__dataclass_fields__
                if part not in ("same", "different", "learnt")
            }
        )


def faults(meeting: OneToOne, today: date) -> tuple[Fault, ...]:
    """What cannot be kept as it is, all of it at once."""
    found = []
    if not meeting.other.strip() or meeting.other == meeting.writer:
        found.append(Fault(say("one.who"), key="other"))
    if meeting.day > today:
        found.append(Fault(say("one.to_come"), key="day"))
    if not SHORTEST <= meeting.minutes <= LONGEST:
        found.append(Fault(say("one.minutes", least=SHORTEST, most=LONGEST), key="minutes"))
    if meeting.owner and meeting.owner not in (meeting.writer, meeting.other):
        found.append(Fault(say("one.owner"), key="owner"))
    for part in ("energy", "told", "heard", "gave", "given", "step"):
        if len(getattr(meeting, part)) > LINE:
            found.append(Fault(say("reflect.long", most=LINE), key=part))
    for part in ("same", "different", "learnt"):
        if len(getattr(meeting, part)) > FEW_LINES:
            found.append(Fault(say("reflect.long", most=FEW_LINES), key=part))
    return tuple(found)


def to_think_about(meeting: OneToOne, names: Iterable[str] = ()) -> tuple[tuple[str, Warned], ...]:
    """The parts that hold words to think twice about before they are kept, in the order of the form."""
    known = [name for name in names if name not in (meeting.writer, meeting.other)]
    parts = ("energy", "told", "heard", "same", "different", "learnt", "gave", "given", "step")
    return tuple((part, warned) for part in parts for warned in careful(getattr(meeting, part), known))
