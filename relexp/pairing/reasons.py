"""Why an evening cannot be: the smallest cause in people's words, each said once with those it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from relexp.messages import Message, listed, say
from relexp.pairing.bent import bent
from relexp.pairing.breaches import Breach, sided_rests
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.lacks import few_for_several, few_partners, tight_sharing
from relexp.pairing.report import fewest_meetings
from relexp.pairing.room import Ints, Room, open_room
from relexp.roster.difference import groups
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Repeats, Rules


def reasons(draft: Draft, broken: Sequence[Breach]) -> list[Message]:
    """Why the hard rules cannot all hold, the smallest cause first, then what the evening at hand bends."""
    causes = proven_causes(draft.room, broken) or list(_meetings_used_up(draft.room))
    if not causes:
        causes = [say("impossible.proven" if draft.proven else "impossible.searched", count=len(broken))]
        causes += tight_sharing(draft.room)
    return [*causes, *bent(draft.room, broken)]


def proven_causes(room: Room, broken: Sequence[Breach]) -> list[Message]:
    """Causes that need no search: by counting alone, no evening in this room can keep every rule."""
    return _causes(room, {person for breach in broken for person in breach.people})


def foreseen(roster: Roster, rules: Rules) -> list[Message]:
    """Why no evening can keep every rule, as far as counting tells it before anything is planned."""
    room = open_room(roster, rules)
    return _causes(room, range(room.size))


def _causes(room: Room, people: Collection[int]) -> list[Message]:
    """What counting tells of the room, and of these people in it."""
    of_all = [*_too_many_rounds(room), *_crowds(room)]
    causes = [*of_all, *_caps(room), *few_partners(room, people, told=bool(of_all))]
    return causes or list(few_for_several(room))


def notes(draft: Draft) -> list[Message]:
    """What the organiser should know of an evening that keeps every rule: under-18s who rest, when, and with whom."""
    room = draft.room
    resting: dict[tuple[int, int], list[int]] = {}
    for round, tables in enumerate(draft.tables):
        for person in (int(row[0]) for row in tables if row[1] == NOBODY and room.minor[row[0]]):
            adult = int(room.guardian[person])
            with_adult = adult >= 0 and bool(room.here[adult, round])
            resting.setdefault((person, adult if with_adult else -1), []).append(round + 1)
    together: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for (person, adult), rounds in resting.items():
        together.setdefault((adult, tuple(rounds)), []).append(_name(room, person))
    return [_rests(room, adult, rounds, names) for (adult, rounds), names in together.items()]


def _rests(room: Room, adult: int, rounds: Sequence[int], names: Sequence[str]) -> Message:
    who = {"number": len(names), "people": listed(names)} if len(names) > 1 else {"person": names[0]}
    when = say("note.in_round" if len(rounds) == 1 else "note.in_rounds", rounds=", ".join(map(str, rounds)))
    values = {"rounds": str(when), **who}
    code = "note.minor_rests" if adult < 0 else "note.minor_rests_with"
    if adult >= 0:
        values["adult"] = _name(room, adult)
    return say(f"{code}_many" if len(names) > 1 else code, **values)


def _name(room: Room, person: int) -> str:
    return room.roster[room.ids[person]].name


def _too_many_rounds(room: Room) -> Iterator[Message]:
    if room.rules.repeats is Repeats.FEWEST:
        return
    if room.sided and bool(room.here.all() and not room.asked.any()):
        guests = int(room.side.sum())
        hosts = room.size - guests
        rests = sided_rests(hosts, guests, room.one_to_two, room.rules.odd is Odd.TRIO)
        most = max(hosts, guests) if rests or room.minor.any() else min(hosts, guests)
        if room.rounds > most:
            yield say("impossible.sides", hosts=hosts, guests=guests, most=most, rounds=room.rounds)
    elif not room.sided and _all_talk(room):
        resting = room.rules.odd is Odd.REST and room.size % 2 == 1
        most = room.size if resting else room.size - 1
        if room.rounds > most:
            used_up = list(_meetings_used_up(room))
            yield from used_up or [say("impossible.rounds", people=room.size, most=most, rounds=room.rounds)]


def _meetings_used_up(room: Room) -> Iterator[Message]:
    """An odd room has a conversation of three in each round, which uses up three meetings at once."""
    if room.sided or room.size % 2 == 0 or room.rules.odd is Odd.REST or room.rules.repeats is Repeats.FEWEST:
        return
    meetings = room.size * (room.size - 1) // 2
    taken = (room.size + 3) // 2
    if _all_talk(room) and room.rounds * taken > meetings:
        figures = {"people": room.size, "taken": taken, "meetings": meetings, "rounds": room.rounds}
        yield say("impossible.rounds_odd", most=meetings // taken, **figures)


def _all_talk(room: Room) -> bool:
    """Whether everybody talks in every round, so that the rounds can be counted."""
    return bool(room.here.all() and not room.asked.any() and not room.minor.any())


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
    if room.sided or room.minor.any():
        return  # more of them may rest than counting shows
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
