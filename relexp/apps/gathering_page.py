"""The gathering page as it is laid out: its steps one below the other, and nothing of what they do."""

from __future__ import annotations

import ipywidgets

from relexp.apps.asking import Asking
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
from relexp.apps.widgets import Fragment, SheetChooser, Voice, button, make_main, row, show
from relexp.messages import say


class GatheringPage(ipywidgets.VBox):
    """Who is coming, the mix, the times, the rounds, the evening, its papers; `leads`: for the lead facilitator."""

    def __init__(self, keeping: Keeping, coming: Coming, voice: Voice, leads: bool, opening: OpeningPanel) -> None:
        self.leads = leads
        self.keeping, self.coming, self.voice, self.opening = keeping, coming, voice, opening
        self._room_steps()
        self.evening = EveningPanel()
        self._plan_steps()
        self.times = FormatPanel(self.rounds)
        self.paper = PaperPanel(self.evening, self.times)
        show(self.times, False)
        steps = (self._who, self._mix_step, self.times, self.planner, self.evening, self.paper, opening, voice)
        super().__init__(steps)
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
        show(self._mix_step, False)

    def _plan_steps(self) -> None:
        self.asking = Asking(self.voice.say, self.leads, self.earlier)
        self.planner = PlanPanel(self.voice.say, (self.asking, self.evening.hand.kept))
        self.rounds, self.plan = self.planner.rounds, self.planner.plan
        show(self.planner, False)

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
