"""An evening on paper, for when the laptop dies: a card for everybody, a sign for every table, and a run sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relexp.exchange.routes import by_person, stops, with_new_cards
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = ("cards", "table-signs", "run-sheet")
_FOLDER = Path(__file__).with_name("print")


def print_files(
    evening: Evening,
    roster: Roster | None = None,
    *,
    quiet: Collection[int] = (),
    before: Evening | None = None,
    after: int = 0,
) -> dict[str, bytes]:
    """The print pack, by file name: HTML on A4, each page also in large print (`cards.html`, `cards-large.html`, ...).

    Nothing but names, tables and rounds is on them; a name is always shown as it is written, in its own direction. The
    `quiet` tables are marked on their signs and named on the run sheet.
    Where the evening has been planned again after round `after`, `before` is the evening that lies on the tables: the
    pack then holds the rounds to come, and only the cards and signs that take the place of one that no longer holds.
    """
    rounds = [round for round in evening.rounds if round.number > after]
    cards, signs = _cards(evening, roster, rounds), _signs(evening, rounds)
    if before is not None:
        new = {*with_new_cards(before, evening, after)}
        cards = [card for card in cards if card["id"] in new]
        still = _signs(before, [round for round in before.rounds if round.number > after])
        signs = [sign for sign in signs if sign not in still]
    values = {"cards": cards, "signs": signs, "rounds": [_listed(evening, round) for round in rounds]}
    there = {stop.id for stop in stops(evening) if stop.round > after}
    sizes = {"people": len(there), "interpreters": len(there & _interpreters(evening)), "first": after + 1}
    paper = _paper()
    return {
        f"{page}{'-large' if large else ''}.html": paper.get_template(f"{page}.html.j2")
        .render(values, large=large, again=before is not None, quiet=sorted(quiet), **sizes)
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


def _cards(evening: Evening, roster: Roster | None, rounds: Sequence[Round]) -> list[dict[str, object]]:
    numbers = [round.number for round in rounds]
    return [
        {"id": id, "name": evening.names.get(id, id), "stops": [(number, route.get(number)) for number in numbers]}
        for id, route in by_person(evening, roster).items()
        if not route.keys().isdisjoint(numbers)
    ]


def _signs(evening: Evening, rounds: Sequence[Round]) -> list[dict[str, object]]:
    seated = {(talk.table, round.number): _at_table(evening, talk) for round in rounds for talk in round.conversations}
    return [
        {"table": table, "rounds": [(round.number, seated.get((table, round.number))) for round in rounds]}
        for table in sorted({table for table, _ in seated})
    ]


def _listed(evening: Evening, round: Round) -> Mapping[str, object]:
    talks = sorted(round.conversations, key=lambda talk: talk.table)
    return {
        "number": round.number,
        "tables": [(talk.table, _at_table(evening, talk)) for talk in talks],
        "resting": _names(evening, round.resting),
    }


def _at_table(evening: Evening, talk: Conversation) -> dict[str, tuple[str, ...]]:
    return {"people": _names(evening, talk.people), "interpreters": _names(evening, talk.interpreters)}


def _interpreters(evening: Evening) -> set[str]:
    talks = (talk for round in evening.rounds for talk in round.conversations)
    return {id for talk in talks for id in talk.interpreters}


def _names(evening: Evening, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(evening.names.get(id, id) for id in ids)
