"""What is yours: all that somebody wrote on this phone, for them alone, as long as anything of it is kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Journey, Reflection, journey
from relexp.server.after import AXES, WORDS, After, visibility
from relexp.server.own import DAYS, OwnPage, There
from relexp.store.meeting_again import Reached
from relexp.store.written import Line
from relexp.weave.survey import Moment


@dataclass(frozen=True)
class Own:
    """All that is kept of what somebody wrote; `code` is theirs, "" where this phone holds none."""

    reflections: tuple[Reflection, ...]
    lines: tuple[Line, ...]
    both: tuple[Reached, ...]
    code: str

    @property
    def nothing(self) -> bool:
        """Whether nothing is kept."""
        return not (self.reflections or self.lines or self.both)


class Mine(After):
    """One's own page."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        there = await self.found()
        own = await asyncio.to_thread(self.own, there)
        later = next(iter(await asyncio.to_thread(self.due)), None)
        given = await asyncio.to_thread(self.given, later, Moment.LATER) if later else {}
        self.show(
            "mine.html",
            tonight=there.tonight if there else None,
            there=there,
            own=own,
            way=self.way(journey(own.reflections)),
            later=later,
            questions=self.questions(Moment.LATER, given) if later else (),
            answered=bool(given),
            names=await asyncio.to_thread(self.names_of, own, there),
            axes=AXES,
            parts=WORDS,
            did=tuple(Did),
            visible=tuple(Visibility),
            days=DAYS,
            day=self.day,
            words=self.words,
            form=self.xsrf_form_html(),
        )

    def own(self, there: There | None) -> Own:
        """What is kept of this phone's owner, now and of earlier gatherings."""
        stays = {stay.gathering: stay for stay in self.stays()}
        if there is not None:
            # Tonight is told as the page of the evening tells it: whoever is on the plan no more is named no more.
            stays[there.tonight.id] = there.stay
        both = [] if there is None else [*(self.wishes(there).found or {}).values()]
        for stay in stays.values():
            if there is None or stay.gathering != there.tonight.id:
                for each in self.store.meeting_again.of(stay.gathering, stay.code):
                    both.append(each.other if each.follow_up.one == stay.code else each.one)
        code = [*stays.values()][-1].code if stays else ""
        written = self.store.written
        return Own(written.own(self.visitor), written.lines_of(self.visitor), tuple(both), code)

    def names_of(self, own: Own, there: There | None) -> dict[str, str]:
        """What the gatherings were called, as far as that is known still."""
        held = {each.id: each.name for each in self.store.weave.held()}
        stays = {stay.gathering for stay in self.stays()}
        found = {id: held.get(id, "") for id in {each.gathering for each in own.reflections} | stays}
        return found | ({there.tonight.id: there.tonight.name} if there else {})

    def way(self, journey: Journey) -> str:
        """Somebody's own way so far, in one sentence; nothing while that cannot be told."""
        if journey.deepens is None or journey.named is None:
            return ""
        if journey.deepens:
            return self.words("own.way_deepens")
        return self.words("own.way_wider" if journey.named[1] > journey.named[0] else "own.way_same")


class ShowTo(OwnPage):
    """Who may read a reflection is changed, or it is deleted."""

    async def post(self) -> None:
        gathering, delete = self.get_body_argument("gathering", ""), bool(self.get_body_argument("delete", ""))
        own = await asyncio.to_thread(self.store.written.own, self.visitor)
        found = next((each for each in own if each.gathering == gathering), None)
        if found is not None and delete:
            nothing = Reflection(gathering, found.day)
            await asyncio.to_thread(self.store.written.reflect, nothing, self.visitor)
        elif found is not None:
            chosen = visibility(self)
            await self.keep(lambda: self.store.written.show_to(gathering, chosen, self.visitor))
        self.redirect(f"{self.base_url}mine")
