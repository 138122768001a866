"""Visitors without a browser of the servers that speak Jupyter's protocol: relexp's, stock Voila, in its way Solara."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.pages.people import START
from benchmarks.visits.server import Server

PATIENCE = 240.0
LARGE = 200_000_000
MOVED = START + 1
ANSWER = f"score {MOVED} or more"
KERNEL = re.compile(r"""kernel[-_]?id["']?\s*[:=]\s*["']([0-9a-f-]{36})["']""", re.IGNORECASE)


class Caller(ABC):
    """One visitor: a jar of cookies and a line to Python."""

    def __init__(self, server: Server, patience: float = PATIENCE) -> None:
        parts = urlsplit(server.address)
        self.patience = patience
        self.server, self.base, self.cookies = server, f"{parts.scheme}://{parts.netloc}", SimpleCookie()
        self.http = AsyncHTTPClient(force_instance=True, max_body_size=LARGE, max_buffer_size=LARGE)
        self.line: WebSocketClientConnection | None = None

    async def take_key(self) -> None:
        """Follow the link that lets one in, as far as the cookie."""
        if self.server.link:
            await self.get(self.server.link)

    async def arrive(self) -> float:
        """Load the page to its last byte and have Python's first answer; the moment when it came."""
        page = None
        try:
            async with asyncio.timeout(self.patience):
                page = await self.get(self.server.address)
                await self.ask(page)
                return time.perf_counter()
        except TimeoutError:
            wanted = "page" if page is None else "answer"
            raise TimeoutError(f"no whole {wanted} in {self.patience:g} s") from None

    @abstractmethod
    async def ask(self, page: str) -> None:
        """Open the line that belongs to this page, and wait for the state of every control on it."""

    @abstractmethod
    async def move(self) -> None:
        """Move the slider by one, and wait until the sentence that Python makes of it comes back."""

    async def leave(self) -> None:
        """Close the line, and wait until it is closed."""
        self.http.close()
        if self.line is not None:
            self.line.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(10):
                    while await self.line.read_message() is not None:
                        pass

    async def get(self, address: str, body: Any = None, **headers: str) -> str:
        """What stands at an address, or what it answers to a body; cookies are kept."""
        request = HTTPRequest(
            address,
            method="GET" if body is None else "POST",
            body=None if body is None else json.dumps(body),
            headers=self._headers() | {name.replace("_", "-"): value for name, value in headers.items()},
            follow_redirects=False,
            connect_timeout=self.patience + 1,
            request_timeout=self.patience + 1,
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

    async def connect(self, path: str, subprotocols: Sequence[str] = ()) -> None:
        """Open the line."""
        address = self.base.replace("http", "ws", 1) + path
        request = HTTPRequest(address, headers=self._headers(), request_timeout=self.patience + 1)
        self.line = await websocket_connect(request, subprotocols=list(subprotocols) or None, max_message_size=LARGE)

    def say(self, message: str | bytes) -> None:
        """Say something on the line."""
        assert self.line is not None
        self.line.write_message(message, binary=isinstance(message, bytes))

    async def hear(self) -> str | bytes:
        """The next message on the line."""
        assert self.line is not None
        message = await self.line.read_message()
        if message is None:
            raise ConnectionError("the line was closed")
        return message

    async def hear_of(self, words: str) -> str | bytes:
        """The next message that holds these words."""
        while True:
            message = await self.hear()
            if words.encode() in message if isinstance(message, bytes) else words in message:
                return message

    def _headers(self) -> dict[str, str]:
        carried = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
        return {"Origin": self.base, "Accept-Encoding": "gzip"} | ({"Cookie": carried} if carried else {})


class JupyterCaller(Caller):
    """A visitor of relexp or of stock Voila: the widgets of a kernel whose id stands in the page."""

    def __init__(self, server: Server, patience: float = PATIENCE) -> None:
        super().__init__(server, patience)
        self.session = Session(key=b"")
        self.states: bytes = b""

    async def ask(self, page: str) -> None:
        found = KERNEL.search(page)
        if found is None:
            raise ConnectionError("a page without Python")
        path = f"/api/kernels/{found[1]}/channels?session_id={self.session.session}"
        await self.connect(path, ["v1.kernel.websocket.jupyter.org"])
        control = uuid.uuid4().hex
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {"widgets": None}}
        self.tell("comm_open", opening, {"version": "1.0.0"})
        self.tell("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        message = await self.hear_of('"update_states"')
        assert isinstance(message, bytes)
        self.states = deserialize_msg_from_ws_v1(message)[1][3]

    async def move(self) -> None:
        states = json.loads(self.states)["data"]["states"]
        slider = next(id for id, state in states.items() if state["model_name"] == "IntSliderModel")
        self.update(slider, value=MOVED)
        await self.hear_of(ANSWER)

    def update(self, comm: str, **state: Any) -> None:
        """Change a widget."""
        change = {"method": "update", "state": state, "buffer_paths": []}
        self.tell("comm_msg", {"comm_id": comm, "data": change})

    def tell(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        """Send a message to the kernel."""
        message = self.session.msg(kind, content, metadata=metadata)
        self.say(serialize_msg_to_ws_v1(message, "shell", self.session.pack))


class SolaraCaller(JupyterCaller):
    """A visitor of Solara, which speaks Jupyter's older protocol, and makes the page when the line asks for it."""

    async def ask(self, page: str) -> None:
        await self.connect(f"/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={self.session.session}")
        control = uuid.uuid4().hex
        self.tell("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        run = {"path": "/", "appName": None, "themes": None, "dark": False}
        self.tell("comm_msg", {"comm_id": control, "data": {"method": "run", "args": run}})
        while True:
            message = await self.hear()
            found = deserialize_binary_message(message) if isinstance(message, bytes) else json.loads(message)
            data = found["content"].get("data", {})
            if data.get("state", {}).get("_model_name") == "SliderModel":
                self.slider = found["content"]["comm_id"]
            if data.get("method") == "finished":
                return

    async def move(self) -> None:
        self.update(self.slider, v_model=MOVED)
        await self.hear_of(ANSWER)

    def tell(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        message = self.session.msg(kind, content, metadata=metadata)
        self.say(json.dumps(message | {"channel": "shell", "buffers": []}, default=str))
