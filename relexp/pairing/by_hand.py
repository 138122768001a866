"""The evening changed by hand: what a change brings and costs, judged before it is made, and the cheapest swaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from relexp.messages import Message
from relexp.pairing.changes import Change, Join, Keep, LetGo, Refused, Seat, Swap, changed
from relexp.pairing.draft import Draft
from relexp.pairing.evening import Evening, Round
from relexp.pairing.hand_words import REFUSED, price, told
from relexp.pairing.handy import likely
from relexp.pairing.reasons import notes
from relexp.pairing.replan import known_prices, lay_finished
from relexp.pairing.report import report
from relexp.pairing.room import Room, open_room
from relexp.pairing.seating import furnish
from relexp.pairing.verify import broken
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

__all__ = ["ByHand", "Change", "Join", "Judged", "Keep", "LetGo", "Refused", "Seat", "Swap", "judge", "suggest"]

# So many swaps are tried in earnest for one that is offered: nearly always the first few are as good as they look.
TRIES = 4


@dataclass(frozen=True)
class Judged:
    """A change with all that comes of it, before it is made.

    `evening` and `rules` are those after it. `price` says what it takes from the room or gives it, and `broken` every
    rule that holds now and would not then. `affected` names, round by round, the ids of those whose partners or table
    would be others.
    """

    change: Change
    evening: Evening
    rules: Rules
    price: tuple[Message, ...]
    broken: tuple[Message, ...]
    affected: Mapping[int, tuple[str, ...]]


def judge(evening: Evening, roster: Roster, rules: Rules, change: Change) -> Judged:
    """What a change would bring, with every figure of the evening made anew; nothing is changed.

    Raises Refused for what cannot be, or would leave an under-18 as is never allowed.
    """
    return ByHand(evening, roster, rules).judge(change)


def suggest(
    evening: Evening, roster: Roster, rules: Rules, person: str, round: int, most: int = 3
) -> tuple[Judged, ...]:
    """The best few swaps for a person in a round that break nothing, the cheapest first.

    Cheapest: the fewest meetings within one group, then the most difference. Nothing for somebody who is not there
    to talk.
    """
    return ByHand(evening, roster, rules).suggest(person, round, most)


class ByHand:
    """An evening under the organiser's hand: what holds for all changes of it is worked out once.

    `start` is the evening as it was planned, where that is another: its proof serves for all that is made of it, and
    whoever changes everything back has it again.
    """

    def __init__(self, evening: Evening, roster: Roster, rules: Rules, start: ByHand | None = None) -> None:
        self.evening, self.roster = evening, roster
        self.start: ByHand = self if start is None else start
        self.rules = replace(rules, rounds=len(evening.rounds), present=dict(evening.present or rules.present))

    def judge(self, change: Change) -> Judged:
        """As the function `judge`."""
        rounds, rules = changed(self.evening, self.roster, self.rules, change)
        after = self.remade(rounds, rules)
        now = broken(self.roster, rules, after)
        fresh = _more(now, self._broken)
        if refused := told(message for message in fresh if message.code in REFUSED):
            raise Refused(refused)
        affected = _affected(self.evening, after)
        said = price(self.evening, after, self.roster, self.rules, change, affected)
        return Judged(change, after, rules, said, told(fresh), affected)

    def suggest(self, person: str, round: int, most: int = 3) -> tuple[Judged, ...]:
        """As the function `suggest`."""
        found: list[Judged] = []
        for tried, other in enumerate(likely(self._draft, self.evening.rounds[round - 1], person)):
            if len(found) >= most or tried >= most * TRIES:
                break
            try:
                judged = self.judge(Swap(round, person, other))
            except Refused:
                continue
            if not judged.broken:
                found.append(judged)
        return tuple(sorted(found, key=_cost))

    def remade(self, rounds: Sequence[Round], rules: Rules) -> Evening:
        """The evening of other rounds, with its figures; the planned one itself where these are its rounds."""
        start = self.start.evening
        bare = replace(start, rounds=tuple(rounds))
        wrong = broken(self.roster, rules, bare)
        if bare.rounds == start.rounds and wrong == self.start._broken:
            return start
        draft = _laid(self._room, bare)
        known = known_prices(start, self.roster, self._room)
        why = told(wrong) or tuple(notes(draft))
        seconds = start.report.get("seconds")
        figures = report(
            draft,
            why,
            not wrong,
            seconds if isinstance(seconds, float) else 0.0,
            known and replace(known, good=float("inf")),
        )
        if "finished_rounds" in start.report:
            figures["finished_rounds"] = start.report["finished_rounds"]
        return replace(bare, report=figures)

    @cached_property
    def _room(self) -> Room:
        return open_room(self.roster, self.rules, dict(furnish(self.roster, self.rules).fixed))

    @cached_property
    def _draft(self) -> Draft:
        return _laid(self._room, self.evening)

    @cached_property
    def _broken(self) -> tuple[Message, ...]:
        return broken(self.roster, self.rules, self.evening)


def _laid(room: Room, evening: Evening) -> Draft:
    draft = Draft(room, room.rules.seed)
    lay_finished(draft, evening, len(evening.rounds))
    return draft


def _cost(judged: Judged) -> tuple[int, float]:
    groups = judged.evening.report.get("same_group")
    found = groups.values() if isinstance(groups, Mapping) else ()
    meetings = sum(int(each["meetings"]) for each in found)
    return meetings, -float(str(judged.evening.report.get("total", 0.0)))


def _more(now: Sequence[Message], before: Sequence[Message]) -> list[Message]:
    """The sentences that are true now and were not before, each as often as it is newly so."""
    known = Counter(map(_key, before))
    fresh = []
    for message in now:
        known[_key(message)] -= 1
        if known[_key(message)] < 0:
            fresh.append(message)
    return fresh


def _key(message: Message) -> tuple[str, tuple[tuple[str, str], ...]]:
    return message.code, tuple((name, str(value)) for name, value in sorted(message.values.items()))


def _affected(before: Evening, after: Evening) -> dict[int, tuple[str, ...]]:
    found = {}
    for old, new in zip(before.rounds, after.rounds, strict=True):
        was, now = _company(old), _company(new)
        others = tuple(id for id in before.names if was.get(id) != now.get(id))
        if others:
            found[old.number] = others
    return found


def _company(round: Round) -> dict[str, tuple[int, frozenset[str]]]:
    """Each one's table and all who sit there; nothing for those who rest."""
    sitting: dict[str, tuple[int, frozenset[str]]] = {}
    for talk in round.conversations:
        there = frozenset((*talk.people, *talk.interpreters))
        sitting |= dict.fromkeys(there, (talk.table, there))
    return sitting
