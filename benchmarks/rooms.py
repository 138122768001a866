"""Freshly drawn rooms of every kind, for measuring how well an evening can be planned (nobody in them is real)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Pin, Rules, Sides, Tables

AGES = ("16-24", "25-34", "35-44", "45-54", "55-64", "65+")
AREAS = tuple(f"Area {letter}" for letter in "ABCDEFGH")
FAITHS = ("Christian", "Muslim", "Hindu", "Sikh", "Jewish", "Buddhist", "None", "")
COLUMNS = {
    "organisation": "Who did you come with?",
    "side": "Side",
    "languages": "Languages",
    "age_band": "Age",
    "neighbourhood": "Neighbourhood",
    "faith": "Faith",
    "years_here": "Years in this town",
}


@dataclass(frozen=True)
class Change:
    """What happens in the middle of an evening: who goes home and who comes late, after which round."""

    after: int
    leavers: tuple[str, ...]
    arrivals: Roster


@dataclass(frozen=True)
class Room:
    """A drawn room: its kind, the people, what the organiser asks, and what changes half-way, if anything does."""

    kind: str
    roster: Roster
    rules: Rules
    change: Change | None = None


@dataclass
class _Sheet:
    """A sheet being drawn: one dict of Person fields a person."""

    rows: list[dict] = field(default_factory=list)

    def roster(self) -> Roster:
        people = []
        for row in self.rows:
            values = dict(row.pop("values"))
            languages = row.get("languages", frozenset())
            values |= {"organisation": row["organisation"], "side": row.get("side", "")}
            values["languages"] = "; ".join(sorted(languages))
            people.append(Person(values=values, **row))
        return Roster(tuple(people), COLUMNS, frozenset({"faith"}))


def _sheet(draw: np.random.Generator, size: int, organisations: np.ndarray, prefix: str = "p") -> _Sheet:
    """People with an organisation each, and ages, neighbourhoods, faiths and years that lean on the organisation."""
    count = int(organisations.max()) + 1
    home, creed = draw.integers(len(AREAS), size=count), draw.integers(len(FAITHS) - 1, size=count)
    rows = []
    for place in range(size):
        group = organisations[place]
        area = home[group] if draw.random() < 0.5 else draw.integers(len(AREAS))
        faith = creed[group] if draw.random() < 0.6 else draw.integers(len(FAITHS))
        values = {
            "age_band": AGES[draw.choice(6, p=(0.12, 0.18, 0.2, 0.2, 0.16, 0.14))] if draw.random() < 0.96 else "",
            "neighbourhood": AREAS[area],
            "faith": FAITHS[faith],
            "years_here": str(int(draw.gamma(2.0, 6.0))) if draw.random() < 0.95 else "",
        }
        name = f"{prefix}{place + 1}"
        rows.append({"id": name, "name": f"Guest {name}", "organisation": f"Group {group + 1}", "values": values})
    return _Sheet(rows)


def _organisations(draw: np.random.Generator, size: int, count: int, largest: float | None = None) -> np.ndarray:
    """Everyone's organisation by number; uneven in size, none over 22% of the room, or the first `largest` of it."""
    if largest is not None:
        first = round(size * largest)
        rest = 1 + draw.choice(count - 1, size=size - first, p=draw.dirichlet(np.full(count - 1, 4.0)))
        groups = np.concatenate([np.zeros(first, dtype=np.int64), rest])
    else:
        while True:
            groups = draw.choice(count, size=size, p=draw.dirichlet(np.full(count, 3.0)))
            if np.bincount(groups).max() <= 0.22 * size:
                break
    return draw.permutation(groups)


def _across(never_same: NeverSame | None = NeverSame.HARD) -> tuple[Across, ...]:
    return (
        Across("organisation", weight=4, never_same=never_same),
        Across("age_band", kind=Kind.ORDERED, order=AGES),
        Across("neighbourhood"),
        Across("faith", private=True),
        Across("years_here", kind=Kind.NUMBER),
    )


def _rules(draw: np.random.Generator, never_same: NeverSame | None = NeverSame.HARD, **asked: object) -> Rules:
    return replace(Rules(rounds=6, seed=int(draw.integers(1, 10_000)), across=_across(never_same)), **asked)


