"""How somebody comes in, by a link or by the code on the sign, and goes out again."""

from __future__ import annotations

from http import HTTPStatus

from relexp.privacy.roles import LEADS, Identity
from relexp.server.doors import Doors, browser_mark
from relexp.server.plain import ONE_PAGE, PlainPage, closed

NO_LINK = "This link no longer works, or was cut short when it was copied."
NO_CODE = "There is no hall with this code. Look at the sign again."
TOO_OFTEN = "That was tried many times in a row. Wait a minute, then try again."


class WayIn(PlainPage):
    """What both ways in share: a limit to guessing, and the first page behind the door."""

    @property
    def doors(self) -> Doors:
        """The keeper of the keys."""
        doors: Doors = self.settings["identity_provider"]
        return doors

    def slow(self) -> bool:
        """Whether whoever this is has to wait; then the page says so."""
        if not self.doors.too_many_guesses(self):
            return False
        self.set_status(HTTPStatus.TOO_MANY_REQUESTS)
        self.set_header("Retry-After", "60")
        closed(self, wrong=TOO_OFTEN)
        return True

    def welcome(self, identity: Identity | None, wrong: str) -> None:
        """On to the first page; or the front door, and what did not fit."""
        if identity is None:
            self.set_status(HTTPStatus.FORBIDDEN)
            closed(self, wrong=wrong)
            return
        page = f"{self.base_url}{ONE_PAGE.get(identity.role, '')}"
        self.redirect(self.settings["first_page"] if identity.role in LEADS else page)


class OpenLink(WayIn):
    """A link: its secret becomes a key in the browser, and leaves the address bar."""

    async def get(self, secret: str) -> None:
        if not self.slow():
            self.welcome(await self.doors.enter(self, secret), NO_LINK)


class TypeCode(WayIn):
    """The code on the sign in the hall."""

    def get(self) -> None:
        """A phone that kept the address and not the form: back to where the code is typed, or to the first page."""
        self.redirect(self.base_url)

    async def post(self) -> None:
        if not self.slow():
            code = self.get_body_argument("code", "")
            self.welcome(await self.doors.enter_by_code(self, code), NO_CODE)


class GoOut(WayIn):
    """Takes the keys out of this browser: the next person on it finds the front door."""

    def get(self) -> None:
        """An address that was kept takes no key out."""
        self.redirect(self.base_url)

    def post(self) -> None:
        # What is open in another tab ends too.
        self.settings["kernel_manager"].end_all_of(browser=browser_mark(self))
        self.doors.leave(self)
        self.redirect(self.base_url)
