"""A made-up room to try everything on. Nobody in it is a real person."""

from __future__ import annotations

import codecs
from importlib.resources import files

_ROOM = "demo_room.csv"


def demo_sheet() -> bytes:
    """The sign-up sheet (csv) of a made-up room of 54 people from seven organisations, as untidy as real ones are.

    Every name is invented. One organisation is the biggest, as the host's often is; a few people ask for a seat of
    their own or a quiet table; one speaks no English.
    """
    sheet = files(__package__).joinpath(_ROOM).read_bytes()
    # Marked as UTF-8, as every csv that we write.
    return codecs.BOM_UTF8 + sheet
