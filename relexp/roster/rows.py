"""The rows of a sheet as people who have not been checked yet: who they are, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relexp.messages import Fault, tell
from relexp.roster.answers import languages
from relexp.roster.header_words import KNOWN
from relexp.roster.headers import Column, names_people
from relexp.roster.identity import make_ids
from relexp.roster.table import Table
from relexp.roster.words import squeeze

# What a spreadsheet's empty check boxes say all the way down the sheet.
_UNTICKED = "false"
# A sentence names at most this many rows.
_ROWS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row: its number on the sheet, their id and name ("" for neither), and every cell by key."""

    number: int
    id: str
    name: str
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        """What stands in a column; "" for a blank or a column the sheet does not have."""
        return self.values.get(key, "")


def rows_of(table: Table, columns: Sequence[Column]) -> tuple[Row, ...]:
    """Every row with a person on it, ids made where the sheet gives none; unticked boxes alone are no person."""
    found = [(number, {column.key: _text(column, cells) for column in columns}) for number, cells in table.rows]
    kept = [(number, values) for number, values in found if any(_filled(text) for text in values.values())]
    names = [_name(values) for _, values in kept]
    nameless = [place for place, (_, values) in enumerate(kept) if names[place] and not values.get("id")]
    given = {values["id"] for _, values in kept if values.get("id")}
    made = make_ids([_identity(names[place], kept[place][1]) for place in nameless], given)
    ids = dict(zip(nameless, made, strict=True))
    return tuple(
        Row(number, values.get("id") or ids.get(place, ""), names[place], values)
        for place, (number, values) in enumerate(kept)
    )


def naming_faults(table: Table, columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Fault]:
    """What keeps us from knowing who is who: no names at all, a row without one, an id used twice."""
    if not names_people(columns):
        yield tell("sheet.no_name_column", row=table.header_row)
        return
    headers = {column.key: column.header for column in columns}
    first: dict[str, int] = {}
    for row in rows:
        if not row.id:
            yield tell("sheet.no_name", row=row.number, column=headers.get("name"))
        elif row.id in first:
            other = first[row.id]
            yield tell("sheet.same_id", row.number, headers.get("id"), row.id, typed=row.id, other=other)
        else:
            first[row.id] = row.number


def listed_rows(numbers: Sequence[int]) -> str:
    """Row numbers as a text: all of them when they are few, else the first with "..."."""
    shown = ", ".join(map(str, numbers[:_ROWS]))
    return f"{shown}, …" if len(numbers) > _ROWS else shown


def _filled(text: str) -> bool:
    return text != "" and text.casefold() != _UNTICKED


def _text(column: Column, cells: Sequence[str]) -> str:
    text = column.value(cells)
    if column.key == "languages":
        return languages(text)
    # A line break inside a note is meant; inside a name or a heading's value it is an accident.
    return text if "\n" in text and column.key not in KNOWN else squeeze(text)


def _name(values: Mapping[str, str]) -> str:
    parts = (values.get("given_name", ""), values.get("family_name", ""))
    return values.get("name") or " ".join(part for part in parts if part) or values.get("id", "")


def _identity(name: str, values: Mapping[str, str]) -> tuple[str, str, str]:
    telling = (values.get("email", ""), *(text for _, text in sorted(values.items())))
    return name, values.get("organisation", ""), "\x1f".join(telling).casefold()
