"""Themes in what people said: a codebook, readers who do not see each other's themes, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from relexp.privacy.suppression import FEWEST

# A line that fits nothing in the book.
NONE = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of the book: its name, and when a line belongs to it."""

    key: str
    name: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """One reader's theme for one line; "" where none fits."""

    line: str
    coder: str
    theme: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on the lines that both have read.

    `share` is the plain share on which they do. `kappa` is Cohen's (Educational and Psychological Measurement 20
    (1960), 37-46): 0 what chance gives, 1 always; None where both use one theme alone. `alpha` is Krippendorff's for
    names (Content Analysis, 4th ed., chapter 12), over all readers there are.
    """

    lines: int
    share: float | None
    kappa: float | None
    alpha: float | None
    settle: tuple[str, ...]


def agreement(coded: Iterable[Coded], one: str, other: str) -> Agreement:
    """How far two readers agree; `settle` are the lines on which they do not, in the order of the first one's."""
    from statsmodels.stats.inter_rater import cohens_kappa

    themes = _by_line(coded)
    shared = [line for line, by in themes.items() if one in by and other in by]
    pairs = [(themes[line][one], themes[line][other]) for line in shared]
    names = sorted({theme for pair in pairs for theme in pair})
    kappa = None
    if len(names) > 1:
        places = {name: place for place, name in enumerate(names)}
        table = np.zeros((len(names), len(names)))
        for first, second in pairs:
            table[places[first], places[second]] += 1
        kappa = float(cohens_kappa(table, return_results=False))
    same = sum(first == second for first, second in pairs)
    return Agreement(
        len(pairs),
        same / len(pairs) if pairs else None,
        kappa,
        alpha(coded for line in shared for coded in _coded(line, themes[line], (one, other))),
        tuple(line for line, (first, second) in zip(shared, pairs, strict=True) if first != second),
    )


def alpha(coded: Iterable[Coded]) -> float | None:
    """Krippendorff's alpha for names, for any number of readers, each of whom may have left lines out.

    None where there is one theme alone. Written out here: the library that has it is under a licence we cannot pass on.
    """
    values = [[*by.values()] for by in _by_line(coded).values() if len(by) > 1]
    counts = Counter(theme for each in values for theme in each)
    total = sum(counts.values())
    if len(counts) < 2:
        return None
    differ = sum(2 * sum(one != other for one, other in combinations(each, 2)) / (len(each) - 1) for each in values)
    by_chance = (total * total - sum(count * count for count in counts.values())) / (total - 1)
    return 1 - differ / by_chance


def read_all(coded: Iterable[Coded], lines: Collection[str]) -> tuple[str, ...]:
    """The readers who have read every one of these lines, in a lasting order; nobody where there is no line."""
    read: dict[str, set[str]] = {}
    for each in coded:
        read.setdefault(each.coder, set()).add(each.line)
    wanted = set(lines)
    return tuple(sorted(reader for reader, theirs in read.items() if wanted and wanted <= theirs))


def settled(coded: Sequence[Coded], decided: Mapping[str, str]) -> dict[str, str]:
    """The theme of every line: what was decided, else what all its readers gave. Lines in dispute are left out."""
    found = dict(decided)
    for line, by in _by_line(coded).items():
        if line not in found and len({*by.values()}) == 1:
            found[line] = next(iter(by.values()))
    return found


def counted(themes: Mapping[str, str], where: Mapping[str, str]) -> dict[tuple[str, str], int | None]:
    """How often each theme comes up in each place (a round, a gathering): None for one to four, which is told as few.

    `themes` are the settled themes by line, `where` the place of each line.
    """
    counts = Counter((where[line], theme) for line, theme in themes.items() if theme != NONE)
    return {key: count if count >= FEWEST else None for key, count in sorted(counts.items())}


def _by_line(coded: Iterable[Coded]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in coded:
        found.setdefault(each.line, {})[each.coder] = each.theme
    return found


def _coded(line: str, by: Mapping[str, str], readers: Iterable[str]) -> list[Coded]:
    return [Coded(line, reader, by[reader]) for reader in readers]
