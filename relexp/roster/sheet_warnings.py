"""What is worth knowing about a sheet that can be used as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relexp.messages import Fault, tell
from relexp.roster.answers import says_young, yes_no
from relexp.roster.headers import Column, private_keys
from relexp.roster.person import Person
from relexp.roster.rows import Row
from relexp.roster.table import Table
from relexp.roster.words import fold, words

# A warning names at most this many rows; the rest are counted.
_ROWS = 12
_AGES = frozenset({"age", "ages", "oed", "oedran", "edad", "wiek", "العمر", "বয়স", "عمر"})


def warnings_for(
    table: Table, columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]
) -> Iterator[Fault]:
    """Everything a facilitator should look at before the evening, in the order of the sheet's columns."""
    private = private_keys(columns)
    yield from _about_columns(table, columns)
    if private:
        hidden = ", ".join(f"“{column.header}”" for column in columns if column.key in private)
        yield tell("sheet.private_columns", columns=hidden)
    yield from _about_languages(columns, rows, people)
    yield from _about_the_young(columns, rows, people)
    yield from _about_consent(columns, rows)
    yield from _about_namesakes(rows, people)


def listed(numbers: Sequence[int]) -> str:
    """Row numbers as a text: all of them when they are few, else the first with "..."."""
    shown = ", ".join(map(str, numbers[:_ROWS]))
    return f"{shown}, …" if len(numbers) > _ROWS else shown


def _about_columns(table: Table, columns: Sequence[Column]) -> Iterator[Fault]:
    seen: set[str] = set()
    for column in columns:
        if not table.header[column.places[0]]:
            yield tell("sheet.no_heading", table.header_row, column.header, key=column.key)
        elif fold(column.header) in seen:
            yield tell("sheet.two_columns", table.header_row, column.header, key=column.key)
        seen.add(fold(column.header))


def _about_languages(columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    header = _header(columns, "languages")
    silent = [row.number for row, person in zip(rows, people, strict=True) if not person.languages]
    if header is not None and silent:
        yield tell("sheet.blank_languages", column=header, count=len(silent), people=len(rows), rows=listed(silent))


def _about_the_young(columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    ages = [column for column in columns if set(words(column.header)) & _AGES]
    alone = []
    for row, person in zip(rows, people, strict=True):
        if person.under_18 and person.interpreter_for is not None:
            yield tell("sheet.young_interpreter", row.number, _header(columns, "interpreter_for"))
        elif person.under_18 and person.responsible_adult is None:
            alone.append(row.number)
    for column in ages:
        pairs = zip(rows, people, strict=True)
        young = [row.number for row, person in pairs if not person.under_18 and says_young(row.get(column.key))]
        if young:
            yield tell("sheet.young_by_age", column=column.header, rows=listed(young))
    if alone:
        yield tell("sheet.no_adult", column=_header(columns, "under_18"), rows=listed(alone))


def _about_consent(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Fault]:
    header = _header(columns, "consent")
    refused = [row.number for row in rows if row.get("consent") and yes_no(row.get("consent")) is False]
    if refused:
        yield tell("sheet.no_consent", column=header, rows=listed(refused))


def _about_namesakes(rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    found: dict[tuple[str, str], list[int]] = {}
    for place, person in enumerate(people):
        found.setdefault((fold(person.name), fold(person.organisation)), []).append(place)
    for places in found.values():
        if len(places) > 1:
            numbers = [rows[place].number for place in places]
            yield tell("sheet.same_person", name=people[places[0]].name, rows=listed(numbers))


def _header(columns: Sequence[Column], key: str) -> str | None:
    return next((column.header for column in columns if column.key == key), None)
