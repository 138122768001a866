"""The map of a learner's own life on the page: put together in the browser, kept and mirrored back from here."""

from __future__ import annotations

import io
from collections.abc import Callable

import anywidget
import traitlets

from relexp.apps.widgets import script
from relexp.exchange.sheets import write_csv
from relexp.learning.life_map import (
    BANDS,
    LABEL,
    MOST_DOTS,
    WHEN,
    WORDS,
    Deed,
    LifeMap,
    map_of,
    mirror,
    plain,
    read_map,
    still,
    write_map,
    year,
)
from relexp.learning.written import NotOurs
from relexp.messages import say
from relexp.messages.language import template

# The words that the page itself needs, each by its name in its script.
_WORDS = """
    plane how keys private same_axis different_axis add full editor label when same different did words tell
    to_tell ready remove removed undo undone unnamed table number moment time sort felt was deed change
    nothing_yet mirror svg csv print unread
""".split()


class MapTool(anywidget.AnyWidget):
    """A plane with two axes, a dot for each moment, its table twin, and the questions that it asks.

    `said` is what was kept last, as `write_map` writes it, or "". What cannot be read is shown as it is, and stays
    kept until something is done. `keep` gets the new JSON, `speak` a sentence for who listens; `done` is called at
    most once, after a change with which all is there that the unit asks for.
    """

    _esm = script("tool.js") + script("map_plane.js") + script("life_map.js")
    _css = script("tools.css")
    words = traitlets.Dict().tag(sync=True)
    state = traitlets.Any().tag(sync=True, echo_update=False)
    unread = traitlets.Unicode().tag(sync=True)
    count = traitlets.Unicode().tag(sync=True)
    mirror: traitlets.List[str] = traitlets.List(traitlets.Unicode()).tag(sync=True)
    years = traitlets.Dict().tag(sync=True)

    def __init__(
        self, said: str, keep: Callable[[str], None], speak: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        try:
            found, unread = read_map(said), ""
        except NotOurs:
            found, unread = LifeMap(), said
        self._map, self._keep, self._speak, self._done = found, keep, speak, done
        self._was_done = False
        super().__init__(words=_words(), state=plain(found), unread=unread)
        self._tell()
        self.observe(self._changed, "state")
        self.on_msg(self._wanted)

    def csv(self) -> bytes:
        """The table twin as a file."""
        header = [
            str(say(f"map.word_{column}")) for column in ("number", "moment", "time", "felt", "was", "deed", "words")
        ]
        rows = (
            (n, dot.label, dot.when, dot.same, dot.different, str(say(f"map.did_{dot.deed or ''}")), dot.words)
            for n, dot in enumerate(self._map.dots, start=1)
        )
        made = io.BytesIO()
        write_csv(
            made,
            [*header, str(say("map.word_to_tell"))],
            ((*row, "x" if dot.id == self._map.tell else "") for row, dot in zip(rows, self._map.dots, strict=True)),
            marked=True,
        )
        return made.getvalue()

    def _changed(self, change: dict[str, object]) -> None:
        try:
            found = map_of(change["new"])
        except NotOurs:
            return
        if found == self._map:
            return
        self._map = found
        self._keep(write_map(found))
        before = self.count
        self._tell()
        if self.count != before:
            self._speak(self.count)
        if found.done and not self._was_done:
            self._was_done = True
            self._done()

    def _tell(self) -> None:
        with self.hold_sync():
            self.count = str(still(self._map))
            self.mirror = [str(each) for each in mirror(self._map)]
            self.years = {dot.id: found for dot in self._map.dots if (found := year(dot.when))}

    def _wanted(self, widget: object, content: object, buffers: object) -> None:
        self.send({"file": "map.csv"}, buffers=[self.csv()])


def _words() -> dict[str, object]:
    words: dict[str, object] = {word: template(f"map.word_{word}") for word in _WORDS}
    return words | {
        "place": template("map.place"),
        "bands": [(start, str(say(f"map.band_{band}"))) for start, band in BANDS],
        "deeds": [(deed, str(say(f"map.did_{deed}"))) for deed in Deed],
        "most": MOST_DOTS,
        "longest": {"label": LABEL, "when": WHEN, "words": WORDS},
    }
