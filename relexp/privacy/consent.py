"""What people are asked before anything of them is kept: one yes for each purpose, in a wording that has a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from relexp.privacy.retention import CONTACTS, SEATING

# Stands on every notice and sheet that asks. A change to what `paper.consent_*` says is another wording.
WORDING = "2026-1"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something that a person may say yes or no to, and how long what they gave is kept (None: until they say no)."""

    key: str
    kept: timedelta | None


PURPOSES = (Purpose("seating", SEATING), Purpose("contact", CONTACTS), Purpose("photo", None))
