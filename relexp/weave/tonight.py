"""What was woven at a gathering that is on, or has just ended: who really met, and what to tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from relexp.gathering.formats import Part
from relexp.gathering.running import Running
from relexp.gathering.tonight import Guest, Tonight
from relexp.pairing.evening import Evening
from relexp.roster.headers import ATTRIBUTES, PRIVATE
from relexp.roster.person import Person
from relexp.weave.cloth import Cloth, cloth
from relexp.weave.measures import Crossing, crossing
from relexp.weave.web import Web, talks

COLUMN = "organisation"


@dataclass(frozen=True)
class Woven:
    """The web of one evening so far, as a cloth, and how far it crosses where people came from."""

    web: Web
    cloth: Cloth
    crossing: Crossing

    @property
    def people(self) -> int:
        """How many talked with somebody."""
        return len({id for pair in self.web.first for id in pair})

    @property
    def by_chance(self) -> int | None:
        """How many of the pairs would be of two groups, had the same people been drawn by lot; None where none is."""
        chance, known = self.crossing.chance, self.crossing.between + self.crossing.within
        return round((chance.mean + 1) / 2 * known) if chance else None


def woven(tonight: Tonight, now: datetime, day: date) -> Woven | None:
    """What was woven so far; None before the first talk."""
    web = web_of(tonight, now, day)
    return Woven(web, cloth(web, COLUMN), crossing(web, COLUMN)) if web.ties else None


def web_of(tonight: Tonight, now: datetime, day: date) -> Web:
    """Who met so far, with what may be told of people: where they came from, and the columns that the plan was made by.

    Whoever only interpreted is no thread. Whoever did not come wove nothing, though a plan had a table for them; where
    nobody was checked in, on an evening held on paper, all are taken to have come. What the sheet keeps private is not
    told.
    """
    held = rounds_held(tonight.running(now))
    came = {guest.person.id for guest in tonight.people if guest.came is not None}
    there = [
        guest.person
        for guest in tonight.people
        if guest.person.interpreter_for is None and (not came or guest.person.id in came)
    ]
    columns = _told(tonight, there)
    people = {each.id: {column: _value(each, column) for column in columns} for each in there}
    ties = talks(Evening(tonight.rounds, tonight.names), day, tonight.id, range(1, held + 1))
    return Web(people, tuple(tie for tie in ties if tie.one in people and tie.other in people))


def _told(tonight: Tonight, people: Sequence[Person]) -> tuple[str, ...]:
    """The columns that may be told: where people came from, then what the sheet says beside it."""
    others = dict.fromkeys(column for person in people for column in person.values if column not in ATTRIBUTES)
    return tuple(column for column in (COLUMN, *others) if column not in tonight.asked.private | PRIVATE)


def _value(person: Person, column: str) -> str:
    return person.organisation if column == COLUMN else person.values.get(column, "")


def rounds_held(running: Running) -> int:
    """How many rounds people have talked in, the one that they talk in now included."""
    return running.round - (running.part is Part.PROMPT)


def talked_with(tonight: Tonight, person_id: str, now: datetime) -> tuple[Guest, ...]:
    """Whom somebody talked with so far, each once and in that order, as far as they may be told of one another again.

    Whoever took back to be on the plan is left out. Somebody under 18 is told nobody, and is told to nobody: whom they
    would like to meet again is for the grown-ups who look after them.
    """
    known = {guest.person.id: guest for guest in tonight.people}
    came = any(guest.came is not None for guest in tonight.people)
    held = rounds_held(tonight.running(now))

    def may_be_told(guest: Guest | None) -> bool:
        return guest is not None and not (guest.refused or guest.person.under_18 or (came and guest.came is None))

    if not may_be_told(known.get(person_id)):
        return ()
    talks = (talk.people for round in tonight.rounds if round.number <= held for talk in round.conversations)
    met = (id for people in talks if person_id in people for id in people if id != person_id)
    return tuple(known[id] for id in dict.fromkeys(met) if may_be_told(known.get(id)))
