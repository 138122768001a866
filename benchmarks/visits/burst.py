"""A hall that does the same thing in the same instant: everybody opens the link, says that they are here, looks.

The phones are in one other process than the server, on the same cores: what they take themselves is in the figures.
Each has its line open already, and the answers are measured from the one instant in which all of them are let go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter

import psutil

from benchmarks.visits.phone import Phone

# So many come in beforehand at the same time, which is no part of what is measured.
GENTLY = 10
YES = {"seating": "yes"}


@dataclass
class Burst:
    """What was found of one instant: how long each phone waited for its answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    # What the server computed meanwhile, in seconds, for whomever.
    server: float = 0.0

    def figures(self) -> dict[str, float]:
        """In milliseconds, over all the phones."""
        hundredths = quantiles(self.seconds, n=100)
        return {
            "phones": len(self.seconds),
            "p50_ms": 1000 * hundredths[49],
            "p95_ms": 1000 * hundredths[94],
            "worst_ms": 1000 * max(self.seconds),
            "server_ms": 1000 * self.server / len(self.seconds),
            "errors": len(self.errors),
        }


@dataclass
class Crowd:
    """The phones of a hall whose names are on the list, on their way in."""

    base: str
    way_in: str
    names: Sequence[tuple[str, str]]
    server: psutil.Process
    phones: list[Phone] = field(init=False)
    _others: list[Crowd] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.phones = [Phone(self.base, number) for number in range(len(self.names))]

    async def open_link(self, numbers: Iterable[int]) -> Burst:
        """All of them open the link of the sign."""
        return await self._at_once(numbers, self._open, "/card/name")

    async def come_to_the_form(self, numbers: Iterable[int], *, from_the_sign: bool = False) -> None:
        """Each finds their name and stands before “I am here”."""
        gate = asyncio.Semaphore(GENTLY)

        async def come(number: int) -> None:
            async with gate:
                if from_the_sign:
                    await self._open(number)
                await self.phones[number].get(f"/card/here?person={self.names[number][0]}")

        await asyncio.gather(*map(come, numbers))

    async def check_in(self, numbers: Iterable[int]) -> Burst:
        """All of them press “I am here”; what is measured ends with their own card."""
        return await self._at_once(numbers, self._press)

    async def look(self, numbers: Iterable[int]) -> Burst:
        """All of them look at their cards."""
        return await self._at_once(numbers, self._look)

    def again(self) -> Crowd:
        """The same phones, each on another line of theirs."""
        other = Crowd(self.base, self.way_in, self.names, self.server)
        for phone, mine in zip(other.phones, self.phones, strict=True):
            phone.be(mine)
        self._others.append(other)
        return other

    async def close(self) -> None:
        """Let go of all lines."""
        for crowd in (self, *self._others):
            for phone in crowd.phones:
                await phone.close()

    async def _at_once(self, numbers: Iterable[int], does: Callable[[int], Awaitable[str]], wants: str = "") -> Burst:
        chosen = list(numbers)
        await asyncio.gather(*(self.phones[number].open() for number in chosen))
        found = Burst()
        start = asyncio.Event()

        async def one(number: int) -> None:
            phone = self.phones[number]
            await start.wait()
            asked = len(phone.answers)
            text = await does(number)
            found.seconds += [perf_counter() - began]
            if (wants or self.names[number][1]) not in text:
                found.errors.append("not the page that was asked for")
            if any(answer.status == 0 or answer.status >= 400 for answer in phone.answers[asked:]):
                found.errors.append(phone.errors[-1])

        going = [asyncio.create_task(one(number)) for number in chosen]
        await asyncio.sleep(0)
        worked = self._worked()
        began = perf_counter()
        start.set()
        await asyncio.gather(*going)
        found.server = self._worked() - worked
        return found

    def _worked(self) -> float:
        times = self.server.cpu_times()
        return float(times.user + times.system)

    async def _open(self, number: int) -> str:
        return (await self.phones[number].get(self.way_in)).text

    async def _press(self, number: int) -> str:
        return (await self.phones[number].post("/card/here", {**YES, "person": self.names[number][0]})).text

    async def _look(self, number: int) -> str:
        return (await self.phones[number].get("/card")).text


async def alone(crowd: Crowd) -> dict[str, Burst]:
    """One thing after the other, each in one instant."""
    everybody = range(len(crowd.phones))
    found = {"link": await crowd.open_link(everybody)}
    await crowd.come_to_the_form(everybody)
    found["press"] = await crowd.check_in(everybody)
    found["look"] = await crowd.look(everybody)
    await crowd.close()
    return found


async def mixed(crowd: Crowd) -> dict[str, Burst]:
    """Half of them press while the other half look."""
    everybody, half = range(len(crowd.phones)), len(crowd.phones) // 2
    await crowd.come_to_the_form(everybody, from_the_sign=True)
    await crowd.check_in(everybody[:half])
    pressed, looked = await asyncio.gather(crowd.check_in(everybody[half:]), crowd.look(everybody[:half]))
    await crowd.close()
    return {
        "both": Burst(
            pressed.seconds + looked.seconds, pressed.errors + looked.errors, max(pressed.server, looked.server)
        )
    }


async def twice(crowd: Crowd) -> dict[str, Burst]:
    """Everybody presses twice, as phones do on a bad line."""
    everybody = range(len(crowd.phones))
    await crowd.come_to_the_form(everybody, from_the_sign=True)
    once, again = await asyncio.gather(crowd.check_in(everybody), crowd.again().check_in(everybody))
    await crowd.close()
    return {"twice": Burst(once.seconds + again.seconds, once.errors + again.errors, max(once.server, again.server))}


BURSTS = (alone, mixed, twice)
