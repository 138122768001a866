"""A person's name as others shorten it: “Amina” or “Amina B.” for Amina Begum."""

from __future__ import annotations

import re
from collections import Counter

from relexp.roster.words import fold

_BETWEEN = re.compile(r"[\s.,\-‐‑–]+")


def shortens(text: str, name: str) -> bool:
    """Whether a text may stand for a name: words of it in any order, some as an initial, one of them in full."""
    typed, own = _words(text), Counter(_words(name))
    whole = Counter(word for word in typed if len(word) > 1)
    initials = Counter(word for word in typed if len(word) == 1)
    left = Counter(word[0] for word in (own - whole).elements())
    return bool(whole) and whole <= own and initials <= left


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(fold(text)) if word]
