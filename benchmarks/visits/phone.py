"""A phone in the hall, as far as a server can tell: an address of its own, cookies, kept-alive lines, packed pages."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, where it leads on to, the text, how long it took, and its bytes on the wire."""

    status: int
    to: str
    text: str
    seconds: float
    bytes: int


@dataclass
class Phone:
    """One browser on the loopback network, with an address of its own there, as each phone of a hall has."""

    base: str
    number: int
    answers: list[Answer] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _cookies: dict[str, str] = field(default_factory=dict)
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page, and follow where it leads."""
        return await self._follow("GET", path, b"")

    async def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """Send a form of the page that was last looked at."""
        return await self._follow("POST", path, self._form(values))

    async def broken_post(self, path: str, values: Mapping[str, str], sent: int, got: int) -> None:
        """Send so many bytes of a form over a line of its own, hear so many of the answer, and lose the line."""
        body = self._form(values)
        reader, writer = await self._open()
        try:
            whole = self._request("POST", path, body)
            writer.write(whole[:sent])
            await writer.drain()
            if sent >= len(whole) and got:
                async with asyncio.timeout(PATIENCE):
                    await reader.read(got)
        except (OSError, TimeoutError):
            pass
        finally:
            writer.transport.abort()
            await _let_go(writer)

    async def events(self, path: str) -> AsyncIterator[tuple[str, str]]:
        """What the server tells over a line of its own, as (event, data), until nobody listens any more."""
        reader, writer = await self._open()
        try:
            await self._send(writer, "GET", path, b"")
            status, _ = await _head(reader)
            if status != 200:
                self.errors.append(f"GET {path}: {status}")
                return
            text = ""
            while size := int(await reader.readline() or b"0", 16):
                text += (await reader.readexactly(size)).decode()
                await reader.readline()
                while "\n\n" in text:
                    event, _, text = text.partition("\n\n")
                    name = re.search(r"^event: (.*)$", event, re.MULTILINE)
                    yield (name[1] if name else ""), "\n".join(re.findall(r"^data: (.*)$", event, re.MULTILINE))
        finally:
            await _let_go(writer)

    async def open(self) -> None:
        """Have a line open, before anything is asked over it."""
        self._line = self._line or await self._open()

    def be(self, other: Phone) -> None:
        """Be the same phone as another, on a line of one's own."""
        self.answers, self._cookies = list(other.answers), other._cookies

    async def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            await _let_go(self._line[1])
        self._line = None

    def _form(self, values: Mapping[str, str]) -> bytes:
        tokens = (re.search(r'name="_xsrf" value="([^"]+)"', answer.text) for answer in reversed(self.answers))
        token = next((found[1] for found in tokens if found), "")
        return urlencode({**values, "_xsrf": token}).encode()

    async def _follow(self, method: str, path: str, body: bytes) -> Answer:
        for _ in range(5):
            answer = await self._ask(method, path, body)
            if not answer.to:
                return answer
            method, path, body = "GET", urlsplit(answer.to)._replace(scheme="", netloc="").geturl(), b""
        raise RuntimeError(f"{path} leads round in circles")

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        began = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                self._line = self._line or await self._open()
                reader, writer = self._line
                await self._send(writer, method, path, body)
                status, headers = await _head(reader)
                data = await _body(reader, headers)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            await self.close()
            self.errors.append(f"{method} {path}: {type(error).__name__}")
            answer = Answer(0, "", "", perf_counter() - began, 0)
            self.answers.append(answer)
            return answer
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;\r\n]*)", headers):
            self._cookies[name] = value
        to = re.search(r"(?im)^location: (\S+)", headers) if status in (301, 302, 303) else None
        size = len(headers.encode()) + len(data)
        if re.search(r"(?im)^content-encoding: gzip", headers):
            data = zlib.decompress(data, wbits=31)
        if status >= 400:
            self.errors.append(f"{method} {path.partition('?')[0]}: {status}")
        text = data.decode(errors="replace")
        answer = Answer(status, to[1] if to else "", text, perf_counter() - began, size)
        self.answers.append(answer)
        return answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        place = urlsplit(self.base)
        # Every address that begins with 127 is this computer's own.
        mine = f"127.1.{self.number // 250}.{self.number % 250 + 1}"
        return await asyncio.open_connection(place.hostname, place.port, local_addr=(mine, 0))

    async def _send(self, writer: asyncio.StreamWriter, method: str, path: str, body: bytes) -> None:
        writer.write(self._request(method, path, body))
        await writer.drain()

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(self.base).netloc}", "Accept-Encoding: gzip"]
        if self._cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


async def _let_go(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _head(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    return int(head.split(" ", 2)[1]), head


async def _body(reader: asyncio.StreamReader, headers: str) -> bytes:
    length = re.search(r"(?im)^content-length: (\d+)", headers)
    if length:
        return await reader.readexactly(int(length[1]))
    if not re.search(r"(?im)^transfer-encoding: chunked", headers):
        return b""
    data = b""
    while size := int(await reader.readline(), 16):
        data += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return data
