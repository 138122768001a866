"""Those whom relexp knows again."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, exists, or_, select, update

from relexp.messages import FaultsFound, tell
from relexp.privacy.roles import Identity, Role
from relexp.store.after_tables import harvests, one_to_ones, reflections
from relexp.store.database import Database
from relexp.store.learning_tables import OF_LEARNERS
from relexp.store.tables import identities, links, people

# What the ids of those begin with who came with their account at a Hub.
HUB = "hub-"


def house_id(role: Role) -> str:
    """The id of the one whom this house has in a role."""
    return f"house-{role}"


class Identities:
    """Who comes back, by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def house(self, role: Role, now: datetime) -> Identity:
        """The one identity of this house in a role, made the first time: whoever sits at this computer."""
        found = Identity(house_id(role), role)
        if kept := self.get(found.id):
            return kept
        self._add(found, now)
        return found

    def add(self, role: Role, name: str, now: datetime) -> Identity:
        """Somebody new; `name` is as they wish it, or empty."""
        made = Identity(secrets.token_hex(16), role, name)
        self._add(made, now)
        return made

    def account(self, account: str, role: Role, now: datetime) -> Identity:
        """Whoever has this account at the Hub, in the role that they have there now."""
        found = Identity(f"{HUB}{sha256(account.encode()).hexdigest()[:32]}", role, account)
        self._add(found, now)
        changed = update(identities).where(identities.c.id == found.id).values(role=str(role))
        with self._database.writes() as connection:
            connection.execute(changed)
        return found

    def get(self, id: str) -> Identity | None:
        """Whose id this is; None when nobody's, or nobody's any more."""
        with self._database.reads() as connection:
            row = connection.execute(select(identities).where(identities.c.id == id)).one_or_none()
        return Identity(row.id, Role(row.role), row.name) if row else None

    def call(self, id: str, name: str) -> Identity:
        """Somebody with the name that they wish to have. Raises FaultsFound when they are not known here."""
        with self._database.writes() as connection:
            connection.execute(update(identities).where(identities.c.id == id).values(name=name))
        found = self.get(id)
        if found is None:
            raise FaultsFound([tell("store.nobody")])
        return found

    def purge(self, before: datetime) -> int:
        """Forget the participants and learners who came before then, and of whom nothing is kept any more; how many."""
        guests = identities.c.role.in_([str(Role.PARTICIPANT), str(Role.LEARNER)])
        linked = exists().where(links.c.identity_id == identities.c.id)
        seated = exists().where(people.c.identity_id == identities.c.id)
        own = (harvests, reflections, one_to_ones, *OF_LEARNERS)
        wrote = or_(*(exists().where(each.c.identity_id == identities.c.id) for each in own))
        with self._database.writes() as connection:
            # Whoever comes again with the phone of another week is in the room.
            gone = connection.execute(
                delete(identities).where(guests, identities.c.made < before, ~linked, ~seated, ~wrote)
            )
            return gone.rowcount

    def _add(self, identity: Identity, now: datetime) -> None:
        row = {"id": identity.id, "role": str(identity.role), "name": identity.name, "made": now}
        with self._database.writes() as connection:
            # Two who open a new house at the same moment find the same one.
            connection.execute(self._database.insert(identities).values(row).on_conflict_do_nothing())
