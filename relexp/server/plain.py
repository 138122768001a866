"""Pages without Python behind them: the front door, the first page, and a kind word where there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from sqlalchemy.exc import SQLAlchemyError

from relexp.messages import FaultsFound
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
# Those of the evening run scripts of our own, and hear from this server what has changed.
LIVE_POLICY = f"{STILL_POLICY}; script-src 'self'; connect-src 'self'"


@dataclass(frozen=True)
class Door:
    """Where somebody may go from the first page."""

    address: str
    name: str
    says: str


PLAN = Door("gathering", "Plan a gathering", "From the sign-up sheet to who meets whom, table by table.")
RUN = Door("run", "Run the evening", "The list at the door, the clock, the rounds, and whoever comes late or leaves.")
WEAVE = Door("weave", "What we wove", "What the gatherings changed, who wished to meet again, and the report.")
READ = Door("reflections", "Reflections", "Read what people shared, type in what came on paper, note a one-to-one.")
PROJECT = Door("projector", "The projector", "For all to see: the question, the clock, and who goes where.")
CARD = Door("card", "Your card", "Your table, and whom you talk with.")
OWN_ROW = Door("row", "Your row", "Where you are, what comes next, and what you say of it.")
LEAD = Door("leadership", "The leadership table", "Who grows, who is stuck and what comes next, from evidence.")
LEARN = Door("learn", "The module", "Organising together across difference: read, try, write, go out, and come back.")
COHORT = Door(
    "cohort",
    "Those who learn",
    "How a group moves through the module, and who asks for a record. Never what anybody wrote.",
)
OWN_LINK = Door("learn/link", "Your own link", "Your way back to what you did and wrote, on any phone or computer.")
INVITE = Door("links", "Let others in", "Links for those who help you, and for the people in the room.")
# The doors of each role, and how the first page speaks to it. A role without a door is not handed out yet.
DOORS: dict[Role, tuple[Door, ...]] = {
    Role.FACILITATOR: (PLAN, RUN, WEAVE, READ, LEAD, COHORT, LEARN, INVITE, PROJECT),
    Role.CO_FACILITATOR: (PLAN, RUN, WEAVE, READ, LEARN, PROJECT),
    Role.TRAINER: (LEAD, COHORT, LEARN),
    Role.LEADER: (OWN_ROW,),
    Role.LEARNER: (LEARN, OWN_LINK),
    Role.PARTICIPANT: (CARD,),
    Role.PROJECTOR: (PROJECT,),
}
# Where a link leads at once.
ONE_PAGE = {
    Role.TRAINER: LEAD.address,
    Role.LEADER: OWN_ROW.address,
    Role.LEARNER: LEARN.address,
    Role.PARTICIPANT: CARD.address,
    Role.PROJECTOR: PROJECT.address,
}
WELCOMES: dict[Role, str] = {
    Role.FACILITATOR: "You lead here.",
    Role.CO_FACILITATOR: "You help to lead here.",
    Role.TRAINER: "You train leaders here.",
    Role.LEADER: "You have a row of your own here.",
    Role.LEARNER: "You learn here.",
    Role.PARTICIPANT: "You are in.",
    Role.PROJECTOR: "This screen is for all to see.",
}


def show(handler: tornado.web.RequestHandler, template: str, *, policy: str = STILL_POLICY, **values: object) -> None:
    """Write one of the templates in relexp/server/templates."""
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    handler.set_header("Content-Security-Policy", policy)
    handler.finish(render(handler, template, **values))


def render(handler: tornado.web.RequestHandler, template: str, **values: object) -> str:
    """One of the templates in relexp/server/templates, filled in."""
    found = handler.settings["voila_jinja2_env"].get_template(template)
    text: str = found.render(asset=asset, base=handler.settings["base_url"], **values)
    return text


def closed(handler: tornado.web.RequestHandler, wrong: str = "") -> None:
    """Show the front door: how to get a link, where to type a code, and why somebody did not come in."""
    show(handler, "door.html", form=handler.xsrf_form_html(), wrong=wrong, hub=handler.settings["hub"])


def not_yours(handler: tornado.web.RequestHandler) -> None:
    """Tell somebody who is in that this page is for others."""
    show(handler, "not_yours.html")


class PlainPage(JupyterHandler):
    """A page of our own, without Python behind it."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that there is nothing here, that nothing can be kept just now, or that something broke."""
        found = kwargs.get("exc_info")
        busy = isinstance(found, tuple) and isinstance(found[1], FaultsFound)
        if busy:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        show(
            self,
            "error.html",
            busy=busy,
            missing=status_code == HTTPStatus.NOT_FOUND,
            stale=status_code == HTTPStatus.FORBIDDEN,
        )


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
        doors = DOORS[held[0].role]
        if len(held) == 1 and len(doors) == 1:
            self.redirect(f"{self.base_url}{doors[0].address}")
            return
        # Whoever is here in two roles finds each door once.
        once = {door: identity.role for identity in held[::-1] for door in DOORS[identity.role]}
        roles = [
            (WELCOMES[role], [door for door in DOORS[role] if once[door] is role])
            for role in (identity.role for identity in held)
        ]
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
