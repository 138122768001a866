"""One look at the store for everybody who watches: what is on tonight, and the moment at which it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from relexp.gathering.running import BY_THE_CLOCK
from relexp.gathering.tonight import Guest, Scene, Tonight
from relexp.messages.fault_log import log_fault
from relexp.server.doors import now
from relexp.server.together import Together
from relexp.store.gatherings import Gatherings
from relexp.store.tonight import state, tonight
from relexp.weave.tonight import Woven, rounds_held, woven

EVERY = 0.5


class Look:
    """The evening as it was found, with what many ask of it worked out once.

    `room` counts up whenever something has changed that everybody sees; who has come is not among it, but for whether
    the plan is for them.
    """

    def __init__(self, found: Tonight | None, before: Look | None = None) -> None:
        self.tonight = found
        self.phones = {guest.identity_id: guest for guest in found.people if guest.identity_id} if found else {}
        self._seen = _to_all(found) if found else None
        self.room: int = before.room + (self._seen != before._seen) if before else 0
        self._scenes: tuple[Scene, ...] = ()
        self._woven: tuple[int, Woven | None] = (0, None)

    @property
    def state(self) -> tuple[str, int] | None:
        """Which gathering it is, and how often it has changed."""
        return (self.tonight.id, self.tonight.changed) if self.tonight else None

    def guest(self, phone: str) -> Guest | None:
        """Who came by this phone."""
        return self.phones.get(phone)

    def scenes(self, at: datetime) -> tuple[Scene, ...]:
        """What the room sees, then what follows by the clock alone."""
        if self.tonight and (not self._scenes or _over(self._scenes[0], at)):
            self._scenes = tuple(self.tonight.scenes(at))
        return self._scenes

    def woven(self, at: datetime) -> Woven | None:
        """What was woven so far; None before the first talk."""
        if self.tonight is None:
            return None
        held = rounds_held(self.tonight.running(at))
        if self._woven[0] != held:
            self._woven = (held, woven(self.tonight, at, at.astimezone().date()))
        return self._woven[1]


class Watch:
    """Looks at the store, once for all who ask; while anybody listens, every half second."""

    def __init__(self, gatherings: Gatherings) -> None:
        self._gatherings = gatherings
        self._look = Look(None)
        self._looking: Together[None, Look] = Together(self._look_for)
        self._changed = asyncio.Event()
        self._listeners = 0
        self._rounds: asyncio.Task[None] | None = None

    async def look(self) -> Look:
        """The evening as it is now. Raises FaultsFound where the store cannot be read."""
        return await self._looking.ask(None)

    async def _look_for(self, those: Sequence[None]) -> Sequence[Look]:
        if state(self._gatherings, now()) != self._look.state:
            found = await asyncio.to_thread(tonight, self._gatherings, now())
            self._look = Look(found, self._look)
            self._changed.set()
            self._changed = asyncio.Event()
        return [self._look] * len(those)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Somebody wants to hear of changes as long as this lasts."""
        self._listeners += 1
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._go_round())
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners and self._rounds is not None:
                self._rounds.cancel()
                self._rounds = None

    async def change(self, seen: Look, most: float) -> None:
        """Wait until the evening is another than what was seen, or for so many seconds."""
        if self._look is seen:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), most)

    async def _go_round(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                # A store that is busy or gone comes back; until then everybody sees what they saw.
                log_fault(error)
            await asyncio.sleep(EVERY)


def _to_all(found: Tonight) -> tuple[object, ...]:
    return found.id, found.name, found.asked, found.rounds, found.acts, found.names, found.fits


def _over(scene: Scene, at: datetime) -> bool:
    return scene.part in BY_THE_CLOCK and scene.ends is not None and scene.ends <= at
