"""On a participant's card: what they said yes to, to take back or to give, whenever they change their mind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache

from relexp.messages import TEMPLATES
from relexp.privacy.consent import PURPOSES, Said, Way, standing
from relexp.server.card import DOOR, NOTHING
from relexp.server.doors import now
from relexp.server.languages import Language
from relexp.server.own import OwnPage


@dataclass(frozen=True, slots=True)
class Answer:
    """A purpose as the card asks about it: its key, what one says yes to, what that means, and what holds now."""

    key: str
    says: str
    means: str
    yes: bool


class AnswerPage(OwnPage):
    """A page that knows what its phone's owner said."""

    async def answers(self, gathering: str, person: str) -> tuple[Answer, ...]:
        """What holds now for each purpose, in the language of the page."""
        ledger = await self.crowd.said(gathering, person)
        holds = standing(ledger)
        return tuple(
            Answer(key, says, means, key in holds and holds[key].yes) for key, says, means in _asked(self.language())
        )


@cache
def _asked(language: Language) -> tuple[tuple[str, str, str], ...]:
    """Each purpose: its key, what one says yes to, and what that means."""
    return tuple(
        (
            each.key,
            language(TEMPLATES[f"paper.yes_{each.key}"]),
            language(TEMPLATES[f"paper.consent_{each.key}"]).format(days=each.kept.days if each.kept else ""),
        )
        for each in PURPOSES
    )


class Card(AnswerPage):
    """The card, or the way to it."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        look = await self.watch.look()
        kind = self.kind(look)
        if kind == DOOR:
            self.redirect(f"{self.base_url}card/name")
            return
        guest, tonight = look.guest(self.visitor.id), look.tonight
        answers: tuple[Answer, ...] = ()
        if tonight is not None and guest is not None:
            answers = await self.answers(tonight.id, guest.person.id)
        form = self.xsrf_form_html()
        own = kind == NOTHING and self.wrote
        self.show("card.html", kind=kind, shown=self.shown(look), tonight=tonight, answers=answers, own=own, form=form)


class SayYes(AnswerPage):
    """A yes is given or taken back; sent twice it is one line."""

    async def post(self) -> None:
        look = await self.watch.look()
        guest, key = look.guest(self.visitor.id), self.get_body_argument("purpose", "")
        yes = self.get_body_argument("answer", "") == "yes"
        if look.tonight is not None and guest is not None:
            answers = await self.answers(look.tonight.id, guest.person.id)
            if any(each.key == key and each.yes != yes for each in answers):
                said = Said(key, yes, self.wording(), now(), Way.PHONE)
                note = self.store.consents.note
                await asyncio.to_thread(note, look.tonight.id, guest.person.id, said, self.visitor)
        self.redirect(f"{self.base_url}card")
