"""A rehearsal: a made-up room in a store of its own, with a clock that turns minutes into seconds, and then nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from relexp.apps.pace import Pace
from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Asked
from relexp.gathering.formats import STANDARD
from relexp.messages import say
from relexp.pairing.plan import plan
from relexp.privacy.roles import Identity, Role
from relexp.roster.rule_check import default_rules
from relexp.store import Store, open_store

# A minute takes a second.
FAST = 60
# So many of the made-up people are late, for whoever rehearses to let in.
LATE = 4


@dataclass(frozen=True)
class Rehearsal:
    """A store of its own, and whoever leads in it; `end` deletes it, and so does the end of Python."""

    store: Store
    who: Identity
    pace: Pace
    folder: TemporaryDirectory[str]

    def end(self) -> None:
        """Delete everything."""
        self.store.close()
        self.folder.cleanup()


def rehearsal() -> Rehearsal:
    """The made-up room, planned, with its doors open and nearly everybody there."""
    folder = TemporaryDirectory(prefix="relexp-", ignore_cleanup_errors=True)
    store = open_store(f"sqlite:///{Path(folder.name) / 'rehearsal.sqlite3'}")
    pace = Pace(FAST)
    now = pace.began
    who = store.identities.house(Role.FACILITATOR, now)
    roster = read_roster(demo_sheet(), "demo.csv").roster
    evening = plan(roster, default_rules(roster, STANDARD.rounds))
    asked = Asked(rules={"rounds": STANDARD.rounds}, columns=roster.columns, private=roster.private)
    name = str(say("run.rehearsal_name"))
    id = store.gatherings.open(who, name, asked.to_plain(), roster.people, now, evening=evening)
    for person in roster.people[:-LATE]:
        store.gatherings.come(id, person.id, now)
    return Rehearsal(store, who, pace, folder)
