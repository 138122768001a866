"""What a server costs: processor time and memory of all the processes that it has started, whoever their parent is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Every process of a server carries it in its environment, also one that a template forked or that lost its parent.
MARK = "RELEXP_BENCHMARK"
PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time so far, MB of memory now (each shared page split among its users), processes alive."""

    cpu_s: float
    pss_mb: float
    processes: int


def members(mark: str) -> list[int]:
    """The processes that were started with this mark in their environment."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                # gone, or somebody else's
                continue
            if wanted in words:
                found.append(int(entry.name))
    return found


def cost(mark: str) -> Cost:
    """What the processes with this mark have used and hold."""
    ids = members(mark)
    return Cost(sum(map(_cpu, ids)), sum(map(_pss, ids)), len(ids))


def rest(mark: str, wait: Callable[[float], None] = time.sleep, longest: float = 15.0) -> Cost:
    """Wait until the processes have used less than a tenth of a core for a second, and say what they cost."""
    until = time.monotonic() + longest
    quiet, before = 0, cost(mark)
    while quiet < 2 and time.monotonic() < until:
        wait(0.5)
        now = cost(mark)
        same = now.processes == before.processes
        quiet = quiet + 1 if same and now.cpu_s - before.cpu_s < 0.05 else 0
        before = now
    return before


def _cpu(process: int) -> float:
    """Its own time and that of its children that have ended."""
    try:
        text = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    # The name stands in brackets and may hold blanks; the times are the 14th to 17th fields.
    return sum(map(int, text.rpartition(")")[2].split()[11:15])) / TICK


def _pss(process: int) -> float:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
