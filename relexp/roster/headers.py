"""What the columns of a sign-up sheet mean, whatever they are headed and in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from relexp.roster.ages import asks_birth, counts_years, holds_ages, young_if
from relexp.roster.eighteen import asks_both, in_words
from relexp.roster.free_needs import is_aside, is_intimate
from relexp.roster.header_words import BOOKKEEPING, KNOWN, QUESTIONS
from relexp.roster.person import Roster
from relexp.roster.private_words import looks_private
from relexp.roster.table import Table
from relexp.roster.words import fold, slug, words

# Known columns that say how people differ or belong; all the others say who they are or what they need.
ATTRIBUTES = frozenset({"organisation", "side", "languages"})
# Of the known columns, those that are never shown to anybody.
PRIVATE = frozenset({"gender", "women_only"})
# Any one of these names a person.
_NAMING = frozenset({"id", "name", "given_name", "family_name"})
# A heading stands within the first rows of a sheet; only titles and notes stand above it.
_TITLES = 10
_MEANINGS = {
    " ".join(words(heading)): (key, rank) for key, headings in KNOWN.items() for rank, heading in enumerate(headings)
}
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_NUMBERING = re.compile(r"^\s*q?\d{1,2}\s*[.):]\s*", re.IGNORECASE)
_GUESSED = 1000
# How many columns a row would name as a header; 0 when none of them names a person.
Rate = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its key, its heading as written, and the places of its cells in a row.

    A heading that stands twice has two places; the first that is filled in counts. `ages`: it holds people's very ages.
    """

    key: str
    header: str
    places: tuple[int, ...]
    ages: bool = False

    def value(self, cells: Sequence[str]) -> str:
        """What a row says in this column; "" for a blank."""
        return next((cells[place] for place in self.places if cells[place]), "")


