"""Why two people meet, in one sentence that anybody in the room may read."""

from __future__ import annotations

from collections.abc import Sequence

from relexp.messages import Message, say
from relexp.roster.difference import members, number
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, Rules

# Two differences tell enough; a longer list is a form, not a reason.
TOLD = 2


def why(roster: Roster, rules: Rules, a: str, b: str) -> Message:
    """One sentence on why these two people (by id) meet, never from a private column.

    Raises KeyError for an id that is not on the roster.
    """
    one, other = roster[a], roster[b]
    names = {"one": one.name, "other": other.name}
    open_columns = [across for across in rules.across if not across.is_hidden(roster.private) and across.weight > 0]
    ranked = sorted(open_columns, key=lambda across: -across.weight)
    differences = [_told(roster, across, one, other) for across in ranked if _differ(across, one, other)][:TOLD]
    shared = [word for column in rules.share if column not in roster.private for word in _shared(one, other, column)]
    if differences and shared:
        return say("why.both", **names, differences=_listed(differences), shared=_listed(shared[:TOLD]))
    if differences:
        return say("why.different", **names, differences=_listed(differences))
    if rules.sides is not None:
        return say("why.sides", **names)
    if shared:
        return say("why.share", **names, shared=_listed(shared[:TOLD]))
    return say("why.new", **names)


def _differ(across: Across, one: Person, other: Person) -> bool:
    mine, theirs = _value(one, across.column), _value(other, across.column)
    if not mine or not theirs:
        return False
    if across.kind is Kind.SET:
        return members(mine) != members(theirs)
    if across.kind is Kind.NUMBER:
        return number(mine) != number(theirs)
    return mine.casefold() != theirs.casefold()


def _told(roster: Roster, across: Across, one: Person, other: Person) -> str:
    column = roster.columns.get(across.column, across.column)
    mine, theirs = _value(one, across.column), _value(other, across.column)
    return say("why.pair", column=column, mine=mine, theirs=theirs).text()


def _value(person: Person, column: str) -> str:
    return person.values.get(column, "").strip()


def _shared(one: Person, other: Person, column: str) -> list[str]:
    common = members(_value(one, column)) & members(_value(other, column))
    return sorted(word.capitalize() for word in common)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return say("why.list", first=", ".join(parts[:-1]), last=parts[-1]).text()
