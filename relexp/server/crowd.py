"""What a crowd of phones asks of the store: each thing once for all who ask for it in the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from relexp.privacy.consent import Said
from relexp.server.together import Together
from relexp.store import Store
from relexp.store.arrivals import Arrival


class Crowd:
    """The phones of a hall, before the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._coming: Together[Arrival, bool] = Together(self._come)
        self._ledgers: Together[tuple[str, str], tuple[Said, ...]] = Together(self._said)

    async def come(self, arrival: Arrival) -> bool:
        """Keep that somebody is here, durably; False where their name or their phone is taken."""
        return await self._coming.ask(arrival)

    async def said(self, gathering_id: str, person_id: str) -> tuple[Said, ...]:
        """All that somebody said yes and no to."""
        return await self._ledgers.ask((gathering_id, person_id))

    async def _come(self, those: Sequence[Arrival]) -> Sequence[bool | Exception]:
        return await asyncio.to_thread(self._store.gatherings.check_in_all, those)

    async def _said(self, those: Sequence[tuple[str, str]]) -> Sequence[tuple[Said, ...]]:
        return await asyncio.to_thread(self._store.consents.of_all, those)
