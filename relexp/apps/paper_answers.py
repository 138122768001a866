"""The answers of one sheet: its code, when it was answered, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, Pick, button, row, show
from relexp.messages import Message, say
from relexp.store import Store
from relexp.store.codes import LONGEST, code_of, typed_code
from relexp.store.seal import Seal
from relexp.weave.held import Held
from relexp.weave.survey import QUESTIONS, Answered, Answers, Moment, Question

MOMENTS: tuple[Moment, ...] = (*Moment,)
_KINDS = {Answered.SCALE: "scale", Answered.CIRCLES: "circles", Answered.COUNT: "count"}
_YES_NO = ("left_blank", "no", "yes")


class PaperAnswers(ipywidgets.VBox):
    """One form, with the questions of the moment that is chosen; the moment stays for the next sheet."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._now = now
        self._store: Store | None = None
        self._held: Held | None = None
        self._kept: list[Message] = []
        self._asked: Answers | None = None
        moments = [str(say(f"reading.moment_{moment}")) for moment in MOMENTS]
        self.moment = Pick(label=str(say("reading.paper_moment")), options=moments)
        self.code = ipywidgets.Text(description=str(say("reading.paper_code")))
        self.fields = {question.key: _field(question) for question in QUESTIONS}
        self.keep = button(str(say("reading.paper_keep")), lambda: guard(self._keep), main=True)
        sure, change = str(say("reading.paper_all_the_same")), str(say("reading.paper_change"))
        self.said = AskedAgain(speak, sure, change, lambda: guard(lambda: self._keep(sure=True)))
        hint = Fragment()
        hint.show(tag("p", sentence(say("reading.paper_blank")), class_="hint"))
        questions = ipywidgets.VBox((self.code, hint, *self.fields.values()))
        questions.add_class("controls")
        super().__init__((self.moment, questions, row((self.keep,)), self.said))
        self.add_class("paper-answers")
        self.moment.observe(lambda _: self._show(), "value")
        self._show()

    def offer(self, store: Store, held: Held) -> None:
        """Take in answers of this gathering."""
        if self._held is None or self._held.id != held.id:
            self.said.close_note()
        self._store, self._held = store, held

    def _show(self) -> None:
        for question in QUESTIONS:
            show(self.fields[question.key], self._moment in question.asked)
        self.said.close_note()

    @property
    def _moment(self) -> Moment:
        place: int = self.moment.value
        return MOMENTS[place]

    def _keep(self, *, sure: bool = False) -> None:
        """Keep the answers. A second press finds the form empty, and says once more what was kept."""
        if self._store is None or self._held is None:
            return
        if self._kept and not self.code.value and not any(field.value for field in self.fields.values()):
            self.said.kept(self._kept)
            return
        values, wrong = self._read()
        code = typed_code(self.code.value)
        if not code:
            wrong.insert(0, say("reading.paper_no_code"))
        elif len(code) > LONGEST:
            wrong.insert(0, say("reading.paper_long_code", most=LONGEST))
        if wrong:
            self.said.wrong(wrong)
            return
        day = self._now().date() if self._moment is Moment.LATER else self._held.day
        given = Answers(code, self._held.id, day, self._moment, values)
        read_as = [say("reading.paper_read_as", sheet=code)] if {"0", "1"} & {*self.code.value} else []
        questions = self._questions(given)
        if questions and not (sure and given == self._asked):
            self._asked = given
            self.said.ask([*read_as, *questions])
            return
        self._store.survey.answer(given)
        self._kept = [say("reading.paper_kept_answers", sheet=code), *read_as]
        self._empty()
        self.said.kept(self._kept)

    def _read(self) -> tuple[dict[str, int], list[Message]]:
        """The answers that were typed, and what is wrong with those that are none."""
        values, wrong = dict[str, int](), list[Message]()
        asked = [question for question in QUESTIONS if self._moment in question.asked]
        for question in asked:
            typed: Any = self.fields[question.key].value
            if question.answered is Answered.YES_NO:
                values |= {question.key: typed - 1} if typed else {}
            elif text := typed.strip():
                number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
                if number is not None and question.holds(number):
                    values[question.key] = number
                else:
                    kind, words = _KINDS[question.answered], _words(question)
                    wrong.append(say(f"reading.paper_{kind}_wrong", question=words, value=text[:20]))
        if not values and not wrong:
            wrong.append(say("reading.paper_no_answer"))
        return values, wrong

    def _questions(self, given: Answers) -> list[Message]:
        """What to ask before these are kept: whose they are is not known, or there are others of theirs."""
        if self._store is None:
            return []
        seal = Seal()
        known = {*self._store.weave.there(given.gathering)}
        known |= {
            code_of(guest.person.id, guest.person.name, seal)
            for guest in self._store.gatherings.guests(given.gathering)
        }
        before = self._store.survey.of(given.gathering, given.code)
        found = []
        if given.code not in known and not before:
            found.append(say("reading.paper_unknown", sheet=given.code))
        if any(each.moment is given.moment and each.values != given.values for each in before):
            found.append(say("reading.paper_again", sheet=given.code))
        return found

    def _empty(self) -> None:
        self.code.value, self._asked = "", None
        for field in self.fields.values():
            field.value = 0 if isinstance(field, Pick) else ""


def _words(question: Question) -> str:
    return str(say(f"ask.{question.key}"))


def _field(question: Question) -> ipywidgets.Text | Pick:
    """A place to type an answer in; for yes or no, one to press."""
    words = _words(question)
    if question.answered is Answered.YES_NO:
        return Pick(label=words, options=[str(say(f"reading.paper_{each}")) for each in _YES_NO])
    return ipywidgets.Text(description=str(say(f"reading.paper_{_KINDS[question.answered]}", question=words)))
