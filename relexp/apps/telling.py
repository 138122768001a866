"""A page that says at its top what went wrong, and aloud; whatever happens, nobody sees a traceback."""

from __future__ import annotations

from collections.abc import Callable

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, Voice
from relexp.messages import FaultsFound, Message, say
from relexp.messages.fault_log import log_fault


class Telling:
    """What a page with a `notice` and a `voice` does with the faults of what is pressed on it."""

    notice: Fragment
    voice: Voice

    def _guard(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FaultsFound as found:
            self._told(found.faults[0].message)
        except Exception as error:
            # The page's last line of defence: what is nobody's fault here is logged, and told in one sentence.
            log_fault(error)
            self._told(say("app.broke"))

    def _told(self, message: Message) -> None:
        self.notice.show(tag("p", sentence(message), class_="note"))
        self.voice.say(str(message))
