"""The next step: what, by when, and with whom it is agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import ipywidgets

from relexp.apps.widgets import row
from relexp.leadership.columns import LONGEST
from relexp.leadership.evidence import Evidence, Kind
from relexp.leadership.leader import Step
from relexp.messages import Message, say
from relexp.privacy.roles import Identity

# What is agreed on is done before it is forgotten.
_USUAL = timedelta(days=14)


class StepFields(ipywidgets.VBox):
    """The three cells of the open step; `read` gives them as they are kept."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.what = ipywidgets.Text(description=str(say("lead.column_step")), continuous_update=False)
        self.due = ipywidgets.DatePicker(description=str(say("lead.column_due")))
        self.agreed_by = ipywidgets.Text(description=str(say("lead.column_agreed_by")), continuous_update=False)
        first, second = row((self.what,)), row((self.due, self.agreed_by))
        for each in (first, second):
            each.add_class("controls")
        super().__init__((first, second))
        self.add_class("step-fields")

    def fill(self, step: Step | None, me: Identity | None) -> None:
        """Show the step that is open, or begin one."""
        self.what.value = step.what if step else ""
        self.due.value = step.due if step else self._today() + _USUAL
        self.agreed_by.value = (step.agreed_by if step else "") or (me.name if me else "")

    def read(self) -> tuple[dict[str, str], list[Message]]:
        """The cells, and what is wrong with them."""
        what, due = self.what.value.strip(), self.due.value
        wrong = [] if what else [say("leader.step_empty")]
        wrong += [say("lead.long", most=LONGEST)] if len(what) > LONGEST else []
        wrong += [] if due else [say("leader.step_when")]
        by = self.agreed_by.value.strip()[:LONGEST]
        return {"step": what, "due": due.isoformat() if due else "", "agreed_by": by}, wrong

    def done_line(self, leader: str, step: Step, me: Identity, today: date) -> Evidence:
        """The line that says that a step was done."""
        return Evidence("", leader, Kind.STEP, today, str(say("leader.step_was", step=step.what)), me.name)
