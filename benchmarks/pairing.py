"""Plans freshly drawn rooms of every kind beside what a user could assemble instead, and prints how good, fast and big.

Every planner gets the same rosters and the same rules, each in a process of its own. What is measured:

  gap             how far the total of differences met stays below a bound that no evening can pass (0 is perfect)
  worst_of_bound  the mean difference of the worst-off person, as a share of the most it could be (1 is perfect)
  broken_rules    breaches counted by the benchmark's own judge and by relexp verify; the larger of the two
  seconds         from the room in memory to the evening in memory; imports are not counted
  mb              peak memory of the whole process, Python and imports included

The bounds are two linear programs a room, solved by scipy's HiGHS, apart from any planner; where same-group rounds are
capped, the cap is one of their rows. (Beyond 600 people the second is what the person with the least to hope for could
have if nobody were in the way.) A gap below zero means that an evening got past the bound by breaking rules. The row
ours_menu is the menu of choices for a lop-sided room: the worst figures of all choices, and the time for all of them.

The peers are what a user could assemble: a method that pairs people up, told who may meet whom, with whoever is left
over joining a pair by the same method, second trios and needless same-group meetings made dear. Peers whose package is
missing are left out, with a line that says so. In churn_replan_120 four people go home and two come in after round 3;
seconds are those of planning the rest of the evening again.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import rooms
from benchmarks.peers import PEERS
from benchmarks.results import keep, pairing_targets, table

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ("gap", "worst_of_bound", "broken_rules", "seconds", "mb")
MORE = ("broken_here", "broken_verify", "same_group_most", "trios", "total", "worst")
MORE += ("printed_gap", "changed", "floor", "changed_of_floor")
MENU, LOP_SIDED = "ours_menu", "one_group_60"
LARGE = ("people_1000", "people_3000")
# The rooms that --quick gives to the slowest peers, enough to see each kind of trouble.
QUICK = {
    "networkx": ("ordinary_120", "hosts_one_to_two_45", "tight_school_8", "tight_everyone_30", "tight_hosts_24"),
    "cp_sat_round": ("ordinary_120", "one_group_60", "hosts_one_to_two_45", "tight_school_8", "tight_everyone_30"),
    "cp_sat_joint": ("ordinary_120", "one_group_60", "hosts_one_to_two_45", "tight_school_8", "tight_everyone_30"),
    "rustworkx": tuple(name for name in rooms.NAMES if name not in LARGE),
}


@dataclass(frozen=True)
class Effort:
    """How much is measured: rooms drawn of each kind, and the seconds that a planner and CP-SAT may take."""

    quick: bool
    repeat: int
    seconds: float
    solver_seconds: float

    def draws(self, kind: str, planner: str) -> int:
        """How many rooms of a kind a planner is given: fewer where each takes long."""
        slow = planner == "networkx" or (planner in PEERS and PEERS[planner].timed)
        return 1 if slow or (self.quick and kind in LARGE) else self.repeat

    def limit(self, planner: str) -> float:
        return self.solver_seconds if planner in PEERS and PEERS[planner].timed else self.seconds


@dataclass
class Case:
    """A planner in one kind of room: its figures, a list each over the rooms drawn, and what is to be said of it."""

    kind: str
    planner: str
    figures: dict[str, list[float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, answer: dict[str, Any], bound: dict[str, float] | None) -> None:
        """Take in the figures of one room."""
        if bound:
            answer = answer | {"gap": 1 - answer["total"] / bound["total"]}
            answer["worst_of_bound"] = answer["worst"] / bound["worst"] if bound["worst"] else 1.0
        for name in (*FIGURES, *MORE):
            if name in answer:
                self.figures.setdefault(name, []).append(answer[name])
        if answer.get("note"):
            self.notes.append(answer["note"])

    def middles(self) -> dict[str, float | None]:
        """The median of every figure; None for one that could not be had."""
        found: dict[str, float | None] = dict.fromkeys(FIGURES)
        return found | {name: median(values) for name, values in self.figures.items()}


class Bench:
    """A run over some kinds of rooms, a case at a time."""

    def __init__(self, effort: Effort, seed: int, tell: Callable[[str], None]) -> None:
        self.effort, self.seed, self.tell = effort, seed, tell
        self._bounds: dict[tuple[str, int], dict[str, float]] = {}

    def cases(self, kind: str, planners: Sequence[str]) -> Iterator[Case]:
        """Our case first, then the peers', each measured when it is asked for."""
        for planner in planners:
            if planner == MENU and kind != LOP_SIDED:
                continue
            wanted = QUICK.get(planner)
            if self.effort.quick and wanted is not None and kind not in wanted:
                continue
            yield self._case(kind, planner)

    def _case(self, kind: str, planner: str) -> Case:
        case = Case(kind, planner)
        answers, note = self._answers(kind, planner, self.effort.draws(kind, planner))
        for draw, answer in enumerate(answers):
            if "seconds" in answer:
                case.add(answer, self._bound(kind, draw) if "total" in answer else None)
            else:
                case.notes.append(answer["note"])
        if note:
            case.notes.append(note)
        return case

    def _answers(self, kind: str, planner: str, draws: int) -> tuple[list[dict[str, Any]], str]:
        """(a planner's figures for each room drawn, what kept it from going on)."""
        limit = self.effort.limit(planner)
        self.tell(f"{kind}: {planner}")
        seeds = ",".join(str(self.seed + draw) for draw in range(draws))
        command = [sys.executable, "-m", "benchmarks.case", kind, planner, seeds, str(limit)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode == -signal.SIGALRM:
            return answers, f"no answer in {limit:g} s"
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
            return answers, f"stopped: {lines[-1]}"
        return answers, ""

    def _bound(self, kind: str, draw: int) -> dict[str, float] | None:
        """The bounds of a room, worked out with those of its kind the first time that one is needed."""
        if (kind, draw) not in self._bounds:
            found, _ = self._answers(kind, "bounds", self.effort.draws(kind, "bounds"))
            self._bounds.update({(kind, place): bound for place, bound in enumerate(found)})
        return self._bounds.get((kind, draw))


LEGEND = """\
Medians over the rooms drawn, lowest and highest in brackets. `gap`: how far the total stays below a bound that no
evening can pass (a linear program, solved by HiGHS); `worst of bound`: the worst-off person's mean difference as a
share of the most it could be; `broken rules`: the larger of two independent counts. A gap below zero got past the bound
by breaking rules. `python benchmarks/pairing.py --help` says how each is measured."""
HEAD = ("room", "planner", "gap", "worst of bound", "broken rules", "seconds", "MB", "rooms", "")


def row(case: Case) -> tuple[str, ...]:
    """One line of the table: medians, with the lowest and highest where rooms differ."""

    def shown(name: str, form: str, times: float = 1.0) -> str:
        # A gap of minus nothing is arithmetic on a computer.
        values = [round(value * times, 6) + 0.0 for value in case.figures.get(name, [])]
        if not values:
            return "-"
        low, middle, high = (form.format(value) for value in (min(values), median(values), max(values)))
        return middle if low == high else f"{middle} ({low} to {high})"

    drawn = len(case.figures.get("seconds", []))
    cells = (
        shown("gap", "{:.3f}%", 100.0),
        shown("worst_of_bound", "{:.2f}%", 100.0),
        shown("broken_rules", "{:.0f}"),
        shown("seconds", "{:.2f}"),
        shown("mb", "{:.0f}"),
        str(drawn),
    )
    return (case.kind, case.planner, *cells, _remark(case))


def _remark(case: Case) -> str:
    """What stands at the end of a line: the re-plan's changes, same-group rounds, the first thing that went wrong."""
    parts = []
    if case.figures.get("changed"):
        changed, floor = median(case.figures["changed"]), median(case.figures["floor"])
        parts.append(f"{changed:.0f} partners changed, {floor:.0f} had to")
    if max(case.figures.get("same_group_most", [0])):
        parts.append(f"same-group rounds of one person: {max(case.figures['same_group_most']):.0f}")
    return "; ".join(parts + case.notes[:1])


def planners() -> tuple[list[str], list[str]]:
    """(the planners that can run, a line for each that cannot)."""
    ready = [name for name, peer in PEERS.items() if not peer.missing()]
    absent = [
        f"{name} is left out: the package {peer.package} is not installed (pip install relexp[bench])"
        for name, peer in PEERS.items()
        if peer.missing()
    ]
    return ["ours", MENU, *ready], absent


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    names = "\n".join(f"  {name:14}  {peer.words}" for name, peer in PEERS.items())
    kinds = ", ".join(rooms.NAMES)
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"Peers:\n{names}\n\nRooms: {kinds}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="under eight minutes: fewer rooms for the slow peers")
    parser.add_argument("--json", type=Path, metavar="FILE", help='write {"room/planner": {"figure": value}}, medians')
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the section of RESULTS.md with the targets")
    parser.add_argument("--seed", type=int, help="draw the same rooms again (a new seed is drawn and printed else)")
    parser.add_argument("--rooms", metavar="A,B", help="only these kinds of rooms, or those that begin so")
    parser.add_argument("--planners", metavar="A,B", help="only these planners (ours, or a peer's name)")
    parser.add_argument(
        "--repeat",
        type=int,
        default=3,
        metavar="K",
        help="rooms drawn of each kind (default 3; 1 for networkx and CP-SAT)",
    )
    return parser.parse_args(given)


def chosen(wanted: str | None, names: Sequence[str]) -> list[str]:
    """The names that were asked for, or that begin as asked; all of them when nothing was asked."""
    if not wanted:
        return list(names)
    found = []
    for part in wanted.split(","):
        called = [part] if part in names else [name for name in names if name.startswith(part)]
        if not called:
            sys.exit(f"nothing is called {part}; there is {', '.join(names)}")
        found += called
    return found


def main() -> None:
    asked = arguments()
    ready, absent = planners()
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    effort = Effort(asked.quick, asked.repeat, 20.0, 5.0) if asked.quick else Effort(False, asked.repeat, 120.0, 20.0)
    kinds, ready = chosen(asked.rooms, rooms.NAMES), chosen(asked.planners, ready)
    said = [f"seed {seed}; a planner may take {effort.seconds:g} s a room, CP-SAT {effort.solver_seconds:g} s", *absent]
    if effort.quick:
        said.append("--quick leaves out networkx, rustworkx and CP-SAT in the rooms where they take longest")
    print("\n".join([*said, ""]))
    bench = Bench(effort, seed, _progress)
    start, cases, tables = perf_counter(), [], []
    for kind in kinds:
        found = list(bench.cases(kind, ready))
        cases += found
        tables.append(table(HEAD, [row(case) for case in found]))
        _progress("")
        print(tables[-1] + "\n", flush=True)
    figures = {f"{case.kind}/{case.planner}": case.middles() for case in cases}
    targets = pairing_targets(figures)
    print(f"{targets}\n\n{perf_counter() - start:.0f} s in all")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    if asked.results:
        parts = ["--quick"] * asked.quick + ["--seed", str(seed), "--repeat", str(asked.repeat)]
        parts += [f"--{name} {given}" for name in ("rooms", "planners") if (given := getattr(asked, name))]
        command = " ".join(["python", "benchmarks/pairing.py", *parts])
        day = datetime.now(UTC).date().isoformat()
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        head = [f"{day}, `{command}`, on {os.cpu_count()} cores, {round(memory)} GB.", *(line + "." for line in said)]
        body = [LEGEND, "### Targets", targets, "### By kind of room", *tables]
        keep(asked.results, "pairing", "\n\n".join(["\n".join(head), *body]))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
