"""Leaders in the table of a running server, and the phones on which they open their own rows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from relexp.leadership.columns import Change, cell
from relexp.leadership.evidence import Challenge, Evidence, Kind, Reading
from relexp.leadership.leader import Leader, Row, Step, Wording
from relexp.privacy.roles import Identity, Role
from relexp.reflection.one_to_ones import Following
from relexp.server.doors import now
from relexp.server.own import day
from relexp.store import Store
from tests.server.test_routes import Browser

AMINA = Leader(
    "amina",
    "Amina Begum",
    "East London Mosque",
    "Chair of the women’s circle",
    "listening",
    Following.SOME,
    self_interest="Her son waits for a safe way to school.",
    talents="People tell her the truth.",
    step=Step("Ask three neighbours to the house meeting", agreed_by="Bo Thomas"),
    wording={"self_interest": Wording.OURS, "talents": Wording.AGREED},
)


@dataclass
class Led:
    """A leader in the table, with whoever trains them."""

    store: Store
    id: str
    trainer: Identity

    @property
    def row(self) -> Row:
        """Their row as it is now."""
        found = self.store.leaders.get(self.id)
        assert found is not None
        return found

    @property
    def leader(self) -> Leader:
        """The leader as they are now."""
        return self.row.leader

    def cell(self, field: str) -> str:
        """A cell as it is now."""
        return cell(self.leader, field)

    def trainer_writes(self, field: str, text: str) -> None:
        """Whoever trains them changes a cell."""
        change = Change(self.id, field, self.cell(field), text)
        done = self.store.leaders.change([change], self.trainer, now())
        assert not done.clashes

    def line(self, what: str, **more: object) -> str:
        """A line about them is noted; its id."""
        line = Evidence("", self.id, **({"kind": Kind.ACTION, "day": day(), "what": what} | more))  # type: ignore[arg-type]
        return self.store.leaders.lines.note(line, self.trainer)

    def dare(self, what: str) -> str:
        """They are asked to dare something; the id of that."""
        return self.store.leaders.lines.challenge(Challenge("", self.id, day(), what, "Bo Thomas"))

    def reads(self, by: str = "Bo Thomas", **habits: str) -> None:
        """A mentor reads their habits."""
        said = Reading("", self.id, day(), habits, by, "You ask better than you think.")
        self.store.leaders.lines.read(said)

    @property
    def lines(self) -> tuple[Evidence, ...]:
        """What stands about them."""
        return self.store.leaders.lines.evidence(self.id)

    def link(self) -> str:
        """The path of a new link to their own page."""
        identity = self.store.leaders.link_to(self.id, now())
        assert identity is not None
        return f"/in/{self.store.links.make(identity, now(), timedelta(days=366))[0]}"

    def phone(self, base: str) -> Browser:
        """The phone on which they opened their link."""
        browser = Browser(base)
        assert browser.ask(self.link())[0] == 302
        return browser


def led(store: Store, **more: object) -> Led:
    """A leader is put into the table, by a trainer: Amina, but for what is said otherwise."""
    trainer = store.identities.add(Role.TRAINER, "Bo Thomas", now())
    leader = replace(AMINA, **({"id": secrets.token_hex(16)} | more))  # type: ignore[arg-type]
    store.leaders.change([], trainer, now(), new=[leader])
    return Led(store, leader.id, trainer)
