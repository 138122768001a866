"""A visit over the network: the page, its line, and its end; and what somebody else may do with them."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from relexp.privacy.roles import Role
from relexp.server.forkserver.template import possible
from relexp.server.line import PROTOCOL
from relexp.store import open_store
from tests.browser.visiting import start
from tests.server.by_hand import run, until


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = start(tmp_path_factory.mktemp("server"))
    yield running
    assert running.end() == 0


def way_in(server):
    """A link for somebody new who helps to lead."""
    store = open_store(server.store)
    somebody = store.identities.add(Role.CO_FACILITATOR, "", datetime.now(UTC))
    secret, _ = store.links.make(somebody, datetime.now(UTC), timedelta(days=1))
    store.close()
    return f"{server.links['base']}/in/{secret}"


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, server):
        self.base, self.way_in, self.cookies = server.links["base"], way_in(server), SimpleCookie()

    @property
    def headers(self):
        return {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}

    async def fetch(self, address, **how):
        asked = HTTPRequest(address, headers=self.headers, follow_redirects=False, request_timeout=60, **how)
        reply = await AsyncHTTPClient().fetch(asked, raise_error=False)
        for line in reply.headers.get_list("Set-Cookie"):
            self.cookies.load(line)
        return reply

    async def page(self):
        """Open the app; the id of its kernel."""
        assert (await self.fetch(self.way_in)).code == 302
        reply = await self.fetch(self.base + "/gathering")
        assert reply.code == 200
        return re.search(r'data-kernel-id="([\w-]+)"', reply.body.decode())[1]

    async def line(self, kernel_id, session=None):
        address = (
            f"{self.base.replace('http', 'ws')}/api/kernels/{kernel_id}/channels?session_id={session or uuid4().hex}"
        )
        return await websocket_connect(HTTPRequest(address, headers=self.headers), subprotocols=[PROTOCOL])

    async def state(self, kernel_id):
        return (await self.fetch(f"{self.base}/api/kernels/{kernel_id}")).code

    async def close(self, kernel_id, token=None):
        token = self.cookies["_xsrf"].value if token is None else token
        body = urlencode({"_xsrf": token})
        return (await self.fetch(f"{self.base}/close/{kernel_id}", method="POST", body=body)).code


def asked(kind="kernel_info_request", content=None):
    header = {"msg_id": uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.4", "date": ""}
    return serialize_msg_to_ws_v1([json.dumps(part).encode() for part in (header, {}, {}, content or {})], "shell")


async def heard(line, kind):
    """The first message of this kind."""
    while True:
        received = await asyncio.wait_for(line.read_message(), 10)
        assert received is not None
        _, parts = deserialize_msg_from_ws_v1(received)
        if json.loads(parts[0])["msg_type"] == kind:
            return json.loads(parts[3])


async def hang_up(line):
    """Close a line, and wait until it is."""
    line.close()
    while await asyncio.wait_for(line.read_message(), 10) is not None:
        pass
    await asyncio.sleep(0.05)


async def refused(visitor, kernel_id, protocol=PROTOCOL):
    """What a browser is told that asks for a line it may not have."""
    handshake = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    handshake |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": protocol}
    address = f"{visitor.base}/api/kernels/{kernel_id}/channels"
    asked = HTTPRequest(address, headers=visitor.headers | handshake)
    return (await AsyncHTTPClient().fetch(asked, raise_error=False)).code


def test_a_kernel_answers_its_owner_s_page_at_once(server):
    async def work():
        visitor = Visitor(server)
        kernel_id = await visitor.page()
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            line = await visitor.line(kernel_id)
            await line.write_message(asked(), binary=True)
            await heard(line, "kernel_info_reply")
            took.append(time.perf_counter() - begun)
            await hang_up(line)
        assert min(took) < 0.1
        assert await visitor.close(kernel_id) == 204

    run(work())


def test_nobody_joins_sees_or_ends_what_is_another_s(server):
    async def work():
        owner, other = Visitor(server), Visitor(server)
        kernel_id = await owner.page()
        mine = await other.page()
        assert await refused(other, kernel_id) == 404
        assert await other.state(kernel_id) == 404
        assert await other.close(kernel_id) == 404
        assert (await other.fetch(f"{other.base}/api/kernels/{kernel_id}", method="DELETE")).code in (403, 404)
        stranger = Visitor(server)
        assert await refused(stranger, kernel_id) in (401, 403)
        assert await refused(owner, kernel_id, "") == 400
        assert await owner.state(kernel_id) == 200
        for visitor, own in ((owner, kernel_id), (other, mine)):
            assert await visitor.close(own) == 204

    run(work())


def test_a_page_that_is_left_ends_its_kernel_and_may_say_so_twice(server):
    async def work():
        visitor = Visitor(server)
        kernel_id = await visitor.page()
        assert await visitor.close(kernel_id, token="forged") == 403
        assert await visitor.state(kernel_id) == 200
        assert await visitor.close(kernel_id) == 204
        assert await visitor.close(kernel_id) == 204
        begun = time.monotonic()
        while await visitor.state(kernel_id) != 404:
            assert time.monotonic() - begun < 10
            await asyncio.sleep(0.05)

    run(work())


def test_malformed_talk_ends_the_line_and_nothing_else(server):
    async def work():
        visitor = Visitor(server)
        kernel_id = await visitor.page()
        for harm in (
            b"",
            b"\xff" * 64,
            asked()[:-1],
            (2**63).to_bytes(8, "little") * 9,
            "text",
            asked().replace(b"shell", b"iopub"),
        ):
            line = await visitor.line(kernel_id)
            await line.write_message(harm, binary=isinstance(harm, bytes))
            while (said := await asyncio.wait_for(line.read_message(), 10)) is not None:
                assert said
            assert line.close_code == 1003
            line.close()
            await asyncio.sleep(0.05)
        line = await visitor.line(kernel_id)
        await line.write_message(asked(), binary=True)
        await heard(line, "kernel_info_reply")
        await hang_up(line)
        await visitor.close(kernel_id)

    run(work())


def test_a_page_may_not_run_code(server):
    async def work():
        visitor = Visitor(server)
        kernel_id = await visitor.page()
        line = await visitor.line(kernel_id)
        await line.write_message(asked("execute_request", {"code": "1/0", "silent": False}), binary=True)
        await line.write_message(asked(), binary=True)
        seen = []
        while not seen or seen[-1] != "kernel_info_reply":
            _, parts = deserialize_msg_from_ws_v1(await line.read_message())
            seen.append(json.loads(parts[0])["msg_type"])
        assert not {"execute_reply", "error", "execute_input"} & set(seen)
        await hang_up(line)
        await visitor.close(kernel_id)

    run(work())


def test_what_was_said_while_the_line_was_down_is_heard_when_it_is_back(server):
    async def work():
        visitor = Visitor(server)
        kernel_id, session = await visitor.page(), uuid4().hex
        line = await visitor.line(kernel_id, session)
        await line.write_message(asked(), binary=True)
        await heard(line, "kernel_info_reply")
        kernel = max(server.kernels(), key=lambda one: one.create_time())
        for _ in range(3):
            # Held up, so that it answers after the line has dropped.
            kernel.suspend()
            await line.write_message(asked("comm_info_request"), binary=True)
            await hang_up(line)
            kernel.resume()
            await asyncio.sleep(0.3)
            line = await visitor.line(kernel_id, session)
            assert "comms" in await heard(line, "comm_info_reply")
        await hang_up(line)
        await visitor.close(kernel_id)

    run(work())


def test_whoever_goes_before_the_page_is_there_leaves_no_kernel(server):
    async def work():
        visitor = Visitor(server)
        await visitor.close(await visitor.page())
        # The template stays, where there is one.
        await until(lambda: len(server.kernels()) == possible())
        for seconds in (0.0, 0.02, 0.05):
            with socket.create_connection((urlsplit(visitor.base).hostname, urlsplit(visitor.base).port)) as browser:
                lines = ["GET /gathering HTTP/1.1", f"Host: {urlsplit(visitor.base).netloc}"]
                lines += [f"{name}: {value}" for name, value in visitor.headers.items()]
                browser.sendall("\r\n".join([*lines, "", ""]).encode())
                await asyncio.sleep(seconds)
            await asyncio.sleep(0.5)
            await until(lambda: len(server.kernels()) == possible())

    run(work())
