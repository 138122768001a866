"""The facilitator's page of links: let others in, and shut a link again."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import segno
import tornado.web

from relexp.privacy.roles import LEADS, TRAINS, Identity, Role
from relexp.roster.words import fold
from relexp.server.doors import Doors, now
from relexp.server.hall import Hall
from relexp.server.plain import PlainPage, show
from relexp.store import Store
from relexp.store.identities import HUB

# Who may be let in, and in whose words. A facilitator's own link is made at each start.
ROLES = {
    Role.CO_FACILITATOR: "Somebody who helps to lead: plans and runs the gathering with you",
    Role.TRAINER: "Somebody who trains leaders: sees and works on the leadership table",
    Role.LEARNER: "Those who learn with the module: each browser that opens it gets a place of its own",
    Role.PARTICIPANT: "The people in the room: each phone that opens it gets a place of its own",
    Role.PROJECTOR: "The projector: the question, the clock and who goes where, and nothing to press by mistake",
}
LASTS = {"1": "One day", "7": "One week", "31": "One month", "366": "One year"}
NAME_LENGTH = 60


class LinkPage(PlainPage):
    """A page that makes links."""

    @property
    def doors(self) -> Doors:
        """The keeper of the keys."""
        doors: Doors = self.settings["identity_provider"]
        return doors

    @property
    def store(self) -> Store:
        """Where the links are kept."""
        return self.doors.store

    @property
    def hall(self) -> Hall | None:
        """How phones come in, where they may."""
        hall: Hall | None = self.settings["hall"]
        return hall

    @property
    def reached(self) -> bool:
        """Whether another computer, or a phone, gets here: over the hall's network, or through a Hub."""
        return self.hall is not None or self.settings["hub"] is not None

    def base(self) -> str:
        """How others reach this server: by the hall's network where it is open to it."""
        reached = self.hall.base() if self.hall else None
        return f"{reached or f'{self.doors.scheme(self)}://{self.request.host}'}{self.base_url}"

    def address(self, identity: Identity, lasts: timedelta) -> str:
        """A new link for somebody."""
        secret, _ = self.store.links.make(identity, now(), lasts)
        return f"{self.base()}in/{secret}"

    def shut(self, link: str) -> None:
        """A link that is shut opens nothing from that moment on."""
        owner = self.store.links.revoke(link, now())
        if owner is not None:
            # Nobody can tell which of their pages was opened by it: all end, and whoever has another link loads again.
            self.settings["kernel_manager"].end_all_of(owner=owner)


class Links(LinkPage):
    """All links that work now; a new one is shown once, with its QR code."""

    def get(self) -> None:
        self.list_them()

    def post(self) -> None:
        role, days = self.get_body_argument("role", ""), self.get_body_argument("lasts", "")
        name = self.get_body_argument("name", "").strip()[:NAME_LENGTH]
        if role not in ROLES or days not in LASTS:
            raise tornado.web.HTTPError(HTTPStatus.BAD_REQUEST)
        wanted = Role(role)
        # What a learner writes is read by nobody who made them a link.
        if wanted in (Role.PARTICIPANT, Role.LEARNER, Role.PROJECTOR):
            identity = self.store.identities.house(wanted, now())
        else:
            identity = self.store.identities.add(wanted, name, now())
        self.list_them(new=self.address(identity, timedelta(days=int(days))), wanted=wanted, name=identity.name)

    def list_them(self, new: str = "", wanted: Role | None = None, name: str = "") -> None:
        """Show the page."""
        ours = [self.store.identities.house(role, now()) for role in (Role.PARTICIPANT, Role.LEARNER, Role.PROJECTOR)]
        # The keys of single phones, and of accounts at a Hub, are not links that anybody hands on.
        works = [link for link in self.store.links.all(now()) if not link.identity.id.startswith(HUB)]
        found = [link for link in works if link.identity in ours or link.identity.role in LEADS | TRAINS]
        # Whoever answers for the doors sees each that is open; what stands behind these is not told here.
        leaders, learners = (
            sorted(
                (link for link in works if link.identity.role is role and link not in found),
                key=lambda link: (fold(link.identity.name), link.made),
            )
            for role in (Role.LEADER, Role.LEARNER)
        )
        sign = self.hall.link() if self.hall else None
        show(
            self,
            "links.html",
            links=found,
            leaders=leaders,
            learners=[link for link in learners if link.identity.name],
            mine=self.doors.link_in_use(self, Role.FACILITATOR),
            new=new,
            wanted=wanted and ROLES[wanted],
            name=name,
            picture=square(new),
            sign=square(sign),
            roles=ROLES,
            lasts=LASTS,
            hall=self.hall,
            reached=self.reached,
            form=self.xsrf_form_html(),
        )


def square(address: str | None) -> str:
    """What a phone's camera reads, as a picture in the page; nothing for nothing."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3) if address else ""


class ShutLink(Links):
    """A link is shut."""

    def post(self) -> None:
        self.shut(self.get_body_argument("link", ""))
        self.redirect(f"{self.base_url}links")
