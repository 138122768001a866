"""An app's page: its notebook, run by a Python of the visitor's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

from voila.handler import VoilaHandler

from relexp.server.plain import show


class Page(VoilaHandler):
    """An app: its notebook, run for this visitor alone."""

    async def get(self) -> None:
        # Reading the token sets its cookie, without which the browser may not end its own Python on leaving.
        self.xsrf_token  # noqa: B018
        pieces: AsyncIterator[str] = self.get_generator()
        async for piece in pieces:
            self.write(piece)
            await self.flush()

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that the page could not be made."""
        show(self, "error.html", missing=False)
