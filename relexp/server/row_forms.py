"""What somebody does with their own row: words, the next step, lines, challenges, habits, and what is not right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from relexp.leadership.board import default_board
from relexp.leadership.columns import Change, cell, read
from relexp.leadership.evidence import FEW_LINES, LINE, Challenge, Evidence, Kind, Reading
from relexp.leadership.leader import WORDS, Row, Wording
from relexp.leadership.qualities import OFTEN
from relexp.messages import FaultsFound
from relexp.reflection.one_to_ones import Following
from relexp.server.doors import now
from relexp.server.own import day
from relexp.server.row import to_come
from relexp.server.row_form import Field, Form, How, RowForm
from relexp.store.leader_deeds import Clash

_HABIT = "habit-"
_ABOUT = ("role", "institution", "following")


class CellForm(RowForm):
    """A form whose fields are cells of the table."""

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        """Write the cells that were changed."""
        wanted = self.changes(row, form, typed)
        done = self.store.leaders.change(wanted, self.visitor, now(), says=Wording.THEIRS) if wanted else None
        return done.clashes if done else ()

    def changes(self, row: Row, form: Form, typed: Mapping[str, str]) -> list[Change]:
        """The cells that were changed. Raises FaultsFound with the field as the key where one fits no cell."""
        board, _ = self.store.leaders.board()
        found = []
        for field in form.fields:
            try:
                text = read(board, field.name, typed[field.name], lambda _: ())
            except FaultsFound as wrong:
                raise FaultsFound([replace(fault, key=field.name) for fault in wrong.faults]) from None
            if text != field.stands:
                found.append(Change(row.leader.id, field.name, field.stands, text))
        return found


class OwnWords(CellForm):
    """Words about oneself, said in one's own way."""

    def form(self, row: Row, *of: str) -> Form | None:
        part = of[0]
        if part not in WORDS:
            return None
        return Form("words", (Field(part, self.words(f"lead.row_{part}"), cell(row.leader, part), How.TEXT),))

    def at(self, *of: str) -> str:
        return of[0] if of[0] in WORDS else ""


class About(CellForm):
    """What is not right about where somebody comes from and what they do."""

    section = "about"

    def form(self, row: Row, *of: str) -> Form | None:
        bands = tuple((str(band), self.words(f"lead.following_{band.name.lower()}")) for band in Following)
        more = {"following": {"how": How.ONE_OF, "options": bands}}
        return Form(
            "about",
            tuple(
                Field(name, self.words(f"lead.row_ask_{name}"), cell(row.leader, name), **more.get(name, {}))  # type: ignore[arg-type]
                for name in _ABOUT
            ),
        )


class NextStep(CellForm):
    """Another next step, or the first; it is agreed on when the two talk."""

    section = "step"

    def form(self, row: Row, *of: str) -> Form | None:
        step = Field("step", self.words("lead.row_ask_step"), cell(row.leader, "step"), How.TEXT, needed=True)
        return Form("step", (step, Field("due", self.words("lead.row_ask_due"), cell(row.leader, "due"), How.DAY)))

    def changes(self, row: Row, form: Form, typed: Mapping[str, str]) -> list[Change]:
        found = super().changes(row, form, typed)
        agreed = cell(row.leader, "agreed_by")
        return [*found, Change(row.leader.id, "agreed_by", agreed, "")] if found and agreed else found


class LineForm(RowForm):
    """A form that keeps a line about something that happened."""

    def line_fields(self) -> tuple[Field, ...]:
        """What is asked of a line."""
        return (
            Field("what", self.words("lead.row_ask_what"), how=How.TEXT, longest=LINE, needed=True),
            Field("day", self.words("lead.row_ask_day"), day().isoformat(), How.DAY, needed=True),
            Field("seen_by", self.words("lead.row_ask_seen_by"), longest=LINE),
        )

    def wrong(self, typed: Mapping[str, str]) -> dict[str, str]:
        """A day that is none, or still to come."""
        try:
            when = _day(typed["day"]) if typed["day"] else day()
        except FaultsFound as found:
            return {"day": self.told(found.faults[0].message)}
        return {"day": self.words("lead.row_to_come")} if to_come(when) else {}

    def line(self, row: Row, kind: Kind, typed: Mapping[str, str]) -> Evidence:
        """The line, shared from the first."""
        return Evidence(self.id(), row.leader.id, kind, _day(typed["day"]), typed["what"], typed["seen_by"])


