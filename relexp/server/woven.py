"""What we wove: the cloth of the evening, for everybody who was there, without a name on it."""

from __future__ import annotations

import asyncio

from markupsafe import Markup

from relexp.exchange.weave_svg import ROW, weave_svg
from relexp.privacy.suppression import FEWEST
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Reflection
from relexp.server.doors import now
from relexp.server.evening import EveningPage
from relexp.store.written import Line
from relexp.weave.cloth import Cloth
from relexp.weave.tonight import Woven


class WovenPage(EveningPage):
    """The picture on a page of its own: to look at, to read as a table, and to take home on paper."""

    async def get(self) -> None:
        if self.speaks_another():
            return
        look = await self.watch.look()
        found = look.woven(now())
        all_met = met(found.cloth) if found else []
        lines, shown = await asyncio.to_thread(self._said, look.tonight.id) if look.tonight else ((), ())
        self.show(
            "woven.html",
            tonight=look.tonight,
            woven=found,
            picture=picture(found),
            table=[row for row in all_met if row[2] >= FEWEST],
            own=look.guest(self.visitor.id) is not None,
            few=sum(count for _, _, count in all_met if count < FEWEST),
            lines=lines,
            shown=shown,
        )

    def _said(self, gathering: str) -> tuple[tuple[Line, ...], tuple[Reflection, ...]]:
        """What people shared with everybody, on the evening and when they looked back on it."""
        written = self.store.written
        return written.lines(gathering), written.shared(gathering, Visibility.EVERYONE)


def picture(found: Woven | None, row: int = ROW) -> Markup:
    """The cloth drawn; nothing where nothing is woven. What it shows stands beside it in words."""
    return weave_svg(found.cloth, row=row) if found else Markup("")


def met(cloth: Cloth) -> list[tuple[str, str, int]]:
    """Every two groups of a cloth that met, and each within itself, those that met most often first."""
    names = [group.name for group in cloth.groups]
    most = sorted(cloth.meetings().items(), key=lambda each: (-each[1], each[0]))
    return [(names[one], names[other], count) for (one, other), count in most]
