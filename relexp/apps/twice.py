"""People who may stand on the sheet twice: the organiser says of each two whether they are one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import ipywidgets
from markupsafe import Markup

from relexp.apps.drafts import Decision
from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.roster.duplicates import Duplicate
from relexp.roster.person import Person, Roster


class TwicePanel(ipywidgets.VBox):
    """What is left to decide, one pair below the other, and who was made one.

    `decide` gets each pair, and whether they are the same; `part` gets the answer that is taken back.
    """

    part: Callable[[Decision], None]

    def __init__(self, decide: Callable[[Duplicate, bool], None]) -> None:
        super().__init__()
        self._decide = decide
        self._offers: tuple[ipywidgets.Widget, ...] = ()
        self._answered: tuple[ipywidgets.Widget, ...] = ()
        self.offer((), Roster(()))

    @property
    def undecided(self) -> bool:
        """Whether anything is left to decide."""
        return bool(self._offers)

    def offer(self, duplicates: Iterable[Duplicate], roster: Roster) -> None:
        """Ask about these people of the roster, in place of those before."""
        heading = Fragment()
        heading.show(tag("h3", str(say("app.duplicates")), id="twice", tabindex="-1"))
        offers = [self._offer(duplicate, roster) for duplicate in duplicates]
        self._offers = (heading, *offers) if offers else ()
        self._lay_out()

    def tell_answered(self, answered: Iterable[tuple[Decision, Person, Person]]) -> None:
        """Say who was made one, and who was kept as two, by the names in both rows, and let it be taken back."""
        self._answered = tuple(self._told(*each) for each in answered)
        self._lay_out()

    def _lay_out(self) -> None:
        self.children = (*self._offers, *self._answered)
        show(self, bool(self.children))

    def _told(self, decision: Decision, first: Person, second: Person) -> ipywidgets.Widget:
        words = Fragment()
        code, back = ("app.made_one", "app.part") if decision.same else ("app.are_two", "app.ask_again")
        told = say(code, first=first.name, second=second.name, one=first.row, two=second.row)
        words.show(tag("p", sentence(told)))
        part = button(str(say(back)), lambda: self.part(decision))
        part.tooltip = f"{say(back)}: {first.name}"
        return row((words, part))

    def _offer(self, duplicate: Duplicate, roster: Roster) -> ipywidgets.Widget:
        words = Fragment()
        both = (roster[duplicate.first], roster[duplicate.second])
        lines = (_line(person, row, roster) for person, row in zip(both, duplicate.rows, strict=True))
        words.show(join((tag("p", sentence(duplicate.reason)), tag("ul", *lines, class_="tell-apart"))))
        merge = button(str(say("app.merge")), lambda: self._decide(duplicate, True))
        keep = button(str(say("app.two_people")), lambda: self._decide(duplicate, False))
        offer = ipywidgets.VBox((words, row((merge, keep))))
        offer.add_class("note")
        return offer


def _line(person: Person, row: int | None, roster: Roster) -> Markup:
    """What tells somebody from a namesake, of what the table shows anyway."""
    told = [typed(person.name)]
    if "organisation" in roster.columns:
        told.append(typed(person.organisation) if person.organisation else tag("i", str(say("app.no_organisation"))))
    if person.email:
        told.append(typed(person.email))
    place = tag("span", sentence(say("place.row", row=row)), class_="place")
    return tag("li", place, " ", join(told, ", "))
