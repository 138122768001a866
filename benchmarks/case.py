"""One case in a process of its own: draw rooms, plan them with one planner, judge the evenings, print the figures.

    python -m benchmarks.case KIND PLANNER SEED,SEED,... SECONDS

Prints one JSON object a room. PLANNER is `ours`, `ours_menu`, a peer's name, or `bounds` for the upper bounds alone.
The planner may take SECONDS a room; then the process ends itself by SIGALRM. Time runs from the room in memory to the
evening in memory, after the planner has planned a room of eight people once (so that imports are not counted). Memory
is the peak of the whole process until the evening is there, interpreter and imports included.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import rooms
from benchmarks.facts import Facts
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

Answer = dict[str, Any]


def main(kind: str, planner: str, seeds: str, seconds: str) -> None:
    """Print the figures of one planner in one kind of room."""
    for seed in seeds.split(","):
        room = rooms.room(kind, int(seed))
        print(json.dumps(_answer(room, planner, float(seconds))), flush=True)


def _answer(room: rooms.Room, planner: str, seconds: float) -> Answer:
    if planner == "bounds":
        from benchmarks.bounds import bounds

        return asdict(bounds(Facts(*_whole_evening(room))))
    if planner == "ours_menu":
        return _menu(room, seconds)
    if planner == "ours":
        return _ours(room, seconds)
    try:
        return _peer(room, planner, seconds)
    except TimeoutError:
        return {"note": f"no answer in {seconds:g} s"}


def _ours(room: rooms.Room, seconds: float) -> Answer:
    from relexp.pairing.impossible import Impossible
    from relexp.pairing.plan import plan

    plan(*_small())
    try:
        if room.change is None:
            return _judged(room, *_timed(lambda: plan(room.roster, room.rules), seconds))
        return _ours_replanned(room, plan(room.roster, room.rules), seconds)
    except Impossible as impossible:
        return {"note": "says impossible: " + "; ".join(str(reason) for reason in impossible.reasons)}


def _menu(room: rooms.Room, seconds: float) -> Answer:
    """The menu of a lop-sided room: every choice judged by its own rules and bounds; the worst of each figure."""
    from benchmarks.bounds import bounds
    from relexp.pairing.menu import menu

    menu(*_small())
    choices, spent, mb = _timed(lambda: menu(room.roster, room.rules), seconds)
    judged = []
    for choice in choices:
        one = _judged(replace(room, rules=choice.rules), choice.evening, spent, mb)
        limit = bounds(Facts(room.roster, choice.rules))
        fair = one["worst"] / limit.worst
        judged.append({"gap": 1 - one["total"] / limit.total, "worst_of_bound": fair, "broken": one["broken_rules"]})
    return {
        "gap": max(one["gap"] for one in judged),
        "worst_of_bound": min(one["worst_of_bound"] for one in judged),
        "broken_rules": sum(one["broken"] for one in judged),
        "seconds": spent,
        "mb": mb,
        "note": f"{len(judged)} choices",
    }


def _small() -> tuple[Roster, Rules]:
    """A room of eight, planned before the time is taken."""
    room = rooms.room("tight_school_8", 1)
    return room.roster, room.rules


def _ours_replanned(room: rooms.Room, before: Evening, seconds: float) -> Answer:
    from relexp.pairing.replan import replan

    change = room.change
    assert change is not None
    asked = {"after": change.after, "arrivals": change.arrivals, "leavers": change.leavers}
    replan(before, room.roster, room.rules, **asked)
    after, *spent = _timed(lambda: replan(before, room.roster, room.rules, **asked).evening, seconds)
    return _judged(room, after, *spent) | _changes(room, before, after)


def _peer(room: rooms.Room, name: str, seconds: float) -> Answer:
    from benchmarks.peers import PEERS
    from benchmarks.peers.rounds import Ask
    from benchmarks.peers.seating import evening_of

    method = PEERS[name].plan
    method(Facts(*_small()), Ask(seconds=1.0))
    facts = Facts(*_whole_evening(room))
    ask = Ask(room.rules.seed, seconds)
    if room.change is not None:
        first = Facts(room.roster, room.rules)
        before = method(first, ask)
        ask = replace(ask, past=before[: room.change.after])
    # Those that keep to their own time have time to hand in what they found.
    talks, *spent = _timed(lambda: method(facts, ask), seconds * (2 if PEERS[name].timed else 1))
    answer = _judged(room, evening_of(facts, talks), *spent)
    if room.change is not None:
        answer |= _changes(room, evening_of(first, before), evening_of(facts, talks))
    return answer


def _timed(plan: Callable[[], Any], seconds: float) -> tuple[Any, float, float]:
    """(what was planned, seconds, peak megabytes); the process ends by SIGALRM when the time is over."""
    signal.alarm(max(1, round(seconds)))
    start = perf_counter()
    planned = plan()
    spent = perf_counter() - start
    signal.alarm(0)
    return planned, spent, peak()


def peak() -> float:
    """The most memory this process has held so far, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss would also count what the parent held when it started this process.
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _whole_evening(room: rooms.Room) -> tuple[Roster, Rules]:
    """The room as it turned out: with those who came late and without those who had gone home, in their rounds."""
    change = room.change
    if change is None:
        return room.roster, room.rules
    roster = replace(room.roster, people=room.roster.people + change.arrivals.people)
    late = frozenset(range(change.after + 1, room.rules.rounds + 1))
    present = {person.id: late for person in change.arrivals}
    present |= {id: frozenset(range(1, change.after + 1)) for id in change.leavers}
    return roster, replace(room.rules, present={**room.rules.present, **present})


def _judged(room: rooms.Room, evening: Evening, seconds: float, mb: float) -> Answer:
    from benchmarks.scoring import score
    from relexp.pairing.verify import verify

    roster, rules = _whole_evening(room)
    facts = Facts(roster, rules)
    judged = score(facts, evening)
    said = verify(roster, rules, evening)
    answer = {
        "total": judged.total,
        "worst": judged.worst,
        "broken_rules": max(judged.broken_rules, len(said)),
        "broken_here": judged.broken_rules,
        "broken_verify": len(said),
        "seconds": seconds,
        "mb": mb,
        "same_group_most": judged.same_group_most,
        "trios": judged.trios,
        "note": _note(judged.broken, [message.code for message in said]),
    }
    if "total_gap" in evening.report:
        answer["printed_gap"] = evening.report["total_gap"]
    return answer


def _note(broken: Mapping[str, int], codes: list[str]) -> str:
    if broken:
        return ", ".join(f"{name} {count}" for name, count in broken.items())
    return ", ".join(f"{code} {codes.count(code)}" for code in sorted(set(codes)))


def _changes(room: rooms.Room, before: Evening, after: Evening) -> Answer:
    """How many partners a re-plan changed: person-rounds to come of those who stay, and those that had to change."""
    change = room.change
    assert change is not None
    gone, changed, floor = set(change.leavers), 0, 0
    for old, new in zip(before.rounds[change.after :], after.rounds[change.after :], strict=True):
        now = {id: set(talk.people) for talk in new.conversations for id in talk.people}
        for talk in old.conversations:
            for id in set(talk.people) - gone:
                changed += now.get(id, set()) != set(talk.people)
                floor += bool(gone & set(talk.people))
    return {"changed": changed, "floor": floor, "changed_of_floor": changed / max(floor, 1)}


if __name__ == "__main__":
    main(*sys.argv[1:])
