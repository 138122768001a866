"""Who must not be put together tonight: known to the lead facilitator alone, and written nowhere that others read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message, listed, say
from relexp.roster.identity import of_before
from relexp.roster.person import Roster
from relexp.roster.words import fold
from relexp.store.seal import Seal

Pairs = tuple[tuple[str, str], ...]


class KeepApart(ipywidgets.VBox):
    """Pairs who are kept apart; `changed` is called when there is one more or one less."""

    changed: Callable[[], None]

    def __init__(self, speak: Callable[[str], None]) -> None:
        self.pairs: Pairs = ()
        # Pairs of whom one is not on the sheet as it is now: kept, as a name may come back.
        self.elsewhere: Pairs = ()
        self._roster, self._speak = Roster(()), speak
        self._names: dict[str, str] = {}
        heading, hint = Fragment(), Fragment()
        heading.show(tag("h3", str(say("apart.heading"))))
        hint.show(tag("p", str(say("apart.hint")), class_="hint"))
        # What stands there counts as it was typed: a name that was mistyped must not leave the one before it in force.
        self.one, self.other = (ipywidgets.Combobox(description=str(say(f"apart.{who}"))) for who in ("one", "other"))
        self.add = button(str(say("apart.add")), self._add)
        self.said = Fragment()
        self.said.show(None)
        self.list = ipywidgets.VBox(())
        super().__init__((heading, hint, row((self.one, self.other, self.add)), self.said, self.list))

    def offer(self, roster: Roster, pairs: Pairs) -> None:
        """Show who is kept apart in this room, and say of whom that can no longer be done."""
        self._roster = roster
        self.pairs = tuple(pair for pair in pairs if all(id in roster for id in pair))
        self.elsewhere = tuple(pair for pair in pairs if pair not in self.pairs)
        before, self._names = self._names, _labels(roster)
        # Whoever was taken off the sheet is known by the id they had on it.
        gone = [(of_before(one), of_before(other)) for one, other in self.elsewhere]
        lost = [
            say("apart.pair", one=before[one], other=before[other])
            for one, other in gone
            if one in before and other in before
        ]
        if self.elsewhere:
            named = say("apart.gone", pairs=listed([str(each) for each in lost])) if lost else None
            self.tell(named or say("apart.gone_count", count=len(self.elsewhere)))
        names = sorted(self._names.values(), key=str.casefold)
        self.one.options = self.other.options = tuple(names)
        self._draw()

    def tell(self, message: Message | None) -> None:
        """Say what is in the way, or nothing."""
        self.said.show(tag("p", sentence(message), class_="note") if message else None)
        if message:
            self._speak(str(message))

    def _add(self) -> None:
        one, other = self._called(self.one.value), self._called(self.other.value)
        if one is None or other is None:
            self.tell(say("apart.choose_two"))
            return
        pair = (min(one, other), max(one, other))
        if one == other or pair in self.pairs:
            self.tell(say("apart.same" if one == other else "apart.there"))
            return
        self.tell(None)
        self.pairs = (*self.pairs, pair)
        self.one.value = self.other.value = ""
        self._draw()
        self._speak(str(say("apart.added")))
        self.changed()

    def _called(self, typed: str) -> str | None:
        """Whose name was typed, exactly or but for its capitals; None where that is nobody's, or several people's."""
        exactly = [id for id, name in self._names.items() if name == typed.strip()]
        alike = exactly or [id for id, name in self._names.items() if fold(name) == fold(typed)]
        return alike[0] if len(alike) == 1 else None

    def _take_off(self, pair: tuple[str, str]) -> None:
        self.pairs = tuple(each for each in self.pairs if each != pair)
        self._draw()
        self._speak(str(say("apart.taken_off")))
        self.changed()

    def _draw(self) -> None:
        self.list.children = tuple(self._line(pair) for pair in self.pairs)
        show(self.list, bool(self.pairs))

    def _line(self, pair: tuple[str, str]) -> ipywidgets.Widget:
        one, other = (self._names[id] for id in pair)
        words = Fragment()
        words.show(tag("p", sentence(say("apart.pair", one=one, other=other))))
        off = button(str(say("apart.off")), lambda: self._take_off(pair))
        off.tooltip = str(say("apart.off_pair", one=one, other=other))
        return row((words, off))


def _labels(roster: Roster) -> dict[str, str]:
    """What each person is called in the lists: by name, with organisation or id where the name is not theirs alone."""
    names = Counter(person.name for person in roster)
    with_groups = Counter((person.name, person.organisation) for person in roster)
    made = {}
    for person in roster:
        more = ""
        if names[person.name] > 1:
            alone = with_groups[person.name, person.organisation] == 1 and person.organisation
            more = f" ({person.organisation if alone else person.id})"
        made[person.id] = person.name + more
    return made


def sealed(pairs: Sequence[tuple[str, str]], seal: Seal) -> str:
    """The pairs as a draft keeps them: under lock; nothing for none."""
    return seal.close(json.dumps(pairs).encode()) if pairs else ""


def unsealed(text: str, seal: Seal) -> Pairs | None:
    """The pairs that `sealed` locked; None where they cannot be opened here."""
    if not text:
        return ()
    content = seal.open(text)
    return None if content is None else tuple((one, other) for one, other in json.loads(content))
