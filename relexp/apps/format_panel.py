"""The times of the gathering on the page: its format, when doors open, the minutes, the questions, when you finish."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import time

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.rounds import MOST_ROUNDS
from relexp.apps.times_view import finish, finish_page, format_note, table_page
from relexp.apps.widgets import Copy, Fragment, Pick, row, show
from relexp.exchange.invitation import invitation
from relexp.gathering.formats import FORMATS, MOST_MINUTES, OWN, STANDARD, Format, Timetable, questions, timetable
from relexp.messages import Message, say

MINUTES = ("arrival", "opening", "prompt", "talk", "harvest", "move", "tea", "tea_after", "closing")
_DOORS_OPEN = time(19)
_VIEWS = ("table", "minutes", "questions", "invitation")
_FORMATS = (*(format.key for format in FORMATS), OWN)


class FormatPanel(ipywidgets.VBox):
    """The format of the gathering and its times, for as many rounds as stand in the page's own field."""

    def __init__(self, rounds: ipywidgets.IntText) -> None:
        self._rounds = rounds
        self.follow(lambda format: None, lambda: None)
        self._setting = False
        self._format, self._start, self._own_questions = STANDARD, _DOORS_OPEN, dict[int, str]()
        names = [str(say(f"times.format_{key}")) for key in _FORMATS]
        self.formats = Pick(label=str(say("times.format")), options=names)
        self.start = ipywidgets.TimePicker(value=_DOORS_OPEN, step=60, description=str(say("times.starts")))
        self.view = Pick(label=str(say("times.show")), options=[str(say(f"times.show_{view}")) for view in _VIEWS])
        self.about, self.note, self.finish, self.table = Fragment(), Fragment(), Fragment(), Fragment()
        self.hosting = Fragment()
        self.minutes = {part: ipywidgets.IntText(description=str(say(f"times.minutes_{part}"))) for part in MINUTES}
        self.questions = ipywidgets.VBox(())
        self.invitation = Copy(
            label=str(say("times.invitation")),
            press=str(say("times.copy")),
            done=str(say("times.copied")),
            failed=str(say("times.not_copied")),
        )
        self.tell_hosting(None)
        super().__init__(self._laid_out())
        self.add_class("step")
        self._listen()
        self._draw()

    def follow(self, chosen: Callable[[Format], None], changed: Callable[[], None]) -> None:
        """Have `chosen` called with each format that is picked, so that the page can set its rounds, then `changed`.

        `changed` is called whenever there is something to keep, which `kept` then holds.
        """
        self._chosen, self._changed = chosen, changed

    def tell_hosting(self, message: Message | None) -> None:
        """Say how hosts come to meet guests, or nothing."""
        self.hosting.show(tag("p", sentence(message), class_="note") if message else None)

    def timetable(self, rounds: int) -> Timetable:
        """What happens when, in an evening of so many rounds."""
        return timetable(self._format, rounds, self._start)

    @property
    def format(self) -> Format:
        """The format as it stands on the panel."""
        return self._format

    @property
    def begins(self) -> time:
        """When the doors open."""
        return self._start

    def asked(self, rounds: int) -> tuple[str, ...]:
        """The question of each round, in the facilitator's words where they wrote their own."""
        ours = (str(question) for question in questions(self._format, rounds))
        return tuple(self._own_questions.get(number, text) for number, text in enumerate(ours, start=1))

    @property
    def words(self) -> str:
        """When it would be over, and how long it takes, to be said aloud."""
        made = self.timetable(self._many())
        return " ".join(str(each) for each in finish(made, self._format.talk * self._many()))

    @property
    def kept(self) -> str:
        """What was done on the panel, as text for `restore`; empty where nothing was."""
        minutes = {part: getattr(self._format, part) for part in MINUTES}
        if (self._format, self._start, self._own_questions) == (STANDARD, _DOORS_OPEN, {}):
            return ""
        shape = {
            "key": self._format.key,
            "questions_of": next(key for key, found in _asking().items() if found == self._format.questions),
            "start": self._start.isoformat("minutes"),
            "minutes": minutes,
            "questions": {str(number): text for number, text in self._own_questions.items()},
        }
        return json.dumps(shape)

    def restore(self, kept: str) -> None:
        """Show what `kept` gave; text that it did not give shows the standard format."""
        self._format, self._start, self._own_questions = _read(kept)
        self._draw()

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        heading, hint, write = Fragment(), Fragment(), Fragment()
        heading.show(tag("h2", str(say("times.heading"))))
        hint.show(tag("p", str(say("times.questions_hint")), class_="hint"))
        write.show(tag("p", str(say("times.invitation_hint")), class_="hint"))
        fields = row(self.minutes.values())
        fields.add_class("controls")
        fields.add_class("minutes")
        self._seen = (
            ipywidgets.VBox((self.table,)),
            fields,
            ipywidgets.VBox((hint, self.questions)),
            ipywidgets.VBox((write, self.invitation)),
        )
        return (
            heading,
            self.formats,
            self.about,
            self.hosting,
            self.start,
            self.note,
            self.finish,
            self.view,
            *self._seen,
        )

    def _listen(self) -> None:
        self.formats.observe(lambda change: self._unless_setting(lambda: self._format_picked(change["new"])), "value")
        self.start.observe(lambda _: self._unless_setting(self._typed), "value")
        self._rounds.observe(lambda _: self._show_all(), "value")
        self.view.observe(lambda _: self._show_view(), "value")
        for field in self.minutes.values():
            field.observe(lambda _: self._unless_setting(self._typed), "value")

    def _unless_setting(self, act: Callable[[], None]) -> None:
        if not self._setting:
            act()

    def _format_picked(self, place: int) -> None:
        key = _FORMATS[place]
        self._format = replace(self._format, key=OWN) if key == OWN else FORMATS[place]
        if key == OWN:
            self.view.value = _VIEWS.index("minutes")
        else:
            self._chosen(self._format)
        self._draw()
        self._changed()

    def _typed(self) -> None:
        """Minutes or the start were typed: taken when they can be, told when not, and left as they stand."""
        typed = {part: field.value for part, field in self.minutes.items()}
        fits = all(0 <= value <= MOST_MINUTES for value in typed.values()) and typed["talk"] >= 1
        begins = self.start.value
        if not fits or begins is None:
            wrong = say("times.no_start") if fits else say("times.range", most=MOST_MINUTES)
            self.note.show(tag("p", sentence(wrong), class_="note"))
            return
        self._format, self._start = _named(replace(self._format, **typed)), begins.replace(second=0, microsecond=0)
        self._draw()
        self._changed()

    def _question_typed(self, number: int, text: str, ours: str) -> None:
        if text.strip() and text != ours:
            self._own_questions[number] = text
        else:
            self._own_questions.pop(number, None)
        self._show_times()
        self._changed()

    def _draw(self) -> None:
        self._setting = True
        try:
            self.formats.value, self.start.value = _FORMATS.index(self._format.key), self._start
            for part, field in self.minutes.items():
                field.value = getattr(self._format, part)
        finally:
            self._setting = False
        self.note.show(None)
        self._show_view()
        self._show_all()

    def _show_view(self) -> None:
        for place, seen in enumerate(self._seen):
            show(seen, place == self.view.value)

    def _show_all(self) -> None:
        self._show_questions()
        self._show_times()

    def _many(self) -> int:
        """The number of rounds; a number that no evening can have counts as the nearest that one can."""
        many: int = self._rounds.value
        return max(1, min(many, MOST_ROUNDS))

    def _show_times(self) -> None:
        rounds = self._many()
        made = self.timetable(rounds)
        self.about.show(format_note(self._format))
        self.finish.show(finish_page(made, self._format.talk * rounds))
        self.table.show(table_page(made, self.asked(rounds)))
        self.invitation.text = invitation(rounds, made).text()

    def _show_questions(self) -> None:
        fields = []
        ours = [str(question) for question in questions(self._format, self._many())]
        for number, (text, asked) in enumerate(zip(ours, self.asked(self._many()), strict=True), start=1):
            name = str(say("times.question", round=number))
            field = ipywidgets.Textarea(value=asked, description=name, rows=2, continuous_update=False)
            field.observe(
                lambda change, number=number, text=text: self._question_typed(number, change["new"], text), "value"
            )
            fields.append(field)
        self.questions.children = fields


def _asking() -> dict[str, tuple[str, ...]]:
    return {format.key: format.questions for format in FORMATS}


def _named(format: Format) -> Format:
    """A format under the name of the one that it is, or as the facilitator's own."""
    same = (known for known in FORMATS if replace(format, key=known.key, rounds=known.rounds) == known)
    return next(same, replace(format, key=OWN))


def _read(kept: str) -> tuple[Format, time, dict[int, str]]:
    try:
        shape = json.loads(kept)
        minutes = {part: int(shape["minutes"][part]) for part in MINUTES}
        if not all(0 <= value <= MOST_MINUTES for value in minutes.values()) or minutes["talk"] < 1:
            raise ValueError("no such minutes")
        format = replace(STANDARD, **minutes, key=OWN, questions=_asking()[shape["questions_of"]])
        own = {int(number): str(text) for number, text in shape["questions"].items()}
        return (format if shape["key"] == OWN else _named(format)), time.fromisoformat(shape["start"]), own
    except (ValueError, TypeError, KeyError, AttributeError):
        return STANDARD, _DOORS_OPEN, {}
