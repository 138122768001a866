"""A server that stays on deletes what is kept too long, by the clock, without being started again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from relexp.privacy.retention import SEATING
from relexp.privacy.roles import Role
from relexp.roster.person import Person
from relexp.server.clearing import clear_up
from relexp.server.doors import now
from relexp.store import Store, open_store


def full(url: str, made: datetime) -> Store:
    """A store with a gathering, a phone, a link that ran out, and a draft, all of them of then."""
    store = open_store(url)
    lead, phone = store.identities.house(Role.FACILITATOR, made), store.identities.add(Role.PARTICIPANT, "", made)
    id = store.gatherings.open(lead, "Spring", {}, [Person("a", "Amina")], made)
    store.gatherings.come(id, "a", made, phone=phone.id)
    store.links.make(lead, made, timedelta(hours=1))
    store.drafts.save(lead.id, "gathering", b"a sheet", made)
    return store


def left(store: Store) -> dict[str, int]:
    names = ("gatherings", "people", "drafts", "links", "identities")
    with store.database.reads() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}


async def on_for(store: Store, clock: list[datetime], seconds: float = 0.3) -> None:
    """A server whose clock shows that, for a little while."""
    task = asyncio.create_task(clear_up(store, lambda: clock[0], every=0.02))
    await asyncio.sleep(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def test_what_was_kept_long_enough_goes_while_the_server_is_on(tmp_path: Path) -> None:
    made = now()
    store = full(f"sqlite:///{tmp_path / 'relexp.sqlite3'}", made)
    clock = [made + SEATING - timedelta(minutes=1)]
    asyncio.run(on_for(store, clock))
    assert left(store) == {"gatherings": 1, "people": 1, "drafts": 1, "links": 1, "identities": 2}
    clock[0] = made + SEATING + timedelta(hours=2)
    asyncio.run(on_for(store, clock))
    # whoever leads in this house is known again
    assert left(store) == {"gatherings": 0, "people": 0, "drafts": 0, "links": 0, "identities": 1}
    store.close()


def test_a_store_that_is_busy_is_cleared_the_next_time(tmp_path: Path) -> None:
    made = now()
    url = f"sqlite:///{tmp_path / 'relexp.sqlite3'}"
    full(url, made).close()
    store, other = open_store(url, patience=0.01), open_store(url)
    clock = [made + SEATING + timedelta(hours=2)]
    with other.database.writes():
        asyncio.run(on_for(store, clock, 0.2))
        assert left(store)["gatherings"] == 1
    asyncio.run(on_for(store, clock))
    assert left(store)["gatherings"] == 0
    store.close()
    other.close()
