"""What a draft breaks: every hard rule that does not hold in it, conversation by conversation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from relexp.pairing.deal import pinned_conversations
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.room import Bools, Ints
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Odd, Repeats


class Kind(StrEnum):
    """Which hard rule a conversation breaks."""

    APART = "apart"
    MINOR = "minor"
    SIDES = "sides"
    GROUP = "group"
    AGAIN = "again"
    CAP = "cap"
    PIN = "pin"
    REST = "rest"


# Rules of protection and access: no evening breaks them, not even the least bad one.
PROTECTED = frozenset({Kind.APART, Kind.MINOR, Kind.SIDES})


@dataclass(frozen=True)
class Breach:
    """One hard rule broken in one conversation of a round (numbered from 0): which, and by whom."""

    kind: Kind
    round: int
    table: int
    people: tuple[int, ...]


def breaches(draft: Draft) -> list[Breach]:
    """Every hard rule that a draft breaks, round by round."""
    room = draft.room
    found = []
    again_allowed = room.rules.repeats is Repeats.FEWEST
    first_met: set[tuple[int, int]] = set()
    for round, tables in enumerate(draft.tables):
        over = _over(draft, round)
        for table in np.nonzero(_suspect(draft, tables))[0]:
            people = tuple(sorted(int(person) for person in tables[table] if person != NOBODY))
            done = people in over
            found += [] if done else _conversation(draft, round, int(table), people)
            for pair in combinations(people, 2):
                known = pair in first_met or room.history[pair] > 0
                if known and not again_allowed and not done:
                    found.append(Breach(Kind.AGAIN, round, int(table), pair))
                first_met.add(pair)
    return found + _pins(draft) + _caps(draft)


def _suspect(draft: Draft, tables: Ints) -> Bools:
    """Which conversations could break a rule, and deserve a closer look."""
    room = draft.room
    a, b, c = tables.T
    three = c != NOBODY

    def bad(one: Ints, other: Ints) -> Bools:
        forbidden: Bools = room.apart[one, other] | room.unwished[one, other] | (draft.met[one, other] > 1)
        return forbidden

    odd: Bools = (b == NOBODY) | bad(a, b) | (three & (bad(a, c) | bad(b, c)))
    if room.minor.any():
        odd |= room.minor[tables].any(axis=1)
    if room.sided:
        odd |= True
    return odd


def _over(draft: Draft, round: int) -> set[tuple[int, ...]]:
    """The conversations that have already happened in a round, whatever the rules say of them."""
    place = draft.room.place
    done = (pin.people for pin in draft.room.rules.locked if pin.round == round + 1)
    return {tuple(sorted(place[id] for id in people if id in place)) for people in done}


def _conversation(draft: Draft, round: int, table: int, people: tuple[int, ...]) -> list[Breach]:
    room = draft.room
    if len(people) == 1:
        return _resting(draft, round, table, people[0])
    found = []
    for one, other in combinations(people, 2):
        if room.apart[one, other]:
            found.append(Breach(Kind.APART, round, table, (one, other)))
        elif room.grouped[one, other]:
            found.append(Breach(Kind.GROUP, round, table, (one, other)))
    seats = [np.array([person]) for person in people]
    if len(people) == 2:
        if room.minor[people[0]] != room.minor[people[1]]:
            found.append(Breach(Kind.MINOR, round, table, people))
        if room.sided and room.side[people[0]] == room.side[people[1]]:
            found.append(Breach(Kind.SIDES, round, table, people))
    else:
        if lonely_minor(room, *seats)[0]:
            found.append(Breach(Kind.MINOR, round, table, people))
        if room.sided and lopsided(room, *seats)[0]:
            found.append(Breach(Kind.SIDES, round, table, people))
    return found


def _resting(draft: Draft, round: int, table: int, person: int) -> list[Breach]:
    room = draft.room
    adult = int(room.guardian[person])
    waits = set(draft.tables[round][draft.tables[round][:, 1] == NOBODY, 0].tolist())
    if room.minor[person] and adult >= 0 and adult in room.talking(round) and adult not in waits:
        return [Breach(Kind.MINOR, round, table, (person,))]
    return [Breach(Kind.REST, round, table, (person,))] if person in needless_rests(draft, round) else []


def needless_rests(draft: Draft, round: int) -> set[int]:
    """Who rests although the rules seat everyone: beyond what arithmetic asks, those who rest the most.

    An under-18 without a partner rests with their responsible adult; hosts and guests who outnumber the other side
    rest in turn; a person alone in the room can only rest.
    """
    room = draft.room
    resting = {int(row[0]) for row in draft.tables[round] if row[1] == NOBODY}
    excused = {p for p in resting if room.minor[p]}
    excused |= {int(room.guardian[p]) for p in excused} & resting
    talking = room.talking(round)
    if room.sided:
        adults = [p for p in talking.tolist() if not room.minor[p] and p not in excused]
        guests = int(room.side[adults].sum())
        hosts = len(adults) - guests
        allowed = sided_rests(hosts, guests, room.one_to_two, room.rules.odd is Odd.TRIO)
    elif room.rules.odd is Odd.REST:
        allowed = len(talking) % 2 + (1 if room.minor[talking].any() else 0)
    else:
        allowed = 1 if len(talking) - len(excused) == 1 else 0
    return {*sorted(resting - excused, key=lambda person: (draft.rests[person], person))[allowed:]}


def sided_rests(hosts: int, guests: int, one_to_two: bool, trios: bool) -> int:
    """How many must rest when `hosts` and `guests` sit across from each other."""
    few, many = min(hosts, guests), max(hosts, guests)
    doubled = guests >= hosts if one_to_two else trios
    return max(0, many - (2 * few if doubled else few))


def _pins(draft: Draft) -> list[Breach]:
    """Wishes that are not kept: their people do not sit together, though all of them are there to talk."""
    found = []
    for round, tables in enumerate(draft.tables):
        for pin in pinned_conversations(draft.room, round):
            at = [int(np.nonzero((tables == person).any(axis=1))[0][0]) for person in pin]
            if len({*at}) > 1:
                found.append(Breach(Kind.PIN, round, at[0], tuple(sorted(pin))))
    return found


def _caps(draft: Draft) -> list[Breach]:
    found = []
    for cap, counts in zip(draft.room.caps, draft.same, strict=True):
        if cap is not None:
            found += [Breach(Kind.CAP, -1, -1, (int(person),)) for person in np.nonzero(counts > cap)[0]]
    return found
