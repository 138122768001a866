"""Who is under 18, from every column that says so: a yes or no, an age, a band of ages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from relexp.messages import Fault, tell
from relexp.roster.ages import (
    asks_age,
    asks_birth,
    counts_years,
    is_silent,
    of_the_young_alone,
    speaks_of_age,
    young,
    young_if,
)
from relexp.roster.eighteen import asks_both
from relexp.roster.headers import Column
from relexp.roster.person import Person
from relexp.roster.rows import Row, listed_rows
from relexp.roster.words import fold

# Columns that ask it outright: what a yes means in each, and the fault of a cell that is no answer.
_YES_MEANS = {"under_18": True, "over_18": False}
_NO_ANSWER = {"under_18": "sheet.not_under_18", "over_18": "sheet.not_over_18"}

Says = Callable[[Row], bool | None]


def read_young(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[tuple[bool, ...], list[Fault]]:
    """Whether each row's person is under 18, and a fault for every cell that should say it and does not.

    Whatever says that somebody is under 18 counts; where an age and the answer of yes or no beside it say two things,
    somebody has to look. Beside a column that asks it outright, an age need not be understood; where there is none,
    every age must be, and blanks are asked about (see `young_warnings`).
    """
    telling = [(column, _reader(column, rows)) for column in columns if _tells(column)]
    asked = [(column, says) for column, says in telling if column.key in _YES_MEANS]
    faults: list[Fault] = []
    for row in rows:
        for column, says in telling:
            if column.ages and not asked and not is_silent(row.get(column.key)) and says(row) is None:
                faults.append(tell("sheet.not_an_age", row.number, column.header))
        for column, says in asked:
            faults.extend(_no_answer(row, column, says(row)) or _disagreeing(row, column, says(row), telling))
    return tuple(any(says(row) for _, says in telling) for row in rows), faults


def young_warnings(columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    """What to know of those under 18, and of everybody whose row leaves open whether they are."""
    headers = {column.key: column.header for column in columns}
    alone = []
    for row, person in zip(rows, people, strict=True):
        if person.under_18 and person.interpreter_for is not None:
            yield tell("sheet.young_interpreter", row.number, headers.get("interpreter_for"))
        elif person.under_18 and person.responsible_adult is None:
            alone.append(row.number)
    yield from _adults_taken(headers, rows, people)
    yield from _about_ages(columns, rows, people)
    yield from _about_silence(columns, rows)
    if alone:
        yield tell("sheet.no_adult", column=headers.get("under_18"), rows=listed_rows(alone))


def _adults_taken(headers: Mapping[str, str], rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    """Who was found to be responsible by a part of their name."""
    adults = {person.id: person for person in people}
    for row, person in zip(rows, people, strict=True):
        adult, text = adults.get(person.responsible_adult or ""), row.get("responsible_adult")
        if adult is not None and fold(text) not in (fold(adult.name), fold(adult.id)):
            found = {"typed": text, "name": adult.name, "number": adult.row}
            yield tell("sheet.adult_taken", row.number, headers.get("responsible_adult"), text, **found)


def _no_answer(row: Row, column: Column, said: bool | None) -> list[Fault]:
    text = row.get(column.key)
    if not text or said is not None:
        return []
    code = "sheet.which_side_of_18" if asks_both(column.header) else _NO_ANSWER[column.key]
    return [tell(code, row.number, column.header, text, typed=text)]


def _disagreeing(row: Row, column: Column, said: bool | None, telling: Sequence[tuple[Column, Says]]) -> list[Fault]:
    """A fault where another column of the row says the opposite; which of the two is right, only people know."""
    if said is None:
        return []
    others = [other for other, says in telling if says(row) is not None and says(row) is not said]
    return [tell("sheet.ages_disagree", row.number, column.header, other=other.header) for other in others[:1]]


def _tells(column: Column) -> bool:
    return column.key in _YES_MEANS or column.ages or asks_age(column.header)


def _reader(column: Column, rows: Sequence[Row]) -> Says:
    """What a row says in a column: True for under 18, False for not, None for neither."""
    key = column.key
    if key not in _YES_MEANS:
        return lambda row: young(row.get(key), column.header)
    yes = None if asks_both(column.header) else _YES_MEANS[key]
    counted = any(counts_years(row.get(key)) for row in rows)
    return lambda row: young_if(row.get(key), yes, counted=counted)


def _about_ages(columns: Sequence[Column], rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Fault]:
    asked = [column for column in columns if column.key in _YES_MEANS]
    marks = [_reader(column, rows) for column in asked]
    for column in columns:
        if column in asked or not (_tells(column) or speaks_of_age(column.header)):
            continue
        says = _reader(column, rows)
        found = [row.number for row in rows if says(row)]
        unmarked = [row.number for row in rows if says(row) and not any(marked(row) for marked in marks)]
        if not _tells(column):
            # An age that may be somebody else's, as that of a child of theirs.
            grown = {row.number for row, person in zip(rows, people, strict=True) if not person.under_18}
            if number := [each for each in found if each in grown]:
                yield tell("sheet.young_by_age", column=column.header, rows=listed_rows(number))
        elif asked and unmarked:
            yield tell("sheet.young_unmarked", column=column.header, asked=asked[0].header, rows=listed_rows(unmarked))
        elif not asked and column.ages:
            yield tell("sheet.ages_read", column=column.header, count=len(found))


def _about_silence(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Fault]:
    telling = [column for column in columns if _tells(column)]
    if any(column.key == "under_18" or of_the_young_alone(column.header) for column in telling):
        return  # a blank there is a no
    says = [_reader(column, rows) for column in telling]
    open_ = [row.number for row in rows if all(said(row) is None for said in says)]
    if telling and open_:
        yield tell("sheet.may_be_young", column=telling[0].header, count=len(open_), rows=listed_rows(open_))
    born = [column for column in columns if asks_birth(column.header) and any(row.get(column.key) for row in rows)]
    for column in born if not telling else ():
        yield tell("sheet.birth_not_read", column=column.header)
