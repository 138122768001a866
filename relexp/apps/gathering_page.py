"""The gathering page as it is laid out: its steps one below the other, and nothing of what they do."""

from __future__ import annotations

import ipywidgets

from relexp.apps.asking import Asking
from relexp.apps.care_panel import CarePanel
from relexp.apps.coming import Coming
from relexp.apps.earlier import EarlierPanel
from relexp.apps.evening_panel import EveningPanel
from relexp.apps.format_panel import FormatPanel
from relexp.apps.html import join, tag
from relexp.apps.keeping import Keeping
from relexp.apps.opening import OpeningPanel
from relexp.apps.paper_panel import PaperPanel
from relexp.apps.paste import PastePanel
from relexp.apps.plan_panel import PlanPanel
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Fragment, SheetChooser, Voice, button, make_main, row, show
from relexp.messages import say


class GatheringPage(ipywidgets.VBox):
    """Who is coming, the mix, the times, whom to turn to, the rounds, the evening, its papers, its doors.

    `leads`: for the lead facilitator.
    """

    def __init__(self, keeping: Keeping, coming: Coming, voice: Voice, leads: bool, visitor: Visitor) -> None:
        self.leads = leads
        self.keeping, self.coming, self.voice = keeping, coming, voice
        self.care = CarePanel()
        self.opening = OpeningPanel(visitor, voice.say, self.care)
        self._room_steps()
        self.evening = EveningPanel()
        self._plan_steps()
        self.times = FormatPanel(self.rounds)
        self.paper = PaperPanel(self.evening, self.times, self.care)
        # What there is to do for a room; all of it is hidden without one.
        self._room_of = (self._mix_step, self.times, self.care, self.planner)
        for step in self._room_of:
            show(step, False)
        super().__init__((self._who, *self._room_of, self.evening, self.paper, self.opening, voice))
        self.add_class("app")

    def _room_steps(self) -> None:
        opening, self.mix = Fragment(), Fragment()
        opening.show(
            join(
                (
                    tag("h1", str(say("app.title"))),
                    tag("p", str(say("app.purpose")), class_="lead"),
                    tag("h2", str(say("app.who"))),
                )
            )
        )
        self.sheet = SheetChooser(label=str(say("app.choose")), hint=str(say("app.choose_hint")))
        self.demo = button(str(say("app.demo")))
        self.paste = PastePanel(self.voice.say)
        self.earlier = EarlierPanel(self.voice.say)
        ways = row((self.sheet, self.paste.opener, self.demo, self.keeping.afresh))
        self._who = _step((opening, ways, self.paste, self.keeping, self.coming))
        self._mix_step = _step((_heading("app.mix"), self.mix))

    def _plan_steps(self) -> None:
        self.asking = Asking(self.voice.say, self.leads, self.earlier)
        self.planner = PlanPanel(self.voice.say, (self.asking, self.evening.hand.kept))
        self.rounds, self.plan = self.planner.rounds, self.planner.plan

    def _stand_out(self, widget: ipywidgets.Widget | None) -> None:
        """One main action on the screen."""
        self.sheet.main = widget is self.sheet
        make_main(self.plan, widget is self.plan)


def _step(children: tuple[ipywidgets.Widget, ...]) -> ipywidgets.VBox:
    box = ipywidgets.VBox(children)
    box.add_class("step")
    return box


def _heading(code: str, element: str = "h2", **attributes: str) -> Fragment:
    made = Fragment()
    made.show(tag(element, str(say(code)), **attributes))
    return made
