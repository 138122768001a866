"""People come late or leave early: the rounds that are over stay as they were, and few others notice."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from relexp.pairing.best import score
from relexp.pairing.breaches import breaches
from relexp.pairing.deal import Group, as_tables, deal, joiners, spare_trios
from relexp.pairing.draft import HELD, Draft
from relexp.pairing.evening import Evening, Round
from relexp.pairing.mend import mend
from relexp.pairing.plan import as_evening
from relexp.pairing.proof import Known
from relexp.pairing.reasons import notes, reasons
from relexp.pairing.report import report
from relexp.pairing.room import Floats, Room, open_room
from relexp.pairing.search import BLOCK, Pulse, fill, settle
from relexp.pairing.seating import furnish, tables_told
from relexp.roster.person import Roster
from relexp.roster.rules import Pin, Rules

# Meeting whom the card says is worth this much difference: measured, it keeps nearly everybody's partner for a few
# hundredths of a percent of the total (pairing across difference, live change).
KEEP = 0.1
TURNS = 6


@dataclass(frozen=True)
class Replanned:
    """The new evening with the roster and rules it is for.

    `changed` counts, round by round, those who were there and whose partners are others than before; `floor` is the
    fewest that arithmetic allows.
    """

    evening: Evening
    roster: Roster
    rules: Rules
    changed: int
    floor: int


def replan(
    evening: Evening,
    roster: Roster,
    rules: Rules,
    *,
    after: int,
    arrivals: Roster | None = None,
    leavers: Collection[str] = (),
) -> Replanned:
    """Plan the rounds after round `after` again for who is in the room now, and disturb as few as can be.

    Finished rounds stay untouched, tables included. The evening runs on even where the rules can no longer all hold:
    then the report says what is bent, and protection and access are kept all the same. Raises ValueError for a round
    that the evening does not have.
    """
    if not 0 <= after <= len(evening.rounds):
        raise ValueError(f"the evening has rounds 1 to {len(evening.rounds)}")
    began = time.perf_counter()
    rules = replace(rules, rounds=len(evening.rounds))
    roster, rules = _now(evening, roster, rules, after, arrivals, leavers)
    over = evening.rounds[:after]
    furniture = furnish(roster, rules, _seats(roster, over))
    room = open_room(roster, _held(rules, over), dict(furniture.fixed))
    draft = _redraft(room, evening, after)
    if breaches(draft):
        draft = min(draft, _afresh(room, evening, after), key=score)
    broken = breaches(draft)
    why = reasons(draft, broken) if broken else notes(draft)
    known = known_prices(evening, roster, room)
    # what was bent in a round that is over stays bent
    bent_before = after > 0 and evening.report.get("feasible") is False
    figures = report(draft, why, not broken and not bent_before, time.perf_counter() - began, known)
    if bent_before and not broken:
        figures["reasons"] = [*_said(evening), *(reason.text() for reason in why)]
    figures["finished_rounds"] = after
    told = tables_told(evening.rounds[after:])
    new = replace(as_evening(draft, furniture, figures, over, told), present=dict(rules.present))
    changed, floor = _changes(room, evening, new, after)
    return Replanned(new, roster, rules, changed, floor)


def _now(
    evening: Evening, roster: Roster, rules: Rules, after: int, arrivals: Roster | None, leavers: Collection[str]
) -> tuple[Roster, Rules]:
    """Who is on the sheet now, and who is there in which rounds."""
    present = dict(evening.present or rules.present)
    everything = frozenset(range(1, len(evening.rounds) + 1))
    later = frozenset(round for round in everything if round > after)
    if arrivals is not None:
        new = tuple(person for person in arrivals if person.id not in roster)
        for person in arrivals:
            known = person.id in roster and person.id in evening.names
            present[person.id] = (present.get(person.id, everything) - later if known else frozenset()) | later
        columns = {**arrivals.columns, **roster.columns}
        roster = Roster((*roster.people, *new), columns, roster.private | arrivals.private)
    for id in leavers:
        present[id] = present.get(id, everything) - later
    return roster, replace(rules, present=present)


def _seats(roster: Roster, over: tuple[Round, ...]) -> dict[str, int]:
    """The tables at which people have sat; of two who keep a seat the second was a guest at the first one's."""
    seats: dict[str, int] = {}
    for talk in (talk for round in over for talk in round.conversations):
        guests = [id for id in talk.people if roster[id].fixed_seat is not None][1:]
        seats |= {id: talk.table for id in talk.people if id not in guests}
    return seats


def _held(rules: Rules, over: tuple[Round, ...]) -> Rules:
    """The rules for the search: what is over is over, and a pin whose people are not all there is void."""
    done = tuple(Pin(round.number, talk.people) for round in over for talk in round.conversations)
    pins = tuple(
        pin
        for pin in (*rules.locked, *rules.pins)
        if pin.round > len(over) and all(rules.attends(id, pin.round) for id in pin.people)
    )
    return replace(rules, locked=done, pins=pins)


