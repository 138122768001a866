"""The doors: a link for one person each, and a short code for a whole hall. Their secrets are nowhere in the store."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, or_, select, update

from relexp.privacy.roles import Identity, Role
from relexp.store.database import Database
from relexp.store.tables import codes, identities, links

# Letters that nobody takes for another one or for a digit, and that make no words.
LETTERS = "BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6
LONGEST_CODE = timedelta(hours=24)

# Asked at every visit: to put the sentence together takes longer than to say it.
_OF_DIGESTS = (
    select(links.c.digest, links.c.until, links.c.revoked, identities.c.id, identities.c.role, identities.c.name)
    .join_from(links, identities)
    .where(links.c.digest.in_(bindparam("digests", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Link:
    """A door for one person: whose it is, and from when to when it opens."""

    id: str
    identity: Identity
    made: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """A door for a hall: who opened it, and from when to when. It gives nobody that person's identity."""

    id: str
    identity_id: str
    made: datetime
    until: datetime


class Links:
    """The doors that have been made, and which of them still open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, identity: Identity, now: datetime, lasts: timedelta) -> tuple[str, Link]:
        """A new link: its secret, which is shown this once, and what is kept of it.

        Raises FaultsFound when the person is not known here.
        """
        secret = secrets.token_urlsafe(24)
        link = Link(secrets.token_hex(8), identity, now, now + _positive(lasts))
        row = {"id": link.id, "identity_id": identity.id, "digest": _digest(secret), "made": now, "until": link.until}
        with self._database.writes() as connection:
            connection.execute(links.insert().values(row))
        return secret, link

    def find(self, secret: str, now: datetime) -> Identity | None:
        """Who comes by this link; None when it is unknown, has been revoked or has run out.

        One digest and one look-up, whatever the answer, so that how long it takes tells nothing.
        """
        return self.find_all([secret], now)[0]

    def find_all(self, those: Sequence[str], now: datetime) -> list[Identity | None]:
        """The same of several links in one look-up, in their order."""
        digests = [_digest(secret) for secret in those]
        with self._database.reads() as connection:
            rows = connection.execute(_OF_DIGESTS, {"digests": digests}).all()
        opens = {
            row.digest: Identity(row.id, Role(row.role), row.name)
            for row in rows
            if row.revoked is None and now < row.until
        }
        return [opens.get(digest) for digest in digests]

    def admit(
        self, those: Sequence[Role], now: datetime, lasts: Mapping[Role, timedelta]
    ) -> list[tuple[str, Identity]]:
        """As many people whom nobody knows, each with a link of their own: its secret, and who they are."""
        made = [(secrets.token_urlsafe(24), Identity(secrets.token_hex(16), role, "")) for role in those]
        until = {role: now + _positive(lasts[role]) for role in those}
        doors = [
            {
                "id": secrets.token_hex(8),
                "identity_id": guest.id,
                "digest": _digest(secret),
                "made": now,
                "until": until[guest.role],
            }
            for secret, guest in made
        ]
        guests = [{"id": guest.id, "role": str(guest.role), "name": "", "made": now} for _, guest in made]
        with self._database.writes() as connection:
            connection.execute(insert(identities), guests)
            connection.execute(insert(links), doors)
        return made

    def last(self, identity: Identity, until: datetime) -> None:
        """The open links of somebody last at least until then: what they wrote is there as long."""
        theirs = (links.c.identity_id == identity.id, links.c.revoked.is_(None), links.c.until < until)
        with self._database.writes() as connection:
            connection.execute(update(links).where(*theirs).values(until=until))

    def id_of(self, secret: str) -> str | None:
        """Which link this is the secret of; None when of none."""
        with self._database.reads() as connection:
            found = connection.execute(select(links.c.id).where(links.c.digest == _digest(secret)))
            return found.scalar_one_or_none()

    def revoke(self, link_id: str, now: datetime) -> str | None:
        """Close a link for good: whose it was, None where there is none; one that is closed already stays as it is."""
        closed = update(links).where(links.c.id == link_id, links.c.revoked.is_(None)).values(revoked=now)
        with self._database.writes() as connection:
            connection.execute(closed)
            return connection.execute(select(links.c.identity_id).where(links.c.id == link_id)).scalar_one_or_none()

    def all(self, now: datetime) -> tuple[Link, ...]:
        """The links that still open, the oldest first."""
        looked_for = select(
            links.c.id, links.c.made, links.c.until, identities.c.id, identities.c.role, identities.c.name
        )
        looked_for = looked_for.join_from(links, identities).where(links.c.until > now, links.c.revoked.is_(None))
        with self._database.reads() as connection:
            rows = connection.execute(looked_for.order_by(links.c.made, links.c.id)).all()
        return tuple(
            Link(id, Identity(who, Role(role), name), made, until) for id, made, until, who, role, name in rows
        )

    def make_code(self, identity: Identity, now: datetime, lasts: timedelta) -> str:
        """A new code for a hall, six letters to read out; `identity` is who opens the door.

        Each person who comes in by it gets an identity of their own. It lasts 24 hours at most (ValueError for more).
        Raises FaultsFound when the person who opens the door is not known here.
        """
        if _positive(lasts) > LONGEST_CODE:
            raise ValueError("a code that can be read out lasts a day at most")
        row = {"id": secrets.token_hex(8), "identity_id": identity.id, "made": now, "until": now + lasts}
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            new = self._database.insert(codes).values(row | {"digest": _digest(code)})
            with self._database.writes() as connection:
                connection.execute(delete(codes).where(codes.c.until <= now))
                # Two halls never share a code.
                if connection.execute(new.on_conflict_do_nothing(index_elements=["digest"])).rowcount:
                    return code

    def find_code(self, code: str, now: datetime) -> Code | None:
        """The hall's door that this code opens, however it was typed; None when it is unknown, closed or run out."""
        looked_for = select(codes).where(codes.c.digest == _digest(_as_read_out(code)))
        with self._database.reads() as connection:
            row = connection.execute(looked_for).one_or_none()
        return Code(row.id, row.identity_id, row.made, row.until) if row and now < row.until else None

    def close_codes(self, identity_id: str) -> None:
        """Let nobody else in by the codes that somebody made; those who are in stay in."""
        with self._database.writes() as connection:
            connection.execute(delete(codes).where(codes.c.identity_id == identity_id))

    def purge(self, before: datetime) -> int:
        """Forget the links and codes that had run out or been revoked before then; how many they were."""
        ended = or_(links.c.until < before, links.c.revoked < before)
        with self._database.writes() as connection:
            gone = connection.execute(delete(links).where(ended)).rowcount
            return gone + connection.execute(delete(codes).where(codes.c.until < before)).rowcount


def _digest(secret: str) -> str:
    # The secrets of links are long and random: a slow hash would protect nothing more, and cost each visit.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _as_read_out(code: str) -> str:
    """A code as it was made, from what somebody typed: small letters, spaces and hyphens are all the same."""
    return "".join(code.split()).replace("-", "").upper()


def _positive(lasts: timedelta) -> timedelta:
    if lasts <= timedelta(0):
        raise ValueError("a door opens for some time, or is not made")
    return lasts
