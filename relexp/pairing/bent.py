"""What the least bad evening bends: a few meetings and rests by name, and how many more of each there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relexp.messages import Message, say
from relexp.pairing.breaches import Breach, Kind
from relexp.pairing.room import Room
from relexp.roster.rules import NeverSame

# More than this many by name help nobody.
NAMED = 6

_MORE = {
    Kind.PIN: "bent.pin_more",
    Kind.AGAIN: "bent.again_more",
    Kind.GROUP: "bent.group_more",
    Kind.REST: "bent.rest_more",
}


def bent(room: Room, broken: Sequence[Breach]) -> Iterator[Message]:
    """Wishes not kept, second meetings, talks within one group, rests; a group kept private is not told."""
    told = {kind: [breach for breach in broken if breach.kind is kind] for kind in _MORE}
    if any(one.is_hidden(room.roster.private) and one.never_same is NeverSame.HARD for one in room.rules.across):
        told[Kind.GROUP] = []
    kinds = [kind for kind, found in told.items() if found]
    for kind in kinds:
        found = told[kind]
        named = NAMED // len(kinds)
        # One more takes no more room than the sentence that there is one more.
        shown = found if len(found) <= named + 1 else found[:named]
        for breach in shown:
            yield _sentence(room, breach)
        if len(found) > len(shown):
            yield say(_MORE[kind], count=len(found) - len(shown))


def _sentence(room: Room, breach: Breach) -> Message:
    names = [room.roster[room.ids[person]].name for person in breach.people]
    if breach.kind is Kind.PIN:
        return say("bent.pin", people=" & ".join(names), round=breach.round + 1)
    if breach.kind is Kind.REST:
        return say("bent.rest", person=names[0], round=breach.round + 1)
    code = "bent.again" if breach.kind is Kind.AGAIN else "bent.group"
    return say(code, one=names[0], other=names[1], round=breach.round + 1)
