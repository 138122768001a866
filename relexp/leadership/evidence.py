"""What happened, when, and who saw it: a stage changes by nothing else. Challenges too, and how they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# A line of evidence is a line; an answer to it may be a few.
LINE, FEW_LINES = 300, 1000


class Kind(StrEnum):
    """What kind of thing happened."""

    ONE_TO_ONE = "one_to_one"
    GATHERING = "gathering"
    HOSTED = "hosted"
    TURNOUT = "turnout"
    TRAINING = "training"
    ACTION = "action"
    STEP = "step"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line about a leader: what happened, on which day, and who saw it.

    `shared`: it stands on the leader's own page too (what is not is still theirs to ask for); `answer` is what they say
    of it. `source` is where a suggestion came from that somebody confirmed, as "gathering 3f…"; empty for what was
    noted by hand.
    """

    id: str
    leader: str
    kind: Kind
    day: date
    what: str = ""
    seen_by: str = ""
    shared: bool = True
    answer: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that relexp knows happened, for a person to confirm or to decline."""

    leader: str
    kind: Kind
    day: date
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Move:
    """That somebody's stage changed (`before` is empty for whoever is new), on which day and by which evidence."""

    leader: str
    day: date
    before: str
    after: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What somebody was asked to dare, by whom; `taken` is None until they answered."""

    id: str
    leader: str
    day: date
    what: str
    by: str = ""
    taken: bool | None = None
    answer: str = ""
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody reads the qualities and habits of a leader: themselves, or the mentor who is named.

    `habits` holds, of those that were read, how often they show (a key of `qualities.OFTEN`), never a number.
    """

    id: str
    leader: str
    day: date
    habits: dict[str, str]
    mentor: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to the table in one go: so many rows, at that time; `undoes` is the deed that it took back."""

    id: str
    at: datetime
    by: str
    rows: int
    undoes: str = ""
