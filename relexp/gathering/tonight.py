"""What everybody looks at tonight: the room as a whole, and each person their own place in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from relexp.gathering.asked import Asked
from relexp.gathering.formats import Part, questions
from relexp.gathering.running import BY_THE_CLOCK, Act, Press, Running, Stage, holding, replay
from relexp.pairing.evening import Round
from relexp.roster.gender import is_woman
from relexp.roster.person import Person

# Stands where a name was, until the tables are planned anew.
UNNAMED = "–"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected, as the plan needs them: when they came and went, and whose phone is theirs.

    `refused` is when they took back that they may be on the plan.
    """

    person: Person
    came: datetime | None = None
    went: datetime | None = None
    identity_id: str | None = None
    refused: datetime | None = None

    @property
    def here(self) -> bool:
        """Whether they are in the room."""
        return self.came is not None and self.went is None

    @property
    def takes_part(self) -> bool:
        """Whether they are in the room, and may be on the plan."""
        return self.here and self.refused is None


@dataclass(frozen=True, slots=True)
class Scene:
    """What the room sees at a moment.

    `round` is the one that runs or ran last, `of` how many are planned. `question` is that of the round which runs,
    else "". The part `ends` then if nobody presses anything, with `left` to go (below zero where people take longer);
    both are None where it stands still for good, and `ends` while it is `paused`. `half_time` is when the talk changes
    over. `seats` is who sits where: of the round that runs or, with `to_come`, of the next one.
    """

    stage: Stage
    part: Part | None
    round: int
    of: int
    question: str
    began: datetime | None
    ends: datetime | None
    left: timedelta | None
    half_time: datetime | None
    paused: bool
    seats: Round | None
    to_come: bool

    @property
    def to_share(self) -> int:
        """The round of which people may share a line: from its harvest until the next talk begins; 0 for none."""
        if self.part in (None, Part.ARRIVAL, Part.OPENING, Part.TALK):
            return 0
        return self.round - (self.part is Part.PROMPT)

    @property
    def at_the_end(self) -> bool:
        """Whether all rounds are over: people say goodbye, or have gone."""
        return self.part is Part.CLOSING or self.stage is Stage.CLOSED


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person sits in the round that runs or, with `to_come`, in the next one.

    `partners` and `interpreters` are names as on a badge; `interprets` is for whoever is there to interpret. With no
    `table` they rest, or nobody has planned them in. `round` is 0 where there is no table to go to now.
    """

    round: int = 0
    to_come: bool = False
    table: int | None = None
    partners: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    interprets: bool = False
    resting: bool = False


@dataclass(frozen=True)
class Tonight:
    """A gathering whose doors were opened, whole: what was asked, who is expected, who sits where, what was pressed.

    `changed` tells one state of it from another.
    """

    id: str
    changed: int
    name: str
    asked: Asked
    people: tuple[Guest, ...] = ()
    rounds: tuple[Round, ...] = ()
    acts: tuple[Act, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Everybody's name as on their badge, by id; of who took back to be on the plan it is shown no more."""
        return {guest.person.id: UNNAMED if guest.refused else guest.person.name for guest in self.people}

    @cached_property
    def of(self) -> int:
        """How many rounds are planned; 0 before there is a plan."""
        return max((round.number for round in self.rounds), default=0)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """What each round asks, in the words it was given."""
        usual = [str(question) for question in questions(self.asked.format, self.of)] if self.of else []
        return (*self.asked.questions, *usual[len(self.asked.questions) :])

    @cached_property
    def fits(self) -> bool:
        """Whether the plan is for who came, so that people may be sent to its first tables.

        It is as long as nobody was noted as here: whoever leads works from the list. What fitted when the welcome began
        goes on to: who comes or goes later takes no table from anybody's screen, but where somebody would sit at the
        first one without protection.
        """
        if all(guest.came is None for guest in self.people):
            return True
        acts = holding(self.acts, self.asked.format, self.of)
        welcomed = next((act.at for act in acts if act.press is Press.WELCOME), None)
        seated, talk = _seated(self.rounds)
        return self._protects and not any(
            _is_gone(guest, welcomed) if guest.person.id in seated else _waits(guest, welcomed, talk)
            for guest in self.people
        )

    @property
    def _protects(self) -> bool:
        """Whether the first round protects everybody who takes part, by what has been said of them since."""
        there = {guest.person.id: guest.person for guest in self.people if guest.takes_part}
        talks = (talk.people for round in self.rounds[:1] for talk in round.conversations)
        return not any(id for people in talks for id in unprotected([there[id] for id in people if id in there]))

    def running(self, now: datetime) -> Running:
        """Where it stands."""
        return replay(self.acts, self.asked.format, self.of, now)

    def scene(self, now: datetime) -> Scene:
        """What the room sees now."""
        running = self.running(now)
        asks = running.part in BY_THE_CLOCK and 0 < running.round <= len(self.questions)
        seats = self._seats(running)
        return Scene(
            running.stage,
            running.part,
            running.round,
            self.of,
            self.questions[running.round - 1] if asks else "",
            running.began,
            running.ends,
            running.left(now) if running.minutes else None,
            running.half_time,
            running.paused is not None,
            seats,
            seats is not None and seats.number > running.round,
        )

    def scenes(self, now: datetime) -> Iterator[Scene]:
        """What the room sees now, then what follows by the clock alone, for a screen that has lost its server."""
        scene = self.scene(now)
        yield scene
        while scene.part in BY_THE_CLOCK and scene.ends is not None:
            scene = self.scene(scene.ends)
            yield scene

    def place(self, person_id: str, now: datetime) -> Place:
        """What one person sees now."""
        return self.place_in(self.scene(now), person_id)

    def place_in(self, scene: Scene, person_id: str) -> Place:
        """Where a person sits in a scene of this evening."""
        if scene.seats is None:
            return Place()
        number, to_come = scene.seats.number, scene.to_come
        for talk in scene.seats.conversations:
            if person_id in talk.people or person_id in talk.interpreters:
                partners, interpreters = (
                    tuple(self.names.get(id, "") for id in ids if id != person_id)
                    for ids in (talk.people, talk.interpreters)
                )
                return Place(number, to_come, talk.table, partners, interpreters, person_id in talk.interpreters)
        return Place(number, to_come, resting=person_id in scene.seats.resting)

    def _seats(self, running: Running) -> Round | None:
        """Who sits where now or next: nobody until the plan is for who came, and nobody after the last round."""
        if running.part in (None, Part.ARRIVAL, Part.CLOSING) or (running.round == 0 and not self.fits):
            return None
        number = running.round if running.part in BY_THE_CLOCK else running.round + 1
        return next((round for round in self.rounds if round.number == number), None)


