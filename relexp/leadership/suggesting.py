"""What relexp knows happened, for a person to confirm or to decline: it changes no row by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from relexp.leadership.evidence import Kind, Suggestion
from relexp.leadership.leader import Leader
from relexp.roster.words import fold

# Who came to a gathering: name, day, id and name of the gathering, whether they hosted it.
Came = tuple[str, date, str, str, bool]
# What somebody went out for in the module and let a trainer see: their name, day, what it was, and where it stands.
Learnt = tuple[str, date, str, str]
# A one-to-one that was noted: the leader's id, day, and where it is kept.
Talk = tuple[str, date, str]


def suggested(
    leaders: Iterable[Leader],
    came: Iterable[Came],
    talks: Iterable[Talk],
    known_sources: Collection[tuple[str, str]],
    learnt: Iterable[Learnt] = (),
) -> tuple[Suggestion, ...]:
    """What to suggest of these leaders, the earliest first: gatherings, one-to-ones, field tasks.

    Somebody who came or learnt is known by name, however it is typed, and only where exactly one leader has that name.
    `known_sources` are (leader, source) that were confirmed or declined before: nothing is suggested twice.
    """
    came, talks, learnt = tuple(came), tuple(talks), tuple(learnt)
    if not came and not talks and not learnt:
        return ()
    known, ids = {*known_sources}, set[str]()
    names: dict[str, str | None] = {}
    for leader in leaders:
        name = fold(leader.name)
        names[name] = None if name in names else leader.id
        ids.add(leader.id)
    found: dict[tuple[str, str], Suggestion] = {}
    for suggestion in (*_gatherings(names, came), *_talks(ids, talks), *_tasks(names, learnt)):
        place = (suggestion.leader, suggestion.source)
        # Whoever hosted came as well, and hosting says more.
        if place not in known and (place not in found or suggestion.kind is Kind.HOSTED):
            found[place] = suggestion
    return tuple(sorted(found.values(), key=lambda suggestion: suggestion.day))


def _gatherings(names: dict[str, str | None], came: Iterable[Came]) -> Iterator[Suggestion]:
    for name, day, id, title, hosted in came:
        leader = names.get(fold(name))
        if leader:
            yield Suggestion(leader, Kind.HOSTED if hosted else Kind.GATHERING, day, title, f"gathering {id}")


def _talks(ids: Collection[str], talks: Iterable[Talk]) -> Iterator[Suggestion]:
    for leader, day, source in talks:
        if leader in ids:
            yield Suggestion(leader, Kind.ONE_TO_ONE, day, "", source)


def _tasks(names: dict[str, str | None], learnt: Iterable[Learnt]) -> Iterator[Suggestion]:
    for name, day, what, source in learnt:
        leader = names.get(fold(name))
        if leader:
            yield Suggestion(leader, Kind.TRAINING, day, what, source)
