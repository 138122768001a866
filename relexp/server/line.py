"""The line between a page and its Python: only its owner's, and only well-formed talk."""

from __future__ import annotations

import json
from http import HTTPStatus
from itertools import pairwise

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

    async def connect(self) -> None:
        """Join the kernel."""
        self.multi_kernel_manager.join(self.kernel_id, self)
        connected = super().connect()
        if connected is not None:
            await connected

    def disconnect(self) -> None:
        """Part from the kernel, which may be joined again."""
        super().disconnect()
        self.multi_kernel_manager.part(self.kernel_id, self)

    def hang_up(self) -> None:
        """Close the line: its kernel has ended, and the page is told so when it comes back."""
        self.websocket_handler.close()


def own_kernel(handler: JupyterHandler, kernel_id: str) -> Kernels:
    """The kernels, if this one is the visitor's. Raises HTTPError 404, which does not tell that it is another's."""
    kernels: Kernels = handler.kernel_manager
    if kernels.owner(kernel_id) != handler.current_user.username:
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
            return super().write_message(message, binary)
        except WebSocketClosedError:
            return None

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """No page is shown on a line: the number says it."""
        self.finish()


class State(KernelHandler):
    """Whether one's own Python is there (GET), and its end (DELETE)."""

    async def prepare(self) -> None:
        await super().prepare()
        own_kernel(self, self.path_kwargs["kernel_id"])


class Close(JupyterHandler):
    """A page that is left ends its Python (POST with the _xsrf token, as `sendBeacon` sends it)."""

    @tornado.web.authenticated
    async def post(self, kernel_id: str) -> None:
        self.set_status(HTTPStatus.NO_CONTENT)
        kernels: Kernels = self.kernel_manager
        if kernel_id in kernels:
            await own_kernel(self, kernel_id).end(kernel_id)
