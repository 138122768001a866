"""Random rooms for property tests: people and rules of every kind, many of them tight, some of them impossible.

A room is never contradictory in itself (no wish for two people who are kept apart, nobody wished for in a round they
miss), so that rule checks pass; whether all its rules can hold together is for the planner to find out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from relexp.roster.difference import members
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables

ORGANISATIONS = ("St Mary's", "Central Mosque", "Unite", "Hill School", "Gurdwara", "Tenants", "Students", "Choir")
AREAS = ("Bow", "Poplar", "Mile End", "Stepney")
AGES = ("16-24", "25-34", "35-44", "45-54", "55-64", "65+")
TONGUES = ("english", "bengali", "arabic", "welsh", "somali")
HOBBIES = ("football", "cooking", "chess", "singing", "gardens")
# How likely each kind of rule is, in a room of mixed rules.
LIKELY = {
    "sides": 0.2,
    "never_same": 0.5,
    "areas": 0.15,
    "private": 0.3,
    "odd_rest": 0.3,
    "repeats": 0.25,
    "apart": 0.35,
    "met": 0.35,
    "languages": 0.25,
    "interpreters": 0.4,
    "absent": 0.35,
    "rests": 0.25,
    "minors": 0.25,
    "women": 0.15,
    "fixed": 0.25,
    "quiet": 0.25,
    "pins": 0.3,
    "blanks": 0.3,
    "lopsided": 0.35,
}


@dataclass
class _Draft:
    """A room while it is made up; `traits` says which kinds of rule it has."""

    rng: np.random.Generator
    traits: frozenset[str]
    rounds: int
    people: list[Person] = field(default_factory=list)

    def pick(self, values: Sequence[str], weights: Sequence[float] | None = None) -> str:
        return values[int(self.rng.choice(len(values), p=weights))]

    def some(self, share: float) -> list[int]:
        """The places of about a share of the people, at least one."""
        size = len(self.people)
        count = min(size, max(1, round(share * size)))
        return sorted(int(place) for place in self.rng.choice(size, count, replace=False))

    def change(self, place: int, **parts: object) -> None:
        self.people[place] = replace(self.people[place], **parts)  # type: ignore[arg-type]

    def set(self, place: int, column: str, value: str) -> None:
        self.change(place, values={**self.people[place].values, column: value})


def room(
    seed: int, low: int = 2, high: int = 200, traits: frozenset[str] | None = None, rounds: int | None = None
) -> tuple[Roster, Rules]:
    """A room by its seed: `low` to `high` people, small ones as likely as large; the same for the same arguments.

    `traits` names the kinds of rule wanted (the keys of `LIKELY`); by default each comes by its chance, and one room
    in seven has none. `rounds` is drawn too unless given: often few, now and then as many as a room can bear.
    """
    rng = np.random.default_rng([seed, low, high])
    size = round(low * (high / low) ** float(rng.random()))
    drawn = {trait for trait, chance in LIKELY.items() if rng.random() < chance}
    plain = rng.random() < 1 / 7
    chosen = traits if traits is not None else frozenset(() if plain else drawn)
    drawn_rounds = _rounds(rng, size, chosen)
    draft = _Draft(rng, chosen, drawn_rounds if rounds is None else rounds)
    _people(draft, size)
    _needs(draft)
    across, share, sides = _columns(draft), ("languages",) if "languages" in chosen else (), _sides(draft)
    if "interpreters" in chosen and "languages" in chosen:
        _interpreters(draft)
    roster = Roster(
        tuple(draft.people),
        {key: key.replace("_", " ").title() for key in draft.people[0].values},
        frozenset({"faith"}) if "private" in chosen else frozenset(),
    )
    rules = Rules(
        rounds=draft.rounds,
        seed=int(rng.integers(1, 10_000)),
        odd=Odd.REST if "odd_rest" in chosen else Odd.TRIO,
        repeats=Repeats.FEWEST if "repeats" in chosen else Repeats.NEVER,
        breadth=float(rng.choice([0.0, 0.0, 0.5, 1.0])),
        across=across,
        share=share,
        sides=sides,
        tables=_tables(draft),
        met_before=_some_pairs(draft, roster, 0.6) if "met" in chosen else frozenset(),
        keep_apart=_some_pairs(draft, roster, 0.2) if "apart" in chosen else frozenset(),
        present=_present(draft, roster) if "absent" in chosen else {},
    )
    return roster, replace(rules, pins=_pins(draft, roster, rules)) if "pins" in chosen else rules


def _rounds(rng: np.random.Generator, size: int, traits: frozenset[str]) -> int:
    tight = rng.random() < 0.25
    if tight and size <= 12:
        return max(1, size - 1 - int(rng.integers(0, 2)))
    return int(rng.integers(1, min(7, max(2, size))))


def _people(draft: _Draft, size: int) -> None:
    rng = draft.rng
    groups = int(rng.integers(2, len(ORGANISATIONS) + 1))
    weights = rng.dirichlet(np.full(groups, 3.0))
    if "lopsided" in draft.traits:
        most = float(rng.uniform(0.4, 0.7))
        weights = np.concatenate([[most], weights[1:] * (1 - most) / weights[1:].sum()])
    for number in range(size):
        values = {
            "organisation": draft.pick(ORGANISATIONS[:groups], list(weights)),
            "area": draft.pick(AREAS),
            "age_band": draft.pick(AGES),
            "years": str(int(rng.integers(0, 30))),
            "interests": "; ".join(sorted(rng.choice(HOBBIES, int(rng.integers(1, 4)), replace=False))),
            "faith": draft.pick(("a", "b", "c")),
        }
        id = f"p{number + 1}"
        draft.people.append(Person(id, f"Person {number + 1}", values["organisation"], values=values))
    if "blanks" in draft.traits:
        for column in ("organisation", "area", "age_band", "years", "interests", "faith"):
            for place in draft.some(0.08):
                draft.set(place, column, "")
                if column == "organisation":
                    draft.change(place, organisation="")
    if "languages" in draft.traits:
        for place in range(size):
            spoken = {draft.pick(TONGUES, [0.7, 0.12, 0.1, 0.04, 0.04]) for _ in range(int(rng.integers(1, 3)))}
            text = "" if "blanks" in draft.traits and rng.random() < 0.05 else "; ".join(sorted(spoken))
            draft.set(place, "languages", text)
            draft.change(place, languages=members(text))


def _needs(draft: _Draft) -> None:
    rng, traits = draft.rng, draft.traits
    if "minors" in traits:
        children = draft.some(float(rng.uniform(0.05, 0.4)))
        adults = [place for place in range(len(draft.people)) if place not in children]
        for place in children:
            adult = draft.people[int(rng.choice(adults))].id if adults and rng.random() < 0.7 else None
            draft.change(place, under_18=True, responsible_adult=adult)
    if "women" in traits:
        for place in range(len(draft.people)):
            draft.change(place, gender=draft.pick(("woman", "man", ""), [0.55, 0.4, 0.05]))
        women = [place for place, person in enumerate(draft.people) if person.gender == "woman"]
        for place in women[: max(1, len(women) // 8)]:
            draft.change(place, women_only=True)
    if "fixed" in traits:
        numbered = rng.random() < 0.5
        for number, place in enumerate(draft.some(0.08)):
            draft.change(place, fixed_seat=1 + number + int(number > 1) if numbered else 0)
    if "quiet" in traits:
        for place in draft.some(0.06):
            draft.change(place, quiet=True)
    if "rests" in traits:
        for place in draft.some(0.1):
            draft.change(place, rest=frozenset({int(rng.integers(1, draft.rounds + 1))}))


def _columns(draft: _Draft) -> tuple[Across, ...]:
    """Ordinary columns are weighed; some keep groups apart, firmly or as far as can be."""
    rng, traits = draft.rng, draft.traits
    across = [
        Across(
            "organisation",
            float(rng.integers(0, 5)),
            never_same=_firmness(draft) if "never_same" in traits else None,
            private=False,
        )
    ]
    if "areas" in traits:
        across.append(Across("area", 1.0, never_same=_firmness(draft)))
    if rng.random() < 0.5:
        across.append(Across("age_band", 1.0, Kind.ORDERED, order=AGES[: int(rng.integers(4, 7))]))
    if rng.random() < 0.4:
        across.append(Across("years", 0.5, Kind.NUMBER))
    if rng.random() < 0.4:
        across.append(Across("interests", 1.0, Kind.SET))
    if "private" in traits:
        firmness = NeverSame.FEWEST if rng.random() < 0.4 else None
        across.append(Across("faith", 2.0, never_same=firmness, private=True))
    return tuple(_capped(draft, attribute) for attribute in across)


def _firmness(draft: _Draft) -> NeverSame:
    return NeverSame.HARD if draft.rng.random() < 0.4 else NeverSame.FEWEST


def _capped(draft: _Draft, attribute: Across) -> Across:
    if attribute.never_same is NeverSame.FEWEST and draft.rng.random() < 0.3:
        return replace(attribute, cap=int(draft.rng.integers(1, draft.rounds + 1)))
    return attribute


def _sides(draft: _Draft) -> Sides | None:
    """Equal sides, unequal ones, or twice as many guests as hosts for one-to-twos."""
    if "sides" not in draft.traits:
        return None
    size, rng = len(draft.people), draft.rng
    shape = int(rng.integers(0, 3))
    hosts = (size // 2, int(rng.integers(1, size)), round(size / 3))[shape]
    order = rng.permutation(size)
    for rank, place in enumerate(order):
        side = "host" if rank < max(1, min(hosts, size - 1)) else "guest"
        draft.set(int(place), "side", side)
        draft.change(int(place), side=side)
    return Sides(guests_per_host=2 if shape == 2 else 1)


def _interpreters(draft: _Draft) -> None:
    """One or two more people, who interpret for somebody into the room's first language."""
    for number, place in enumerate(draft.some(0.03)[:2]):
        person = draft.people[place]
        if not person.languages:
            continue
        spoken = "; ".join(sorted(person.languages | {TONGUES[0]}))
        values = dict.fromkeys(person.values, "") | {"languages": spoken}
        interpreter = Person(f"i{number + 1}", f"Interpreter {number + 1}", values=values, languages=members(spoken))
        draft.people.append(replace(interpreter, interpreter_for=person.id))


