"""A sheet of leaders on its way into the table: what it would add and change, and what of it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from relexp.leadership.board import Board
from relexp.leadership.columns import Change, cell, changes, fields, fit, read, shown, with_cell
from relexp.leadership.evidence import LINE
from relexp.leadership.headings import EVIDENCE, FAMILY, GIVEN, ID, NAMING, Meant, meant, plain
from relexp.leadership.leader import Leader
from relexp.messages import Fault, FaultsFound, Message, listed, say, tell
from relexp.roster.rows import listed_rows
from relexp.roster.table import Table

# The ids that relexp makes. A running number of somebody else's sheet must never become the id of a person here.
_OURS = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a sheet would do to the table.

    `changes` are those of leaders in the table, in columns that the sheet has; `evidence` the line for each stage that
    changes or begins, by the leader's id; `untouched` how many rows say what the table says. A row in `refused` is not
    taken in at all. `unknown` are headings that the table has no column for, `unread` columns that are not read for
    another reason, `idle` how many lines of evidence stand beside a stage that stays.
    """

    added: tuple[Leader, ...] = ()
    changes: tuple[Change, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    untouched: int = 0
    refused: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    idle: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


def arrive(
    board: Board,
    table: Table,
    known: Mapping[str, Leader],
    new_id: Callable[[], str],
    taken: Collection[str] = (),
) -> Arrival:
    """What the rows of a sheet would add to the table and change in it; whoever is not on the sheet stays as they are.

    A row is somebody's by its `id`, else by name and institution (by name alone where the sheet has no institutions);
    else it is somebody new, who keeps an id that relexp made elsewhere unless it is among `taken`: those of rows that
    were taken out and may come back. Every fault is told, in the order of the rows.
    """
    columns = meant(board, table)
    if not columns.places.keys() & NAMING:
        fault = tell("lead.sheet_no_names", row=table.header_row)
        return Arrival(refused=(fault,), unknown=columns.unknown, unread=columns.unread)
    sheet = _Sheet(board, known, columns, table.header)
    rows = _rows(table, columns)
    _match(sheet, rows, new_id, taken)
    people = _People.of(rows, known)
    for row in rows:
        _read(sheet, row, people)
    while _refuse_links(sheet, rows):
        pass
    return _arrival(sheet, rows)


def impact(arrival: Arrival) -> tuple[Message, ...]:
    """What a sheet would do, in words, for whoever decides whether it is written."""
    said = []
    if arrival.added:
        said.append(
            say("lead.sheet_added", count=len(arrival.added), names=listed([each.name for each in arrival.added]))
        )
    if arrival.changes:
        who = list(dict.fromkeys(change.leader for change in arrival.changes))
        many = len(arrival.changes)
        cells = say("lead.sheet_cells", count=many) if many > 1 else say("lead.sheet_cell")
        names = listed([arrival.names[id] for id in who])
        said.append(say("lead.sheet_changed", cells=str(cells), count=len(who), names=names))
    if arrival.untouched:
        said.append(say("lead.sheet_untouched", count=arrival.untouched))
    if not arrival.added and not arrival.changes:
        said.append(say("lead.sheet_nothing"))
    numbers = sorted({fault.row for fault in arrival.refused if fault.row})
    if numbers:
        code = "lead.sheet_refused_many" if len(numbers) > 1 else "lead.sheet_refused"
        said.append(say(code, count=len(numbers), rows=listed_rows(numbers)))
    if arrival.idle:
        said.append(say("lead.sheet_idle", count=arrival.idle))
    if arrival.unknown:
        said.append(say("lead.sheet_unknown", columns=listed(arrival.unknown)))
    if arrival.unread:
        said.append(say("lead.sheet_unread", columns=listed(arrival.unread)))
    return tuple(said)


@dataclass(frozen=True, slots=True)
class _Sheet:
    board: Board
    known: Mapping[str, Leader]
    columns: Meant
    header: Sequence[str]

    @property
    def fields(self) -> Iterator[str]:
        """The columns of the table that the sheet has."""
        there = {*self.columns.places} | ({"name"} if self.columns.places.keys() & {GIVEN, FAMILY} else set())
        return (field for field in fields(self.board) if field in there)

    def heading(self, field: str) -> str | None:
        """What a column is called on the sheet; None where the sheet has no such column."""
        places = self.columns.places
        place = next((places[each] for each in (field, GIVEN, FAMILY) if each in places), None)
        return self.header[place] if place is not None and (field in places or field == "name") else None


@dataclass(slots=True)
class _Row:
    number: int
    texts: Mapping[str, str]
    id: str = ""
    own_id: bool = False
    before: Leader | None = None
    after: Leader = field(default_factory=lambda: Leader("", ""))
    faults: list[Fault] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether the stage of somebody in the table changes."""
        return self.before is not None and self.before.stage != self.after.stage

    def refuse(self, code: str, column: str | None, value: str | None = None, **values: object) -> None:
        self.faults.append(tell(code, self.number, column, value, **values))


@dataclass(frozen=True, slots=True)
class _People:
    """Whom a cell may mean: the ids of the sheet and of the table, and everybody by name."""

    ids: Mapping[str, str]
    names: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rows: Sequence[_Row], known: Mapping[str, Leader]) -> _People:
        named: dict[str, set[str]] = {}
        for name, id in (
            *((leader.name, id) for id, leader in known.items()),
            *((row.texts["name"], row.id) for row in rows if row.texts.get("name")),
        ):
            named.setdefault(plain(name), set()).add(id)
        given = {row.texts[ID]: row.id for row in rows if row.texts.get(ID)}
        ids = given | {id: id for id in known}
        return cls(ids, {name: frozenset(those) for name, those in named.items()})

    def meant(self, text: str) -> Collection[str]:
        return (self.ids[text],) if text in self.ids else self.names.get(plain(text), ())


def _rows(table: Table, columns: Meant) -> list[_Row]:
    rows = []
    for number, cells in table.rows:
        texts = {field: fit(cells[place]) for field, place in columns.places.items()}
        if texts.keys() & {GIVEN, FAMILY}:
            parts = (texts.get(GIVEN, ""), texts.get(FAMILY, ""))
            texts["name"] = texts.get("name") or " ".join(part for part in parts if part)
        if any(texts.values()):
            rows.append(_Row(number, texts))
    return rows


def _match(sheet: _Sheet, rows: Sequence[_Row], new_id: Callable[[], str], taken: Collection[str]) -> None:
    """Whose row each is; two rows of one person, and a name that may be more than one, are refused."""
    by_key: dict[tuple[str, ...], list[str]] = {}
    for id, leader in sheet.known.items():
        by_key.setdefault(_key(sheet, leader.name, leader.institution), []).append(id)
    claimed = {row.texts[ID] for row in rows if row.texts.get(ID) in sheet.known}
    for row in rows:
        given = row.texts.get(ID, "")
        ours = bool(_OURS.fullmatch(given))
        row.own_id = ours or given in sheet.known
        key = _row_key(sheet, row)
        # Whoever has an id of their own is nobody whose id stands elsewhere on the sheet.
        found = [id for id in by_key.get(key, ()) if not (ours and id in claimed)]
        if given in sheet.known or len(found) == 1:
            row.id = given if given in sheet.known else found[0]
            row.before = sheet.known[row.id]
        else:
            row.id = given if ours and given not in taken else new_id()
        if given not in sheet.known and len(found) > 1:
            row.refuse("lead.sheet_two_known", sheet.heading("name"), row.texts["name"], name=row.texts["name"])
    _refuse_twins(sheet, rows)


def _refuse_twins(sheet: _Sheet, rows: Sequence[_Row]) -> None:
    by_id: dict[str, list[int]] = {}
    by_key: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row.number)
        by_key.setdefault(_row_key(sheet, row), []).append(row.number)
    for row in rows:
        numbers = by_id[row.id]
        if len(numbers) == 1 and not row.own_id and row.texts.get("name"):
            numbers = by_key[_row_key(sheet, row)]
        if len(numbers) > 1:
            name = row.texts.get("name") or (row.before.name if row.before else row.texts.get(ID, ""))
            column = sheet.heading(ID if row.own_id else "name")
            row.refuse("lead.sheet_twice", column, name, name=name, rows=listed_rows(numbers))


def _read(sheet: _Sheet, row: _Row, people: _People) -> None:
    """The leader as the row has them; a cell that says what stands in the table stays as it is there."""
    leader = row.before or Leader(row.id, "")
    for part in sheet.fields:
        typed = row.texts[part]
        if row.before and _stands(sheet, row.before, part, typed):
            continue
        try:
            leader = with_cell(leader, part, read(sheet.board, part, typed, people.meant))
        except FaultsFound as found:
            for fault in found.faults:
                row.faults.append(replace(fault, row=row.number, column=sheet.heading(part), value=typed))
    if row.before is None and "name" not in row.texts:
        row.refuse("lead.no_name", sheet.heading(ID), row.texts[ID])
    row.after = leader
    _check_evidence(sheet, row)


def _stands(sheet: _Sheet, leader: Leader, field: str, typed: str) -> bool:
    kept = cell(leader, field)
    developer = sheet.known.get(kept)
    told = shown(sheet.board, field, kept, {kept: developer.name if developer else kept})
    return typed in (kept, fit(told))


def _check_evidence(sheet: _Sheet, row: _Row) -> None:
    text = row.texts.get(EVIDENCE, "")
    if len(text) > LINE:
        row.refuse("lead.long", sheet.heading(EVIDENCE), text[:40], most=LINE)
    if row.before and row.moves and not text:
        asked = say("lead.column_evidence").text()
        typed = row.texts["stage"]
        row.refuse("lead.sheet_evidence", sheet.heading("stage"), typed, name=row.before.name, heading=asked)


def _refuse_links(sheet: _Sheet, rows: Sequence[_Row]) -> bool:
    """Whether a row had to be refused for who develops whom; what rests on it has to be looked at again."""
    good = [row for row in rows if not row.faults]
    there = sheet.known.keys() | {row.id for row in good}
    links = {id: leader.developed_by for id, leader in sheet.known.items()}
    circles = _circles(links | {row.id: row.after.developed_by for row in good})
    for row in good:
        by, column = row.after.developed_by, sheet.heading("developed_by")
        if not by or (row.before and by == row.before.developed_by):
            continue
        typed = row.texts["developed_by"]
        if by not in there:
            row.refuse("lead.no_such_person", column, typed, typed=typed)
        elif by == row.id:
            row.refuse("lead.sheet_self", column, typed, name=row.after.name)
        elif row.id in circles:
            row.refuse("lead.sheet_circle", column, typed, name=row.after.name)
    return any(row.faults for row in good)


def _circles(links: Mapping[str, str]) -> set[str]:
    """Everybody who develops, through others, themselves."""
    found: set[str] = set()
    seen: dict[str, str] = {}
    for start in links:
        path: list[str] = []
        id = start
        while links.get(id) and id not in seen:
            seen[id] = start
            path.append(id)
            id = links[id]
        if seen.get(id) == start:
            found.update(path[path.index(id) :])
    return found


def _arrival(sheet: _Sheet, rows: Sequence[_Row]) -> Arrival:
    good = [row for row in rows if not row.faults]
    changed = {row.id: changes(row.before, row.after, sheet.fields) for row in good if row.before}
    lines = {row.id: row.texts[EVIDENCE] for row in good if row.texts.get(EVIDENCE)}
    evidence = {row.id: lines[row.id] for row in good if row.id in lines and (row.before is None or row.moves)}
    places = {header: place for place, header in enumerate(sheet.header)}
    faults = [fault for row in rows for fault in row.faults]
    return Arrival(
        added=tuple(row.after for row in good if row.before is None),
        changes=tuple(change for those in changed.values() for change in those),
        evidence=evidence,
        untouched=sum(not those for those in changed.values()),
        refused=tuple(sorted(faults, key=lambda fault: (fault.row or 0, places.get(fault.column or "", -1)))),
        unknown=sheet.columns.unknown,
        unread=sheet.columns.unread,
        idle=len(lines) - len(evidence),
        names={row.id: row.after.name for row in good},
    )


def _row_key(sheet: _Sheet, row: _Row) -> tuple[str, ...]:
    return _key(sheet, row.texts.get("name", ""), row.texts.get("institution", ""))


def _key(sheet: _Sheet, name: str, institution: str) -> tuple[str, ...]:
    return (plain(name), plain(institution)) if "institution" in sheet.columns.places else (plain(name),)
