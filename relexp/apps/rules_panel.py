"""What the organiser wishes of the evening: said in a few sentences, and changed with plain controls when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import join, sentence, tag
from relexp.apps.widgets import Fragment, Pick, row, script, show
from relexp.messages import Message, listed, say
from relexp.roster.person import Roster
from relexp.roster.rule_defaults import answers, compared
from relexp.roster.rule_values import quote
from relexp.roster.rules import Odd, Repeats
from relexp.roster.wishes import Aim, Hosts, Own, Wishes, host_choices, in_words, needs_in_words, own_column

OWN, ODD, REPEATS = tuple(Own), tuple(Odd), tuple(Repeats)
BREADTHS = (0.0, 0.5, 1.0)
# As many answers as tell what a column is about.
MOST_ANSWERS = 4
MOST_TABLES = 2000


class Differences(anywidget.AnyWidget):
    """The columns in the order in which they matter; `moved` is (from, to, count) and `aimed` (place, aim, count)."""

    _esm = script("differences.js")
    rows: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    moved = traitlets.List([0, 0, 0]).tag(sync=True)
    aimed = traitlets.List([0, "", 0]).tag(sync=True)


class RulesPanel(ipywidgets.VBox):
    """The wishes in words, and the controls behind a button; `changed` gets the wishes when one has changed."""

    changed: Callable[[Wishes], None]

    def __init__(self) -> None:
        self.wishes = Wishes(())
        self._roster = Roster(())
        self._drawing = False
        self._hosts: tuple[Hosts | None, ...] = (None,)
        self.summary, self.faults = Fragment(), Fragment()
        self.opener = ipywidgets.ToggleButton(value=False, description=str(say("wish.open")), tooltip="")
        self._controls()
        self.controls = ipywidgets.VBox(self._laid_out())
        self.controls.add_class("rules")
        show(self.controls, False)
        self.tell(())
        self.opener.observe(lambda change: show(self.controls, change["new"]), "value")
        self.faults.add_class("cannot")
        super().__init__((self.summary, row((self.opener,)), self.controls, self.faults))

    def offer(self, roster: Roster, wishes: Wishes) -> None:
        """Show the wishes for a room, and let them be changed."""
        self._roster, self.wishes = roster, wishes
        lines = [tag("li", sentence(each)) for each in in_words(wishes, roster)]
        needs = [tag("li", sentence(each)) for each in needs_in_words(roster)]
        kept = (tag("h3", str(say("wish.needs"))), tag("ul", *needs, class_="said")) if needs else ()
        self.summary.show(join((tag("ul", *lines, class_="said"), *kept)))
        self._drawing = True
        try:
            self._draw(roster, wishes)
        finally:
            self._drawing = False

    def tell(self, sentences: Sequence[Message]) -> None:
        """Say at once why the wishes cannot hold, and what would make them hold; nothing where they can."""
        lines = [tag("li", sentence(each)) for each in sentences]
        self.faults.show(
            tag("div", tag("h3", str(say("wish.cannot")), id="cannot", tabindex="-1"), tag("ul", *lines), class_="note")
            if lines
            else None
        )

    def _controls(self) -> None:
        self.differences = Differences(words=_list_words())
        self.own = Pick(label="", options=[str(say(f"wish.pick_own_{own}")) for own in OWN])
        self.breadth = Pick(
            label=str(say("wish.breadth")),
            options=[str(say(f"wish.breadth_{place}")) for place in range(len(BREADTHS))],
        )
        self.hosts = Pick(label=str(say("wish.hosting")), options=[str(say("wish.nobody_hosts"))])
        self.guests = Pick(
            label=str(say("wish.guests")), options=[str(say("wish.guests_one")), str(say("wish.guests_two"))]
        )
        self.odd = Pick(label=str(say("wish.odd")), options=[str(say(f"wish.pick_odd_{odd}")) for odd in ODD])
        self.repeats = Pick(
            label=str(say("wish.repeats")), options=[str(say(f"wish.pick_repeats_{each}")) for each in REPEATS]
        )
        self.tables = ipywidgets.Text(description=str(say("wish.tables")), continuous_update=False)
        self.quiet = ipywidgets.Text(description=str(say("wish.quiet")), continuous_update=False)
        self.differences.observe(lambda change: self._take(self.wishes.moved(*change["new"][:2])), "moved")
        self.differences.observe(self._aimed, "aimed")
        for control in (self.own, self.breadth, self.hosts, self.guests, self.odd, self.repeats):
            control.observe(lambda _: self._picked(), "value")
        for text in (self.tables, self.quiet):
            text.observe(lambda _: self._picked(), "value")

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        heading, hint, tables_hint = Fragment(), Fragment(), Fragment()
        heading.show(tag("h3", str(say("wish.differences"))))
        hint.show(tag("p", str(say("wish.differences_hint")), class_="hint"))
        tables_hint.show(tag("p", str(say("wish.tables_hint")), class_="hint"))
        picks = (self.own, self.breadth, self.hosts, self.guests, self.odd, self.repeats)
        self.not_numbers = Fragment()
        self.not_numbers.show(None)
        return (heading, hint, self.differences, *picks, row((self.tables, self.quiet)), self.not_numbers, tables_hint)

    def _draw(self, roster: Roster, wishes: Wishes) -> None:
        self.differences.rows = [
            {"key": column, "name": quote(roster.columns[column]), "says": _about(roster, column), "aim": str(aim)}
            for column, aim in wishes.columns
        ]
        own = own_column(wishes, roster)
        show(self.own, own is not None)
        if own is not None:
            self.own.label = str(say("wish.own", column=quote(roster.columns[own])))
        self.own.value = OWN.index(wishes.own)
        self.breadth.value = min(range(len(BREADTHS)), key=lambda place: abs(BREADTHS[place] - wishes.breadth))
        self._hosts = (None, *host_choices(roster))
        self.hosts.options = [_hosts_words(hosts) for hosts in self._hosts]
        named = replace(wishes.hosts, guests_per_host=1) if wishes.hosts else None
        self.hosts.value = self._hosts.index(named) if named in self._hosts else 0
        self.guests.value = wishes.hosts.guests_per_host - 1 if wishes.hosts else 0
        show(self.hosts, len(self._hosts) > 1)
        show(self.guests, wishes.hosts is not None)
        # Two sides of unequal numbers leave over more than one.
        sides = "_sides" if wishes.hosts else ""
        self.odd.label = str(say(f"wish.odd{sides}"))
        self.odd.options = [str(say("wish.pick_odd_trio")), str(say(f"wish.pick_odd_rest{sides}"))]
        self.odd.value, self.repeats.value = ODD.index(wishes.odd), REPEATS.index(wishes.repeats)
        # What was typed stays as it was typed where it says the same, or says nothing that could be understood.
        if _numbers(self.tables.value)[:1] != ((wishes.tables,) if wishes.tables else ()):
            self.tables.value = str(wishes.tables or "")
        if _numbers(self.quiet.value) != wishes.quiet:
            self.quiet.value = ", ".join(map(str, wishes.quiet))
        self._tell_numbers()

    def _aimed(self, change: dict[str, list[object]]) -> None:
        place, aim, _ = change["new"]
        self._take(self.wishes.aimed(int(str(place)), Aim(str(aim))))

    def _tell_numbers(self) -> None:
        """Say of what was typed for the tables that it could not be understood, and what to write."""
        lines = [
            tag("p", sentence(say(code, text=quote(text.strip()), most=MOST_TABLES)))
            for code, text in (("wish.tables_wrong", self.tables.value), ("wish.quiet_wrong", self.quiet.value))
            if _strange(text)
        ]
        self.not_numbers.show(tag("div", *lines, class_="note", role="status") if lines else None)

    def _picked(self) -> None:
        self._tell_numbers()
        hosts = self._hosts[self.hosts.value]
        self._take(
            replace(
                self.wishes,
                own=OWN[self.own.value],
                # What was chosen from the menu goes with the firmness it was chosen under.
                most=self.wishes.most if OWN[self.own.value] is self.wishes.own else None,
                breadth=BREADTHS[self.breadth.value],
                hosts=replace(hosts, guests_per_host=self.guests.value + 1) if hosts else None,
                odd=ODD[self.odd.value],
                repeats=REPEATS[self.repeats.value],
                tables=next(iter(_numbers(self.tables.value)), None),
                quiet=_numbers(self.quiet.value),
            )
        )

    def _take(self, wishes: Wishes) -> None:
        if self._drawing or wishes == self.wishes:
            return
        self.changed(wishes)


def _list_words() -> dict[str, object]:
    return {
        "order": str(say("wish.differences")),
        "aim": str(say("wish.aim")),
        "up": str(say("wish.up")),
        "down": str(say("wish.down")),
        "aims": [[str(aim), str(say(f"wish.aim_{aim}"))] for aim in Aim],
    }


def _about(roster: Roster, column: str) -> str:
    """What a column is about: a few of its answers, unless it is private."""
    if column in roster.private:
        return str(say("wish.kept_private"))
    order = compared(roster, column).order
    if order:
        return str(say("wish.from_to", first=order[0], last=order[-1]))
    if column == "languages":
        spoken = {language for person in roster for language in person.languages}
        found = sorted(quote(language.capitalize()) for language in spoken)
    else:
        found = [quote(answer) for answer in answers(roster, column)]
    more = len(found) - MOST_ANSWERS
    shown = [*found[:MOST_ANSWERS], *([str(say("wish.more_answers", count=more))] if more > 0 else [])]
    return listed(shown)


def _hosts_words(hosts: Hosts | None) -> str:
    return str(say("wish.nobody_hosts") if hosts is None else say("wish.they_host", host=quote(hosts.host)))


def _numbers(text: str) -> tuple[int, ...]:
    """The table numbers that somebody typed, whatever stands between them; “3-5” and “3 to 5” are three tables."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*(?:[-–—]|to)\s*(\d+))?", text):
        low, high = sorted((int(first[:9]), int((last or first)[:9])))
        found += range(max(low, 1), min(high, MOST_TABLES) + 1)
    return tuple(dict.fromkeys(found))


def _strange(text: str) -> bool:
    """Whether something was typed in which there is no table number, or one that no table has."""
    numbers = [int(digits[:9]) for digits in re.findall(r"\d+", text)]
    return bool(text.strip()) and (not numbers or not all(1 <= number <= MOST_TABLES for number in numbers))
