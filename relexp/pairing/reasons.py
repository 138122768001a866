"""Why an evening cannot be: the smallest cause in people's words, and what the least bad evening bends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from relexp.messages import Message, say
from relexp.pairing.breaches import Breach, Kind, sided_rests
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.report import fewest_meetings
from relexp.pairing.room import Ints, Room, sharing
from relexp.pairing.shortage import shortage
from relexp.roster.difference import groups
from relexp.roster.rules import Across, NeverSame, Odd, Repeats

# More than this many names in one list help nobody.
LISTED = 6


def reasons(draft: Draft, broken: Sequence[Breach]) -> list[Message]:
    """Why the hard rules cannot all hold, the smallest cause first, then what the evening at hand bends."""
    causes = proven_causes(draft.room, broken)
    if not causes:
        many = len(broken)
        what = "meeting" if many == 1 else "meetings or places"
        causes = [say("impossible.proven" if draft.proven else "impossible.searched", count=many, what=what)]
    return [*causes, *_bent(draft, broken)]


def proven_causes(room: Room, broken: Sequence[Breach]) -> list[Message]:
    """Causes that need no search: by counting alone, no evening in this room can keep every rule."""
    causes = [*_too_many_rounds(room), *_crowds(room), *_caps(room), *_few_partners(room, broken)]
    return causes or list(_few_for_several(room))


def _few_for_several(room: Room) -> Iterator[Message]:
    short = shortage(room)
    if short is not None:
        names = [_name(room, person) for person in short.people]
        listed = ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
        yield say(
            "impossible.few",
            round=short.round + 1,
            count=len(names),
            partners=len(short.partners),
            people=listed,
        )


def notes(draft: Draft) -> list[Message]:
    """What the organiser should know of an evening that keeps every rule: under-18s who rest, and with whom."""
    room = draft.room
    found = []
    for round, tables in enumerate(draft.tables):
        for person in (int(row[0]) for row in tables if row[1] == NOBODY):
            if room.minor[person]:
                adult = int(room.guardian[person])
                with_adult = adult >= 0 and bool(room.here[adult, round])
                code = "note.minor_rests_with" if with_adult else "note.minor_rests"
                found.append(
                    say(
                        code,
                        person=_name(room, person),
                        round=round + 1,
                        adult=_name(room, adult) if with_adult else "",
                    )
                )
    return found


def _name(room: Room, person: int) -> str:
    return room.roster[room.ids[person]].name


def _too_many_rounds(room: Room) -> Iterator[Message]:
    if room.rules.repeats is Repeats.FEWEST:
        return
    if room.sided:
        guests = int(room.side.sum())
        hosts = room.size - guests
        rests = sided_rests(hosts, guests, room.one_to_two, room.rules.odd is Odd.TRIO)
        most = max(hosts, guests) if rests or room.minor.any() else min(hosts, guests)
        if room.rounds > most:
            yield say("impossible.sides", hosts=hosts, guests=guests, most=most, rounds=room.rounds)
    else:
        resting = room.rules.odd is Odd.REST and room.size % 2 == 1
        most = room.size if resting else room.size - 1
        if bool(room.here.all() and not room.asked.any()) and room.rounds > most and not room.minor.any():
            yield say("impossible.rounds", people=room.size, most=most, rounds=room.rounds)


def _crowds(room: Room) -> Iterator[Message]:
    """Groups of more than half of the room that the rules forbid to talk among themselves."""
    for attribute in room.rules.across:
        if attribute.never_same is not NeverSame.HARD:
            continue
        values = [person.values.get(attribute.column, "").strip() for person in room.roster.talkers]
        for round in range(room.rounds):
            talking = room.talking(round)
            counts: dict[str, int] = {}
            for person in talking:
                key = values[int(person)].casefold()
                counts[key] = counts.get(key, 0) + bool(key)
            largest = max(counts.values(), default=0)
            if largest > _most_of_one_group(room, talking) and not room.sided:
                name = next(values[int(p)] for p in talking if counts[values[int(p)].casefold()] == largest)
                yield _crowd(attribute, room, round, largest, len(talking), name)
                break


def _most_of_one_group(room: Room, talking: Ints) -> int:
    """How many of one group a round can seat away from each other: one to a conversation, and those who rest.

    Every under-18 may rest with their responsible adult.
    """
    resting = int(room.rules.odd is Odd.REST and len(talking) % 2)
    return len(talking) // 2 + int(room.minor[talking].sum()) + resting


def _crowd(attribute: Across, room: Room, round: int, largest: int, people: int, name: str) -> Message:
    if attribute.is_hidden(room.roster.private):
        return say("impossible.group_hidden", round=round + 1)
    return say(
        "impossible.group", round=round + 1, most=largest, people=people, group=name, guests=2 * largest - people
    )


def _caps(room: Room) -> Iterator[Message]:
    for attribute in room.rules.across:
        if attribute.never_same is not NeverSame.FEWEST or attribute.cap is None:
            continue
        codes = groups(room.roster, attribute.column)[[room.roster.index[id] for id in room.ids]]
        _, lowest = fewest_meetings(room, codes, [_resting(room, round) for round in range(room.rounds)])
        if lowest > attribute.cap:
            hidden = attribute.is_hidden(room.roster.private)
            code = "impossible.cap_hidden" if hidden else "impossible.cap"
            column = room.roster.columns.get(attribute.column, attribute.column)
            yield say(code, cap=attribute.cap, lowest=lowest, **({} if hidden else {"column": column}))


def _resting(room: Room, round: int) -> int:
    """How many must rest in a round of an open mix, by arithmetic alone."""
    there = len(room.talking(round))
    return there % 2 if room.rules.odd is Odd.REST or there == 1 else 0


def _few_partners(room: Room, broken: Sequence[Breach]) -> Iterator[Message]:
    """People in a breach who may talk with fewer of the others than they have rounds, the most bound first."""
    talking = room.here & ~room.asked
    may_rest = np.array([_some_rest(room, round) for round in range(room.rounds)], dtype=bool)
    found = []
    for person in sorted({person for breach in broken for person in breach.people}):
        open_to = ~(room.apart[person] & ~room.far[person]) & ~room.unwished[person]
        if room.sided:
            open_to &= room.side != room.side[person]
        open_to[person] = False
        seats = talking[person]
        must = seats & ~may_rest
        alone = [r for r in range(room.rounds) if must[r] and not (open_to & talking[:, r]).any()]
        partners = int((open_to & (talking & seats[None, :]).any(axis=1)).sum())
        if alone:
            found.append((0, _nobody(room, person, alone[0])))
        elif partners < int(must.sum()) and room.rules.repeats is Repeats.NEVER:
            message = say("impossible.partners", person=_name(room, person), count=partners, rounds=int(seats.sum()))
            found.append((partners + 1, message))
    yield from (message for _, message in sorted(found, key=lambda pair: pair[0])[:LISTED])


def _nobody(room: Room, person: int, round: int) -> Message:
    """Somebody with nobody to talk with: named is the shared column that alone leaves nobody, if one does."""
    others = [int(other) for other in room.talking(round) if other != person]
    for column in room.rules.share:
        heard = sharing(room.roster, column)[person]
        if column not in room.roster.private and not heard[others].any():
            header = room.roster.columns.get(column, column)
            return say("impossible.nobody_shares", person=_name(room, person), round=round + 1, column=header)
    return say("impossible.nobody", person=_name(room, person), round=round + 1)


def _some_rest(room: Room, round: int) -> bool:
    """Whether anybody could rest unasked in a round, so that a lack of partners proves nothing."""
    talking = room.talking(round)
    if room.minor[talking].any() or len(talking) == 1:
        return True
    if room.sided:
        guests = int(room.side[talking].sum())
        return sided_rests(len(talking) - guests, guests, room.one_to_two, room.rules.odd is Odd.TRIO) > 0
    return room.rules.odd is Odd.REST and len(talking) % 2 == 1


def _bent(draft: Draft, broken: Sequence[Breach]) -> Iterator[Message]:
    """What the best evening found bends, a few by name."""
    room = draft.room
    told = 0
    hidden = [a for a in room.rules.across if a.is_hidden(room.roster.private) and a.never_same is NeverSame.HARD]
    for breach in broken:
        names = [_name(room, person) for person in breach.people]
        if breach.kind is Kind.AGAIN:
            message = say("bent.again", one=names[0], other=names[1], round=breach.round + 1)
        elif breach.kind is Kind.REST:
            message = say("bent.rest", person=names[0], round=breach.round + 1)
        elif breach.kind is Kind.GROUP and not hidden:
            message = say("bent.group", one=names[0], other=names[1], round=breach.round + 1)
        else:
            continue
        told += 1
        if told <= LISTED:
            yield message
    if told > LISTED:
        yield say("bent.more", count=told - LISTED)