def known_key(header: str) -> str | None:
    """The known column that a heading means ("Who did you come with?" is "organisation"), or None."""
    meaning = _meaning(header)
    return meaning[0] if meaning else None


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a sheet, in its order; a column without heading and without content is left out.

    Known columns have their fixed key; any other has the slug of its heading. A second column of one meaning keeps
    a key of its own, unless it has the very same heading and only fills the gaps of the first.
    """
    chosen = _choose(table.header)
    taken = set(chosen.values())
    columns: list[Column] = []
    same: dict[str, int] = {}
    for place, header in enumerate(table.header):
        heading = fold(header)
        if not heading and not any(cells[place] for _, cells in table.rows):
            continue
        twin = same.get(heading) if heading else None
        if twin is not None and _fills_gaps(table, columns[twin].places, place):
            columns[twin] = Column(columns[twin].key, columns[twin].header, (*columns[twin].places, place))
            continue
        same.setdefault(heading, len(columns))
        key = chosen.get(place) or _own_key(header, place, taken)
        taken.add(key)
        columns.append(Column(key, header or letter(place), (place,)))
    return tuple(_as_filled_in(column, table, taken) for column in columns)


def column_key(roster: Roster, name: str) -> str | None:
    """The key of the column that a rules file or an organiser calls `name`: its key or its heading, in any case.

    Any heading that means a known column finds that column. None when the sheet has no such column.
    """
    if name in roster.columns:
        return name
    wanted = fold(name)
    for key, header in roster.columns.items():
        if fold(header) == wanted:
            return key
    found = slug(name)
    if found in roster.columns:
        return found
    known = known_key(name)
    return known if known in roster.columns else None


def weighable(roster: Roster) -> tuple[str, ...]:
    """The columns that may say something about how people differ, unasked: neither needs nor bookkeeping."""
    return tuple(
        key
        for key, header in roster.columns.items()
        if key in ATTRIBUTES or (key not in KNOWN and _may_differ(header, roster.column(key)))
    )


def private_keys(columns: Iterable[Column]) -> frozenset[str]:
    """The keys of the columns that must never be shown, going by their headings."""
    return frozenset(
        column.key
        for column in columns
        if column.key in PRIVATE or column.ages or (column.key not in KNOWN and _is_sensitive(column.header))
    )


def header_place(rows: Sequence[Sequence[str]], rate: Rate | None = None) -> int:
    """Which of a sheet's first rows is the header: the first filled-in one, unless only titles stand above another.

    `rate` tells good headings where the sheet is no sign-up sheet.
    """
    rate = rate or score
    filled = [place for place, cells in enumerate(rows) if any(cells)]
    widest = 1
    for place in filled[:_TITLES]:
        width = sum(map(bool, rows[place]))
        # A title takes fewer cells than the headings below it.
        if (width > widest or widest == 1) and rate(rows[place]):
            return place
        widest = max(widest, width)
    return filled[0] if filled else 0


def score(header: Sequence[str]) -> int:
    """How many known columns a row would name as a header; 0 when none of them names a person."""
    keys = set(_choose(header).values())
    return len(keys) if keys & _NAMING else 0


def names_people(columns: Iterable[Column]) -> bool:
    """Whether some column says who is who."""
    return any(column.key in _NAMING for column in columns)


def letter(place: int) -> str:
    """The letters a spreadsheet shows above the column at a place (0 is "A", 26 is "AA")."""
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % 26) + text
        place = place // 26 - 1
    return text


def _meaning(header: str) -> tuple[str, int] | None:
    bare = in_words(_NUMBERING.sub("", header)).replace("#", " number ")
    for attempt in (bare, _BRACKETS.sub(" ", bare), bare.partition(":")[0]):
        exact = _MEANINGS.get(" ".join(words(attempt)))
        if exact:
            return exact
    if asks_both(header):
        return "over_18", _GUESSED
    asked = " ".join(words(bare))
    for key, holds, but in QUESTIONS:
        if holds.search(asked) and not but.search(asked):
            return key, _GUESSED
    return None


def _choose(header: Sequence[str]) -> dict[int, str]:
    best: dict[str, tuple[int, int]] = {}
    for place, text in enumerate(header):
        meaning = _meaning(text) if text else None
        if meaning and (meaning[0] not in best or meaning[1] < best[meaning[0]][0]):
            best[meaning[0]] = (meaning[1], place)
    return {place: key for key, (_, place) in best.items()}


def _as_filled_in(column: Column, table: Table, taken: Collection[str]) -> Column:
    """The column by what stands in it: "Adult" may ask a yes or no, or a name; ages may stand under many headings."""
    texts = [text for _, cells in table.rows if (text := column.value(cells))]
    if column.key == "adult" and "over_18" not in taken and texts and None not in map(_grown_up, texts):
        column = replace(column, key="over_18")
    if column.key in ("under_18", "over_18"):
        return replace(column, ages=any(map(counts_years, texts)))
    return replace(column, ages=column.key not in KNOWN and holds_ages(column.header, texts))


def _grown_up(text: str) -> bool | None:
    return young_if(text, False)


def _may_differ(header: str, cells: Sequence[str]) -> bool:
    """Whether a column of one's own may be a difference: no bookkeeping, nobody's age or day of birth, no needs."""
    if BOOKKEEPING.match(" ".join(words(header))) or is_aside(header):
        return False
    return not (asks_birth(header) or holds_ages(header, cells))


def _is_sensitive(header: str) -> bool:
    return looks_private(header) or asks_birth(header) or is_intimate(header)


def _own_key(header: str, place: int, taken: Collection[str]) -> str:
    stem = slug(header) or f"column_{letter(place).lower()}"
    key, count = stem, 1
    while key in taken or key in KNOWN:
        count += 1
        key = f"{stem}_{count}"
    return key


def _fills_gaps(table: Table, places: Sequence[int], place: int) -> bool:
    return all(
        not cells[place] or all(not cells[old] or cells[old] == cells[place] for old in places)
        for _, cells in table.rows
    )
