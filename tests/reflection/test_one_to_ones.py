"""A one-to-one is noted in little, as if the other will read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.reflection.careful import Topic, careful
from relexp.reflection.one_to_ones import LINE, OneToOne, faults, to_think_about

DAY = date(2026, 3, 6)
LEAST = OneToOne("k7", "p2", DAY, 40)
STEP = replace(LEAST, step="visit the food bank together", owner="p2", due=DAY + timedelta(7))


def test_who_when_and_how_long_are_enough_and_a_next_step_closes_it():
    assert faults(LEAST, DAY) == ()
    assert not LEAST.closed
    assert STEP.closed
    for without in ({"step": " "}, {"owner": ""}, {"due": None}, {"owner": "somebody"}):
        assert not replace(STEP, **without).closed


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"other": " "}, "other"),
        ({"other": "k7"}, "other"),
        ({"day": DAY + timedelta(1)}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"owner": "somebody"}, "owner"),
        ({"energy": "x" * (LINE + 1)}, "energy"),
        ({"learnt": "x" * 1001}, "learnt"),
    ],
)
def test_what_cannot_be_kept_is_said(wrong, key):
    (fault,) = faults(replace(LEAST, **wrong), DAY)
    assert fault.key == key
    assert fault.text()


def test_all_of_it_is_said_at_once():
    assert len(faults(OneToOne("k7", "", DAY + timedelta(1), 0, owner="x", step="y" * 300), DAY)) == 5


def test_what_is_the_writers_alone_is_shown_to_nobody_else():
    note = replace(STEP, same="mothers", different="her faith", learnt="to wait", energy="her street")
    shown = note.for_the_other()
    assert (shown.same, shown.different, shown.learnt) == ("", "", "")
    assert shown == replace(note, same="", different="", learnt="")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Her son was diagnosed in May", Topic.HEALTH),
        ("He is HIV positive", Topic.HEALTH),
        ("waits for his asylum hearing", Topic.MIGRATION),
        ("no papers yet", Topic.MIGRATION),
        ("spent a year in prison", Topic.CRIME),
        ("canvasses for the Labour Party", Topic.PARTY),
        ("he is gay and has told nobody", Topic.SEX),
        ("argued with Bo Li about the hall", Topic.NAMED),
    ],
)
def test_words_to_think_twice_about_are_found(text, topic):
    assert topic in {warned.topic for warned in careful(text, ["Bo Li"])}


@pytest.mark.parametrize(
    "text", ["", "We both walk to school with our children", "She bakes for the whole street", "Bo will call on Monday"]
)
def test_of_other_words_nothing_is_said(text):
    assert careful(text, ["Bo Li"]) == ()


@given(st.text())
def test_any_text_can_be_looked_at(text):
    assert all(warned.word for warned in careful(text, [text]))


def test_the_form_says_where_the_words_stand_and_not_of_the_two_who_met():
    note = replace(LEAST, energy="her asylum hearing", different="Ana prays", other="Ana")
    assert [(part, warned.topic) for part, warned in to_think_about(note, ["Ana", "Bo"])] == [
        ("energy", Topic.MIGRATION)
    ]
    assert ("different", "Bo") in [
        (part, warned.word) for part, warned in to_think_about(replace(note, different="so does Bo"), ["Ana", "Bo"])
    ]
