"""Small evenings for the tests of the re-check, and a report made the slow and plain way, pair by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from relexp.messages import Message
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.verify import verify
from relexp.roster.difference import difference, groups
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Repeats, Rules
from tests.property import oracle

Talks = Sequence[Sequence[str]]


def crowd(size: int, columns: Mapping[str, Sequence[str]] | None = None, **parts: Sequence[object]) -> Roster:
    """People a, b, c, ... called A, B, C, ...; `columns` and `parts` list values for the first of them."""
    columns = columns or {}
    made = []
    for place in range(size):
        id = chr(ord("a") + place) if size <= 26 else f"p{place}"
        values = {column: listed[place] if place < len(listed) else "" for column, listed in columns.items()}
        given = {part: listed[place] for part, listed in parts.items() if place < len(listed)}
        made.append(Person(id, id.upper(), values=values, **given))  # type: ignore[arg-type]
    return Roster(tuple(made), {column: column.title() for column in columns})


def evening(roster: Roster, *rounds: Talks, resting: Sequence[Sequence[str]] = (), **parts: Any) -> Evening:
    """An evening with tables 1, 2, 3, ... in order, from lists of conversations ("ab" is a and b)."""
    made = []
    for number, talks in enumerate(rounds, start=1):
        conversations = tuple(
            Conversation(tuple(people), table, tuple(i for p in people for i in roster.interpreters.get(p, ())))
            for table, people in enumerate(talks, start=1)
        )
        rest = tuple(resting[number - 1]) if len(resting) >= number else ()
        made.append(Round(number, conversations, rest))
    return Evening(tuple(made), {person.id: person.name for person in roster}, **parts)


def circle(roster: Roster, rounds: int) -> Evening:
    """Everybody in an even room with somebody new each round, by the circle method."""
    ids = [person.id for person in roster]
    talks = []
    for _ in range(rounds):
        talks.append([(ids[place], ids[-1 - place]) for place in range(len(ids) // 2)])
        ids = [ids[0], ids[-1], *ids[1:-1]]
    return evening(roster, *talks)


def seat(found: Evening, number: int, *changes: tuple[str, int]) -> Evening:
    """The evening with the tables of some people's conversations changed in one round."""
    rounds = list(found.rounds)
    talks = [
        replace(talk, table=next((table for id, table in changes if id in talk.people), talk.table))
        for talk in rounds[number - 1].conversations
    ]
    rounds[number - 1] = replace(rounds[number - 1], conversations=tuple(talks))
    return replace(found, rounds=tuple(rounds))


def told(roster: Roster, rules: Rules, found: Evening) -> list[str]:
    """The codes of what the re-check says, in order."""
    return [message.code for message in verify(roster, rules, found)]


def said(roster: Roster, rules: Rules, found: Evening, code: str) -> list[str]:
    """The sentences of one code."""
    return [str(message) for message in verify(roster, rules, found) if message.code == code]


def texts(messages: Sequence[Message]) -> str:
    """All sentences together."""
    return "\n".join(map(str, messages))


def reported(roster: Roster, rules: Rules, found: Evening, seed: int = 0) -> Evening:
    """The evening with a full report, its bounds proven by random prices: true, if not sharp."""
    return replace(found, report=plain_report(roster, rules, found, np.random.default_rng(seed)))


def plain_report(roster: Roster, rules: Rules, found: Evening, rng: np.random.Generator) -> dict[str, Any]:
    """Every figure of a report, by loops over people and pairs."""
    table = difference(roster, rules.across)
    index = roster.index
    trios: Counter[str] = Counter()
    gains = dict.fromkeys(index, 0.0)
    one_to_two = rules.sides is not None and rules.sides.guests_per_host == 2
    for round in found.rounds:
        for talk in round.conversations:
            for one in talk.people:
                partners = [other for other in talk.people if other != one]
                if one_to_two and roster[one].values["side"] == "guest":
                    partners = [other for other in partners if roster[other].values["side"] == "host"]
                gains[one] += sum(table[index[one], index[other]] for other in partners) / len(partners)
                trios[one] += len(talk.people) == 3
    free = free_rounds(roster, rules, found)
    counts = {id: len(rounds) for id, rounds in free.items()}
    met = Counter(found.pairs())
    earlier = {tuple(sorted(pair)) for pair in rules.met_before}
    rests = sum(round.number in free[id] for round in found.rounds for id in round.resting)
    talks = [talk for round in found.rounds for talk in round.conversations]
    size = len(roster)
    n = np.array([counts[person.id] for person in roster], dtype=float)
    u, m = rng.uniform(-0.3, 1.0, size), float(rng.uniform(0, 1))
    share = rng.uniform(0, 1, size)
    share = share / max(share @ n, 1e-9)
    worst = {"share": share.tolist(), "u": (u / 10).tolist(), "m": m / 10}
    value = [[float(x) for x in row] for row in table]
    number_of_trios = sum(len(talk.people) == 3 for talk in talks)
    total = sum(gains.values()) / 2
    bound = plain_bound(roster, rules, found, [0.5] * size, u, m, value)
    fair = min(1.0, plain_bound(roster, rules, found, list(share), u / 10, m / 10, value))
    return {
        "people": sum(person.interpreter_for is None for person in roster),
        "rounds": rules.rounds,
        "seed": found.seed,
        "feasible": True,
        "total": total,
        "total_bound": bound,
        "total_gap": (bound - total) / bound if bound else 0.0,
        "worst_person": min((gains[id] / counts[id] for id in gains if counts[id]), default=1.0),
        "worst_person_bound": fair,
        "conversations": len(talks),
        "turns": sum(len(talk.people) for talk in talks),
        "pairs_met": len(met),
        "repeats": sum(count - 1 + (pair in earlier) for pair, count in met.items()),
        "trios": number_of_trios,
        "second_trios": sum(max(0, count - 1) for count in trios.values()),
        "rests": rests,
        "same_group": _groups(roster, rules, found, free),
        "certificate": {"u": u.tolist(), "m": m, "worst": worst},
    }


