"""When the rules cannot all hold: which of them break in the best evening found, and why, in people's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relexp.messages import Message


class Impossible(Exception):
    """The hard rules cannot all hold in this room; `reasons` say why, `report` is the report of that finding."""

    def __init__(self, reasons: Sequence[Message], report: Mapping[str, object]) -> None:
        self.reasons = tuple(reasons)
        self.report = report
        super().__init__(" ".join(reason.text() for reason in reasons))

    @property
    def causes(self) -> tuple[Message, ...]:
        """Why it cannot be."""
        return tuple(reason for reason in self.reasons if not reason.code.startswith("bent."))

    @property
    def bent(self) -> tuple[Message, ...]:
        """What the evening that comes nearest would bend."""
        return tuple(reason for reason in self.reasons if reason.code.startswith("bent."))
