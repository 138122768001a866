"""Those who ask in the same moment are answered in one go: a hall of phones costs hardly more than a few."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")

# So many at most in one go: whoever comes first is not kept waiting for the whole hall.
MOST = 100


class Together(Generic[Asked, Told]):
    """One go at a time; whoever comes meanwhile waits, and goes with all the others who wait in the next one.

    `answer` gets what each asked, and gives each their answer in the same order; an exception among the answers is
    raised for that one alone, one that `answer` raises itself for all of the go. No go has begun before it is asked.
    """

    def __init__(self, answer: Callable[[Sequence[Asked]], Awaitable[Sequence[Told | Exception]]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
        self._going: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Told:
        """The answer, of a go that begins after this."""
        mine: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, mine))
        if self._going is None:
            self._going = asyncio.create_task(self._go())
        return await mine

    async def _go(self) -> None:
        try:
            while self._waiting:
                those, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                for (_, waits), told in zip(those, await self._told(those), strict=True):
                    if waits.done():
                        continue
                    if isinstance(told, Exception):
                        waits.set_exception(told)
                    else:
                        waits.set_result(told)
        finally:
            self._going = None

    async def _told(self, those: Sequence[tuple[Asked, asyncio.Future[Told]]]) -> Sequence[Told | Exception]:
        try:
            return await self._answer([asked for asked, _ in those])
        except Exception as error:
            return [error] * len(those)
