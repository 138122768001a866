"""What the pages share on which somebody writes on their phone: it is kept, and found again by this phone alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from relexp.gathering.tonight import Guest, Scene, Tonight
from relexp.privacy.retention import WRITTEN
from relexp.server.card import CardPage
from relexp.server.doors import now
from relexp.store.codes import code_of
from relexp.store.seal import Seal

# A year of gatherings, one a month.
MOST_STAYS = 12
DAYS = WRITTEN.days


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody was at a gathering, under this code."""

    gathering: str
    code: str


@dataclass(frozen=True, slots=True)
class There:
    """Who writes: the evening, what the room sees now, and who they are in it."""

    tonight: Tonight
    scene: Scene
    guest: Guest

    @property
    def stay(self) -> Stay:
        """The evening, and their code."""
        return Stay(self.tonight.id, code_of(self.guest.person.id, self.guest.person.name, Seal()))


class OwnPage(CardPage):
    """A page on which somebody writes, or reads what they wrote."""

    async def found(self) -> There | None:
        """Who writes; None where the phone is nobody's tonight."""
        look = await self.watch.look()
        guest = look.guest(self.visitor.id)
        if look.tonight is None or guest is None:
            return None
        return There(look.tonight, look.scenes(now())[0], guest)

    async def there(self) -> There | None:
        """The same; where the phone is nobody's, it was sent to its card."""
        found = await self.found()
        if found is None:
            self.redirect(f"{self.base_url}card")
        return found

    async def keep(self, change: Callable[[], object], there: There | None = None) -> None:
        """Keep something, durably; this phone finds it for as long as that is kept."""

        def kept() -> None:
            change()
            self.store.links.last(self.visitor, now() + WRITTEN)

        await asyncio.to_thread(kept)
        if there is not None:
            self.hold(there.stay)

    def stays(self) -> tuple[Stay, ...]:
        """Where this phone was, the earliest first. It stands on the phone alone, and only our key opens it."""
        return self._held() or ()

    @property
    def wrote(self) -> bool:
        """Whether something was written on this phone, as far as the phone itself tells."""
        return self._held() is not None

    def hold(self, stay: Stay) -> None:
        """Let the phone hold where it was, and under which code."""
        if stay not in (stays := self.stays()):
            self._write((*stays, stay)[-MOST_STAYS:])

    def drop(self, stay: Stay) -> None:
        """It was somebody else who was there."""
        self._write(tuple(each for each in self.stays() if each != stay))

    def _held(self) -> tuple[Stay, ...] | None:
        locked = self.get_cookie(self._stays)
        opened = Seal().open(locked) if locked else None
        kept = json.loads(opened) if opened else {}
        return tuple(Stay(*each) for each in kept["stays"]) if kept.get("whose") == self.visitor.id else None

    def _write(self, stays: tuple[Stay, ...]) -> None:
        held = json.dumps({"whose": self.visitor.id, "stays": [[each.gathering, each.code] for each in stays]})
        self.set_cookie(
            self._stays,
            Seal().close(held.encode()),
            path=self.base_url,
            max_age=int(WRITTEN.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self.settings["identity_provider"].scheme(self) == "https",
        )

    @property
    def _stays(self) -> str:
        name: str = self.settings["identity_provider"].stays
        return name


def day() -> date:
    """Today, where this computer is."""
    return now().astimezone().date()
