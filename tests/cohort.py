"""A made-up cohort of leaders over two years, for tests and to look at; nobody in it is real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from relexp.leadership.board import Board, default_board
from relexp.leadership.evidence import Challenge, Evidence, Kind, Move, Reading, Suggestion
from relexp.leadership.leader import WORDS, Leader, Row, Step, Wording
from relexp.leadership.qualities import OFTEN
from relexp.reflection.one_to_ones import Following

TODAY = date(2026, 3, 6)
YEARS = 730
INSTITUTIONS = (
    "St Mary's", "Masjid Al-Noor", "Hamilton Hall", "Cardiff Road Primary School", "UNISON West branch",
    "Eglwys Dewi Sant", "Beth Shalom", "Guru Nanak Gurdwara", "Sunflower Nursery", "The Renters' Union of the Lower Valley",
    "Eastside Youth", "Our Lady of the Assumption and the English Martyrs", "City of Sanctuary", "বাংলা সাহিত্য পরিষদ",
)  # fmt: skip
# These have one leader each, whatever the lot says.
ALONE = INSTITUTIONS[-3:]
FIRST = (
    "Amina", "نور الهدى", "Siân", "রহিমা", "Tomos", "Grace", "يوسف", "Llywelyn", "অনন্যা", "Daniel", "Łucja", "Ifeoma",
    "Maximilian-Alexander", "Ruth", "Gwenllian", "Oluwaseun Adebayo-Chukwuemeka", "خديجة", "সুমন", "Peter", "Mei Ling",
)  # fmt: skip
LAST = (
    "Begum", "Ap Rhys", "O’Connor", "الحسن", "চৌধুরী", "Featherstonehaugh-Cholmondeley", "Cohen", "Singh", "Jones",
    "Nowak", "Okafor", "বন্দ্যোপাধ্যায়", "Wójcik", "Hughes", "Rahman",
)  # fmt: skip
ROLES = ("", "welcomes newcomers", "runs the food bank", "governor", "shop steward", "youth worker", "treasurer")
STEPS = (
    "Have five one-to-ones with parents", "Chair the next meeting", "Ring the three who did not come",
    "Bring six people to the assembly", "দুই জনকে নিয়ে আসা", "Speak with the imam about the hall",
)  # fmt: skip
DARES = ("Speak for two minutes at the assembly", "Ask the head teacher for the hall", "Lead the walk")
WHAT = ("Told her story to the council", "Brought eight people", "Asked the landlord himself", "Welcomed everybody")
THEIR_WORDS = ("Her children breathe the ring road", "Cooks for eighty", "To ask, and then to wait")


@dataclass(frozen=True)
class Cohort:
    """Everything that is known of the made-up leaders on `today`.

    `trainings` are (leader, key, day), `steps` (leader, day on which it was agreed), `developed` (leader, by whom, since).
    """

    today: date
    board: Board
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    moves: tuple[Move, ...]
    steps: tuple[tuple[str, date], ...]
    developed: tuple[tuple[str, str, date], ...]
    challenges: tuple[Challenge, ...]
    readings: tuple[Reading, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def leaders(self) -> tuple[Leader, ...]:
        """The leaders in the order of the table."""
        return tuple(row.leader for row in self.rows)

    @property
    def trainings(self) -> tuple[tuple[str, str, date], ...]:
        """Who did which training, and when."""
        return tuple((leader.id, key, day) for leader in self.leaders for key, day in leader.training.items())

    @property
    def names(self) -> dict[str, str]:
        """The names by id."""
        return {leader.id: leader.name for leader in self.leaders}


def cohort(people: int = 60, seed: int = 1) -> Cohort:
    """So many made-up leaders, the same ones for the same seed."""
    dice = random.Random(seed)
    board = default_board()
    leaders = [_leader(number, board, dice) for number in range(people)]
    evidence, moves, steps = [], [], []
    rows = []
    for leader in leaders:
        climbed, lines = _climb(leader, board, dice)
        met = _met(leader, dice)
        made = min((move.day for move in climbed), default=TODAY)
        evidence += [*lines, *met]
        moves += climbed
        steps += _agreed(leader, dice)
        last = max((line.day for line in met), default=None)
        seen = TODAY - timedelta(dice.randint(0, 200)) if dice.random() < 0.5 else None
        rows.append(Row(leader, made, last, len(met), seen))
    started = {row.leader.id: row.made for row in rows}
    developed = tuple((e.id, e.developed_by, started[e.id]) for e in leaders if e.developed_by)
    return Cohort(
        TODAY, board, tuple(rows), tuple(evidence), tuple(moves), tuple(steps), developed,
        tuple(_challenges(leaders, dice)), tuple(_readings(leaders, board, dice)), tuple(_suggestions(leaders, dice)),
    )  # fmt: skip


def _leader(number: int, board: Board, dice: random.Random) -> Leader:
    several = INSTITUTIONS[: -len(ALONE)]
    # The first institutions are the large ones; a few people are from none.
    institution = several[min(int(dice.expovariate(0.25)), len(several) - 1)] if dice.random() < 0.93 else ""
    stage = [*board.ladder][min(int(dice.expovariate(0.5)), 4)].key
    above = f"L{dice.randrange(max(1, number // 3))}" if number and dice.random() < 0.55 else ""
    step = Step(dice.choice(STEPS), _day(dice, -40, 75), dice.choice(FIRST), _day(dice, -120, -1))
    words = {part: dice.choice(THEIR_WORDS) if dice.random() < 0.4 else "" for part in WORDS}
    return Leader(
        f"L{number}",
        f"{FIRST[number % len(FIRST)]} {LAST[(number + 2 * (number // len(FIRST))) % len(LAST)]}",
        ALONE[number] if number < len(ALONE) else institution,
        dice.choice(ROLES),
        stage,
        dice.choice((None, *Following)),
        step=step if dice.random() < 0.75 else None,
        training={each.key: _day(dice, -YEARS, 0) for each in board.trainings if dice.random() < 0.2},
        developed_by=above,
        review=_day(dice, -60, 300) if dice.random() < 0.7 else None,
        wording={part: dice.choice([*Wording]) for part, text in words.items() if text},
        **words,
    )


def _climb(leader: Leader, board: Board, dice: random.Random) -> tuple[list[Move], list[Evidence]]:
    """How somebody came to their stage, each time with a line of evidence; a few fell back in between."""
    keys = [stage.key for stage in board.ladder]
    way = ["", *keys[: board.ladder.place(leader.stage) + 1]]
    if len(way) > 3 and dice.random() < 0.2:
        way[3:3] = [way[1], way[2]]
    days = sorted(_day(dice, -YEARS, -5) for _ in way[1:])
    moves, lines = [], []
    for number, day in enumerate(days):
        id = f"{leader.id}-e{number}"
        kind = dice.choice((Kind.GATHERING, Kind.HOSTED, Kind.TURNOUT, Kind.ACTION, Kind.STEP))
        lines.append(Evidence(id, leader.id, kind, day, dice.choice(WHAT), dice.choice(FIRST)))
        moves.append(Move(leader.id, day, way[number], way[number + 1], id))
    return moves, lines


def _met(leader: Leader, dice: random.Random) -> list[Evidence]:
    """One-to-ones: a few people have had many, and some none."""
    many = int(dice.paretovariate(0.9) * 1.5) if dice.random() < 0.85 else 0
    return [
        Evidence(f"{leader.id}-m{number}", leader.id, Kind.ONE_TO_ONE, _lately(dice), seen_by=dice.choice(FIRST))
        for number in range(min(many, 25))
    ]


def _agreed(leader: Leader, dice: random.Random) -> Iterator[tuple[str, date]]:
    for day in leader.training.values():
        if dice.random() < 0.6:
            yield leader.id, min(TODAY, day + timedelta(dice.randint(0, 45)))
    if leader.step and leader.step.made:
        yield leader.id, leader.step.made


def _challenges(leaders: list[Leader], dice: random.Random) -> Iterator[Challenge]:
    for leader in leaders:
        if dice.random() < 0.3:
            taken = dice.choice((True, False, None, None))
            day = _day(dice, -90, 0)
            made = Challenge(f"{leader.id}-c", leader.id, day, dice.choice(DARES), dice.choice(FIRST), taken)
            yield made if taken is None else replace(made, answer="Yes, with Ruth beside me", answered=day)


def _readings(leaders: list[Leader], board: Board, dice: random.Random) -> Iterator[Reading]:
    for leader in leaders[: len(leaders) // 2]:
        for number in range(dice.randint(0, 4)):
            habits = {each.key: dice.choice(OFTEN) for each in board.habits if dice.random() < 0.8}
            mentor = dice.choice(("", dice.choice(FIRST)))
            yield Reading(f"{leader.id}-r{number}", leader.id, _day(dice, -YEARS, 0), habits, mentor)


def _suggestions(leaders: list[Leader], dice: random.Random) -> Iterator[Suggestion]:
    for leader in leaders:
        if dice.random() < 0.1:
            yield Suggestion(leader.id, Kind.GATHERING, _day(dice, -20, 0), "Weaving in Hamilton Hall", "gathering g1")


def _day(dice: random.Random, first: int, last: int) -> date:
    return TODAY + timedelta(dice.randint(first, last))


def _lately(dice: random.Random) -> date:
    """A day of the two years, more often one of the last months."""
    return TODAY - timedelta(int(YEARS * dice.random() ** 3))
