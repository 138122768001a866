"""Coming in by one's own phone: find your name or say who you are, what you need, and what you say yes to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import ClassVar

from relexp.gathering.door import (
    LONGEST_LINE,
    LONGEST_NAME,
    Answers,
    Found,
    adult_called,
    find,
    line,
    namesakes,
    told_apart,
)
from relexp.gathering.tonight import Guest, Tonight
from relexp.messages import TEMPLATES
from relexp.privacy.consent import PURPOSES, WORDING
from relexp.roster.person import Person
from relexp.server.card import DOOR, CardPage
from relexp.server.doors import now
from relexp.server.limits import Limit
from relexp.server.own import OwnPage, There, day
from relexp.store.arrivals import Arrival
from relexp.weave.survey import Answers as Said
from relexp.weave.survey import Moment

SEATING = PURPOSES[0].key
DESK = "Please come to the desk: somebody there checks you in."
NO_NAME = "Please say what we may call you."
NO_PLAN = "We can only find you a table when your name may be on tonight’s plan. Tick that line, or come to the desk."
NO_ADULT = "We do not find your responsible adult among the grown-ups on the list. Please come to the desk together."
TAKEN = "Another phone came in with this name before. Please come to the desk: we sort it out together."
WHICH = "We do not find you by that. Please come to the desk: somebody there checks you in."
SLOWLY = "You looked for many names in a row. Wait a minute, or come to the desk."


class AtTheDoor(CardPage):
    """What the steps on the way in share: whoever is in already, or has no evening to come to, finds their card."""

    searches: ClassVar[Limit] = Limit(many=40, seconds=60)

    async def tonight(self) -> Tonight | None:
        """The evening to come to; None where the phone was sent to its card instead."""
        look = await self.watch.look()
        if look.tonight is None or self.kind(look) != DOOR:
            self.redirect(f"{self.base_url}card")
            return None
        return look.tonight


class FindName(AtTheDoor):
    """Type the first letters of your name; the whole list is shown to nobody."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        tonight = await self.tonight()
        if tonight is None:
            return
        typed = line(self.get_query_argument("name", ""), LONGEST_NAME)
        wrong, found = "", Found()
        if typed and self.searches.reached(self.visitor.id, time.monotonic()):
            wrong = SLOWLY
        elif typed:
            self.searches.count(self.visitor.id, time.monotonic())
            found = find(typed, tonight.people)
        self.show("find_name.html", tonight=tonight, typed=typed, found=found, wrong=wrong, longest=LONGEST_NAME)


class CheckIn(AtTheDoor):
    """Say that you are here: as somebody on the list, or as somebody new."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        tonight = await self.tonight()
        if tonight is not None:
            self.ask(tonight, _called(tonight, self.get_query_argument("person", "")), Answers())

    async def post(self) -> None:
        tonight = await self.tonight()
        if tonight is None:
            return
        pressed = _called(tonight, self.get_body_argument("person", ""))
        said, yes = self.answers(), [each.key for each in PURPOSES if self.get_body_argument(each.key, "")]
        person, wrong = _whoever(tonight, pressed, said)
        if person is not None and SEATING not in yes:
            person, wrong = None, NO_PLAN
        if person is not None and not await self.comes(tonight, person, yes):
            # The same phone sent twice what makes two people: it is one of them by now.
            look = await self.watch.look()
            wrong = TAKEN if look.guest(self.visitor.id) is None else ""
        if wrong:
            self.ask(tonight, pressed, said, yes, wrong)
        else:
            self.redirect(f"{self.base_url}card")

    async def comes(self, tonight: Tonight, person: Person, yes: Sequence[str]) -> bool:
        """Keep that somebody is here, durably; False where their name or this phone is taken."""
        return await self.crowd.come(Arrival(tonight.id, person, self.visitor.id, tuple(yes), self.wording(), now()))

    def answers(self) -> Answers:
        """What stands in the form, each within its length."""

        def typed(name: str, longest: int = LONGEST_LINE) -> str:
            return line(self.get_body_argument(name, ""), longest)

        rest = typed("rest", 2)
        return Answers(
            typed("name", LONGEST_NAME),
            typed("came_with"),
            typed("languages"),
            bool(typed("under_18")),
            typed("adult", LONGEST_NAME),
            bool(typed("seat")),
            bool(typed("quiet")),
            bool(typed("women_only")),
            frozenset({int(rest)}) if rest.isdecimal() and int(rest) > 0 else frozenset(),
        )

    def ask(
        self, tonight: Tonight, pressed: Guest | None, said: Answers, yes: Sequence[str] = (), wrong: str = ""
    ) -> None:
        """Show the form, with whatever was typed before still in it."""
        language = self.language()
        purposes = [
            (
                each.key,
                language(TEMPLATES[f"paper.yes_{each.key}"]),
                # As it stands on paper too: the words belong to the version.
                language(TEMPLATES[f"paper.consent_{each.key}"]).format(days=each.kept.days if each.kept else ""),
            )
            for each in PURPOSES
        ]
        self.show(
            "check_in.html",
            tonight=tonight,
            guest=pressed,
            several=pressed is not None and len(namesakes(pressed.person, tonight.people)) > 1,
            said=said,
            yes=yes,
            wrong=wrong,
            purposes=purposes,
            wording=WORDING,
            rounds=tonight.of or tonight.asked.format.rounds,
            longest={"name": LONGEST_NAME, "line": LONGEST_LINE},
            form=self.xsrf_form_html(),
        )


class WrongName(OwnPage):
    """“This is not me”: the name is free again, and the phone is back at the door."""

    async def post(self) -> None:
        there = await self.found()
        if there is not None:
            await asyncio.to_thread(self.give_back, there)
            self.drop(there.stay)
        self.redirect(f"{self.base_url}card")

    def give_back(self, there: There) -> None:
        """Whom they would like to meet and what they answered was not said by whoever has the name."""
        id, person = there.tonight.id, there.guest.person.id
        self.store.meeting_again.wish(id, person, (), "")
        for moment in Moment:
            self.store.survey.answer(Said(there.stay.code, id, day(), moment, {}))
        self.store.gatherings.wrong_name(id, self.visitor.id)


def _called(tonight: Tonight, id: str) -> Guest | None:
    return next((guest for guest in tonight.people if guest.person.id == id), None)


def _whoever(tonight: Tonight, pressed: Guest | None, said: Answers) -> tuple[Person | None, str]:
    """Who comes, with what they need; or None, and what to tell them."""
    called = namesakes(pressed.person, tonight.people) if pressed is not None else ()
    guest = told_apart(said.came_with, called) if len(called) > 1 else pressed
    if pressed is not None and guest is None:
        return None, WHICH
    if guest is None and not said.name:
        return None, NO_NAME
    known = guest.person.responsible_adult if guest is not None else None
    adult = adult_called(said.adult, tonight.people) if said.under_18 else None
    if said.under_18 and adult is None and known is None:
        return None, NO_ADULT
    if guest is None:
        return said.newcomer([each.person.id for each in tonight.people], adult), ""
    person = said.added_to(guest.person, adult)
    return (None, DESK) if person.under_18 and person.responsible_adult is None else (person, "")
