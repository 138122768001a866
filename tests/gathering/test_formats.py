"""The times of a gathering: every minute is counted once, and the finish is when the last one ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.formats import FORMATS, STANDARD, Format, Part, clock, questions, timetable
from relexp.messages import TEMPLATES

MINUTES = st.integers(0, 240)
ANY_FORMAT = st.builds(
    Format,
    key=st.just("own"),
    rounds=st.just(5),
    arrival=MINUTES,
    opening=MINUTES,
    prompt=MINUTES,
    talk=st.integers(1, 240),
    harvest=MINUTES,
    move=MINUTES,
    tea=MINUTES,
    tea_after=st.integers(0, 12),
    closing=MINUTES,
    questions=st.just(STANDARD.questions),
)
ROUNDS = st.integers(1, 30)
STARTS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
BY_KEY = {format.key: format for format in FORMATS}


@given(ANY_FORMAT, ROUNDS, STARTS)
def test_the_minutes_add_up_and_each_stretch_begins_when_the_one_before_it_ends(format, rounds, start):
    table = timetable(format, rounds, start)
    per_round = format.prompt + format.talk + format.harvest + format.move
    total = format.arrival + format.opening + rounds * per_round + format.tea + format.closing
    assert sum(line.minutes for line in table.lines) == table.minutes == total
    assert table.lines[0].at == table.start == timedelta(hours=start.hour, minutes=start.minute)
    for line, following in zip(table.lines, table.lines[1:], strict=False):
        assert line.end == following.at
    assert table.lines[-1].end == table.end
    assert all(line.minutes > 0 for line in table.lines)


@given(ANY_FORMAT, ROUNDS, STARTS)
def test_every_round_has_its_talk_and_tea_never_gets_lost(format, rounds, start):
    table = timetable(format, rounds, start)
    assert [line.round for line in table.lines if line.part is Part.TALK] == list(range(1, rounds + 1))
    tea = [place for place, line in enumerate(table.lines) if line.part is Part.TEA]
    assert len(tea) == (format.tea > 0)
    if tea:
        talked = [line for line in table.lines[: tea[0]] if line.part is Part.TALK]
        assert len(talked) == min(format.tea_after, rounds)
    for number in range(1, rounds + 1):
        talk = next(line for line in table.in_round(number) if line.part is Part.TALK)
        assert talk.half_time - talk.at == talk.end - talk.half_time


@pytest.mark.parametrize(
    ("key", "minutes"), [("standard", 115), ("short", 45), ("online", 105), ("school", 20), ("hosts", 110)]
)
def test_each_format_takes_as_long_as_real_gatherings_of_it_do(key, minutes):
    format = BY_KEY[key]
    assert timetable(format, format.rounds, time(19)).minutes == minutes


def test_two_rounds_at_school_stay_within_their_twenty_minutes():
    assert timetable(BY_KEY["school"], 2, time(9, 40)).minutes <= 20


def test_hosts_and_guests_have_tea_before_the_first_talk():
    parts = [line.part for line in timetable(BY_KEY["hosts"], 5, time(15)).lines]
    assert parts[:3] == [Part.ARRIVAL, Part.OPENING, Part.TEA]
    assert parts.count(Part.TEA) == 1


def test_a_night_that_runs_past_midnight_ends_on_the_next_day():
    table = timetable(STANDARD, 5, time(23, 30))
    assert clock(table.end) == "01:25"
    assert table.end > timedelta(days=1)


def test_a_half_time_within_a_minute_is_told_to_the_second():
    talk = next(line for line in timetable(replace(STANDARD, talk=7), 1, time(19)).lines if line.part is Part.TALK)
    assert (clock(talk.at), clock(talk.half_time)) == ("19:26", "19:29:30")


@given(st.sampled_from(FORMATS), ROUNDS)
def test_the_questions_keep_their_order_from_arriving_to_taking_away(format, rounds):
    asked = [question.code for question in questions(format, rounds)]
    places = [format.questions.index(code) for code in asked]
    assert len(asked) == rounds
    assert places == sorted(places)
    if rounds > 1:
        assert (places[0], places[-1]) == (0, 4)
    if rounds >= 5:
        assert set(asked) == set(format.questions)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.key)
def test_one_round_asks_what_matters_and_no_question_asks_for_trauma_or_papers(format):
    assert questions(format, 1)[0].code.startswith("prompt.matters")
    words = " ".join(TEMPLATES[code] for code in format.questions).casefold()
    assert not [word for word in ("trauma", "status", "asylum", "flee", "fled", "visa", "hardest") if word in words]
