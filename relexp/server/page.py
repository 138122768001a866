"""An app's page: its notebook, run by a Python of the visitor's own."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from http import HTTPStatus
from pathlib import Path

import tornado.web
from jupyter_client.manager import AsyncKernelManager
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import url_concat
from tornado.iostream import StreamClosedError
from voila.handler import VoilaHandler
from voila.utils import get_page_config

from relexp.server.front.policy import LAB_POLICY
from relexp.server.front.renderer import LabRenderer, Renderer, asks_for_lab
from relexp.server.plain import show


class Page(VoilaHandler):
    """An app: its notebook, run for this visitor alone."""

    work: asyncio.Task[None] | None = None

    @tornado.web.authenticated
    async def get(self) -> None:
        if "token" in self.request.query_arguments:
            self.redirect(self.without_token())
            return
        # Reading the token sets its cookie, without which the browser may not end its own Python on leaving.
        self.xsrf_token  # noqa: B018
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.kernel_id = str(uuid.uuid4())
        self.work = asyncio.ensure_future(self.write_page())
        try:
            await self.work
        except asyncio.CancelledError:
            self.log.info("A visitor left before their page was made.")

    def on_connection_close(self) -> None:
        """The visitor has gone: their page need not be made."""
        if self.work is not None:
            self.work.cancel()

    async def write_page(self) -> None:
        """Write the page as it is made; whatever goes wrong on the way is said on the page, and ends its Python."""
        whole = False
        try:
            # The turn lasts from the start of the Python to the end of the page.
            async with AsyncExitStack() as self.turn:
                async for piece in self.pieces():
                    self.write(piece)
            whole = True
        except StreamClosedError:
            pass
        except Exception:
            self.log.exception("This page could not be made: %s", self.request.path)
            if not self._headers_written:
                raise
            self.write(self.settings["voila_jinja2_env"].get_template("broken.html").render())
        finally:
            if not whole:
                await end(self, self.kernel_id)

    def pieces(self) -> AsyncIterator[str]:
        """The page's text, by the way its notebook asks for."""
        path = Path(self.contents_manager.root_dir, self.notebook_path)
        renderer = Renderer(path, base_url=self.base_url, contents=self.contents_manager)
        if asks_for_lab(renderer.notebook):
            self.set_header("Content-Security-Policy", LAB_POLICY)
            return self.lab().pieces(self.kernel_id, self.start, self.flush)
        return renderer.pieces(self.kernel_id, self.start, self.flush)

    async def start(self) -> AsyncKernelManager:
        """Start the visitor's Python when it is their turn; one that is being started is waited for in any case."""
        await self.turn.enter_async_context(self.admitted())
        starting = asyncio.ensure_future(
            self.kernel_manager.start_kernel(kernel_id=self.kernel_id, path="", env=self.environment())
        )
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            await starting
            raise
        return self.kernel_manager.get_kernel(self.kernel_id)

    # What the page needs of those who know the visitor and count the Pythons:

    def admitted(self) -> AbstractAsyncContextManager[object]:
        """Wait for this visitor's turn to start a Python."""
        return nullcontext()

    def environment(self) -> dict[str, str]:
        """What the visitor's Python finds in its environment."""
        return {**os.environ, "QUERY_STRING": self.request.query}

    def without_token(self) -> str:
        """The same address; the cookie carries the permission from here on, and the secret leaves the history."""
        others = [
            (name, value)
            for name in self.request.query_arguments
            if name != "token"
            for value in self.get_query_arguments(name)
        ]
        return url_concat(self.request.path, others)

    def lab(self) -> LabRenderer:
        """Voila's own way to a page."""
        about = {"voila_configuration": self.voila_configuration, "base_url": self.base_url}
        config = get_page_config(settings=self.settings, log=self.log, **about)
        return LabRenderer(
            request_handler=self,
            traitlet_config=self.traitlet_config,
            notebook_path=self.notebook_path,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=config,
            mathjax_config=self.settings.get("mathjax_config"),
            mathjax_url=self.settings.get("mathjax_url"),
            **about,
        )

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that the page could not be made."""
        show(self, "error.html", missing=False)


class Leave(JupyterHandler):
    """A page says that its visitor has left."""

    @tornado.web.authenticated
    async def post(self, kernel_id: str) -> None:
        await end(self, kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)


async def end(handler: JupyterHandler, kernel_id: str) -> None:
    """End a Python; one that has ended already is no fault."""
    if kernel_id in handler.kernel_manager:
        await handler.kernel_manager.shutdown_kernel(kernel_id, now=True)
