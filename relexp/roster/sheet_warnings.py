"""What is worth knowing about a sheet that can be used as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relexp.messages import Fault, listed, tell
from relexp.roster.ages import asks_birth
from relexp.roster.answers import yes_no
from relexp.roster.free_needs import free_need, is_aside
from relexp.roster.header_words import KNOWN
from relexp.roster.headers import Column, private_keys
from relexp.roster.needs import is_worded
from relexp.roster.person import Person
from relexp.roster.rows import Row, listed_rows
from relexp.roster.spellings import likely_spellings
from relexp.roster.table import Table
from relexp.roster.words import fold
from relexp.roster.young import young_warnings


def warnings_for(
    table: Table, columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]
) -> Iterator[Fault]:
    """Everything a facilitator should look at before the evening, in the order of the sheet's columns."""
    yield from _about_columns(table, columns)
    yield from _about_private(columns)
    yield from _about_languages(columns, rows, people)
    yield from young_warnings(columns, rows, people)
    yield from _about_needs(columns, rows)
    yield from _about_consent(columns, rows)
    yield from _about_spellings(columns, people)
    yield from _about_namesakes(rows, people)


def _about_private(columns: Sequence[Column]) -> Iterator[Fault]:
    """What is never shown, by what it is used for."""
    private = private_keys(columns)
    hidden: dict[str, list[str]] = {f"sheet.private_{use}": [] for use in ("columns", "ages", "unused")}
    for column in columns:
        if column.key in private:
            hidden[f"sheet.private_{_use(column)}"].append(f"“{column.header}”")
    for code, headers in hidden.items():
        if headers:
            yield tell(code, columns=", ".join(headers))


def _use(column: Column) -> str:
    if column.ages:
        return "ages"
    of_no_use = asks_birth(column.header) or is_aside(column.header)
    return "unused" if of_no_use and column.key not in KNOWN and not is_worded(column) else "columns"


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
        yield tell(
            "sheet.blank_languages", column=header, count=len(silent), people=len(rows), rows=listed_rows(silent)
        )


def _about_needs(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Fault]:
    for column in filter(is_worded, columns):
        said = [(row.number, free_need(row.get(column.key), column.header)) for row in rows]
        told = [number for number, need in said if need.told]
        quiet, seats = sum(need.quiet for _, need in said), sum(need.seat for _, need in said)
        if told:
            rows_told = listed_rows(told)
            yield tell("sheet.needs_in_words", column=column.header, rows=rows_told, quiet=quiet, seats=seats)


def _about_consent(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Fault]:
    header = _header(columns, "consent")
    refused = [row.number for row in rows if row.get("consent") and yes_no(row.get("consent")) is False]
    if refused:
        yield tell("sheet.no_consent", column=header, rows=listed_rows(refused))


def _about_spellings(columns: Sequence[Column], people: Sequence[Person]) -> Iterator[Fault]:
    for spellings in likely_spellings([person.organisation for person in people]):
        names = listed([f"“{text}”" for text, _ in spellings.counts])
        yield tell("sheet.same_organisation", column=_header(columns, "organisation"), names=names)


def _about_namesakes(rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    found: dict[tuple[str, str], list[int]] = {}
    for place, person in enumerate(people):
        found.setdefault((fold(person.name), fold(person.organisation)), []).append(place)
    for places in found.values():
        if len(places) > 1:
            numbers = [rows[place].number for place in places]
            yield tell("sheet.same_person", name=people[places[0]].name, rows=listed_rows(numbers))


def _header(columns: Sequence[Column], key: str) -> str | None:
    return next((column.header for column in columns if column.key == key), None)
