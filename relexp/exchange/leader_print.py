"""The leadership table on paper: the rows that are shown, and a sheet for each person to sit down with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relexp.exchange.print_pack import paper
from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, cell, heading, in_cell, shown
from relexp.leadership.leader import WORDS, Row


@dataclass(frozen=True)
class Shown:
    """What is printed: these rows, in these columns, and in words whom they are; `names` are by the leaders' ids."""

    board: Board
    rows: Sequence[Row]
    columns: Sequence[str]
    told: str
    names: Mapping[str, str]
    derived: Mapping[str, Mapping[str, str]]


def table_page(what: Shown) -> bytes:
    """The table as HTML for the browser's printer, on A4 across."""
    heads = [heading(what.board, key) for key in what.columns]
    rows = [[_text(what, row, key) for key in what.columns] for row in what.rows]
    days = {
        place for place, key in enumerate(what.columns) if key in ("due", "review", "met", "seen") or "training." in key
    }
    return paper().get_template("leaders.html.j2").render(heads=heads, rows=rows, days=days, told=what.told).encode()


def review_sheets(what: Shown) -> bytes:
    """A page for each person, as HTML for the browser's printer: what is known, and room for what is agreed."""
    people = [
        {
            "name": row.leader.name,
            "under": ", ".join(each for each in (row.leader.institution, row.leader.role) if each),
            "stage": what.board.ladder.name(row.leader.stage),
            "stages": [stage.name for stage in what.board.ladder],
            "facts": [(heading(what.board, key), _text(what, row, key)) for key in (*WORDS, "step", "due", "met")],
        }
        for row in what.rows
    ]
    return paper().get_template("review-sheets.html.j2").render(people=people, told=what.told).encode()


def _text(what: Shown, row: Row, key: str) -> str:
    if key in DERIVED:
        return what.derived.get(row.leader.id, {}).get(key, "")
    return in_cell(shown(what.board, key, cell(row.leader, key), what.names))
