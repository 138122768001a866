"""Kernels and processes, started and looked at by hand."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import psutil
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from relexp.server.client import VisitorManager, quick_context
from relexp.server.forkserver.provisioner import warm_kernel
from relexp.server.forkserver.template import Template, Warmth, template
from relexp.server.kernel import NEEDLESS

Result = TypeVar("Result")

# What every test's kernels have ready; random numbers among it.
WARMTH = Warmth(("ipywidgets", "numpy.random"), NEEDLESS)


def run(work: Coroutine[Any, Any, Result], seconds: float = 120.0) -> Result:
    """Run it in a thread of its own: playwright leaves a loop running in the one that the tests are in."""

    async def within() -> Result:
        return await asyncio.wait_for(work, seconds)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, within()).result()


class Specs(KernelSpecManager):
    """The kernel that the server has, forked from a template of this warmth or, with None, started the ordinary way."""

    def __init__(self, warmth: Warmth | None = WARMTH) -> None:
        super().__init__()
        self.warmth = warmth

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "relexp.server.kernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata=warm_kernel(self.warmth) if self.warmth else {},
        )


class Kernel:
    """A kernel with a client."""

    def __init__(self, folder: Path, warmth: Warmth | None = WARMTH) -> None:
        self.context = quick_context()
        self.manager = VisitorManager(
            kernel_name="python3",
            kernel_spec_manager=Specs(warmth),
            context=self.context,
            connection_file=str(folder / "k.json"),
            autorestart=False,
        )
        self.client = None

    async def start(self, **how: Any) -> None:
        await self.manager.start_kernel(**how)
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=60)

    @property
    def pid(self) -> int:
        return self.manager.provisioner.pid

    @property
    def template(self) -> Template:
        return template(self.manager.kernel_spec_manager.warmth)

    async def does(self, code: str) -> str:
        """What the code prints, or the name of the error it ends in."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            said.append(message["content"].get("text") or message["content"].get("ename") or "")

        await self.client.execute_interactive(code, timeout=60, output_hook=hear)
        return "".join(said).strip()

    async def end(self) -> None:
        if await self.manager.is_alive():
            await self.manager.shutdown_kernel(now=True)
        self.let_go()

    def let_go(self) -> None:
        if self.client:
            self.client.stop_channels()
        self.context.destroy(linger=0)


@asynccontextmanager
async def kernel(folder: Path, warmth: Warmth | None = WARMTH, **how: Any) -> AsyncIterator[Kernel]:
    """A kernel that is there for the body."""
    folder.mkdir(exist_ok=True)
    one = Kernel(folder, warmth)
    try:
        await one.start(**how)
        yield one
    finally:
        await one.end()


def lives(pid: int) -> bool:
    """Whether the process is there, and is no shell of one that has ended."""
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False


async def until(holds: Callable[[], bool], seconds: float = 10.0) -> float:
    """Wait until it holds, and say how long that took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds
        await asyncio.sleep(0.01)
    return time.monotonic() - start


def memory(pid: int) -> dict[str, float]:
    """The memory of a process, in MB: `rss` all of it, `pss` its share, `private` what is its alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kb = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
    private = kb["Private_Clean"] + kb["Private_Dirty"]
    return {"rss": kb["Rss"] / 1024, "pss": kb["Pss"] / 1024, "private": private / 1024}


def handles(pid: int | str = "self") -> int:
    """How many files and sockets a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def children(pid: int) -> list[int]:
    """The processes that it has started and that have not ended."""
    return [one.pid for one in psutil.Process(pid).children()]


def threads(pid: int) -> int:
    """How many threads a process has."""
    return psutil.Process(pid).num_threads()


def server(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A server process of its own, that prints what the test is to know and then waits."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )


def stop(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a signal."""
    os.kill(pid, number)
