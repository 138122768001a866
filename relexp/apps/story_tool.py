"""The story of two minutes on the page: three boxes, the whole of it, a clock, and the takes that were noted."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from relexp.apps.widgets import script
from relexp.learning.short_story import (
    CHANGE,
    LIMIT,
    LONGEST,
    MARK,
    MOST_TAKES,
    PACE,
    PART,
    Part,
    Story,
    pace,
    plain,
    read_story,
    shorter,
    still,
    story_of,
    write_story,
)
from relexp.learning.written import NotOurs
from relexp.messages.language import template

# The words that the page itself needs, each by its name in its script.
_WORDS = """
    moment moment_ask choice choice_ask us us_ask count count_one total over pace own_pace private whole empty
    clock start pause go_on again take mark limit sound takes number day time change remove removed undo undone
    noted print card unread
""".split()


class StoryTool(anywidget.AnyWidget):
    """A builder for a story of two minutes, which is read aloud by the clock until it is short enough.

    `said` is what was kept last, as `write_story` writes it, or "". What cannot be read is shown as it is, and stays
    kept until something is done. `keep` gets the new JSON, `speak` a sentence for who listens; `done` is called at
    most once, after a change with which all is there that the unit asks for.
    """

    _esm = script("tool.js") + script("story_clock.js") + script("story.js")
    _css = script("tools.css")
    words = traitlets.Dict().tag(sync=True)
    state = traitlets.Any().tag(sync=True, echo_update=False)
    unread = traitlets.Unicode().tag(sync=True)
    count = traitlets.Unicode().tag(sync=True)
    shorter = traitlets.Unicode().tag(sync=True)
    pace = traitlets.Float(0.0).tag(sync=True)

    def __init__(
        self, said: str, keep: Callable[[str], None], speak: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        try:
            found, unread = read_story(said), ""
        except NotOurs:
            found, unread = Story(), said
        self._story, self._keep, self._speak, self._done = found, keep, speak, done
        self._was_done = False
        super().__init__(words=_words(), state=plain(found), unread=unread)
        self._tell()
        self.observe(self._changed, "state")

    def _changed(self, change: dict[str, object]) -> None:
        try:
            found = story_of(change["new"])
        except NotOurs:
            return
        if found == self._story:
            return
        self._story = found
        self._keep(write_story(found))
        before = self.count, self.shorter
        self._tell()
        if (self.count, self.shorter) != before:
            self._speak(f"{self.shorter} {self.count}".strip())
        if found.done and not self._was_done:
            self._was_done = True
            self._done()

    def _tell(self) -> None:
        with self.hold_sync():
            self.count = str(still(self._story))
            self.shorter = str(shorter(self._story.takes) or "")
            self.pace = pace(self._story.takes) or 0.0


def _words() -> dict[str, object]:
    words: dict[str, object] = {word: template(f"story.word_{word}") for word in _WORDS}
    return words | {
        "parts": [part.value for part in Part],
        "at": {"pace": PACE, "limit": LIMIT, "mark": MARK, "longest": LONGEST},
        "most": {"part": PART, "change": CHANGE, "takes": MOST_TAKES},
    }
