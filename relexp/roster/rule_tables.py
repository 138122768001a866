"""The rules on columns, sides and tables, read from a rules file and held against the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from relexp.roster.headers import column_key
from relexp.roster.person import Roster
from relexp.roster.rule_names import People
from relexp.roster.rule_values import NOTHING, Section, is_whole, quote, suggestion
from relexp.roster.rules import Across, Kind, NeverSame, Sides, Tables

_ACROSS = ("weight", "kind", "order", "never_same", "cap", "private")
_SIDES = ("column", "hosts", "guests", "guests_per_host")
_TABLES = ("count", "quiet", "adjacent")


def read_across(top: Section, roster: Roster) -> tuple[Across, ...] | None:
    """The columns on which difference is wanted; None where the file says nothing about it."""
    section = top.table("across")
    if section is None:
        return None
    found: dict[str, Across] = {}
    for name in section.raw:
        part = section.table(name)
        column = _column(section, roster, name)
        if part is None:
            continue
        attribute = _attribute(part, column or name, roster)
        if column is None:
            continue
        if column in found:
            part.note(part.place, "rules.column_twice", name)
        found[column] = attribute
    return tuple(found.values())


def _attribute(part: Section, column: str, roster: Roster) -> Across:
    part.unknown(_ACROSS)
    kind = part.choice("kind", Kind, Kind.CATEGORY)
    never_same = part.choice("never_same", NeverSame, None)
    cap = part.whole("cap", None, 0)
    if cap is not None and (never_same is NeverSame.HARD or "never_same" not in part.raw):
        part.note(part.at("cap"), "rules.cap_alone", cap)
        cap = None
    return Across(
        column=column,
        weight=part.number("weight", 1.0, 0.0),
        kind=kind,
        never_same=never_same,
        cap=cap,
        order=_order(part, kind),
        private=part.flag("private", column in roster.private),
    )


def _order(part: Section, kind: Kind) -> tuple[str, ...]:
    if kind is Kind.ORDERED and "order" not in part.raw:
        part.note(part.at("order"), "rules.order_missing")
        return ()
    levels: dict[str, str] = {}
    for place, item in part.items("order", '["16-24", "25-34"]'):
        level = str(item).strip() if isinstance(item, str) or is_whole(item) else ""
        if not level:
            part.note(place, "rules.order_text", item)
        elif level.casefold() in levels:
            part.note(place, "rules.order_twice")
        else:
            levels[level.casefold()] = level
    if kind is Kind.ORDERED and isinstance(part.raw["order"], list | tuple) and len(part.raw["order"]) < 2:
        part.note(part.at("order"), "rules.order_short")
    return tuple(levels.values())


def read_share(top: Section, roster: Roster) -> tuple[str, ...] | None:
    """The columns in which two people must have a value in common; None where the file says nothing about it."""
    section = top.table("share")
    if section is None:
        return None
    found: list[str] = []
    for name in section.raw:
        part = section.table(name)
        column = _column(section, roster, name)
        if part is None or column is None:
            continue
        if part.raw:
            part.note(part.place, "rules.share_keys")
        if column in found:
            part.note(part.place, "rules.column_twice", name)
        elif not any(value.strip() for value in roster.column(column)):
            part.note(part.place, "rules.share_blank")
        else:
            found.append(column)
    return tuple(found)


def read_sides(top: Section, roster: Roster) -> Sides | None:
    """Hosts and guests, with everybody on one side or the other; None where the file says nothing usable about it."""
    section = top.table("sides")
    if section is None:
        return None
    section.unknown(_SIDES)
    before = len(section.faults)
    plain = Sides()
    name = section.text("column", plain.column)
    column = _column(section, roster, name, place=section.at("column"))
    sides = Sides(
        column=column or name,
        hosts=section.text("hosts", plain.hosts),
        guests=section.text("guests", plain.guests),
        guests_per_host=section.whole("guests_per_host", plain.guests_per_host, 1, 2),
    )
    if len(section.faults) == before:
        _judge_sides(section, roster, sides)
    return sides if len(section.faults) == before else None


def _judge_sides(section: Section, roster: Roster, sides: Sides) -> None:
    hosts, guests = sides.hosts.casefold(), sides.guests.casefold()
    if hosts == guests:
        section.note(section.at("guests"), "rules.sides_same", sides.guests)
        return
    everybody = People(roster)
    people: dict[str, list[str]] = {}
    for person in roster.talkers:
        people.setdefault(person.values.get(sides.column, "").strip().casefold(), []).append(person.id)
    place = section.at("column")
    if "" in people:
        section.note(
            place, "rules.side_blank", people=everybody.names(people[""]), hosts=sides.hosts, guests=sides.guests
        )
    secret = sides.column in roster.private
    code = "rules.side_unknown_private" if secret else "rules.side_unknown"
    for value, ids in people.items():
        if value not in ("", hosts, guests):
            found = NOTHING if secret else value
            section.note(place, code, found, people=everybody.names(ids), hosts=sides.hosts, guests=sides.guests)
    for key, value, shown in (("hosts", hosts, sides.hosts), ("guests", guests, sides.guests)):
        if value not in people:
            section.note(section.at(key), "rules.side_empty", shown, side=shown)


def read_tables(top: Section) -> Tables:
    """The room's tables: how many, which are quiet, which stand side by side."""
    section = top.table("tables")
    if section is None:
        return Tables()
    section.unknown(_TABLES)
    count = section.whole("count", None, 1)
    quiet = frozenset(
        item for place, item in section.items("quiet", "[1, 2]") if _is_table(item, section, place, count)
    )
    adjacent = None
    if "adjacent" in section.raw:
        adjacent = frozenset(_neighbours(section, count))
    return Tables(count=count, quiet=quiet, adjacent=adjacent)


def _neighbours(section: Section, count: int | None) -> Iterator[tuple[int, int]]:
    for place, item in section.items("adjacent", "[[1, 2], [2, 3]]"):
        if not isinstance(item, list | tuple) or len(item) != 2:
            section.note(place, "rules.adjacent_pair", item)
            continue
        tables = [table for table in item if _is_table(table, section, place, count)]
        if len(tables) == 2 and tables[0] == tables[1]:
            section.note(place, "rules.adjacent_self", item, table=tables[0])
        elif len(tables) == 2:
            yield min(tables), max(tables)


def _is_table(item: object, section: Section, place: str, count: int | None) -> TypeGuard[int]:
    if not is_whole(item) or item < 1:
        section.note(place, "rules.table_number", item)
        return False
    if count is not None and item > count:
        section.note(place, "rules.table_beyond", item, table=item, count=count)
        return False
    return True


def _column(section: Section, roster: Roster, name: str, place: str | None = None) -> str | None:
    """The key of a column that the file names by its key or its header; a fault where the sheet has none."""
    key = column_key(roster, name)
    if key is None:
        # Columns kept private are not offered: their names are not shown.
        public = [word for key, header in roster.columns.items() if key not in roster.private for word in (key, header)]
        code, values = suggestion("rules.no_column", name, public)
        section.note(section.at(name) if place is None else place, code, name, heading=quote(name), **values)
    return key
