"""The rules on people, read from a rules file: who has met, who is kept apart, pins, and who is there when."""

from __future__ import annotations

from collections.abc import Mapping

from relexp.roster.rule_names import People
from relexp.roster.rule_values import Section, is_whole
from relexp.roster.rules import Pin


def read_pairs(top: Section, key: str, people: People) -> dict[str, tuple[str, str]]:
    """The pairs of people listed under a key, each with its place in the file and its ids in order."""
    found: dict[str, tuple[str, str]] = {}
    for place, item in top.items(key, '[["p1", "p5"]]'):
        if not isinstance(item, list | tuple) or len(item) != 2:
            top.note(place, "rules.pair", item)
            continue
        ids = [people.find(top, place, name) for name in item]
        one, other = sorted(id or "" for id in ids)
        if one and one == other:
            top.note(place, "rules.pair_self", item, person=people.name(one))
        elif one:
            found[place] = (one, other)
    return found


def read_pins(top: Section, key: str, people: People, rounds: int) -> dict[str, Pin]:
    """The conversations fixed under [[pin]] or [[locked]], each with its place in the file."""
    found: dict[str, Pin] = {}
    for section in top.tables(key):
        section.unknown(("round", "people"))
        before = len(section.faults)
        for needed, code in (("round", "rules.pin_round"), ("people", "rules.pin_people")):
            if needed not in section.raw:
                section.note(section.at(needed), code)
        round = section.whole("round", 0, 1, rounds)
        entries = [
            (place, people.find(section, place, item)) for place, item in section.items("people", '["p3", "p9"]')
        ]
        if len(section.faults) == before:
            _judge_people(section, people, entries)
        if len(section.faults) == before:
            found[section.place] = Pin(round, tuple(id for _, id in entries if id))
    return found


def _judge_people(section: Section, people: People, entries: list[tuple[str, str | None]]) -> None:
    ids = [id for _, id in entries if id]
    if len(ids) not in (2, 3):
        section.note(section.at("people"), "rules.pin_size", count=len(ids))
    for count, (place, id) in enumerate(entries):
        if id and id in ids[:count]:
            section.note(place, "rules.pin_twice_here", id, person=people.name(id))
        elif id and people.roster[id].interpreter_for is not None:
            section.note(place, "rules.pin_interpreter", id, person=people.name(id))


def read_present(top: Section, people: People, rounds: int) -> Mapping[str, frozenset[int]]:
    """The rounds attended by those who are not there all evening."""
    found: dict[str, frozenset[int]] = {}
    section = top.table("present")
    if section is None:
        return found
    for name in section.raw:
        id = people.find(section, section.at(name), name)
        attended = set()
        for place, item in section.items(name, "[2, 3, 4]"):
            if is_whole(item) and 1 <= item <= rounds:
                attended.add(item)
            else:
                section.note(place, "rules.whole_between", item, least=1, most=rounds)
        if id in found:
            section.note(section.at(name), "rules.present_twice", name, person=people.name(id))
        elif id is not None and isinstance(section.raw[name], list | tuple | set | frozenset):
            found[id] = frozenset(attended)
    return found
