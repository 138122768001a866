"""How far somebody has come is told from what they did, however it arrives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.progress import Event, Standing, Verb, onward, resume, standing
from relexp.learning.reading import read_unit
from tests.learning.made_up import FILES

UNIT = read_unit(FILES)
START = datetime(2026, 11, 26, 9, tzinfo=UTC)
QUIZ = UNIT.blocks[1]


def did(verb: Verb, block: str, item: str = "", minute: int = 0, **more: object) -> Event:
    """Something that was done so many minutes after the start."""
    made = Event(f"{verb}-{block}-{item}-{minute}", START + timedelta(minutes=minute), verb, UNIT.id, block, item)
    return replace(made, **more)


EVENTS = st.builds(
    did,
    st.sampled_from([*Verb]),
    st.sampled_from([*(block.id for block in UNIT.blocks), "first-talk", "gone"]),
    st.sampled_from(["", *UNIT.items, "last-stranger", "one-talk"]),
    st.integers(0, 500),
    right=st.sampled_from([None, True, False]),
    minutes=st.floats(0, 60),
)


def test_a_new_learner_begins_at_the_beginning() -> None:
    stands = standing(UNIT, [])
    assert stands == Standing(UNIT.id)
    assert resume(UNIT, stands) == "why-talk"


def test_somebody_goes_on_where_they_stopped_also_after_the_block_was_renamed() -> None:
    read = [did(Verb.OPENED, "first-talk"), did(Verb.READ, "first-talk", minute=1)]
    assert standing(UNIT, read[:1]).last == "why-talk"
    assert resume(UNIT, standing(UNIT, read[:1])) == "why-talk"
    assert standing(UNIT, read).done == {"why-talk"}
    assert resume(UNIT, standing(UNIT, read)) == "what-you-think"


def test_a_quiz_is_done_when_each_item_is_right_or_was_shown() -> None:
    wrong = did(Verb.ANSWERED, QUIZ.id, "one", 1, right=False)
    events = [wrong, did(Verb.ANSWERED, QUIZ.id, "one", 2, right=False), did(Verb.HELPED, QUIZ.id, "one", 3)]
    events += [did(Verb.ANSWERED, QUIZ.id, item, 4, right=True) for item in QUIZ.items if item not in ("one", "sure")]
    assert standing(UNIT, events).done == frozenset()
    assert standing(UNIT, events).wrong == {"one": 2}
    events.append(did(Verb.ANSWERED, QUIZ.id, "sure", 5))
    stands = standing(UNIT, events)
    assert (stands.done, stands.settled) == ({QUIZ.id}, {*QUIZ.items})
    # Whoever tries once more for fun loses nothing.
    again = did(Verb.ANSWERED, QUIZ.id, "one", 9, right=False)
    assert standing(UNIT, [*events, again]).wrong == {"one": 2}
    assert resume(UNIT, stands) == "look-back"


def test_worksheets_tools_and_tasks_are_done_when_they_were_done() -> None:
    events = [did(Verb.WROTE, "look-back", "last-stranger", 1), did(Verb.WROTE, "look-back", "first-word", 2)]
    assert standing(UNIT, events[:1]).done == frozenset()
    events += [did(Verb.WENT_OUT, "go-and-talk", "one-talk", 3), did(Verb.WROTE, "your-map", minute=4)]
    assert standing(UNIT, events).done == {"look-back", "go-and-talk", "your-map"}
    assert resume(UNIT, standing(UNIT, events)) == "pair-a-room"
    events += [did(Verb.READ, id, minute=9) for id in ("why-talk", "pair-a-room")]
    events += [did(Verb.HELPED, QUIZ.id, item, 10) for item in QUIZ.items]
    assert len(standing(UNIT, events).done) == len(UNIT.blocks)
    assert resume(UNIT, standing(UNIT, events)) == "pair-a-room"


def test_time_that_was_logged_stays_though_its_block_is_gone() -> None:
    events = [did(Verb.LOGGED, "gone", minute=1, minutes=20.0), did(Verb.LOGGED, "why-talk", minute=2, minutes=5.0)]
    stands = standing(UNIT, [*events, did(Verb.OPENED, "gone", minute=3), did(Verb.READ, "why-talk", unit="another")])
    assert (stands.minutes, stands.taken, stands.last) == ({"gone": 20.0, "why-talk": 5.0}, 25.0, "")


def test_a_question_that_is_recalled_and_a_tutor_who_is_asked_leave_somebody_where_they_are() -> None:
    events = [did(Verb.OPENED, "look-back"), did(Verb.ANSWERED, QUIZ.id, "one", 1, right=False)]
    aside = [
        did(Verb.RECALLED, QUIZ.id, "one", 2, right=True),
        did(Verb.RECALLED, QUIZ.id, "two", 3, right=False),
        did(Verb.RECALLED, "why-talk", minute=4),
        did(Verb.ASKED, "why-talk", minute=5, minutes=30.0),
    ]
    assert standing(UNIT, [*events, *aside]) == standing(UNIT, events)
    assert standing(UNIT, aside) == Standing(UNIT.id)


@given(st.lists(EVENTS, max_size=30), st.randoms())
def test_what_arrives_twice_or_in_another_order_changes_nothing(events: list[Event], dice: random.Random) -> None:
    once = {event.id: event for event in events}
    events = [*once.values()]
    shuffled = [*events, *events[:7]]
    dice.shuffle(shuffled)
    stands = standing(UNIT, events)
    assert standing(UNIT, shuffled) == stands
    assert resume(UNIT, stands) in {block.id for block in UNIT.blocks}


@given(st.lists(EVENTS, max_size=20), EVENTS)
def test_nothing_that_is_done_is_ever_undone(events: list[Event], more: Event) -> None:
    before = standing(UNIT, events)
    after = standing(UNIT, [*(event for event in events if event.id != more.id), more])
    known = {event.id for event in events}
    if more.id not in known:
        assert before.done <= after.done
        assert before.taken <= after.taken + 1e-6


def test_one_goes_on_in_the_unit_of_what_was_done_last_and_then_in_the_first_that_is_not_done() -> None:
    other = replace(UNIT, id="other")
    units = (UNIT, other)
    assert onward(units, []) == (UNIT, "why-talk")
    there = replace(did(Verb.OPENED, "look-back", minute=5), unit="other")
    events = [did(Verb.OPENED, "your-map"), there]
    assert onward(units, events) == (other, "look-back")
    # To be asked again, or to ask a tutor, leaves one where one is.
    aside = [did(Verb.RECALLED, QUIZ.id, "one", 9, right=True), replace(did(Verb.ASKED, "", minute=9), unit="")]
    assert onward(units, [*events, *aside]) == (other, "look-back")
    done = [did(Verb.WENT_OUT if block.items else Verb.READ, block.id, minute=20) for block in UNIT.blocks]
    assert onward(units, done) == (other, "why-talk")
    assert onward((UNIT,), done) is None