def lay_finished(draft: Draft, evening: Evening, after: int) -> None:
    """Lay the first `after` rounds of an evening on the desk, held fast."""
    place = draft.room.place
    for number, round in enumerate(evening.rounds[:after]):
        groups = _groups(round, place)
        talking = set(draft.room.talking(number).tolist())
        rows = [group for group in groups if len(group) > 1 or group[0] in talking]
        draft.lay(number, as_tables(rows), [HELD] * len(rows))


def _groups(round: Round, place: Mapping[str, int]) -> list[Group]:
    talks = [tuple(place[id] for id in talk.people) for talk in round.conversations]
    return talks + [(place[id],) for id in round.resting if id in place]


def _redraft(room: Room, evening: Evening, after: int) -> Draft:
    """The old seating with the leavers gone and the newcomers dealt in, re-matched with a liking for what was."""
    draft = Draft(room, room.rules.seed)
    lay_finished(draft, evening, after)
    place = room.place
    draft.keep = [np.full(room.size, -2, dtype=np.int64) for _ in range(room.rounds)]
    draft.bonus = KEEP
    for number in range(after, room.rounds):
        there = set(room.talking(number).tolist())
        groups = _groups(evening.rounds[number], place)
        intact: list[Group] = [group for group in groups if len(group) == 2 and set(group) <= there]
        for pair in intact:
            draft.keep[number][list(pair)] = pair[::-1]
        deal(draft, number, spare_trios(groups, there, intact))
    for _ in range(TURNS):
        for number in range(after, room.rounds):
            _rematch_near(draft, number)
    mend(draft, range(after, room.rounds), Pulse(None))
    return draft


def _rematch_near(draft: Draft, round: int) -> None:
    """Re-match the conversations that are new in a round together with as many others as fit in one block."""
    free = np.nonzero(draft.states[round] != HELD)[0]
    if len(free) < 2 or draft.keep is None:
        return
    tables = draft.tables[round][free]
    new = draft.keep[round][tables[:, 0]] != tables[:, 1]
    others = draft.dice.permutation(free[~new])
    draft.rematch(round, np.concatenate([free[new], others[: max(BLOCK - int(new.sum()), 0)]]))


def _afresh(room: Room, evening: Evening, after: int) -> Draft:
    """The remaining rounds planned anew, for when the old seating cannot be mended."""
    draft = Draft(room, room.rules.seed)
    lay_finished(draft, evening, after)
    pulse = Pulse(None)
    fill(draft, pulse)
    settle(draft, range(after, room.rounds), pulse)
    mend(draft, range(after, room.rounds), pulse)
    return draft


def known_prices(evening: Evening, roster: Roster, room: Room) -> Known | None:
    """The prices of the evening's certificate, for the people who talk now; NaN for those who were not in it."""
    certificate = evening.report.get("certificate")
    old = list(evening.names)
    if not isinstance(certificate, Mapping):
        return None

    def mine(values: list[float]) -> Floats:
        by_id = dict(zip(old, values, strict=True))
        return np.array([float(by_id.get(id, np.nan)) for id in room.ids])

    try:
        worst = certificate["worst"]
        u, share, worst_u = mine(certificate["u"]), mine(worst["share"]), mine(worst["u"])
        return Known(u, float(certificate["m"]), share, worst_u, float(worst["m"]))
    except (KeyError, TypeError, ValueError):
        # a certificate damaged on its way here only costs the time to prove the bounds anew
        return None


def _said(evening: Evening) -> list[str]:
    """The reasons that an evening's report gives."""
    reasons = evening.report.get("reasons")
    return [str(reason) for reason in reasons] if isinstance(reasons, list | tuple) else []


def _changes(room: Room, before: Evening, after_change: Evening, after: int) -> tuple[int, int]:
    """How many partners changed for those who stayed, and the fewest that could."""
    changed = floor = 0
    for old, new in zip(before.rounds[after:], after_change.rounds[after:], strict=True):
        was, now = _partners(old), _partners(new)
        others = sum(now[id] != was[id] for id in was.keys() & now.keys())
        changed, floor = changed + others, floor + min(_fewest(room, was, now), others)
    return changed, floor


def _partners(round: Round) -> dict[str, frozenset[str]]:
    found = {id: frozenset(talk.people) - {id} for talk in round.conversations for id in talk.people}
    return found | {id: frozenset() for id in round.resting}


def _fewest(room: Room, was: Mapping[str, frozenset[str]], now: Mapping[str, frozenset[str]]) -> int:
    """The fewest whose partners must change: those who lost one, and the pairs or the trio that make room."""
    stayed = was.keys() & now.keys()
    stranded = {id for id in stayed if not was[id] <= now.keys()}
    place = room.place
    open_to_join = {*stranded, *(now.keys() - was.keys()), *(id for id in stayed if not was[id])}
    loose = [place[id] for id in sorted(open_to_join) if now[id]]
    trio = any(len(was[id]) == 2 for id in stayed - stranded)
    if not room.sided and len(loose) % 2 and trio:
        return len(stranded) + 3
    return len(stranded) + 2 * len(joiners(room, loose))
