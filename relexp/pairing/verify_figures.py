"""Recomputes every figure of an evening's report from the evening itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from relexp.messages import Message, say
from relexp.pairing.verify_facts import HOST, Facts, Talk

# How far a printed figure may be from the recomputed one, as a share of it.
CLOSE = 1e-6


def misnamed(facts: Facts) -> Iterator[Message]:
    """Everybody whom the evening calls by another name than the sheet does."""
    for person in facts.roster:
        found = facts.evening.names.get(person.id, person.name)
        if found != person.name:
            yield say("verify.name", found=found, name=person.name)


def wrong_verdict(report: Mapping[str, object]) -> Iterator[Message]:
    """Whether the report of an evening that keeps every rule fails to say so."""
    said = report.get("feasible")
    if said is not True:
        yield say("verify.feasible_wrongly" if said is False else "verify.feasible_missing")


def wrong_figures(facts: Facts, differences: NDArray[np.float64]) -> Iterator[Message]:
    """Every figure of the report that is missing or is not what the evening shows.

    `differences` is the (N, N) table of `relexp.roster.difference`.
    """
    report = facts.evening.report
    for figure, found in figures(facts, differences).items():
        yield from _compare(report, figure, figure, found)
    groups = report.get("same_group", {})
    if not isinstance(groups, Mapping) or set(groups) != {rule.name for rule in facts.group_rules}:
        yield say("verify.report_group")
        return
    for rule in facts.group_rules:
        said = groups[rule.name] if isinstance(groups[rule.name], Mapping) else {}
        talks = tuple(facts.every_talk())
        most = max(rule.rounds_a_person(talks).values(), default=0)
        for figure, found in (("meetings", rule.meetings(talks)), ("most_for_one_person", most)):
            yield from _compare(said, figure, f"{rule.name}: {figure}", found)


def figures(facts: Facts, differences: NDArray[np.float64]) -> dict[str, float]:
    """Every plain figure of the evening, by its key in the report."""
    gains = experiences(facts, differences)
    counted = facts.attended > 0
    talks = tuple(facts.every_talk())
    earlier = facts.met_before
    return {
        "people": int(facts.talker.sum()),
        "rounds": facts.rules.rounds,
        "seed": facts.evening.seed,
        "total": float(gains.sum()) / 2,
        "worst_person": float((gains[counted] / facts.attended[counted]).min(initial=1.0)) if counted.any() else 0.0,
        "conversations": len(talks),
        "turns": sum(len(talk.people) for talk in talks),
        "pairs_met": len(facts.meetings),
        "repeats": sum(count - (pair not in earlier) for pair, count in facts.meetings.items()),
        "trios": sum(talk.is_trio for talk in talks),
        "second_trios": sum(count - 1 for count in facts.trio_counts.values()),
        "rests": sum(facts.rest_counts.values()),
    }


def experiences(facts: Facts, differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of differences that each person met, (N,); a three counts the mean over both partners.

    Where one-to-twos are asked for, a guest's is the difference to the host alone.
    """
    gains = np.zeros(facts.size)
    for talk in facts.every_talk():
        for place in talk.people:
            partners = _partners(facts, talk, place)
            gains[place] += float(differences[place, partners].mean()) if partners else 0.0
    return gains


def _partners(facts: Facts, talk: Talk, place: int) -> Sequence[int]:
    others = [other for other in talk.people if other != place]
    sides = facts.rules.sides
    if sides is not None and sides.guests_per_host == 2 and talk.is_trio and facts.side[place] != HOST:
        return [other for other in others if facts.side[other] == HOST]
    return others


def _compare(said: Mapping[str, object], key: str, figure: str, found: float) -> Iterator[Message]:
    value = number(said.get(key))
    if value is None:
        yield say("verify.report_missing", figure=figure)
    elif not close(value, found):
        yield say("verify.figure", figure=figure, said=shown(value), found=shown(found))


def number(value: object) -> float | None:
    """A figure of a report as a number; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    return float(value) if np.isfinite(value) else None


def close(value: float, found: float) -> bool:
    """Whether two figures are the same as far as arithmetic on a computer goes."""
    return abs(value - found) <= CLOSE * max(1.0, abs(found))


def shown(value: float) -> str:
    """A number as a person writes it."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.6g}"
