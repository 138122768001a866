"""Habits as both read them: words side by side, a talk where they differ, and never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.evidence import Reading
from relexp.leadership.qualities import OFTEN, Habit, Read, side_by_side
from tests.leadership.tables import BOARD, TODAY, ago

HABITS = [each.key for each in BOARD.habits]


@st.composite
def readings(draw: Callable[..., Any]) -> list[Reading]:
    """Readings of one leader by themselves and by two mentors, with words and habits that are gone among them."""
    habits = st.dictionaries(st.sampled_from([*HABITS[:3], "gone"]), st.sampled_from([*OFTEN, "4"]), max_size=4)
    several = st.lists(
        st.tuples(st.integers(0, 5).map(ago), habits, st.sampled_from(("", "Ruth", "Tomos"))), max_size=10
    )
    return [Reading(f"r{number}", "a", *each) for number, each in enumerate(draw(several))]


def test_both_say_how_often_they_see_a_habit_and_a_talk_begins_where_they_differ():
    found = side_by_side(
        BOARD,
        [
            Reading("1", "a", ago(90), {"listens": "seldom", "asks": "often"}),
            Reading("2", "a", ago(1), {"listens": "often", "dares": "habit"}),
            Reading("3", "a", ago(2), {"listens": "at_times", "asks": "often"}, "Ruth"),
            Reading("4", "a", ago(9), {"listens": "habit"}, "Tomos"),
            Reading("5", "a", ago(80), {"listens": "seldom"}, "Ruth"),
        ],
    )
    assert [each.key for each in found] == HABITS
    listens, asks = found[0], found[1]
    assert (listens.own, listens.own_before) == (Read("often", ago(1)), Read("seldom", ago(90)))
    assert (listens.mentor, listens.mentor_before) == (
        Read("at_times", ago(2), "Ruth"),
        Read("seldom", ago(80), "Ruth"),
    )
    assert listens.differs
    assert str(listens.talk) == "They say “often”, Ruth says “at times”: when did each of you last see it?"
    assert (asks.differs, asks.talk) == (False, None)
    assert [(each.name, each.differs) for each in found if each.own and not each.mentor] == [
        (BOARD.habits[6].name, False)
    ]
    assert found[2] == Habit("keeps_word", BOARD.habits[2].name, None, None, None, None, None)


@given(readings())
def test_the_last_word_of_each_is_that_of_their_last_reading(those: list[Reading]):
    def said(key: str, mentor: bool) -> list[tuple[date, int, str, str]]:
        return sorted(
            (each.day, place, each.habits[key], each.mentor)
            for place, each in enumerate(those)
            if bool(each.mentor) == mentor and each.habits.get(key) in OFTEN
        )

    for habit in side_by_side(BOARD, those):
        own, mentors = said(habit.key, False), said(habit.key, True)
        same = [each for each in mentors if each[3] == mentors[-1][3]]
        for last, before, reads in ((habit.own, habit.own_before, own), (habit.mentor, habit.mentor_before, same)):
            assert last == (Read(reads[-1][2], reads[-1][0], reads[-1][3]) if reads else None)
            assert before == (Read(reads[-2][2], reads[-2][0], reads[-2][3]) if len(reads) > 1 else None)
        assert habit.differs == bool(own and mentors and own[-1][2] != mentors[-1][2])


@given(readings())
def test_nothing_is_counted_or_summed_up(those: list[Reading]):
    for habit in side_by_side(BOARD, those):
        values = [getattr(habit, part.name) for part in fields(habit)]
        assert not any(isinstance(value, int | float) for value in values)
        assert not any(letter.isdigit() for letter in str(habit.talk or ""))


def test_every_word_for_how_often_is_a_word():
    said = [str(Read(often, TODAY).word) for often in OFTEN]
    assert said == ["seldom", "at times", "often", "a habit"]
