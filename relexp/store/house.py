"""All that is kept, as a whole: which edition of it this is, so that an open page sees that it is another by now."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select, update

from relexp.store.tables import house

_THE_ONE = 1


class Renewed(Exception):
    """Somebody was erased, or a copy was put back, since the page was opened: what it shows may be kept no more."""


def edition(connection: Connection) -> str:
    """The mark of what is kept; it is another once somebody was erased or a copy put back."""
    return connection.execute(select(house.c.edition)).scalar_one_or_none() or ""


def alone(connection: Connection) -> None:
    """Let nobody else change what they hold to an edition (`hold`) until this change is done."""
    connection.execute(select(house.c.id).with_for_update()).all()


def renew(connection: Connection) -> None:
    """From now on it is another edition: pages that are open keep nothing until they are loaded again."""
    new = {"edition": secrets.token_hex(16)}
    if not connection.execute(update(house).where(house.c.id == _THE_ONE).values(new)).rowcount:
        connection.execute(insert(house).values(new | {"id": _THE_ONE}))


def hold(connection: Connection, since: str | None) -> None:
    """Raise Renewed where it is another edition than `since`; with None, whoever asks does not mind.

    Whoever would renew it waits until this change is done.
    """
    if since is None:
        return
    if connection.execute(select(house.c.edition).with_for_update(read=True)).scalar_one_or_none() != since:
        raise Renewed
