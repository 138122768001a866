"""A gathering as it runs: what the bell does by itself, what waits for whoever leads, and what was pressed by mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.formats import FORMATS, STANDARD, Part
from relexp.gathering.running import (
    BY_THE_CLOCK,
    Act,
    NotNow,
    Press,
    Running,
    Stage,
    can_press,
    holding,
    later,
    pressed,
    replay,
)
from tests.gathering.test_formats import ANY_FORMAT

EIGHT = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
BY_KEY = {format.key: format for format in FORMATS}
GAPS = st.integers(-60, 3600)
ACTS = st.lists(st.tuples(st.sampled_from(Press), GAPS, st.integers(-90, 90)), max_size=25)
ROUNDS = st.integers(1, 6)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def log(*presses: tuple[Press, float] | tuple[Press, float, int]) -> list[Act]:
    """Presses with their minutes after eight, and by how many minutes more."""
    return [Act(each[0], EIGHT + minutes(each[1]), each[2] if len(each) > 2 else 0) for each in presses]


def as_log(drawn: list[tuple[Press, int, int]]) -> list[Act]:
    at, acts = EIGHT, []
    for press, seconds, more in drawn:
        at += timedelta(seconds=seconds)
        acts.append(Act(press, at, more))
    return acts


def at(after: float, *presses, format=STANDARD, rounds=5) -> Running:
    return replay(log(*presses), format, rounds, EIGHT + minutes(after))


STARTED = ((Press.OPEN_DOORS, 0), (Press.WELCOME, 15), (Press.START_ROUND, 25))


def test_a_gathering_waits_at_the_door_until_it_is_welcomed_and_begun():
    assert at(0) == Running()
    assert at(500, (Press.OPEN_DOORS, 0)).part is Part.ARRIVAL
    assert at(500, (Press.OPEN_DOORS, 0)).left(EIGHT + minutes(500)) < timedelta()
    assert at(400, (Press.OPEN_DOORS, 0), (Press.WELCOME, 15)).part is Part.OPENING


@pytest.mark.parametrize(
    ("after", "part"),
    [
        (25, Part.PROMPT),
        (25.9, Part.PROMPT),
        (26, Part.TALK),
        (33.9, Part.TALK),
        (34, Part.HARVEST),
        (36, Part.MOVE),
        (90, Part.MOVE),
    ],
)
def test_a_round_runs_by_the_clock_and_the_next_waits_for_a_press(after, part):
    assert (at(after, *STARTED).part, at(after, *STARTED).round) == (part, 1)


def test_a_talk_changes_over_at_half_time():
    talk = at(27, *STARTED)
    assert talk.half_time == EIGHT + minutes(30)
    assert talk.ends == EIGHT + minutes(34)
    assert at(25, *STARTED).half_time is None
    assert at(35, *STARTED).half_time is None


def test_a_pause_moves_everything_after_it_by_as_long_as_it_lasted():
    paused = at(60, *STARTED, (Press.PAUSE, 28))
    assert (paused.part, paused.ends, paused.half_time) == (Part.TALK, None, None)
    assert paused.left(EIGHT + minutes(60)) == minutes(6)
    on = at(62, *STARTED, (Press.PAUSE, 28), (Press.GO_ON, 60))
    assert (on.part, on.ends) == (Part.TALK, EIGHT + minutes(66))


@pytest.mark.parametrize(("more", "ends"), [(5, 39), (-2, 32), (-90, 28), (90, 94)])
def test_minutes_are_given_or_taken_but_never_those_gone_by(more, ends):
    changed = at(28, *STARTED, (Press.EXTEND, 28, more))
    if ends > 28:
        assert (changed.part, changed.ends) == (Part.TALK, EIGHT + minutes(ends))
    else:
        assert changed.part is Part.HARVEST


def test_skipping_goes_on_to_what_comes_next():
    assert at(27, *STARTED, (Press.SKIP, 25.5)).part is Part.TALK
    assert at(27, *STARTED, (Press.SKIP, 26.5)).part is Part.HARVEST
    assert at(27, *STARTED, (Press.SKIP, 26.2), (Press.SKIP, 26.3)).part is Part.MOVE


def whole(format, rounds: int) -> list[Part]:
    """The parts of a gathering whose leader presses as soon as something waits for it, each once."""
    running, now, seen = Running(), EIGHT, []
    for press in (Press.OPEN_DOORS, Press.WELCOME):
        running = pressed(running, Act(press, now), format, rounds)
        seen.append(running.part)
    while running.stage is not Stage.CLOSED:
        options = can_press(running, format, rounds)
        if running.part not in BY_THE_CLOCK:
            order = (Press.SKIP, Press.START_ROUND, Press.CLOSE)
            running = pressed(running, Act(next(p for p in order if p in options), now), format, rounds)
        else:
            now = running.ends
            running = later(running, format, rounds, now)
        seen.append(running.part)
    return seen


@given(format=ANY_FORMAT, rounds=ROUNDS)
def test_whatever_the_format_every_round_is_held_and_the_end_is_reached(format, rounds):
    seen = whole(format, rounds)
    assert seen.count(Part.TALK) == rounds
    assert seen[-1] is None
    assert seen.count(Part.TEA) == (1 if format.tea else 0)
    assert Part.CLOSING in seen
    assert seen.count(Part.HARVEST) == (rounds if format.harvest else 0)


def test_tea_comes_where_the_format_has_it():
    assert whole(STANDARD, 5).index(Part.TEA) > whole(STANDARD, 5).index(Part.TALK)
    hosts = whole(BY_KEY["hosts"], 5)
    assert hosts.index(Part.TEA) < hosts.index(Part.TALK)
    late = whole(replace(STANDARD, tea_after=9), 2)
    assert late[late.index(Part.TEA) + 1] is Part.CLOSING


@pytest.mark.parametrize(
    ("presses", "wrong"),
    [
        ((), Press.START_ROUND),
        ((), Press.CLOSE),
        (((Press.OPEN_DOORS, 0),), Press.OPEN_DOORS),
        (STARTED, Press.START_ROUND),
        (STARTED, Press.GO_ON),
        ((*STARTED, (Press.PAUSE, 26)), Press.PAUSE),
        ((*STARTED, (Press.CLOSE, 26)), Press.EXTEND),
        (((Press.OPEN_DOORS, 0), (Press.WELCOME, 1)), Press.SKIP),
        (STARTED, Press.UNDO),
    ],
)
def test_what_means_nothing_where_it_stands_is_refused_and_changes_nothing(presses, wrong):
    running = at(26.5, *presses)
    with pytest.raises(NotNow):
        pressed(running, Act(wrong, EIGHT + minutes(26.5)), STANDARD, 5)
    if wrong is not Press.UNDO:
        assert at(27, *presses, (wrong, 26.6)) == at(27, *presses)


def test_two_who_press_start_together_start_one_round():
    both = at(26.1, (Press.OPEN_DOORS, 0), (Press.START_ROUND, 25), (Press.START_ROUND, 25.01))
    assert (both.round, both.part, both.ends) == (1, Part.TALK, EIGHT + minutes(34))


@given(drawn=ACTS, format=ANY_FORMAT, rounds=ROUNDS, wait=st.integers(0, 20_000))
def test_whatever_is_pressed_it_stands_somewhere_that_makes_sense(drawn, format, rounds, wait):
    acts = as_log(drawn)
    now = max([EIGHT, *(act.at for act in acts)]) + timedelta(seconds=wait)
    running = replay(acts, format, rounds, now)
    assert 0 <= running.round <= rounds
    assert (running.part is None) == (running.stage in (Stage.INVITED, Stage.CLOSED))
    assert running.stood >= timedelta()
    assert running.gone(now) >= timedelta()
    if running.part in BY_THE_CLOCK and running.paused is None:
        assert running.left(now) > timedelta()
    # It is the same told in one go, and as time goes by.
    assert later(running, format, rounds, now) == running


@given(drawn=ACTS, rounds=ROUNDS, first=st.integers(0, 5000), more=st.integers(0, 5000))
def test_time_that_passes_in_two_steps_is_time_that_passes(drawn, rounds, first, more):
    running = replay(as_log(drawn), STANDARD, rounds, EIGHT)
    now = EIGHT + timedelta(seconds=first)
    then = now + timedelta(seconds=more)
    assert later(later(running, STANDARD, rounds, now), STANDARD, rounds, then) == later(
        running, STANDARD, rounds, then
    )


@given(drawn=ACTS, rounds=ROUNDS, press=st.sampled_from([each for each in Press if each is not Press.UNDO]))
def test_what_was_pressed_by_mistake_is_as_if_it_had_never_been(drawn, rounds, press):
    acts = as_log(drawn)
    now = max([EIGHT, *(act.at for act in acts)]) + timedelta(seconds=1)
    held = holding(acts, STANDARD, rounds)
    mistake = holding([*acts, Act(press, now)], STANDARD, rounds)
    back = holding([*acts, Act(press, now), Act(Press.UNDO, now)], STANDARD, rounds)
    assert back == (held if len(mistake) > len(held) else held[:-1])
    assert replay([*held], STANDARD, rounds, now) == replay(acts, STANDARD, rounds, now)


def test_a_clock_set_back_counts_as_standing_still():
    back = replay(log(*STARTED, (Press.PAUSE, 27), (Press.GO_ON, 20)), STANDARD, 5, EIGHT + minutes(20))
    assert (back.part, back.ends) == (Part.TALK, EIGHT + minutes(34))
    assert back.left(EIGHT + minutes(20)) == back.minutes
    assert replay(log(*STARTED), STANDARD, 5, EIGHT).part is Part.PROMPT
