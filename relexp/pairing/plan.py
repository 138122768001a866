"""An evening for this room: fair one-to-one conversations across difference, with the proof of how good it is."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from relexp.messages import Message
from relexp.pairing.best import best_draft
from relexp.pairing.breaches import breaches
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.impossible import Impossible
from relexp.pairing.reasons import notes, reasons
from relexp.pairing.report import report
from relexp.pairing.room import Room, open_room
from relexp.pairing.search import Watch
from relexp.pairing.seating import Furniture, furnish, seat
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


def plan(roster: Roster, rules: Rules, *, least_bad: bool = False, watch: Watch | None = None) -> Evening:
    """Plan the whole evening: who talks to whom in each round, at which table, as fairly as this room allows.

    The same roster, rules and seed give the same evening on every machine. `watch` is told the share done (0 to 1)
    and returns False to stop, which keeps the best so far. With `least_bad` an evening comes back even where the
    hard rules cannot all hold: protection and access are kept all the same, and the report says what is bent.
    Raises Impossible, with the reasons, where they cannot all hold and `least_bad` is not asked for.
    """
    began = time.perf_counter()
    furniture = furnish(roster, rules)
    room = open_room(roster, rules, dict(furniture.fixed))
    draft = best_draft(room, watch)
    return finish(draft, furniture, least_bad=least_bad, began=began)


def finish(draft: Draft, furniture: Furniture, *, least_bad: bool, began: float) -> Evening:
    """Turn a draft into an evening with tables, report and proof; raises Impossible where a hard rule is broken."""
    broken = breaches(draft)
    why: Sequence[Message] = reasons(draft, broken) if broken else notes(draft)
    figures = report(draft, why, not broken, time.perf_counter() - began)
    if broken and not least_bad:
        raise Impossible(why, figures)
    return as_evening(draft, furniture, figures)


def as_evening(
    draft: Draft,
    furniture: Furniture,
    figures: dict[str, object],
    over: Sequence[Round] = (),
    told: Sequence[Mapping[str, int]] = (),
) -> Evening:
    """The draft with tables and names, for people to read; rounds that are `over` stay as they were.

    `told` are the tables that people's cards name in the rounds to come.
    """
    room = draft.room
    sitting = {id: talk.table for round in over for talk in round.conversations for id in talk.people}
    groups = [conversations(room, draft, round) for round in range(len(over), room.rounds)]
    talks_only = [[ids for ids, _ in talks] for talks, _ in groups]
    now = sitting | dict(furniture.fixed) if over else None
    seated = seat(talks_only, room.roster, room.rules, furniture, now, told)
    rounds = list(over)
    for number, ((talks, resting), tables) in enumerate(zip(groups, seated, strict=True), start=len(over) + 1):
        placed = [Conversation(ids, table, with_them) for (ids, with_them), table in zip(talks, tables, strict=True)]
        placed.sort(key=lambda conversation: conversation.table)
        rounds.append(Round(number, tuple(placed), resting))
    names = {person.id: person.name for person in room.roster}
    return Evening(tuple(rounds), names, room.rules.seed, dict(room.rules.present), figures)


Talk = tuple[tuple[str, ...], tuple[str, ...]]


def conversations(room: Room, draft: Draft, round: int) -> tuple[list[Talk], tuple[str, ...]]:
    """A round's conversations as ids (in roster order) with their interpreters, and who rests."""
    helpers = room.roster.interpreters
    talks: list[Talk] = []
    resting = [int(person) for person in range(room.size) if room.asked[person, round]]
    for row in draft.tables[round]:
        people = sorted(int(person) for person in row if person != NOBODY)
        if len(people) == 1:
            resting += people
            continue
        ids = tuple(room.ids[person] for person in people)
        present = [helper for id in ids for helper in helpers.get(id, ()) if room.rules.attends(helper, round + 1)]
        talks.append((ids, tuple(present)))
    talks.sort(key=lambda talk: room.roster.index[talk[0][0]])
    return talks, tuple(room.ids[person] for person in sorted(resting))
