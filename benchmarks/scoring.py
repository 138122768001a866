"""A neutral judge of an evening: its differences, its worst-off person, and every rule it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np

from benchmarks.facts import Facts
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.rules import Across, NeverSame, Odd, Repeats


@dataclass(frozen=True)
class Score:
    """The figures of one evening: `broken` counts the breaches by the name of the rule."""

    total: float
    worst: float
    broken: dict[str, int]
    same_group_most: int
    trios: int
    repeats: int

    @property
    def broken_rules(self) -> int:
        return sum(self.broken.values())


def score(facts: Facts, evening: Evening) -> Score:
    """Judge an evening against its room."""
    experience = np.zeros(len(facts.people))
    meetings: Counter[tuple[int, int]] = Counter()
    trios = 0
    for _, talk in _talks(facts, evening):
        trios += len(talk) == 3
        meetings.update(_pairs(talk))
        for person, value in zip(talk, experiences(facts, talk), strict=True):
            experience[person] += value
    rounds = facts.here.sum(axis=1)
    worst = float((experience[rounds > 0] / rounds[rounds > 0]).min(initial=1.0))
    most = max((int(rounds.max(initial=0)) for rounds in _same_group_rounds(facts, evening).values()), default=0)
    repeats = sum(count - 1 for count in meetings.values())
    broken = Counter({name: count for name, count in _breaches(facts, evening) if count})
    return Score(float(experience.sum()) / 2, worst, dict(broken), most, trios, repeats)


def experiences(facts: Facts, talk: Sequence[int]) -> list[float]:
    """How different a conversation is for each in it: from the partner, or the mean of two partners.

    Where hosts take two guests, a guest's is the difference to the host alone.
    """
    if facts.one_to_two and len(talk) == 3 and facts.host is not None:
        (host,) = (k for k in talk if facts.host[k])
        both = float(np.mean([facts.d[host, k] for k in talk if k != host]))
        return [both if k == host else float(facts.d[k, host]) for k in talk]
    return [float(np.mean([facts.d[k, other] for other in talk if other != k])) for k in talk]


def _talks(facts: Facts, evening: Evening) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every conversation as (round from 0, the places of its talkers)."""
    for round in evening.rounds:
        for talk in round.conversations:
            yield round.number - 1, tuple(facts.place[id] for id in talk.people)


def _pairs(talk: Sequence[int]) -> list[tuple[int, int]]:
    return list(combinations(sorted(talk), 2))


def _breaches(facts: Facts, evening: Evening) -> Iterator[tuple[str, int]]:
    yield from _pair_breaches(facts, evening)
    yield from _seat_breaches(facts, evening)
    yield "uneven trios", _uneven_trios(facts, evening)
    yield "over the cap", _over_the_cap(facts, evening)
    asked = facts.rules.pins + facts.rules.locked
    yield "pin or lock", sum(not _holds(evening, pin.round, pin.people) for pin in asked)
    yield "interpreter", sum(_interpreters_missing(facts, talk) for r in evening.rounds for talk in r.conversations)
    yield "table", sum(_table_breaches(facts, round) for round in evening.rounds)
    yield "fixed seat", _fixed_breaches(facts, evening)


def _pair_breaches(facts: Facts, evening: Evening) -> Iterator[tuple[str, int]]:
    """Who may talk with whom: each pair that may not, each conversation of the wrong kind, each needless repeat."""
    forbidden = wrong_sides = child = size = 0
    meetings: Counter[tuple[int, int]] = Counter()
    for _, talk in _talks(facts, evening):
        size += len(talk) not in (2, 3) or len(set(talk)) != len(talk)
        forbidden += sum(not facts.may_meet[a, b] for a, b in _pairs(talk))
        wrong_sides += not facts.sides_right(talk)
        child += not facts.children_right(talk)
        meetings.update(_pairs(talk))
    yield "forbidden pair", forbidden
    yield "sides", wrong_sides
    yield "child with adult", child
    yield "size", size
    yield "repeat", sum(n - 1 for n in meetings.values()) if facts.rules.repeats is Repeats.NEVER else 0


def _seat_breaches(facts: Facts, evening: Evening) -> Iterator[tuple[str, int]]:
    """Everyone in the room talks, once a round: each person left out, seated twice, or seated while away."""
    times = np.zeros(facts.here.shape, dtype=int)
    for number, talk in _talks(facts, evening):
        for person in talk:
            times[person, number] += 1
    left_out = (facts.here & (times == 0)).sum(axis=0)
    spare = facts.here.sum(axis=0) % 2 if facts.rules.odd is Odd.REST else np.zeros_like(left_out)
    yield "left out", int(np.maximum(left_out - spare, 0).sum())
    yield "twice in a round", int(np.maximum(times - 1, 0).sum())
    yield "seated while away", int((times[~facts.here] > 0).sum())
    rests = (facts.here & (times == 0)).sum(axis=1)
    yield "uneven rests", _uneven(facts, rests, facts.here & (times == 0)) if facts.rules.odd is Odd.REST else 0


