"""A unit in easy words keeps what the standard text says, and is easier to read."""

from __future__ import annotations

import pytest

from relexp.learning.easy import easy
from relexp.learning.plain import look_at
from relexp.learning.reading import read_unit
from relexp.messages import FaultsFound
from tests.learning.made_up import FILES

STANDARD = FILES["unit.md"].replace(
    "People expect", "Participants characteristically underestimate conversations: people expect"
)
UNIT = read_unit(FILES | {"unit.md": STANDARD})
SIMPLE = """::: why-talk
## Why talk

It goes well. [A study](source:study-2025) says so. See [this](#what-you-think).
"""


def wrong(text: str) -> list[str]:
    """What is wrong with a simpler text, by code and place."""
    with pytest.raises(FaultsFound) as found:
        easy(UNIT, text)
    return [f"{fault.message.code} {fault.key}" for fault in found.value.faults]


def test_a_block_is_read_in_its_simpler_text_and_the_others_as_they_are() -> None:
    unit = easy(UNIT, SIMPLE)
    assert unit.blocks[0].title == "Why talk"
    assert unit.blocks[0].text.startswith("It goes well.")
    assert unit.blocks[0].minutes == UNIT.blocks[0].minutes
    assert unit.blocks[1:] == UNIT.blocks[1:]
    assert unit.items == UNIT.items


def test_a_simpler_text_without_a_heading_keeps_the_one_there_is() -> None:
    assert easy(UNIT, SIMPLE.replace("## Why talk\n", "")).blocks[0].title == UNIT.blocks[0].title


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("::: why-talk", "::: nowhere", "words.easy_nowhere easy.md: ::: nowhere"),
        (
            "It goes well.",
            "Conversational encounters notwithstanding, participants characteristically underestimate possibilities.",
            "words.easy_harder",
        ),
        ("[A study](source:study-2025)", "A study", "words.easy_source_lost"),
        ("[this](#what-you-think)", "[this](#gone)", "learn.no_link"),
        ("[A study](source:study-2025)", "[A study](source:study-2025) and [one](source:other)", "words.easy_source"),
        ("It goes", "It <b>goes</b>", "learn.html"),
        ("It goes", "![A cup](cup.png) It goes", "words.easy_image"),
    ],
)
def test_what_is_wrong_in_a_simpler_text_is_told_with_its_block(old: str, new: str, code: str) -> None:
    assert old in SIMPLE
    found = wrong(SIMPLE.replace(old, new))
    assert any(each.startswith(code) for each in found), found


def test_a_picture_stays_with_its_words() -> None:
    # The made-up unit's map is in a block of few words: nothing can be easier than that.
    assert look_at(UNIT.blocks[4].text).images
    assert "words.easy_image easy.md: ::: your-map" in wrong("::: your-map\nDraw.\n")
