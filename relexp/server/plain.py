"""Pages without Python behind them: the front door, the first page, and a kind word where there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from sqlalchemy.exc import SQLAlchemyError

from relexp.privacy.roles import Role
from relexp.server.places import asset

# These pages run no script and take nothing from anywhere else.
STILL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        # the picture of a QR code is part of the page
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True)
class Door:
    """Where somebody may go from the first page."""

    address: str
    name: str
    says: str


PLAN = Door("gathering", "Plan a gathering", "From the sign-up sheet to who meets whom, table by table.")
RUN = Door("run", "Run the evening", "The list at the door, the clock, the rounds, and whoever comes late or leaves.")
INVITE = Door("links", "Let others in", "Links for those who help you, and for the people in the room.")
# The doors of each role, and how the first page speaks to it. A role without a door is not handed out yet.
DOORS: dict[Role, tuple[Door, ...]] = {Role.FACILITATOR: (PLAN, RUN, INVITE), Role.CO_FACILITATOR: (PLAN, RUN)}
WELCOMES: dict[Role, str] = {
    Role.FACILITATOR: "You lead here.",
    Role.CO_FACILITATOR: "You help to lead here.",
    Role.TRAINER: "There is no page for trainers yet.",
    Role.LEARNER: "There is no page for learners yet.",
    Role.PARTICIPANT: "You are in. Whoever leads tells you your table.",
}


def show(handler: tornado.web.RequestHandler, template: str, **values: object) -> None:
    """Write one of the templates in relexp/server/templates."""
    environment = handler.settings["voila_jinja2_env"]
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    handler.set_header("Content-Security-Policy", STILL_POLICY)
    handler.finish(environment.get_template(template).render(asset=asset, base=handler.settings["base_url"], **values))


def closed(handler: tornado.web.RequestHandler, wrong: str = "") -> None:
    """Show the front door: how to get a link, where to type a code, and why somebody did not come in."""
    show(handler, "door.html", form=handler.xsrf_form_html(), wrong=wrong, hub=handler.settings["hub"])


def not_yours(handler: tornado.web.RequestHandler) -> None:
    """Tell somebody who is in that this page is for others."""
    show(handler, "not_yours.html")


class PlainPage(JupyterHandler):
    """A page of our own, without Python behind it."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that there is nothing here, or that something broke."""
        show(self, "error.html", missing=status_code == HTTPStatus.NOT_FOUND, stale=status_code == HTTPStatus.FORBIDDEN)


class Missing(PlainPage):
    """Any address that is not ours."""

    async def get(self, *args: str) -> None:
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)

    post = get


class Home(PlainPage):
    """The first page: each role's own doors, or the front door for whoever has no link."""

    def get(self) -> None:
        held = tuple(self.settings["identity_provider"].held(self))
        if not held:
            closed(self)
            return
        roles = [(WELCOMES[identity.role], DOORS.get(identity.role, ())) for identity in held]
        show(self, "home.html", roles=roles, form=self.xsrf_form_html(), hub=self.settings["hub"])


class Health(PlainPage):
    """Whether the server and its store answer, for whatever watches over it."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        try:
            self.settings["identity_provider"].store.identities.get("")
        except SQLAlchemyError:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.finish("the store does not answer\n")
            return
        self.finish("ok\n")
