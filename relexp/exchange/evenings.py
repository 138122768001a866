"""Evenings in files: written for spreadsheets, scripts and people, and read back for the next time."""

from __future__ import annotations

from pathlib import Path

from relexp.exchange.evening_json import json_bytes, read_json
from relexp.exchange.evening_rows import csv_bytes, read_csv
from relexp.exchange.evening_workbook import xlsx_bytes
from relexp.exchange.whole import read_whole, write_whole
from relexp.messages import FaultsFound, tell
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster

__all__ = ["WRITERS", "csv_bytes", "evening_bytes", "json_bytes", "load_evening", "write_evening", "xlsx_bytes"]

WRITERS = {".csv": csv_bytes, ".json": json_bytes, ".xlsx": xlsx_bytes}
_READERS = {".csv": read_csv, ".json": read_json}


def evening_bytes(path: Path, evening: Evening, roster: Roster | None = None) -> bytes:
    """The evening as the file's ending asks: .csv, .json or .xlsx. Raises FaultsFound for any other."""
    writer = WRITERS.get(path.suffix.casefold())
    if writer is None:
        raise FaultsFound([tell("evening.kind", path=path)])
    return writer(evening, roster)


def write_evening(path: Path, evening: Evening, roster: Roster | None = None) -> None:
    """Write an evening to a file as its ending asks, whole or not at all. Raises FaultsFound when it cannot be."""
    write_whole(path, evening_bytes(path, evening, roster))


def load_evening(path: Path) -> Evening:
    """Read an evening back from a .json (all of it) or a .csv (who met whom, without the figures).

    Raises FaultsFound when the file is not there, is no evening, or is damaged.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise FaultsFound([tell("evening.read_kind", path=path)])
    return reader(read_whole(path), path.name)