def unprotected(people: Sequence[Person]) -> Iterable[str]:
    """Of those who sit together, whom that does not protect (the table in formats.md; women alone as asked for)."""
    young = [person for person in people if person.under_18]
    adults = [person for person in people if not person.under_18]
    with_their_adult = len(adults) > 1 and any(person.id == young[0].responsible_adult for person in adults if young)
    if len(young) == 1 and adults and not with_their_adult:
        yield young[0].id
    women = [person for person in people if is_woman(person.gender)]
    yield from (person.id for person in people if person.women_only and len(women) < len(people))


def _seated(rounds: Iterable[Round]) -> tuple[set[str], set[str]]:
    """Who has a place in any of the rounds, and which of them talk in one."""
    talk = {id for round in rounds for each in round.conversations for id in each.people}
    help = {id for round in rounds for each in round.conversations for id in each.interpreters}
    return talk | help | {id for round in rounds for id in round.resting}, talk


def _is_gone(guest: Guest, since: datetime | None) -> bool:
    """Whether somebody has not come, or by then had left or was to be on the plan no longer."""
    ends = [at for at in (guest.went, guest.refused) if at is not None]
    return guest.came is None or any(since is None or at <= since for at in ends)


def _waits(guest: Guest, since: datetime | None, talk: Collection[str]) -> bool:
    """Whether somebody who is here, and was by then, needs a place; interpreters need one beside their person alone."""
    helped = guest.person.interpreter_for
    came = guest.takes_part and guest.came is not None and (since is None or guest.came <= since)
    return came and (helped is None or helped in talk)