def _uneven_trios(facts: Facts, evening: Evening) -> int:
    """Each trio beyond a person's first while someone in the room that round, of the same side, had none all evening.

    Trios with an under-18 are not counted: who may sit in them is not free.
    """
    if facts.one_to_two:
        return 0
    held = np.zeros(facts.here.shape, dtype=bool)
    for number, talk in _talks(facts, evening):
        if len(talk) == 3 and not facts.under_18[list(talk)].any():
            held[list(talk), number] = True
    return _uneven(facts, held.sum(axis=1), held)


def _uneven(facts: Facts, count: np.ndarray, held: np.ndarray) -> int:
    side = np.zeros(len(count), dtype=bool) if facts.host is None else facts.host
    breaches = 0
    for person in np.flatnonzero(count > 1):
        never = (count == 0) & (side == side[person]) & ~facts.under_18
        unfair = [bool((never & facts.here[:, number]).any()) for number in np.flatnonzero(held[person])]
        breaches += sum(unfair[1:])
    return breaches


def _same_group_rounds(facts: Facts, evening: Evening) -> dict[str, np.ndarray]:
    """For each never-same column, in how many rounds each person met someone of their own group, (n,)."""
    found = {column: np.zeros(len(facts.people), dtype=int) for column in facts.same_group}
    for _, talk in _talks(facts, evening):
        for column, same in facts.same_group.items():
            for person in talk:
                found[column][person] += bool(same[person, list(talk)].any())
    return found


def _over_the_cap(facts: Facts, evening: Evening) -> int:
    """People with more same-group rounds than the cap; with no cap given, than arithmetic says somebody must have."""
    rounds = _same_group_rounds(facts, evening)
    over = 0
    for across in facts.rules.across:
        if across.never_same is NeverSame.FEWEST:
            over += int((rounds[across.column] > cap_of(facts, across)).sum())
    return over


def cap_of(facts: Facts, across: Across) -> int:
    """The most same-group rounds a person may have: as the rules say, but no less than arithmetic allows."""
    return max(across.cap or 0, lowest_possible(facts, facts.same_group[across.column]))


def lowest_possible(facts: Facts, same: np.ndarray) -> int:
    """The fewest same-group rounds that somebody must have, by counting: a group over half of the room each round."""
    most = 0
    for start in {int(np.flatnonzero(row)[0]) if row.any() else -1 for row in same}:
        group = same[start] | (np.arange(len(same)) == start) if start >= 0 else np.zeros(len(same), dtype=bool)
        size, others = facts.here[group].sum(axis=0), facts.here[~group].sum(axis=0)
        # One of another group serves one person of this group, two in a trio; only a trio round has a trio.
        trios = np.array([facts.trios_needed(number) for number in range(facts.rules.rounds)])
        forced = np.maximum(size - others - trios, 0).sum()
        most = max(most, ceil(forced / max(int(group.sum()), 1)))
    return most


def _holds(evening: Evening, number: int, people: Sequence[str]) -> bool:
    talks = (talk for round in evening.rounds if round.number == number for talk in round.conversations)
    return any(set(people) <= set(talk.people) for talk in talks)


def _interpreters_missing(facts: Facts, talk: Conversation) -> int:
    wanted = {id for person in talk.people for id in facts.roster.interpreters.get(person, ())}
    return len(wanted ^ set(talk.interpreters))


def _table_breaches(facts: Facts, round: Round) -> int:
    """Tables used twice or beyond the count, and quiet people away from a quiet table that was there for them."""
    used = [talk.table for talk in round.conversations]
    asked = facts.rules.tables
    breaches = len(used) - len(set(used)) + sum(not 1 <= table <= (asked.count or table) for table in used)
    quiet = free = at = 0
    for talk in round.conversations:
        people = [facts.roster[id] for id in talk.people]
        at_quiet = talk.table in asked.quiet
        if any(person.quiet for person in people) and (at_quiet or all(p.fixed_seat is None for p in people)):
            quiet, at = quiet + 1, at + at_quiet
        elif at_quiet and any(person.fixed_seat is not None for person in people):
            free -= 1
    return breaches + max(0, min(quiet, len(asked.quiet) + free) - at)


def _fixed_breaches(facts: Facts, evening: Evening) -> int:
    """Rounds in which someone with a fixed seat had to move, other than to a fixed neighbour's table."""
    own = {p.id: _own_table(evening, p.id, facts) for p in facts.people if p.fixed_seat is not None}
    breaches = 0
    for round in evening.rounds:
        for talk in round.conversations:
            tables = [own[id] for id in talk.people if id in own]
            if not tables:
                continue
            together = all(_adjacent(facts, a, b) for a, b in combinations(tables, 2))
            breaches += not (talk.table in tables and together)
    return breaches


def _own_table(evening: Evening, id: str, facts: Facts) -> int:
    """The table a person with a fixed seat keeps: the sheet's, else where they sit most without a fixed partner."""
    if facts.roster[id].fixed_seat:
        return int(facts.roster[id].fixed_seat or 0)
    talks = [talk for round in evening.rounds for talk in round.conversations if id in talk.people]
    alone = [t.table for t in talks if sum(facts.roster[p].fixed_seat is not None for p in t.people) == 1]
    return Counter(alone or [talk.table for talk in talks] or [0]).most_common(1)[0][0]


def _adjacent(facts: Facts, first: int, second: int) -> bool:
    listed = facts.rules.tables.adjacent
    return abs(first - second) == 1 if listed is None else bool({(first, second), (second, first)} & listed)
