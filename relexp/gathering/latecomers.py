"""Spare cards for people who come late to an evening on paper: which two they join in each round, fairly.

Nothing is known of a latecomer, so a card sends them only where anybody may sit. A card for adults joins two adults, a
card for under-18s two under-18s: nobody under 18 ever sits alone with an adult, nor with one whom nobody expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from relexp.pairing.evening import Conversation, Evening
from relexp.roster.person import Roster

# One card for so many people in the room, and never more than a sheet of paper or two.
_PEOPLE_A_CARD = 6
_MOST_CARDS = 12
_PAIR = 2


@dataclass(frozen=True, slots=True)
class SpareCard:
    """One latecomer's way: the pair that becomes a trio with them in each round; a round without one they sit out."""

    number: int
    under_18: bool
    joins: Mapping[int, Conversation]


def spare_cards(
    evening: Evening, roster: Roster | None = None, *, quiet: Collection[int] = (), after: int = 0
) -> tuple[SpareCard, ...]:
    """Cards to hand out in order, for the rounds after round `after`: first those for adults, then those for under-18s.

    Whoever takes them meets nobody twice, and no table ever has more than three who talk. As few people as possible
    sit in a second trio. Left alone are tables that are quiet, that have an interpreter, or where somebody asked for
    quiet, for women only, or speaks nothing that most of the room speaks. A card holds at least half of the rounds, the
    later ones first, as a latecomer misses the first ones; where no more can be had there are fewer cards, or none.
    Without a roster there are none: nobody knows then who is under 18.
    """
    if roster is None:
        return ()
    trios = Counter(
        id for round in evening.rounds for talk in round.conversations if len(talk.people) > _PAIR for id in talk.people
    )
    cards: list[SpareCard] = []
    for under_18 in (False, True):
        open_tables = _open_tables(evening, roster, set(quiet), under_18, after)
        people = sum(person.under_18 is under_18 for person in roster.talkers)
        for _ in range(min(_MOST_CARDS, -(-people // _PEOPLE_A_CARD))):
            joins = _way(open_tables, trios)
            if not joins or 2 * len(joins) < len(open_tables):
                break
            for round, talk in joins.items():
                open_tables[round].remove(talk)
                trios.update(talk.people)
            cards.append(SpareCard(len(cards) + 1, under_18, joins))
    return tuple(cards)


def _open_tables(
    evening: Evening, roster: Roster, quiet: set[int], under_18: bool, after: int
) -> dict[int, list[Conversation]]:
    """The pairs of each round that anybody of this age may join, whatever else is not known of them."""
    common = _common_language(roster)

    def welcomes(id: str) -> bool:
        if id not in roster:
            return False
        person = roster[id]
        speaks = not person.languages or not common or common in person.languages
        return person.under_18 is under_18 and not person.quiet and not person.women_only and speaks

    return {
        round.number: [
            talk
            for talk in round.conversations
            if len(talk.people) == _PAIR
            and not talk.interpreters
            and talk.table not in quiet
            and all(map(welcomes, talk.people))
        ]
        for round in evening.rounds
        if round.number > after
    }


def _common_language(roster: Roster) -> str:
    """The language that most people in the room speak; "" where the sheet says nothing of languages."""
    spoken = Counter(language for person in roster.talkers for language in person.languages)
    return max(sorted(spoken), key=spoken.__getitem__, default="")


def _way(open_tables: Mapping[int, list[Conversation]], trios: Counter[str]) -> dict[int, Conversation]:
    """A table in as many rounds as can be had one after the other from the last, whose people are all different."""
    met: set[str] = set()
    joins: dict[int, Conversation] = {}
    for round in sorted(open_tables, reverse=True):
        free = [talk for talk in open_tables[round] if met.isdisjoint(talk.people)]
        if free:
            talk = min(free, key=lambda talk: (*sorted((trios[id] for id in talk.people), reverse=True), talk.table))
            joins[round] = talk
            met.update(talk.people)
    return dict(sorted(joins.items()))
