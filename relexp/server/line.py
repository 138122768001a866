"""The line between a page and its Python."""

from __future__ import annotations

from http import HTTPStatus

import tornado.web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

PROTOCOL = "v1.kernel.websocket.jupyter.org"


class Line(VoilaKernelWebsocketHandler):
    """The line between a page and its Python; only well-formed talk passes."""

    async def pre_get(self) -> None:
        """Refuse a browser that does not speak the current protocol: the old one can be made to hang the server."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [word.strip() for word in offered.split(",")]:
            raise tornado.web.HTTPError(HTTPStatus.BAD_REQUEST)
        await super().pre_get()

    def on_message(self, message: str | bytes) -> None:
        """Pass a message on, unless it claims more parts than it can hold."""
        if isinstance(message, str) or int.from_bytes(message[:8], "little") > len(message) // 8:
            self.close(1003)
            return
        super().on_message(message)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """No page is shown on a line: the number says it."""
        self.finish()
