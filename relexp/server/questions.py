"""The short questions before the talks and after them: answered by code, and each of them may be left out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from relexp.gathering.formats import Part
from relexp.gathering.tonight import Scene
from relexp.server.own import DAYS, OwnPage, Stay, There, day
from relexp.weave.survey import CIRCLES, QUESTIONS, Answered, Answers, Moment, Question

# A month after a gathering is early enough: people meet on the same day of the week.
LATER = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page asks it, with what was answered so far."""

    key: str
    how: Answered
    says: str
    value: int | None


class QuestionPage(OwnPage):
    """A page that asks the short questions."""

    def questions(self, moment: Moment, given: Mapping[str, int]) -> tuple[Asked, ...]:
        """The questions of a moment, in the language of the page."""
        return tuple(
            Asked(each.key, each.answered, self.words(f"ask.{each.key}"), given.get(each.key)) for each in _of(moment)
        )

    def given(self, stay: Stay, moment: Moment) -> Mapping[str, int]:
        """What somebody answered at a moment of a gathering."""
        found = self.store.survey.of(stay.gathering, stay.code)
        return next((each.values for each in found if each.moment is moment), {})

    def circles(self) -> tuple[tuple[int, float, str], ...]:
        """The pictures of two circles: their number, how far apart, and in words."""
        return tuple((at, apart, self.words(f"ask.circles_{at}")) for at, apart in enumerate(CIRCLES, 1))

    def due(self) -> tuple[Stay, ...]:
        """Where this phone was a month ago or longer, the latest first."""
        held = {each.id: each.day for each in self.store.weave.held()}
        return tuple(stay for stay in reversed(self.stays()) if day() - held.get(stay.gathering, day()) >= LATER)

    async def answer(self, there: There, moment: Moment) -> None:
        """Keep what stands in the form in place of what was answered before."""
        typed = {} if self.get_body_argument("empty", "") else self.typed_answers(moment)
        answers = Answers(there.stay.code, there.tonight.id, day(), moment, typed)
        await self.keep(lambda: self.store.survey.answer(answers, self.visitor), there)

    def typed_answers(self, moment: Moment) -> dict[str, int]:
        """The answers as they came."""
        typed = {each.key: self.get_body_argument(each.key, "") for each in _of(moment)}
        return {each.key: int(typed[each.key]) for each in _of(moment) if _holds(each, typed[each.key])}


class BeforeTheTalks(QuestionPage):
    """The card, with four questions above it while people arrive."""

    async def get(self) -> None:
        if self.speaks_another() or (there := await self.there()) is None:
            return
        if not offered(there.scene):
            self.redirect(f"{self.base_url}card")
            return
        given = await asyncio.to_thread(self.given, there.stay, Moment.BEFORE)
        look = await self.watch.look()
        self.show(
            "questions.html",
            kind=self.kind(look),
            shown=self.shown(look),
            tonight=there.tonight,
            questions=self.questions(Moment.BEFORE, given),
            kept=bool(given),
            days=DAYS,
            words=self.words,
            form=self.xsrf_form_html(),
        )

    async def post(self) -> None:
        if (there := await self.there()) is None:
            return
        # Whoever still answers as the first talk begins had not talked when they were asked.
        if there.scene.round <= 1 and not there.scene.at_the_end:
            await self.answer(there, Moment.BEFORE)
        self.redirect(f"{self.base_url}card")


class MonthLater(QuestionPage):
    """The questions of a month later, which stand on “What is yours” of a phone that finds this house again."""

    async def post(self) -> None:
        asked, gathering = await asyncio.to_thread(self.due), self.get_body_argument("gathering", "")
        if (stay := next((each for each in asked if each.gathering == gathering), None)) is not None:
            typed = {} if self.get_body_argument("empty", "") else self.typed_answers(Moment.LATER)
            answers = Answers(stay.code, stay.gathering, day(), Moment.LATER, typed)
            await self.keep(lambda: self.store.survey.answer(answers))
        self.redirect(f"{self.base_url}mine")


def offered(scene: Scene) -> bool:
    """Whether the questions before the talks are asked now."""
    return scene.part in (Part.ARRIVAL, Part.OPENING)


def _of(moment: Moment) -> tuple[Question, ...]:
    return tuple(each for each in QUESTIONS if moment in each.asked)


def _holds(question: Question, typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= 3 and question.holds(int(typed))
