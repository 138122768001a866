"""Whether the evening is better than chance: drawn in a thread of its own, with its progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

import ipywidgets

from relexp.apps.compare_view import compared_page
from relexp.apps.html import join, sentence, tag
from relexp.apps.planning import Work
from relexp.apps.widgets import Fragment, Voice, button, row, show
from relexp.messages import say
from relexp.messages.fault_log import log_fault
from relexp.pairing.compare import TIMES, Compared, compare
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


class ComparePanel(ipywidgets.VBox):
    """A button, and what comes of pressing it; `offer` brings the evening it is about."""

    def __init__(self) -> None:
        self._about: tuple[Evening, Roster, Rules] | None = None
        self._lock = RLock()
        self.working: Work[Compared] | None = None
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
            evening, roster, rules = self._about
            self.begin.disabled = True
            show(self.stop, True)
            self._told(0.0)
            self.working = Work(
                lambda watch: compare(evening, roster, rules, watch=watch), told=self._told, ended=self._ended
            )
            self.working.start()

    def _stop(self) -> None:
        if self.working is not None:
            self.working.stop()

    def _rest(self) -> None:
        self.begin.disabled = False
        show(self.stop, False)
        self.progress.show(None)

    def _told(self, share: float) -> None:
        label = tag("label", str(say("compare.working")), for_="comparing")
        self.progress.show(join((label, tag("progress", max=100, value=round(100 * share), id="comparing"))))

    def _ended(self, work: Work[Compared], found: Compared | Exception) -> None:
        with self._lock:
            if work is not self.working:
                return
            self.working = None
            self._rest()
            if isinstance(found, Exception):
                log_fault(found)
                self.result.show(tag("p", str(say("app.broke")), class_="note", id="compared", tabindex="-1"))
            else:
                self.result.show(compared_page(found))
            self._say(str(say("compare.heading")), go="compared")
