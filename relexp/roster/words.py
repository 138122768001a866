"""The same words, however they were typed: without regard to case, accents, spacing and keyboard."""

from __future__ import annotations

import re
import unicodedata

# Marks that people type or leave out without meaning a different word: Latin accents, Arabic vowel signs and
# stretching, soft hyphens and the invisible marks that come along when a name is pasted.
_INVISIBLE = (
    0x00AD,
    0x061C,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
)
_MARKS = (*range(0x0300, 0x0370), *range(0x064B, 0x0660), 0x0670, 0x0640)
# Letters that are one letter on different keyboards, or that Unicode does not take apart.
_TWINS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"} | {
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ۃ": "ه", "’": "'", "ʼ": "'", "‘": "'",
}  # fmt: skip
_PLAIN = str.maketrans({**dict.fromkeys((*_INVISIBLE, *_MARKS), ""), **{ord(old): new for old, new in _TWINS.items()}})
_UNSEEN = "".join(map(chr, (*_INVISIBLE, 0)))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def tidy(text: str) -> str:
    """A cell without the padding around it, invisible marks at its ends included."""
    return text.strip() if text.isascii() and "\0" not in text else _peel(text)


def squeeze(text: str) -> str:
    """A text on one line, with single spaces."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """A text as it is compared: no case, no accents, single spaces, one form for letters that look the same."""
    if text.isascii():
        return squeeze(text.casefold())
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return squeeze(unicodedata.normalize("NFC", plain).casefold())


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared, without punctuation; "firstName" and "first_name" are two words."""
    return tuple(slug(_CAMEL.sub(" ", text), " ").split())


def slug(text: str, join: str = "_") -> str:
    """A short plain form of a text: letters and numbers of any script, joined by `join`; "" when there are none."""
    folded = fold(text)
    if folded.isascii():
        return join.join(re.findall(r"[a-z0-9]+", folded))
    return join.join("".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in folded).split())


def _peel(text: str) -> str:
    before = None
    while before != text:
        before, text = text, text.strip().strip(_UNSEEN)
    return text
