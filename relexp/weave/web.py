"""The web of relationships: who has talked with whom, when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from relexp.pairing.evening import Evening

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame

Pair = tuple[str, str]


class Kind(StrEnum):
    """How two people came to be tied."""

    KNEW = "knew"
    TALK = "talk"
    AGAIN = "again"
    ONE_TO_ONE = "one-to-one"


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Two people (ids, in order) who met on a day: at a gathering in a round, or (round 0) somewhere else."""

    day: date
    gathering: str
    round: int
    one: str
    other: str
    kind: Kind

    @property
    def pair(self) -> Pair:
        """The two, whoever of them is named first."""
        return (self.one, self.other) if self.one <= self.other else (self.other, self.one)


@dataclass(frozen=True)
class Web:
    """Everybody who is in it, with what may be told of them by column ("" for nothing), and how they are tied.

    Gatherings of one day come in the order of their first ties here. Nothing private belongs here: what is in a web may
    be drawn, counted and handed on.
    """

    people: Mapping[str, Mapping[str, str]]
    ties: tuple[Tie, ...] = ()

    def __post_init__(self) -> None:
        for tie in self.ties:
            if tie.one == tie.other or tie.one not in self.people or tie.other not in self.people:
                raise ValueError("a tie is between two people of the web")

    def of(self, *kinds: Kind) -> Web:
        """The same people with the ties of these kinds alone."""
        return replace(self, ties=tuple(tie for tie in self.ties if tie.kind in kinds))

    def until(self, day: date) -> Web:
        """The web as it was at the end of a day."""
        return replace(self, ties=tuple(tie for tie in self.ties if tie.day <= day))

    @cached_property
    def first(self) -> Mapping[Pair, Tie]:
        """How each two who are tied first met, in the order in which they did."""
        found: dict[Pair, Tie] = {}
        for tie in self.in_order():
            found.setdefault(tie.pair, tie)
        return found

    def in_order(self) -> list[Tie]:
        """The ties as they came about: by day, by gathering, and round by round; whoever meets again has met before."""
        places = {gathering: place for place, gathering in enumerate(dict.fromkeys(tie.gathering for tie in self.ties))}

        def when(tie: Tie) -> tuple[date, bool, int, bool, int]:
            return tie.day, tie.kind is not Kind.KNEW, places[tie.gathering], tie.kind is Kind.AGAIN, tie.round

        return sorted(self.ties, key=when)

    def newly(self, gathering: str) -> tuple[Pair, ...]:
        """The pairs who first met at a gathering: those who knew each other before are none of them."""
        return tuple(pair for pair, tie in self.first.items() if tie.gathering == gathering and tie.kind is Kind.TALK)

    def graph(self) -> Graph[str]:
        """The web as networkx has it: a node for everybody, an edge for every two who are tied."""
        from networkx import Graph

        made: Graph[str] = Graph()
        made.add_nodes_from((id, dict(about)) for id, about in self.people.items())
        made.add_edges_from(self.first)
        return made

    def to_frame(self) -> DataFrame:
        """The ties as a table: day, gathering, round, one, other, kind."""
        from pandas import DataFrame

        columns = ("day", "gathering", "round", "one", "other", "kind")
        rows = [[getattr(tie, column) for column in columns] for tie in self.ties]
        return DataFrame(rows, columns=list(columns)).astype({"kind": str})


def talks(evening: Evening, day: date, gathering: str, rounds: Iterable[int] | None = None) -> tuple[Tie, ...]:
    """Every meeting of an evening; a trio is three. With `rounds`, of those alone.

    What was planned and did not happen is no tie.
    """
    held = None if rounds is None else set(rounds)
    return tuple(
        Tie(day, gathering, round.number, one, other, Kind.TALK)
        for round in evening.rounds
        if held is None or round.number in held
        for talk in round.conversations
        for one, other in talk.pairs()
    )
