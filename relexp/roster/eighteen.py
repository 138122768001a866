"""What stands beside an 18 in a heading: "<18" is not "18+", and "under or over 18" is answered by no yes and no no."""

from __future__ import annotations

import re
import unicodedata

from relexp.roster.words import words

_LESS = r"(?:(?:<|≤|⩽|‹|&lt;|&le;)=?|=<)"
_MORE = r"(?:(?:>|≥|⩾|›|&gt;|&ge;)=?|=>)"
_DASH = r"[-‐‒–—−]"
_EITHER = rf"(?:\+ ?/ ?{_DASH}|{_DASH} ?/ ?\+|±)"
_BESIDE = r"[\s?*.:,;\"'“”()\[\]_]*"
_END = rf"{_BESIDE}(?:(?:y|yes|true) ?(?:/|or) ?(?:n|no|false){_BESIDE})?$"
# In this order. A "<" behind the 18 may be meant either way, so it is taken for both.
_SIGNS = tuple(
    (re.compile(sign, re.IGNORECASE), spoken)
    for sign, spoken in (
        (rf"{_EITHER} ?18s?\b|\b18s? ?(?:{_EITHER}|{_LESS}|{_MORE})", " under over 18 "),
        (rf"{_LESS} ?(?=18)", " under "),
        (rf"(?:{_MORE}|(?<![^\s(\[/])\+) ?(?=18)", " over "),
        (
            rf"(?:^{_BESIDE}|(?<!under)(?<!below)(?<!over)(?<!above)[\s(\[/]){_DASH} ?(?=18s?\b)(?!18 ?{_DASH})",
            " under ",
        ),
        (rf"^({_BESIDE})18 ?{_DASH}(?={_END})", " under 18 "),
        (r"\b18 ?\+", " 18 or over "),
        (rf"^{_BESIDE}18{_END}", " over 18 "),
    )
)

_18 = r"(?: (?:the age of )?(?:18|eighteen)s?)?"
_UNDER = rf"(?:(?:under|below|younger)(?: than)?{_18}|u ?18s?|18s? (?:and|or) (?:under|below|younger))"
_OVER = rf"(?:(?:over|above|older)(?: than)?{_18}|o18s?|18s?(?: plus| (?:and|or) (?:over|above|older)))"
_CHILD = r"(?:an? )?(?:child|children|minors?|young person)"
_ADULT = r"(?:an? )?(?:adults?|grown ups?)"
_OR = "(?: or| and)?"
_BOTH = re.compile(rf"(?:{_UNDER}{_OR} {_OVER}|{_OVER}{_OR} {_UNDER})")
_ONE_OF = re.compile(rf"\b(?:{_UNDER} (?:or|and) {_OVER}|{_OVER} (?:or|and) {_UNDER})\b(?! \d)")
_WHO = re.compile(rf"(?:(?:are you|is this person|i am) )?(?:{_CHILD}{_OR} {_ADULT}|{_ADULT}{_OR} {_CHILD})")
_EIGHTEEN = re.compile(r"18|eighteen")
_OF_OTHERS = re.compile(r"\b(?:with|work|bring|bringing|anyone|anybody|someone|somebody|have)\b")
_SENTENCE = re.compile(r"[?.:;!]")
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")


def in_words(header: str) -> str:
    """A heading with the signs beside its 18 as words: "<18" is "under 18", "18+" and a bare "18" are over it."""
    said = unicodedata.normalize("NFKC", header)
    if "18" not in said:
        return header
    for sign, spoken in _SIGNS:
        said = sign.sub(spoken, said)
    return said


def asks_both(header: str) -> bool:
    """Whether a heading asks on which side of 18 somebody is ("Under or over 18?"): no yes or no answers that."""
    asked = _BRACKETS.sub(" ", in_words(header)).replace("/", " or ")
    # "18 or over? Under 18s come with an adult" asks one thing alone.
    parts = [" ".join(words(part)) for part in _SENTENCE.split(asked)]
    if any(map(_WHO.fullmatch, parts)):
        return True
    if not _EIGHTEEN.search(asked.casefold()):
        return False
    found = any(_ONE_OF.search(part) and not _OF_OTHERS.search(part) for part in parts)
    return found or _BOTH.fullmatch(" ".join(words(asked))) is not None
