"""Somebody at the door who is not on the list: what the plan needs to know of them, and no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, Pick, button, row, show
from relexp.gathering.door import LONGEST_NAME, Answers, line
from relexp.gathering.tonight import Tonight
from relexp.messages import Message, say
from relexp.roster.identity import make_ids
from relexp.roster.person import Person


class WalkIn(ipywidgets.VBox):
    """Folded away until it is asked for; `came` gets whoever walked in."""

    came: Callable[[Person], None]

    def __init__(self, speak: Callable[..., None]) -> None:
        self._speak = speak
        self._tonight: Tonight | None = None
        self._sides: Mapping[str, str] | None = None
        self.opener = ipywidgets.ToggleButton(value=False, description=str(say("door.add")), tooltip="")
        self.name = ipywidgets.Text(description=str(say("door.name")))
        self.group = ipywidgets.Combobox(description=str(say("door.with")), ensure_option=False)
        self.languages = ipywidgets.Text(description=str(say("door.languages")))
        self.side = Pick(label=str(say("door.side")), options=["", ""])
        self.under_18 = ipywidgets.Checkbox(description=str(say("door.under_18")), indent=False)
        self.adult = ipywidgets.Dropdown(description=str(say("door.adult")), options=[(str(say("door.no_adult")), "")])
        self.take = button(str(say("door.take")), self._take)
        self.said, hint = Fragment(), Fragment()
        self.said.show(None)
        hint.show(tag("p", str(say("door.adult_hint")), class_="hint"))
        self._young = ipywidgets.VBox((self.adult, hint))
        fields = row((self.name, self.group, self.languages))
        fields.add_class("controls")
        inside = (fields, self.side, self.under_18, self._young, self.said, row((self.take,)))
        self.body = ipywidgets.VBox(inside)
        self.body.add_class("walk-in")
        show(self.body, False)
        show(self._young, False)
        self.opener.observe(lambda change: show(self.body, change["new"]), "value")
        self.under_18.observe(lambda change: show(self._young, change["new"]), "value")
        super().__init__((row((self.opener,)), self.body))

    def offer(self, tonight: Tonight) -> None:
        """Ask as this gathering needs it; what is being typed stays."""
        self._tonight = tonight
        people = [guest.person for guest in tonight.people]
        shown = "organisation" not in tonight.asked.private
        groups = sorted({person.organisation for person in people if person.organisation}) if shown else []
        if tuple(groups) != tuple(self.group.options):
            self.group.options = tuple(groups)
        adults = [guest.person for guest in tonight.people if guest.takes_part and not guest.person.under_18]
        options = [(str(say("door.no_adult")), ""), *((person.name, person.id) for person in adults)]
        if options != list(self.adult.options):
            before = self.adult.value
            self.adult.options = options
            self.adult.value = before if before in {id for _, id in options} else ""
        sides = tonight.asked.rules.get("sides")
        self._sides = sides if isinstance(sides, Mapping) and {"column", "hosts", "guests"} <= sides.keys() else None
        if self._sides is not None:
            self.side.options = [self._sides["guests"], self._sides["hosts"]]
        show(self.side, self._sides is not None)

    def _take(self) -> None:
        if self._tonight is None:
            return
        name, group = line(self.name.value, LONGEST_NAME), line(self.group.value)
        wrong = self._wrong(name, group)
        self.said.show(tag("p", sentence(wrong), class_="note") if wrong else None)
        if wrong is not None:
            self._speak(str(wrong))
            return
        person = self._person(name, group)
        self.name.value = self.group.value = self.languages.value = ""
        self.under_18.value, self.adult.value, self.side.value = False, "", 0
        self.opener.value = False
        self.came(person)

    def _wrong(self, name: str, group: str) -> Message | None:
        assert self._tonight is not None
        if not name:
            return say("door.no_name")
        (id,) = make_ids([(name, group, "")])
        known = next((guest for guest in self._tonight.people if guest.person.id == id), None)
        if known is None:
            return None
        return say("door.twice" if known.here else "door.known", name=known.person.name)

    def _person(self, name: str, group: str) -> Person:
        assert self._tonight is not None
        said = Answers(name, group, line(self.languages.value), self.under_18.value)
        adult = self.adult.value or None if self.under_18.value else None
        person = said.newcomer([guest.person.id for guest in self._tonight.people], adult)
        if self._sides is None:
            return person
        column, side = self._sides["column"], self._sides["hosts" if self.side.value else "guests"]
        return replace(person, side=side if column == "side" else "", values={**person.values, column: side})
