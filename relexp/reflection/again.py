"""Meeting again: who would like to, and what comes of it. How to reach somebody is told only where both wish it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

Pair = tuple[str, str]

# When it is asked whether they met: some days after the gathering (domain practice: a week, and a month).
ASKED = (timedelta(days=7), timedelta(days=30))


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody (an id) would like to meet somebody of their conversations again."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What two said they would do: who sees to it, by when, and when it was done (None: not yet).

    `dropped`: it was given up, which is no failure.
    """

    one: str
    other: str
    what: str
    owner: str
    due: date
    done: date | None = None
    dropped: bool = False

    def __post_init__(self) -> None:
        if self.owner not in (self.one, self.other) or self.one == self.other:
            raise ValueError("one of the two sees to it")

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None and not self.dropped

    def late(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.open and self.due < today

    def kept(self, day: date) -> FollowUp:
        """It happened."""
        return replace(self, done=day, dropped=False)

    def given_up(self) -> FollowUp:
        """It will not happen."""
        return replace(self, done=None, dropped=True)


def both(wishes: Iterable[Wish]) -> frozenset[Pair]:
    """The pairs who both wish it: nobody learns of a wish that is not their own."""
    asked = {(wish.one, wish.other) for wish in wishes if wish.one != wish.other}
    return frozenset((one, other) for one, other in asked if one < other and (other, one) in asked)


def to_ask(held: date, today: date, answered: int) -> timedelta | None:
    """Which asking is due: a week after the gathering, and a month after it; None where none is.

    `answered` is how many have been answered. Whoever missed the first is asked the second alone.
    """
    due = [after for after in ASKED if held + after <= today]
    return due[-1] if len(due) > answered else None
