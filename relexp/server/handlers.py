"""What answers a browser: an app's page, its line to Python, and a kind word where there is nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus

import tornado.web
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import url_concat
from voila.handler import VoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from relexp.server.places import asset

PROTOCOL = "v1.kernel.websocket.jupyter.org"


def show(handler: JupyterHandler, template: str, **values: object) -> None:
    """Write one of the templates in relexp/server/templates."""
    environment = handler.settings["voila_jinja2_env"]
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    handler.finish(environment.get_template(template).render(asset=asset, **values))


class PlainPage(JupyterHandler):
    """A page of our own, without Python behind it."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that there is nothing here, or that something broke."""
        show(self, "error.html", missing=status_code == HTTPStatus.NOT_FOUND)


class Missing(PlainPage):
    """Any address that is not ours."""

    @allow_unauthenticated
    async def get(self, *args: str) -> None:
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)

    post = get


class Closed(PlainPage):
    """What someone sees who has no link: how to get one."""

    @allow_unauthenticated
    def get(self) -> None:
        self.set_status(HTTPStatus.FORBIDDEN)
        show(self, "closed.html")


class Home(PlainPage):
    """The first page leads to the app."""

    @tornado.web.authenticated
    def get(self) -> None:
        self.redirect("/gathering")


class Page(VoilaHandler):
    """An app: its notebook, run for this visitor alone."""

    @tornado.web.authenticated
    async def get(self) -> None:
        if "token" in self.request.query_arguments:
            # The cookie carries the permission from here on: the secret leaves the address bar and the history.
            others = [
                (name, value)
                for name in self.request.query_arguments
                if name != "token"
                for value in self.get_query_arguments(name)
            ]
            self.redirect(url_concat(self.request.path, others))
            return
        # Reading the token sets its cookie, without which the browser may not end its own Python on leaving.
        self.xsrf_token  # noqa: B018
        pieces: AsyncIterator[str] = self.get_generator()
        async for piece in pieces:
            self.write(piece)
            await self.flush()

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that the page could not be made."""
        show(self, "error.html", missing=False)


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
