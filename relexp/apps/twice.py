"""People who may stand on the sheet twice: the organiser says of each two whether they are one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.roster.duplicates import Duplicate


class TwicePanel(ipywidgets.VBox):
    """What is left to decide, one pair below the other; `decide` gets each pair, and whether they are the same."""

    def __init__(self, decide: Callable[[Duplicate, bool], None]) -> None:
        super().__init__()
        self._decide = decide
        self.offer(())

    @property
    def undecided(self) -> bool:
        """Whether anything is left to decide."""
        return bool(self.children)

    def offer(self, duplicates: Iterable[Duplicate]) -> None:
        """Ask about these, in place of those before."""
        heading = Fragment()
        heading.show(tag("h3", str(say("app.duplicates")), id="twice", tabindex="-1"))
        offers = [self._offer(duplicate) for duplicate in duplicates]
        self.children = (heading, *offers) if offers else ()
        show(self, bool(offers))

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
