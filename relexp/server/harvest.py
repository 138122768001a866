"""One line to share after a round, with everybody and without a name; whoever shared it can take it back."""

from __future__ import annotations

import asyncio
import re
import secrets

from relexp.gathering.door import line
from relexp.gathering.formats import Part
from relexp.gathering.running import Stage
from relexp.gathering.tonight import Scene
from relexp.server.doors import now
from relexp.server.own import OwnPage, There
from relexp.store.written import LONGEST_SHARED, Line

_KEY = re.compile(r"[0-9a-f]{32}")


class ShareLine(OwnPage):
    """The card, with room for one line above it: what is typed there stays while the card goes on."""

    async def get(self) -> None:
        if self.speaks_another() or (there := await self.there()) is None:
            return
        round = there.scene.to_share
        lines = await asyncio.to_thread(self.of_round, there, round)
        look = await self.watch.look()
        self.show(
            "line.html",
            kind=self.kind(look),
            shown=self.shown(look),
            tonight=there.tonight,
            lines=lines,
            offered=round and not lines,
            key=secrets.token_hex(16),
            longest=LONGEST_SHARED,
            form=self.xsrf_form_html(),
        )

    async def post(self) -> None:
        if (there := await self.there()) is None:
            return
        text, key = line(self.get_body_argument("line", ""), LONGEST_SHARED), self.get_body_argument("key", "")
        round = _round_of(there.scene)
        if text and round:

            def share() -> None:
                if not self.of_round(there, round):
                    known = key if _KEY.fullmatch(key) else ""
                    self.store.written.share(there.tonight.id, round, text, now(), by=self.visitor, key=known)

            await self.keep(share, there)
        self.redirect(f"{self.base_url}card/line")

    def of_round(self, there: There, round: int) -> tuple[Line, ...]:
        """What was shared by this phone after a round: one line, or none."""
        return tuple(each for each in self.store.written.lines(there.tonight.id, self.visitor) if each.round == round)


class TakeBack(OwnPage):
    """A line is shared no longer."""

    async def post(self) -> None:
        await asyncio.to_thread(self.store.written.take_back, self.get_body_argument("line", "")[:40], self.visitor)
        page = self.get_body_argument("back_to", "")
        self.redirect(f"{self.base_url}{page if page in ('card/line', 'mine') else 'card'}")


def _round_of(scene: Scene) -> int:
    """The round that a line is of; whoever still typed as the next talk began meant the one before it."""
    if scene.part is Part.TALK:
        return scene.round - 1
    return scene.round if scene.stage is Stage.CLOSED else scene.to_share