class AddLine(LineForm):
    """A line of one's own about something that happened."""

    section = "lines"

    def form(self, row: Row, *of: str) -> Form | None:
        kinds = tuple((str(kind), self.words(f"lead.row_kind_{kind}")) for kind in Kind if kind is not Kind.STEP)
        what, *others = self.line_fields()
        kind = Field("kind", self.words("lead.row_ask_kind"), how=How.ONE_OF, options=kinds, needed=True)
        return Form("line", (what, kind, *others))

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        self.store.leaders.lines.note(self.line(row, Kind(typed["kind"]), typed), self.visitor)
        return ()


class StepDone(LineForm):
    """The next step was done, and a line says so."""

    section = "step"

    def form(self, row: Row, *of: str) -> Form | None:
        if row.leader.step is None and not self.is_kept(row):
            return None
        about = row.leader.step.what if row.leader.step else ""
        return Form("done", self.line_fields(), about, presses=(("keep", "lead.row_press_done"),))

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        line = self.line(row, Kind.STEP, typed)
        if self.is_kept(row):
            self.store.leaders.lines.note(line, self.visitor)
            return ()
        return self.store.leaders.done(row.leader.id, line, self.visitor, now(), step=row.leader.step).clashes

    def is_changed(self, row: Row, form: Form) -> bool:
        return not self.is_kept(row) and super().is_changed(row, form)

    def is_kept(self, row: Row) -> bool:
        """Whether this form came before: what stands there now may be another step."""
        return any(line.id == self.id() for line in self.shared(row))


class AnswerLine(RowForm):
    """What somebody says of a line that is shared with them."""

    section = "lines"

    def form(self, row: Row, *of: str) -> Form | None:
        line = next((each for each in self.shared(row) if each.id == of[0]), None)
        if line is None:
            return None
        answer = Field("answer", self.words("lead.row_ask_answer"), line.answer, How.TEXT, FEW_LINES)
        kind = self.words(f"lead.row_kind_{line.kind}")
        return Form("answer", (answer,), line.what or kind, f"{kind} · {self.day(line.day)}")

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        self.store.leaders.lines.answer(of[0], row.leader.id, typed["answer"])
        return ()


class AnswerChallenge(RowForm):
    """A challenge is taken on or turned down, with a few words."""

    section = "challenges"

    def form(self, row: Row, *of: str) -> Form | None:
        said = self.challenge(row, of[0])
        if said is None:
            return None
        answer = Field("answer", self.words("lead.row_ask_answer"), said.answer, How.TEXT, FEW_LINES)
        presses = (("take", "lead.row_press_take"), ("decline", "lead.row_press_decline"))
        return Form("challenge", (answer,), said.what, f"{said.by} · {self.day(said.day)}".removeprefix(" · "), presses)

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        said, press = self.challenge(row, of[0]), self.get_body_argument("press", "")
        if said is not None and press in ("take", "decline"):
            answered = replace(said, taken=press == "take", answer=typed["answer"], answered=day())
            self.store.leaders.lines.challenge(answered)
        return ()

    def challenge(self, row: Row, id: str) -> Challenge | None:
        """One of their own challenges."""
        return next((each for each in self.store.leaders.lines.challenges(row.leader.id) if each.id == id), None)


class OwnHabits(RowForm):
    """How somebody reads their own habits."""

    section = "habits"

    def form(self, row: Row, *of: str) -> Form | None:
        board, _ = self.store.leaders.board()
        own = [each for each in self.store.leaders.lines.readings(row.leader.id) if not each.mentor]
        options = tuple((key, self.words(f"lead.row_often_{key}")) for key in OFTEN)
        fields = [
            Field(
                f"{_HABIT}{habit.key}",
                self.language()(habit.name),
                next((each.habits[habit.key] for each in own if each.habits.get(habit.key) in OFTEN), ""),
                How.ONE_OF,
                options=options,
            )
            for habit in board.habits
        ]
        words = Field("words", self.words("lead.row_ask_words"), own[0].words if own else "", How.TEXT, FEW_LINES)
        return Form("habits", (*fields, words))

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        names = [field.name for field in form.fields if field.name.startswith(_HABIT)]
        habits = {name.removeprefix(_HABIT): typed[name] for name in names if typed[name]}
        # Read again on the same day, it is the same reading.
        id = self.id(f"habits {day()}")
        self.store.leaders.lines.read(Reading(id, row.leader.id, day(), habits, words=typed["words"]))
        return ()


def _day(typed: str) -> date:
    """The day that somebody typed, or chose. Raises FaultsFound where it is none."""
    return date.fromisoformat(read(default_board(), "due", typed, lambda _: ()))
