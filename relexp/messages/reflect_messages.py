"""What is said about reflections, one-to-ones and what was woven."""

from __future__ import annotations

REFLECT: dict[str, str] = {
    "reflect.axis": "Choose a number from {least} to {most}, or none.",
    "one.who": "Say whom you met: a code or a name, and not your own.",
    "one.to_come": "This day is still to come. Note a one-to-one once it has happened.",
    "one.minutes": "Write for how many minutes you talked, from {least} to {most}.",
    "one.owner": "One of the two of you sees to the next step. Choose who.",
    "weave.means_code": "A code for one person, the same in all these files. It says nothing of who it is.",
    "weave.means_column": "What is told of a person, as the sheet calls it. Empty where fewer than five people share it.",
    "weave.means_one": "One of the two who met, by code.",
    "weave.means_other": "The other of the two, by code.",
    "weave.means_day": "The day on which they met.",
    "weave.means_gathering": "The gathering at which they met, by number.",
    "weave.means_round": "The round of that gathering. Empty where they met elsewhere.",
    "weave.means_kind": "How they met: talk (at a gathering), again (a follow-up), one-to-one (arranged), knew (from before).",
    "weave.means_weight": "How often they met.",
    "reflect.long": "This is longer than there is room for: {most} letters at most. Shorten it a little.",
}
