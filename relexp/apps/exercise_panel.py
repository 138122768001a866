"""An exercise on the page: a learner's own work in a form, looked at as often as they like, with an example beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets
import traitlets

from relexp.apps.exercise_view import example_view, found_view, looked_at, summary, task_view
from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, button, listen, row, script, show
from relexp.exchange.exercises import read_work
from relexp.learning.checks import Exercise, look, through
from relexp.learning.form import Work
from relexp.learning.work import as_text, fit, nested
from relexp.messages import Fault, FaultsFound, Message, say

# After so many tries the example can be seen.
TRIES = 2
_WORDS = "as_text as_text_why remove removed up down choose undo".split()
_GAPS = {"words": "{words}", "minutes": "{minutes}", "seconds": "{seconds}"}


class ExerciseWidget(anywidget.AnyWidget):
    """The form as the browser draws it, and the same work as text.

    `work` is drawn anew when `revision` rises; what is filled in comes as messages. `readable`: the text can be read,
    or else `faults` tell why not.
    """

    _esm = script("exercise.js")
    form: traitlets.List[Any] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    aloud: traitlets.List[Any] = traitlets.List().tag(sync=True)
    work = traitlets.Dict().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    faults: traitlets.List[str] = traitlets.List().tag(sync=True)
    readable = traitlets.Bool(True).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)


class ExercisePanel(ipywidgets.VBox):
    """One exercise. `said` is the work as it was left, "" before the first time.

    `keep` is told the work as text whenever it has changed, `speak` what is to be read out, and `done` each time that a
    look finds all checks met or left with a reason. `tries` is how often the work was looked at before.
    """

    def __init__(
        self,
        exercise: Exercise,
        said: str,
        keep: Callable[[str], None],
        speak: Callable[[str], None],
        done: Callable[[], None],
        tries: int = 0,
    ) -> None:
        self._exercise, self._keep, self._speak, self._done = exercise, keep, speak, done
        self._text, self._tries, self._before = said or exercise.starter, tries, ""
        words = {word: str(say(f"exercise.{word}")) for word in _WORDS} | {"aloud": str(say("exercise.words", **_GAPS))}
        form = [field.shape() for field in exercise.form]
        self.widget = ExerciseWidget(form=form, words=words, aloud=list(exercise.aloud or ()))
        listen(self.widget, self._heard)
        self.wrong, self.found, self.example, self.told = Fragment(), Fragment(), Fragment(), Fragment()
        self.check = button(str(say("exercise.check")), self._look, main=True)
        self.compare = button(str(say("exercise.show")), self._set_beside)
        self.again = button(str(say("exercise.again")), self._again)
        self.undo = button(str(say("exercise.undo")), self._undo)
        bench = ipywidgets.Box((ipywidgets.VBox((self.wrong, self.widget)), self.example))
        bench.add_class("exercise-bench")
        task = Fragment()
        task.show(tag("div", task_view(exercise), tag("h3", str(say("exercise.work")))))
        presses = row((self.check, self.compare, self.again, self.undo))
        super().__init__((task, bench, presses, self.told, self.found))
        self.add_class("exercise-panel")
        for piece in (self.example, self.told):
            piece.show(None)
        self.found.show(looked_at(exercise.checks))
        self._offer_example()
        self._show()

    def _heard(self, content: dict[str, Any]) -> None:
        """What was filled in or typed, whatever the browser sends."""
        if isinstance(content.get("text"), str):
            self._take(content["text"], typed=True)
        elif isinstance(content.get("work"), dict):
            try:
                work = fit(self._exercise.form, nested(content["work"]))
            except (FaultsFound, TypeError, AttributeError):
                return
            self._take(as_text(self._exercise.form, work))

    def _take(self, text: str, typed: bool = False) -> None:
        """Keep the work as it is now; a form of what was typed as text is drawn anew."""
        text = text.replace("\0", "")
        if text == self._text:
            return
        self._text, self._before = text, ""
        self._keep(text)
        self.told.show(None)
        self._show(drawn=typed)

    def _show(self, drawn: bool = True) -> None:
        """Show the work: in the form where it can be read, and as text in any case."""
        work, faults = self._read()
        with self.widget.hold_sync():
            self.widget.text = self._text
            self.widget.faults = [str(fault) for fault in faults]
            self.widget.readable = work is not None
            if work is not None:
                self.widget.work = dict(work)
                self.widget.revision += drawn
        # What a learner is typing at the moment is told beside it.
        self.wrong.show(
            tag("p", str(say("exercise.unread")), class_="note") if faults and not self.widget.revision else None
        )
        show(self.undo, bool(self._before))

    def _read(self) -> tuple[Work | None, tuple[Fault, ...]]:
        try:
            return read_work(self._exercise, self._text), ()
        except FaultsFound as found:
            return None, found.faults

    def _look(self) -> None:
        work, _ = self._read()
        if work is None:
            self._tell(say("exercise.unread"))
            return
        found = look(self._exercise, work)
        self._tries += 1
        self.told.show(None)
        self.check.description = str(say("exercise.check_again"))
        self.found.show(found_view(found))
        self._offer_example()
        self._speak(str(summary(found)))
        if through(found):
            self._done()

    def _offer_example(self) -> None:
        show(self.compare, self._tries >= TRIES)

    def _set_beside(self) -> None:
        if self.example.value:
            self.example.show(None)
        else:
            self.example.show(example_view(self._exercise, read_work(self._exercise, self._exercise.exemplar)))
        self.compare.description = str(say("exercise.hide" if self.example.value else "exercise.show"))

    def _again(self) -> None:
        if self._text == self._exercise.starter:
            return
        self._replace(self._exercise.starter, before=self._text, told=say("exercise.begun"))

    def _undo(self) -> None:
        self._replace(self._before, before="", told=say("exercise.back"))

    def _replace(self, text: str, before: str, told: Message) -> None:
        self._text, self._before = text, before
        self._keep(text)
        self._show()
        self._tell(told)

    def _tell(self, message: Message) -> None:
        self.told.show(tag("p", str(message), class_="note"))
        self._speak(str(message))
