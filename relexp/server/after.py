"""Before you go: one's own reflection, whom one would like to meet again, and five short questions. Each kept alone."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from relexp.gathering.door import line
from relexp.gathering.tonight import Guest
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Reflection, faults
from relexp.server.doors import now
from relexp.server.own import DAYS, OwnPage, There, day
from relexp.server.questions import QuestionPage
from relexp.store.meeting_again import Reached
from relexp.weave.survey import Moment
from relexp.weave.tonight import talked_with

LONGEST_REACH = 200
SECTIONS = ("reflection", "wishes", "answers")
AXES = ("sameness", "difference")
WORDS = ("same", "different", "taught", "power", "step")
NO_REACH = "Please write how they can reach you: a phone number, an email address, or where to find you."
NOBODY = "Please tick whom you would like to meet again."


@dataclass(frozen=True)
class Wishes:
    """Whom somebody would like to meet again of those they talked with, and who wishes it too."""

    offered: tuple[Guest, ...] = ()
    ticked: frozenset[str] = frozenset()
    reach: str = ""
    found: Mapping[str, Reached] | None = None


@dataclass(frozen=True)
class Kept:
    """What stands in the three forms."""

    reflection: Reflection
    wishes: Wishes
    answers: Mapping[str, int]


class After(QuestionPage):
    """The page with the three forms, one under the other."""

    async def get(self) -> None:
        if self.speaks_another() or (there := await self.there()) is None:
            return
        if not there.scene.at_the_end:
            self.redirect(f"{self.base_url}card")
            return
        # Whoever sends it tomorrow is known by this.
        self.hold(there.stay)
        kept = await asyncio.to_thread(self.kept, there)
        self.write_forms(there, kept, kept, self.get_query_argument("kept", ""))

    async def sender(self) -> There | None:
        """Who sends a form of tonight's page; where it is of another evening, the phone was sent to its card."""
        there = await self.there()
        if there is not None and not self.of_tonight(there):
            self.redirect(f"{self.base_url}card")
            return None
        return there

    def of_tonight(self, there: There) -> bool:
        """Whether the form that came is of this evening: a phone may have one of this morning's open still."""
        return self.get_body_argument("gathering", "") in ("", there.tonight.id)

    def kept(self, there: There) -> Kept:
        """What is kept of them now."""
        id = there.tonight.id
        own = next((each for each in self.store.written.own(self.visitor) if each.gathering == id), None)
        return Kept(own or Reflection(id, day()), self.wishes(there), self.given(there.stay, Moment.AFTER))

    def wishes(self, there: There) -> Wishes:
        """What is kept of whom they would like to meet again; whoever is not offered (any more) is told of no more."""
        id, person = there.tonight.id, there.guest.person.id
        offered = talked_with(there.tonight, person, now())
        if not offered:
            return Wishes()
        ids = {guest.person.id for guest in offered}
        ticked, reach = self.store.meeting_again.wished(id, person)
        found = self.store.meeting_again.found(id, person)
        return Wishes(offered, ticked & ids, reach, {each: found[each] for each in found if each in ids})

    def typed(self, kept: Kept) -> Kept:
        """What stands in the forms as they came."""
        offered = [guest.person.id for guest in kept.wishes.offered]
        ticked = [id for id in self.get_body_arguments("again") if id in offered]
        reach = line(self.get_body_argument("reach", ""), LONGEST_REACH)
        return Kept(
            self.typed_reflection(kept.reflection.gathering),
            replace(kept.wishes, ticked=frozenset(ticked), reach=reach),
            self.typed_answers(Moment.AFTER),
        )

    def typed_reflection(self, gathering: str) -> Reflection:
        """The reflection as it came."""
        typed: dict[str, Any] = {axis: _number(self.get_body_argument(axis, "")) for axis in AXES}
        typed |= {part: "\n".join(self.get_body_argument(part, "").splitlines()) for part in WORDS}
        did = frozenset(each for each in Did if each in self.get_body_arguments("did"))
        return Reflection(gathering, day(), **typed, did=did, visibility=visibility(self))

    async def done(self, there: There, section: str, wrong: Mapping[str, str] | None = None) -> None:
        """Show what is kept now; what was typed into the other forms, or cannot be kept as it is, is there still."""
        kept = await asyncio.to_thread(self.kept, there)
        typed = self.typed(kept)
        if not wrong:
            typed = replace(typed, **{section: getattr(kept, section)})
        open = [each for each in SECTIONS if not _same(getattr(typed, each), getattr(kept, each))]
        if open or wrong:
            self.write_forms(there, typed, kept, section, open, wrong)
        else:
            self.redirect(f"{self.base_url}card/after?kept={section}#{section}")

    def write_forms(
        self,
        there: There,
        shown: Kept,
        kept: Kept,
        section: str,
        open: Collection[str] = (),
        wrong: Mapping[str, str] | None = None,
    ) -> None:
        """Write the page: `section` was pressed, those `open` are not kept yet, `wrong` says it of a field."""
        self.show(
            "after.html",
            tonight=there.tonight,
            guest=there.guest,
            reflection=shown.reflection,
            wishes=shown.wishes,
            questions=self.questions(Moment.AFTER, shown.answers),
            kept=kept,
            section=section,
            open=open,
            wrong=wrong or {},
            circles=self.circles(),
            axes=AXES,
            did=tuple(Did),
            visible=tuple(Visibility),
            days=DAYS,
            longest=LONGEST_REACH,
            words=self.words,
            form=self.xsrf_form_html(),
        )


