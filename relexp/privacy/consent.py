"""What people are asked before anything of them is kept: one yes for each purpose, in a wording that has a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from relexp.privacy.retention import CONTACTS, SEATING, WEAVE

# Stands on every notice, sheet and page that asks. A change to what `paper.yes_*`, `paper.consent_*` or the page at the
# door says of it, in any language, is another wording. 2026-2: a yes is
# taken back on one's own phone too, and who met may be remembered.
WORDING = "2026-2"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something that a person may say yes or no to, and how long what they gave is kept (None: until they say no)."""

    key: str
    kept: timedelta | None


# To this purpose says yes who may be remembered, by a code in place of a name.
REMEMBERED = "weave"
# And to this one of whom it may be kept how to reach them.
REACHED = "contact"
PURPOSES = (
    Purpose("seating", SEATING),
    Purpose(REACHED, CONTACTS),
    Purpose(REMEMBERED, WEAVE),
    Purpose("photo", None),
)


class Way(StrEnum):
    """How a yes or a no came."""

    PHONE = "phone"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Said:
    """One yes or no of a person, to the purpose of that key: in which wording, when and how; `by` is who noted it."""

    purpose: str
    yes: bool
    wording: str
    at: datetime
    way: Way
    by: str = ""


def standing(ledger: Iterable[Said]) -> dict[str, Said]:
    """What holds of all that was said, in its order: for each purpose the last word."""
    return {said.purpose: said for said in ledger}