def _tables(draft: _Draft) -> Tables:
    size, rng = len(draft.people), draft.rng
    count = size // 2 + 2 + sum(person.fixed_seat is not None for person in draft.people)
    quiet = frozenset(range(1, 1 + int(rng.integers(1, 4)))) if "quiet" in draft.traits else frozenset()
    return Tables(count if rng.random() < 0.3 else None, quiet)


def _some_pairs(draft: _Draft, roster: Roster, share: float) -> frozenset[tuple[str, str]]:
    """About `share` of a pair for each person, but never a child's own adult."""
    talkers = roster.talkers
    if len(talkers) < 3:
        return frozenset()
    found = set()
    for _ in range(max(1, round(share * len(talkers)))):
        one, other = (talkers[int(place)] for place in sorted(draft.rng.choice(len(talkers), 2, replace=False)))
        if one.responsible_adult != other.id and other.responsible_adult != one.id:
            found.add((one.id, other.id))
    return frozenset(found)


def _present(draft: _Draft, roster: Roster) -> dict[str, frozenset[int]]:
    """Some come late, some leave early. Whoever has an interpreter stays, as the interpreter does."""
    present = {}
    for place in draft.some(0.12):
        person = draft.people[place]
        if person.interpreter_for is None and person.id not in roster.interpreters:
            change = int(draft.rng.integers(1, draft.rounds + 1))
            early = range(1, change + 1) if draft.rng.random() < 0.5 else range(change, draft.rounds + 1)
            present[person.id] = frozenset(early)
    return present


