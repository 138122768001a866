"""What helps whoever leads: the rest of the evening on paper, the projector, and somebody else who can lead as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, tag
from relexp.apps.paper_panel import Papers
from relexp.apps.widgets import Fragment, Pick, show
from relexp.exchange.print_pack import AGAIN, WHOLE, Pack
from relexp.gathering.live import roster_of, rules_of
from relexp.gathering.tonight import Tonight
from relexp.messages import say
from relexp.pairing.evening import Evening
from relexp.pairing.seating import quiet_tables
from relexp.roster.person import Roster

_WORDS = ("save_all", "list", "print", "save", "making")


class HelpPanel(ipywidgets.VBox):
    """`leads`: for the lead facilitator, who lets others in."""

    def __init__(self, leads: bool) -> None:
        self._leads = leads
        self._tonight: Tonight | None = None
        self._after = 0
        self._now: Callable[[], datetime]
        heading, says, self.ways = Fragment(), Fragment(), Fragment()
        heading.show(tag("h3", str(say("run.help_heading")), id="help", tabindex="-1"))
        says.show(tag("p", str(say("run.print_says"))))
        sizes = [str(say("paper.size_normal")), str(say("paper.size_large"))]
        self.size = Pick(label=str(say("paper.size")), options=sizes)
        words = {word: str(say(f"paper.{word}")) for word in _WORDS} | {"print_all": str(say("run.print_rest"))}
        self.papers = Papers(self._page, things=_things(), words=words)
        self._print = ipywidgets.VBox((says, self.size, self.papers))
        super().__init__((heading, self._print, self.ways))
        self.add_class("step")

    def show(self, tonight: Tonight, now: datetime, rehearsing: bool) -> None:
        """Offer what helps from now on."""
        self._tonight, self._after = tonight, tonight.running(now).round
        show(self._print, self._after < tonight.of and not rehearsing)
        self.ways.show(None if rehearsing else self._ways())

    def _ways(self) -> Markup:
        found = ("projector", *(("links",) if self._leads else ()))
        ways = (
            tag(
                "li",
                tag("a", tag("strong", str(say(f"open.{at}"))), " ", tag("span", str(say(f"open.to_{at}"))), href=at),
            )
            for at in found
        )
        hand_over = tag("p", str(say("run.hand_over"))) if self._leads else None
        list_ = tag("ul", *ways, class_="doors", role="list")
        return join(piece for piece in (hand_over, list_) if piece)

    def _page(self, name: str) -> tuple[str, bytes]:
        """One of the papers for those who are here, of the rounds to come alone."""
        tonight, large = self._tonight, self.size.value == 1
        if tonight is None:
            raise ValueError("there is no gathering")
        whole, roster = roster_of(tonight), roster_of(tonight, here=True)
        seated = {id for round in tonight.rounds if round.number > self._after for id in round.resting}
        for round in tonight.rounds[self._after :]:
            seated.update(id for talk in round.conversations for id in (*talk.people, *talk.interpreters))
        names = {id: name for id, name in tonight.names.items() if id in roster or id in seated}
        people = Roster(tuple(each for each in whole if each.id in names), whole.columns, whole.private)
        pack = Pack(
            Evening(tonight.rounds, names, tonight.asked.seed),
            people,
            quiet_tables(whole, rules_of(tonight, whole)),
            after=self._after,
            asked=tonight.questions,
            lead=tonight.asked.lead,
        )
        return f"{name}{'-large' if large else ''}.html", pack.page(name, large)


def _things() -> list[dict[str, str]]:
    names = {page: page.replace("-", "_") for page in (WHOLE, *AGAIN)}
    return [
        {
            "page": page,
            "title": str(say(f"paper.name_{name}")),
            "place": "" if page == WHOLE else str(say(f"paper.place_{name}")),
        }
        for page, name in names.items()
    ]
