"""Whatever bends a rule, or rests or talks in threes without need, is dealt anew, a few tables at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from relexp.pairing.breaches import PROTECTED, Kind, breaches
from relexp.pairing.deal import over_conversations, pinned_conversations
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.redeal import redeal
from relexp.pairing.room import Bools
from relexp.pairing.search import Pulse, settle
from relexp.pairing.worth import lonely_minor, lopsided

# Beyond so many people a round is only looked at a few times.
SEVERAL = 60
# As many people as a small integer program divides anew in a moment.
PEOPLE = 18
# How often the same trouble is looked at with other tables beside it: once on the way, and so often in the end.
LOOKS = 4
TURNS = 8
TURNS_OF_MANY = 3
# How far a step has come when it is mended.
WITHIN_STEP = 0.95


def mend(draft: Draft, rounds: Sequence[int], pulse: Pulse, looks: int = LOOKS) -> None:
    """Deal troubled tables anew until nothing gets better; protection and access hold afterwards, come what may.

    Once the search is asked to stop, nothing but what protection and access ask for is mended.
    """
    for _ in range(TURNS if draft.room.size <= SEVERAL else TURNS_OF_MANY):
        better = [_mend_round(draft, round, pulse, looks) for round in rounds]
        if pulse.stopped or not any(better):
            return
        settle(draft, rounds, pulse, 1)


def _mend_round(draft: Draft, round: int, pulse: Pulse, looks: int) -> bool:
    """Deal anew around each of the round's troubles in turn; whether anything got better."""
    tables = draft.tables[round]
    found = _forbidden(draft, round) if pulse.stopped else _troubled(draft, round)
    troubled = draft.dice.permutation(np.nonzero(found & ~_over(draft, round))[0])
    people = [int(person) for person in tables[troubled].ravel() if person != NOBODY]
    better = False
    for start in range(0, len(people), PEOPLE // 2):
        part = people[start : start + PEOPLE // 2]
        better |= any(redeal(draft, round, block) for block in _blocks(draft, round, part, looks))
        pulse.beat(WITHIN_STEP)
        if pulse.stopped:
            break
    return better


def _blocks(draft: Draft, round: int, people: list[int], looks: int) -> Iterator[list[int]]:
    """Tables to deal anew together: where these people sit now, and others who could help, as many as are quick."""
    tables = draft.tables[round]
    open_tables = ~_over(draft, round)
    sizes = (tables != NOBODY).sum(axis=1)
    sitting = np.nonzero(open_tables & np.isin(tables, people).any(axis=1))[0].tolist()
    chosen = _with_families(draft, round, sitting, open_tables)
    others = open_tables & _could_help(draft, round, chosen)
    others[chosen] = False
    joined = _could_be_joined(draft, round, people)
    helpers = [
        int(table) for first in (~joined, joined) for table in draft.dice.permutation(np.nonzero(others & first)[0])
    ]
    for _ in range(looks):
        block = list(chosen)
        while helpers and int(sizes[block].sum()) + int(sizes[helpers[-1]]) <= PEOPLE:
            block.append(helpers.pop())
        yield _with_families(draft, round, block, open_tables)
        if not helpers or len(block) == len(chosen):
            break


def _over(draft: Draft, round: int) -> Bools:
    """Which tables of a round hold a conversation that has already happened."""
    over = [{*group} for group in over_conversations(draft.room, round)]
    return np.array([{*row[row != NOBODY].tolist()} in over for row in draft.tables[round]], dtype=bool)


def _troubled(draft: Draft, round: int) -> Bools:
    """Which tables bend a rule, have somebody rest beside or because of an under-18, or talk in a three too many."""
    room, tables = draft.room, draft.tables[round]
    found = np.zeros(len(tables), dtype=bool)
    broken = breaches(draft)
    found[[breach.table for breach in broken if breach.round == round]] = True
    over_cap = {person for breach in broken if breach.kind is Kind.CAP for person in breach.people}
    for place, row in enumerate(tables):
        people = row[row != NOBODY]
        if over_cap & {*people.tolist()}:
            found[place] |= any(same[np.ix_(people, people)].any() for same in room.same)
    talking = room.talking(round)
    three = tables[:, 2] != NOBODY
    if int(three.sum()) > _needed(draft, round):
        found |= three
    if room.minor[talking].any():
        found |= tables[:, 1] == NOBODY
    if (draft.trios[room.seats() > 0] == 0).any():
        again = np.append(draft.trios > 1, False)
        found |= three & again[tables].any(axis=1)
    return found


def _forbidden(draft: Draft, round: int) -> Bools:
    """Which tables of a round break a rule of protection or access."""
    found = np.zeros(len(draft.tables[round]), dtype=bool)
    broken = (breach for breach in breaches(draft) if breach.round == round and breach.kind in PROTECTED)
    found[[breach.table for breach in broken]] = True
    return found


def _needed(draft: Draft, round: int) -> int:
    """How many conversations of three a round needs at least, by counting alone."""
    room = draft.room
    talking = room.talking(round)
    if room.sided:
        return abs(len(talking) - 2 * int(room.side[talking].sum()))
    return len(talking) % 2 if room.minor[talking].any() else room.threes(round)


def _with_families(draft: Draft, round: int, chosen: list[int], open_tables: Bools) -> list[int]:
    """These tables with those of anybody there's responsible adult, of the under-18s who wait for them, of a wish."""
    room, tables = draft.room, draft.tables[round]
    at = {int(p): place for place in np.nonzero(open_tables)[0].tolist() for p in tables[place] if p != NOBODY}
    waits = {person for person, place in at.items() if room.minor[person] and tables[place, 1] == NOBODY}
    pinned = pinned_conversations(room, round)
    found, more = set[int](), set(chosen)
    while more:
        found |= more
        people = {*tables[sorted(more)].ravel().tolist()} - {NOBODY}
        family = {int(room.guardian[person]) for person in people if room.minor[person]}
        family |= {child for child in waits if int(room.guardian[child]) in people}
        family |= {one for pin in pinned if people & {*pin} for one in pin}
        more = {at[person] for person in family if person in at} - found
    return sorted(found)


def _could_help(draft: Draft, round: int, chosen: list[int]) -> Bools:
    """Which tables have somebody who may still talk with somebody at the chosen ones."""
    room, tables = draft.room, draft.tables[round]
    rows = tables[chosen]
    people = rows[rows != NOBODY]
    closed = room.apart[people] | room.unwished[people] | draft.spent[people]
    anybody: Bools = (~closed).any(axis=0)
    helpful: Bools = (anybody[tables] & (tables != NOBODY)).any(axis=1)
    return helpful


def _could_be_joined(draft: Draft, round: int, people: list[int]) -> Bools:
    """Which tables could take one of these people in: a pair as its third, or a three that splits into two pairs."""
    room, tables = draft.room, draft.tables[round]
    joiner = np.array(people, dtype=np.int64)
    chairs = [tables[:, chair] for chair in range(3)]
    one, other = chairs[0][None, :], chairs[1][None, :]
    closed = room.apart | room.unwished | draft.spent
    fine = ~(closed[joiner[:, None], one] | closed[joiner[:, None], other])
    fine &= ~lonely_minor(room, joiner[:, None], one, other)
    if room.sided:
        fine &= ~lopsided(room, joiner[:, None], one, other)
    pair = (chairs[1] != NOBODY) & (chairs[2] == NOBODY)
    joined: Bools = fine.any(axis=0) & pair
    for chair in range(3):
        left, right = chairs[chair - 2], chairs[chair - 1]
        pairs = ~(closed[joiner[:, None], chairs[chair][None, :]] | room.alone_bad(joiner, chairs[chair]))
        crooked = room.minor[left] != room.minor[right]
        crooked |= room.sided & (room.side[left] == room.side[right])
        joined |= pairs.any(axis=0) & ~crooked & (chairs[2] != NOBODY)
    return joined
