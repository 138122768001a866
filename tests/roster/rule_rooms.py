"""Small rooms and rules for the tests of rules: eight people of three organisations, and ways to ask for faults."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from relexp.messages import Fault, FaultsFound
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import check_rules
from relexp.roster.rules import Rules

COLUMNS = {
    "organisation": "Who did you come with?",
    "side": "Side",
    "languages": "Languages",
    "age_band": "Age band",
    "area": "Area",
    "faith": "Faith",
    "fixed_seat": "Fixed seat",
    "rest": "Rest",
}


def person(id: str, values: Mapping[str, str] | None = None, **known: object) -> Person:
    """Somebody whose attributes stand in `values`, as the reader of sheets leaves them."""
    values = dict(values or {})
    return Person(
        id=id,
        name=str(known.pop("name", id.upper())),
        organisation=values.get("organisation", ""),
        side=values.get("side", ""),
        values=values,
        **known,  # type: ignore[arg-type]
    )


def room(*people: Person, private: tuple[str, ...] = ("faith",), columns: Mapping[str, str] = COLUMNS) -> Roster:
    """A roster with the usual columns."""
    return Roster(people=people, columns=columns, private=frozenset(private))


def eight(**extra: Mapping[str, object]) -> Roster:
    """p1 to p8 from three organisations, hosts and guests by turns; `extra` adds to what is known of somebody."""
    people = []
    for place in range(8):
        id = f"p{place + 1}"
        more = dict(extra.get(id, {}))
        values = {
            "organisation": "ABC"[place % 3],
            "side": ("host", "guest")[place % 2],
            "languages": "English",
            "age_band": ("16-24", "25-34", "65+")[place % 3],
            "area": ("North", "South")[place // 4],
            "faith": ("sun", "moon")[place % 2],
        }
        values.update(more.pop("values", {}))  # type: ignore[call-overload]
        people.append(person(id, values, **more))
    return room(*people)


def rules(text: str, roster: Roster | None = None) -> Rules:
    """The rules that a file with this text makes."""
    return check_rules(tomllib.loads(text), eight() if roster is None else roster)


def faults(text: str, roster: Roster | None = None) -> list[Fault]:
    """The faults of a rules file with this text, which must have some."""
    with pytest.raises(FaultsFound) as found:
        rules(text, roster)
    return list(found.value.faults)


def codes(text: str, roster: Roster | None = None) -> list[tuple[str | None, str]]:
    """Where the faults stand, and which they are; each must make a sentence."""
    found = faults(text, roster)
    for fault in found:
        assert fault.row is None
        assert fault.text()
    return [(fault.key or fault.column, fault.message.code.removeprefix("rules.")) for fault in found]
