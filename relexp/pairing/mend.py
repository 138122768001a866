"""Whatever bends a rule, or rests or talks in threes without need, is dealt anew, a few tables at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from relexp.pairing.breaches import Kind, breaches
from relexp.pairing.deal import over_conversations
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.redeal import redeal
from relexp.pairing.room import Bools
from relexp.pairing.search import Pulse, settle

# Beyond so many people a round is only looked at a few times.
SEVERAL = 60
# As many people as a small integer program divides anew in a moment.
PEOPLE = 18
# How often the same trouble is looked at with other tables beside it: once on the way, and so often in the end.
LOOKS = 4
TURNS = 8
TURNS_OF_MANY = 3


def mend(draft: Draft, rounds: Sequence[int], pulse: Pulse, looks: int = LOOKS) -> None:
    """Deal troubled tables anew until nothing gets better; protection and access hold afterwards, come what may."""
    for _ in range(TURNS if draft.room.size <= SEVERAL else TURNS_OF_MANY):
        better = [_mend_round(draft, round, looks) for round in rounds]
        if not any(better):
            return
        settle(draft, rounds, pulse, 1)


def _mend_round(draft: Draft, round: int, looks: int) -> bool:
    """Deal anew around each of the round's troubles in turn; whether anything got better."""
    tables = draft.tables[round]
    troubled = draft.dice.permutation(np.nonzero(_troubled(draft, round) & ~_over(draft, round))[0])
    people = [int(person) for person in tables[troubled].ravel() if person != NOBODY]
    parts = [people[start : start + PEOPLE // 2] for start in range(0, len(people), PEOPLE // 2)]
    better = [any(redeal(draft, round, block) for block in _blocks(draft, round, part, looks)) for part in parts]
    return any(better)


def _blocks(draft: Draft, round: int, people: list[int], looks: int) -> Iterator[list[int]]:
    """Tables to deal anew together: where these people sit now, and others who could help, as many as are quick."""
    tables = draft.tables[round]
    open_tables = ~_over(draft, round)
    sizes = (tables != NOBODY).sum(axis=1)
    sitting = np.nonzero(open_tables & np.isin(tables, people).any(axis=1))[0].tolist()
    chosen = _with_families(draft, round, sitting, open_tables)
    others = open_tables & _could_help(draft, round, chosen)
    others[chosen] = False
    helpers = draft.dice.permutation(np.nonzero(others)[0]).tolist()
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
    again = np.append(draft.trios > 1, False)
    found |= three & again[tables].any(axis=1)
    return found


def _needed(draft: Draft, round: int) -> int:
    """How many conversations of three a round needs at least, by counting alone."""
    room = draft.room
    talking = room.talking(round)
    if room.sided:
        return abs(len(talking) - 2 * int(room.side[talking].sum()))
    return len(talking) % 2 if room.minor[talking].any() else room.threes(round)


def _with_families(draft: Draft, round: int, chosen: list[int], open_tables: Bools) -> list[int]:
    """These tables with those of the responsible adults of anybody there, and of the under-18s who wait for them."""
    room, tables = draft.room, draft.tables[round]
    at = {int(p): place for place in np.nonzero(open_tables)[0].tolist() for p in tables[place] if p != NOBODY}
    waits = {person for person, place in at.items() if room.minor[person] and tables[place, 1] == NOBODY}
    found, more = set[int](), set(chosen)
    while more:
        found |= more
        people = {*tables[sorted(more)].ravel().tolist()} - {NOBODY}
        family = {int(room.guardian[person]) for person in people if room.minor[person]}
        family |= {child for child in waits if int(room.guardian[child]) in people}
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
