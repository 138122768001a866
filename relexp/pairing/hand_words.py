"""What an evening changed by hand costs and breaks, in sentences that anybody may read over a shoulder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from relexp.messages import Message, listed, say
from relexp.pairing.changes import Change, Keep, LetGo
from relexp.pairing.evening import Evening
from relexp.pairing.report import DUST
from relexp.roster.difference import groups
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

# What is never done, whatever the organiser says: under-18s are protected, whoever asked to rest is asked first, and
# hosts and guests are what such an evening is made of.
REFUSED = frozenset(f"verify.{rule}" for rule in ("under_18", "under_18_rest", "asked_rest", "sides", "two_hosts"))

# What nobody but the lead may learn of two people: that one of these rules is about them is all that is said.
_LEAD = frozenset(
    {"verify.apart", "verify.women_only", "verify.same_group_hidden", "verify.share_hidden", "verify.cap_hidden"}
)
# Rules that the re-check words as a mistake of the planner's; here they are somebody's choice.
_OWN = frozenset(
    {
        *("asked_rest", "pin", "met_twice", "met_before", "same_group", "share", "reach", "cap", "sides", "two_hosts"),
        *("under_18", "under_18_rest", "fixed", "quiet", "trios", "trio_split", "rests", "rest_needless"),
        *("second_trio", "second_rest", "interpreter_nobody"),
    }
)

_OWN_GROUP = {
    (True, True): "hand.own_more_one",
    (True, False): "hand.own_more",
    (False, True): "hand.own_fewer_one",
    (False, False): "hand.own_fewer",
}


def told(broken: Iterable[Message]) -> tuple[Message, ...]:
    """What the re-check finds broken, as the organiser reads it: each sentence once, and no secret in any."""
    found: dict[str, Message] = {}
    for message in broken:
        bare = message.code.removeprefix("verify.")
        if message.code in _LEAD:
            shown = say("hand.lead")
        else:
            shown = Message(f"broken.{bare}", message.values) if bare in _OWN else message
        found.setdefault(str(shown), shown)
    return tuple(found.values())


def price(
    before: Evening,
    after: Evening,
    roster: Roster,
    rules: Rules,
    change: Change,
    affected: Mapping[int, tuple[str, ...]],
) -> tuple[Message, ...]:
    """What a change takes from the room and gives it, in the order of what weighs most."""
    if isinstance(change, Keep):
        return (say("hand.keeps"),)
    if isinstance(change, LetGo):
        return (say("hand.lets_go"),)
    people = sorted({id for ids in affected.values() for id in ids}, key=list(before.names).index)
    return (
        _difference(before, after),
        *_own_group(before, after, roster, rules, people),
        *_worst(before, after),
        *_rests(before, after, roster, change.round),
    )


def _difference(before: Evening, after: Evening) -> Message:
    was, now = _real(before, "total"), _real(after, "total")
    if abs(now - was) <= DUST or was <= 0:
        return say("hand.difference_same")
    share = abs(now - was) / was * 100
    if share < 0.05:
        return say("hand.difference_falls_little" if now < was else "hand.difference_rises_little")
    return say("hand.difference_falls" if now < was else "hand.difference_rises", share=f"{share:.1f}")


def _own_group(
    before: Evening, after: Evening, roster: Roster, rules: Rules, people: Sequence[str]
) -> Iterator[Message]:
    """Who meets more, or fewer, people of their own group; of a private column nothing is said."""
    for across in rules.across:
        if across.never_same is None or across.is_hidden(roster.private):
            continue
        codes = groups(roster, across.column).tolist()
        column = roster.columns.get(across.column, across.column)
        was, now = (_meetings(evening, roster, codes) for evening in (before, after))
        steps: dict[int, list[str]] = {}
        for id in people:
            steps.setdefault(now[id] - was[id], []).append(roster[id].name)
        for step, names in sorted(steps.items(), reverse=True):
            if step:
                values = {"people": listed(names), "column": column, "count": abs(step)}
                yield say(_OWN_GROUP[step > 0, abs(step) == 1], **values)


def _meetings(evening: Evening, roster: Roster, codes: Sequence[int]) -> Counter[str]:
    """How many people of their own group each person meets."""
    found: Counter[str] = Counter()
    for one, other in evening.pairs():
        mine, theirs = codes[roster.index[one]], codes[roster.index[other]]
        if mine >= 0 and mine == theirs:
            found.update((one, other))
    return found


def _worst(before: Evening, after: Evening) -> Iterator[Message]:
    """Whether whoever is worst off is so by a tenth of a point of a hundred, as the page shows it, or more."""
    was, now = (round(100 * _real(evening, "worst_person"), 1) for evening in (before, after))
    if was != now:
        yield say("hand.worst_falls" if now < was else "hand.worst_rises", before=f"{was:g}", after=f"{now:g}")


def _rests(before: Evening, after: Evening, roster: Roster, number: int) -> Iterator[Message]:
    old, new = (set(evening.rounds[number - 1].resting) for evening in (before, after))
    for code, ids in (("hand.now_rests", new - old), ("hand.now_talks", old - new)):
        names = [person.name for person in roster if person.id in ids]
        if names:
            yield say(code, people=listed(names), round=number)


def _real(evening: Evening, key: str) -> float:
    value = evening.report.get(key)
    return float(value) if isinstance(value, int | float) else 0.0
