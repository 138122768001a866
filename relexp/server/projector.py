"""The projector: the question, a clock that is read from the back row, and who goes where, for all to see."""

from __future__ import annotations

from collections.abc import Mapping

from relexp.exchange.weave_svg import FLAT
from relexp.gathering.formats import Part
from relexp.gathering.running import Stage
from relexp.gathering.tonight import Scene
from relexp.pairing.evening import Round
from relexp.roster.words import fold
from relexp.server.card import SWAP
from relexp.server.doors import now
from relexp.server.evening import Changes, EveningPage, event
from relexp.server.hall import Hall
from relexp.server.languages import ENGLISH, SCREEN, Language, chosen_by
from relexp.server.links_page import square
from relexp.server.watch import Look
from relexp.server.woven import picture


class ProjectorPage(EveningPage):
    """What the screen and its line share; nothing on it is private."""

    chosen_in = SCREEN

    def language(self) -> Language:
        """What was chosen on this screen, or else English."""
        return chosen_by(self, SCREEN) or ENGLISH

    def shown(self, look: Look) -> str:
        """What stands on the screen now, with what follows by the clock."""
        at, names = now(), look.tonight.names if look.tonight else {}
        hall: Hall | None = self.settings["hall"]
        return self.part(
            "projector_now.html",
            tonight=look.tonight,
            scenes=look.scenes(at),
            at=at,
            swap=SWAP,
            Part=Part,
            by_name=lambda seats: by_name(seats, names),
            hall=hall,
            sign=square(hall.link() if hall else None),
            woven=look.woven(at) if (ends := look.scenes(at)[-1:]) and _at_the_end(ends[0]) else None,
            picture=lambda found: picture(found, FLAT),
        )


class Projector(ProjectorPage):
    """The screen."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        look = await self.watch.look()
        self.show("projector.html", shown=self.shown(look))


class ProjectorChanges(ProjectorPage, Changes):
    """Tells the screen what to show."""

    def say(self, look: Look) -> str:
        return event("show", self.shown(look))


def _at_the_end(scene: Scene) -> bool:
    return scene.part is Part.CLOSING or scene.stage is Stage.CLOSED


def by_name(seats: Round, names: Mapping[str, str]) -> list[tuple[str, int | None]]:
    """Everybody in the order of their names, with their table; None for who rests."""
    found: list[tuple[str, int | None]] = [
        (names[id], talk.table) for talk in seats.conversations for id in talk.people + talk.interpreters
    ]
    found += [(names[id], None) for id in seats.resting]
    return sorted(found, key=lambda one: fold(one[0]))
