"""The blocks in which one writes: a worksheet, and something to go out and do with what one notes of it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import ipywidgets

from relexp.apps.desk import Desk
from relexp.apps.html import folded, join, sentence, tag
from relexp.apps.widgets import Fragment, button, minutes_box, row, show
from relexp.apps.writing import Writing
from relexp.learning.progress import Standing, Verb
from relexp.learning.unit import Block, Prompt, Task, Unit
from relexp.messages import Message, say
from relexp.privacy.visibility import Visibility

MOST_MINUTES = 24 * 60


def writing(desk: Desk, unit: str, item: str, ask: str, wrote: Callable[[], None], **traits: object) -> Writing:
    """A place to write in, which is kept at its item; `wrote` is told when there is something in it."""

    def keep(said: str, over: str | None) -> None:
        desk.keep(unit, item, said, over)
        if said.strip():
            wrote()

    # What the browser holds for a moment is nobody else's who sits down at it.
    mark = sha256(f"{desk.me}/{unit}/{item}".encode()).hexdigest()[:24] if desk.keeps else ""
    return Writing(ask, desk.said(unit, item), keep, mark=mark, keeps=desk.keeps, **traits)


class Worksheet(ipywidgets.VBox):
    """The prompts of a block, each with a place to write; `noted` is told of each in which something stands, and of
    those that are left empty on purpose.
    """

    def __init__(
        self,
        unit: Unit,
        block: Block,
        desk: Desk,
        noted: Callable[[Verb, str], None],
        stands: Callable[[], Standing],
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
    ) -> None:
        self._block, self._noted, self._stands, self._speak = block, noted, stands, speak
        self.writings = [self._prompt(unit, unit.prompts[id], desk) for id in block.items]
        privacy, self.said = Fragment(), Fragment()
        privacy.show(tag("p", sentence(say("unit.yours")), class_="hint"))
        self.leave = button(str(say("unit.leave_rest")), lambda: guard(self._leave_rest))
        self._place = f"{unit.id}-{block.id}-rest"
        super().__init__((privacy, *self.writings, row((self.leave,)), self.said))
        self.add_class("worksheet")
        self._look()

    def _look(self) -> None:
        """There is a rest to leave as long as the block is not done, and more than one box."""
        show(self.leave, len(self.writings) > 1 and self._block.id not in self._stands().done)
        self.said.show(None)

    def _wrote(self, item: str) -> None:
        self._noted(Verb.WROTE, item)
        self._look()

    def _leave_rest(self) -> None:
        stands = self._stands()
        rest = [id for id in self._block.items if id not in stands.settled]
        if len(rest) == len(self.writings):
            self._tell("unit.leave_rest_says", "")
            return
        for id in rest:
            self._noted(Verb.WROTE, id)
        self._look()
        self._tell("unit.left_rest", self._place)

    def _tell(self, code: str, go: str) -> None:
        self.said.show(tag("p", sentence(say(code)), class_="note", id=self._place, tabindex="-1"))
        self._speak(str(say(code)), go)

    def _prompt(self, unit: Unit, prompt: Prompt, desk: Desk) -> Writing:
        told = str(say("unit.lens", lens=prompt.lens))
        if prompt.visibility is not Visibility.ME:
            # Said before anything is written, never after.
            told = f"{told} {say('unit.to_show')}"
        return writing(
            desk, unit.id, prompt.id, prompt.ask, lambda: self._wrote(prompt.id), lines=prompt.lines, hint=told
        )


class FieldTasks(ipywidgets.VBox):
    """Something to go out for: what to do, what shows it, what to ask oneself, and the minutes it took.

    `went` is told of a task that was done, and its minutes; `guard` tells what goes wrong with it.
    """

    def __init__(
        self,
        unit: Unit,
        block: Block,
        desk: Desk,
        went: Callable[[str, float], None],
        guard: Callable[[Callable[[], None]], None],
        stands: Callable[[], Standing],
        speak: Callable[[str], None],
    ) -> None:
        self._went, self._guard, self._speak, self._stands, self._block = went, guard, speak, stands, block
        self.tasks = [unit.tasks[id] for id in block.items]
        super().__init__([self._task(unit, task, desk) for task in self.tasks])
        self.add_class("field-tasks")

    def _task(self, unit: Unit, task: Task, desk: Desk) -> ipywidgets.Widget:
        do, said = Fragment(), Fragment()
        alone = folded(str(say("unit.alone")), tag("p", task.alone, dir="auto"))
        do.show(join((tag("p", task.do, class_="task-do"), alone)))
        evidence = writing(desk, unit.id, task.id, str(say("unit.evidence")), lambda: None, hint=task.evidence, lines=3)
        review = [
            writing(desk, unit.id, f"{task.id}.{place}", ask, lambda: None, lines=2)
            for place, ask in enumerate(task.review, start=1)
        ]
        minutes = minutes_box(str(say("unit.took")), MOST_MINUTES)

        def done() -> None:
            if not desk.said(unit.id, task.id).strip():
                # A part is done when there is something to show for it.
                tell(say("unit.went_first"))
                return
            took, minutes.value = float(minutes.value), 0
            self._went(task.id, took)
            tell(say("unit.went_done"))

        def tell(message: Message) -> None:
            said.show(tag("p", sentence(message), class_="note"))
            self._speak(str(message))

        press = button(str(say("unit.went")), lambda: self._guard(done), main=True)
        if self._block.id in self._stands().done:
            said.show(tag("p", sentence(say("unit.went_done")), class_="note"))
        review_head = Fragment()
        review_head.show(tag("h3", str(say("unit.review"))))
        box = ipywidgets.VBox((do, evidence, review_head, *review, row((minutes, press)), said))
        box.add_class("field-task")
        return box
