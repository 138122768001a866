"""The page that runs the evening as it is laid out: where it stands above all, then one thing at a time."""

from __future__ import annotations

import ipywidgets

from relexp.apps.clock_panel import ClockPanel
from relexp.apps.door_panel import DoorPanel
from relexp.apps.help_panel import HelpPanel
from relexp.apps.html import join, tag, typed
from relexp.apps.replan_panel import ReplanPanel
from relexp.apps.seats_panel import SeatsPanel
from relexp.apps.widgets import Fragment, Pick, Voice, button, row, show
from relexp.gathering.tonight import Tonight
from relexp.messages import Message, say

DOOR, SEATS, HELP = range(3)
_VIEWS = ("door", "seats", "help")


class RunPage(ipywidgets.VBox):
    """Without a gathering, how to come by one; else its clock, whoever came or left, and one of three views."""

    def __init__(
        self, voice: Voice, clock: ClockPanel, replan: ReplanPanel, door: DoorPanel, help: HelpPanel, keeps: bool
    ) -> None:
        self.voice, self.clock, self.replan, self.door, self.help = voice, clock, replan, door, help
        self.seats = SeatsPanel()
        self.heading, self.notice = Fragment(), Fragment()
        self.rehearse = button(str(say("run.rehearse")))
        self.end_rehearsal = button(str(say("run.rehearsal_end")))
        self.view = Pick(label=str(say("run.show")), options=_options(_VIEWS))
        self.view.observe(lambda _: self._show_view(), "value")
        self._empty = self._nothing(keeps)
        self._strip = self._rehearsing()
        self._views = (self.door, self.seats, self.help)
        looks = ipywidgets.VBox((self.view,))
        looks.add_class("step")
        looks.add_class("views")
        self._body = ipywidgets.VBox((self.clock, self.replan, looks, *self._views))
        self._body.add_class("app")
        opening = ipywidgets.VBox((self._strip, self.heading, self.notice, self._empty))
        opening.add_class("step")
        super().__init__((opening, self._body, voice))
        self.add_class("app")
        self.add_class("run")
        self.tell(None)
        self._show_view()

    def tell(self, message: Message | None) -> None:
        """Say something at the top of the page, until something else happens."""
        self.notice.show(tag("p", str(message), class_="note") if message else None)

    def lay_out(self, tonight: Tonight | None, rehearsing: bool) -> None:
        """Show what there is to show."""
        show(self._empty, tonight is None)
        show(self._body, tonight is not None)
        show(self._strip, rehearsing)
        # On paper a rehearsal could be taken for an evening.
        self.view.options = _options(_VIEWS[:HELP] if rehearsing else _VIEWS)
        if tonight is None:
            self.heading.show(tag("h1", str(say("run.title"))))
            return
        name = str(say("run.rehearsal_name")) if rehearsing else tonight.name
        purpose = tonight.asked.purpose
        lead = tag("p", typed(purpose), class_="lead") if purpose else None
        self.heading.show(join(piece for piece in (tag("h1", typed(name)), lead) if piece))

    def _show_view(self) -> None:
        for place, view in enumerate(self._views):
            show(view, place == self.view.value)

    def _nothing(self, keeps: bool) -> ipywidgets.VBox:
        says, hint = Fragment(), Fragment()
        plan = tag("p", tag("a", str(say("run.plan_one")), href="gathering", class_="button"))
        said = tag("p", str(say("run.none" if keeps else "run.no_store")), class_="lead")
        says.show(join((said, plan)) if keeps else said)
        hint.show(tag("p", str(say("run.rehearse_hint")), class_="hint"))
        return ipywidgets.VBox((says, row((self.rehearse,)), hint))

    def _rehearsing(self) -> ipywidgets.Box:
        says = Fragment()
        says.show(tag("p", tag("strong", str(say("run.rehearsal"))), " ", tag("span", str(say("run.rehearsal_says")))))
        strip = row((says, self.end_rehearsal))
        strip.add_class("rehearsal")
        return strip


def _options(views: tuple[str, ...]) -> list[str]:
    return [str(say(f"run.show_{view}")) for view in views]
