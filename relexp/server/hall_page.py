"""How phones get through to this computer: a network for the hall, a live check, and the sign to print."""

from __future__ import annotations

import segno.helpers

from relexp.server.evening import Changes, EveningPage, clock, event
from relexp.server.hall import Hall, Reached
from relexp.server.languages import ENGLISH, Language
from relexp.server.links_page import square
from relexp.server.watch import Look

# A network's name has 32 letters at most, its password 63.
LONGEST_NAME, LONGEST_PASSWORD = 32, 63


class PhonesPage(EveningPage):
    """What the page and its line share."""

    def language(self) -> Language:
        return ENGLISH

    @property
    def hall(self) -> Hall | None:
        """The way in from the hall, where relexp was started for one."""
        hall: Hall | None = self.settings["hall"]
        return hall

    @property
    def reached(self) -> Reached:
        """Whether a phone has got through."""
        reached: Reached = self.settings["reached"]
        return reached

    def shown(self) -> str:
        """How things are now."""
        bases = self.hall.bases() if self.hall else ()
        first = self.reached.first
        return self.part("phones_now.html", hall=self.hall, bases=bases, since=clock(first) if first else "")


class Phones(PhonesPage):
    """The page."""

    def get(self) -> None:
        bases = self.hall.bases() if self.hall else ()
        form = self.xsrf_form_html()
        self.show("phones.html", hall=self.hall, bases=bases, shown=self.shown(), form=form, longest=_LONGEST)


class PhonesChanges(PhonesPage, Changes):
    """Tells the page when a phone has got through, or when this computer is on another network."""

    def key(self, look: Look) -> object:
        return self.shown()

    def say(self, look: Look) -> str:
        return event("show", self.shown())


class Sign(PhonesPage):
    """The sign for the door: with the hall's network where it was typed, which is kept nowhere."""

    def get(self) -> None:
        self.draw()

    def post(self) -> None:
        name, password = self.get_body_argument("network", ""), self.get_body_argument("password", "", strip=False)
        self.draw(name.strip()[:LONGEST_NAME], password[:LONGEST_PASSWORD], self.get_body_argument("at", ""))

    def draw(self, network: str = "", password: str = "", at: str = "") -> None:
        """Show the sign, to be printed; `at` is which of this computer's addresses stands on it."""
        bases = self.hall.bases() if self.hall else ()
        base = at if at in bases else next(iter(bases), None)
        self.show(
            "sign.html",
            hall=self.hall,
            address=base,
            way_in=square(self.hall.link(base) if self.hall and base else None),
            network=network,
            password=password,
            join=_wifi(network, password) if network else "",
        )


_LONGEST = {"network": LONGEST_NAME, "password": LONGEST_PASSWORD}


def _wifi(network: str, password: str) -> str:
    """What a phone's camera reads to join a network, as a picture in the page."""
    code = segno.helpers.make_wifi(network, password or None, "WPA" if password else None)
    return code.svg_data_uri(scale=5, border=3)
