"""What is kept too long is deleted while the server is on: an evening's laptop may stay open for weeks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from relexp.messages.fault_log import log_fault
from relexp.store import Store

# As often as this, in seconds.
EVERY = 3600.0


async def clear_up(store: Store, clock: Callable[[], datetime], every: float = EVERY) -> None:
    """Delete what its time is over of, again and again, until it is cancelled; `clock` says what time it is.

    Where the store is busy or gone, it is tried again the next time.
    """
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(store.purge, clock())
        except Exception as error:
            log_fault(error)
