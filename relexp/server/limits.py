"""So often and no more: what keeps somebody from guessing their way in, or from taking every place there is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

# More names than a hall has phones; whoever stayed away longest is forgotten first.
MOST_NAMES = 10_000


@dataclass
class Limit:
    """At most `many` times in `seconds` for each name; time (in seconds) is passed in."""

    many: int
    seconds: float
    _times: dict[str, deque[float]] = field(default_factory=dict, init=False)

    def reached(self, name: str, now: float) -> bool:
        """Whether this name has had all its times for now."""
        times = self._times.get(name)
        while times and times[0] <= now - self.seconds:
            times.popleft()
        return times is not None and len(times) >= self.many

    def count(self, name: str, now: float) -> None:
        """Note one time more."""
        times = self._times.pop(name, None) or deque(maxlen=self.many)
        times.append(now)
        self._times[name] = times
        while len(self._times) > MOST_NAMES:
            del self._times[next(iter(self._times))]
