"""Organisations that are written in several ways: the organiser says of each whether it is one."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.kept_spellings import OneSpelling, Said
from relexp.apps.widgets import Fragment, button, row, show
from relexp.exchange.cells import Cells
from relexp.messages import Message, say
from relexp.roster.person import Roster
from relexp.roster.spellings import Spellings, likely_spellings


class SpellingPanel(ipywidgets.VBox):
    """What is left to ask, one organisation below the other, and what was made one.

    `said` gets the answers whenever there is another one, and `correct` the sheet where the answer changes it; both
    are called before `after` gets the words for it.
    """

    said: Callable[[str], None]
    correct: Callable[[Cells], None]
    after: Callable[[str], None]

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    @property
    def undecided(self) -> bool:
        """Whether anything is left to ask."""
        return bool(self._open())

    def ask(self, roster: Roster, cells: Cells | None, said: str) -> None:
        """Ask about the organisations of this sheet, but for what was said of them before."""
        self._names: tuple[str, ...] = tuple(person.organisation for person in roster)
        self._cells, self._said = cells, Said.of_text(said)
        self._lay_out()

    def forget(self) -> None:
        """No sheet, and nothing to ask."""
        self.ask(Roster(()), None, "")

    def _open(self) -> list[Spellings]:
        return [each for each in likely_spellings(self._names) if not self._said.settles(each)]

    def _lay_out(self) -> None:
        heading = Fragment()
        title = tag("h3", str(say("spelling.heading")), id="spellings", tabindex="-1")
        heading.show(join((title, tag("p", str(say("spelling.hint")), class_="hint"))))
        cells = self._cells
        offers = [self._offer(each, cells) for each in self._open()] if cells is not None else []
        made = [self._made(each, cells) for each in self._said.holding(cells)] if cells is not None else []
        kept = [self._kept(forms) for forms in self._said.several if self._stand_here(forms)]
        self.children = (*((heading, *offers) if offers else ()), *made, *kept)
        show(self, bool(self.children))

    def _stand_here(self, forms: tuple[str, ...]) -> bool:
        return len({name.casefold() for name in self._names}.intersection(forms)) > 1

    def _offer(self, spellings: Spellings, cells: Cells) -> ipywidgets.Widget:
        words = Fragment()
        ways = tag("ul", *(tag("li", sentence(_way(text, count))) for text, count in spellings.counts))
        asked = tag("p", sentence(say("spelling.ask", usual=spellings.usual)))
        words.show(join((ways, asked)))
        one = button(str(say("spelling.one")), lambda: self._make_one(spellings, cells))
        several = button(str(say("spelling.several")), lambda: self._keep_several(spellings))
        for pressed, code in ((one, "spelling.one"), (several, "spelling.several")):
            pressed.tooltip = f"{say(code)}: {spellings.usual}"
        offer = ipywidgets.VBox((words, row((one, several))))
        offer.add_class("note")
        return offer

    def _made(self, made: OneSpelling, cells: Cells) -> ipywidgets.Widget:
        words = Fragment()
        before = dict.fromkeys(text for _, text in made.before)
        listed = join(map(_quoted, before), ", ")
        words.show(tag("p", sentence(say("spelling.made_one", name=made.spelling)), " ", listed))
        undo = button(str(say("spelling.undo")), lambda: self._make_several(made, cells))
        undo.tooltip = f"{say('spelling.undo')}: {made.spelling}"
        return row((words, undo))

    def _kept(self, forms: tuple[str, ...]) -> ipywidgets.Widget:
        written = dict.fromkeys(name for name in self._names if name.casefold() in forms)
        words = Fragment()
        listed = join(map(_quoted, written), ", ")
        words.show(tag("p", str(say("spelling.kept_several")), " ", listed))
        again = button(str(say("spelling.ask_again")), lambda: self._ask_again(forms))
        again.tooltip = f"{say('spelling.ask_again')}: {next(iter(written))}"
        return row((words, again))

    def _make_one(self, spellings: Spellings, cells: Cells) -> None:
        said, corrected = self._said.made_one(spellings, cells)
        self._answer(said, corrected)
        self.after(str(say("spelling.done_one", name=spellings.usual)))

    def _make_several(self, made: OneSpelling, cells: Cells) -> None:
        said, corrected = self._said.made_several(made, cells)
        self._answer(said, corrected)
        self.after(str(say("spelling.undone")))

    def _keep_several(self, spellings: Spellings) -> None:
        self._answer(self._said.kept_several(spellings))
        self.after(str(say("spelling.done_several")))

    def _ask_again(self, forms: tuple[str, ...]) -> None:
        several = tuple(each for each in self._said.several if each != forms)
        self._answer(Said(several, self._said.one))
        self.after(str(say("spelling.asked_again")))

    def _answer(self, said: Said, corrected: Cells | None = None) -> None:
        self._said = said
        self.said(said.to_text())
        if corrected is None:
            self._lay_out()
        else:
            # What the sheet says now is asked about from there.
            self.correct(corrected)


def _quoted(text: str) -> Markup:
    return join(("“", typed(text), "”"))


def _way(text: str, count: int) -> Message:
    return say("spelling.way_one" if count == 1 else "spelling.way", name=text, count=count)
