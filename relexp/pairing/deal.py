"""The first deal of a round: how many pairs, trios and rests arithmetic makes of who is there, before anyone is matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.room import Ints, Room
from relexp.roster.rules import Odd

Group = tuple[int, ...]


def deal(draft: Draft, round: int, kept: Sequence[Group] = ()) -> None:
    """Seat everybody who talks in a round: held and `kept` conversations first, then the rest by its arithmetic."""
    room = draft.room
    held = held_conversations(room, round)
    pinned = {person for group in held for person in group}
    kept = [group for group in kept if not pinned & set(group)]
    taken = pinned | {person for group in kept for person in group}
    free = [int(person) for person in draft.dice.permutation(room.talking(round)) if int(person) not in taken]
    if room.sided:
        groups = _across_sides(room, free)
    else:
        minors = [person for person in free if room.minor[person]]
        adults = [person for person in free if not room.minor[person]]
        groups = _with_minors(draft, minors, adults) if minors else _plain(room, adults)
    groups, held = _nobody_left_out(room, [*groups, *kept], held)
    tables = as_tables([*held, *groups])
    draft.lay(round, tables, [True] * len(held) + [_waits(room, group, groups) for group in groups])


def _waits(room: Room, group: Group, groups: Sequence[Group]) -> bool:
    """Whether this is an under-18 without a partner, or the responsible adult who rests with them: both stay put."""
    if len(group) > 1:
        return False
    minors = [other[0] for other in groups if len(other) == 1 and room.minor[other[0]]]
    return group[0] in minors or group[0] in room.guardian[minors]


def held_conversations(room: Room, round: int) -> list[Group]:
    """The conversations that the rules hold fast in a round: pinned, or already over."""
    place = {id: index for index, id in enumerate(room.ids)}
    groups: list[Group] = []
    seen: set[int] = set()
    for pin in (*room.rules.locked, *room.rules.pins):
        group = tuple(place[id] for id in pin.people if id in place)
        if pin.round == round + 1 and len(group) > 1 and not seen & set(group):
            groups.append(group)
            seen |= set(group)
    return groups


def as_tables(groups: Sequence[Group]) -> Ints:
    """Groups of one to three people as a (T, 3) table."""
    rows = [[*group, *[NOBODY] * (3 - len(group))] for group in groups]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def _pairs(people: Sequence[int]) -> list[Group]:
    return [(people[k], people[k + 1]) for k in range(0, len(people) - 1, 2)]


def _plain(room: Room, people: list[int]) -> list[Group]:
    if len(people) % 2 == 0:
        return _pairs(people)
    if len(people) == 1 or room.rules.odd is Odd.REST:
        return [*_pairs(people[1:]), (people[0],)]
    return [*_pairs(people[3:]), (people[0], people[1], people[2])]


def _with_minors(draft: Draft, minors: list[int], adults: list[int]) -> list[Group]:
    """Under-18s talk among themselves; the one left over joins two others, and adults close their own ranks."""
    room = draft.room
    trio = room.rules.odd is Odd.TRIO
    if len(minors) == 1:
        return _one_minor(draft, minors[0], adults)
    groups: list[Group] = []
    if len(minors) % 2:
        groups.append((minors[0], minors[1], minors[2]))
        minors = minors[3:]
    if len(adults) % 2 and trio and len(minors) >= 2 and _adult_joins(draft, minors, adults):
        groups.append((minors[0], minors[1], adults[0]))
        minors, adults = minors[2:], adults[1:]
    return [*groups, *_pairs(minors), *_plain(room, adults)]


def _adult_joins(draft: Draft, minors: list[int], adults: list[int]) -> bool:
    """Whether the adult left over sits with two under-18s rather than with two adults: whoever has had fewer trios."""
    if len(adults) < 3:
        return True
    return float(draft.trios[minors].mean()) < float(draft.trios[adults].mean())


def _one_minor(draft: Draft, minor: int, adults: list[int]) -> list[Group]:
    """A single under-18 sits with their responsible adult and one more, once; otherwise they rest together."""
    room = draft.room
    guardian = int(room.guardian[minor])
    if guardian not in adults:
        return [(minor,), *_plain(room, adults)]
    others = [adult for adult in adults if adult != guardian]
    open_seat = not draft.met[minor, guardian] and not room.apart[minor, guardian]
    fits = [
        adult
        for adult in others
        if not room.apart[adult, [minor, guardian]].any() and not draft.met[adult, [minor, guardian]].any()
    ]
    if room.rules.odd is Odd.TRIO and open_seat and fits and len(others) != 2:
        rest = [adult for adult in others if adult != fits[0]]
        return [(minor, guardian, fits[0]), *_plain(room, rest)]
    return [(minor,), (guardian,), *_plain(room, others)]


def _across_sides(room: Room, people: list[int]) -> list[Group]:
    hosts = [person for person in people if room.side[person] == 0]
    guests = [person for person in people if room.side[person] == 1]
    few, many = (hosts, guests) if len(hosts) <= len(guests) else (guests, hosts)
    trios = room.rules.odd is Odd.TRIO or room.one_to_two
    if room.one_to_two and many is hosts:
        trios = False
    extra = min(len(many) - len(few), len(few)) if trios else 0
    groups: list[Group] = [(few[k], many[2 * k], many[2 * k + 1]) for k in range(extra)]
    few, many = few[extra:], many[2 * extra :]
    groups += list(zip(few, many, strict=False))
    return groups + [(person,) for person in many[len(few) :]]


def _nobody_left_out(room: Room, groups: list[Group], held: list[Group]) -> tuple[list[Group], list[Group]]:
    """Where only one is left beside pinned pairs, they join one of those as a third."""
    alone = [group for group in groups if len(group) == 1]
    if room.rules.odd is not Odd.TRIO or room.sided or len(groups) != 1 or len(alone) != 1:
        return groups, held
    (person,) = alone[0]
    for index, group in enumerate(held):
        if len(group) == 2 and not room.minor[[person, *group]].any() and not room.apart[person, list(group)].any():
            return [], [*held[:index], (*group, person), *held[index + 1 :]]
    return groups, held
