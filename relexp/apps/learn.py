"""A learner's first page: where they were, what is due, how far they are, and all that is theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

import ipywidgets
from markupsafe import Markup

from relexp.apps.desk import Desk
from relexp.apps.html import folded, join, sentence, tag
from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.record_panel import RecordPanel
from relexp.apps.telling import Telling
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.widgets import Download, Fragment, Voice, row, show
from relexp.exchange.learner_print import long_day
from relexp.exchange.own_words import own_page, own_text
from relexp.exchange.unit_notebooks import anchor
from relexp.exchange.units import MODULE, own_units
from relexp.exchange.xapi import Module
from relexp.learning.own_words import Words, own_words
from relexp.learning.progress import Standing, Verb, onward
from relexp.learning.recall import Due, due, next_due
from relexp.learning.unit import Unit
from relexp.messages import Message, say
from relexp.privacy.roles import Role


def learn() -> Learn:
    """The app, as a widget to put on a page."""
    return Learn(own_units(), visitor())


class Learn(Telling, ipywidgets.VBox):
    """The page, for whoever looks at it."""

    def __init__(
        self,
        units: Sequence[Unit],
        visitor: Visitor,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.units, self.desk = units, Desk(visitor, now)
        self.voice, self.notice, self.heading = Voice(), Fragment(), Fragment()
        self.way, self.written = Fragment(), Fragment()
        self.heading.show(_heading(self.desk.why_not, onward(units, self.desk.events)))
        self.way.show(_way(units, [self.desk.stands(unit) for unit in units]))
        self.notice.show(None)
        text, page = str(say("study.take_words")), str(say("study.print_words"))
        self.take = Download(self._own_text, label=text, filename="my-words.txt", kind="text/plain")
        self.paper = Download(self._own_page, label=page, filename="my-words.html", kind="text/html")
        own = ipywidgets.VBox((self.written, row((self.take, self.paper))))
        self._show_words()
        module = Module(MODULE, str(say("study.title")), tuple(units))
        self.record = RecordPanel(module, visitor, self.desk, self._guard, self.voice.say)
        boxes = [ipywidgets.VBox((self.heading, self.notice)), *self._recall(), self.way, self.record, own]
        if visitor.identity is not None and visitor.identity.role is Role.LEARNER:
            link = Fragment()
            link.show(tag("p", tag("a", str(say("study.link")), href="learn/link", class_="go-on quiet")))
            boxes.append(link)
        for box in boxes:
            box.add_class("step")
        super().__init__((*boxes, self.voice))
        self.add_class("app")
        self.add_class("learn")

    def _recall(self) -> list[ipywidgets.Widget]:
        """The questions that come again today, or the day of the next; nothing before the first answer."""
        events, now = self.desk.events, self.desk.now()
        found, coming = due(self.units, events, now), next_due(self.units, events)
        if coming is None:
            return []
        # What is left of today's comes tomorrow at the soonest.
        day = max(coming.astimezone(now.tzinfo).date(), now.date() + timedelta(days=1))
        told = say("study.due") if found else say("study.due_next", day=long_day(day))
        head = Fragment()
        head.show(join((tag("h2", str(say("study.due_head"))), tag("p", sentence(told)))))
        return [ipywidgets.VBox((head, *(self._again(each) for each in found)))]

    def _again(self, each: Due) -> QuizPanel:
        unit, item = each.unit, each.item
        block = next(block.id for block in unit.blocks if item.id in block.items)
        panel = QuizPanel(item, unit.keys[item.id], self.voice.say)
        told = False

        def recalled(right: bool | None) -> None:
            nonlocal told
            # How well it was known shows in the first answer; those after it are help.
            if not told:
                told = True
                self.desk.note(Verb.RECALLED, unit, block, item.id, right=right)

        panel.answered = lambda _, right: self._guard(lambda: recalled(right))
        panel.shown = lambda: self._guard(lambda: recalled(False))
        return panel

    def _words(self) -> tuple[Words, ...]:
        return own_words(self.units, self.desk.texts)

    def _show_words(self) -> None:
        words = self._words()
        head = tag("h2", str(say("study.words_head")))
        show(self.take, bool(words))
        show(self.paper, bool(words))
        if not words:
            self.written.show(join((head, tag("p", sentence(say("study.no_words"))))))
            return
        units = dict.fromkeys(each.unit for each in words)
        folds = (folded(unit, *(_piece(each) for each in words if each.unit == unit)) for unit in units)
        self.written.show(join((head, tag("p", sentence(say("unit.yours"))), *folds)))

    def _own_text(self) -> bytes:
        return own_text(self._words())

    def _own_page(self) -> bytes:
        return own_page(self._words(), self.desk.now().date())


def _heading(why_not: Message | None, onward: tuple[Unit, str] | None) -> Markup:
    pieces = [tag("h1", str(say("study.title"))), tag("p", str(say("study.lead")), class_="lead")]
    if why_not is not None:
        pieces.append(tag("p", sentence(why_not), class_="note"))
    if onward is None:
        pieces.append(tag("p", sentence(say("study.through")), class_="note"))
    else:
        unit, id = onward
        block = unit.block(id)
        assert block is not None
        begun = id != unit.blocks[0].id
        told = say("study.go_on" if begun else "study.begin", unit=unit.title, block=block.title)
        address = f"units/{unit.id}" + (f"#{quote(anchor(block.title))}" if begun else "")
        pieces.append(tag("p", tag("a", str(told), href=address, class_="go-on")))
    return join(pieces)


def _way(units: Sequence[Unit], stands: Sequence[Standing]) -> Markup:
    lines = (_line(unit, stand) for unit, stand in zip(units, stands, strict=True))
    planned = f"{sum(unit.minutes for unit in units) / 60:g}"
    there = tag("p", sentence(say("study.way_says", units=len(units), hours=planned)))
    return join((tag("h2", str(say("study.way_head"))), there, tag("ol", *lines, class_="units", role="list")))


def _line(unit: Unit, stands: Standing) -> Markup:
    done = sum(block.minutes for block in unit.blocks if block.id in stands.done)
    far = say("unit.far", done=len(stands.done), many=len(unit.blocks), minutes=done, of=unit.minutes)
    return tag(
        "li",
        tag("span", str(unit.number), class_="unit-number", aria_hidden="true"),
        tag("a", unit.title, href=f"units/{unit.id}"),
        tag("progress", max=str(unit.minutes), value=str(done), aria_label=f"{unit.title}: {far}"),
        tag("span", sentence(far), class_="small"),
    )


def _piece(words: Words) -> Markup:
    return join((tag("h3", words.asked, dir="auto"), tag("p", words.said, dir="auto", class_="own-words")))
