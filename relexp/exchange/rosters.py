"""A sign-up sheet as a file: from where it lies to the people on it."""

from __future__ import annotations

from pathlib import Path

from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound, tell
from relexp.roster.reading import Loaded, roster_from

__all__ = ["Loaded", "load_roster", "read_roster"]


def load_roster(path: Path, fewest: int = 2) -> Loaded:
    """The people on the sheet at `path`; raises FaultsFound with every fault, a missing file among them.

    `fewest` is how many must talk: 1 for a sheet of those who come late.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise FaultsFound([tell("sheet.missing", file=path.name)]) from None
    except OSError:
        raise FaultsFound([tell("sheet.unreadable", file=path.name)]) from None
    return read_roster(data, path.name, fewest)


def read_roster(data: bytes, name: str, fewest: int = 2) -> Loaded:
    """The people on a sheet given as bytes; `name` is what the user calls it. Raises FaultsFound with every fault."""
    return roster_from(read_table(data, name), fewest)
