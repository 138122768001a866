"""How an evening stands beside what a hall does without a plan: everybody drawn by lot, or two rows, one moving up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from relexp.pairing.breaches import breaches
from relexp.pairing.deal import as_tables
from relexp.pairing.draft import NOBODY, Draft
from relexp.pairing.evening import Evening
from relexp.pairing.replan import lay_finished
from relexp.pairing.report import experiences
from relexp.pairing.room import Bools, Ints, Room, open_room
from relexp.pairing.search import Watch
from relexp.pairing.seating import furnish
from relexp.roster.difference import groups
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Rules

TIMES = 200
# Less than this much better than the middle of what chance gives is hardly better, whatever the range.
HARDLY = 0.02
# Of these more is better; of all others less.
MORE = frozenset({"difference", "worst", "across"})

Seating = Sequence[Ints]


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over many evenings: the lowest, the one in the middle, and the highest."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Compared:
    """The figures of an evening beside those of many others, in the same order.

    `difference` and `worst` are the room's and the worst-off person's mean difference, 0 to 100. `across`, `same` and
    `repeats` count meetings: between two groups, within one, and with somebody met before. `broken` counts broken
    rules. `column` is what groups are by (its header), None where the rules name no column that may be shown: then
    neither `across` nor `same` is among the figures. `times` is how many evenings the spreads are of.
    """

    ours: Mapping[str, float]
    chance: Mapping[str, Spread]
    rows: Mapping[str, Spread]
    column: str | None
    times: int


def compare(evening: Evening, roster: Roster, rules: Rules, times: int = TIMES, watch: Watch | None = None) -> Compared:
    """Hold an evening beside `times` evenings by lot, and as many of two rows, for the same people and rounds.

    By lot: as many pairs, threes and rests a round as here, and everybody drawn anew each round. Two rows: drawn by
    lot once (hosts face guests, where there are sides), then one row moves up a seat a round; one left over joins the
    last pair. The same evening gives the same figures on every machine. `watch` is told the share done and returns
    False to stop, which keeps what was drawn so far, at least one of each.
    """
    rules = replace(rules, rounds=len(evening.rounds), present=dict(evening.present or rules.present))
    room = open_room(roster, rules, dict(furnish(roster, rules).fixed))
    ours = Draft(room, 0)
    lay_finished(ours, evening, len(evening.rounds))
    column = _column(room)
    table = _same(room, column) if column else None
    dice = np.random.Generator(np.random.PCG64(rules.seed))
    drawn: list[Mapping[str, float]] = []
    rowed: list[Mapping[str, float]] = []
    for number in range(times):
        drawn.append(_figures(_laid(room, by_lot(ours.tables, dice)), table))
        rowed.append(_figures(_laid(room, two_rows(room, dice)), table))
        if watch is not None and not watch((number + 1) / times):
            break
    header = roster.columns.get(column.column, column.column) if column else None
    return Compared(_figures(ours, table), _spread(drawn), _spread(rowed), header, len(drawn))


def verdicts(compared: Compared, others: Mapping[str, Spread]) -> dict[str, str]:
    """How ours stands beside others, of each figure.

    "clear": better than every other; "often": better than the one in the middle, but not than every one; "hardly":
    as good as that, or better by less than a fiftieth; "worse": worse than that.
    """
    found = {}
    for figure, ours in compared.ours.items():
        spread, sign = others[figure], 1 if figure in MORE else -1
        best = spread.high if sign > 0 else spread.low
        gain = sign * (ours - spread.middle)
        if gain < -1e-9:
            found[figure] = "worse"
        else:
            little = gain < max(HARDLY * abs(spread.middle), 1e-9)
            found[figure] = "hardly" if little else "clear" if sign * (ours - best) > 1e-9 else "often"
    return found


def by_lot(tables: Seating, dice: np.random.Generator) -> list[Ints]:
    """Every round drawn anew: the same chairs, and everybody who is there on any of them."""
    drawn = []
    for round in tables:
        people = round[round != NOBODY]
        seats = round.copy()
        seats[round != NOBODY] = dice.permutation(people)
        drawn.append(seats)
    return drawn


def two_rows(room: Room, dice: np.random.Generator) -> list[Ints]:
    """Two rows that face each other, one of which moves up a seat a round; who is not there leaves no gap."""
    order = dice.permutation(room.size)
    if room.sided:
        near, far = order[room.side[order] == 0], order[room.side[order] == 1]
    else:
        near, far = order[: (room.size + 1) // 2], order[(room.size + 1) // 2 :]
    seatings = []
    for round in range(room.rounds):
        there = set(room.talking(round).tolist())
        one, other = ([int(person) for person in row if int(person) in there] for row in (near, far))
        seatings.append(as_tables(_facing(one, other, round)))
    return seatings


def _facing(one: list[int], other: list[int], step: int) -> list[tuple[int, ...]]:
    turned = [other[(place + step) % len(other)] for place in range(len(other))]
    pairs: list[tuple[int, ...]] = list(zip(one, turned, strict=False))
    over = [*one[len(pairs) :], *turned[len(pairs) :]]
    # Two left over on one side, hosts say, turn to each other; the last of an odd number joins the last pair.
    pairs += [(over[place], over[place + 1]) for place in range(0, len(over) - 1, 2)]
    if len(over) % 2:
        pairs = [*pairs[:-1], (*pairs[-1], over[-1])] if pairs else [(over[-1],)]
    return pairs


def _column(room: Room) -> Across | None:
    """What the organiser wishes difference on first, where it may be shown."""
    shown = [across for across in room.rules.across if not across.is_hidden(room.roster.private) and across.weight > 0]
    kept = [across for across in shown if across.never_same is not None]
    return max(kept or shown, key=lambda across: across.weight, default=None)


def _same(room: Room, across: Across) -> tuple[Bools, Bools]:
    """Which two are of one group, and which two of two groups; of a blank neither is known."""
    codes = groups(room.roster, across.column)[[room.roster.index[id] for id in room.ids]]
    known = (codes >= 0)[:, None] & (codes >= 0)[None, :]
    same = codes[:, None] == codes[None, :]
    return same & known, ~same & known


def _laid(room: Room, seating: Seating) -> Draft:
    draft = Draft(room, 0)
    for round, tables in enumerate(seating):
        draft.lay(round, tables)
    return draft


def _figures(draft: Draft, tables: tuple[Bools, Bools] | None) -> dict[str, float]:
    room = draft.room
    met = np.triu(draft.met - room.history, 1)
    seats = room.seats()
    sums = experiences(draft)
    there = seats > 0
    means = sums[there] / seats[there]
    found = {
        "difference": 100 * float(sums.sum()) / max(float(seats.sum()), 1.0),
        "worst": 100 * float(means.min(initial=1.0)) if there.any() else 0.0,
        "repeats": float(np.where(met > 0, np.triu(draft.met, 1) - 1, 0).sum()),
        "broken": float(len(breaches(draft))),
    }
    if tables is not None:
        same, other = tables
        found |= {"across": float(met[other].sum()), "same": float(met[same].sum())}
    return found


def _spread(found: Sequence[Mapping[str, float]]) -> dict[str, Spread]:
    listed = {figure: [each[figure] for each in found] for figure in found[0]}
    return {figure: Spread(min(values), median(values), max(values)) for figure, values in listed.items()}
