"""The organiser's rules, checked: complete and free of contradictions, or every fault at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from relexp.messages import Fault, FaultsFound
from relexp.roster.person import Roster
from relexp.roster.rule_contradictions import Written, contradictions
from relexp.roster.rule_defaults import default_across, default_share
from relexp.roster.rule_names import People
from relexp.roster.rule_people import read_pairs, read_pins, read_present
from relexp.roster.rule_tables import read_across, read_share, read_sides, read_tables
from relexp.roster.rule_values import Section
from relexp.roster.rule_warnings import rule_warnings
from relexp.roster.rules import Across, Odd, Pin, Repeats, Rules, Sides

__all__ = ["MOST_ROUNDS", "check_rules", "default_rules", "rule_warnings"]

# More rounds than any gathering holds: a slip of the finger is caught before it keeps a laptop busy all night.
MOST_ROUNDS = 1000

_KEYS = (
    "rounds",
    "seed",
    "odd",
    "repeats",
    "breadth",
    "met_before",
    "keep_apart",
    "across",
    "share",
    "sides",
    "tables",
    "pin",
    "locked",
    "present",
)


def default_rules(roster: Roster, rounds: int = 5, seed: int = 1) -> Rules:
    """The rules of an evening for which the organiser has written none.

    Difference on organisation (or side) with as few same-group meetings as possible, every other column of 2 to 12
    answers weighed 1, and a language in common where the sheet asks for languages. Raises FaultsFound where the
    sheet contradicts itself (two people who keep one table).
    """
    return check_rules({"rounds": rounds, "seed": seed}, roster)


def check_rules(raw: Mapping[str, object], roster: Roster) -> Rules:
    """The rules that a mapping in the shape of a rules file asks for, held against the sheet.

    Without `across` and `share` both are as in `default_rules`; with `across` alone no language is asked for. Pairs
    stand with their ids in order. Whoever is kept apart from an interpreter is kept apart from their person too. A
    pin that a locked conversation has already fulfilled is left out. Raises FaultsFound with every fault, each with
    its place in the file as its key: "across.faith.weight", "met_before[2]" (counted from 1).
    """
    top = Section(raw, "", [])
    top.unknown(_KEYS)
    rounds = top.whole("rounds", 5, 1, MOST_ROUNDS)
    # Where the number of rounds is itself at fault, no round is called out of range for it.
    last = MOST_ROUNDS if any(fault.key == "rounds" for fault in top.faults) else rounds
    people = People(roster)
    apart = read_pairs(top, "keep_apart", people)
    locked = read_pins(top, "locked", people, last)
    pins = _still_to_come(read_pins(top, "pin", people, last), locked)
    across, share, sides = _columns(top, roster)
    rules = Rules(
        rounds=rounds,
        seed=top.whole("seed", 1, 0),
        odd=top.choice("odd", Odd, Odd.TRIO),
        repeats=top.choice("repeats", Repeats, Repeats.NEVER),
        breadth=top.number("breadth", 0.0, 0.0, 1.0),
        across=across,
        share=share,
        sides=sides,
        tables=read_tables(top),
        met_before=frozenset(read_pairs(top, "met_before", people).values()),
        keep_apart=_with_their_people(roster, apart.values()),
        pins=tuple(pins.values()),
        locked=tuple(locked.values()),
        present=read_present(top, people, last),
    )
    faults = [*top.faults, *contradictions(Written(roster, rules, apart, pins, locked))]
    if faults:
        raise FaultsFound(_in_order(raw, faults))
    return rules


def _columns(top: Section, roster: Roster) -> tuple[tuple[Across, ...], tuple[str, ...], Sides | None]:
    """What is asked of the columns; of those that the file does not speak of, what is usual."""
    sides, across, share = read_sides(top, roster), read_across(top, roster), read_share(top, roster)
    if share is None:
        share = default_share(roster) if "across" not in top.raw else ()
    return default_across(roster, sides) if across is None else across, share, sides


def _with_their_people(roster: Roster, pairs: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    # An interpreter sits wherever their person sits.
    found = set(pairs)
    for pair in pairs:
        one, other = sorted(roster[id].interpreter_for or id for id in pair)
        if one != other:
            found.add((one, other))
    return frozenset(found)


def _still_to_come(pins: Mapping[str, Pin], locked: Mapping[str, Pin]) -> dict[str, Pin]:
    done = {(pin.round, frozenset(pin.people)) for pin in locked.values()}
    return {place: pin for place, pin in pins.items() if (pin.round, frozenset(pin.people)) not in done}


def _in_order(raw: Mapping[str, object], faults: list[Fault]) -> list[Fault]:
    rank = {key: place for place, key in enumerate(raw)}

    def place(fault: Fault) -> int:
        key = (fault.key or "").split(".")[0].split("[")[0]
        return rank.get(key, len(rank))

    return sorted(faults, key=place)
