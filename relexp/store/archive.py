"""Everything that is kept, as files that any program opens: a sheet for each table, and all of them as json.

What was given as private, who is kept apart, and our own fingerprints are in none of them. Names and seats are: so the
codes that stand for people are dealt anew for each archive, and those of answers apart from all others.
"""

from __future__ import annotations

import hmac
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select

from relexp.exchange.sheets import write_csv
from relexp.messages import say
from relexp.privacy.roles import Role
from relexp.privacy.suppression import FEWEST
from relexp.roster.headers import PRIVATE
from relexp.store.after_tables import answers, follow_ups, harvests, one_to_ones, reflections, threads, ties, wishes
from relexp.store.database import Database
from relexp.store.export import Rows, plain
from relexp.store.leader_tables import OF_LEADERS, boards, leaders
from relexp.store.learning_tables import OF_LEARNERS, learner_events
from relexp.store.tables import Export, drafts, gatherings, identities, metadata, people

# What somebody says of themselves so that they are well cared for.
NEEDS = frozenset(
    {"under_18", "responsible_adult", "interpreter_for", "fixed_seat", "quiet", "rest", "women_only", "gender", "email"}
)
# What somebody wrote or learnt for themselves, and whom they would like to meet, is for nobody but them. The table of
# leaders, and who is in it, is for those who train them, who have sheets of it.
_OWN = frozenset({reflections, wishes, one_to_ones, boards, leaders, *OF_LEADERS, *OF_LEARNERS})
# Whose a line is that was shared is told to nobody; and a follow-up's own id holds both codes.
_WHOSE = frozenset({harvests.c.identity_id, follow_ups.c.id})
# The columns that hold a code in place of a person.
_MET = frozenset({threads.c.code, ties.c.one, ties.c.other, follow_ups.c.one, follow_ups.c.other, follow_ups.c.owner})
_ANSWERED = frozenset({answers.c.code})
_CODED = frozenset(column.table for column in _MET | _ANSWERED)
# How many learn, unit by unit.
_LEARN = "learning"
EVERYTHING, READ_ME = "everything.json", "READ-ME.txt"


def archive_of(database: Database, page: Callable[[bytes], str]) -> bytes:
    """A zip of all that is kept at one moment: READ-ME.txt, everything.json, and a csv for each table.

    `page` gives what may be told of a draft, by its bytes.
    """
    with database.reads() as connection:
        private = {
            row.id: frozenset(json.loads(row.asked).get("private", ()))
            for row in connection.execute(select(gatherings.c.id, gatherings.c.asked))
        }
        led = frozenset(
            connection.execute(select(identities.c.id).where(identities.c.role == str(Role.LEADER))).scalars()
        )
        found = {
            table.name: [
                _given(table, row._mapping, private, page)
                for row in connection.execute(select(table).order_by(*table.primary_key))
                if row._mapping.get("id" if table is identities else "identity_id") not in led
            ]
            for table in _told()
        }
        learn = _learn(connection)
    _deal(found)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(READ_ME, str(say("store.archive_read_me")))
        zipped.writestr(EVERYTHING, json.dumps(found | {_LEARN: learn}, ensure_ascii=False, indent=1))
        for table in _told():
            names = [column.name for column in _columns(table)]
            zipped.writestr(f"{table.name}.csv", _sheet(names, found[table.name]))
        zipped.writestr(f"{_LEARN}.csv", _sheet(["unit", "learners"], learn))
    return made.getvalue()


def _given(
    table: Table, row: Mapping[Any, Any], private: Mapping[str, frozenset[str]], page: Callable[[bytes], str]
) -> dict[str, object]:
    given = {column.name: plain(row[column.name]) for column in _columns(table)}
    if table is people:
        given["about"] = _without(row["about"], private.get(row["gathering_id"], frozenset()))
    if table is drafts:
        given["content"] = page(bytes(row["content"]))
    return given


def _deal(found: Mapping[str, Rows]) -> None:
    """Put other codes in place of those that are kept, to which seats would lead, and rows in their order."""
    for columns in (_MET, _ANSWERED):
        key = secrets.token_bytes(32)
        for column in columns:
            for row in found[column.table.name]:
                row[column.name] = hmac.digest(key, str(row[column.name]).encode(), "sha256").hex()[:16]
    for table in _CODED:
        found[table.name].sort(key=lambda row: [str(value) for value in row.values()])


def _told() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.info["export"] is Export.GIVEN and table not in _OWN]


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if column.info["export"] is Export.GIVEN and column not in _WHOSE]


def _without(about: str, private: frozenset[str]) -> str:
    """Whom a person came with, and their answers in columns that are not private; what they need is nobody's else."""
    shape = json.loads(about)
    kept = {key: shape[key] for key in ("organisation", "side", "languages") if key not in private}
    hidden = private | PRIVATE | NEEDS
    values = {key: value for key, value in shape["values"].items() if key not in hidden}
    return json.dumps(kept | {"values": values}, ensure_ascii=False)


def _learn(connection: Connection) -> Rows:
    """How many did something in each unit; fewer than five are not told."""
    unit, many = learner_events.c.unit, func.count(learner_events.c.identity_id.distinct())
    counted = connection.execute(select(unit, many).where(unit != "").group_by(unit).order_by(unit))
    return [{"unit": name, "learners": number if number >= FEWEST else None} for name, number in counted]


def _sheet(names: list[str], rows: Rows) -> bytes:
    made = io.BytesIO()
    cells = [["" if row[name] is None else str(row[name]) for name in names] for row in rows]
    write_csv(made, names, cells, marked=True)
    return made.getvalue()
