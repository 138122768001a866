"""An evening on paper, for when the laptop dies: a card for everybody, a sign for every table, and a run sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from relexp.exchange.routes import by_person
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening
from relexp.roster.person import Roster

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = ("cards", "table-signs", "run-sheet")
_FOLDER = Path(__file__).with_name("print")


def print_files(evening: Evening, roster: Roster | None = None) -> dict[str, bytes]:
    """The print pack, by file name: HTML on A4, each page also in large print (`cards.html`, `cards-large.html`, ...).

    Nothing but names, tables and rounds is on them; a name is always shown as it is written, in its own direction.
    """
    values = {"cards": _cards(evening, roster), "signs": _signs(evening), "rounds": _rounds(evening)}
    paper = _paper()
    return {
        f"{page}{'-large' if large else ''}.html": paper.get_template(f"{page}.html.j2")
        .render(values, large=large, people=len(evening.names), interpreters=_interpreters(evening))
        .encode()
        for page in PAGES
        for large in (False, True)
    }


def _paper() -> Environment:
    import jinja2
    from markupsafe import Markup

    paper = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_FOLDER / "pack.css").read_text(encoding="utf-8")
    paper.globals |= {"say": say, "style": Markup(style)}
    return paper


def _cards(evening: Evening, roster: Roster | None) -> list[dict[str, object]]:
    numbers = [round.number for round in evening.rounds]
    return [
        {"name": evening.names.get(id, id), "stops": [(number, route.get(number)) for number in numbers]}
        for id, route in by_person(evening, roster).items()
    ]


def _signs(evening: Evening) -> list[dict[str, object]]:
    seated = {
        (talk.table, round.number): _at_table(evening, talk) for round in evening.rounds for talk in round.conversations
    }
    numbers = [round.number for round in evening.rounds]
    return [
        {"table": table, "rounds": [(number, seated.get((table, number))) for number in numbers]}
        for table in sorted({table for table, _ in seated})
    ]


def _rounds(evening: Evening) -> list[dict[str, object]]:
    return [
        {
            "number": round.number,
            "tables": [
                (talk.table, _at_table(evening, talk))
                for talk in sorted(round.conversations, key=lambda talk: talk.table)
            ],
            "resting": _names(evening, round.resting),
        }
        for round in evening.rounds
    ]


def _at_table(evening: Evening, talk: Conversation) -> dict[str, tuple[str, ...]]:
    return {"people": _names(evening, talk.people), "interpreters": _names(evening, talk.interpreters)}


def _interpreters(evening: Evening) -> int:
    talks = (talk for round in evening.rounds for talk in round.conversations)
    return len({id for talk in talks for id in talk.interpreters})


def _names(evening: Evening, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(evening.names.get(id, id) for id in ids)
