"""From the rows of a sign-up sheet to the people in the room, with every fault of the sheet told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relexp.messages import Fault, FaultsFound, tell
from relexp.roster.answers import yes_no
from relexp.roster.difference import members
from relexp.roster.headers import Column, columns_of, names_people, private_keys
from relexp.roster.needs import Needs, read_needs
from relexp.roster.person import Person, Roster
from relexp.roster.references import Named, read_named
from relexp.roster.rows import Row, naming_faults, rows_of
from relexp.roster.sheet_warnings import warnings_for
from relexp.roster.table import Table

_FEWEST = 2  # An evening needs two; a sheet of late comers may hold one.


@dataclass(frozen=True, slots=True)
class Loaded:
    """A roster that can be used, and what its organiser should know about the sheet it came from."""

    roster: Roster
    warnings: tuple[Fault, ...] = ()


def roster_from(table: Table, fewest: int = _FEWEST) -> Loaded:
    """The people on a sheet, in its order; `fewest` is how many must talk, 1 for those who come late.

    Columns are found by their headings, whatever their order and language. Ids are made where the sheet has none.
    Raises FaultsFound with every fault of the sheet, in the order of its rows.
    """
    columns = columns_of(table)
    rows = rows_of(table, columns)
    needs, need_faults = read_needs(rows, columns)
    named, name_faults = read_named(rows, needs, columns)
    faults = [*naming_faults(table, columns, rows), *_too_few(rows, columns, fewest), *need_faults, *name_faults]
    if faults:
        places = {column.header: place for place, column in enumerate(columns)}
        raise FaultsFound(sorted(faults, key=lambda fault: (fault.row or 0, places.get(fault.column or "", -1))))
    people = tuple(map(_person, rows, needs, named))
    roster = Roster(people, {column.key: column.header for column in columns}, private_keys(columns))
    return Loaded(roster, tuple(warnings_for(table, columns, rows, people)))


def _too_few(rows: Sequence[Row], columns: Sequence[Column], fewest: int) -> list[Fault]:
    if not rows:
        return [tell("sheet.no_people")] if names_people(columns) else []
    talkers = sum(not row.get("interpreter_for") for row in rows)
    return [tell("sheet.one_person")] if talkers < fewest else []


def _person(row: Row, needs: Needs, named: Named) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        organisation=row.get("organisation"),
        side=row.get("side"),
        languages=members(row.get("languages")),
        under_18=needs.under_18,
        responsible_adult=named.responsible_adult,
        interpreter_for=named.interpreter_for,
        fixed_seat=needs.fixed_seat,
        quiet=needs.quiet,
        rest=needs.rest,
        women_only=needs.women_only,
        gender=row.get("gender"),
        email=row.get("email"),
        values=_without_ages(row, needs.under_18),
        row=row.number,
    )


def _without_ages(row: Row, young: bool) -> Mapping[str, str]:
    """The cells of a row, with a yes or no where an age answers a question of yes or no."""
    answers = {"under_18": "yes" if young else "no", "over_18": "no" if young else "yes"}
    told = {key: text for key, text in answers.items() if yes_no(row.get(key)) is None}
    return {**row.values, **told} if told else row.values
