"""A unit of the module on the page: the way through it, each activity in its place, and an ending."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import ipywidgets

from relexp.apps.desk import Clash, Desk
from relexp.apps.ending import Ending
from relexp.apps.exercise_panel import ExercisePanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.telling import Telling
from relexp.apps.tools import TOOLS
from relexp.apps.unit_contents import Contents
from relexp.apps.unit_ways import Ways, notes
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.widgets import Fragment, Voice
from relexp.apps.writing_panels import FieldTasks, Worksheet, writing
from relexp.exchange.exercises import load_exercise
from relexp.exchange.shipped import shipped
from relexp.exchange.unit_words import Edition, edition_called
from relexp.exchange.units import load_unit, unit_folder
from relexp.learning.marking import Answer
from relexp.learning.progress import Verb
from relexp.learning.unit import Block, BlockKind
from relexp.messages import FaultsFound, say, tell
from relexp.messages.language import speak


def unit(module: str, id: str, name: str = "") -> UnitPage:
    """A unit of a module for whoever looks at the page, in a language or in easy words by the edition's short name."""
    home = shipped("modules") / module
    found = load_unit(home, id)
    read = edition_called(unit_folder(home, found), found, name)
    # This Python is one page's alone: all that it says, it says in the language of the page.
    speak(read.language)
    return UnitPage(read, unit_folder(home, found), visitor())


class UnitPage(Telling, ipywidgets.VBox):
    """The head of a unit's page; `block` and `ending` give the rest of it."""

    def __init__(
        self,
        read: Edition,
        folder: Path,
        visitor: Visitor,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        unit = read.unit
        self.unit, self._desk = unit, Desk(visitor, now)
        self.voice, self.notice, self.about = Voice(), Fragment(), Fragment()
        ways = Ways(read, folder)
        self.contents = Contents(unit, lambda *heard: self._guard(lambda: self._heard(*heard)))
        super().__init__((self.about, self.contents, ways, self.notice, self.voice))
        self.add_class("app")
        self.add_class("unit")
        self.notice.show(None)
        self.notice.add_class("unit-notice")
        self._ending: Ending | None = None
        lost = [tag("p", sentence(why), class_="note")] if (why := self._desk.why_not) else []
        self.about.show(join((*notes(read), *lost)))
        self._look()

    def _guard(self, act: Callable[[], None]) -> None:
        # It stands in view wherever on the long page one is: only until the next thing goes well.
        self.notice.show(None)
        super()._guard(act)

    def block(self, id: str) -> ipywidgets.Widget:
        """What one does in a block. Raises KeyError where the unit has no such block."""
        found = self.unit.block(id)
        if found is None:
            raise KeyError(id)
        made = {
            BlockKind.QUIZ: self._quiz,
            BlockKind.WORKSHEET: self._worksheet,
            BlockKind.FIELD: self._field,
            BlockKind.EXERCISE: self._exercise,
            BlockKind.TOOL: self._tool,
        }[found.kind](found)
        made.add_class("step")
        app = ipywidgets.VBox((made,))
        app.add_class("app")
        app.add_class("block")
        return app

    def ending(self) -> Ending:
        """What stands at the end: the minutes that it took, a journal, and where to go on."""
        self._ending = Ending(self.unit, self._desk, self._guard, self._note, self.voice.say)
        return self._ending

    def _quiz(self, block: Block) -> ipywidgets.Widget:
        stands = self._desk.stands(self.unit)
        return ipywidgets.VBox(
            [self._item(block, id, stands.wrong.get(id, 0), id in stands.settled) for id in block.items]
        )

    def _item(self, block: Block, id: str, wrong: int, settled: bool) -> QuizPanel:
        item, desk = self.unit.items[id], self._desk
        why = (
            writing(desk, self.unit.id, f"{id}.why", str(say("learn.quiz_why")), lambda: None, lines=2)
            if item.explain
            else None
        )
        draft = _read(desk.said(self.unit.id, id))
        panel = QuizPanel(item, self.unit.keys[id], self.voice.say, wrong, settled, why=why, draft=draft)

        def answered(answer: Answer, right: bool | None) -> None:
            try:
                self._note(Verb.ANSWERED, block.id, id, right=right)
            finally:
                desk.keep_last(self.unit.id, id, json.dumps(answer, ensure_ascii=False))

        panel.answered = lambda answer, right: self._guard(lambda: answered(answer, right))
        panel.shown = lambda: self._guard(lambda: self._note(Verb.HELPED, block.id, id))
        return panel

    def _worksheet(self, block: Block) -> ipywidgets.Widget:
        return Worksheet(
            self.unit,
            block,
            self._desk,
            lambda verb, item: self._once(verb, block.id, item),
            lambda: self._desk.stands(self.unit),
            self._guard,
            self.voice.say,
        )

    def _field(self, block: Block) -> ipywidgets.Widget:
        def went(task: str, minutes: float) -> None:
            try:
                self._note(Verb.WENT_OUT, block.id, task)
            finally:
                if minutes:
                    self._note(Verb.LOGGED, block.id, task, minutes=minutes)

        stands = partial(self._desk.stands, self.unit)
        return FieldTasks(self.unit, block, self._desk, went, self._guard, stands, self.voice.say)

    def _exercise(self, block: Block) -> ipywidgets.Widget:
        exercise = load_exercise(shipped("exercises") / block.tool)
        return ExercisePanel(exercise, *self._own(block))

    def _tool(self, block: Block) -> ipywidgets.Widget:
        return TOOLS[block.tool](*self._own(block))

    def _own(self, block: Block) -> tuple[str, Callable[[str], None], Callable[[str], None], Callable[[], None]]:
        """What was kept of a block's work, what keeps it, what speaks, and what is told once it is done."""

        def keep(said: str) -> None:
            try:
                self._desk.keep(self.unit.id, block.id, said)
            except Clash:
                # What stands here is never written over what another device kept, nor is that shown beside it.
                raise FaultsFound([tell("unit.clash")]) from None

        return (
            self._desk.said(self.unit.id, block.id),
            lambda said: self._guard(lambda: keep(said)),
            self.voice.say,
            lambda: self._guard(lambda: self._once(Verb.WROTE, block.id)),
        )

    def _once(self, verb: Verb, block: str, item: str = "") -> None:
        """Note what is done by being there, the first time that it is."""
        stands = self._desk.stands(self.unit)
        if item not in stands.settled and block not in stands.done:
            self._note(verb, block, item)

    def _note(self, verb: Verb, block: str, item: str = "", *, right: bool | None = None, minutes: float = 0.0) -> None:
        try:
            self._desk.note(verb, self.unit, block, item, right=right, minutes=minutes)
        finally:
            self._look()

    def _heard(self, what: str, block: str, by_hand: bool) -> None:
        done = self._desk.stands(self.unit).done
        if what == "opened" or block not in done:
            self._note(Verb(what), block)
        if by_hand and what == "read":
            self.voice.say(str(say("unit.read_noted")))

    def _look(self) -> None:
        self.contents.show(self._desk.stands(self.unit))
        if self._ending is not None:
            self._ending.look()


def _read(said: str) -> object:
    """An answer as it was kept; none where it is no answer any more."""
    try:
        return json.loads(said)
    except ValueError:
        return []
