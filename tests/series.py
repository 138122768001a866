"""A made-up series of three gatherings in one house, with all that people said and wrote; nobody in it is real."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Asked
from relexp.gathering.needed import needed
from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Evening
from relexp.pairing.plan import plan
from relexp.privacy.consent import WORDING, Said, Way
from relexp.privacy.roles import Identity, Role
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Reflection
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.wishes import Aim, Wishes
from relexp.store import Store
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from relexp.weave.survey import QUESTIONS, Answered, Answers, Moment

ROUNDS = 5
MONTH = timedelta(days=30)
NAMES = ("Weaving in Hamilton Hall", "Tea and talk at Al-Noor", "Weaving before the winter")
PRIVATE = "He said my accent frightened him and I wanted to leave"
ONE_ROUND = (Press.START_ROUND, Press.SKIP, Press.SKIP, Press.SKIP)
LINES = (
    "She grew up three streets from where I did.",
    "His grandmother baked the same bread.",
    "The rent is what keeps her awake, too.",
    "I had never talked with anybody who fasts.",
    "আমরা দুজনেই নদী ভালোবাসি।",
)


@dataclass
class Gathered:
    """One gathering of the series, as it was held: who came, who agreed, who sat where."""

    id: str
    at: datetime
    people: tuple[Person, ...]
    agreed: frozenset[str]
    evening: Evening


def series(store: Store, last: datetime, many: int = 3) -> list[Gathered]:
    """Hold so many gatherings of 54 people a month apart, the last one at `last`; the same ones each time."""
    dice = random.Random(7)
    roster = read_roster(demo_sheet(), "demo.csv").roster
    lead = store.identities.house(Role.FACILITATOR, last)
    met: set[tuple[str, str]] = set()
    found = []
    for number in range(many):
        at = last - (many - 1 - number) * MONTH
        there = Roster(_who(roster, number, dice), roster.columns, roster.private)
        gathered = _hold(store, lead, there, NAMES[number % len(NAMES)], at, frozenset(met), dice)
        met |= {pair for round in gathered.evening.rounds for talk in round.conversations for pair in talk.pairs()}
        _say(store, gathered, dice)
        store.weave.keep(at + timedelta(hours=3))
        _follow(store, gathered, dice)
        found.append(gathered)
    return found


def _who(roster: Roster, number: int, dice: random.Random) -> tuple[Person, ...]:
    """All of them, of whom some are new each month, with the same organisations."""
    new = set(dice.sample(range(len(roster)), 14)) if number else set()
    return tuple(
        replace(person, id=f"{person.id}-{number}", name=f"{person.name} {number}") if place in new else person
        for place, person in enumerate(roster.people)
    )


def _hold(
    store: Store,
    lead: Identity,
    roster: Roster,
    name: str,
    at: datetime,
    met: frozenset[tuple[str, str]],
    dice: random.Random,
) -> Gathered:
    known = frozenset(pair for pair in met if pair[0] in roster and pair[1] in roster)
    rules = replace(default_rules(roster, ROUNDS), met_before=known)
    evening = plan(roster, rules)
    wishes = Wishes(columns=(("age_band", Aim.ACROSS), ("neighbourhood", Aim.ACROSS)))
    people = needed(roster.people, wishes)
    asked = Asked(rules={"rounds": ROUNDS}, columns=roster.columns, private=roster.private).to_plain()
    id = store.gatherings.open(lead, name, asked, people, at)
    store.gatherings.seat(id, evening)
    agreed = set()
    for person in people:
        store.gatherings.come(id, person.id, at)
        yes = dice.random() < 0.85
        agreed |= {person.id} if yes else set()
        store.consents.note(id, person.id, Said("weave", yes, WORDING, at, Way.DESK), lead)
    presses = [Press.OPEN_DOORS, Press.WELCOME, *(ONE_ROUND * ROUNDS), Press.CLOSE]
    for number, press in enumerate(presses):
        moment = at + timedelta(minutes=4 * number)
        store.gatherings.press(id, Act(press, moment), lead, f"{id} {number}", number)
    return Gathered(id, at, tuple(people), frozenset(agreed), evening)


def _say(store: Store, gathered: Gathered, dice: random.Random) -> None:
    """Lines, reflections and answers, of about half of them."""
    for person in gathered.people:
        if dice.random() < 0.5:
            continue
        phone = store.identities.add(Role.PARTICIPANT, "", gathered.at)
        store.gatherings.come(gathered.id, person.id, gathered.at, phone=phone.id)
        round = dice.randint(1, ROUNDS)
        store.written.share(gathered.id, round, dice.choice(LINES), gathered.at, by=phone)
        visibility = dice.choice([*Visibility])
        words = PRIVATE if visibility is Visibility.ME else "How we mourn, and for how long."
        said = Reflection(gathered.id, gathered.at.date(), dice.randint(2, 5), dice.randint(2, 5), different=words)
        store.written.reflect(replace(said, did=frozenset({Did.CURIOUS}), visibility=visibility), phone)
        code = code_of(person.id, person.name, Seal())
        for answers in _answers(code, gathered, dice):
            store.survey.answer(answers)


def _answers(code: str, gathered: Gathered, dice: random.Random) -> Iterator[Answers]:
    ease = dice.randint(1, 4)
    for moment, days, grown in ((Moment.BEFORE, 0, 0), (Moment.AFTER, 0, 1), (Moment.LATER, 30, 1)):
        if moment is Moment.LATER and dice.random() < 0.4:
            continue
        values = {
            question.key: _value(question.key, question.answered, ease + grown, dice)
            for question in QUESTIONS
            if moment in question.asked
        }
        yield Answers(code, gathered.id, (gathered.at + timedelta(days=days)).date(), moment, values)


def _value(key: str, answered: Answered, ease: int, dice: random.Random) -> int:
    match answered:
        case Answered.SCALE:
            return min(5, ease) if key == "ease" else dice.randint(2, 5)
        case Answered.CIRCLES:
            return dice.randint(2, 6)
        case Answered.COUNT:
            return dice.randint(0, 9)
        case Answered.YES_NO:
            return int(dice.random() < 0.7)


def _follow(store: Store, gathered: Gathered, dice: random.Random) -> None:
    """Some who talked wish to meet again; of those who both do, some met."""
    talks = [talk.people for round in gathered.evening.rounds[1:3] for talk in round.conversations]
    wished: dict[str, list[str]] = {}
    for people in talks:
        one, other = people[0], people[1]
        if dice.random() < 0.35:
            wished.setdefault(one, []).append(other)
            if dice.random() < 0.7:
                wished.setdefault(other, []).append(one)
    for person, others in wished.items():
        store.meeting_again.wish(gathered.id, person, others, f"07700 9{dice.randint(10000, 99999)}")
    for again in store.meeting_again.all():
        if again.gathering == gathered.id and dice.random() < 0.5:
            day = (gathered.at + timedelta(days=dice.randint(3, 20))).date()
            store.meeting_again.change(again.id, replace(again.follow_up, what="Tea after Friday prayers").kept(day))


def reported(those: Sequence[Gathered]) -> list[str]:
    """The ids of the gatherings, in the order in which they were held."""
    return [each.id for each in those]
