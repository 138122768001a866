"""People who may stand on a sheet twice: found for the organiser, and made one only when the organiser says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from relexp.messages import Message, say
from relexp.roster.answers import languages, yes_no
from relexp.roster.person import Person, Roster
from relexp.roster.words import fold, words

# In shorter names a letter more or less is another name: Ann and Anna, Ali and Abi.
_SHORTEST = 6
_TICKS = ("under_18", "quiet", "women_only")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two ids that may be one person, the earlier on the sheet first, why they look so, and the rows they stand in."""

    first: str
    second: str
    reason: Message
    rows: tuple[int | None, int | None] = (None, None)


def likely_duplicates(roster: Roster) -> tuple[Duplicate, ...]:
    """Everybody who looks like somebody earlier on the sheet, with the surest reason for each two people.

    The same name whatever its case, accents, spacing and order; the same email; a name with one letter wrong in the
    same organisation (or where one of the two gives none). Namesakes by number ("Guest 1", "Guest 2") are not.
    """
    people = roster.people
    names = [" ".join(sorted(words(person.name))) for person in people]
    groups = [fold(person.organisation) for person in people]
    found: dict[tuple[int, int], Message] = {}
    for first, second in _same(zip(names, groups, strict=True)):
        found[first, second] = _same_name(people[first], people[second])
    for first, second in _same((name, "") for name in names):
        found.setdefault((first, second), _same_name(people[first], people[second]))
    for first, second in _same((fold(person.email), "") for person in people):
        found.setdefault((first, second), _reason("duplicate.email", people[first], people[second]))
    for first, second in _near(names, groups):
        found.setdefault((first, second), _reason("duplicate.spelling", people[first], people[second]))
    return tuple(
        Duplicate(people[one].id, people[two].id, found[one, two], (people[one].row, people[two].row))
        for one, two in sorted(found)
    )


def merge(roster: Roster, duplicate: Duplicate) -> Roster:
    """The roster with the two as one: the first keeps their id, name and place, and the second fills their blanks.

    Needs and languages of both count. Whoever named the second as adult or as the one they interpret for now names
    the first.
    """
    first, second = roster[duplicate.first], roster[duplicate.second]
    merged = _one_of(first, second, roster.columns)
    kept = (person for person in roster if person.id != second.id)
    people = (merged if person.id == first.id else person for person in kept)
    return replace(roster, people=tuple(_renamed(person, second.id, first.id) for person in people))


def _same(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, str], int] = {}
    for place, key in enumerate(keys):
        if key[0] and first.setdefault(key, place) != place:
            yield first[key], place


def _near(names: Sequence[str], groups: Sequence[str]) -> Iterator[tuple[int, int]]:
    places: dict[str, dict[str, int]] = {}
    for place, (name, group) in enumerate(zip(names, groups, strict=True)):
        places.setdefault(name, {}).setdefault(group, place)
    for one, two in _slips(places):
        for (group, place), (other, another) in product(places[one].items(), places[two].items()):
            if group == other or not group or not other:
                yield min(place, another), max(place, another)


def _slips(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    # Two names that differ by one letter, or by two letters changing places, are alike once one letter is taken
    # out of each: so each name meets only those it shares such a shorter form with.
    shorter: dict[str, list[str]] = {}
    for name in names:
        if len(name) < _SHORTEST:
            continue
        near: set[str] = set()
        for form in {name, *(name[:cut] + name[cut + 1 :] for cut in range(len(name)))}:
            known = shorter.setdefault(form, [])
            near.update(known)
            known.append(name)
        yield from ((other, name) for other in near if _one_slip(other, name))


def _one_slip(one: str, two: str) -> bool:
    if _digits(one) != _digits(two):
        return False
    if len(one) > len(two):
        one, two = two, one
    place = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    rest = two[place + 1 :]
    if len(one) < len(two):
        return one[place:] == rest
    swapped = one[place + 1 : place + 2] + one[place : place + 1] + one[place + 2 :]
    return one[place + 1 :] == rest or swapped == two[place:]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _same_name(one: Person, two: Person) -> Message:
    groups = {fold(one.organisation), fold(two.organisation)} - {""}
    if len(groups) > 1:
        return _reason("duplicate.other_organisation", one, two)
    return _reason("duplicate.name" if words(one.name) == words(two.name) else "duplicate.order", one, two)


def _reason(code: str, one: Person, two: Person) -> Message:
    return say(code, first=one.name, second=two.name)


def _one_of(first: Person, second: Person, columns: Mapping[str, str]) -> Person:
    values = {key: first.values.get(key) or second.values.get(key, "") for key in columns}
    for key in _TICKS:
        # A tick counts, whoever of the two made it.
        if yes_no(second.values.get(key, "")) and key in values:
            values[key] = second.values[key]
    if "languages" in values:
        both = (person.values.get("languages", "") for person in (first, second))
        values["languages"] = languages(";".join(both))
    return replace(
        first,
        organisation=first.organisation or second.organisation,
        side=first.side or second.side,
        languages=first.languages | second.languages,
        under_18=first.under_18 or second.under_18,
        responsible_adult=first.responsible_adult or second.responsible_adult,
        interpreter_for=first.interpreter_for or second.interpreter_for,
        fixed_seat=first.fixed_seat or (second.fixed_seat if second.fixed_seat is not None else first.fixed_seat),
        quiet=first.quiet or second.quiet,
        rest=first.rest | second.rest,
        women_only=first.women_only or second.women_only,
        gender=first.gender or second.gender,
        email=first.email or second.email,
        values=values,
    )


def _renamed(person: Person, old: str, new: str) -> Person:
    """The person with every mention of `old` now a mention of `new`; nobody is left naming themselves."""
    adult, talker = (new if named == old else named for named in (person.responsible_adult, person.interpreter_for))
    if (adult, talker) == (person.responsible_adult, person.interpreter_for) and person.id not in (adult, talker):
        return person
    return replace(
        person,
        responsible_adult=None if adult == person.id else adult,
        interpreter_for=None if talker == person.id else talker,
    )
