"""An evening being planned while the page stays awake: its progress, its end, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Any, Generic, TypeVar

from relexp.pairing.evening import Evening
from relexp.pairing.plan import plan
from relexp.pairing.search import Watch
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

Found = TypeVar("Found")

# A page that is told more often than this only flickers.
SECONDS_BETWEEN_TOLD = 0.15


class Work(Generic[Found]):
    """Something in the making, in a thread of its own.

    `make` gets a watch: told the share done, 0 to 1, it says whether to go on. `told` gets that share now and then;
    `ended` gets this work, and what was made or the exception that ended it.
    """

    def __init__(
        self,
        make: Callable[[Watch], Found],
        *,
        told: Callable[[float], None],
        ended: Callable[[Any, Found | Exception], None],
    ) -> None:
        self._make, self._told, self._ended = make, told, ended
        self._stop = Event()
        self._last = 0.0
        self._thread = Thread(target=self._run, name="planning", daemon=True)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked for the best so far."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ask for the best so far; it comes through `ended`."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, and everybody has been told."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            found: Found | Exception = self._make(self._watch)
        except Exception as error:  # whatever it is: whoever waits is told
            found = error
        self._ended(self, found)

    def _watch(self, share: float) -> bool:
        if not self.stopped and monotonic() - self._last >= SECONDS_BETWEEN_TOLD:
            self._last = monotonic()
            self._told(share)
        return not self.stopped


class Planning(Work[Evening]):
    """One evening in the making, of these people under these rules."""

    def __init__(
        self,
        roster: Roster,
        rules: Rules,
        *,
        least_bad: bool,
        told: Callable[[float], None],
        ended: Callable[[Planning, Evening | Exception], None],
    ) -> None:
        self.roster, self.rules = roster, rules
        super().__init__(lambda watch: plan(roster, rules, least_bad=least_bad, watch=watch), told=told, ended=ended)
