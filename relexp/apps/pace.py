"""The time as the evening goes by: that of the clock on the wall, or many times as fast while one rehearses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Pace:
    """Time that has passed `times` as fast as the wall's clock since it `began`."""

    times: int = 1
    began: datetime = field(default_factory=_now)

    def now(self) -> datetime:
        """What time it is in the evening."""
        return self.began + (_now() - self.began) * self.times
