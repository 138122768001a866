"""Changes from elsewhere, seen within a second: another page, a phone, or the clock alone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

SECONDS = 0.5


class Watching:
    """Calls `look` every half second, in a thread of its own, until it is ended or Python is."""

    def __init__(self, look: Callable[[], None], seconds: float = SECONDS) -> None:
        self._look, self._seconds, self._over = look, seconds, Event()
        self._thread = Thread(target=self._run, name="watching", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Look no longer."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            self._look()
