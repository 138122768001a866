"""One word for one thing: a sentence that tells somebody what to do says it as the button beside it does."""

from __future__ import annotations

import re

from relexp.messages import TEMPLATES

# What the buttons say, and other words for the same that a page had once.
_OTHERS = {
    "table.remove": r"\bempty (?:the|this|an?) (?:row|column|age)|\b[Tt]ake off|\b[Tt]aken off|\bLeave out:",
    "table.undo": r"\b[Tt]aken back",
}


def test_what_is_pressed_and_what_is_said_of_it_are_one_word() -> None:
    assert [TEMPLATES[code] for code in ("table.remove", "earlier.remove", "apart.off")] == ["Take out"] * 3
    for button, others in _OTHERS.items():
        found = {code: text for code, text in TEMPLATES.items() if re.search(others, text)}
        assert not found, (button, found)
