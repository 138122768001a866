"""The story of two minutes: kept as it is, reckoned by the words one says, and shorter take by take."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.short_story import (
    PACE,
    Story,
    Take,
    clock,
    count_words,
    pace,
    read_story,
    shorter,
    still,
    write_story,
)
from relexp.learning.written import NotOurs

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
TAKES = st.builds(Take, day=st.dates(), seconds=st.integers(1, 3600), words=st.integers(0, 900), change=WORDS)
STORIES = st.builds(
    Story,
    WORDS,
    WORDS,
    WORDS,
    st.lists(TAKES, max_size=5).map(tuple),
    st.integers(0, 36_000).map(lambda tenths: tenths / 10),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["moment", "choice", "us", "takes", "clock", "day", "seconds", "words"]), inner
        )
    ),
    max_leaves=20,
)
DAY = date(2026, 3, 2)


@given(STORIES)
def test_a_story_is_read_as_it_was_kept(story: Story) -> None:
    assert read_story(write_story(story)) == story


@given(JSON.map(json.dumps) | st.text())
def test_whatever_else_was_kept_is_a_story_or_refused_and_nothing_worse(said: str) -> None:
    try:
        found = read_story(said)
    except NotOurs:
        return
    assert read_story(write_story(found)) == found


@pytest.mark.parametrize(
    "raw",
    [
        [],
        {"moment": 3},
        {"clock": -1},
        {"takes": 3},
        {"takes": [{"day": "yesterday", "seconds": 9, "words": 1}]},
        {"takes": [{"day": "2026-03-02", "seconds": 0, "words": 1}]},
        {"takes": [{"day": "2026-03-02", "seconds": 9}]},
    ],
)
def test_what_is_no_story_is_refused(raw: object) -> None:
    with pytest.raises(NotOurs):
        read_story(json.dumps(raw))


def test_nothing_is_an_empty_story() -> None:
    assert read_story("") == Story()


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("", 0),
        (" – … ", 0),
        ("It’s a quarter-past 9, Gran!", 5),
        ("এটা সবসময় এমন", 3),
        ("هو دائما هكذا", 3),
        ("a_b _", 1),
    ],
)
def test_words_are_counted_as_they_are_said(said: str, count: int) -> None:
    assert count_words(said) == count


@given(WORDS, WORDS, WORDS)
def test_the_whole_has_the_words_of_its_parts(moment: str, choice: str, us: str) -> None:
    story = Story(moment, choice, us)
    assert count_words(story.whole) == story.words


def test_empty_parts_leave_no_gap_in_the_whole() -> None:
    assert Story(" A van. ", "", "We stand.").whole == "A van.\n\nWe stand."


def test_ones_own_pace_is_that_of_the_last_take_that_tells() -> None:
    told, broken_off, left_running = Take(DAY, 120, 240), Take(DAY, 5, 240), Take(DAY, 3000, 240)
    assert pace(()) is None
    assert pace((told, broken_off, left_running)) == 120
    assert pace((broken_off,)) is None
    assert 120 < PACE < 160


def test_it_is_told_what_is_still_to_do() -> None:
    whole = ("moment", "choice", "us")
    assert still(Story()).code == "story.begin"
    assert still(Story("", "b", "c")).code == "story.lacks_moment"
    assert still(Story("a", " ", "")).code == "story.lacks_choice"
    assert still(Story("a", "b")).code == "story.lacks_us"
    assert still(Story(*whole)).code == "story.read"
    assert still(Story(*whole, (Take(DAY, 130, 200),))).code == "story.cut"
    assert still(Story(*whole, (Take(DAY, 180, 200), Take(DAY, 129, 200)))).code == "story.done"


def test_it_is_done_with_three_parts_and_one_take_that_is_short_enough() -> None:
    short = (Take(DAY, 129, 200),)
    assert Story("a", "b", "c", short).done
    assert not Story("a", "b", "", short).done
    assert not Story("a", "b", "c", (Take(DAY, 130, 200),)).done


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((), None),
        ((185,), None),
        ((185, 143, 118), "From 3:05 to 1:58: shorter by 1:07 since your first take."),
        ((118, 118), "Still 1:58, as in your first take."),
    ],
)
def test_one_sees_the_story_getting_shorter(seconds: tuple[int, ...], said: str | None) -> None:
    found = shorter([Take(DAY, each, 200) for each in seconds])
    assert (found and str(found)) == said


def test_one_sees_the_story_getting_longer() -> None:
    found = shorter([Take(DAY, 100, 200), Take(DAY, 130, 200)])
    assert found is not None
    assert found.code == "story.longer"


def test_a_time_is_written_as_a_clock_shows_it() -> None:
    assert [clock(each) for each in (0, 9.9, 60, 125)] == ["0:00", "0:09", "1:00", "2:05"]
