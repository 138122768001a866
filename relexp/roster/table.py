"""A sheet as rows of text, before anybody knows what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows of a sheet that are not blank.

    `rows` holds each row's number as a spreadsheet shows it, and its cells: as many as the header has, padding
    taken off, a blank as "". `header_row` is the number of the header's own row.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int = 1
