"""What people write in the cells we know: yes and no, seats, rounds and languages."""

from __future__ import annotations

import re

from relexp.roster.words import fold, squeeze

_YES = frozenset(map(fold, "yes true y 1 ydw ie oes oui vrai sí verdadero tak prawda نعم হ্যাঁ ہاں جی".split()))
_NO = frozenset(map(fold, "no false n 0 non faux falso nie fałsz لا না نہیں".split())) | {"nac ydw", "nac oes"}
_ROUNDS = re.compile(r"\d{1,2}(?:-\d{1,2})?(?:[;, ]+\d{1,2}(?:-\d{1,2})?)*")
_BETWEEN_ROUNDS = re.compile(r"(?:\band\b|&|[;,،؛])+")
_DASH = re.compile(r"\s*[-–—]\s*")
_BETWEEN_LANGUAGES = re.compile(r"[;,،؛/|+&\n]|\s(?:and|or)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\(.*?\)")


def yes_no(text: str) -> bool | None:
    """Whether a cell says yes; a blank says no; None when it says neither."""
    if not text:
        return False
    folded = fold(text)
    return True if folded in _YES else False if folded in _NO else None


def number(text: str) -> int | None:
    """The whole number of at most three digits in a cell, or None."""
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def rounds(text: str) -> frozenset[int] | None:
    """The rounds a cell lists ("3", "2; 4", "2-4"), numbered from 1; None when it is no such list."""
    if not text:
        return frozenset()
    listed = squeeze(_DASH.sub("-", _BETWEEN_ROUNDS.sub(";", fold(text))))
    if not _ROUNDS.fullmatch(listed):
        return None
    found: set[int] = set()
    for part in re.split(r"[;, ]+", listed):
        first, _, last = part.partition("-")
        span = range(int(first), int(last or first) + 1)
        if not span or span[0] < 1:
            return None
        found.update(span)
    return frozenset(found)


def languages(text: str) -> str:
    """The languages a cell lists, one form for every way to list them: separated by "; ", notes in brackets off."""
    parts = (squeeze(part) for part in _BETWEEN_LANGUAGES.split(_BRACKETS.sub(" ", text)))
    seen: dict[str, str] = {}
    for part in parts:
        if part:
            seen.setdefault(part.casefold(), part)
    return "; ".join(seen.values())
