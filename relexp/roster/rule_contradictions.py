"""Rules that cannot hold together, found before anybody waits for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from relexp.messages import Fault, Message
from relexp.roster.difference import groups, members
from relexp.roster.gender import is_woman
from relexp.roster.person import Person, Roster
from relexp.roster.rule_names import People, hidden_columns
from relexp.roster.rules import NeverSame, Pin, Repeats, Rules, Sides


@dataclass(frozen=True)
class Written:
    """The rules with the places where they stand in the file, so that a contradiction can be pointed at."""

    roster: Roster
    rules: Rules
    apart: Mapping[str, tuple[str, str]]
    pins: Mapping[str, Pin]
    locked: Mapping[str, Pin]

    @cached_property
    def people(self) -> People:
        """The people of the sheet, as sentences call them."""
        return People(self.roster)

    def fault(self, place: str, code: str, values: Mapping[str, object] | None = None, **people: str) -> Fault:
        """A fault at a place of the file; `people` are ids, and the sentence calls them by name."""
        called = {role: self.people.name(id) for role, id in people.items()}
        return Fault(Message(code, {**(values or {}), **called}), key=place)

    @cached_property
    def groups_apart(self) -> dict[str, dict[str, int]]:
        """Each person's group on every column with a hard never-same, by column and id; no entry for a blank."""
        return {
            attribute.column: {
                person.id: int(code)
                for person, code in zip(self.roster, groups(self.roster, attribute.column), strict=True)
                if code >= 0
            }
            for attribute in self.rules.across
            if attribute.never_same is NeverSame.HARD
        }

    def present_rounds(self, id: str) -> frozenset[int]:
        """The rounds a person attends."""
        every = frozenset(range(1, self.rules.rounds + 1))
        return self.rules.present.get(id, every) & every


def contradictions(written: Written) -> Iterator[Fault]:
    """Every two rules that cannot both hold, or a rule and the sheet."""
    yield from _kept_apart(written)
    yield from _interpreters_away(written)
    yield from _talking_twice(written)
    yield from _meeting_twice(written)
    for place, pin in written.locked.items():
        yield from _away(written, place, pin)
    for place, pin in written.pins.items():
        yield from _away(written, place, pin)
        yield from _resting(written, place, pin)
        yield from _pin_and_pairs(written, place, pin)
        yield from _pin_and_people(written, place, pin)
    yield from _seats(written)
    yield from _too_few_tables(written)
    yield from _too_many_seats(written)


def _kept_apart(written: Written) -> Iterator[Fault]:
    for place, (one, other) in written.apart.items():
        for id, needed in ((one, other), (other, one)):
            person = written.roster[id]
            if person.interpreter_for == needed:
                yield written.fault(place, "rules.apart_interpreter", interpreter=id, person=needed)
            if person.responsible_adult == needed:
                yield written.fault(place, "rules.apart_responsible", child=id, adult=needed)


def _interpreters_away(written: Written) -> Iterator[Fault]:
    for id, interpreters in written.roster.interpreters.items():
        needed = written.present_rounds(id) - written.roster[id].rest
        alone = needed.difference(*(written.present_rounds(interpreter) for interpreter in interpreters))
        if alone:
            rounds = ", ".join(str(round) for round in sorted(alone))
            place = f"present.{interpreters[0]}"
            yield written.fault(
                place, "rules.interpreter_away", interpreter=interpreters[0], person=id, values={"rounds": rounds}
            )


def _talking_twice(written: Written) -> Iterator[Fault]:
    taken: dict[tuple[int, str], str] = {}
    for place, pin in (*written.locked.items(), *written.pins.items()):
        for id in pin.people:
            earlier = taken.setdefault((pin.round, id), place)
            if earlier != place:
                yield written.fault(
                    place, "rules.pin_clash", person=id, values={"round": pin.round, "earlier": earlier}
                )


def _meeting_twice(written: Written) -> Iterator[Fault]:
    if written.rules.repeats is not Repeats.NEVER:
        return
    met: dict[tuple[str, str], Pin] = {}
    for pin in written.locked.values():
        met.update((pair, pin) for pair in _pairs(pin))
    for place, pin in written.pins.items():
        for pair in _pairs(pin):
            earlier = met.setdefault(pair, pin)
            if earlier.round != pin.round:
                yield written.fault(
                    place, "rules.pin_repeat", one=pair[0], other=pair[1], values={"round": earlier.round}
                )


def _away(written: Written, place: str, pin: Pin) -> Iterator[Fault]:
    for id in pin.people:
        if not written.rules.attends(id, pin.round):
            yield written.fault(place, "rules.pin_absent", person=id, values={"round": pin.round})


def _resting(written: Written, place: str, pin: Pin) -> Iterator[Fault]:
    for id in pin.people:
        if pin.round in written.roster[id].rest:
            yield written.fault(place, "rules.pin_rest", person=id, values={"round": pin.round})


def _pin_and_pairs(written: Written, place: str, pin: Pin) -> Iterator[Fault]:
    rules = written.rules
    for one, other in _pairs(pin):
        if (one, other) in rules.keep_apart:
            yield written.fault(place, "rules.pin_apart", one=one, other=other)
        if (one, other) in rules.met_before and rules.repeats is Repeats.NEVER:
            yield written.fault(place, "rules.pin_met", one=one, other=other)
        for column, group in written.groups_apart.items():
            if one in group and group[one] == group.get(other):
                yield _about_column(written, column, "rules.pin_same_group", place, one, other)
        for column in rules.share:
            if not _in_common(written.roster, column, one, other):
                yield _nothing_shared(written, column, place, one, other)
        if _asked_not_to(written.roster[one], written.roster[other]):
            yield written.fault(place, "rules.pin_request", one=one, other=other)
        if _seats_too_far(written, one, other):
            yield written.fault(place, "rules.pin_seats", one=one, other=other)