def ordinary(draw: np.random.Generator, size: int) -> tuple[Roster, Rules]:
    """A room of about a dozen organisations, nobody with their own."""
    count = max(9, min(size // 10, 80))
    return _sheet(draw, size, _organisations(draw, size, count)).roster(), _rules(draw)


def one_group(draw: np.random.Generator, size: int, share: float) -> tuple[Roster, Rules]:
    """A room where one organisation is `share` of everybody; meetings within an organisation as few as possible."""
    groups = _organisations(draw, size, 8, largest=share)
    return _sheet(draw, size, groups).roster(), _rules(draw, NeverSame.FEWEST)


def languages(draw: np.random.Generator, size: int) -> tuple[Roster, Rules]:
    """A room of five languages, where two people must share one; most speak English, some do not."""
    sheet = _sheet(draw, size, _organisations(draw, size, 12))
    _give_languages(draw, sheet, english=0.75)
    return sheet.roster(), _rules(draw, share=("languages",))


def _give_languages(draw: np.random.Generator, sheet: _Sheet, english: float) -> None:
    others = ("Arabic", "Bengali", "Polish", "Somali")
    for row in sheet.rows:
        own = set(draw.choice(others, size=draw.integers(1, 3), replace=False).tolist())
        row["languages"] = frozenset(own | {"English"}) if draw.random() < english else frozenset(own)
        if row["languages"] & {"English"} and draw.random() < 0.5:
            row["languages"] = frozenset({"English"})


def many_rules(draw: np.random.Generator, size: int) -> tuple[Roster, Rules]:
    """Every rule at once: children, interpreters, fixed and quiet seats, rests, pins, earlier meetings, keep-apart."""
    sheet = _sheet(draw, size, _organisations(draw, size, 12))
    _give_languages(draw, sheet, english=0.9)
    rows = sheet.rows
    for row in rows:
        row["gender"] = "woman" if draw.random() < 0.55 else "man"
    order = draw.permutation(size).tolist()
    for place in order[:14]:
        adult = next(k for k in order[14:] if rows[k]["organisation"] != rows[place]["organisation"])
        rows[place] |= {"under_18": True, "responsible_adult": rows[adult]["id"], "languages": frozenset({"English"})}
    for place, other in zip(order[30:33], order[33:36], strict=True):
        rows[place]["languages"] = frozenset({"Dari"})
        rows[other] |= {"interpreter_for": rows[place]["id"], "languages": frozenset({"Dari", "English"})}
    for place in order[40:44]:
        rows[place] |= {"fixed_seat": 0}
    for place in order[44:50]:
        rows[place] |= {"quiet": True}
    for place in order[50:54]:
        rows[place]["rest"] = frozenset({int(draw.integers(1, 7))})
    for place in order[54:57]:
        rows[place] |= {"women_only": True, "gender": "woman", "languages": frozenset({"English"})}
    names = [rows[k]["id"] for k in order]
    present = {names[k]: frozenset(range(2, 7)) for k in (60, 61, 62)} | {names[63]: frozenset(range(1, 5))}
    apart = frozenset((names[70 + 2 * k], names[71 + 2 * k]) for k in range(8))
    met = frozenset((names[k], names[size - 1 - k]) for k in range(36, size // 2))
    pins = _pins(rows, order[90:], rounds=3)
    tables = Tables(quiet=frozenset({1, 2, 3, 4, 5, 6}))
    asked = {"share": ("languages",), "present": present, "keep_apart": apart - met, "met_before": met}
    return sheet.roster(), _rules(draw, tables=tables, pins=pins, **asked)


def _pins(rows: list[dict], order: list[int], rounds: int) -> tuple[Pin, ...]:
    """One pinned pair in each of the first rounds: two English speakers of different organisations."""
    pins, pool = [], [k for k in order if "English" in rows[k]["languages"]]
    for number in range(1, rounds + 1):
        first = pool.pop()
        second = next(k for k in pool if rows[k]["organisation"] != rows[first]["organisation"])
        pool.remove(second)
        pins.append(Pin(number, (rows[first]["id"], rows[second]["id"])))
    return tuple(pins)


def churn(draw: np.random.Generator, size: int) -> tuple[Roster, Rules]:
    """A room where one in twelve comes late and one in twelve leaves early, all known beforehand."""
    sheet = _sheet(draw, size, _organisations(draw, size, 12))
    moving = [sheet.rows[k]["id"] for k in draw.permutation(size)[: 2 * (size // 12)]]
    present = {id: frozenset(range(int(draw.integers(2, 4)), 7)) for id in moving[: len(moving) // 2]}
    present |= {id: frozenset(range(1, int(draw.integers(4, 6)))) for id in moving[len(moving) // 2 :]}
    return sheet.roster(), _rules(draw, present=present)


def hosts(draw: np.random.Generator, host_count: int, guest_count: int, **asked: object) -> tuple[Roster, Rules]:
    """Hosts of one body and guests of several; every conversation crosses from one side to the other."""
    guests = 1 + _organisations(draw, guest_count, 7)
    sheet = _sheet(draw, host_count + guest_count, np.concatenate([np.zeros(host_count, dtype=np.int64), guests]))
    for place, row in enumerate(sheet.rows):
        row["side"] = "host" if place < host_count else "guest"
    guests_per_host = int(asked.pop("guests_per_host", 1))
    return sheet.roster(), _rules(draw, None, sides=Sides(guests_per_host=guests_per_host), **asked)


def everyone(draw: np.random.Generator, size: int) -> tuple[Roster, Rules]:
    """Everybody meets everybody: as many rounds as there are other people."""
    groups = _organisations(draw, size, min(size, 8))
    return _sheet(draw, size, groups).roster(), _rules(draw, None, rounds=size - 1)


def _room(kind: str, draw: np.random.Generator) -> Room:
    return Room(kind, *KINDS[kind](draw))


def _churn_replan(draw: np.random.Generator) -> Room:
    """An ordinary room of 120 where, after round 3, four go home and two come in."""
    roster, rules = ordinary(draw, 120)
    groups = np.array([int(row.organisation.split()[1]) - 1 for row in roster])
    late = _sheet(draw, 2, draw.choice(groups, size=2), prefix="late").roster()
    leavers = tuple(roster.people[k].id for k in sorted(draw.permutation(120)[:4].tolist()))
    return Room("churn_replan_120", roster, rules, Change(3, leavers, late))


KINDS: Mapping[str, Callable[[np.random.Generator], tuple[Roster, Rules]]] = {
    "ordinary_120": lambda draw: ordinary(draw, 120),
    "ordinary_300": lambda draw: ordinary(draw, 300),
    "odd_119": lambda draw: ordinary(draw, 119),
    "one_group_45": lambda draw: one_group(draw, 120, 0.45),
    "one_group_60": lambda draw: one_group(draw, 120, 0.60),
    "languages_120": lambda draw: languages(draw, 120),
    "many_rules_120": lambda draw: many_rules(draw, 120),
    "churn_120": lambda draw: churn(draw, 120),
    "hosts_equal_60": lambda draw: hosts(draw, 30, 30),
    "hosts_unequal_70": lambda draw: hosts(draw, 30, 40),
    "hosts_one_to_two_45": lambda draw: hosts(draw, 15, 30, guests_per_host=2),
    "tight_school_8": lambda draw: everyone(draw, 8),
    "tight_everyone_30": lambda draw: everyone(draw, 30),
    "tight_hosts_24": lambda draw: hosts(draw, 12, 12, rounds=12),
    "people_1000": lambda draw: ordinary(draw, 1000),
    "people_3000": lambda draw: ordinary(draw, 3000),
}
REPLAN = "churn_replan_120"
NAMES = (*KINDS, REPLAN)


def room(kind: str, seed: int) -> Room:
    """A room of one kind, drawn from a seed: the same kind and seed give the same room on every machine."""
    draw = np.random.default_rng([seed, *kind.encode()])
    return _churn_replan(draw) if kind == REPLAN else _room(kind, draw)
