"""Who may have a Python, how many may be started at one time, and when each ends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import psutil
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Float, Int, default
from zmq.asyncio import Context

from relexp.server.client import quick_context

BYTES_EACH = 40 * 1024 * 1024
SHARE_OF_MEMORY = 0.6
FEWEST, MOST = 8, 200
FILES_WANTED = 16384


class Full(Exception):
    """As many people have a Python, or wait for one, as this computer can serve."""


class Line(Protocol):
    """What joins a page to a kernel, as far as it has to be ended."""

    def hang_up(self) -> None: ...


@dataclass(eq=False)
class Place:
    """One visitor on the way to a kernel."""

    owner: str
    browser: str = ""
    start: asyncio.Future[str] | None = None
    kernel_id: str | None = None


_place: ContextVar[Place | None] = ContextVar("place", default=None)


class Kernels(AsyncMappingKernelManager):
    """All visitors' kernels."""

    most = Int(help="how many people may have a kernel, or wait for one").tag(config=True)
    at_once = Int(3, help="how many may be started at one time; the others wait their turn").tag(config=True)
    seconds_unjoined = Float(60.0, help="how long a kernel waits for its page").tag(config=True)
    seconds_alone = Float(600.0, help="how long a kernel outlives its page").tag(config=True)

    @default("most")
    def _default_most(self) -> int:
        room = int(SHARE_OF_MEMORY * psutil.virtual_memory().available / BYTES_EACH)
        return max(FEWEST, min(MOST, room))

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return "relexp.server.client.VisitorManager"

    @default("context")
    def _context_default(self) -> Context:
        self._created_context = True
        return quick_context()

    @default("cull_idle_timeout")
    def _default_cull_idle_timeout(self) -> int:
        return 8 * 60 * 60

    @default("cull_connected")
    def _default_cull_connected(self) -> bool:
        return True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        allow_many_files()
        self._gate = asyncio.Semaphore(self.at_once)
        self._places: set[Place] = set()
        self._owners: dict[str, str] = {}
        self._browsers: dict[str, str] = {}
        self._lines: dict[str, set[Line]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._ending: dict[str, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def admit(self, owner: str, browser: str = "") -> AsyncIterator[None]:
        """A turn to start one kernel, which is this owner's; first come, first served. Raises Full at once.

        `browser` is a mark of the one that asks: see `end_all_of`.

        The turn ends with the body. Where the body fails, or is cancelled because its visitor has gone, the kernel it
        has started ends too.
        """
        self.check_room()
        place = Place(owner, browser)
        self._places.add(place)
        try:
            async with self._gate:
                before = _place.set(place)
                try:
                    yield
                finally:
                    _place.reset(before)
        except BaseException:
            await asyncio.shield(asyncio.ensure_future(self._give_back(place)))
            raise
        finally:
            self._places.discard(place)
        if place.kernel_id is not None and not self._lines.get(place.kernel_id):
            self._end_in(self.seconds_unjoined, place.kernel_id)

    def check_room(self) -> None:
        """Raises Full when nobody more can be admitted."""
        if self.taken() >= self.most:
            raise Full

    def taken(self) -> int:
        """How many people have a kernel or wait for one; those whose kernel is ending have not."""
        return len(self._kernels.keys() - self._ending.keys()) + sum(one.kernel_id is None for one in self._places)

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel; within `admit`, it belongs to the visitor who was admitted."""
        place = _place.get()
        starting = asyncio.ensure_future(super().start_kernel(**kwargs))
        if place is None:
            return await starting
        place.start = starting
        # A start goes on to its end though the visitor has gone: only then is there something to end.
        place.kernel_id = await asyncio.shield(starting)
        self.own(place.kernel_id, place.owner)
        self._browsers[place.kernel_id] = place.browser
        return place.kernel_id

    def own(self, kernel_id: str, owner: str) -> None:
        """Give a kernel to somebody, who alone may join it and end it."""
        self._owners[kernel_id] = owner

    def owner(self, kernel_id: str) -> str | None:
        """Whose it is."""
        return self._owners.get(kernel_id)

    def end_all_of(self, *, owner: str | None = None, browser: str | None = None) -> None:
        """End the kernels of somebody who may not come in any more, or of a browser that has gone out."""
        for kernel_id in tuple(self._owners):
            mine = browser is not None and browser == self._browsers.get(kernel_id)
            if mine or (owner is not None and owner == self._owners[kernel_id]):
                self._end_now(kernel_id)

    async def end(self, kernel_id: str) -> None:
        """End a kernel; that it has ended, or is about to, is no fault."""
        self._end_now(kernel_id)
        if kernel_id in self._ending:
            await asyncio.shield(self._ending[kernel_id])

    async def shutdown_all(self, now: bool = False) -> None:
        """End all: those that are there and those on their way. Jupyter's own gives up where a start has failed."""
        there = [kernel_id for kernel_id in self.list_kernel_ids() if kernel_id not in self._ending]
        ends = [self.shutdown_kernel(kernel_id, now=now) for kernel_id in there]
        await asyncio.gather(*ends, *self._ending.values(), *map(self._give_back, self._places), return_exceptions=True)

    def join(self, kernel_id: str, line: Line) -> None:
        """A page has joined its kernel."""
        self._lines.setdefault(kernel_id, set()).add(line)
        self._stop_timer(kernel_id)

    def part(self, kernel_id: str, line: Line) -> None:
        """A page has gone, or its line has dropped; it may be back."""
        lines = self._lines.get(kernel_id, set())
        lines.discard(line)
        if not lines and kernel_id in self:
            self._end_in(self.seconds_alone, kernel_id)

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """Forget a kernel that has ended, however that came, and hang up on its pages."""
        self._stop_timer(kernel_id)
        self._owners.pop(kernel_id, None)
        self._browsers.pop(kernel_id, None)
        for line in self._lines.pop(kernel_id, set()):
            line.hang_up()
        return super().remove_kernel(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        # Not only taken off the list, as it would be: its sockets and files are given back too.
        self._end_now(kernel_id)

    async def _give_back(self, place: Place) -> None:
        if place.start is not None:
            # A start that failed was told to whoever asked for it.
            with suppress(Exception):
                await self.end(await place.start)

    def _end_now(self, kernel_id: str) -> None:
        if kernel_id in self and kernel_id not in self._ending:
            self._ending[kernel_id] = asyncio.ensure_future(self._end(kernel_id))

    async def _end(self, kernel_id: str) -> None:
        try:
            await self.shutdown_kernel(kernel_id)
        finally:
            del self._ending[kernel_id]

    def _end_in(self, seconds: float, kernel_id: str) -> None:
        self._stop_timer(kernel_id)
        self._timers[kernel_id] = asyncio.get_running_loop().call_later(seconds, self._end_now, kernel_id)

    def _stop_timer(self, kernel_id: str) -> None:
        timer = self._timers.pop(kernel_id, None)
        if timer is not None:
            timer.cancel()


def allow_many_files() -> None:
    """Let this process have as many files and sockets open as a full hall takes, where the system lets it."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
