"""What is said when something that a learner did or wrote cannot be kept."""

from __future__ import annotations

KEPT_LEARNING: dict[str, str] = {
    "kept.text_too_long": "This is more than one box holds: {most} letters. What you saved before is safe. Make it shorter, or go on in another box.",
}