def _about_column(written: Written, column: str, code: str, place: str, one: str, other: str) -> Fault:
    if column in hidden_columns(written.roster, written.rules):
        return written.fault(place, "rules.pin_hidden", one=one, other=other)
    return written.fault(place, code, one=one, other=other, values={"heading": written.roster.columns[column]})


def _nothing_shared(written: Written, column: str, place: str, one: str, other: str) -> Fault:
    fault = _about_column(written, column, "rules.pin_share", place, one, other)
    if fault.message.code != "rules.pin_share":
        return fault
    mine, theirs = (written.roster[id].values[column].replace(";", ",") for id in (one, other))
    return replace(fault, message=Message(fault.message.code, {**fault.message.values, "mine": mine, "theirs": theirs}))


def _in_common(roster: Roster, column: str, one: str, other: str) -> bool:
    if column == "languages" and (one in roster.interpreters or other in roster.interpreters):
        return True
    mine, theirs = (members(roster[id].values.get(column, "")) for id in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def _asked_not_to(one: Person, other: Person) -> bool:
    return (one.women_only and not is_woman(other.gender)) or (other.women_only and not is_woman(one.gender))


def _seats_too_far(written: Written, one: str, other: str) -> bool:
    mine, theirs = written.roster[one].fixed_seat, written.roster[other].fixed_seat
    if not mine or not theirs or mine == theirs:
        return False
    adjacent = written.rules.tables.adjacent
    low, high = sorted((mine, theirs))
    return high - low != 1 if adjacent is None else (low, high) not in adjacent


def _pin_and_people(written: Written, place: str, pin: Pin) -> Iterator[Fault]:
    people = [written.roster[id] for id in pin.people]
    children = [person for person in people if person.under_18]
    adults = {person.id for person in people if not person.under_18}
    if len(children) == 1 and len(adults) == 1:
        yield written.fault(place, "rules.pin_child_alone", child=children[0].id)
    if len(children) == 1 and len(adults) == 2 and children[0].responsible_adult not in adults:
        yield written.fault(place, "rules.pin_child_adults", child=children[0].id)
    sides = written.rules.sides
    if sides is not None:
        yield from _crossing(written, people, sides, place)


def _crossing(written: Written, people: Sequence[Person], sides: Sides, place: str) -> Iterator[Fault]:
    hosts = sum(is_host(person, sides) for person in people)
    if hosts in (0, len(people)):
        yield written.fault(place, "rules.pin_one_side", values={"hosts": sides.hosts, "guests": sides.guests})
    elif sides.guests_per_host == 2 and hosts > 1:
        yield written.fault(place, "rules.pin_two_hosts", values={"hosts": sides.hosts, "guests": sides.guests})


def _seats(written: Written) -> Iterator[Fault]:
    count = written.rules.tables.count
    kept: dict[int, list[str]] = {}
    for person in written.roster.talkers:
        table = person.fixed_seat
        if not table:
            continue
        if count is not None and table > count:
            yield written.fault(
                "tables.count", "rules.seat_beyond", person=person.id, values={"table": table, "count": count}
            )
        for other in kept.setdefault(table, []):
            if written.present_rounds(person.id) & written.present_rounds(other):
                taken = written.fault("", "rules.seat_taken", one=other, other=person.id, values={"table": table})
                yield replace(taken, column=written.roster.columns.get("fixed_seat"))
        kept[table].append(person.id)


def _too_few_tables(written: Written) -> Iterator[Fault]:
    count = written.rules.tables.count
    if count is None:
        return
    for round in range(1, written.rules.rounds + 1):
        needed = _tables_needed(written, round)
        if needed > count:
            yield written.fault(
                "tables.count", "rules.tables_few", values={"count": count, "round": round, "needed": needed}
            )
            return


def _tables_needed(written: Written, round: int) -> int:
    """How many tables a round takes when everybody who is there talks: each with two adults or two under-18s."""
    there = _talking(written, round)
    young = sum(person.under_18 for person in there)
    needed = young // 2 + (len(there) - young) // 2
    if written.rules.sides is not None:
        hosts = sum(is_host(person, written.rules.sides) for person in there)
        return min(needed, hosts, len(there) - hosts)
    return needed


def _too_many_seats(written: Written) -> Iterator[Fault]:
    count = written.rules.tables.count
    for round in range(1, written.rules.rounds + 1) if count is not None else ():
        keeping = [person.id for person in _talking(written, round) if person.fixed_seat is not None]
        if count is not None and len(keeping) > count:
            values = {"count": count, "round": round, "keeping": len(keeping)}
            yield written.fault("tables.count", "rules.seats_many", values=values)
            return


def _talking(written: Written, round: int) -> list[Person]:
    attends = written.rules.attends
    return [person for person in written.roster.talkers if attends(person.id, round) and round not in person.rest]


def is_host(person: Person, sides: Sides) -> bool:
    """Whether a person is on the hosts' side."""
    return person.values.get(sides.column, "").strip().casefold() == sides.hosts.strip().casefold()


def _pairs(pin: Pin) -> Iterator[tuple[str, str]]:
    return combinations(sorted(pin.people), 2)
