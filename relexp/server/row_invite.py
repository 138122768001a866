"""A link to a leader's own page, made by whoever trains them: shown once, with a few words to send with it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import tornado.web

from relexp.leadership.leader import Row
from relexp.privacy.roles import Identity
from relexp.server.doors import now
from relexp.server.links_page import LinkPage, square
from relexp.server.plain import show

LASTS = timedelta(days=366)


class InviteLeader(LinkPage):
    """Their links that work now, and a new one."""

    def get(self, leader: str) -> None:
        self.show_links(*self.theirs(leader))

    def post(self, leader: str) -> None:
        row, identity = self.theirs(leader)
        self.show_links(row, identity, self.address(identity, LASTS))

    def theirs(self, leader: str) -> tuple[Row, Identity]:
        """The leader, and whoever opens their page; somebody who is not in the table has none."""
        row, identity = self.store.leaders.get(leader), self.store.leaders.link_to(leader, now())
        if row is None or identity is None:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)
        return row, identity

    def show_links(self, row: Row, identity: Identity, new: str = "") -> None:
        """Show the page."""
        show(
            self,
            "row_invite.html",
            row=row,
            links=[link for link in self.store.links.all(now()) if link.identity.id == identity.id],
            new=new,
            picture=square(new),
            reached=self.reached,
            form=self.xsrf_form_html(),
        )


class ShutLeader(InviteLeader):
    """A link of theirs, and of nobody else, is shut."""

    def get(self, leader: str) -> None:
        self.redirect(self.here(leader))

    def post(self, leader: str) -> None:
        _, identity = self.theirs(leader)
        link = self.get_body_argument("link", "")
        if any(each.id == link and each.identity.id == identity.id for each in self.store.links.all(now())):
            self.shut(link)
        self.redirect(self.here(leader))

    def here(self, leader: str) -> str:
        """The page about the links of a leader."""
        return f"{self.base_url}row/invite/{quote(leader, safe='')}"
