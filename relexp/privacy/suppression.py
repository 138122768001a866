"""What is too few to be told: somebody could be known by it."""

from __future__ import annotations

# A group of fewer people, or a count of fewer answers, is never shown by itself.
FEWEST = 5
