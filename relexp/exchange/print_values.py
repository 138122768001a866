"""What is written on each card, sign, badge and list of the print pack, before it is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relexp.exchange.print_signs import Rounds, Seats
from relexp.exchange.routes import by_person, everyone
from relexp.gathering.latecomers import SpareCard
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster
from relexp.roster.words import fold

# A name is written as large as leaves it whole: up to so many letters, and so many in its longest word.
_FITS = ((26, 12), (44, 16), (70, 24))


def cards(evening: Evening, roster: Roster | None, rounds: Sequence[Round]) -> list[dict[str, object]]:
    """A card for everybody who is there in one of the rounds, by the alphabet: so they are laid out at the door."""
    routes = by_person(evening, roster)
    numbers = [round.number for round in rounds]
    return [
        {"id": id, "name": _name(evening, id), "stops": [(number, routes[id].get(number)) for number in numbers]}
        for id in _by_alphabet(evening, routes)
        if not routes[id].keys().isdisjoint(numbers)
    ]


def badges(evening: Evening, roster: Roster | None, organisations: bool) -> list[dict[str, object]]:
    """A badge for everybody, by the alphabet; with whom they came only where asked for, and never a private column."""
    shown = organisations and roster is not None and "organisation" not in roster.private
    return [
        {
            "id": id,
            "name": _name(evening, id),
            "size": name_size(_name(evening, id)),
            "organisation": roster[id].organisation if shown and roster is not None and id in roster else "",
        }
        for id in _by_alphabet(evening, everyone(evening, roster))
    ]


def signs(evening: Evening, rounds: Sequence[Round]) -> dict[int, Rounds]:
    """For every table that anybody sits at, in their order, who sits there in each round."""
    seated = {(talk.table, round.number): _at_table(evening, talk) for round in rounds for talk in round.conversations}
    return {
        table: [(round.number, seated.get((table, round.number))) for round in rounds]
        for table in sorted({table for table, _ in seated})
    }


def seating(evening: Evening, round: Round) -> Mapping[str, object]:
    """Who sits where in one round, by table, and who rests."""
    talks = sorted(round.conversations, key=lambda talk: talk.table)
    return {
        "number": round.number,
        "tables": [(talk.table, _at_table(evening, talk)) for talk in talks],
        "resting": _names(evening, round.resting),
    }


def listed(evening: Evening) -> list[str]:
    """All names in the order of the alphabet, as people look for their own."""
    return [_name(evening, id) for id in _by_alphabet(evening, evening.names)]


def spare(evening: Evening, made: Sequence[SpareCard], rounds: Sequence[Round]) -> list[dict[str, object]]:
    """The cards for latecomers; a round in which one joins nobody has None."""
    joined = {card.number: {round: _at_table(evening, talk) for round, talk in card.joins.items()} for card in made}
    return [
        {
            "number": card.number,
            "under_18": card.under_18,
            "stops": [
                (round.number, card.joins.get(round.number), joined[card.number].get(round.number)) for round in rounds
            ],
        }
        for card in made
    ]


def interpreters(evening: Evening) -> set[str]:
    """The ids of all who interpret for somebody."""
    talks = (talk for round in evening.rounds for talk in round.conversations)
    return {id for talk in talks for id in talk.interpreters}


def name_size(name: str) -> int:
    """How large a name is written on a badge: 1 the largest, 4 the smallest."""
    longest = max(map(len, name.split()), default=0)
    fitting = (size for size, (most, word) in enumerate(_FITS, start=1) if len(name) <= most and longest <= word)
    return next(fitting, len(_FITS) + 1)


def _by_alphabet(evening: Evening, ids: Iterable[str]) -> list[str]:
    """Accents and capitals do not move anybody; namesakes stay in their order."""
    return sorted(ids, key=lambda id: fold(_name(evening, id)))


def _at_table(evening: Evening, talk: Conversation) -> Seats:
    return {"people": _names(evening, talk.people), "interpreters": _names(evening, talk.interpreters)}


def _names(evening: Evening, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_name(evening, id) for id in ids)


def _name(evening: Evening, id: str) -> str:
    return evening.names.get(id, id)
