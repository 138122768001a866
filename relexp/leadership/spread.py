"""How widely leadership is spread: institutions with one leader, what hangs on one person, and who is missing where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from relexp.leadership.chains import Forest, size_below
from relexp.leadership.ladder import Ladder, Level
from relexp.leadership.leader import Leader
from relexp.messages import Message, listed, say
from relexp.privacy.suppression import FEWEST


@dataclass(frozen=True, slots=True)
class Lone:
    """An institution with one leader only."""

    institution: str
    leader: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on one person.

    `develops` are those whom nobody else develops, where they are two or more; without this person their chain falls
    into so many `parts`, and `below` people are cut off from who stood above. `institutions` are those that would have
    nobody who leads a team or more.
    """

    leader: str
    develops: tuple[str, ...]
    parts: int
    below: int
    institutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """An institution on a stage: so many people, a `share` of the stage and of the `whole` alliance (0 to 1 each).

    `expected` is how many there would be, were each stage mixed as the whole.
    """

    institution: str
    people: int
    share: float
    whole: float
    expected: float


@dataclass(frozen=True, slots=True)
class Mix:
    """A stage beside the whole alliance: `people` whose institution is known, `unknown` those whose is not.

    `missing` are institutions that nobody on this stage is from, though at least one would be expected, the one of
    which most would be first.
    """

    stage: str
    people: int
    unknown: int
    shares: tuple[Share, ...]
    missing: tuple[str, ...]

    @property
    def present(self) -> int:
        """How many institutions somebody on this stage is from."""
        return sum(1 for share in self.shares if share.people)


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely leadership is spread; `institutions` counts those that anybody is from."""

    institutions: int
    lone: tuple[Lone, ...]
    hanging: tuple[Hanging, ...]
    mixes: tuple[Mix, ...]


def spread(leaders: Sequence[Leader], ladder: Ladder, found: Forest) -> Spread:
    """How widely leadership is spread among these people; `found` is who of them develops whom."""
    return Spread(
        len({leader.institution for leader in leaders} - {""}),
        lone(leaders),
        hanging(leaders, ladder, found),
        mixes(leaders, ladder),
    )


def lone(leaders: Iterable[Leader]) -> tuple[Lone, ...]:
    """The institutions with one leader only, in the order of the table."""
    return tuple(Lone(institution, ids[0]) for institution, ids in _from(leaders).items() if len(ids) == 1)


def leading(ladder: Ladder) -> frozenset[str]:
    """The stages on which somebody leads a team or more: from the first secondary one up, or from “leads” up."""
    stages = [*ladder]
    levels = (Level.SECONDARY, Level.PRIMARY)
    first = next((place for place, stage in enumerate(stages) if stage.level in levels), -1)
    if first < 0:
        first = next((place for place, stage in enumerate(stages) if stage.key in ("leads", "develops")), len(stages))
    return frozenset(stage.key for stage in stages[first:])


def hanging(leaders: Sequence[Leader], ladder: Ladder, found: Forest) -> tuple[Hanging, ...]:
    """Whose going would break a chain in pieces or leave an institution without anybody who leads; in table order."""
    keys = leading(ladder)
    alone = {
        ids[0]: institution
        for institution, ids in _from(leader for leader in leaders if leader.stage in keys).items()
        if len(ids) == 1
    }
    below = size_below(found)
    rings = {id: {*ring} for ring in found.circles for id in ring}
    hangs = []
    for leader in leaders:
        develops = found.develops.get(leader.id, ())
        if len(develops) < 2 and leader.id not in alone:
            continue
        institutions = (alone[leader.id],) if leader.id in alone else ()
        if len(develops) < 2:
            hangs.append(Hanging(leader.id, (), 0, 0, institutions))
            continue
        # In a ring the one who develops them is also below them: both are one part.
        in_ring = leader.id in rings and len(rings[leader.id]) > 1
        parts = len(develops) + (leader.id in found.above and not in_ring)
        hangs.append(Hanging(leader.id, develops, parts, below[leader.id], institutions))
    return tuple(hangs)


def mixes(leaders: Iterable[Leader], ladder: Ladder) -> tuple[Mix, ...]:
    """The mix of institutions on each stage beside the whole alliance; a stage that nobody is on is left out."""
    whole: Counter[str] = Counter()
    stages: dict[str, Counter[str]] = {stage.key: Counter() for stage in ladder}
    for leader in leaders:
        whole[leader.institution] += 1
        if leader.stage in stages:
            stages[leader.stage][leader.institution] += 1
    del whole[""]
    return tuple(_mix(stage, here, whole) for stage, here in stages.items() if here)


def mix_says(mix: Mix, ladder: Ladder) -> Message:
    """A stage in one sentence: from how many institutions its people are, and who is not here."""
    about = {"stage": ladder.name(mix.stage), "people": mix.people, "present": mix.present, "all": len(mix.shares)}
    if mix.people < FEWEST:
        return say("lead.mix_few", stage=about["stage"], people=mix.people + mix.unknown)
    if mix.missing:
        return say("lead.mix_missing", missing=listed(mix.missing), **about)
    return say("lead.mix_all" if mix.present == len(mix.shares) else "lead.mix_none_missing", **about)


def _from(leaders: Iterable[Leader]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leader in leaders:
        if leader.institution:
            found.setdefault(leader.institution, []).append(leader.id)
    return found


def _mix(stage: str, here: Counter[str], whole: Counter[str]) -> Mix:
    unknown = here[""]
    people, everybody = here.total() - unknown, whole.total()
    shares = tuple(
        Share(
            institution,
            here[institution],
            here[institution] / people if people else 0.0,
            count / everybody,
            people * count / everybody,
        )
        for institution, count in whole.items()
    )
    return Mix(stage, people, unknown, shares, _missing(shares))


def _missing(shares: Collection[Share]) -> tuple[str, ...]:
    # Of whom less than one would be expected, chance alone may have kept them away.
    absent = [share for share in shares if not share.people and share.expected >= 1]
    return tuple(share.institution for share in sorted(absent, key=lambda share: -share.expected))
