"""A gathering after it was held: in numbers that nobody is in, and as the web of those who agreed to be remembered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from relexp.gathering.tonight import Tonight
from relexp.weave.cloth import rounds_of
from relexp.weave.measures import Crossing, Range, crossing, in_two_rows, links
from relexp.weave.tonight import COLUMN, web_of
from relexp.weave.web import Web


@dataclass(frozen=True, slots=True)
class RoundHeld:
    """One round in numbers: its conversations, and how many of them brought two groups together."""

    number: int
    talks: int
    across: int


@dataclass(frozen=True)
class Held:
    """A gathering in numbers. Nobody is in it, so it may be kept for good.

    `people` talked with somebody; `pairs` of them met. `crossings` says, of each column of the sheet that may be told,
    how far the pairs cross it, `headers` what the sheet calls it, and `rows` how many pairs would have, of how many,
    had they sat in two rows (`measures.in_two_rows`). `linked` of `possible` pairs of organisations have
    people who met.
    """

    id: str
    name: str
    day: date
    people: int
    pairs: int
    rounds: tuple[RoundHeld, ...]
    crossings: tuple[Crossing, ...]
    headers: Mapping[str, str]
    rows: Mapping[str, tuple[int, int]]
    linked: int
    possible: int

    def to_plain(self) -> dict[str, Any]:
        """The numbers as texts, numbers, lists and tables, for a JSON file; name and day stand elsewhere."""
        return {key: value for key, value in asdict(self).items() if key not in ("id", "name", "day")}

    @classmethod
    def from_plain(cls, id: str, name: str, day: date, shape: Mapping[str, Any]) -> Held:
        """What `to_plain` made, with what stands elsewhere."""
        rest = {key: shape[key] for key in ("people", "pairs", "headers", "linked", "possible")}
        crossings = tuple(
            Crossing(**each | {"chance": each["chance"] and Range(**each["chance"])}) for each in shape["crossings"]
        )
        rounds = tuple(RoundHeld(**each) for each in shape["rounds"])
        rows = {column: (across, known) for column, (across, known) in shape["rows"].items()}
        return cls(id, name, day, rounds=rounds, crossings=crossings, rows=rows, **rest)


def held(tonight: Tonight, now: datetime, day: date) -> Held | None:
    """A gathering that was held, in numbers; None where nobody talked."""
    web = web_of(tonight, now, day)
    if not web.ties:
        return None
    linked = links(web, COLUMN)
    columns, rounds = [*next(iter(web.people.values()))], rounds_of(web)
    return Held(
        tonight.id,
        tonight.name,
        day,
        len({id for pair in web.first for id in pair}),
        len(web.first),
        tuple(RoundHeld(number, len(talks), _across(web, talks)) for _, number, talks in rounds),
        tuple(crossing(web, column) for column in columns),
        {column: tonight.asked.columns.get(column, column) for column in columns},
        {column: in_two_rows(web, column, len(rounds)) for column in columns},
        len(linked.linked),
        linked.possible,
    )


def remembered(web: Web, agreed: Collection[str], code: Callable[[str], str]) -> Web:
    """The part of a web between people who agreed to be remembered, with a code in place of each of them."""
    codes = {id: code(id) for id in web.people if id in agreed}
    ties = (tie for tie in web.ties if tie.one in codes and tie.other in codes)
    return Web(
        {codes[id]: web.people[id] for id in codes},
        tuple(replace(tie, one=codes[tie.one], other=codes[tie.other]) for tie in ties),
    )


def _across(web: Web, talks: Sequence[tuple[str, ...]]) -> int:
    """How many conversations bring people of two organisations together."""
    came_with = [{web.people[id].get(COLUMN, "") for id in talk} - {""} for talk in talks]
    return sum(len(organisations) > 1 for organisations in came_with)
