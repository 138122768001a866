"""How the table signs are laid out: each as large as leaves it whole on one page, two a page where there is room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

Seats: TypeAlias = Mapping[str, tuple[str, ...]]
Rounds: TypeAlias = Sequence[tuple[int, Seats | None]]

# A point in millimetres; and of the size of the print, how wide a letter is at most, and how high a line.
_POINT, _LETTER, _LINE = 0.353, 0.58, 1.25
# The words below the number are printed no larger than this, in points.
_CARE = 18
# In letters: what stands between two names, and before those who interpret.
_AND, _INTERPRETING = 3, 16


@dataclass(frozen=True)
class Fit:
    """One way to lay out a sign: its kind in pack.css, the size of its print, and the room for its rows.

    Points; millimetres for how wide a row is, how high all may be together, and what each has above and below; then
    how wide the words below the table's number are, and how high where they take nothing from the rows.
    """

    kind: str
    points: int
    width: float
    height: float
    around: float
    face: float
    below: float = 0

    @property
    def half(self) -> bool:
        """Whether it leaves room for another sign on its page."""
        return self.kind.startswith("half")

    def holds(self, rounds: Rounds, care: str = "") -> bool:
        """Whether there is room for these rounds, and for the words below the number."""
        size = self.points * _POINT
        lines = 1 + sum(_lines(seats, self.width / (size * _LETTER)) for _, seats in rounds)
        # Where words break, up to a line is lost.
        small = min(size, _CARE * _POINT)
        under = (1 + ceil(_wide(care) * small * _LETTER / self.face)) * small * _LINE if care else 0.0
        if self.half and under > self.below:
            return False
        return lines * size * _LINE + (len(rounds) + 1) * self.around <= self.height - max(0.0, under - self.below)


@dataclass(frozen=True)
class Sign:
    """A sign, or a part of one that no page could hold (`split`)."""

    table: int
    rounds: Rounds
    fit: Fit
    split: bool = False

    @property
    def half(self) -> bool:
        """Whether it leaves room for another one on its page."""
        return self.fit.half


# From the largest print to the smallest that is still read from a chair.
_FITS = {
    False: (
        Fit("half", 14, 86, 119, 5.1, 64, 45),
        Fit("half", 12, 88, 119, 5.1, 64, 45),
        Fit("half close", 12, 106, 121, 2.7, 46, 60),
        Fit("full", 14, 156, 222, 3.5, 170),
        Fit("full", 12, 158, 222, 3.5, 170),
        Fit("full", 10, 160, 222, 3.5, 170),
    ),
    True: (
        Fit("tall", 26, 150, 184, 3.3, 170),
        Fit("tall", 23, 153, 184, 3.3, 170),
        Fit("tall", 20, 156, 184, 3.3, 170),
        Fit("full", 20, 156, 222, 3.3, 170),
        Fit("full", 18, 157, 222, 3.3, 170),
        Fit("full", 16, 158, 222, 3.3, 170),
    ),
}


def sheets(signs: Mapping[int, Rounds], large: bool, care: str = "") -> list[tuple[Sign, ...]]:
    """The pages of the signs, given who sits at each table, and the words below its number; tables stay in order."""
    pages: list[tuple[Sign, ...]] = []
    for sign in (part for table, rounds in signs.items() for part in _parts(table, rounds, large, care)):
        if sign.half and pages and len(pages[-1]) == 1 and pages[-1][0].half:
            pages[-1] = (*pages[-1], sign)
        else:
            pages.append((sign,))
    return pages


def _parts(table: int, rounds: Rounds, large: bool, care: str, split: bool = False) -> Iterator[Sign]:
    """The sign in one piece; where the smallest print is too large for that, in two, each as large as it can be."""
    fit = next((fit for fit in _FITS[large] if fit.holds(rounds, care)), None)
    if fit or len(rounds) == 1:
        yield Sign(table, rounds, fit or _FITS[large][-1], split)
        return
    middle = (len(rounds) + 1) // 2
    yield from _parts(table, rounds[:middle], large, care, split=True)
    yield from _parts(table, rounds[middle:], large, care, split=True)


def _lines(seats: Seats | None, letters: float) -> int:
    """How many lines of so many letters the names take: none breaks that has room on a line, others stand alone."""
    if seats is None:
        return 1
    people, helping = ([_wide(name) + _AND for name in seats[kind]] for kind in ("people", "interpreters"))
    lines, used = 1, 0.0
    for wide in [*people, _INTERPRETING, *helping] if helping else people:
        if used and used + wide > letters:
            lines, used = lines + 1, 0.0
        lines, used = lines + ceil(wide / letters) - 1, min(used + wide, letters)
    return lines


def _wide(name: str) -> float:
    """How wide a name is, in letters: a mark upon a letter is nothing more, a Chinese character is nearly two."""
    return sum(
        1.8 if unicodedata.east_asian_width(sign) in "WF" else 0 if unicodedata.category(sign) in ("Mn", "Cf") else 1
        for sign in name
    )
