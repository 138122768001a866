"""What each person needs tonight, read from their row; every cell that cannot be understood is a fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relexp.messages import Fault, tell
from relexp.roster.answers import number, rounds, yes_no
from relexp.roster.free_needs import asks_needs, free_need
from relexp.roster.header_words import KNOWN
from relexp.roster.headers import PRIVATE, Column
from relexp.roster.rows import Row
from relexp.roster.young import read_young

_ANY_TABLE = 0


@dataclass(frozen=True, slots=True)
class Needs:
    """A row's answers: safeguarding, seat, rest and company. `fixed_seat` is as in `Person`."""

    under_18: bool
    quiet: bool
    women_only: bool
    fixed_seat: int | None
    rest: frozenset[int]


def read_needs(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[tuple[Needs, ...], list[Fault]]:
    """Everybody's needs in the order of the rows, and every fault found on the way."""
    headers = {column.key: column.header for column in columns}
    faults: list[Fault] = []
    # A column of yes and no, until somebody names a table: then its 1s are tables too.
    tables = any((number(row.get("fixed_seat")) or 0) > 1 for row in rows)
    everybody, not_told = read_young(rows, columns)
    faults.extend(not_told)
    worded = [column for column in columns if is_worded(column)]
    needs = []
    for row, young in zip(rows, everybody, strict=True):
        said = [free_need(row.get(column.key), column.header) for column in worded]
        quiet, seat = _yes_no(row, "quiet", headers, faults), _seat(row, tables, headers, faults)
        if not row.get("fixed_seat") and any(need.seat for need in said):
            seat = _ANY_TABLE
        needs.append(
            Needs(
                under_18=young,
                quiet=quiet or any(need.quiet for need in said),
                women_only=_yes_no(row, "women_only", headers, faults),
                fixed_seat=seat,
                rest=_rest(row, headers, faults),
            )
        )
    faults.extend(_shared_seats(rows, needs, headers))
    if "women_only" in headers and "gender" not in headers and any(need.women_only for need in needs):
        faults.append(tell("sheet.women_only_without_gender", column=headers["women_only"]))
    return tuple(needs), faults


def is_worded(column: Column) -> bool:
    """Whether people say in a column, in their own words, what they need."""
    return column.key not in KNOWN and asks_needs(column.header)


def _yes_no(row: Row, key: str, headers: Mapping[str, str], faults: list[Fault]) -> bool:
    text = row.get(key)
    answer = yes_no(text)
    if answer is None and key in PRIVATE:
        faults.append(tell("sheet.not_yes_no_private", row.number, headers[key]))
    elif answer is None:
        faults.append(tell("sheet.not_yes_no", row.number, headers[key], text, typed=text))
    return bool(answer)


def _seat(row: Row, tables: bool, headers: Mapping[str, str], faults: list[Fault]) -> int | None:
    text = row.get("fixed_seat")
    table = number(text)
    if tables and table is not None:
        return table if table > 0 else None
    answer = yes_no(text)
    if answer is None:
        faults.append(tell("sheet.not_a_seat", row.number, headers["fixed_seat"], text, typed=text))
    return _ANY_TABLE if answer else None


def _rest(row: Row, headers: Mapping[str, str], faults: list[Fault]) -> frozenset[int]:
    text = row.get("rest")
    listed = rounds(text)
    if listed is None:
        faults.append(tell("sheet.not_rounds", row.number, headers["rest"], text, typed=text))
    return listed or frozenset()


def _shared_seats(rows: Sequence[Row], needs: Sequence[Needs], headers: Mapping[str, str]) -> list[Fault]:
    keeper: dict[int, int] = {}
    faults = []
    for row, need in zip(rows, needs, strict=True):
        # Interpreters sit with their person, at that person's table.
        if not need.fixed_seat or row.get("interpreter_for"):
            continue
        other = keeper.setdefault(need.fixed_seat, row.number)
        if other != row.number:
            text = row.get("fixed_seat")
            fault = tell("sheet.same_seat", row.number, headers["fixed_seat"], text, table=need.fixed_seat, other=other)
            faults.append(fault)
    return faults
