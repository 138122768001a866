"""Many visitors at once without a browser, of servers that speak Jupyter's protocol: relexp's and stock Voila.

Each visitor loads the page to its last byte, opens the line to its Python, asks for the state of every widget, and
stays until everybody has been answered. Then each moves its slider, and its own Python has to say so.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.pages.people import START
from benchmarks.visits.server import Server

PROTOCOL = "v1.kernel.websocket.jupyter.org"
KERNEL = re.compile(r"""kernel[-_]?id["']?\s*[:=]\s*["']([0-9a-f-]{36})["']""", re.IGNORECASE)
PATIENCE = 240.0
LARGE = 200_000_000


@dataclass
class Crowd:
    """When each visitor was served, in seconds from the start, soonest first; and how many Pythons answered rightly."""

    served: list[float] = field(default_factory=list)
    right: int = 0
    failed: list[str] = field(default_factory=list)

    def first(self) -> float | None:
        return self.served[0] if self.served else None

    def last(self, many: int) -> float | None:
        """When the last of so many was served; None if one was not."""
        return self.served[-1] if len(self.served) == many else None


def visit(server: Server, many: int, when_all_are_here: Callable[[], None]) -> Crowd:
    """So many visitors at the same moment; `when_all_are_here` is called while they stay."""
    # In a thread of its own: Playwright leaves a loop running in that of whoever holds a browser.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _visit(server, many, when_all_are_here)).result()


async def _visit(server: Server, many: int, when_all_are_here: Callable[[], None]) -> Crowd:
    AsyncHTTPClient.configure(None, max_body_size=LARGE, max_buffer_size=LARGE)
    visitors = [Caller(server) for _ in range(many)]
    for visitor in visitors:
        await visitor.take_key()
    crowd, start = Crowd(), time.perf_counter()
    done = await asyncio.gather(*(visitor.arrive() for visitor in visitors), return_exceptions=True)
    crowd.served = sorted(came - start for came in done if isinstance(came, float))
    crowd.failed = [f"{type(fault).__name__}: {fault}" for fault in done if isinstance(fault, BaseException)]
    # Out of the loop's thread: whoever measures may take a while, and the lines have to be kept alive meanwhile.
    await asyncio.get_running_loop().run_in_executor(None, when_all_are_here)
    here = [visitor for visitor, came in zip(visitors, done, strict=True) if isinstance(came, float)]
    for visitor in here:
        with suppress(TimeoutError, ConnectionError):
            crowd.right += await asyncio.wait_for(visitor.move(), PATIENCE)
    for visitor in here:
        visitor.leave()
    return crowd


class Caller:
    """One visitor: a jar of cookies and a line."""

    def __init__(self, server: Server) -> None:
        self.server, self.cookies = server, SimpleCookie()
        self.http = AsyncHTTPClient(force_instance=True)
        self.session = Session(key=b"")
        self.line: WebSocketClientConnection | None = None
        self.states: bytes = b""

    async def take_key(self) -> None:
        """Follow the link that lets one in, as far as the cookie."""
        if self.server.link:
            await self._get(self.server.link)

    async def arrive(self) -> float:
        """Load the page, open the line, ask for the widgets; the moment when they came."""
        async with asyncio.timeout(PATIENCE):
            page = await self._get(self.server.address)
            found = KERNEL.search(page)
            if found is None:
                raise ConnectionError("a page without Python")
            parts = urlsplit(self.server.address)
            path = f"/api/kernels/{found[1]}/channels?session_id={self.session.session}"
            request = HTTPRequest(f"ws://{parts.netloc}{path}", headers=self._headers(), request_timeout=PATIENCE)
            self.line = await websocket_connect(request, subprotocols=[PROTOCOL], max_message_size=LARGE)
            control = uuid.uuid4().hex
            opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {"widgets": None}}
            self._say("comm_open", opening, {"version": "1.0.0"})
            self._say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
            self.states = await self._hear(lambda content: b'"update_states"' in content)
            return time.perf_counter()

    async def move(self) -> bool:
        """Move the slider by one; whether the sentence that Python makes of it comes back."""
        states = json.loads(self.states)["data"]["states"]
        slider = next(id for id, state in states.items() if state["model_name"] == "IntSliderModel")
        change = {"method": "update", "state": {"value": START + 1}, "buffer_paths": []}
        self._say("comm_msg", {"comm_id": slider, "data": change})
        await self._hear(lambda content: f"score {START + 1} or more".encode() in content)
        return True

    def leave(self) -> None:
        if self.line is not None:
            self.line.close()

    async def _get(self, address: str) -> str:
        request = HTTPRequest(
            address,
            headers=self._headers(),
            follow_redirects=False,
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
        )
        try:
            reply = await self.http.fetch(request)
        except HTTPClientError as fault:
            if fault.response is None or fault.code >= 400:
                raise
            reply = fault.response
        for given in reply.headers.get_list("Set-Cookie"):
            self.cookies.load(given)
        return reply.body.decode()

    def _headers(self) -> dict[str, str]:
        parts = urlsplit(self.server.address)
        carried = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
        return {"Origin": f"{parts.scheme}://{parts.netloc}", "Accept-Encoding": "gzip"} | (
            {"Cookie": carried} if carried else {}
        )

    def _say(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        assert self.line is not None
        message = self.session.msg(kind, content, metadata=metadata)
        self.line.write_message(serialize_msg_to_ws_v1(message, "shell", self.session.pack), binary=True)

    async def _hear(self, wanted: Callable[[bytes], bool]) -> bytes:
        """The content of the next message from a widget that holds what is wanted."""
        assert self.line is not None
        while (message := await self.line.read_message()) is not None:
            if isinstance(message, bytes):
                _, parts = deserialize_msg_from_ws_v1(message)
                if wanted(parts[3]):
                    return bytes(parts[3])
        raise ConnectionError("the line was closed")
