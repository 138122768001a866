"""An evening as a plain table, one row a person a round, that any spreadsheet opens."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from relexp.exchange.routes import stops
from relexp.exchange.sheets import write_csv
from relexp.exchange.tables import Table, read_table
from relexp.messages import Fault, FaultsFound, tell
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster

HEADER = ("round", "table", "id", "name", "with")
JOINT = " & "


def csv_bytes(evening: Evening, roster: Roster | None = None, *, marked: bool = False) -> bytes:
    """The evening as csv: `round,table,id,name,with`, by round, then table; who rests has an empty table and `with`.

    `marked` for whoever opens it in Excel, which then shows every name right; without the mark for scripts.
    """
    file = io.BytesIO()
    write_csv(file, HEADER, rows(evening, roster), marked=marked)
    return file.getvalue()


def rows(evening: Evening, roster: Roster | None = None) -> Iterable[tuple[str, ...]]:
    """The rows of the csv, all as text."""
    for stop in stops(evening, roster):
        table = "" if stop.table is None else str(stop.table)
        yield (str(stop.round), table, stop.id, stop.name, JOINT.join(stop.partners))


def read_csv(data: bytes, name: str) -> Evening:
    """The evening in a csv of ours; its seed and its report are not in it.

    Raises FaultsFound, with every fault, when columns are missing or rows do not make conversations of two or three.
    """
    table = read_table(data, name)
    faults: list[Fault] = []
    found = _seats(table, faults)
    numbers = range(1, max((seat.round for seat in found), default=0) + 1)
    rounds = tuple(_round(number, [seat for seat in found if seat.round == number], faults) for number in numbers)
    if faults:
        raise FaultsFound(faults)
    names = {seat.id: seat.name for seat in found}
    attended: dict[str, set[int]] = {id: set() for id in names}
    for seat in found:
        attended[seat.id].add(seat.round)
    present = {id: frozenset(there) for id, there in attended.items() if len(there) < len(rounds)}
    return Evening(rounds, names, present=present)


@dataclass(frozen=True, slots=True)
class _Seat:
    row: int
    round: int
    table: int | None
    id: str
    name: str
    partners: str


def _seats(table: Table, faults: list[Fault]) -> list[_Seat]:
    heads = [head.strip().casefold() for head in table.header]
    missing = [column for column in HEADER if column not in heads]
    if missing:
        shown = ",".join(HEADER)
        raise FaultsFound([tell("evening.no_column", row=1, missing=column, header=shown) for column in missing])
    places = [heads.index(column) for column in HEADER]
    found: dict[tuple[int, str], _Seat] = {}
    for number, cells in table.rows:
        seat = _seat(number, [cells[place].strip() for place in places], faults)
        if seat is None:
            continue
        if (seat.round, seat.id) in found:
            faults.append(tell("evening.two_rows", number, "id", seat.id, id=seat.id, round=seat.round))
        found[seat.round, seat.id] = seat
    return list(found.values())


def _seat(row: int, cells: Sequence[str], faults: list[Fault]) -> _Seat | None:
    round, table, id, name, partners = cells
    wrong = [
        tell("evening.not_number", row, column, text, found=text)
        for column, text in (("round", round), ("table", table))
        if not (text.isdecimal() and int(text) > 0) and (text or column == "round")
    ]
    if not id:
        wrong.append(tell("evening.no_id", row, "id"))
    faults.extend(wrong)
    return None if wrong else _Seat(row, int(round), int(table) if table else None, id, name or id, partners)


def _round(number: int, seats: Sequence[_Seat], faults: list[Fault]) -> Round:
    tables: dict[int, list[_Seat]] = {}
    for seat in seats:
        if seat.table is not None:
            tables.setdefault(seat.table, []).append(seat)
    conversations = []
    for table, there in sorted(tables.items()):
        talkers = _talkers(there)
        if not 2 <= len(talkers) <= 3:
            faults.append(tell("evening.table_size", there[0].row, table=table, round=number, count=len(talkers)))
        interpreters = tuple(seat.id for seat in there if seat not in talkers)
        conversations.append(Conversation(tuple(seat.id for seat in talkers), table, interpreters))
    return Round(number, tuple(conversations), tuple(seat.id for seat in seats if seat.table is None))


def _talkers(there: Sequence[_Seat]) -> Sequence[_Seat]:
    # An interpreter's partners are all who talk at the table; a talker's are all but themselves. That tells them
    # apart, unless the column was changed by hand: then everybody at the table talks.
    for size in (2, 3):
        for talkers in combinations(there, size):
            if all(seat.partners == _partners(talkers, seat) for seat in there):
                return talkers
    return there


def _partners(talkers: Iterable[_Seat], seat: _Seat) -> str:
    return JOINT.join(other.name for other in talkers if other is not seat)
