"""A participant's card on their phone: their table, whom they are with, the question, the clock, whom to turn to."""

from __future__ import annotations

from datetime import timedelta

from relexp.gathering.formats import Part
from relexp.gathering.running import Stage
from relexp.gathering.tonight import Guest, Place, Scene, Tonight
from relexp.privacy.consent import WORDING
from relexp.server.doors import now
from relexp.server.evening import Changes, EveningPage, event
from relexp.server.languages import ENGLISH
from relexp.server.watch import Look

# For so long after half-time the page says in large letters to swap.
SWAP = timedelta(seconds=30)
NOTHING, DOOR, MINE = "nothing", "door", "mine"


class CardPage(EveningPage):
    """What the card and its line share."""

    def kind(self, look: Look) -> str:
        """What this phone sees: that nothing is on, the way in, or its own card."""
        if look.tonight is None:
            return NOTHING
        if look.guest(self.visitor.id) is not None:
            return MINE
        return NOTHING if look.scenes(now())[0].stage is Stage.CLOSED else DOOR

    def wording(self) -> str:
        """The version of what people are asked, in the language that they read it in."""
        language = self.language()
        return WORDING if language is ENGLISH else f"{WORDING}-{language.code}"

    def shown(self, look: Look) -> str:
        """What stands on the card now, with what follows by the clock."""
        guest = look.guest(self.visitor.id)
        if look.tonight is None or guest is None:
            return self.part("card_nothing.html", closed=look.tonight is not None)
        at = now()
        scenes = [_on_card(look.tonight, scene, guest) for scene in look.scenes(at)]
        return self.part("card_now.html", tonight=look.tonight, guest=guest, scenes=scenes, Part=Part, at=at, swap=SWAP)


class CardChanges(CardPage, Changes):
    """Tells a card what to show; a phone that is somebody else now loads its page again."""

    def key(self, look: Look) -> object:
        return look.room, look.guest(self.visitor.id)

    def say(self, look: Look) -> str:
        if self.kind(look) != self.get_query_argument("kind", ""):
            return event("reload", "now")
        return event("show", self.shown(look))


def _on_card(tonight: Tonight, scene: Scene, guest: Guest) -> tuple[Scene, Place]:
    return scene, tonight.place_in(scene, guest.person.id)
