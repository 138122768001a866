"""What stands on the printed cards, table signs and run sheet."""

from __future__ import annotations

PRINT: dict[str, str] = {
    "print.cards": "A card for everybody",
    "print.signs": "Table signs",
    "print.run": "Run sheet",
    "print.round": "Round",
    "print.round_number": "Round {round}",
    "print.table": "Table",
    "print.with": "With",
    "print.here": "Here",
    "print.rest": "rest",
    "print.away": "not there",
    "print.resting": "Resting",
    "print.interpreting": "interpreting:",
    "print.interpreting_for": "interpreting for",
    "print.empty": "free",
    "print.pass": "You may pass on any question.",
    "print.worried": "Worried about something? Speak to:",
    "print.lead": "Whom to speak to when worried, tonight:",
    "print.starts": "Starts",
    "print.ends": "Ends",
    "print.run_figures": "People: {people}. Interpreters among them: {interpreters}. Rounds: {rounds}.",
    "print.run_welcome": "Welcome everybody. Say in one sentence what the evening is for.",
    "print.run_story": "Two people show a short talk in front of all, so that nobody has to guess.",
    "print.run_pass": "Say: stories stay here, lessons travel. Anybody may pass on any question.",
    "print.run_swap": "In every round: a bell to start, one at half-time (swap who speaks), one at the end.",
    "print.run_after": "After the last round: one thing each to take away, and one person to meet again.",
}
