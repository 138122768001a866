"""How far learners are as a sheet that a learning platform takes in: a row a learner and unit."""

from __future__ import annotations

import io
from collections.abc import Iterable

from relexp.exchange.sheets import write_csv
from relexp.learning.record import Record
from relexp.messages import say


def grades_csv(learners: Iterable[tuple[str, Record]]) -> bytes:
    """The records of learners, each with their name, as csv in UTF-8 as Excel takes it.

    Columns: name, unit, percent done (0 to 100, never rounded up), minutes, and the day on which it was finished.
    """
    header = [
        str(say("record.sheet_name")),
        str(say("record.unit")),
        *(str(say(f"record.sheet_{part}")) for part in ("percent", "minutes", "finished")),
    ]
    rows = [
        (
            name,
            str(say("record.unit_name", number=unit.number, title=unit.title)),
            int(100 * unit.done / unit.blocks) if unit.blocks else 0,
            round(unit.taken),
            unit.finished.astimezone().date().isoformat() if unit.finished else "",
        )
        for name, record in learners
        for unit in record.units
    ]
    made = io.BytesIO()
    write_csv(made, header, rows, marked=True)
    return made.getvalue()
