"""Who both wished to meet again: what they will do, by when, and whether they met; for whoever leads alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import in_words, join, tag, typed
from relexp.apps.widgets import Copy, Fragment, Pick, row, show
from relexp.messages import say
from relexp.reflection.again import FollowUp, to_ask
from relexp.store.meeting_again import Again, MeetingAgain

_STATES = ("open", "did", "dropped")
_HEADS = ("who", "what", "owner", "due", "state")
LONGEST = 200


class FollowPanel(ipywidgets.VBox):
    """All of them in a table, the day that comes first on top, and a form for one; what is changed is kept at once."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        today: Callable[[], date],
        changed: Callable[[], None],
    ) -> None:
        self._speak, self._today, self._changed = speak, today, changed
        self._kept: MeetingAgain | None = None
        self._those: dict[str, Again] = {}
        self._held: Mapping[str, date] = {}
        self._showing = False
        self.heading, self.table, self.form_heading = Fragment(), Fragment(), Fragment()
        self.which = ipywidgets.Dropdown(description=str(say("woven.follow_pick")))
        self.which.add_class("wide")
        self.what = ipywidgets.Text(description=str(say("woven.follow_what")), continuous_update=False)
        self.due = ipywidgets.DatePicker(description=str(say("woven.follow_due")))
        self.owner = ipywidgets.Dropdown(description=str(say("woven.follow_owner")))
        self.owner.add_class("wide")
        states = [str(say(f"woven.follow_{each}")) for each in _STATES]
        self.state = Pick(label=str(say("woven.follow_state")), options=states)
        words = {"press": "reminder_copy", "done": "reminder_copied", "failed": "reminder_not_copied"}
        self.copy = Copy(
            label=str(say("woven.reminder")), **{key: str(say(f"woven.{code}")) for key, code in words.items()}
        )
        self.form_heading.show(tag("h3", str(say("woven.follow_change"))))
        self._form = ipywidgets.VBox(
            (self.form_heading, self.which, row((self.what, self.due)), self.owner, self.state, self.copy)
        )
        super().__init__((self.heading, self.table, self._form))
        self.which.observe(lambda _: guard(self._fill), "value")
        for widget in (self.what, self.due, self.owner, self.state):
            widget.observe(lambda _: guard(self._keep), "value")

    def offer(self, kept: MeetingAgain, those: Sequence[Again], held: Mapping[str, date]) -> None:
        """Show these; `held` is the day of each gathering."""
        self._kept, self._those, self._held = kept, {each.id: each for each in those}, held
        lead = say("woven.follow_lead" if those else "woven.follow_none")
        self.heading.show(join((tag("h2", str(say("woven.again"))), tag("p", str(lead), class_="hint"))))
        before = self.which.value
        self._showing = True
        self.which.options = [(_pair(each), each.id) for each in those]
        self._showing = False
        self.which.value = before if before in self._those else next(iter(self._those), None)
        show(self._form, bool(those))
        self.table.show(self._table() if those else None)
        self._fill()

    def _fill(self) -> None:
        again = self._those.get(self.which.value or "")
        if again is None or self._showing:
            return
        found = again.follow_up
        self._showing = True
        self.what.value, self.due.value = found.what, found.due
        self.owner.options = [(again.one.name, found.one), (again.other.name, found.other)]
        self.owner.value = found.owner
        self.state.value = 1 if found.done else 2 if found.dropped else 0
        self._showing = False
        self.copy.text = _reminder(again)

    def _keep(self) -> None:
        again = self._those.get(self.which.value or "")
        if again is None or self._kept is None or self._showing:
            return
        said = replace(
            again.follow_up,
            what=self.what.value.strip()[:LONGEST],
            due=self.due.value or again.follow_up.due,
            owner=self.owner.value or again.follow_up.owner,
        )
        now = _as_said(said, self.state.value, self._today())
        if now != again.follow_up:
            self._kept.change(again.id, now)
            self._speak(str(say("woven.follow_kept")))
            self._changed()

    def _asked(self, again: Again) -> timedelta | None:
        """Whether it is time to ask the two, a week after the gathering or a month after it."""
        return to_ask(self._held.get(again.gathering, self._today()), self._today(), 0)

    def _table(self) -> Markup:
        heads = [str(say(f"woven.follow_{head}")) for head in _HEADS]
        head = tag("tr", *(tag("th", each, scope="col") for each in heads))
        rows = (self._row(each, heads) for each in self._those.values())
        return tag("table", tag("thead", head), tag("tbody", *rows), class_="beside")

    def _row(self, again: Again, heads: Sequence[str]) -> Markup:
        found = again.follow_up
        who = join(
            (tag("div", typed(each.name), " ", tag("span", typed(each.reach), class_="small")))
            for each in (again.one, again.other)
        )
        late = found.open and (found.late(self._today()) or self._asked(again) is not None)
        state = "did" if found.done else "dropped" if found.dropped else "late" if late else "open"
        told = str(say(f"woven.follow_{state}"))
        owner = again.one.name if found.owner == found.one else again.other.name
        cells = (
            typed(found.what),
            typed(owner) if found.what else "",
            in_words(found.due),
            tag("strong", told) if late else told,
        )
        return tag(
            "tr",
            tag("th", who, scope="row"),
            *(tag("td", cell, data_label=head) for cell, head in zip(cells, heads[1:], strict=True)),
        )


def _as_said(follow_up: FollowUp, state: int, today: date) -> FollowUp:
    """What two said they would do, as whoever leads has marked it."""
    if state == 1:
        return follow_up if follow_up.done else follow_up.kept(today)
    return follow_up.given_up() if state == 2 else replace(follow_up, done=None, dropped=False)


def _pair(again: Again) -> str:
    return str(say("woven.follow_pair", one=again.one.name, other=again.other.name))


def _reminder(again: Again) -> str:
    """A few words to send to both."""
    names = {"one": again.one.name, "other": again.other.name}
    reach = {"one_reach": again.one.reach, "other_reach": again.other.reach}
    found = again.follow_up
    what = f"{found.what}, {in_words(found.due)}. " if found.what else ""
    return str(say("woven.reminder_says", what=what, **names, **reach))
