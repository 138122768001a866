"""A reflection that somebody wrote on paper, and handed in for others to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.widgets import Fragment, Pick, button, row
from relexp.messages import Message, say
from relexp.privacy.roles import Role
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import LEAST, MOST, Did, Reflection, faults
from relexp.store import Store
from relexp.weave.held import Held

AXES, WORDS = ("sameness", "difference"), ("same", "different", "taught", "power", "step")
# What is the writer's alone stays on their paper.
SHOWN = (Visibility.FACILITATOR, Visibility.EVERYONE)


class PaperReflection(ipywidgets.VBox):
    """Both axes, the words, and who may read it; the same press twice keeps one."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._held: Held | None = None
        self._kept = [say("reading.paper_no_answer")]
        steps = [str(say("reading.paper_left_blank")), *(str(step) for step in range(LEAST, MOST + 1))]
        self.axes = {axis: Pick(label=str(say(f"own.{axis}")), options=steps) for axis in AXES}
        self.words = {part: ipywidgets.Textarea(description=str(say(f"own.{part}")), rows=2) for part in WORDS}
        self.did = {each: ipywidgets.Checkbox(description=str(say(f"own.did_{each}")), indent=False) for each in Did}
        readers = [str(say(f"own.visibility_{each}")) for each in SHOWN]
        self.readers = Pick(label=str(say("own.visibility")), options=readers)
        self.keep = button(str(say("reading.paper_keep")), lambda: guard(self._keep), main=True)
        self.said, hint, did = Fragment(), Fragment(), Fragment()
        hint.show(tag("p", sentence(say("reading.paper_own_hint")), class_="hint"))
        did.show(tag("p", str(say("own.did")), class_="read"))
        self.said.show(None)
        words = [self.words[part] for part in WORDS]
        parts = (hint, *self.axes.values(), *words[:3], did, *self.did.values(), *words[3:], self.readers)
        fields = ipywidgets.VBox(parts)
        super().__init__((fields, row((self.keep,)), self.said))

    def offer(self, store: Store, held: Held) -> None:
        """Take in reflections on this gathering."""
        self._store, self._held = store, held

    def _typed(self, held: Held) -> Reflection:
        said: dict[str, Any] = {axis: pick.value or None for axis, pick in self.axes.items()}
        said |= {part: field.value.strip() for part, field in self.words.items()}
        did = frozenset(each for each, box in self.did.items() if box.value)
        return Reflection(held.id, held.day, **said, did=did, visibility=SHOWN[self.readers.value])

    def _keep(self) -> None:
        """Keep the reflection. A second press finds the form empty, and says once more what was kept."""
        if self._store is None or self._held is None:
            return
        typed = self._typed(self._held)
        if wrong := faults(typed):
            self._say([say("reading.paper_own_wrong", part=str(say(f"own.{each.key}"))) for each in wrong])
            return
        if not typed.empty:
            # Nobody's phone: whoever handed it in asks whoever leads to take it away again.
            writer = self._store.identities.add(Role.PARTICIPANT, "", self._now())
            self._store.written.reflect(typed, writer)
            self._kept = [say("reading.paper_kept_own")]
            self._empty()
        self._say(self._kept)

    def _empty(self) -> None:
        for pick in (*self.axes.values(), self.readers):
            pick.value = 0
        for field in self.words.values():
            field.value = ""
        for box in self.did.values():
            box.value = False

    def _say(self, messages: list[Message]) -> None:
        self.said.show(join(tag("p", sentence(each), class_="note") for each in messages))
        self._speak(" ".join(map(str, messages)))
