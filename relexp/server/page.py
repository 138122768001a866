"""An app's page: its notebook, run by a Python of the visitor's own."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from http import HTTPStatus
from pathlib import Path
from typing import cast

from jupyter_client.manager import AsyncKernelManager
from tornado.iostream import StreamClosedError
from voila.handler import VoilaHandler
from voila.utils import get_page_config

from relexp.messages.fault_log import log_fault
from relexp.privacy.roles import Identity
from relexp.server.doors import browser_mark
from relexp.server.front.policy import LAB_POLICY, PAGE_POLICY, policy
from relexp.server.front.renderer import LabRenderer, Renderer, asks_for_lab
from relexp.server.kernels import Full, Kernels
from relexp.server.languages import ENGLISH
from relexp.server.plain import closed, show


class Page(VoilaHandler):
    """An app: its notebook, run for this visitor alone."""

    visitor: Identity
    work: asyncio.Task[None] | None = None
    language = ENGLISH

    async def get(self) -> None:
        openings = self.settings["identity_provider"].openings
        if openings.reached(self.visitor.id, time.monotonic()):
            self.set_status(HTTPStatus.TOO_MANY_REQUESTS)
            closed(self, wrong="This page was opened many times in a row. Wait a minute, then open it again.")
            return
        openings.count(self.visitor.id, time.monotonic())
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
            async with AsyncExitStack() as self.turn:
                self.kernels.check_room()
                async for piece in self.pieces():
                    self.write(piece)
            whole = True
        except StreamClosedError:
            pass
        except Exception as error:
            if not self._headers_written:
                if isinstance(error, Full):
                    self.say_full()
                    return
                raise
            log_fault(error)
            self.write(self.settings["voila_jinja2_env"].get_template("broken.html").render(_=self.language))
        finally:
            if not whole:
                await self.kernels.end(self.kernel_id)

    def pieces(self) -> AsyncIterator[str]:
        """The page's text, by the way its notebook asks for."""
        path = Path(self.contents_manager.root_dir, self.notebook_path)
        renderer = Renderer(path, base=self.base_url, contents=self.contents_manager)
        self.language = renderer.language
        if asks_for_lab(renderer.notebook):
            self.set_header("Content-Security-Policy", policy(LAB_POLICY, self.request.host))
            return self.lab().pieces(self.kernel_id, self.start, self.flush)
        self.set_header("Content-Security-Policy", policy(PAGE_POLICY, self.request.host))
        return renderer.pieces(self.kernel_id, self.start, self.flush)

    async def start(self) -> AsyncKernelManager:
        """Wait for this visitor's turn, which lasts until the page is written, and start their Python."""
        await self.turn.enter_async_context(self.kernels.admit(self.visitor.id, browser_mark(self)))
        await self.kernels.start_kernel(kernel_id=self.kernel_id, path="", env=self.environment())
        return cast(AsyncKernelManager, self.kernels.get_kernel(self.kernel_id))

    @property
    def kernels(self) -> Kernels:
        """All visitors' Pythons."""
        kernels: Kernels = self.kernel_manager
        return kernels

    def environment(self) -> dict[str, str]:
        """What the visitor's Python finds in its environment: who they are, and where what they do is kept."""
        return {
            **os.environ,
            "QUERY_STRING": self.request.query,
            "RELEXP_IDENTITY": self.visitor.to_json(),
            "RELEXP_STORE": self.settings["identity_provider"].store.url,
        }

    def say_full(self) -> None:
        """As many people as this computer can serve are here."""
        self.clear()
        self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Retry-After", "60")
        show(self, "full.html")

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
