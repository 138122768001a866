"""Whether the evening is better than chance: drawn in a thread of its own, with its progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, RLock, Thread
from time import monotonic

import ipywidgets

from relexp.apps.compare_view import compared_page
from relexp.apps.html import join, sentence, tag
from relexp.apps.planning import SECONDS_BETWEEN_TOLD, log_fault
from relexp.apps.widgets import Fragment, Voice, button, row, show
from relexp.messages import say
from relexp.pairing.compare import TIMES, compare
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


class ComparePanel(ipywidgets.VBox):
    """A button, and what comes of pressing it; `offer` brings the evening it is about."""

    def __init__(self) -> None:
        self._about: tuple[Evening, Roster, Rules] | None = None
        self._lock = RLock()
        self._stopped = Event()
        self.working: Thread | None = None
        self._say: Callable[..., None] = Voice().say
        heading, self.progress, self.result = Fragment(), Fragment(), Fragment()
        hint = tag("p", sentence(say("compare.hint", times=TIMES)), class_="hint")
        heading.show(join((tag("h3", str(say("compare.heading"))), hint)))
        self.begin = button(str(say("compare.begin")), self._begin)
        self.stop = button(str(say("compare.stop")), self._stop)
        super().__init__((heading, row((self.begin, self.stop)), self.progress, self.result))
        self._rest()

    def attach(self, voice: Voice) -> None:
        """Let the page speak."""
        self._say = voice.say

    def offer(self, evening: Evening, roster: Roster, rules: Rules) -> None:
        """Another evening: what was found of the one before is of no use any more."""
        with self._lock:
            self._stop()
            self.working, self._about = None, (evening, roster, rules)
            self._rest()
            self.result.show(None)

    def _begin(self) -> None:
        with self._lock:
            if self._about is None or self.working is not None:
                return
            self._stopped = Event()
            self.begin.disabled = True
            show(self.stop, True)
            self._told(0.0)
            self.working = Thread(target=self._work, args=(*self._about, self._stopped), name="comparing", daemon=True)
            self.working.start()

    def _stop(self) -> None:
        self._stopped.set()

    def _rest(self) -> None:
        self.begin.disabled = False
        show(self.stop, False)
        self.progress.show(None)

    def _told(self, share: float) -> None:
        label = tag("label", str(say("compare.working")), for_="comparing")
        self.progress.show(join((label, tag("progress", max=100, value=round(100 * share), id="comparing"))))

    def _work(self, evening: Evening, roster: Roster, rules: Rules, stopped: Event) -> None:
        last = monotonic()

        def watch(share: float) -> bool:
            nonlocal last
            if monotonic() - last >= SECONDS_BETWEEN_TOLD and not stopped.is_set():
                last = monotonic()
                self._told(share)
            return not stopped.is_set()

        try:
            page = compared_page(compare(evening, roster, rules, watch=watch))
        except Exception as error:
            log_fault(error)
            page = tag("p", str(say("app.broke")), class_="note", id="compared", tabindex="-1")
        with self._lock:
            if self._about is None or self._about[0] is not evening:
                return
            self.working = None
            self._rest()
            self.result.show(page)
            self._say(str(say("compare.heading")), go="compared")
