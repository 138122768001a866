"""One engine measured: its page in a browser, visitors who stay, a crowd at the same moment, each on a fresh server."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.pages import Engine
from benchmarks.visits import crowd
from benchmarks.visits.browser import NoAnswer, Visitor
from benchmarks.visits.callers import PATIENCE
from benchmarks.visits.server import NotStarted, Server, running
from benchmarks.visits.tree import Cost, cost, rest

CROWD = 30
# Nothing is begun for which there are not so many seconds left.
A_PART = 60.0


@dataclass(frozen=True)
class Effort:
    """How much is measured: first visits, visitors in a browser who stay; and the seconds that all of it may take."""

    repeat: int
    staying: int
    seconds: float = math.inf
    slow_line: tuple[str, ...] = ("ours", "voila")
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """The seconds that are left."""
        return self.began + self.seconds - time.monotonic()


@dataclass
class Case:
    """An engine: its figures, a list each over the visits, and what is to be said of it."""

    engine: Engine
    figures: dict[str, list[float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, **found: float | None) -> None:
        for name, value in found.items():
            if value is not None:
                self.figures.setdefault(name, []).append(value)

    def spent(self, before: Cost, after: Cost, visitors: int, *ends: str) -> None:
        """Note what each visitor cost, under `cpu_s` and `pss_mb` with these ends to the name."""
        for end in ends:
            self.add(
                **{
                    f"cpu_s{end}": (after.cpu_s - before.cpu_s) / visitors,
                    f"pss_mb{end}": (after.pss_mb - before.pss_mb) / visitors,
                }
            )

    def middles(self, always: tuple[str, ...]) -> dict[str, float | None]:
        """The median of every figure; None for one that could not be had."""
        found: dict[str, float | None] = dict.fromkeys(always)
        return found | {name: median(values) for name, values in self.figures.items()}


def measure(engines: Sequence[Engine], browser: Any, effort: Effort, tell: Callable[[str], None]) -> list[Case]:
    """A case for each engine; what could not be measured is said in its notes.

    Each part is done with all engines before the next, so that what is compared was measured close together, and what
    there is no time for is the end of the last part.
    """
    cases = [Case(engine) for engine in engines]
    for words, part in (("the page", pages), ("visitors who stay", staying), ("thirty at once", at_once)):
        for case in cases:
            tell(f"{case.engine.name}: {words}")
            if effort.left() < A_PART:
                case.notes.append(f"{words}: left out, since there was no time left")
                continue
            try:
                with running(case.engine) as server:
                    part(case, server, browser, effort)
            except (NotStarted, NoAnswer) as fault:
                case.notes.append(f"{words}: {fault}")
                for context in browser.contexts if browser else ():
                    context.close()
    return cases


def pages(case: Case, server: Server, browser: Any, effort: Effort) -> None:
    """First visits and next pages of one visitor after the other, a first one having warmed the server."""
    case.add(idle_mb=cost(server.mark).pss_mb)
    early = Visitor(browser, case.engine, server)
    wire = early.watch()
    early.open()
    rest(server.mark, early.wait)
    case.add(requests=wire.requests, kb=wire.kb, foreign_requests=len(wire.foreign))
    for _ in range(effort.repeat):
        visitor = Visitor(browser, case.engine, server)
        before = rest(server.mark, visitor.wait)
        first = visitor.open()
        case.spent(before, rest(server.mark, visitor.wait), 1, "_1")
        case.add(interactive_s=first.interactive_s, chart_s=first.chart_s, first_paint_s=first.first_paint_s)
        case.add(next_page_s=visitor.open().interactive_s)
        visitor.leave()
    if case.engine.name in effort.slow_line:
        visitor = Visitor(browser, case.engine, server)
        rest(server.mark, visitor.wait)
        visitor.slow_line()
        case.add(interactive_10mbit_s=visitor.open().interactive_s)
        visitor.leave()
    early.leave()


def staying(case: Case, server: Server, browser: Any, effort: Effort) -> None:
    """Visitors in windows of their own who come one after the other and stay."""
    visitors = [Visitor(browser, case.engine, server)]
    visitors[0].open()
    before = rest(server.mark, visitors[0].wait)
    for _ in range(effort.staying):
        visitors.append(Visitor(browser, case.engine, server))
        visitors[-1].open()
    case.spent(before, rest(server.mark, visitors[0].wait), effort.staying, "", f"_{effort.staying}")
    for visitor in visitors:
        visitor.leave()


def at_once(case: Case, server: Server, browser: Any, effort: Effort) -> None:
    """Thirty visitors at the same moment, without a browser."""
    kind = crowd.CALLERS.get(case.engine.name)
    if kind is None:
        return
    crowd.visit(server, kind, 1, lambda: None)
    costs = [rest(server.mark)]
    patience = min(PATIENCE, effort.left())
    found = crowd.visit(server, kind, CROWD, lambda: costs.append(rest(server.mark)), patience)
    case.add(first_of_30_s=found.first(), last_of_30_s=found.last(CROWD))
    if len(found.served) == CROWD:
        case.spent(*costs, CROWD, f"_{CROWD}")
    else:
        case.notes.append(f"{len(found.served)} of {CROWD} at once were served ({found.failed[0]})")
    if found.right < len(found.served):
        case.notes.append(f"{found.right} of {len(found.served)} Pythons answered their slider ({found.failed[-1]})")
