"""An app's page: its notebook, run by a Python of the visitor's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus

import tornado.web
from tornado.httputil import url_concat
from voila.handler import VoilaHandler

from relexp.server.kernels import Full
from relexp.server.plain import show


class Page(VoilaHandler):
    """An app: its notebook, run for this visitor alone."""

    visit: asyncio.Future[None] | None = None

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
        self.visit = asyncio.ensure_future(self._show())
        with suppress(asyncio.CancelledError):
            await self.visit

    def on_connection_close(self) -> None:
        """Who has gone waits no longer, and needs no Python."""
        if self.visit is not None:
            self.visit.cancel()

    async def _show(self) -> None:
        pieces: AsyncIterator[str] = self.get_generator()
        try:
            async with self.kernel_manager.admit(self.current_user.username):
                async for piece in pieces:
                    self.write(piece)
                    await self.flush()
        except Full:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            show(self, "error.html", missing=False)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that the page could not be made."""
        show(self, "error.html", missing=False)
