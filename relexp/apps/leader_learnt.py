"""What the module suggests of leaders: what they went out for, where they let trainers see it."""

from __future__ import annotations

from collections.abc import Iterator

from relexp.exchange.units import own_units
from relexp.leadership.suggesting import Learnt
from relexp.learning.record import record
from relexp.learning.unit import BlockKind
from relexp.messages import say
from relexp.store import Store


def learnt(store: Store) -> Iterator[Learnt]:
    """The field tasks of those who asked for their record to be confirmed; of nobody else is anything told by name."""
    shown = {id: name for id, name in store.learning.shown().items() if name}
    units = own_units() if shown else ()
    for id, name in shown.items():
        for each in record(units, store.learning.events(id)).evidence:
            if each.kind is BlockKind.FIELD:
                what = str(say("leader.learnt", task=each.title))
                yield name, each.at.astimezone().date(), what, f"module {each.unit}/{each.block}"