def _pins(draft: _Draft, roster: Roster, rules: Rules) -> tuple[Pin, ...]:
    """One to three wishes that break no other rule by themselves; nobody twice, neither a person nor a pair."""
    pins: list[Pin] = []
    used: set[str] = set()
    for one, other in _shuffled(draft, list(combinations(roster.talkers, 2)))[:40]:
        round = int(draft.rng.integers(1, rules.rounds + 1))
        ready = all(rules.attends(person.id, round) and round not in person.rest for person in (one, other))
        if ready and not used & {one.id, other.id} and _could_meet(rules, one, other):
            pins.append(Pin(round, (one.id, other.id)))
            used |= {one.id, other.id}
        if len(pins) == min(3, 1 + len(roster) // 20):
            break
    return tuple(pins)


def _shuffled(draft: _Draft, pairs: list[tuple[Person, Person]]) -> list[tuple[Person, Person]]:
    return [pairs[int(place)] for place in draft.rng.choice(len(pairs), min(len(pairs), 40), replace=False)]


def _could_meet(rules: Rules, one: Person, other: Person) -> bool:
    """Plainly allowed: not kept apart, nothing asked of either that the other might not be."""
    pair = {(one.id, other.id), (other.id, one.id)}
    special = (
        one.under_18 or other.under_18 or one.women_only or other.women_only,
        one.fixed_seat is not None and other.fixed_seat is not None,
        bool(pair & (rules.keep_apart | rules.met_before)),
        rules.sides is not None and one.side == other.side,
        bool(rules.share) and bool(one.languages) and bool(other.languages) and not one.languages & other.languages,
    )
    same = any(
        attribute.never_same is not None
        and one.values[attribute.column].casefold() == other.values[attribute.column].casefold() != ""
        for attribute in rules.across
    )
    return not any(special) and not same
