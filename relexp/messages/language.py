"""The language that a page speaks: its sentences by their codes, and English wherever one is not translated.

A page's Python runs in a process of its own: `speak` is for that process, never for the server's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from relexp.messages.catalogue import TEMPLATES

ENGLISH = "en"
LOCALE = Path(__file__).with_name("locale")
# What learners are told; the rest of the catalogue speaks to those who write units and run evenings.
TO_LEARNERS = ("learn.quiz_", "unit.", "study.", "words.read_", "map.", "story.", "exercise.")
_now: Mapping[str, str] = {}


def to_learners() -> dict[str, str]:
    """The English sentences that learners are told, by their codes."""
    return {code: text for code, text in TEMPLATES.items() if code.startswith(TO_LEARNERS)}


@cache
def sentences(language: str, folder: Path = LOCALE) -> Mapping[str, str]:
    """What is translated into a language: sentences by code; none of English, or of a language that is not there.

    A sentence whose English has changed since is left out, so that nothing is said that is no longer so.
    """
    paths = {path.stem: path for path in folder.glob("*.po")}
    if language not in paths:
        return {}
    from babel.messages.pofile import read_po

    with paths[language].open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        str(each.context): str(each.string)
        for each in catalogue
        if each.context and each.string and not each.fuzzy and TEMPLATES.get(str(each.context)) == each.id
    }


def speak(language: str | Mapping[str, str]) -> None:
    """Say every sentence of this process in a language from now on, by its code or with sentences of one's own."""
    global _now
    _now = sentences(language) if isinstance(language, str) else language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say every sentence in a language for a while."""
    before = _now
    speak(language)
    try:
        yield
    finally:
        speak(before)


def template(code: str) -> str:
    """A sentence with its gaps, in the language that is spoken now: for whoever fills them in the browser."""
    return _now.get(code, TEMPLATES[code])


def spoken() -> Mapping[str, str]:
    """The sentences in the language that is spoken now; empty while it is English."""
    return _now
