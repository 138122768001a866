"""What things are called: people by id or name, and which columns no sentence may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from relexp.messages import listed
from relexp.roster.person import Roster
from relexp.roster.rule_values import Section, is_whole, quote, suggestion
from relexp.roster.rules import Rules
from relexp.roster.words import fold

# After so many faults nobody new is searched for by a near spelling.
MOST_SUGGESTED = 20


@dataclass(frozen=True)
class People:
    """The people of the sheet, as a rules file may call them: by their id, or by a name that only one of them has."""

    roster: Roster

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """The ids of everybody of one name, however it is spelt in capitals and accents."""
        found: dict[str, list[str]] = {}
        for person in self.roster:
            found.setdefault(fold(person.name), []).append(person.id)
        return found

    def find(self, section: Section, place: str, name: object) -> str | None:
        """The id of somebody on the sheet; a fault where nobody, or more than one, can be meant."""
        id = str(name) if is_whole(name) else name
        if not isinstance(id, str):
            section.note(place, "rules.id_kind", name)
            return None
        if id.strip() in self.roster:
            return id.strip()
        called = self.called.get(fold(id), [])
        if len(called) == 1:
            return called[0]
        if called:
            section.note(place, "rules.name_twice", name, person=quote(id), ids=listed(called))
            return None
        # A file meant for another evening names nobody here: it is not worth a search for each of them.
        wide = len(section.faults) < MOST_SUGGESTED
        known = (*self.roster.index, *(person.name for person in self.roster)) if wide else ()
        code, values = suggestion("rules.no_person", id, known)
        section.note(place, code, name, person=quote(id), **values)
        return None

    def name(self, id: str) -> str:
        """What to call somebody in a sentence: their name, with their id where others have that name too."""
        name = self.roster[id].name
        return name if name == id or len(self.called[fold(name)]) == 1 else f"{name} ({id})"

    def names(self, ids: Iterable[str]) -> str:
        """What to call several people in a sentence."""
        return listed([self.name(id) for id in ids])


def hidden_columns(roster: Roster, rules: Rules) -> frozenset[str]:
    """The columns that no sentence may name or quote: private by the sheet, or by the rules."""
    said = {attribute.column: attribute.is_hidden(roster.private) for attribute in rules.across}
    return frozenset(column for column in (*roster.private, *said) if said.get(column, True))
