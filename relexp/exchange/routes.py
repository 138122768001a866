"""Everybody's way through the evening: in which round they sit at which table, and with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from relexp.pairing.evening import Evening, Round
from relexp.roster.person import Roster


@dataclass(frozen=True, slots=True)
class Stop:
    """One person in one round: their table and their partners' names, or neither while they rest.

    `interpreters` are the names of those who sit with them to interpret. Somebody who `interprets` has for partners all
    who talk at the table.
    """

    round: int
    id: str
    name: str
    table: int | None = None
    partners: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    interprets: bool = False


def everyone(evening: Evening, roster: Roster | None = None) -> tuple[str, ...]:
    """The ids of all who have a part in the evening, in the order of the sheet where there is one."""
    if roster is None:
        return tuple(evening.names)
    known = [person.id for person in roster if person.id in evening.names]
    return (*known, *(id for id in evening.names if id not in roster))


def stops(evening: Evening, roster: Roster | None = None) -> Iterator[Stop]:
    """Every person in every round they attend, by round, then table, then as the conversation names them.

    Those who rest come last in their round, among them an interpreter whose person rests.
    """
    order = everyone(evening, roster)
    for round in sorted(evening.rounds, key=lambda round: round.number):
        yield from _round_stops(evening, round, order)


def by_person(evening: Evening, roster: Roster | None = None) -> dict[str, dict[int, Stop]]:
    """Each person's stops by round, for everyone in order; a round they do not attend is not there."""
    found: dict[str, dict[int, Stop]] = {id: {} for id in everyone(evening, roster)}
    for stop in stops(evening, roster):
        found.setdefault(stop.id, {})[stop.round] = stop
    return found


def with_new_cards(before: Evening, now: Evening, after: int) -> tuple[str, ...]:
    """The ids of those whose card no longer holds after round `after`, or who have none yet, in the evening's order.

    A card holds while its table and all who sit at it are the same in each round to come.
    """
    old, new = _company(before, after), _company(now, after)
    return tuple(id for id in everyone(now) if id in new and new[id] != old.get(id))


def _company(evening: Evening, after: int) -> dict[str, dict[int, tuple[int | None, frozenset[str]]]]:
    """Each person's table and company in the rounds after `after`; neither while they rest."""
    found: dict[str, dict[int, tuple[int | None, frozenset[str]]]] = {}
    for stop in stops(evening):
        if stop.round > after:
            found.setdefault(stop.id, {})[stop.round] = (None, frozenset())
    for round in evening.rounds:
        for talk in round.conversations if round.number > after else ():
            there = frozenset((*talk.people, *talk.interpreters))
            for id in there:
                found[id][round.number] = (talk.table, there)
    return found


def _round_stops(evening: Evening, round: Round, order: tuple[str, ...]) -> Iterator[Stop]:
    def name(id: str) -> str:
        return evening.names.get(id, id)

    seated = set()
    for conversation in sorted(round.conversations, key=lambda conversation: conversation.table):
        for id in (*conversation.people, *conversation.interpreters):
            seated.add(id)
            partners = tuple(name(other) for other in conversation.people if other != id)
            helpers = tuple(name(other) for other in conversation.interpreters if other != id)
            interprets = id in conversation.interpreters
            yield Stop(round.number, id, name(id), conversation.table, partners, helpers, interprets)
    for id in order:
        if id not in seated and round.number in evening.present.get(id, (round.number,)):
            yield Stop(round.number, id, name(id))