class Reflect(After):
    """One's own reflection is kept; one that is empty is deleted."""

    async def post(self) -> None:
        there, gathering = await self.found(), self.get_body_argument("gathering", "")
        if there is not None and self.of_tonight(there):
            gathering = there.tonight.id
        elif gathering not in {stay.gathering for stay in self.stays()}:
            self.redirect(f"{self.base_url}card")
            return
        else:
            there = None
        empty = bool(self.get_body_argument("empty", ""))
        typed = Reflection(gathering, day()) if empty else self.typed_reflection(gathering)
        wrong = {fault.key or "": self.told(fault.message) for fault in faults(typed)}
        if not wrong or there is None:
            await self.keep(lambda: self.store.written.reflect(typed, self.visitor), there)
        if there is None:
            self.redirect(f"{self.base_url}mine")
        else:
            await self.done(there, "reflection", wrong)


class MeetAgain(After):
    """Whom somebody would like to meet again is kept: told to those alone who wish it too."""

    async def post(self) -> None:
        if (there := await self.sender()) is None:
            return
        before = await asyncio.to_thread(self.kept, there)
        typed, wrong = self.typed(before).wishes, {}
        if typed.ticked and not typed.reach:
            wrong["reach"] = self.language()(NO_REACH)
        elif typed.reach and not typed.ticked and not before.wishes.ticked:
            wrong["again"] = self.language()(NOBODY)
        elif typed.offered:
            wish = self.store.meeting_again.wish
            id, person = there.tonight.id, there.guest.person.id
            await self.keep(lambda: wish(id, person, typed.ticked, typed.reach), there)
        await self.done(there, "wishes", wrong)


class AfterTheTalks(After):
    """The short questions after the talks."""

    async def post(self) -> None:
        if (there := await self.sender()) is not None:
            await self.answer(there, Moment.AFTER)
            await self.done(there, "answers")


def visibility(page: OwnPage) -> Visibility:
    """Who may read it, as it stands in the form; nobody else where that says nothing."""
    typed = page.get_body_argument("visibility", "")
    return next((each for each in Visibility if each == typed), Visibility.ME)


def _same(typed: object, kept: object) -> bool:
    """Whether what stands in a form is what is kept; when that was written does not count."""
    if isinstance(typed, Reflection) and isinstance(kept, Reflection):
        # Who may read it says nothing while there is nothing to read.
        return (typed.empty and kept.empty) or replace(typed, day=kept.day) == kept
    return typed == kept


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else None
