"""What the organiser should know about rules that are right in themselves, and may still not do what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from relexp.messages import Fault, listed, say, tell
from relexp.roster.difference import number
from relexp.roster.person import Roster
from relexp.roster.rule_defaults import answers
from relexp.roster.rule_names import People, hidden_columns
from relexp.roster.rule_values import quote
from relexp.roster.rules import Across, Kind, Repeats, Rules


def rule_warnings(rules: Rules, roster: Roster) -> tuple[Fault, ...]:
    """What to look at before the evening, though nothing is wrong; columns kept private are never spoken of."""
    return tuple(_warnings(rules, roster))


def _warnings(rules: Rules, roster: Roster) -> Iterator[Fault]:
    if "languages" not in rules.share and answers(roster, "languages"):
        yield tell("rules.languages_unused")
    hidden = hidden_columns(roster, rules)
    for attribute in rules.across:
        if attribute.column not in hidden:
            yield from _of_column(attribute, roster)
    yield from _of_people(rules, roster)
    yield from _of_the_young(rules, roster)


def _of_column(attribute: Across, roster: Roster) -> Iterator[Fault]:
    heading = roster.columns[attribute.column]
    place = f"across.{attribute.column}"
    values = answers(roster, attribute.column)
    if len(values) < 2:
        yield Fault(say("rules.column_same", heading=heading), key=place)
    elif attribute.weight == 0 and attribute.never_same is None:
        yield Fault(say("rules.column_idle", heading=heading), key=place)
    if attribute.kind is Kind.ORDERED:
        levels = {level.casefold() for level in attribute.order}
        strange = [value for value in values if value.casefold() not in levels]
    elif attribute.kind is Kind.NUMBER:
        strange = [value for value in values if number(value) != number(value)]
    else:
        strange = []
    if strange:
        shown = listed([f"“{quote(value)}”" for value in strange])
        code = "rules.values_unordered" if attribute.kind is Kind.ORDERED else "rules.values_no_number"
        yield Fault(say(code, heading=heading, values=shown), key=place)


def _of_people(rules: Rules, roster: Roster) -> Iterator[Fault]:
    people = People(roster)
    for person in roster.talkers:
        late = sorted(round for round in person.rest if round > rules.rounds)
        if late:
            rounds, name = ", ".join(map(str, late)), people.name(person.id)
            column = roster.columns.get("rest")
            yield tell("rules.rest_beyond", person.row, column, person=name, rounds=rounds, last=rules.rounds)
        adult = person.responsible_adult
        if person.under_18 and adult is not None:
            alone = [
                str(round)
                for round in range(1, rules.rounds + 1)
                if rules.attends(person.id, round) and not rules.attends(adult, round)
            ]
            if alone:
                names = {"adult": people.name(adult), "child": people.name(person.id), "rounds": ", ".join(alone)}
                yield Fault(say("rules.adult_away", **names), key=f"present.{adult}")


def _of_the_young(rules: Rules, roster: Roster) -> Iterator[Fault]:
    """Never alone with an adult, and nobody twice: with every other under-18 once, and once beside their own adult."""
    young = [person for person in roster.talkers if person.under_18]
    if not young or rules.repeats is not Repeats.NEVER:
        return
    talks = {person.id: len(young) - 1 + (person.responsible_adult is not None) for person in young}
    rounds = {
        person.id: sum(rules.attends(person.id, at) and at not in person.rest for at in range(1, rules.rounds + 1))
        for person in young
    }
    short = [(most, rounds[id]) for id, most in talks.items() if most < rounds[id]]
    if short:
        most, asked = min(short)
        yield tell("rules.young_rest" if most else "rules.young_alone", most=most, rounds=asked)
