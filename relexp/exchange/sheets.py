"""Writing sheets that a spreadsheet opens as they are: what somebody typed never runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from relexp.exchange.whole import write_whole

# A spreadsheet takes a cell that begins like this for a formula. Apostrophes before it count too, so that what was
# written can always be told from what somebody typed.
_RUNS = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")

Cell = str | int | float


def safe(text: str) -> str:
    """A cell as it is written: a leading apostrophe before anything that a spreadsheet would take for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unsafe(text: str) -> str:
    """A cell as it was before `safe`: its apostrophe taken off, where `safe` would have put one."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def write_csv(
    to: Path | BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, marked: bool = False
) -> None:
    """Writes a sheet as csv in UTF-8, safe from formulas, to a file or a stream of bytes.

    `marked`: as UTF-8 by its first bytes, without which Excel shows accented, Arabic and Bengali names broken.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([_safe_cell(cell) for cell in row] for row in rows)
    _put(to, text.getvalue().encode("utf-8-sig" if marked else "utf-8"))


def _safe_cell(cell: Cell) -> Cell:
    return safe(cell) if isinstance(cell, str) else cell


def _put(to: Path | BinaryIO, data: bytes) -> None:
    if isinstance(to, Path):
        write_whole(to, data)
    else:
        to.write(data)
