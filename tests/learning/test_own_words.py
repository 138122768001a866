"""What a learner wrote is found again below what was asked, and nothing else is."""

from __future__ import annotations

from relexp.learning.own_words import own_words
from relexp.learning.reading import read_unit
from tests.learning.made_up import FILES

UNIT = read_unit(FILES)


def test_all_that_was_written_stands_in_the_order_of_the_unit_below_what_was_asked() -> None:
    places = {
        "journal": "A good day.",
        "last-stranger": "A man at the bus stop.",
        "one.why": "Because it did.",
        "one-talk": "He likes pigeons.",
        "one-talk.1": "His laugh.",
        "first-word": "  ",
        # What is kept of a question, a tool or an exercise is no words of theirs.
        "one": '["better"]',
        "your-map": "{}",
    }
    found = own_words([UNIT], {(UNIT.id, item): said for item, said in places.items()})
    assert [(each.asked, each.said) for each in found] == [
        ("How do talks with strangers go?", "Because it did."),
        ("Who was it?", "A man at the bus stop."),
        ("a line on what you heard", "He likes pigeons."),
        ("What surprised you?", "His laugh."),
        ("Anything that you want to hold on to from this unit", "A good day."),
    ]
    assert {each.unit for each in found} == {"Meeting a stranger"}


def test_where_nothing_is_written_nothing_is_shown() -> None:
    assert own_words([UNIT], {("another", "journal"): "Not here."}) == ()
