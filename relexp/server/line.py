"""The line between a page and its Python: only its owner's, and only well-formed talk."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from itertools import pairwise
from typing import cast

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.websocket import WebSocketClosedError
from traitlets import default
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from relexp.server.kernels import Kernels

PROTOCOL = "v1.kernel.websocket.jupyter.org"
# The channels that a page talks on. What it hears, it hears on others.
CHANNELS = (b"shell", b"control")
# Channel, header, parent header, metadata and content; then the buffers, one for a file or a picture.
PARTS, MOST_PARTS = 5, 1024
WORD = 8
UNFIT = 1003
WELCOME = "iopub_welcome"
SECONDS_TO_WELCOME = 1.0


def well_formed(message: bytes) -> bool:
    """Whether a message of a page is one: its parts in order and inside it, and a header that names its kind.

    A message begins with how many places follow (8 bytes, little-endian), and the places, in bytes from its start,
    where each part begins; the last is where the message ends.
    """
    count = int.from_bytes(message[:WORD], "little")
    first = WORD * (count + 1)
    if not PARTS + 1 <= count <= MOST_PARTS or first > len(message):
        return False
    places = [int.from_bytes(message[at : at + WORD], "little") for at in range(WORD, first, WORD)]
    if places[0] < first or places[-1] > len(message) or any(one > other for one, other in pairwise(places)):
        return False
    if message[places[0] : places[1]] not in CHANNELS:
        return False
    try:
        header = json.loads(message[places[1] : places[2]])
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and isinstance(header.get("msg_type"), str)


class Wire(ZMQChannelsWebsocketConnection):
    """What carries the messages of a line; the kernels know which lines they have."""

    @default("limit_rate")
    def _default_limit_rate(self) -> bool:
        # The limit is there for output that floods a notebook. It drops what comes too fast, changes of widgets
        # among it, and says so in none of the places a page shows: the page would be wrong for good.
        return False

    fresh = False

    async def connect(self) -> None:
        """Join the kernel."""
        self.multi_kernel_manager.join(self.kernel_id, self)
        connected = super().connect()
        if connected is not None:
            await connected

    def disconnect(self) -> None:
        """Part from the kernel, which may be joined again."""
        super().disconnect()
        # They are closed, or keep what comes for the page's return.
        self.channels = {}
        self.multi_kernel_manager.part(self.kernel_id, self)

    def create_stream(self) -> None:
        """Make channels of one's own."""
        super().create_stream()
        self.fresh = True

    def nudge(self) -> asyncio.Future[None]:
        """Wait until what the kernel publishes arrives here; channels that were kept for the page have it already."""
        return asyncio.ensure_future(self._welcomed())

    async def _welcomed(self) -> None:
        # A kernel greets whoever subscribes. To ask it until it answers, with pauses, takes ten times as long.
        if not self.fresh:
            return
        iopub = self.channels["iopub"]
        greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def hear(message: list[bytes]) -> None:
            header = self.session.unpack(self.session.feed_identities(message)[1][1])
            if header["msg_type"] != WELCOME:
                self.handle_outgoing_message(iopub, message)
            if not greeted.done():
                greeted.set_result(None)

        iopub.on_recv(hear)
        try:
            await asyncio.wait_for(greeted, SECONDS_TO_WELCOME)
        except TimeoutError:
            if self.channels:
                await super().nudge()

    def hang_up(self) -> None:
        """Close the line: its kernel has ended, and the page is told so when it comes back."""
        self.websocket_handler.close()


def own_kernel(handler: JupyterHandler, kernel_id: str) -> Kernels:
    """The kernels, if this one is the visitor's. Raises HTTPError 404, which does not tell that it is another's."""
    kernels = cast(Kernels, handler.kernel_manager)
    # A browser may hold the keys of several roles: each opens its own pages.
    if kernels.owner(kernel_id) not in {held.id for held in handler.settings["identity_provider"].held(handler)}:
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
    return kernels


class Line(VoilaKernelWebsocketHandler):
    """The line between a page and its Python."""

    async def pre_get(self) -> None:
        """Refuse who does not own the kernel, and a browser that does not speak the current protocol.

        The old protocol can be made to hang the server.
        """
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [word.strip() for word in offered.split(",")]:
            raise tornado.web.HTTPError(HTTPStatus.BAD_REQUEST)
        own_kernel(self, self.kernel_id)
        await super().pre_get()

    def on_message(self, message: str | bytes) -> None:
        """Pass a well-formed message on; hang up on anything else."""
        if isinstance(message, str) or not well_formed(message):
            self.close(UNFIT)
            return
        super().on_message(message)

    def write_message(self, message: bytes | dict[str, object], binary: bool = False) -> object:
        """Send a message to the page; one that comes as the page leaves is nobody's."""
        try:
            sent = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        if sent is not None:
            # Nobody waits for it: that it went nowhere would be told on the terminal.
            sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """No page is shown on a line: the number says it."""
        self.finish()


class State(KernelHandler):
    """Whether one's own Python is there (GET), and its end (DELETE)."""

    async def prepare(self) -> None:
        await super().prepare()
        own_kernel(self, self.path_kwargs["kernel_id"])

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """That a Python has ended is what a page asks after a restart: the number says it, and no log."""
        self.finish()


class Close(JupyterHandler):
    """A page that is left ends its Python (POST with the _xsrf token, as `sendBeacon` sends it)."""

    async def post(self, kernel_id: str) -> None:
        self.set_status(HTTPStatus.NO_CONTENT)
        if kernel_id in self.kernel_manager:
            await own_kernel(self, kernel_id).end(kernel_id)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Nobody looks at the answer; Jupyter's page for it needs what is not served here."""
        self.finish()
