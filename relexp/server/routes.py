"""Every address that the server answers, and who may come in there; a route without a rule cannot be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from inspect import isawaitable
from typing import Any, ClassVar

import tornado.web

from relexp.messages.fault_log import log_fault
from relexp.privacy.roles import Identity, Role
from relexp.server.doors import now
from relexp.server.hall import names_this_computer
from relexp.server.plain import closed, not_yours

# Whoever comes, with a link or without.
ANYBODY: frozenset[Role] | None = None
# Whoever has any link at all.
LINKED = frozenset(Role)
LEAD = frozenset({Role.FACILITATOR})


@dataclass(frozen=True)
class Route:
    """One address (a regular expression), what answers it, and who may come in.

    `example` is an address it answers, for a test that walks all of them.
    """

    address: str
    handler: type[tornado.web.RequestHandler]
    who: frozenset[Role] | None
    example: str
    options: Mapping[str, Any] = field(default_factory=dict)


class Guard(tornado.web.RequestHandler):
    """Stands before a handler: whoever may not come in gets the front door, and nothing behind it has run."""

    who: ClassVar[frozenset[Role] | None]
    visitor: Identity | None = None

    async def prepare(self) -> None:
        """Find out who comes, and close the door on whoever may not."""
        if self.settings["hub"] is None and not names_this_computer(self.request.host):
            # Another site's name that was made to lead here. A Hub has a name of its own.
            raise tornado.web.HTTPError(HTTPStatus.FORBIDDEN)
        self.settings["reached"].note(self.request.remote_ip or "", now())
        self.visitor = await self.settings["identity_provider"].comes(self, self.who)
        if self.who is not ANYBODY and self.visitor is None:
            self.current_user = None
            self.set_status(HTTPStatus.FORBIDDEN)
            if any(self.settings["identity_provider"].held(self)):
                not_yours(self)
            else:
                closed(self)
            return
        done = super().prepare()
        if isawaitable(done):
            await done

    def log_exception(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        """Note for a developer where it broke: without the address and the words, which may hold a link or a name."""
        if error is not None and not isinstance(error, tornado.web.HTTPError):
            log_fault(error)


def guarded(routes: Iterable[Route], base: str) -> list[tuple[str, type, dict[str, Any]]]:
    """The routes below `base` as tornado takes them, a guard before each."""
    return [(base.rstrip("/") + route.address, guard(route), dict(route.options)) for route in routes]


def guard(route: Route) -> type[tornado.web.RequestHandler]:
    """The handler of a route with its guard before it."""
    return type(route.handler.__name__, (Guard, route.handler), {"who": route.who})
