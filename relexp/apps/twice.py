"""People who may stand on the sheet twice: the organiser says of each two whether they are one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import ipywidgets

from relexp.apps.drafts import Decision
from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.roster.duplicates import Duplicate


class TwicePanel(ipywidgets.VBox):
    """What is left to decide, one pair below the other, and who was made one.

    `decide` gets each pair, and whether they are the same; `part` gets those who are two people after all.
    """

    part: Callable[[Decision], None]

    def __init__(self, decide: Callable[[Duplicate, bool], None]) -> None:
        super().__init__()
        self._decide = decide
        self._offers: tuple[ipywidgets.Widget, ...] = ()
        self._merged: tuple[ipywidgets.Widget, ...] = ()
        self.offer(())

    @property
    def undecided(self) -> bool:
        """Whether anything is left to decide."""
        return bool(self._offers)

    def offer(self, duplicates: Iterable[Duplicate]) -> None:
        """Ask about these, in place of those before."""
        heading = Fragment()
        heading.show(tag("h3", str(say("app.duplicates")), id="twice", tabindex="-1"))
        offers = [self._offer(duplicate) for duplicate in duplicates]
        self._offers = (heading, *offers) if offers else ()
        self._lay_out()

    def tell_merged(self, merged: Iterable[tuple[Decision, str, str]]) -> None:
        """Say who was made one, by the names of both rows, and let them be two again."""
        self._merged = tuple(self._one(*each) for each in merged)
        self._lay_out()

    def _lay_out(self) -> None:
        self.children = (*self._offers, *self._merged)
        show(self, bool(self.children))

    def _one(self, decision: Decision, first: str, second: str) -> ipywidgets.Widget:
        words = Fragment()
        words.show(tag("p", sentence(say("app.made_one", first=first, second=second))))
        part = button(str(say("app.part")), lambda: self.part(decision))
        part.tooltip = f"{say('app.part')}: {first}"
        return row((words, part))

    def _offer(self, duplicate: Duplicate) -> ipywidgets.Widget:
        words = Fragment()
        first, second = duplicate.rows
        rows = tag("span", str(say("app.duplicate_rows", first=first, second=second)), class_="place")
        words.show(tag("p", rows, " ", sentence(duplicate.reason)))
        merge = button(str(say("app.merge")), lambda: self._decide(duplicate, True))
        keep = button(str(say("app.two_people")), lambda: self._decide(duplicate, False))
        offer = ipywidgets.VBox((words, row((merge, keep))))
        offer.add_class("note")
        return offer
