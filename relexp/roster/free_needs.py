"""Needs in people's own words: what can be read of them is kept to, and the rest is for the organiser to read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from relexp.roster.ages import is_silent
from relexp.roster.answers import yes_no
from relexp.roster.words import fold, words

_ASKED = re.compile(
    r"\baccess(?:ibility|ible)?\b.*\b(?:needs?|requirements?|support|issues?|arrangements?|adjustments?)\b|\baccessibility\b"
    r"|\b(?:additional|special|support|particular|mobility|health|communication|sensory|medical|other|any|your) "
    r"(?:needs?|requirements?|assistance|adjustments?)\b|^(?:needs|requirements|adjustments|reasonable adjustments)$"
    r"|\bdisab\w*|\bmobility\b|\bwheel ?chair\b|\bstep free\b|\bhearing loop\b|\breasonable adjustments?\b"
    r"|\bneeds?\b.*\b(?:interpreter|interpretation|interpreting|translator|translation|bsl|quiet\w*|seat|rest)\b"
    r"|\banghenion\b|\bbesoins?\b|\bnecesidades\b|\bpotrzeby\b"
)
# Said of food, health and family, which is nobody's business here; and of contacts, clothes and notes.
_INTIMATE = re.compile(
    r"\b(?:diet\w*|allerg\w*|intoleranc\w*|food (?:needs?|requirements?|preferences?|choices?)|vegetarian|vegan"
    r"|halal|kosher|medical|medication|medicines?|emergency|next of kin)\b"
)
_ASIDE = re.compile(
    r"\b(?:meals?|lunch|dinner|t ?shirts?|shirt|phone|telephone|mobile|whatsapp|tel|parking|car registration"
    r"|travel|transport|notes?|comments?|remarks?)\b"
)
_QUIET = re.compile(
    r"\b(?:quiet\w*|less nois[ey]|low noise|noise|noisy|loud|hard of hearing|hearing (?:aids?|loss|impair\w*)"
    r"|sensory)\b"
)
_SEAT = re.compile(
    r"\b(?:wheel ?chair\w*|fixed seat|same seat|one seat|stay (?:in one place|seated|sitting|at one table)"
    r"|(?:can ?not|cant|unable to|hard to|difficult to|trouble) (?:stand|mov|walk|get up|getting up)\w*"
    r"|keep (?:my|one|a) seat|walking (?:frame|stick)|zimmer\w*|crutch\w*|mobility scooter|limited mobility)\b"
)
_NOT = re.compile(r"\b(?:no|not|dont|doesnt|never|without|fine)\b")
_NONE = frozenset(
    map(
        fold,
        "none|nil|nothing|nope|no needs|no access needs|none known|no thanks|no thank you|not applicable|none needed"
        "|none required|no requirements|no special needs|not needed|all good|fine|i'm fine|i am fine"
        "|dim|aucun|aucune|ninguna|ninguno|brak|لا يوجد"
        "|কিছু না|کوئی نہیں".split("|"),
    )
)


@dataclass(frozen=True, slots=True)
class FreeNeed:
    """What a cell says in its own words: whether there is a need at all, and what of it a plan can keep to."""

    told: bool = False
    quiet: bool = False
    seat: bool = False


def asks_needs(header: str) -> bool:
    """Whether a heading asks what somebody needs to take part, such as "Any access needs?"."""
    return bool(_ASKED.search(_bare(header)))


def is_intimate(header: str) -> bool:
    """Whether a heading asks for needs, health, food or family: kept private, and nobody is put together by it."""
    return asks_needs(header) or bool(_INTIMATE.search(_bare(header)))


def is_aside(header: str) -> bool:
    """Whether a heading is of what nobody is put together by; private or not, such as contacts and clothes."""
    return is_intimate(header) or bool(_ASIDE.search(_bare(header)))


def free_need(text: str, header: str) -> FreeNeed:
    """What can be read of a need in words; a bare yes means what the heading asks.

    A need that is written with a "no" or a "not" beside it is never guessed at, only told.
    """
    plain = fold(text).strip(" .!")
    if is_silent(plain) or plain in _NONE or yes_no(plain) is False:
        return FreeNeed()
    said = _bare(header if yes_no(plain) else plain)
    quiet, seat = _QUIET.search(said), _SEAT.search(said)
    if _NOT.search(_SEAT.sub(" ", said)):
        return FreeNeed(told=True)
    return FreeNeed(True, quiet is not None, seat is not None)


def _bare(text: str) -> str:
    return " ".join(words(text.replace("'", "").replace("’", "")))
