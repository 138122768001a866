"""A stage changes only with a line of evidence: what happened, when, and who saw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import Change
from relexp.leadership.evidence import LINE, Evidence, Kind
from relexp.leadership.leader import Leader
from relexp.messages import Message, say
from relexp.privacy.roles import Identity
from relexp.store import Store
from relexp.store.leader_deeds import Done

# What is noted by a press of its own.
_NOTED = tuple(kind for kind in Kind if kind is not Kind.STEP)


class EvidenceFields(ipywidgets.VBox):
    """The fields of one line of evidence; `read` gives it, or what is wrong."""

    def __init__(self, today: Callable[[], date], *, kept_from: bool = True) -> None:
        self._today = today
        self.kind = ipywidgets.Dropdown(
            description=str(say("leader.evidence_kind")),
            options=[(str(say(f"lead.kind_{kind}")), kind) for kind in _NOTED],
        )
        self.kind.add_class("wide")
        self.what = ipywidgets.Text(description=str(say("leader.evidence_what")), continuous_update=False)
        self.day = ipywidgets.DatePicker(description=str(say("leader.evidence_day")))
        self.seen_by = ipywidgets.Text(description=str(say("leader.evidence_seen_by")), continuous_update=False)
        self.shared = ipywidgets.Checkbox(description=str(say("leader.evidence_shared")), indent=False, value=True)
        first, second = row((self.kind, self.day, self.seen_by)), row((self.what,))
        for each in (first, second):
            each.add_class("controls")
        super().__init__((first, second, *((self.shared,) if kept_from else ())))
        self.add_class("evidence-fields")

    def empty(self, me: Identity | None) -> None:
        """Begin a new line; whoever writes is asked first who saw it."""
        self.kind.value, self.what.value, self.day.value = Kind.ONE_TO_ONE, "", self._today()
        self.seen_by.value, self.shared.value = (me.name if me else ""), True

    def read(self, leader: str) -> tuple[Evidence | None, list[Message]]:
        """The line as it was written, and what is wrong with it."""
        what, day = self.what.value.strip(), self.day.value
        wrong = []
        if not what:
            wrong.append(say("leader.evidence_empty"))
        if len(what) > LINE:
            wrong.append(say("leader.evidence_long", most=LINE))
        if day is None or day > self._today():
            wrong.append(say("leader.evidence_when"))
        if wrong or day is None:
            return None, wrong
        return Evidence(
            "", leader, self.kind.value, day, what, self.seen_by.value.strip()[:LINE], self.shared.value
        ), []


class StagePanel(ipywidgets.VBox):
    """Hidden until a stage is to change; `done` gets what came of it, None where it was left as it was."""

    done: Callable[[Done | None], None]

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._me: Identity | None = None
        self._leader: Leader | None = None
        self._to = ""
        self.heading, self.said = Fragment(), Fragment()
        self.fields = EvidenceFields(lambda: now().astimezone().date())
        self.keep = button(str(say("leader.stage_keep")), lambda: guard(self._keep), main=True)
        self.leave = button(str(say("leader.stage_leave")), lambda: guard(self._leave))
        super().__init__((self.heading, self.fields, self.said, row((self.keep, self.leave))))
        self.add_class("asked")
        show(self, False)

    @property
    def leader(self) -> str:
        """The id of whose stage was asked about last; nothing before."""
        return self._leader.id if self._leader else ""

    def ask(self, store: Store, board: Board, leader: Leader, to: str, me: Identity | None) -> None:
        """Ask what shows that somebody is at another stage now."""
        self._store, self._me, self._leader, self._to = store, me, leader, to
        names = {
            part: board.ladder.name(key) or str(say("leader.no_stage_yet"))
            for part, key in (("before", leader.stage), ("after", to))
        }
        head = say("leader.stage_asks", name=leader.name, **names)
        hint = tag("p", sentence(say("leader.stage_why")), class_="hint")
        self.heading.show(join((tag("h3", sentence(head), id="stage-asks", tabindex="-1"), hint)))
        self.fields.empty(me)
        self.said.show(None)
        show(self, True)
        self._speak(str(head), go="stage-asks")

    def _keep(self) -> None:
        if self._store is None or self._leader is None or self._me is None:
            return
        line, wrong = self.fields.read(self._leader.id)
        if line is None:
            self.said.show(tag("ul", *(tag("li", sentence(each)) for each in wrong), class_="faults note"))
            self._speak(" ".join(map(str, wrong)))
            return
        change = Change(self._leader.id, "stage", self._leader.stage, self._to)
        done = self._store.leaders.change([change], self._me, self._now(), evidence={self._leader.id: line})
        show(self, False)
        self.done(done)

    def _leave(self) -> None:
        show(self, False)
        self.done(None)
