"""What the columns of a sheet of leaders mean: ours under our own headings, and under what others call them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from relexp.leadership.board import Board
from relexp.leadership.columns import DERIVED, FIXED, fit, heading
from relexp.messages import say
from relexp.roster.headers import known_key, letter
from relexp.roster.table import Table
from relexp.roster.words import fold, words

ID, GIVEN, FAMILY, EVIDENCE = "id", "given_name", "family_name", "evidence"
# Any one of these says whose row it is.
NAMING = frozenset({ID, "name", GIVEN, FAMILY})
# What sign-up sheets call it, in all the languages that those are read in.
_OF_SIGN_UPS = {"name": "name", GIVEN: GIVEN, FAMILY: FAMILY, "organisation": "institution"}
_ALIASES = {
    alias: field
    for field, aliases in {
        ID: ("relexp id", "leader id"),
        "role": ("role in the alliance", "position", "job title", "responsibility"),
        "stage": ("rung", "leadership stage", "leadership level", "stage of leadership"),
        "following": ("followers", "following band", "size of following", "how many follow"),
        "self_interest": ("interest", "interests", "what moves them", "energy", "self interest energy"),
        "talents": ("talent", "gifts", "skills", "strengths"),
        "stretch": ("stretch needed", "growth", "to grow", "learning edge"),
        "institution": ("church", "mosque", "parish", "congregation", "church mosque school"),
        "step": ("next action", "to do", "what next", "next"),
        "due": ("due date", "by when", "deadline", "next step by", "next step date", "next step due"),
        "agreed_by": ("agreed by", "who agreed", "step agreed with", "next step agreed with"),
        "developed_by": ("mentor", "mentored by"),
        "review": ("review date", "next review", "review on", "review by"),
        EVIDENCE: ("evidence", "stage evidence", "evidence of stage"),
    }.items()
    for alias in aliases
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Which column of the sheet holds what: the place of each of our columns, by its key.

    `unknown` are headings that the table has no column for; `unread` those that follow from the evidence, that stand on
    the sheet twice, and the letters of columns without a heading.
    """

    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def meant(board: Board, table: Table) -> Meant:
    """What each column of a sheet means; our own headings come first, then what others call them."""
    return _meant(_names(board), table)


def scores(board: Board) -> Callable[[Sequence[str]], int]:
    """What tells how many of our columns a row would name as a header; 0 where it would not say whose rows follow."""
    names = _names(board)

    def score(header: Sequence[str]) -> int:
        places = _meant(names, Table(tuple(header), ())).places
        return len(places) if places.keys() & NAMING else 0

    return score


def plain(text: str) -> str:
    """A name as it is compared: however it is typed, and never nothing."""
    text = fit(text)
    return fold(text) or text


def _meant(names: _Names, table: Table) -> Meant:
    exact = [names.exact.get(plain(header), ()) for header in table.header]
    places = _placed(exact, {})
    known = {*places.values()}
    places = _placed([() if place in known else names.guessed(text) for place, text in enumerate(table.header)], places)
    held = {place: field for field, place in places.items()}
    seen = {plain(table.header[place]) for place in held}
    unknown: list[str] = []
    unread: list[str] = []
    for place, header in enumerate(table.header):
        if not header:
            unread += [letter(place)] if any(cells[place] for _, cells in table.rows) else []
        elif held.get(place) in DERIVED:
            unread.append(header)
        elif place not in held:
            (unread if plain(header) in seen else unknown).append(header)
            seen.add(plain(header))
    return Meant(
        {field: place for field, place in places.items() if field not in DERIVED}, tuple(unknown), tuple(unread)
    )


def _placed(wanted: Sequence[Sequence[str]], places: Mapping[str, int]) -> dict[str, int]:
    """The places of the columns, with those that are still free, each to the first heading that may mean it."""
    found = dict(places)
    for place, those in enumerate(wanted):
        free = next((field for field in those if field not in found), None)
        if free is not None:
            found[free] = place
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    """The columns that each of our own headings, names and keys may mean, the surest first; `loose`: by words alone."""

    exact: Mapping[str, Sequence[str]]
    loose: Mapping[str, Sequence[str]]

    def guessed(self, header: str) -> Sequence[str]:
        if not header:
            return ()
        bare = " ".join(words(header))
        aliases = (_ALIASES.get(bare), _OF_SIGN_UPS.get(known_key(header) or ""))
        return (*self.loose.get(bare, ()), *(field for field in aliases if field))


def _names(board: Board) -> _Names:
    exact: dict[str, list[str]] = {}
    loose: dict[str, list[str]] = {}
    for text, field in _own_names(board):
        exact.setdefault(plain(text), []).append(field)
        loose.setdefault(" ".join(words(text)), []).append(field)
    return _Names(exact, loose)


def _own_names(board: Board) -> Iterator[tuple[str, str]]:
    yield str(say("lead.column_id")), ID
    for field in FIXED:
        yield from ((heading(board, field), field), (field, field))
    for training in board.trainings:
        field = f"training.{training.key}"
        yield from ((text, field) for text in (heading(board, field), field, training.name, training.key))
        yield f"{training.name} training", field
    for own in board.own:
        yield from ((text, f"own.{own.key}") for text in (own.name, f"own.{own.key}", own.key))
    yield from ((heading(board, field), field) for field in DERIVED)
    yield str(say("lead.column_evidence")), EVIDENCE
