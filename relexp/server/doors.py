"""Who somebody is: told by the keys in their browser, each the secret of a link that they opened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import Bool, Instance, Int, Unicode

from relexp.privacy.roles import LEARNS, Identity, Role
from relexp.server.limits import Limit
from relexp.server.together import Together
from relexp.store import Store
from relexp.store.identities import HUB, house_id

# A browser holds a key for each role that it was given a link of: who looks at a participant's page on their own
# laptop is still the facilitator afterwards. The first role that may come in counts: whoever learns and leads on one
# computer learns as the learner whom they know.
ROLES = (Role.LEARNER, *(role for role in Role if role is not Role.LEARNER))
# The link of a hall or of a group lets in many; what each of them gets is theirs alone: for as long as the seating is
# kept, or for the months that the module takes.
GUEST_LASTS = {Role.PARTICIPANT: timedelta(days=7), Role.LEARNER: timedelta(days=400)}
DAY = 24 * 60 * 60


class Doors(IdentityProvider):
    """The keys of a browser, and how it gets and loses them."""

    store = Instance(Store)
    port = Int(help="where this server answers: two on one computer keep their keys apart")
    behind_proxy = Bool(False, help="the Hub's, which says for whom it asks")
    base = Unicode("/", help="the first page's address, below which the keys are sent")

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.guesses = Limit(many=20, seconds=60)
        self.openings = Limit(many=120, seconds=60)
        self.guests = Limit(many=120, seconds=60)
        self._found: Together[str, Identity | None] = Together(self._find)
        self._admitted: Together[Role, tuple[str, Identity]] = Together(self._admit)

    async def comes(self, handler: RequestHandler, who: frozenset[Role] | None) -> Identity | None:
        """The same as `visitor`, in one look-up for all who come in this moment.

        Whoever leads, and comes to learn, becomes a learner of their own; an account at a Hub is one already.
        """
        for role in ROLES:
            secret = handler.get_cookie(self._name(role)) if who is not None and role in who else None
            found = await self._found.ask(secret) if secret else None
            if found is not None and found.role is role:
                if who == LEARNS and role is not Role.LEARNER and not found.id.startswith(HUB):
                    # Somebody else made their link, and may have it still; what they write is theirs alone.
                    return await self.enter_as_guest(handler, Role.LEARNER)
                return found
        return None

    def visitor(self, handler: RequestHandler, who: frozenset[Role] | None) -> Identity | None:
        """Who comes, as the first of their roles that may come in; None when none of them may."""
        if who is None:
            return None
        return next((held for held in self.held(handler) if held.role in who), None)

    def held(self, handler: RequestHandler) -> Iterator[Identity]:
        """Everyone that this browser has a key for."""
        for role in Role:
            secret = handler.get_cookie(self._name(role))
            found = self.store.links.find(secret, now()) if secret else None
            if found is not None and found.role is role:
                yield found

    def link_in_use(self, handler: RequestHandler, role: Role) -> str | None:
        """The link by which this browser came in with a role."""
        secret = handler.get_cookie(self._name(role))
        return self.store.links.id_of(secret) if secret else None

    async def enter(self, handler: RequestHandler, secret: str) -> Identity | None:
        """Give the browser the key of a link; None, and a guess counted, where there is no such link."""
        identity = await self._found.ask(secret)
        if identity is None:
            self.guesses.count(self._address(handler), time.monotonic())
            return None
        if identity.role in GUEST_LASTS and identity.id == house_id(identity.role):
            return await self.enter_as_guest(handler, identity.role)
        self._keep(handler, identity.role, secret)
        return identity

    async def enter_by_code(self, handler: RequestHandler, code: str) -> Identity | None:
        """Let somebody in who typed the code on the sign; None, and a guess counted, where it is wrong."""
        if self.store.links.find_code(code, now()) is None:
            self.guesses.count(self._address(handler), time.monotonic())
            return None
        return await self.enter_as_guest(handler, Role.PARTICIPANT)

    async def enter_as_guest(self, handler: RequestHandler, role: Role) -> Identity:
        """A participant or a learner of their own for each browser; one that has been here stays who it was."""
        known = await self.comes(handler, frozenset({role}))
        if known is not None:
            return known
        self.guests.count(self._address(handler), time.monotonic())
        secret, guest = await self._admitted.ask(role)
        self._keep(handler, guest.role, secret)
        return guest

    def enter_as(self, handler: RequestHandler, identity: Identity, lasts: timedelta) -> None:
        """Give the browser a key of its own, which works for so long."""
        secret, _ = self.store.links.make(identity, now(), lasts)
        self._keep(handler, identity.role, secret)

    def leave(self, handler: RequestHandler) -> None:
        """Take every key out of the browser."""
        for role in ROLES:
            self.take_out(handler, role)
        handler.clear_cookie(self.stays, path=self.base)

    def take_out(self, handler: RequestHandler, role: Role) -> None:
        """Take the key of one role out of the browser."""
        handler.clear_cookie(self._name(role), path=self.base)

    def too_many_guesses(self, handler: RequestHandler) -> bool:
        """Whether whoever this is has guessed too often, or come in as too many people, to try again now."""
        address, at = self._address(handler), time.monotonic()
        return self.guesses.reached(address, at) or self.guests.reached(address, at)

    def get_user(self, handler: RequestHandler) -> User | None:
        """Whom the guard has let in, as Jupyter's handlers ask it."""
        visitor = getattr(handler, "visitor", None)
        return None if visitor is None else User(username=visitor.id, name=visitor.name or visitor.role.value)

    def is_token_authenticated(self, handler: RequestHandler) -> bool:
        """Never: every form has to show that it came from a page of ours."""
        return False

    async def _find(self, secrets: Sequence[str]) -> Sequence[Identity | None]:
        return self.store.links.find_all(secrets, now())

    async def _admit(self, those: Sequence[Role]) -> Sequence[tuple[str, Identity]]:
        lasts = {role: GUEST_LASTS[role] for role in those}
        return await asyncio.to_thread(self.store.links.admit, those, now(), lasts)

    def _keep(self, handler: RequestHandler, role: Role, secret: str) -> None:
        https = self.scheme(handler) == "https"
        handler.set_cookie(
            self._name(role), secret, path=self.base, max_age=400 * DAY, httponly=True, samesite="Lax", secure=https
        )

    def scheme(self, handler: RequestHandler) -> str:
        """How the browser came here: http or https."""
        said = handler.request.headers.get("X-Forwarded-Proto", "") if self.behind_proxy else ""
        return "https" if "https" in said.split(",") else str(handler.request.protocol)

    def _address(self, handler: RequestHandler) -> str:
        # Whoever asks can say anything before what the proxy adds at the end; other headers they can make up whole.
        said = handler.request.headers.get("X-Forwarded-For", "") if self.behind_proxy else ""
        return said.rpartition(",")[2].strip() or handler.request.remote_ip or ""

    @property
    def stays(self) -> str:
        """What a phone keeps under it of where it was."""
        return f"relexp-{self.port}-stays"

    def _name(self, role: Role) -> str:
        return f"relexp-{self.port}-{role.value}"


def browser_mark(handler: RequestHandler) -> str:
    """What tells this browser from another of the same person: what its forms are checked with, from the first on."""
    _, token, _ = handler._get_raw_xsrf_token()
    return token.hex()


def now() -> datetime:
    """The time by the clock."""
    return datetime.now(UTC)
