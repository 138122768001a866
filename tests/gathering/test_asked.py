"""What was asked of a gathering comes back as it was kept, and what is missing is as usual."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.asked import Asked, Lead
from relexp.gathering.formats import FORMATS, STANDARD
from tests.gathering.test_formats import ANY_FORMAT, STARTS

TEXTS = st.lists(st.text(max_size=20), max_size=6).map(tuple)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*Asked().to_plain(), "key", "talk", "rounds", "name", "where"])
STRANGE = st.dictionaries(KEYS, ANYTHING | st.dictionaries(KEYS, ANYTHING))


@given(
    st.builds(
        Asked,
        format=ANY_FORMAT | st.sampled_from(FORMATS),
        questions=TEXTS,
        start=STARTS,
        seed=st.integers(0, 10**9),
        rules=st.dictionaries(st.text(max_size=5), st.integers()),
        purpose=st.text(),
        lead=st.builds(Lead, st.text(max_size=9), st.text(max_size=9)),
        columns=st.dictionaries(st.text(max_size=5), st.text(max_size=9)),
        private=st.frozensets(st.text(max_size=5)),
    )
)
def test_it_comes_back_as_it_was(asked):
    assert Asked.from_plain(json.loads(json.dumps(asked.to_plain()))) == asked


def test_nothing_said_is_a_standard_evening_at_seven():
    assert Asked.from_plain({}) == Asked(format=STANDARD, start=time(19))


@given(STRANGE)
def test_whatever_stands_there_is_read_kindly(shape):
    asked = Asked.from_plain(shape)
    assert Asked.from_plain(asked.to_plain()) == asked


@pytest.mark.parametrize("talk", [-1, 241, True, "6", None])
def test_minutes_that_make_no_sense_are_those_of_the_format(talk):
    assert Asked.from_plain({"format": {"key": "short", "talk": talk, "move": 2}}).format == replace(FORMATS[1], move=2)


def test_questions_that_this_release_does_not_know_are_left_out_of_a_format():
    format = Asked.from_plain({"format": {"questions": ["prompt.matters", "prompt.of_a_later_release"]}}).format
    assert format.questions == ("prompt.matters",)
    assert Asked.from_plain({"format": {"questions": ["gone"]}}).format.questions == STANDARD.questions
