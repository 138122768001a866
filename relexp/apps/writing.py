"""A place to write in: kept while one writes, and not lost where the line to relexp is."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from relexp.apps.desk import Clash
from relexp.apps.widgets import listen, script
from relexp.messages import FaultsFound, say
from relexp.messages.fault_log import log_fault

_WORDS = ("kept", "keeping", "not_kept", "other", "mine", "theirs")


class Writing(anywidget.AnyWidget):
    """A text of the learner's own, below what is asked.

    `mark` tells its place from every other; the browser holds what is not kept yet under it, until it is. `answered` is
    the last writing that Python has dealt with, and `state` what came of it: kept, not_kept for the reason in `why`, or
    other, with what another device wrote in `other`. `keep` is told the text, and of what another device wrote, what
    was seen and is to be written over.
    """

    _esm = script("writing.js")
    ask = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    lines = traitlets.Int(4).tag(sync=True)
    mark = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)
    other = traitlets.Unicode().tag(sync=True)
    why = traitlets.Unicode().tag(sync=True)
    keeps = traitlets.Bool(True).tag(sync=True)

    def __init__(self, ask: str, said: str, keep: Callable[[str, str | None], None], **traits: object) -> None:
        words = {word: str(say(f"unit.writing_{word}")) for word in _WORDS}
        super().__init__(ask=ask, said=said, words=words, **traits)
        self._keep = keep
        listen(self, self._heard)

    def _heard(self, sent: dict[str, object]) -> None:
        text, number, over = sent.get("said"), sent.get("number"), sent.get("over")
        if not isinstance(text, str) or not isinstance(number, int):
            return
        state, other, why = "kept", "", ""
        try:
            self._keep(text, over if isinstance(over, str) else None)
        except Clash as clash:
            state, other = "other", clash.said
        except FaultsFound as found:
            message = found.faults[0].message
            # That it is not kept yet is said in any case.
            state, why = "not_kept", "" if message.code == "unit.writing_not_kept" else str(message)
        except Exception as error:
            # Whatever broke, the text stays in the browser, which is told and tries again.
            log_fault(error)
            state = "not_kept"
        with self.hold_sync():
            self.state, self.other, self.why, self.answered = state, other, why, number
