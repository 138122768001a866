"""Small rooms on the planner's desk: people by letters, seats by letters, and what the search makes of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from relexp.pairing.deal import as_tables
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.room import Room, open_room
from relexp.pairing.seating import furnish
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, Rules


def opened(roster: Roster, rules: Rules) -> Room:
    """The room with its tables set, as the planner opens it."""
    return open_room(roster, rules, dict(furnish(roster, rules).fixed))


def desk(roster: Roster, rules: Rules, *rounds: Sequence[str], states: Sequence[Sequence[int]] = ()) -> Draft:
    """A draft with these conversations, each a word of one-letter ids ("ab" is a with b, "c" rests)."""
    room = opened(roster, rules)
    draft = Draft(room, rules.seed)
    for number, talks in enumerate(rounds):
        groups = [tuple(room.ids.index(id) for id in talk) for talk in talks]
        draft.lay(number, as_tables(groups), states[number] if len(states) > number else None)
    return draft


def groups(draft: Draft, round: int = 0) -> list[str]:
    """Who sits with whom in a round, as sorted words."""
    rows = [sorted(draft.room.ids[person] for person in row if person != NOBODY) for row in draft.tables[round]]
    return sorted("".join(row) for row in rows)


def mixed(size: int, rounds: int = 6, seed: int = 0, **parts: object) -> tuple[Roster, Rules]:
    """An ordinary workshop: organisations, areas, years, interests, of which one or the other is blank."""
    rng = np.random.default_rng([seed, size])
    people = []
    for number in range(size):
        values = {
            "organisation": str(rng.choice(["Mosque", "Church", "School", "Union", "Choir", "Tenants", ""])),
            "area": str(rng.choice(["Bow", "Poplar", "Stepney", "Mile End"])),
            "years": str(int(rng.integers(0, 30))),
            "interests": "; ".join(rng.choice(["chess", "food", "song", "walks"], int(rng.integers(1, 4)), False)),
        }
        people.append(Person(f"p{number}", f"Person {number}", values=values))
    across = (
        Across("organisation", 4.0),
        Across("area", 2.0),
        Across("years", 1.0, Kind.NUMBER),
        Across("interests", 1.0, Kind.SET),
    )
    rules = Rules(rounds=rounds, across=across, **parts)  # type: ignore[arg-type]
    return Roster(tuple(people), {key: key.title() for key in people[0].values}), rules
