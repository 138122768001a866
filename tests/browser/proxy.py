"""A line between a browser and the server that can be cut, blocked, or let through one way only."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event, Thread


class Proxy:
    """Passes TCP on to a port of this computer; a thread of its own, so that a test can go on meanwhile.

    `open()` lets all pass; `cut()` ends every connection and takes no new one; `block()` lets nothing pass and ends
    nothing, as when a phone loses its network; `deafen()` lets the browser be heard but not hear. `pace` is how many
    bytes a second the browser can send; None is no limit.
    """

    def __init__(self, port: int) -> None:
        self.upstream = port
        self.port = 0
        self.mode = "open"
        self.pace: int | None = None
        self.ends: set[asyncio.StreamWriter] = set()
        self.visits: set[asyncio.Task[None]] = set()
        self.ready = Event()
        self.thread = Thread(target=lambda: asyncio.run(self.serve()), daemon=True)

    def __enter__(self) -> Proxy:
        self.thread.start()
        self.ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        self.tell("cut")
        self.loop.call_soon_threadsafe(self.done.set)
        self.thread.join(10)

    def open(self) -> None:
        self.tell("open")

    def cut(self) -> None:
        self.tell("cut")

    def block(self) -> None:
        self.tell("block")

    def deafen(self) -> None:
        self.tell("deafen")

    def tell(self, mode: str) -> None:
        told = Event()

        def change() -> None:
            # What a blocked line swallowed is gone for good: its connections cannot go on as if nothing had been.
            if mode == "cut" or self.mode in ("block", "deafen"):
                for end in self.ends:
                    end.transport.abort()
            self.mode = mode
            told.set()

        self.loop.call_soon_threadsafe(change)
        told.wait(10)

    async def serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.done = asyncio.Event()
        server = await asyncio.start_server(self.joined, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await self.done.wait()
        server.close()
        await asyncio.sleep(0.1)  # what has just been taken is handed over first
        # Those too that were taken and have not begun: what is left open is told as the fault of a later test.
        while visits := asyncio.all_tasks() - {asyncio.current_task()}:
            for end in self.ends:
                end.transport.abort()
            await asyncio.wait(visits, timeout=0.1)
        await asyncio.sleep(0.1)  # what was ended is let go in the loop's next turns

    async def joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.ends.add(writer)
        self.visits.add(visit := asyncio.current_task())
        try:
            # Where the server is gone, so is this line.
            with suppress(ConnectionRefusedError):
                if self.mode == "cut":
                    return
                there, back = await asyncio.open_connection("127.0.0.1", self.upstream)
                self.ends.add(back)
                await asyncio.gather(self.pump(reader, back, ("open", "deafen")), self.pump(there, writer, ("open",)))
        finally:
            writer.transport.abort()
            self.visits.discard(visit)

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, modes: tuple[str, ...]) -> None:
        try:
            while data := await reader.read(65536):
                if self.pace and "deafen" in modes:
                    await asyncio.sleep(len(data) / self.pace)
                if self.mode in modes:
                    writer.write(data)
                    await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
