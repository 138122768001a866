"""How many rounds a room is offered before anybody has typed a number, and how many it may have."""

from __future__ import annotations

from relexp.messages import Message, say
from relexp.roster.person import Roster

ROUNDS = 5
MOST_ROUNDS = 30

# Rooms in which fewer rounds can be had than counting says, as trying every evening shows.
_FEWER = {5: 1, 7: 3}


def first_rounds(roster: Roster) -> int:
    """The number of rounds that stands there before anybody has typed one."""
    return min(ROUNDS, rounds_that_fit(len(roster.talkers)))


def rounds_range() -> Message:
    """What to say when no plan can have so many rounds."""
    return say("app.rounds_range", most=MOST_ROUNDS)


def rounds_that_fit(people: int) -> int:
    """How many rounds leave enough new partners for everybody: pairs there are, over pairs a round uses."""
    a_round = people // 2 + (2 if people % 2 else 0)
    return _FEWER.get(people, max(1, people * (people - 1) // 2 // max(1, a_round)))
