"""What was done on a page, as bytes: any of it comes back, and bytes that are something else harm nothing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.apps.drafts import Decision, Draft, Sheet
from relexp.messages import TEMPLATES, Message, say
from relexp.roster.rules import Odd, Repeats
from relexp.roster.wishes import Aim, Hosts, Own, Wishes

VALUES = st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
MESSAGES = st.builds(Message, st.sampled_from(sorted(TEMPLATES)), st.dictionaries(st.text(), VALUES, max_size=3))
WISHES = st.builds(
    Wishes,
    columns=st.lists(st.tuples(st.text(), st.sampled_from(Aim))).map(tuple),
    ordered=st.booleans(),
    own=st.sampled_from(Own),
    most=st.none() | st.integers(0),
    odd=st.sampled_from(Odd),
    repeats=st.sampled_from(Repeats),
    breadth=st.floats(0, 1),
    hosts=st.none() | st.builds(Hosts, st.text(), st.text(), st.integers(1, 2)),
    tables=st.none() | st.integers(1),
    quiet=st.lists(st.integers(1)).map(tuple),
)
DRAFTS = st.builds(
    Draft,
    name=st.text(),
    sheet=st.binary(),
    file=st.text(),
    rounds=st.integers(-(10**9), 10**9),
    spellings=st.text(),
    decisions=st.lists(st.builds(Decision, st.text(), st.text(), st.booleans()), max_size=4).map(tuple),
    evening=st.text(),
    stopped=st.booleans(),
    told=st.lists(MESSAGES, max_size=3).map(tuple),
    planning=st.booleans(),
    times=st.text(),
    apart=st.text(),
    met=st.lists(st.tuples(st.text(), st.lists(st.tuples(st.text(), st.text())).map(tuple))).map(tuple),
    wishes=st.none() | WISHES,
    planned=st.none() | WISHES,
    by_hand=st.text(),
    room=st.text(),
    mending=st.lists(st.builds(Sheet, st.text(), st.binary(), st.text(), st.booleans()), max_size=2).map(tuple),
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
# Parts that drafts of earlier releases do not have.
LATER = {"apart", "met", "planned", "times", "wishes"}
GOOD = Draft("signup.csv", b"name\nAmina\n", told=(say("app.read", people=3, name="x"),))
FULL = replace(GOOD, by_hand="{}", room="x", mending=(Sheet("x.csv", b"name\n", "", True),))


@given(DRAFTS)
def test_any_draft_comes_back_as_it_was(draft):
    assert Draft.from_bytes(draft.to_bytes()) == draft


@given(st.binary() | PLAIN.map(lambda shape: json.dumps(shape).encode()))
def test_bytes_that_are_no_draft_give_none(content):
    assert Draft.from_bytes(content) is None


@given(field=st.sampled_from(sorted(json.loads(FULL.to_bytes()))), value=PLAIN)
def test_a_draft_with_one_part_spoilt_is_a_draft_or_none(field, value):
    shape = json.loads(FULL.to_bytes()) | {field: value}
    found = Draft.from_bytes(json.dumps(shape).encode())
    assert found is None or Draft.from_bytes(found.to_bytes()) == found


@pytest.mark.parametrize("field", sorted(json.loads(GOOD.to_bytes()).keys() - LATER))
def test_a_draft_that_lacks_a_part_is_none(field):
    shape = json.loads(GOOD.to_bytes())
    del shape[field]
    assert Draft.from_bytes(json.dumps(shape).encode()) is None


@pytest.mark.parametrize("field", sorted(LATER))
def test_a_draft_of_before_there_was_such_a_part_still_opens(field):
    shape = json.loads(GOOD.to_bytes())
    del shape[field]
    assert Draft.from_bytes(json.dumps(shape).encode()) == GOOD


def test_a_draft_of_a_later_relexp_is_left_alone():
    assert Draft.from_bytes(json.dumps(json.loads(GOOD.to_bytes()) | {"version": 2}).encode()) is None


def test_sentences_that_this_relexp_does_not_know_are_left_out_and_the_rest_comes_back():
    shape = json.loads(GOOD.to_bytes()) | {"told": [["nobody.says_this", {}]]}
    assert Draft.from_bytes(json.dumps(shape).encode()) == Draft(GOOD.name, GOOD.sheet)


def test_people_who_were_merged_are_another_room_with_no_evening_yet():
    planned = Draft("x", b"", rounds=4, evening="{}", told=GOOD.told, stopped=True)
    assert planned.decided("a", "b", same=False).evening == "{}"
    assert planned.decided("a", "b", same=True) == Draft("x", b"", rounds=4, decisions=(Decision("a", "b", True),))


def test_a_draft_of_when_one_sheet_at_most_was_being_mended_still_opens():
    shape = json.loads(FULL.to_bytes())
    (shape["mending"],) = shape["mending"]
    assert Draft.from_bytes(json.dumps(shape).encode()) == FULL
