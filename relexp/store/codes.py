"""A code in place of a person: the same at every gathering of this house, and of no use to anybody without its key."""

from __future__ import annotations

from base64 import b32encode

from relexp.roster.words import fold
from relexp.store.seal import Seal

_LENGTH = 8


def code_of(person_id: str, name: str, seal: Seal) -> str:
    """The code of somebody, by their id and name: eight letters and digits, as on paper; not to be read back."""
    # Many a sheet numbers its rows: an id alone may be somebody else's on the next one.
    return b32encode(seal.mark(f"person {person_id}\x1f{fold(name)}")).decode()[:_LENGTH]


def as_code(text: str) -> str:
    """A code as it was made, from what somebody copied off a phone or a sheet of paper."""
    return "".join(text.split()).replace("-", "").upper()


def finder_of(name: str, seal: Seal) -> str:
    """What finds the rows of somebody by their name, however it is written, when they ask for them."""
    return seal.mark(f"name {fold(name)}").hex()
