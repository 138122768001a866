"""A trainer sees how a group moves, and never one of its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.cohort import Cohort, Count, UnitCount, cohort, count, within
from relexp.learning.progress import Event, Verb
from relexp.learning.reading import read_unit
from relexp.privacy.suppression import FEWEST
from tests.learning.made_up import FILES

UNIT = read_unit(FILES)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=20)
FIRST = UNIT.blocks[0].id


def did(who: int, verb: Verb, block: str, item: str = "", day: float = 0, **more: object) -> Event:
    at = START + timedelta(days=day)
    return Event(f"{who}-{verb}-{block}-{item}-{day}", at, verb, UNIT.id, block, item, **more)


def looked_at(logs: dict[str, list[Event]]) -> Cohort:
    return cohort([UNIT], logs, NOW)


def test_of_fewer_than_five_nothing_is_counted() -> None:
    logs = {str(who): [did(who, Verb.READ, FIRST)] for who in range(FEWEST - 1)}
    found = looked_at(logs)
    assert (found.units, found.people.many) == ((), None)


@given(of=st.integers(0, 60), data=st.data())
def test_a_count_that_is_told_leaves_nobody_alone_on_either_side(of: int, data: st.DataObject) -> None:
    many = data.draw(st.integers(0, of))
    told = count(many, of)
    if told.many is not None:
        assert told.many == many
        assert many == 0 or many >= FEWEST
        assert of - many == 0 or of - many >= FEWEST or many == 0
    elif told.nearly:
        assert 0 < of - many < FEWEST
    else:
        assert 0 < many < FEWEST


def every(unit: UnitCount) -> list[Count]:
    """All counts of a unit."""
    blocks = [each for block in unit.blocks for each in (block.reached, block.done, block.stuck)]
    items = [each for item in unit.items for each in (item.tried, item.wrong, item.shown)]
    return [unit.begun, unit.through, *blocks, *items]


@given(st.data())
def test_no_count_gives_away_what_another_one_keeps_to_itself(data: st.DataObject) -> None:
    whole = data.draw(st.integers(FEWEST, 40))
    many, base = whole, Count(whole, whole)
    for _ in range(3):
        many = data.draw(st.integers(0, many))
        told = within(many, base)
        known = {0, *range(FEWEST, whole + 1)}
        # Whoever reads it learns no number under five, nor how many of the whole are left where they are under five.
        assert told.of in known
        assert whole - told.of not in range(1, FEWEST)
        if told.many is not None:
            assert told.many in known
            assert whole - told.many not in range(1, FEWEST)
        base = told


def test_where_few_have_begun_a_unit_nothing_of_it_tells_how_many() -> None:
    logs = {str(who): [Event(f"other-{who}", START, Verb.READ, "another-unit", FIRST)] for who in range(12)}
    for who in range(3):
        logs[str(who)] = [did(who, Verb.ANSWERED, "what-you-think", "one", right=False)]
    (unit,) = looked_at(logs).units
    assert unit.begun == Count(None, 12)
    assert {(each.many, each.of) for each in every(unit)} == {(None, 12)}


def test_where_all_but_a_few_have_begun_a_unit_nothing_of_it_tells_how_many_have_not() -> None:
    logs = {str(who): [did(who, Verb.READ, FIRST)] for who in range(28)}
    logs |= {str(who): [Event(f"other-{who}", START, Verb.READ, "another-unit", FIRST)] for who in (28, 29)}
    (unit,) = looked_at(logs).units
    assert unit.begun == unit.blocks[0].done == Count(None, 30, nearly=True)
    assert {each.of for each in every(unit)} <= {0, 30}
    assert unit.through == Count(0, 30)


def test_an_answer_counts_for_its_question_also_after_that_was_renamed() -> None:
    renamed = replace(UNIT, renamed={**UNIT.renamed, "number-one": "one"})
    logs = {str(who): [did(who, Verb.ANSWERED, "what-you-think", "number-one", right=False)] for who in range(6)}
    (unit,) = cohort([renamed], logs, NOW).units
    assert [(item.id, item.wrong) for item in unit.items] == [("one", Count(6, 6))]


def test_where_people_get_stuck_is_where_many_were_last_two_weeks_ago() -> None:
    logs = {str(who): [did(who, Verb.READ, FIRST), did(who, Verb.OPENED, "what-you-think", day=1)] for who in range(6)}
    for who in range(6, 12):
        # They were here yesterday: they may be at it.
        logs[str(who)] = [did(who, Verb.READ, FIRST), did(who, Verb.OPENED, "what-you-think", day=19)]
    (unit,) = looked_at(logs).units
    first, quiz = unit.blocks[:2]
    assert unit.begun == Count(12, 12)
    assert (first.reached, first.done, first.stuck) == (Count(12, 12), Count(12, 12), Count(0, 12))
    assert (quiz.reached, quiz.done, quiz.stuck) == (Count(12, 12), Count(0, 12), Count(6, 12))
    assert unit.through == Count(0, 12)


def test_a_question_counts_by_the_first_answer_of_each() -> None:
    logs = {}
    for who in range(14):
        wrong = [did(who, Verb.ANSWERED, "what-you-think", "one", day=1, right=False)] if who < 7 else []
        shown = [did(who, Verb.HELPED, "what-you-think", "one", day=1.5)] if who < 5 else []
        logs[str(who)] = [*wrong, *shown, did(who, Verb.ANSWERED, "what-you-think", "one", day=2, right=True)]
        logs[str(who)].append(did(who, Verb.ANSWERED, "what-you-think", "sure", day=2, right=None))
    (unit,) = looked_at(logs).units
    # What has no right answer is not among them.
    assert [item.id for item in unit.items] == ["one"]
    (item,) = unit.items
    assert (item.tried, item.wrong, item.shown) == (Count(14, 14), Count(7, 14), Count(5, 14))


def test_the_minutes_in_the_middle_are_of_five_who_noted_theirs_or_of_nobody() -> None:
    def logs(noted: int) -> dict[str, list[Event]]:
        return {
            str(who): [
                did(who, Verb.READ, FIRST),
                *([did(who, Verb.LOGGED, "first-talk", minutes=10.0 * who + 10)] if who < noted else []),
                Event(f"other-{who}", START, Verb.READ, "another-unit", FIRST),
            ]
            for who in range(8)
        }

    (few,), (many,) = looked_at(logs(4)).units, looked_at(logs(5)).units
    assert (few.took, many.took) == (None, 30.0)


def test_who_did_something_in_the_last_month_is_counted_with_all() -> None:
    logs = {str(who): [did(who, Verb.READ, FIRST, day=-40 if who < 6 else 0)] for who in range(12)}
    found = looked_at(logs)
    assert (found.people, found.lately) == (Count(12, 12), Count(6, 12))


def test_a_count_that_is_not_told_is_not_told_by_what_another_is_counted_of_either() -> None:
    second = "what-you-think"
    logs = {str(who): [did(who, Verb.READ, FIRST)] for who in range(12)}
    for who in range(3):
        logs[str(who)].append(did(who, Verb.OPENED, second, day=1))
        logs[str(who)].append(did(who, Verb.ANSWERED, second, "one", day=1, right=True))
    (unit,) = looked_at(logs).units
    assert unit.blocks[1].reached == Count(None, 12)
    assert (unit.blocks[1].done.of, unit.blocks[1].stuck.of) == (12, 12)
    assert {each.of for item in unit.items for each in (item.tried, item.wrong, item.shown)} == {12}
    # Nor by what a unit is counted of that all but a few began.
    others = {f"other-{who}": [Event(f"{who}", START, Verb.READ, "another-unit", FIRST)] for who in range(2)}
    (unit,) = looked_at(logs | others).units
    assert unit.begun == Count(None, 14, nearly=True)
    # Nobody came to the blocks after the second.
    assert {each.of for block in unit.blocks for each in (block.reached, block.done, block.stuck)} == {14, 0}
    assert unit.through.of == 14
