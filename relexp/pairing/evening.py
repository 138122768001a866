"""An evening: all rounds of a gathering, with who talks to whom at which table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two or three people at a table, with the interpreters who sit with them (ids throughout)."""

    people: tuple[str, ...]
    table: int
    interpreters: tuple[str, ...] = ()

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two people who meet here, each pair with its ids in order."""
        return combinations(sorted(self.people), 2)


@dataclass(frozen=True, slots=True)
class Round:
    """One round: its conversations in table order, and who rests."""

    number: int
    conversations: tuple[Conversation, ...]
    resting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evening:
    """Who talks to whom, round by round.

    `names` gives each person's name as they wish it on a badge. `present` lists, for those who are not there all
    evening, the rounds they attend. `report` holds the figures of the evening with their bounds and certificate.
    No attribute and no keep-apart pair is in an evening.
    """

    rounds: tuple[Round, ...]
    names: Mapping[str, str]
    seed: int = 1
    present: Mapping[str, frozenset[int]] = field(default_factory=dict)
    report: Mapping[str, object] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every meeting of the evening, round by round; a trio gives three."""
        for round in self.rounds:
            for conversation in round.conversations:
                yield from conversation.pairs()

    def renamed(self, ids: Mapping[str, str]) -> Evening:
        """The same evening with everybody in `ids` (old to new) under their new id."""

        def new(old: Iterable[str]) -> tuple[str, ...]:
            return tuple(ids.get(id, id) for id in old)

        def moved(round: Round) -> Round:
            talks = (
                replace(talk, people=new(talk.people), interpreters=new(talk.interpreters))
                for talk in round.conversations
            )
            return replace(round, conversations=tuple(talks), resting=new(round.resting))

        return replace(
            self,
            rounds=tuple(moved(round) for round in self.rounds),
            names={ids.get(id, id): name for id, name in self.names.items()},
            present={ids.get(id, id): rounds for id, rounds in self.present.items()},
        )
