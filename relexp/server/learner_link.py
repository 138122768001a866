"""A learner's own link: the way back to what they did and wrote, on any device, and the name that they wish to have."""

from __future__ import annotations

from datetime import timedelta

from relexp.privacy.roles import Identity
from relexp.server.doors import now
from relexp.server.links_page import NAME_LENGTH, LinkPage, square
from relexp.server.plain import show
from relexp.store.links import Link

LASTS = timedelta(days=400)


class OwnLink(LinkPage):
    """Those that work now, and a new one, which is shown once."""

    visitor: Identity

    def get(self) -> None:
        self.show_links(self.visitor)

    def post(self) -> None:
        what = self.get_body_argument("what", "")
        if what == "name":
            name = self.get_body_argument("name", "").strip()[:NAME_LENGTH]
            self.show_links(self.store.identities.call(self.visitor.id, name), named=True)
        else:
            self.show_links(self.visitor, self.address(self.visitor, LASTS))

    def links(self) -> list[Link]:
        """Their links that work now."""
        return [link for link in self.store.links.all(now()) if link.identity.id == self.visitor.id]

    def show_links(self, learner: Identity, new: str = "", named: bool = False) -> None:
        """Show the page."""
        mine = self.doors.link_in_use(self, learner.role)
        show(
            self,
            "learner_link.html",
            learner=learner,
            links=[link for link in self.links() if link.id != mine],
            new=new,
            named=named,
            picture=square(new),
            reached=self.reached,
            form=self.xsrf_form_html(),
        )


class ShutOwnLink(OwnLink):
    """A link of theirs, and of nobody else, is shut."""

    def get(self) -> None:
        self.redirect(f"{self.base_url}learn/link")

    def post(self) -> None:
        link = self.get_body_argument("link", "")
        if any(each.id == link for each in self.links()):
            self.shut(link)
        self.redirect(f"{self.base_url}learn/link")
