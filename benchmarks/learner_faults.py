"""What a learner does and writes until they are killed, and how what they were told is held against the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from benchmarks.table_faults import Found
from relexp.learning.progress import Event, Verb
from relexp.privacy.roles import Role
from relexp.store import Store

PLACE = ("start", "first-word")


def learns(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    """Do three things and write of it, again and again, and say each time what is done."""
    me = store.identities.add(Role.LEARNER, "", _now()).id
    for number in range(first + 1, first + 1000):
        ids = [f"{me} {number} {each}" for each in "abc"]
        store.learning.add(me, [Event(id, _now(), Verb.READ, "start", id) for id in ids])
        done(f"did {me} {number}")
        revision = number - first
        # Each revision is made of its own number.
        store.learning.write(me, *PLACE, f"{revision} " * 200, _now(), revision - 1)
        done(f"wrote {me} {revision}")


def compare_learner(store: Store, said: Sequence[str], found: Found) -> None:
    """Hold a learner's log and text against what was told as kept: all of it once, and nothing by half."""
    did = [line.split()[1:] for line in said if line.startswith("did ")]
    wrote = [line.split()[1:] for line in said if line.startswith("wrote ")]
    found.promises += len(did) + len(wrote)
    for me in {me for me, _ in did}:
        log = Counter(event.block.rsplit(" ", 1)[0] for event in store.learning.events(me))
        if lost := [number for who, number in did if who == me and log[f"{me} {number}"] < 3]:
            found.note("lost", f"{len(lost)} times a learner was told that something is kept, and it is not")
        if any(number != 3 for number in log.values()):
            found.note("doubled", "what was added in one go is there by half, or twice")
    if wrote:
        me, last = wrote[-1]
        text = store.learning.texts(me).get(PLACE)
        if text is None or text.revision < int(last):
            found.note("lost", f"revision {last} of a text was told, {text and text.revision} is there")
        elif text.said != f"{text.revision} " * 200:
            found.note("doubled", "a text is half of one revision and half of another")


def _now() -> datetime:
    return datetime.now(UTC)