def plain_bound(
    roster: Roster,
    rules: Rules,
    found: Evening,
    g: Sequence[float],
    u: Sequence[float],
    m: float,
    value: Sequence[Sequence[float]],
) -> float:
    """The bound of the formula, pair by pair."""
    free = free_rounds(roster, rules, found)
    people = [person for person in roster if person.interpreter_for is None]
    index = roster.index
    trios = sum(len(talk.people) == 3 for round in found.rounds for talk in round.conversations)
    total = sum(len(free[person.id]) * u[index[person.id]] for person in people) + m * trios / 2
    for round in found.rounds:
        prices: dict[str, list[float]] = {}
        rests: Counter[str] = Counter()
        for person in people:
            side = person.values["side"] if rules.sides is not None else ""
            if round.number in free[person.id]:
                prices.setdefault(side, []).append(float(u[index[person.id]]))
                rests[side] += person.id in round.resting
        total -= sum(sum(sorted(prices[side])[: rests[side]]) for side in prices)
    met = Counter(found.pairs())
    open_pairs: set[tuple[str, str]] = {
        (min(people[one].id, people[other].id), max(people[one].id, people[other].id))
        for one, other in oracle._Room(roster, rules, fixed_meet=True).open
        if free[people[one].id] & free[people[other].id]
    }
    for one, other in open_pairs | {*met}:
        i, j = index[one], index[other]
        times = len(free[one] & free[other]) if rules.repeats is Repeats.FEWEST else 1
        times = max(times if (one, other) in open_pairs else 0, met[one, other])
        modes = [(g[i] + g[j]) * value[i][j] - u[i] - u[j]]
        if rules.sides is not None:
            mine, theirs = roster[one].values["side"], roster[other].values["side"]
            if rules.sides.guests_per_host == 1:
                modes = [modes[0] - m * (mine == theirs)]
            elif mine == theirs:
                modes = []
            else:
                h, k = (i, j) if mine == "host" else (j, i)
                modes.append((g[h] / 2 + g[k]) * value[i][j] - u[h] / 2 - u[k])
        total += times * max([0.0, *modes])
    return total


def free_rounds(roster: Roster, rules: Rules, found: Evening) -> dict[str, set[int]]:
    """The rounds in which each person is there to talk."""
    present = found.present or rules.present
    every = range(1, rules.rounds + 1)
    return {
        person.id: {
            round
            for round in every
            if round in present.get(person.id, every) and round not in person.rest and person.interpreter_for is None
        }
        for person in roster
    }


def _met_twice(rules: Rules, found: Evening) -> bool:
    earlier = {tuple(sorted(pair)) for pair in rules.met_before}
    return any(count > 1 or pair in earlier for pair, count in Counter(found.pairs()).items())


def _groups(roster: Roster, rules: Rules, found: Evening, free: Mapping[str, set[int]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for attribute in rules.across:
        if attribute.never_same is None:
            continue
        codes = dict(zip(roster.index, groups(roster, attribute.column), strict=True))
        hidden = attribute.is_hidden(roster.private)
        name = f"private {1 + sum(key.startswith('private') for key in made)}" if hidden else attribute.column
        own: Counter[str] = Counter()
        meetings = fewest = lowest = 0
        for round in found.rounds:
            for talk in round.conversations:
                same = [p for p in combinations(talk.people, 2) if codes[p[0]] >= 0 and codes[p[0]] == codes[p[1]]]
                meetings += len(same)
                own.update({id for pair in same for id in pair})
        for group in {int(code) for code in codes.values()} - {-1}:
            inside = [id for id in codes if codes[id] == group]
            stuck = 0
            for round in found.rounds:
                there = {id for id in free if round.number in free[id]}
                alone = len(there & set(inside)) - len(there - set(inside)) - len(there & set(round.resting))
                if alone > 0:
                    fewest += (alone + 1) // 2
                    stuck += max(alone, 2)
            if stuck:
                lowest = max(lowest, -(-stuck // sum(bool(free[id]) for id in inside)))
        restless = {round.number for round in found.rounds if not any(round.number in free[id] for id in round.resting)}
        talkers = [person.id for person in roster if person.interpreter_for is None]
        forced = [
            max(0, len(free[id] & restless) - sum(codes[other] != codes[id] for other in talkers))
            for id in talkers
            if codes[id] >= 0 and rules.repeats is Repeats.NEVER and not _met_twice(rules, found)
        ]
        fewest, lowest = max(fewest, (sum(forced) + 1) // 2), max([lowest, *forced])
        made[name] = {
            "meetings": meetings,
            "most_for_one_person": max(own.values(), default=0),
            "lowest_possible": lowest,
            "fewest_meetings": fewest,
        }
    return made
