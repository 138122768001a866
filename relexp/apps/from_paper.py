"""What came on paper: lines and answers, typed in one after the other by whoever helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.paper_answers import PaperAnswers
from relexp.apps.paper_line import PaperLine
from relexp.apps.paper_panel import Papers
from relexp.apps.paper_reflection import PaperReflection
from relexp.apps.paper_wish import PaperWish
from relexp.apps.widgets import Fragment, Pick, show
from relexp.exchange.question_sheets import question_sheets
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.store import Store
from relexp.weave.held import Held

KINDS = ("line", "answers", "own", "wish")


class FromPaper(ipywidgets.VBox):
    """A form for each thing that comes on paper; what is typed stays until it is kept, whatever is looked at."""

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self.heading = Fragment()
        kinds = [str(say(f"reading.paper_{kind}")) for kind in KINDS]
        self.what = Pick(label=str(say("reading.paper_what")), options=kinds)
        self.line, self.answers = PaperLine(guard, speak, now), PaperAnswers(guard, speak, now)
        self.reflection, self.wish = PaperReflection(guard, speak, now), PaperWish(guard, speak, now)
        self._forms = (self.line, self.answers, self.reflection, self.wish)
        self._one = False
        words = {word: str(say(f"paper.{word}")) for word in ("list", "print", "save", "making")}
        words |= {"print_all": str(say("reading.paper_print")), "save_all": str(say("reading.paper_save"))}
        words["second"] = "yes"
        things = [{"page": "questions", "title": str(say("form.title")), "place": ""}]
        self.sheets = Papers(lambda page: (f"{page}.html", question_sheets()), things=things, words=words)
        super().__init__((self.heading, self.what, *self._forms, self.sheets))
        self.what.observe(lambda _: self._show(), "value")

    def offer(self, store: Store, me: Identity, gatherings: Sequence[Held]) -> None:
        """Take in what is of this gathering, where it is one alone."""
        self._one = len(gatherings) == 1
        lead = tag("p", str(say("reading.paper_lead")), class_="hint")
        if self._one:
            for form in self._forms:
                form.offer(store, gatherings[0])
        else:
            lead = tag("p", sentence(say("reading.paper_one")), class_="note")
        self.heading.show(join((tag("h2", str(say("reading.paper"))), lead)))
        self._show()

    def _show(self) -> None:
        show(self.what, self._one)
        show(self.sheets, self.what.value > 0)
        for place, form in enumerate(self._forms):
            show(form, self._one and place == self.what.value)
