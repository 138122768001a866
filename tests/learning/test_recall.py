"""Questions come again before they are forgotten: few a day, from any unit, and the same ones on every device."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.progress import Event, Verb, standing
from relexp.learning.recall import MOST, NEVER, due, next_due
from tests.learning.test_hours import FIRST, SECOND, START, UNITS, did

QUIZ = FIRST.blocks[1]
ASKABLE = [item for item in QUIZ.items if FIRST.items[item].kind not in NEVER]
DAY = timedelta(days=1)


def answer(item: str, day: float = 0, right: bool | None = True, unit: str = FIRST.id) -> Event:
    """An answer in the quiz, so many days after the start."""
    return made(Verb.ANSWERED, item, day, right, unit)


def recall(item: str, day: float, right: bool | None = True, unit: str = FIRST.id) -> Event:
    """An answer to an item that came again."""
    return made(Verb.RECALLED, item, day, right, unit)


def made(verb: Verb, item: str, day: float, right: bool | None, unit: str) -> Event:
    event = did(verb, QUIZ.id, 0, unit, item=item, right=right, at=START + day * DAY)
    return replace(event, id=f"{verb}-{unit}-{item}-{day}-{right}")


def asked(events: list[Event], day: float, most: int = MOST) -> list[str]:
    return [each.item.id for each in due(UNITS, events, START + day * DAY, most)]


def test_nothing_comes_again_that_was_never_answered() -> None:
    assert due(UNITS, [], START) == ()
    assert next_due(UNITS, []) is None
    assert asked([answer("one", right=False), recall("many", 1)], 100) == []


def test_what_was_answered_comes_again_days_later_and_further_apart_each_time() -> None:
    events, gaps, day = [answer("one")], [], 0
    for _ in range(4):
        assert asked(events, day) == []
        back = next(later for later in range(day + 1, day + 400) if asked(events, later))
        gaps.append(back - day)
        day = back
        events.append(recall("one", day))
    assert gaps == sorted(set(gaps))
    assert gaps[0] >= 1
    again = due(UNITS, events[:1], START + 30 * DAY)[0]
    assert (again.unit, again.item) == (FIRST, FIRST.items["one"])
    assert 0 < again.known < 0.9
    assert again.since == next_due(UNITS, events[:1])


def test_nothing_comes_again_later_than_half_a_year() -> None:
    events, day = [answer("one")], 0.0
    for _ in range(12):
        came = next_due(UNITS, events)
        assert came is not None
        day = (came - START) / DAY
        assert came - events[-1].at <= 180 * DAY
        events.append(recall("one", day))


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ([answer("one", right=False), answer("one", 0.01)], [answer("one", 0.01)]),
        ([made(Verb.HELPED, "one", 0.01, None, FIRST.id)], [answer("one", 0.01)]),
        ([answer("one"), recall("one", 9, False)], [answer("one"), recall("one", 9)]),
    ],
)
def test_what_was_hard_or_shown_or_forgotten_comes_sooner(worse: list[Event], better: list[Event]) -> None:
    sooner, later = next_due(UNITS, worse), next_due(UNITS, better)
    assert sooner is not None
    assert later is not None
    assert sooner < later


def test_what_was_tried_once_more_for_fun_changes_nothing() -> None:
    assert next_due(UNITS, [answer("one"), answer("one", 0.5, False)]) == next_due(UNITS, [answer("one")])
    assert next_due(UNITS, [answer("one"), recall("one", 0.5, None)]) == next_due(UNITS, [answer("one")])


def test_scenarios_and_questions_without_a_right_answer_never_come() -> None:
    events = [answer(item, right=None if item == "sure" else True) for item in QUIZ.items]
    events.append(did(Verb.WROTE, "look-back", item="last-stranger"))
    assert {*asked(events, 60, most=99)} == {*ASKABLE}


def test_after_months_no_more_than_a_few_a_day_come_and_all_in_the_end() -> None:
    events = [answer(item, unit=unit.id) for unit in UNITS for item in ASKABLE]
    seen, day = set[tuple[str, str]](), 150
    while len(seen) < 2 * len(ASKABLE):
        waiting = due(UNITS, events, START + day * DAY)
        assert 0 < len(waiting) <= MOST
        for place, each in enumerate(waiting):
            events.append(recall(each.item.id, day + place / 1000, unit=each.unit.id))
            seen.add((each.unit.id, each.item.id))
        # Whoever comes back on the same day has had theirs.
        assert due(UNITS, events, START + (day + 0.3) * DAY) == ()
        day += 1
    assert day <= 150 + 2 * len(ASKABLE) // MOST + 1


def test_what_is_nearest_to_being_forgotten_comes_first() -> None:
    events = [answer("one"), answer("many", 0.001, False), answer("many", 0.002), answer("order", 20)]
    assert asked(events, 25) == ["many", "one", "order"]
    known = [each.known for each in due(UNITS, events, START + 25 * DAY)]
    assert known == sorted(known)


def test_an_item_under_its_old_name_is_the_same() -> None:
    renamed = replace(FIRST, renamed={"first-one": "one"})
    found = due([renamed], [answer("first-one"), recall("one", 5)], START + 200 * DAY)
    assert [each.item.id for each in found] == ["one"]
    assert found == due([renamed], [answer("one"), recall("first-one", 5)], START + 200 * DAY)


def test_the_days_are_the_learner_s() -> None:
    first = next_due(UNITS, [answer("one")])
    assert first is not None
    east = timezone(timedelta(hours=13))
    # In the east it is that day hours before it is here.
    before = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=6)
    assert due(UNITS, [answer("one")], before) == ()
    assert due(UNITS, [answer("one")], before.astimezone(east)) != ()


ANSWERS = st.builds(
    made,
    st.sampled_from([*Verb]),
    st.sampled_from([*QUIZ.items, "first-one", "gone"]),
    st.integers(0, 400).map(lambda quarters: quarters / 4),
    st.sampled_from([True, False, None]),
    st.sampled_from([FIRST.id, SECOND.id, "elsewhere"]),
)


@given(st.lists(ANSWERS, max_size=40), st.integers(0, 150), st.randoms())
def test_order_and_doubles_change_nothing_and_there_are_never_too_many(
    events: list[Event], day: int, dice: random.Random
) -> None:
    events = [*{event.id: event for event in events}.values()]
    shuffled = [*events, *events[:9]]
    dice.shuffle(shuffled)
    found = due(UNITS, events, START + day * DAY)
    assert due(UNITS, shuffled, START + day * DAY) == found
    assert next_due(UNITS, shuffled) == next_due(UNITS, events)
    assert len(found) <= MOST
    assert all(each.item.id in ASKABLE and each.since.date() <= (START + day * DAY).date() for each in found)


def test_what_is_recalled_or_asked_moves_nobody_in_the_unit() -> None:
    events = [did(Verb.OPENED, "why-talk"), recall("one", 3), did(Verb.ASKED, "look-back", 9999)]
    stands = standing(FIRST, events)
    assert (stands.last, stands.settled, stands.done) == ("why-talk", frozenset(), frozenset())
