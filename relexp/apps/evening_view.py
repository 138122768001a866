"""The evening as the room reads it: round by round, person by person, table by table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.exchange.routes import Stop, by_person
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster

# As many as a screen scrolls through at ease; the rest is one press away.
A_SCREENFUL = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view shows: the piece of page, how many entries it holds, and how many it could."""

    page: Markup
    shown: int
    found: int


@dataclass(frozen=True, slots=True)
class Marks:
    """How conversations are shown: with names that can be pressed or not, and which of them are kept as they are.

    A kept one is its round and the ids of its people.
    """

    pressable: bool = False
    kept: frozenset[tuple[int, frozenset[str]]] = frozenset()


PLAIN = Marks()


def round_view(evening: Evening, round: Round, find: str, most: int, marks: Marks = PLAIN) -> Seen:
    """One round: who sits at which table, and who rests."""
    wanted = _finder(evening, find)
    which = sentence(say("app.round_number", round=round.number, rounds=len(evening.rounds)))
    conversations = [talk for talk in round.conversations if wanted((*talk.people, *talk.interpreters))]
    resting = [id for id in round.resting if wanted((id,))]
    items = [_at_table(evening, round.number, talk, wanted if find else None, marks) for talk in conversations[:most]]
    page = tag("ol", *items, class_="seats", role="list") if items else None
    rest = None
    if resting:
        each = (_press(evening, round.number, id, typed(evening.names.get(id, id)), marks) for id in resting)
        names = join(each, ", ")
        rest = tag("p", tag("strong", str(say("app.resting"))), " ", names, class_="resting")
    found = len(conversations) + bool(resting)
    shown = (tag("h4", which, class_="which"), page, rest)
    return Seen(join(piece for piece in shown if piece), found - len(conversations[most:]), found)


def person_view(evening: Evening, roster: Roster, find: str, most: int) -> Seen:
    """Everybody's own way through the evening, as a card each."""
    wanted = _finder(evening, find)
    everyone = [(id, stops) for id, stops in by_person(evening, roster).items() if wanted((id,))]
    cards = (
        tag("li", tag("h4", typed(evening.names.get(id, id))), _way(evening, stops)) for id, stops in everyone[:most]
    )
    return Seen(tag("ul", *cards, class_="cards", role="list"), min(most, len(everyone)), len(everyone))


def table_view(evening: Evening, find: str, most: int, marks: Marks = PLAIN) -> Seen:
    """Every table's guests, round by round."""
    wanted = _finder(evening, find)
    tables: dict[int, dict[int, Conversation]] = {}
    for round in evening.rounds:
        for talk in round.conversations:
            tables.setdefault(talk.table, {})[round.number] = talk
    found = [
        (table, talks)
        for table, talks in sorted(tables.items())
        if any(wanted((*talk.people, *talk.interpreters)) for talk in talks.values())
    ]
    cards = (_table_card(evening, table, talks, wanted if find else None, marks) for table, talks in found[:most])
    return Seen(tag("ul", *cards, class_="cards", role="list"), min(most, len(found)), len(found))


def found_by_name(evening: Evening, find: str, ids: Iterable[str]) -> list[str]:
    """Those among some people whose name holds what is looked for, in their order."""
    wanted = _finder(evening, find)
    return [id for id in ids if wanted((id,))]


Wanted = Callable[[Sequence[str]], bool]


def _finder(evening: Evening, find: str) -> Wanted:
    """Whether any of some people is looked for; accents and capitals do not matter."""
    words = _plain(find).split()
    names = {id: _plain(name) for id, name in evening.names.items()} if words else {}
    return lambda ids: not words or any(all(word in names.get(id, _plain(id)) for word in words) for id in ids)


def _plain(text: str) -> str:
    """A text without accents, capitals, apostrophes and hyphens: “oneill” finds O’Neill, and “o neill” does too."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isspace() or unicodedata.category(letter)[0] in "LN")


def _names(evening: Evening, number: int, talk: Conversation, marked: Wanted | None, marks: Marks) -> Markup:
    people = [_press(evening, number, id, _name(evening, id, marked), marks) for id in talk.people]
    said = join(people, tag("span", " & ", class_="and"))
    if (number, frozenset(talk.people)) in marks.kept:
        said = join((said, " ", tag("span", str(say("hand.is_kept")), class_="kept")))
    if not talk.interpreters:
        return said
    helping = join((_name(evening, id, marked) for id in talk.interpreters), ", ")
    return join(
        (
            said,
            " ",
            tag("span", tag("span", str(say("app.interpreting")), class_="small"), " ", helping, class_="helping"),
        )
    )


def place_of(number: int, id: str) -> str:
    """What the page calls a name that can be pressed."""
    return f"at-{number}-{id}"


def _press(evening: Evening, number: int, id: str, name: Markup, marks: Marks) -> Markup:
    """A name, which can be pressed where the evening is changed by hand."""
    if not marks.pressable:
        return tag("span", name, class_="name")
    where = place_of(number, id)
    return tag("button", name, class_="name press", type="button", data_person=id, data_round=number, id=where)


def _name(evening: Evening, id: str, marked: Wanted | None) -> Markup:
    name = typed(evening.names.get(id, id))
    return tag("mark", name) if marked and marked((id,)) else name


def _at_table(evening: Evening, round: int, talk: Conversation, marked: Wanted | None, marks: Marks) -> Markup:
    number = tag("span", tag("span", str(say("app.table")), " ", class_="small"), talk.table, class_="number")
    return tag("li", number, tag("span", _names(evening, round, talk, marked, marks), class_="who"))


def _way(evening: Evening, stops: dict[int, Stop]) -> Markup:
    lines = []
    for round in evening.rounds:
        stop = stops.get(round.number)
        if stop is None:
            seat: Markup = tag("span", str(say("app.away")), class_="small")
        elif stop.table is None:
            seat = tag("span", str(say("app.rests")), class_="small")
        else:
            seat = _seat(stop)
        lines.append(_in_round(round.number, seat))
    return tag("ol", *lines, class_="way", role="list")


def _seat(stop: Stop) -> Markup:
    names, helping = (join(map(typed, found), " & ") for found in (stop.partners, stop.interpreters))
    if stop.interprets:
        return sentence(say("app.seat_interprets", table=stop.table, names=names))
    if helping:
        return sentence(say("app.seat_interpreted", table=stop.table, names=names, interpreters=helping))
    return sentence(say("app.seat", table=stop.table, names=names))


def _table_card(
    evening: Evening, table: int, talks: dict[int, Conversation], marked: Wanted | None, marks: Marks
) -> Markup:
    lines: Iterable[Markup] = (
        _in_round(
            round.number,
            _names(evening, round.number, talks[round.number], marked, marks)
            if round.number in talks
            else tag("span", str(say("app.free")), class_="small"),
        )
        for round in evening.rounds
    )
    return tag("li", tag("h4", str(say("app.table_number", table=table))), tag("ol", *lines, class_="way", role="list"))


def _in_round(number: int, inside: Markup) -> Markup:
    label = tag("span", tag("span", str(say("app.round")), " ", class_="unseen"), number, class_="round")
    return tag("li", label, tag("span", inside))
