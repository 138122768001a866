"""The made-up room is as large, as mixed and as untidy as a real one, and has no fault."""

from __future__ import annotations

import unicodedata
from collections import Counter

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.roster.duplicates import likely_duplicates

ROOM = read_roster(demo_sheet(), "demo.csv")


def test_fifty_four_people_of_several_organisations_one_of_them_big() -> None:
    sizes = Counter(person.organisation.casefold() for person in ROOM.roster)

    assert len(ROOM.roster) == 54
    assert len(sizes) >= 5
    assert 54 / 4 < max(sizes.values()) < 54 / 2


def test_it_has_the_columns_that_people_differ_in_and_a_few_needs() -> None:
    assert {"organisation", "age_band", "neighbourhood", "languages", "fixed_seat", "quiet"} <= set(ROOM.roster.columns)
    assert 1 <= sum(person.fixed_seat is not None for person in ROOM.roster) <= 5
    assert 1 <= sum(person.quiet for person in ROOM.roster) <= 5
    assert not any(person.under_18 for person in ROOM.roster)


def test_names_come_in_many_scripts_and_one_is_very_long() -> None:
    names = "".join(person.name for person in ROOM.roster)
    scripts = {unicodedata.name(letter).split()[0] for letter in names if letter.isalpha()}

    assert {"LATIN", "ARABIC", "BENGALI"} <= scripts
    assert max(len(person.name) for person in ROOM.roster) > 60


def test_nobody_stands_on_it_twice_and_only_a_blank_language_is_worth_a_word() -> None:
    assert likely_duplicates(ROOM.roster) == ()
    assert [warning.message.code for warning in ROOM.warnings] == ["sheet.blank_languages"]


def test_everybody_can_talk_with_more_others_than_an_evening_has_rounds() -> None:
    for person in ROOM.roster:
        others = [
            other
            for other in ROOM.roster
            if other.organisation.casefold() != person.organisation.casefold()
            and (not person.languages or not other.languages or person.languages & other.languages)
        ]
        assert len(others) >= 6
