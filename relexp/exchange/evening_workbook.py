"""An evening as a workbook to print or to share: a sheet a round, everybody's route, and what happens at each table."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from relexp.exchange.routes import Stop, by_person
from relexp.exchange.sheets import safe
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster

if TYPE_CHECKING:
    from xlsxwriter import Workbook

JOINT = " & "
_Row = Sequence[str | int]
# The day in the file's properties: always the same, so that the same evening gives the same file.
_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def xlsx_bytes(evening: Evening, roster: Roster | None = None) -> bytes:
    """The evening as xlsx: a sheet for each round, one of personal routes (a row a person), one of tables."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": _DAY})
    for round in evening.rounds:
        heads = [_text("evening.head_table"), _text("evening.head_people"), _text("evening.head_interpreters")]
        _sheet(book, _text("evening.sheet_round", round=round.number), heads, _round_rows(evening, round))
    rounds = [_text("evening.sheet_round", round=round.number) for round in evening.rounds]
    routes = [_text("evening.head_id"), _text("evening.head_name"), *rounds]
    _sheet(book, _text("evening.sheet_routes"), routes, _route_rows(evening, roster))
    _sheet(book, _text("evening.sheet_tables"), [_text("evening.head_table"), *rounds], _table_rows(evening))
    book.close()
    return file.getvalue()


def seat_text(stop: Stop | None) -> str:
    """What one person does in one round, as on their card: “table 7, with Amina”."""
    if stop is None:
        return _text("evening.away")
    if stop.table is None:
        return _text("evening.rests")
    if stop.interprets:
        return _text("evening.seat_interprets", table=stop.table, names=JOINT.join(stop.partners))
    return _text("evening.seat", table=stop.table, names=_with_interpreters(stop.partners, stop.interpreters))


def _round_rows(evening: Evening, round: Round) -> list[_Row]:
    rows: list[_Row] = [
        [talk.table, _names(evening, talk.people), _names(evening, talk.interpreters)]
        for talk in sorted(round.conversations, key=lambda talk: talk.table)
    ]
    if round.resting:
        rows.append([_text("evening.resting"), _names(evening, round.resting), ""])
    return rows


def _route_rows(evening: Evening, roster: Roster | None) -> list[_Row]:
    return [
        [id, evening.names.get(id, id), *(seat_text(route.get(round.number)) for round in evening.rounds)]
        for id, route in by_person(evening, roster).items()
    ]


def _table_rows(evening: Evening) -> list[_Row]:
    talks = {(talk.table, round.number): talk for round in evening.rounds for talk in round.conversations}
    numbers = [round.number for round in evening.rounds]
    return [
        [table, *(_at_table(evening, talks.get((table, number))) for number in numbers)]
        for table in sorted({table for table, _ in talks})
    ]


def _at_table(evening: Evening, talk: Conversation | None) -> str:
    if talk is None:
        return ""
    people, interpreters = ([evening.names.get(id, id) for id in ids] for ids in (talk.people, talk.interpreters))
    return _with_interpreters(people, interpreters)


def _with_interpreters(people: Sequence[str], interpreters: Sequence[str]) -> str:
    names = JOINT.join(people)
    return _text("evening.interpreted", names=names, interpreters=JOINT.join(interpreters)) if interpreters else names


def _names(evening: Evening, ids: Sequence[str]) -> str:
    return JOINT.join(evening.names.get(id, id) for id in ids)


def _text(code: str, **values: object) -> str:
    return say(code, **values).text()


def _sheet(book: Workbook, name: str, heads: Sequence[str], rows: Sequence[_Row]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, safe(head), bold)
        widest = max((len(str(row[column])) for row in rows), default=0)
        sheet.set_column(column, column, min(max(widest, len(head)) + 2, 40))
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(place, column, cell, plain)
            else:
                sheet.write_string(place, column, safe(cell), plain)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
