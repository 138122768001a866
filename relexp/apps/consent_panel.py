"""What somebody said yes to: shown to whoever leads, taken back or given aloud at the desk, and noted line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message, say
from relexp.privacy.consent import PURPOSES, WORDING, Purpose, Said, Way, standing
from relexp.privacy.retention import SEATING
from relexp.privacy.roles import Identity
from relexp.roster.person import Person
from relexp.store.consents import Consents


class ConsentPanel(ipywidgets.VBox):
    """Hidden until somebody is asked about; `guard` runs what is pressed, `changed` is called once a line is noted."""

    def __init__(
        self, speak: Callable[..., None], guard: Callable[[Callable[[], None]], None], changed: Callable[[], None]
    ) -> None:
        self._speak, self._guard, self._changed = speak, guard, changed
        self._consents: Consents | None = None
        self._who: Identity | None = None
        self._now: Callable[[], datetime]
        self._gathering, self._person = "", Person("", "")
        self._ledger: tuple[Said, ...] = ()
        self.heading, self.said, self.past = Fragment(), Fragment(), Fragment()
        self.lines = {purpose.key: Fragment() for purpose in PURPOSES}
        # What is said where it is another thing than what holds; where nothing was said yet, it may be either.
        self.presses = {purpose.key: self._press(purpose) for purpose in PURPOSES}
        self.refusals = {purpose.key: self._press(purpose, no=True) for purpose in PURPOSES}
        self.done = button(str(say("consent.close")), self._put_away)
        each = [
            row((self.lines[purpose.key], self.presses[purpose.key], self.refusals[purpose.key]))
            for purpose in PURPOSES
        ]
        for line in each:
            line.add_class("consent-line")
        super().__init__((self.heading, self.said, *each, self.past, row((self.done,))))
        self.add_class("asked")
        show(self, False)

    def serve(self, consents: Consents | None, who: Identity | None, now: Callable[[], datetime]) -> None:
        """Note from now on in this ledger, by this clock, as whoever leads."""
        self._consents, self._who, self._now = consents, who, now
        show(self, False)

    def ask(self, gathering: str, person: Person, said: Message | None = None) -> None:
        """Show what somebody at a gathering said, and lead the reader there."""
        self._gathering, self._person = gathering, person
        self._tell(said)
        self._draw()
        show(self, True)
        self._speak(str(said or say("consent.of", name=person.name)), go="asked")

    def look(self, gathering: str, people: set[str]) -> None:
        """Something has changed, perhaps by somebody's own phone: show what holds now, of whoever is on the list."""
        if self.layout.display == "none":
            return
        if gathering == self._gathering and self._person.id in people:
            self._draw()
        else:
            show(self, False)

    def _draw(self) -> None:
        if self._consents is None:
            return
        self._ledger = self._consents.of(self._gathering, self._person.id)
        holds, name = standing(self._ledger), self._person.name
        heading = tag("h3", sentence(say("consent.of", name=name)), id="asked", tabindex="-1")
        self.heading.show(join((heading, tag("p", str(say("consent.lead")), class_="hint"))))
        for purpose in PURPOSES:
            last = holds.get(purpose.key)
            self.lines[purpose.key].show(_line(purpose, last))
            press = self.presses[purpose.key]
            press.description = str(say("consent.take_back" if last and last.yes else "consent.say_yes"))
            press.tooltip = f"{press.description}: {say(f'paper.yes_{purpose.key}')}"
            refusal = self.refusals[purpose.key]
            refusal.tooltip = f"{refusal.description}: {say(f'paper.yes_{purpose.key}')}"
            show(refusal, last is None)
        self.past.show(_past(self._ledger) if len(self._ledger) > len(holds) else None)

    def _press(self, purpose: Purpose, no: bool = False) -> ipywidgets.Button:
        words = str(say("consent.say_no")) if no else ""
        return button(words, lambda: self._guard(lambda: self._note(purpose, no)))

    def _note(self, purpose: Purpose, no: bool) -> None:
        """Somebody said aloud the other thing than what holds; `no`: where nothing held, they said no."""
        if self._consents is None or self._who is None:
            return
        seen = standing(self._ledger).get(purpose.key)
        self._draw()
        if standing(self._ledger).get(purpose.key) != seen:
            # Their phone, or somebody else at the desk, was quicker: what the button says is another thing now.
            self._tell(say("consent.meanwhile", name=self._person.name))
            return
        yes = not no and not (seen and seen.yes)
        said = Said(purpose.key, yes, WORDING, self._now(), Way.DESK)
        self._consents.note(self._gathering, self._person.id, said, self._who)
        code = f"consent.yes_{purpose.key}" if yes else f"consent.no_{purpose.key}"
        self._tell(told := say(code, name=self._person.name, days=SEATING.days))
        self._changed()
        self._speak(str(told))

    def _tell(self, message: Message | None) -> None:
        self.said.show(tag("p", sentence(message), class_="note") if message else None)

    def _put_away(self) -> None:
        show(self, False)
        self._speak("", go="door")


def _line(purpose: Purpose, last: Said | None) -> Markup:
    """What holds for a purpose; where that is no yes, what to read out before somebody says it."""
    what = tag("strong", str(say(f"paper.yes_{purpose.key}")))
    holds = tag("span", _told(last) if last else str(say("consent.not_asked")), class_="small")
    if last is not None and last.yes:
        return tag("p", what, tag("br"), holds)
    days = purpose.kept.days if purpose.kept else ""
    read = tag("span", str(say("consent.read_out")), " “", str(say(f"paper.consent_{purpose.key}", days=days)), "”")
    return tag("p", what, tag("br"), holds, tag("br"), tag("span", read, class_="hint"))


def _told(said: Said) -> Markup:
    """When and how somebody said it, and who noted that."""
    code = f"consent.{'yes' if said.yes else 'no'}_by_{said.way}"
    told = sentence(say(code, at=said.at.astimezone().strftime("%H:%M"), wording=said.wording))
    noted = sentence(say("consent.noted_by", name=said.by)) if said.by and said.way is Way.DESK else None
    return join((told, noted), " ") if noted else told


def _past(ledger: tuple[Said, ...]) -> Markup:
    """Everything that was said, the first first."""

    def lines() -> Iterator[Markup]:
        for said in ledger:
            yield tag("li", str(say(f"paper.yes_{said.purpose}")), ": ", _told(said))

    return tag("details", tag("summary", str(say("consent.past"))), tag("ul", *lines(), class_="small"))
