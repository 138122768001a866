"""What is said about reflections, one-to-ones and what was woven."""

from __future__ import annotations

REFLECT: dict[str, str] = {
    "reflect.axis": "Choose a number from {least} to {most}, or none.",
    "reflect.long": "This is longer than there is room for: {most} letters at most. Shorten it a little.",
}
