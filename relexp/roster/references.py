"""People whom a row names by id or by name: the adult who is responsible, the person somebody interprets for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relexp.messages import Fault, tell
from relexp.roster.headers import Column
from relexp.roster.needs import Needs
from relexp.roster.rows import Row
from relexp.roster.short_names import shortens
from relexp.roster.words import fold


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row names, as ids; None where it names nobody."""

    responsible_adult: str | None
    interpreter_for: str | None


def read_named(
    rows: Sequence[Row], needs: Sequence[Needs], columns: Sequence[Column]
) -> tuple[tuple[Named, ...], list[Fault]]:
    """Whom everybody names, in the order of the rows, and a fault for each name that cannot stand."""
    headers = {column.key: column.header for column in columns}
    people = _People(rows)
    faults: list[Fault] = []
    grown = [row for row, need in zip(rows, needs, strict=True) if not need.under_18]
    adults = [_find_adult(row, grown, people, headers, faults) for row in rows]
    spoken_for = [_find(row, "interpreter_for", people, headers, faults) for row in rows]
    for place, row in enumerate(rows):
        adult, person = adults[place], spoken_for[place]
        if adult is not None:
            faults.extend(_adult_faults(row, rows[adult], needs[adult], headers["responsible_adult"]))
        if person is not None:
            interprets = spoken_for[person] is not None and person != place
            faults.extend(_interpreter_faults(row, rows[person], interprets, headers["interpreter_for"]))
    ids = [*(row.id for row in rows), None]
    none = len(rows)
    named = (
        Named(ids[none if adult is None else adult], ids[none if person is None else person])
        for adult, person in zip(adults, spoken_for, strict=True)
    )
    return tuple(named), faults


class _People:
    """Finds rows by what somebody typed: the id as it stands, the id in another case, or the name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.by_id: dict[str, list[int]] = {}
        self.by_loose_id: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            if row.id:
                self.by_id.setdefault(row.id, []).append(place)
                self.by_loose_id.setdefault(fold(row.id), []).append(place)
                self.by_name.setdefault(fold(row.name), []).append(place)

    def find(self, text: str) -> list[int]:
        """The places of everyone the text may mean."""
        # Two rows with one id are told as a fault of their own: either of them will do here.
        folded = fold(text)
        return self.by_id.get(text, [])[:1] or self.by_loose_id.get(folded, []) or self.by_name.get(folded, [])


def _find(row: Row, key: str, people: _People, headers: Mapping[str, str], faults: list[Fault]) -> int | None:
    text = row.get(key)
    if not text:
        return None
    found = people.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(people.rows[place].number) for place in found)
        faults.append(tell("sheet.which_one", row.number, headers[key], text, typed=text, rows=numbers))
    else:
        faults.append(tell("sheet.nobody", row.number, headers[key], text, typed=text))
    return None


def _find_adult(
    row: Row, grown: Sequence[Row], people: _People, headers: Mapping[str, str], faults: list[Fault]
) -> int | None:
    """By the whole name; where nobody has it, by a part of it, if that can be one adult only."""
    text = row.get("responsible_adult")
    if not text or people.find(text):
        return _find(row, "responsible_adult", people, headers, faults)
    meant = [adult for adult in grown if adult.number != row.number and shortens(text, adult.name)]
    if len(meant) == 1:
        return people.rows.index(meant[0])
    if not meant:
        return _find(row, "responsible_adult", people, headers, faults)
    numbers = ", ".join(str(adult.number) for adult in meant)
    header = headers["responsible_adult"]
    faults.append(tell("sheet.which_adult", row.number, header, text, typed=text, rows=numbers))
    return None


def _adult_faults(row: Row, adult: Row, needs: Needs, header: str) -> list[Fault]:
    text = row.get("responsible_adult")
    if adult.number == row.number:
        return [tell("sheet.own_adult", row.number, header, text)]
    if needs.under_18:
        return [tell("sheet.young_adult", row.number, header, text, typed=text)]
    return []


def _interpreter_faults(row: Row, person: Row, interprets: bool, header: str) -> list[Fault]:
    text = row.get("interpreter_for")
    if person.number == row.number:
        return [tell("sheet.interprets_self", row.number, header, text)]
    if interprets:
        return [tell("sheet.interprets_interpreter", row.number, header, text, typed=text)]
    return []
