"""Those who learn, for their trainer: how far, where they get stuck, who asks for a record; never what is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.confirm_panel import ConfirmPanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.telling import Telling
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.widgets import Fragment, Pick, Voice, show
from relexp.exchange.units import own_units
from relexp.learning.cohort import Cohort, Count, UnitCount
from relexp.learning.cohort import cohort as counted
from relexp.learning.unit import Unit
from relexp.messages import Message, say
from relexp.privacy.suppression import FEWEST
from relexp.privacy.visibility import Visibility


def cohort() -> CohortPage:
    """The app, as a widget to put on a page."""
    return CohortPage(own_units(), visitor())


class CohortPage(Telling, ipywidgets.VBox):
    """The page; `pick` says which unit is looked at."""

    def __init__(
        self,
        units: Sequence[Unit],
        visitor: Visitor,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._units, self._store, self._now = units, visitor.store, now
        # Whoever looks knows what they did themselves: it would take them one out of every count.
        self._me = visitor.identity.id if visitor.identity else ""
        self.voice, self.notice, self.heading, self.shown = Voice(), Fragment(), Fragment(), Fragment()
        self.notice.show(None)
        self.pick = Pick(label=str(say("cohort.unit")), options=[unit.title for unit in units])
        self.confirm = ConfirmPanel(units, visitor, self._guard, self.voice.say, now)
        found = self.found = ipywidgets.VBox((self.pick, self.shown))
        opening = ipywidgets.VBox((self.heading, self.notice))
        for box in (opening, found, self.confirm):
            box.add_class("step")
        super().__init__((opening, found, self.confirm, self.voice))
        self.add_class("app")
        self.add_class("cohort")
        self._counted: Cohort | None = None
        faults = [fault.message for fault in visitor.faults] or [say("leader.no_store")]
        self._why_not = faults[0] if self._store is None else None
        self.pick.observe(lambda _: self._guard(self._look), "value")
        self._guard(self._begin)

    def _begin(self) -> None:
        logs = self._store.learning.learners() if self._store else {}
        others = {id: log for id, log in logs.items() if id != self._me}
        self._counted = counted(self._units, others, self._now())
        self.heading.show(_heading(self._counted, self._why_not))
        show(self.found, bool(self._counted.units))
        self._look()

    def _look(self) -> None:
        if self._counted is None or not self._counted.units:
            self.shown.show(None)
            return
        unit = self._counted.units[self.pick.value]
        passed = self._passed_on(unit.unit)
        self.shown.show(join((_summary(unit), _blocks(unit), _items(unit), _passed(passed))))

    def _passed_on(self, unit: Unit) -> tuple[str, ...]:
        """The lines of which it was said beforehand that whoever leads may read them; those of few are not shown."""
        assert self._store is not None
        places = [id for id, prompt in unit.prompts.items() if prompt.visibility is not Visibility.ME]
        found = [self._store.learning.passed_on(unit.id, id, but=self._me) for id in places]
        return tuple(line for lines in found if len(lines) >= FEWEST for line in lines)


def in_words(count: Count) -> str:
    """A count as it is read: “12 of 30”, or that it is few, or nearly all."""
    if count.many is not None:
        return str(say("cohort.of", many=count.many, of=count.of))
    return str(say("cohort.nearly", of=count.of)) if count.nearly else str(say("cohort.few", fewest=FEWEST))


def _heading(found: Cohort, why_not: Message | None) -> Markup:
    pieces = [tag("h1", str(say("cohort.title"))), tag("p", str(say("cohort.lead")), class_="lead")]
    if why_not is not None:
        pieces.append(tag("p", sentence(why_not), class_="note"))
    elif not found.units:
        pieces.append(tag("p", sentence(say("cohort.too_few", fewest=FEWEST)), class_="note"))
    else:
        pieces.append(tag("p", sentence(say("cohort.people", many=found.people.of, lately=in_words(found.lately)))))
    return join(pieces)


def _summary(unit: UnitCount) -> Markup:
    told = [sentence(say("cohort.begun", begun=in_words(unit.begun), through=in_words(unit.through)))]
    if unit.took is not None:
        told.append(sentence(say("cohort.took", took=f"{unit.took:.0f}", planned=unit.unit.minutes)))
    return tag("p", join(told, " "))


def _blocks(unit: UnitCount) -> Markup:
    rows = [(each.block.title, each.reached, each.done, each.stuck) for each in unit.blocks]
    return _table(str(say("cohort.parts")), ("part", "reached", "done", "stuck"), rows, striped=2)


def _items(unit: UnitCount) -> Markup:
    """The questions that most people answered wrongly at first come first."""
    ranked = sorted(unit.items, key=lambda each: -_share(each.wrong))
    rows = [(each.ask, each.tried, each.wrong, each.shown) for each in ranked]
    heads = ("question", "tried", "wrong", "shown")
    return _table(str(say("cohort.questions")), heads, rows, striped=1) if rows else join(())


def _passed(lines: Sequence[str]) -> Markup:
    if not lines:
        return join(())
    listed = tag("ul", *(tag("li", line, dir="auto") for line in lines), class_="said")
    return join((tag("h3", str(say("cohort.passed_on"))), listed))


def _share(count: Count) -> float:
    # Of what is not told, that it is few or nearly all orders it well enough.
    if count.many is None:
        return 0.9 if count.nearly else 0.1
    return count.many / count.of if count.of else 0.0


def _table(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, Count, Count, Count]], striped: int) -> Markup:
    """A row a part or a question; `striped` is the place of the count that asks for a look."""
    words = [str(say(f"cohort.{head}")) for head in heads]
    head = tag("tr", *(tag("th", each, scope="col", role="columnheader") for each in words), role="row")
    body = (
        tag(
            "tr",
            tag("th", name, scope="row", role="rowheader"),
            *(_cell(each, words[place + 1], striped == place) for place, each in enumerate(counts)),
            role="row",
        )
        for name, *counts in rows
    )
    # On a phone each row is a card. That it is a table has to be said there, where it is not laid out as one.
    parts = (tag("thead", head, role="rowgroup"), tag("tbody", *body, role="rowgroup"))
    return tag("table", tag("caption", caption), *parts, class_="counts", role="table")


def _cell(count: Count, head: str, striped: bool) -> Markup:
    """A count with a bar below it: the bar is for the eye, the words are all there is to know."""
    kind, long = "bar striped" if striped else "bar", f"inline-size: {_share(count):.0%}"
    bar = tag("span", class_=kind, style=long, aria_hidden="true") if count.of else None
    return tag("td", tag("span", in_words(count)), bar, data_head=head, role="cell")
