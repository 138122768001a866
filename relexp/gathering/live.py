"""Who is really here, and what to plan for them: all of it until they know their tables, later the rounds to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from relexp.gathering.formats import Part
from relexp.gathering.running import Running
from relexp.gathering.tonight import Tonight, unprotected
from relexp.messages import FaultsFound
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.plan import plan
from relexp.pairing.replan import replan
from relexp.pairing.search import Watch
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import check_rules
from relexp.roster.rule_defaults import default_across, default_share
from relexp.roster.rules import Rules, Sides

Pairs = Collection[tuple[str, str]]
# A conversation needs two.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Who is here and has no place in the rounds after round `after`, and who has one there and is not here.

    `off` are those who have one and are here, but took back that they may be on the plan. `unsafe` are those who sit
    there as they must not, by what has been said of them since: under 18 among adults, or with others than women though
    they asked for women alone.
    """

    after: int
    came: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.came or self.away or self.off or self.unsafe)


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody who stays, and the rounds in which they sit elsewhere than before, or with somebody else."""

    person_id: str
    rounds: tuple[int, ...]


@dataclass(frozen=True)
class Proposal:
    """An evening for who is here, of which only the rounds after round `after` are new.

    It holds while `presses` is how many presses there were, and while those are here for whom it was made.
    """

    evening: Evening
    roster: Roster
    rules: Rules
    after: int
    presses: int
    here: frozenset[str]
    unplanned: Unplanned
    changes: tuple[Change, ...]
    afresh: bool

    def holds(self, tonight: Tonight) -> bool:
        """Whether it is still for the people who are here, and for where the gathering stands."""
        return self.presses == len(tonight.acts) and self.here == frozenset(_talking(tonight))


def roster_of(tonight: Tonight, *, here: bool = False) -> Roster:
    """Everybody who is expected or came, as a roster; with `here` those alone who are in the room and take part."""
    people = tuple(guest.person for guest in tonight.people if guest.takes_part or not here)
    asked = tonight.asked
    columns = asked.columns or {key: key for person in people for key in person.values}
    return Roster(people, columns, asked.private)


def rules_of(tonight: Tonight, roster: Roster, apart: Pairs = (), met: Pairs = ()) -> Rules:
    """What was asked of the evening, for these people: what no longer fits them is left out, save who is kept apart.

    `apart` are those who must not be put together, `met` those who met at an earlier gathering.
    """
    raw = {**tonight.asked.rules, "seed": tonight.asked.seed}
    try:
        rules = check_rules(raw, roster)
    except FaultsFound as found:
        rules = _without(raw, {(fault.key or "").split(".")[0].split("[")[0] for fault in found.faults}, roster)
    return replace(rules, keep_apart=rules.keep_apart | _known(apart, roster), met_before=_known(met, roster))


def unplanned(tonight: Tonight, now: datetime) -> Unplanned:
    """Who came or left since the rounds to come were planned."""
    running = tonight.running(now)
    after = running.round
    if tonight.of and after >= tonight.of:
        return Unplanned(after)
    to_come = [round for round in tonight.rounds if round.number > after]
    seated = {id for round in to_come for id in _stops(round)}
    talk = {id for round in to_come for each in round.conversations for id in each.people}
    # Whoever interprets for somebody who rests all along has nowhere to be.
    helped = {guest.person.id: guest.person.interpreter_for for guest in tonight.people}
    here = [id for id in _talking(tonight) if helped[id] is None or helped[id] in talk]
    away = [guest.person.id for guest in tonight.people if guest.person.id in seated and not guest.here]
    off = [guest.person.id for guest in tonight.people if guest.person.id in seated and guest.here and guest.refused]
    # While people arrive, whoever is expected may still come; after that, nobody is protected by an empty chair.
    arriving = _arriving(running)
    there = {
        guest.person.id: guest.person
        for guest in tonight.people
        if guest.takes_part or (arriving and guest.went is None and guest.refused is None)
    }
    talks = (talk for round in to_come for talk in round.conversations)
    unsafe = dict.fromkeys(id for talk in talks for id in unprotected([there[id] for id in talk.people if id in there]))
    came = tuple(id for id in here if id not in seated)
    return Unplanned(after, came, tuple(away), tuple(off), tuple(unsafe))


def untold(tonight: Tonight, running: Running) -> bool:
    """Whether no screen has told anybody yet where they sit: the whole evening can still be planned anew."""
    return _arriving(running) or (running.round == 0 and not tonight.fits)


def enough(tonight: Tonight) -> bool:
    """Whether enough people are here for a conversation."""
    return sum(guest.takes_part and guest.person.interpreter_for is None for guest in tonight.people) >= FEWEST


def alone(tonight: Tonight, now: datetime) -> tuple[tuple[str, int], ...]:
    """Who sits by themselves in the round that runs, as the others of their table are not there: names and tables."""
    running = tonight.running(now)
    if running.part not in (Part.PROMPT, Part.TALK) or not enough(tonight):
        return ()
    here = {guest.person.id for guest in tonight.people if guest.takes_part}
    talks = (talk for round in tonight.rounds if round.number == running.round for talk in round.conversations)
    left = ((talk.table, [id for id in talk.people if id in here]) for talk in talks)
    return tuple((tonight.names[ids[0]], table) for table, ids in left if len(ids) == 1)


def lacking_interpreter(tonight: Tonight) -> tuple[str, ...]:
    """Who is here without any of those who were to interpret for them: somebody has to be found."""
    helped = roster_of(tonight).interpreters
    here = {guest.person.id for guest in tonight.people if guest.takes_part}
    return tuple(id for id in helped if id in here and here.isdisjoint(helped[id]))


def propose(
    tonight: Tonight, now: datetime, *, apart: Pairs = (), met: Pairs = (), watch: Watch | None = None
) -> Proposal:
    """An evening for those who are here: all of it until people know their tables, later the rounds to come alone.

    Rounds that are over, and the one that runs, stay as they are; of the others as little changes as can be. Where the
    rules cannot all hold it bends what matters least, and its report says what: protection and access hold all the
    same. `watch` is told the share done, and says whether to go on.
    """
    running = tonight.running(now)
    after, afresh = running.round, untold(tonight, running) or not tonight.of
    roster = _sided(roster_of(tonight), tonight)
    rules = rules_of(tonight, roster, apart, met)
    if not afresh:
        rules = replace(rules, rounds=tonight.of)
    rules = _attended(tonight, rules, after)
    before = _whole(tonight)
    if afresh:
        evening = plan(roster, rules, least_bad=True, watch=watch)
    else:
        new = replan(before, roster, rules, after=after)
        evening, rules = new.evening, new.rules
    here = frozenset(_talking(tonight))
    found = unplanned(tonight, now)
    changes = () if afresh else tuple(_changes(before, evening, after))
    return Proposal(evening, roster, rules, after, len(tonight.acts), here, found, changes, afresh)


def _arriving(running: Running) -> bool:
    """Whether people have not been welcomed yet."""
    return running.round == 0 and running.part in (None, Part.ARRIVAL)


def _without(raw: Mapping[str, object], wrong: set[str], roster: Roster) -> Rules:
    """The rules without those parts; where the people themselves contradict each other, the usual ones."""
    try:
        return check_rules({key: part for key, part in raw.items() if key not in wrong}, roster)
    except FaultsFound:
        plain = check_rules(
            {key: raw[key] for key in ("rounds", "seed") if key in raw and key not in wrong}, Roster(())
        )
        return replace(plain, across=default_across(roster), share=default_share(roster))


def _known(pairs: Pairs, roster: Roster) -> frozenset[tuple[str, str]]:
    return frozenset((min(pair), max(pair)) for pair in pairs if pair[0] in roster and pair[1] in roster)


def _sided(roster: Roster, tonight: Tonight) -> Roster:
    """Where hosts receive guests, whoever walked in and has said nothing of it is a guest."""
    sides = tonight.asked.rules.get("sides")
    if not isinstance(sides, Mapping):
        return roster
    column, guest = (str(sides.get(key, getattr(Sides(), key))) for key in ("column", "guests"))

    def as_guest(person: Person) -> Person:
        if person.values.get(column, "").strip():
            return person
        return replace(person, values={**person.values, column: guest})

    return replace(roster, people=tuple(map(as_guest, roster.people)))


def _talking(tonight: Tonight) -> list[str]:
    """Who is here and needs a place: whoever interprets has one only beside their person."""
    here = {guest.person.id: guest.person.interpreter_for for guest in tonight.people if guest.takes_part}
    return [id for id, helped in here.items() if helped is None or helped in here]


def _attended(tonight: Tonight, rules: Rules, after: int) -> Rules:
    """The rules with who was there in the rounds so far, and who is there now; wishes for others are void."""
    every = frozenset(range(1, rules.rounds + 1))
    to_come = frozenset(round for round in every if round > after)
    here = {*_talking(tonight)}
    present = {}
    for guest in tonight.people:
        id = guest.person.id
        was = {round.number for round in tonight.rounds if round.number <= after and id in _stops(round)}
        rounds = frozenset(was) | (to_come if id in here else frozenset())
        if rounds != every:
            present[id] = rounds
    rules = replace(rules, present=present)
    pins = tuple(
        pin for pin in rules.pins if pin.round in every and all(rules.attends(id, pin.round) for id in pin.people)
    )
    return replace(rules, pins=pins)


def _whole(tonight: Tonight) -> Evening:
    """The evening as it is kept, with every round, of which one that nobody attends any more is empty."""
    kept = {round.number: round for round in tonight.rounds}
    rounds = tuple(kept.get(number, Round(number, ())) for number in range(1, tonight.of + 1))
    return Evening(rounds, tonight.names, tonight.asked.seed)


def _changes(before: Evening, now: Evening, after: int) -> Iterable[Change]:
    """Whoever stays and finds another table or other company than they were told, in the evening's order."""
    rounds: dict[str, list[int]] = {id: [] for id in now.names}
    for old, new in zip(before.rounds[after:], now.rounds[after:], strict=True):
        was = _stops(old)
        for id, stop in _stops(new).items():
            if id in was and was[id] != stop:
                rounds[id].append(new.number)
    return (Change(id, tuple(found)) for id, found in rounds.items() if found)


Stop = tuple[int, frozenset[str]]


def _stops(round: Round) -> dict[str, Stop]:
    """Each person's table and all who sit there; 0 and nobody for those who rest."""
    found: dict[str, Stop] = {id: (0, frozenset()) for id in round.resting}
    for talk in round.conversations:
        found |= dict.fromkeys(_at(talk), (talk.table, frozenset(_at(talk))))
    return found


def _at(talk: Conversation) -> tuple[str, ...]:
    return (*talk.people, *talk.interpreters)
