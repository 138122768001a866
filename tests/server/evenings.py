"""Evenings that are on, made by hand: so many people, who sits where, and what was pressed when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from relexp.gathering.asked import Asked, Lead
from relexp.gathering.formats import FORMATS, STANDARD
from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.roles import Role
from relexp.roster.person import Person
from relexp.server.doors import now
from relexp.store import Store, open_store

MINUTE = timedelta(minutes=1)
NAMES = (
    "Amina Khan",
    "আফরোজা বেগম চৌধুরী",
    "محمد عبد الرحمن الحسيني",
    "Siân Llewelyn-Pritchard",
    "Bo",
    "María del Carmen Guadalupe Fernández de la Vega",
    "Kwame Nkrumah Asante",
    "آمنہ بی بی",
)
ASKED = Asked(
    STANDARD,
    purpose="So that people on our streets know one another by name before the winter.",
    lead=Lead("Siân Llewelyn", "by the kitchen door, yellow scarf"),
)
SCHOOL = FORMATS[3]


def people(count: int) -> tuple[Person, ...]:
    """So many, each called something else."""
    own = [f"{NAMES[at % len(NAMES)]} {at // len(NAMES) or ''}".strip() for at in range(count)]
    return tuple(Person(f"p{at}", name, f"Group {at % 5}") for at, name in enumerate(own))


def rounds(ids: Sequence[str], many: int = 5) -> tuple[Round, ...]:
    """Everybody moves on by one against the others; where they are odd, the first rests."""
    found = []
    for number in range(1, many + 1):
        resting, rest = (ids[:1], ids[1:]) if len(ids) % 2 else ((), ids)
        half = len(rest) // 2
        ones, others = rest[:half], rest[half:]
        turned = [*others[number % half :], *others[: number % half]]
        talks = [Conversation((one, other), at) for at, (one, other) in enumerate(zip(ones, turned, strict=True), 1)]
        found.append(Round(number, tuple(talks), tuple(resting)))
    return tuple(found)


class Held:
    """An evening that is on, in the store of a running server."""

    def __init__(
        self,
        store: Store,
        expected: Sequence[Person] = (),
        asked: Asked = ASKED,
        name: str = "Weaving in Hamilton Hall",
    ) -> None:
        self.store, self.expected = store, tuple(expected)
        self.lead = store.identities.house(Role.FACILITATOR, now())
        self.id = store.gatherings.open(self.lead, name, asked.to_plain(), self.expected, now())

    def seat(self, found: Sequence[Round] = ()) -> None:
        ids = [person.id for person in self.expected]
        names = {person.id: person.name for person in self.expected}
        self.store.gatherings.seat(self.id, Evening(tuple(found) or rounds(ids), names))

    def come(self, *but: str) -> None:
        """Everybody is noted as here at the door, but for some."""
        for person in self.expected:
            if person.id not in but:
                self.store.gatherings.come(self.id, person.id, now())

    def press(self, *presses: Press, at: datetime | None = None, minutes: int = 0) -> None:
        for press in presses:
            count = len(self.store.gatherings.pressed(self.id))
            act = Act(press, at or now(), minutes)
            self.store.gatherings.press(self.id, act, self.lead, f"key {count}", count)

    def talk(self, gone: timedelta = timedelta(), round: int = 1) -> None:
        """The talk of a round has gone on for so long."""
        begun = now() - gone - MINUTE
        self.press(Press.OPEN_DOORS, Press.WELCOME, at=begun)
        for _ in range(round - 1):
            self.press(Press.START_ROUND, Press.SKIP, Press.SKIP, Press.SKIP, at=begun)
        self.press(Press.START_ROUND, at=begun)

    def close(self) -> None:
        """Forget it, for the next test."""
        self.store.gatherings.purge(now() + MINUTE)


def opened(url: str) -> Store:
    """The store of a running server."""
    return open_store(url)
