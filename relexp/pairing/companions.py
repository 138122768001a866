"""Interpreters and the languages they lend: they sit with their person and open the room to them."""

from __future__ import annotations

from relexp.roster.difference import members
from relexp.roster.person import Person, Roster


def spoken_languages(roster: Roster, person: Person) -> frozenset[str]:
    """The languages in which a person can talk tonight; none listed means that any will do.

    An interpreter lends theirs. One who lists nothing beyond the person's own languages (or nothing at all) is
    taken to interpret into whatever the partner speaks.
    """
    own = members(person.values.get("languages", ""))
    lent: frozenset[str] = frozenset()
    for id in roster.interpreters.get(person.id, ()):
        theirs = members(roster[id].values.get("languages", ""))
        if theirs <= own:
            return frozenset()
        lent |= theirs
    return own | lent if own else own
