"""The first deal of a round: how many pairs, trios and rests arithmetic makes of who is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from relexp.pairing.draft import FREE, HELD, NOBODY, THIRD, Draft
from relexp.pairing.room import Ints, Room
from relexp.pairing.worth import lonely_minor, lopsided
from relexp.roster.rules import Odd, Pin

Group = tuple[int, ...]


def deal(draft: Draft, round: int, kept: Sequence[Group] = ()) -> None:
    """Seat everybody who talks in a round: held and `kept` conversations first, then the others by arithmetic."""
    room = draft.room
    over, pinned = over_conversations(room, round), pinned_conversations(room, round)
    taken = {person for group in (*over, *pinned) for person in group}
    kept = [group for group in kept if not taken & set(group)]
    there = [int(person) for person in draft.dice.permutation(room.talking(round)) if int(person) not in taken]
    kept = make_room(draft, set(there), kept)
    placed = {one for group in kept for one in group}
    free = [person for person in there if person not in placed]
    hosts = _hosts_of_a_third(draft, free, pinned)
    groups = _by_arithmetic(draft, free[1:] if hosts else free)
    thirds: list[Group] = [(*hosts, free[0])] if hosts else []
    alone = [group[0] for group in groups if len(group) == 1]
    for person in sorted(alone, key=lambda person: not room.minor[person]):
        company = {int(room.guardian[minor]) for minor in alone if room.minor[minor]}
        still = [group for group in pinned if group not in {third[:2] for third in thirds}]
        pair = _pair_to_join(draft, person, still) if person not in company else None
        if pair:
            thirds.append((*pair, person))
            alone.remove(person)
            groups = [group for group in groups if group != (person,)]
    pinned = [group for group in pinned if group not in {third[:2] for third in thirds}]
    waiting = _waiting(room, groups)
    rows = [*over, *pinned, *thirds, *groups, *kept]
    states = [HELD] * (len(over) + len(pinned)) + [THIRD] * len(thirds)
    states += [HELD if len(group) == 1 and group[0] in waiting else FREE for group in rows[len(states) :]]
    draft.lay(round, as_tables(rows), states)


def _waiting(room: Room, groups: Sequence[Group]) -> set[int]:
    """Under-18s without a partner, and the responsible adults who rest with them: they stay put."""
    alone = {group[0] for group in groups if len(group) == 1}
    minors = {person for person in alone if room.minor[person]}
    return minors | (alone & {int(room.guardian[person]) for person in minors})


def _hosts_of_a_third(draft: Draft, free: list[int], pinned: list[Group]) -> Group | None:
    """A pinned pair that somebody joins as a third: where only one is left, or now and then for the sake of choice."""
    room = draft.room
    if room.sided or room.rules.odd is not Odd.TRIO or len(free) % 2 == 0:
        return None
    options = [group for group in pinned if len(group) == 2 and may_join(draft, free[0], group)]
    if not options or (len(free) > 1 and draft.dice.random() < 0.5):
        return None
    return options[int(draft.dice.integers(len(options)))]


def _pair_to_join(draft: Draft, person: int, pinned: list[Group]) -> Group | None:
    """The pinned pair that somebody who would rest can join: any for whoever is left over, or one with their adult."""
    room = draft.room
    if room.rules.odd is not Odd.TRIO and not room.one_to_two and not room.minor[person]:
        return None
    pairs = [group for group in pinned if len(group) == 2 and may_join(draft, person, group)]
    if room.minor[person]:
        pairs = [group for group in pairs if int(room.guardian[person]) in group or room.minor[list(group)].any()]
    return pairs[0] if pairs else None


def _by_arithmetic(draft: Draft, free: list[int]) -> list[Group]:
    room = draft.room
    if room.sided:
        return _across_sides(room, free)
    minors = [person for person in free if room.minor[person]]
    adults = [person for person in free if not room.minor[person]]
    return _with_minors(draft, minors, adults) if minors else _plain(room, adults)


def over_conversations(room: Room, round: int) -> list[Group]:
    """The conversations of a round that have already happened."""
    return _named(room, round, room.rules.locked, set())


def pinned_conversations(room: Room, round: int) -> list[Group]:
    """The conversations of a round that the organiser has fixed."""
    over = {person for group in over_conversations(room, round) for person in group}
    return _named(room, round, room.rules.pins, over)


def _named(room: Room, round: int, pins: Sequence[Pin], taken: set[int]) -> list[Group]:
    place = room.place
    groups: list[Group] = []
    for pin in pins:
        if pin.round != round + 1:
            continue
        group = tuple(place[id] for id in pin.people if id in place)
        if len(group) > 1 and not taken & set(group):
            groups.append(group)
            taken = taken | set(group)
    return groups


def make_room(draft: Draft, there: set[int], kept: Sequence[Group]) -> list[Group]:
    """Open as many kept pairs as there are people left over who can only join one: the pairs who gain the most."""
    kept = list(kept)
    loose = sorted(there - {person for group in kept for person in group})
    if not kept:
        return kept
    for joiner in joiners(draft.room, loose):
        options = [group for group in kept if len(group) == 2 and may_join(draft, joiner, group)]
        if options:
            best = max(options, key=lambda group: _welcome(draft, joiner, group))
            kept.remove(best)
    return kept


def spare_trios(groups: Sequence[Group], there: set[int], pairs: Sequence[Group]) -> list[Group]:
    """The conversations to keep: these pairs, and whole trios where the others come out even without them."""
    trios = [group for group in groups if len(group) == 3 and set(group) <= there]
    loose = len(there) - 2 * len(pairs) - 3 * len(trios)
    return [*pairs, *trios] if loose % 2 == 0 else list(pairs)


def joiners(room: Room, loose: Sequence[int]) -> list[int]:
    """Who is left over among the people without a conversation, and has to make a pair a trio."""
    if room.sided:
        sides = [[p for p in loose if room.side[p] == side] for side in (0, 1)]
        few, many = sorted(sides, key=len)
        trios = many is sides[1] if room.one_to_two else room.rules.odd is Odd.TRIO
        return many[2 * len(few) :] if trios else []
    return list(loose) if len(loose) == 1 and room.rules.odd is Odd.TRIO else []


def may_join(draft: Draft, joiner: int, pair: Group) -> bool:
    """Whether somebody may join a pair as their third."""
    room = draft.room
    barred = room.apart[joiner] | room.unwished[joiner] | draft.spent[joiner]
    seats = [np.array([person]) for person in (joiner, *pair)]
    crooked = lonely_minor(room, *seats) | (room.sided and lopsided(room, *seats))
    return not barred[list(pair)].any() and not crooked[0]


def _welcome(draft: Draft, joiner: int, pair: Group) -> tuple[int, float]:
    """How well a pair would become a trio: people without one so far first, then the difference it brings."""
    had = int(draft.trios[list(pair)].sum())
    return -had, float(draft.room.d[joiner, list(pair)].sum() - draft.room.d[pair])


def seated(talks: Sequence[Group], pinned: Sequence[Group]) -> tuple[list[Group], list[int]]:
    """Conversations with their states, those with a wish first and its people in front: only their third may change."""
    rows, states = [], []
    for talk in sorted(talks, key=lambda talk: not any({*pin} <= {*talk} for pin in pinned)):
        pin = next((pin for pin in pinned if {*pin} <= {*talk}), ())
        rows.append((*pin, *(person for person in talk if person not in pin)))
        states.append(FREE if not pin else HELD if len(pin) == len(talk) else THIRD)
    return rows, states


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
    open_seat = not draft.spent[minor, guardian] and not room.apart[minor, guardian]
    fits = [
        adult
        for adult in others
        if not room.apart[adult, [minor, guardian]].any() and not draft.spent[adult, [minor, guardian]].any()
    ]
    if room.rules.odd is Odd.TRIO and open_seat and fits and len(others) != 2:
        rest = [adult for adult in others if adult != fits[0]]
        return [(minor, guardian, fits[0]), *_plain(room, rest)]
    return [(minor,), (guardian,), *_plain(room, others)]


def _across_sides(room: Room, people: list[int]) -> list[Group]:
    """Hosts across from guests; under-18s have conversations of their own, and rest with an adult where they cannot."""
    young = _face_to_face(room, [person for person in people if room.minor[person]])
    waiting = {int(room.guardian[group[0]]) for group in young if len(group) == 1} & set(people)
    adults = [person for person in people if not room.minor[person] and person not in waiting]
    return young + [(person,) for person in sorted(waiting)] + _face_to_face(room, adults)


def _face_to_face(room: Room, people: list[int]) -> list[Group]:
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
