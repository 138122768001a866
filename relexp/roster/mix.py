"""The mix of the room, before the evening: how far people can meet across groups, and who is not here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relexp.messages import Message
from relexp.roster import mix_words
from relexp.roster.mix_ceiling import Invitation, invitations
from relexp.roster.mix_count import Count, count_room
from relexp.roster.person import Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Rules

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Mix(Count):
    """The mix of a room: its numbers, and what they say.

    `invitations` tell what extra guests from other groups would buy; there are none with hosts and guests, where it
    depends on the side they join. `warnings` are about the evening, `not_here` about who could still be asked.
    """

    invitations: tuple[Invitation, ...]
    summary: Message
    warnings: tuple[Message, ...]
    not_here: tuple[Message, ...]

    def to_frame(self) -> pd.DataFrame:
        """The groups as a table: group, people, and their share of the room from 0 to 1."""
        import pandas as pd

        rows = [(group.name, group.people, group.people / self.people) for group in self.groups]
        return pd.DataFrame(rows, columns=["group", "people", "share"])


def mix(roster: Roster, rules: Rules | None = None) -> Mix:
    """The mix of a room under its rules (the default ones where none are given).

    Raises FaultsFound where no rules are given and the sheet contradicts itself.
    """
    if rules is None:
        rules = default_rules(roster)
    count = count_room(roster, rules)
    largest = count.largest.people if count.largest else 0
    return Mix(
        **vars(count),
        invitations=invitations(count.people, largest) if largest and count.sides is None else (),
        summary=mix_words.summary(count, rules),
        warnings=tuple(mix_words.warnings(count, rules)),
        not_here=tuple(mix_words.not_here(count, roster, rules)),
    )
