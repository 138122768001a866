"""Many visitors at the same moment, without a browser.

Each loads the page to its last byte, opens the line to its Python, has the state of every control, and stays until
everybody has. Then each moves its slider, and its own Python has to say so.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.visits.callers import PATIENCE, Caller, JupyterCaller, SolaraCaller
from benchmarks.visits.peer_callers import MarimoCaller, PanelCaller, StreamlitCaller
from benchmarks.visits.server import Server

CALLERS: dict[str, type[Caller]] = {
    "ours": JupyterCaller,
    "voila": JupyterCaller,
    "streamlit": StreamlitCaller,
    "panel": PanelCaller,
    "solara": SolaraCaller,
    "marimo": MarimoCaller,
}


@dataclass
class Crowd:
    """When each was served, in seconds from the start, soonest first; how many Pythons answered; what went wrong."""

    served: list[float] = field(default_factory=list)
    right: int = 0
    failed: list[str] = field(default_factory=list)

    def first(self) -> float | None:
        return self.served[0] if self.served else None

    def last(self, many: int) -> float | None:
        """When the last of so many was served; None if one was not."""
        return self.served[-1] if len(self.served) == many else None


def visit(
    server: Server, kind: type[Caller], many: int, when_all_are_here: Callable[[], None], patience: float = PATIENCE
) -> Crowd:
    """So many visitors at the same moment, each for so many seconds; `when_all_are_here` is called while they stay."""
    # In a thread of its own: Playwright leaves a loop running in that of whoever holds a browser.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _visit(server, kind, many, when_all_are_here, patience)).result()


async def _visit(
    server: Server, kind: type[Caller], many: int, when_all_are_here: Callable[[], None], patience: float
) -> Crowd:
    visitors = [kind(server, patience) for _ in range(many)]
    for visitor in visitors:
        await visitor.take_key()
    start = time.perf_counter()
    done = await asyncio.gather(*(visitor.arrive() for visitor in visitors), return_exceptions=True)
    crowd = Crowd(sorted(came - start for came in done if isinstance(came, float)))
    crowd.failed = [_words(fault) for fault in done if isinstance(fault, BaseException)]
    # Whoever measures may take a while, and the lines have to be kept alive meanwhile.
    await asyncio.get_running_loop().run_in_executor(None, when_all_are_here)
    here = [visitor for visitor, came in zip(visitors, done, strict=True) if isinstance(came, float)]
    moved = [asyncio.wait_for(visitor.move(), patience) for visitor in here]
    answers = await asyncio.gather(*moved, return_exceptions=True)
    crowd.right = sum(answer is None for answer in answers)
    crowd.failed += [_words(fault) for fault in answers if isinstance(fault, BaseException)]
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return crowd


def _words(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"
