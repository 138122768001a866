"""A code in place of a person: the same at every gathering of this house, and of no use to anybody without its key."""

from __future__ import annotations

from base64 import b32encode

from relexp.roster.words import fold
from relexp.store.seal import Seal

_LENGTH = 8
# No code that is kept is longer, whoever made it.
LONGEST = 16


def code_of(person_id: str, name: str, seal: Seal) -> str:
    """The code of somebody, by their id and name: eight letters and digits, as on paper; not to be read back."""
    # Many a sheet numbers its rows: an id alone may be somebody else's on the next one.
    return b32encode(seal.mark(f"person {person_id}\x1f{fold(name)}")).decode()[:_LENGTH]


def typed_code(text: str) -> str:
    """A code as somebody typed it from paper: no spaces or dashes, upper case; 0 and 1 are in no code, but O and I."""
    letters = "".join(text.split()).replace("-", "").upper()
    return letters.translate(str.maketrans("01", "OI"))


def finder_of(name: str, seal: Seal) -> str:
    """What finds the rows of somebody by their name, however it is written, when they ask for them."""
    return seal.mark(f"name {fold(name)}").hex()
