"""The weave: people are threads, side by side by where they came from, and each round lays a row of crossings.

Who talk change places, so that the threads of different groups work their way into each other, row by row. A thread of
somebody who rests or is not there hangs loose in that row: where many do, the cloth is thin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relexp.privacy.suppression import FEWEST
from relexp.weave.web import Kind, Tie, Web


@dataclass(frozen=True, slots=True)
class Group:
    """People who came from one place: its name, and how many they are; "" stands for all groups of fewer than five."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Row:
    """One round: where each thread lies after it, who crosses whom, and whose thread hangs loose.

    `places` is a place for every thread, 0 the leftmost. `crossings` are the threads of each conversation.
    """

    gathering: str
    round: int
    places: tuple[int, ...]
    crossings: tuple[tuple[int, ...], ...]
    loose: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cloth:
    """What is woven so far: `threads` gives each thread its group, in the order in which they lie at the beginning."""

    groups: tuple[Group, ...]
    threads: tuple[int, ...]
    rows: tuple[Row, ...]

    def across(self, row: Row) -> int:
        """How many conversations of a row bring two groups together."""
        return sum(len({self.threads[thread] for thread in crossing}) > 1 for crossing in row.crossings)

    def meetings(self) -> dict[tuple[int, int], int]:
        """How many meetings there were between every two groups, and within each: the picture as a table."""
        found: dict[tuple[int, int], int] = {}
        for row in self.rows:
            for crossing in row.crossings:
                for place, one in enumerate(crossing):
                    for other in crossing[place + 1 :]:
                        low, high = sorted((self.threads[one], self.threads[other]))
                        found[low, high] = found.get((low, high), 0) + 1
        return found


def cloth(web: Web, column: str = "organisation") -> Cloth:
    """Weave all that was talked at gatherings, in the order in which it was; `column` tells where people came from.

    Groups lie side by side, the largest first. Those of fewer than five people, and people of whom it is not known, lie
    together as one that has no name; where those are fewer than five in all, so do those of the smallest group.
    """
    names = {id: about.get(column, "") for id, about in web.people.items()}
    counts = {name: sum(each == name for each in names.values()) for name in names.values()}
    named = sorted((name for name, count in counts.items() if name and count >= FEWEST), key=lambda name: -counts[name])
    # What is left over would tell of fewer than five, too.
    while named and 0 < len(names) - sum(counts[name] for name in named) < FEWEST:
        named.pop()
    places = {name: place for place, name in enumerate(named)}
    order = sorted(names, key=lambda id: places.get(names[id], len(named)))
    groups = [Group(name, counts[name]) for name in named]
    rest = len(order) - sum(group.people for group in groups)
    threads = {id: thread for thread, id in enumerate(order)}
    rows: list[Row] = []
    now = tuple(range(len(order)))
    for gathering, round, talks in rounds_of(web):
        crossings = tuple(tuple(threads[id] for id in talk) for talk in talks)
        now = _woven(now, crossings)
        at_it = {thread for crossing in crossings for thread in crossing}
        loose = tuple(thread for thread in range(len(order)) if thread not in at_it)
        rows.append(Row(gathering, round, now, crossings, loose))
    return Cloth(
        (*groups, *([Group("", rest)] if rest else [])),
        tuple(places.get(names[id], len(named)) for id in order),
        tuple(rows),
    )


def rounds_of(web: Web) -> list[tuple[str, int, list[tuple[str, ...]]]]:
    """Every round that was held, with its gathering, its number and its conversations."""
    held: dict[tuple[str, int], list[Tie]] = {}
    for tie in web.of(Kind.TALK).in_order():
        held.setdefault((tie.gathering, tie.round), []).append(tie)
    return [(gathering, round, _talks(ties)) for (gathering, round), ties in held.items()]


def _talks(ties: Sequence[Tie]) -> list[tuple[str, ...]]:
    """The conversations of a round: two who met, or three who all met each other."""
    found: list[set[str]] = []
    for tie in ties:
        both = {tie.one, tie.other}
        touched = [talk for talk in found if talk & both]
        found = [talk for talk in found if not talk & both] + [both.union(*touched)]
    return [tuple(sorted(talk)) for talk in found]


def _woven(places: tuple[int, ...], crossings: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Where each thread lies once those who talk have changed places, three of them all round."""
    woven = list(places)
    for crossing in crossings:
        for thread, after in zip(crossing, (*crossing[1:], crossing[0]), strict=True):
            woven[thread] = places[after]
    return tuple(woven)
