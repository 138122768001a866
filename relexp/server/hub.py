"""Where relexp is a service of a JupyterHub: people come in with the account that they have there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import tornado.web
from tornado.httputil import url_concat

from relexp.messages import FaultsFound, tell
from relexp.privacy.roles import Role
from relexp.server.doors import now
from relexp.server.plain import closed
from relexp.server.ways_in import WayIn
from relexp.store.identities import HUB

if TYPE_CHECKING:
    from jupyterhub.services.auth import HubOAuth

# The groups of the Hub that say what somebody is here for; whoever is in none of them is a learner.
GROUPS = {f"relexp-{role}": role for role in (Role.FACILITATOR, Role.CO_FACILITATOR, Role.TRAINER)}
# Then the Hub is asked again: who has left it, or lost a role there, is out by then.
KEY_LASTS = timedelta(hours=12)
NO_ACCOUNT = (
    "The Hub did not say who you are, or your account there may not open these pages. "
    "Try again, or ask whoever looks after the Hub."
)


@dataclass(frozen=True)
class Hub:
    """The Hub's word on where this service answers: its socket, and the path below which its pages are."""

    address: str
    port: int
    base: str

    @cached_property
    def auth(self) -> HubOAuth:
        """Asks the Hub who somebody is."""
        from jupyterhub.services.auth import HubOAuth

        return HubOAuth()


def hub_around(environment: Mapping[str, str] = os.environ) -> Hub | None:
    """The Hub that started this process as its service; None without one.

    Raises FaultsFound when there is one, and the library that speaks with it is not installed.
    """
    base, service = environment.get("JUPYTERHUB_SERVICE_PREFIX"), environment.get("JUPYTERHUB_SERVICE_URL")
    if not base or not service or not environment.get("JUPYTERHUB_API_TOKEN"):
        return None
    try:
        import jupyterhub  # noqa: F401
    except ImportError:
        raise FaultsFound([tell("app.hub_missing")]) from None
    at = urlsplit(service)
    return Hub(at.hostname or "127.0.0.1", at.port or 80, base)


def role_of(account: Mapping[str, Any]) -> Role:
    """What somebody is here for, by their groups at the Hub: the first role that one of them gives."""
    groups = set(account.get("groups", ()))
    return next((role for group, role in GROUPS.items() if group in groups), Role.LEARNER)


class HubWayIn(WayIn):
    """What both steps share: the Hub's library, and a word when it did not work."""

    @property
    def auth(self) -> HubOAuth:
        """Asks the Hub who somebody is."""
        hub: Hub = self.settings["hub"]
        return hub.auth

    def refuse(self) -> None:
        """The front door, and why."""
        self.set_status(HTTPStatus.FORBIDDEN)
        closed(self, wrong=NO_ACCOUNT)


class AskHub(HubWayIn):
    """Sends the browser to the Hub, which sends it back to `Answered`."""

    def get(self) -> None:
        verifier, challenge, method = self.auth.generate_pkce_code_challenge()
        state = self.auth.set_state_cookie(self, self.base_url, code_verifier=verifier)
        asked = {"state": state, "code_challenge": challenge, "code_challenge_method": method}
        self.redirect(url_concat(self.auth.login_url, asked))


class Answered(HubWayIn):
    """The browser is back with the Hub's answer: the account becomes somebody here, with a key of ours."""

    async def get(self) -> None:
        state, code = self.get_query_argument("state", ""), self.get_query_argument("code", "")
        kept = self.get_secure_cookie(self.auth.get_state_cookie_name(state)) or b""
        verifier = self.auth.get_code_verifier(state)
        self.auth.clear_oauth_state(state)
        self.auth.clear_oauth_state_cookies(self)
        # Only an answer to a question that this browser asked lets it in.
        if not state or not code or kept.decode("ascii", "replace") != state:
            self.refuse()
            return
        try:
            token = await self.auth.token_for_code(code, code_verifier=verifier, sync=False)
            account = await self.auth.user_for_token(token, use_cache=False, sync=False)
        except tornado.web.HTTPError:
            account = None
        if account is None or not self.auth.check_scopes(self.auth.access_scopes, account):
            self.refuse()
            return
        name: str = account["name"]
        identity = self.doors.store.identities.account(name, role_of(account), now())
        # Whoever sat here before, with an account of the Hub, has gone: theirs is not this one's.
        for held in tuple(self.doors.held(self)):
            if held.id.startswith(HUB):
                self.doors.take_out(self, held.role)
        self.doors.enter_as(self, identity, KEY_LASTS)
        self.welcome(identity, NO_ACCOUNT)
