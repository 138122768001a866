"""What is said about reflections, one-to-ones and what was woven."""

from __future__ import annotations

REFLECT: dict[str, str] = {
    "reflect.axis": "Choose a number from {least} to {most}, or none.",
    "one.who": "Say whom you met: a code or a name, and not your own.",
    "one.to_come": "This day is still to come. Note a one-to-one once it has happened.",
    "one.minutes": "Write for how many minutes you talked, from {least} to {most}.",
    "one.owner": "One of the two of you sees to the next step. Choose who.",
    "reflect.long": "This is longer than there is room for: {most} letters at most. Shorten it a little.",
}
