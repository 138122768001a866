"""The week ahead: a few people, each once with every reason, the most urgent first."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.evidence import Challenge, Kind, Suggestion
from relexp.leadership.finding import Query, asked
from relexp.leadership.leader import Row, Step, Wording
from relexp.leadership.week import Week, Why, this_week
from tests.cohort import cohort
from tests.leadership.tables import BOARD, TODAY, ago, row, rows

FINE = Step("Ring them", made=ago(1))


def week(*table: Row, challenges=(), trainings=(), suggestions=(), steps=(), most: int = 99) -> Week:
    """The week ahead of these rows."""
    return this_week(table, challenges, trainings, suggestions, TODAY, board=BOARD, steps=steps, most=most)


def told(found: Week) -> dict[str, list[str]]:
    """What is said of whom."""
    return {each.leader: [str(reason.says) for reason in each.reasons] for each in found.people}


def test_everybody_stands_on_it_once_with_every_reason_the_most_urgent_first():
    amina = row("amina", 1, 104, step=Step("Chair it", ago(12), made=ago(40)), review=ago(3), talents="Cooks", stretch="To wait",
                wording={"stretch": Wording.AGREED})  # fmt: skip
    found = week(
        row("ben", 1, 2, step=Step("Ring them", ago(-3))),
        amina,
        row("cai", 1, 2, step=Step("Ring them", ago(-8))),
        challenges=[
            Challenge("c0", "amina", ago(15), "Lead the walk"),
            Challenge("c1", "amina", ago(20), "Speak"),
            Challenge("c2", "amina", ago(14), "Ask"),
            Challenge("c3", "amina", ago(40), "Sing", taken=False),
        ],
        trainings=[("amina", "taster", ago(30)), ("amina", "six_day", ago(1)), ("amina", "webinar", ago(31))],
        suggestions=[Suggestion("amina", Kind.GATHERING, ago(day), "Tea", f"gathering {day}") for day in (2, 5)],
    )
    assert told(found) == {
        "amina": [
            "“Chair it” is 12 days late.",
            "Did “6-day” 1 day ago, and has agreed on no next step since.",
            "Was asked 20 days ago, and has not answered yet: “Speak”.",
            "The review was due 3 days ago.",
            "No one-to-one for 104 days.",
            "Things that happened, for you to confirm: 2.",
            "Words that are not agreed on by both yet: Talents.",
        ],
        "ben": ["“Ring them” is due in 3 days."],
    }
    assert found.more == 0
    assert [(reason.why, reason.day) for reason in found.people[0].reasons] == [
        (Why.LATE, ago(12)), (Why.TRAINED, ago(1)), (Why.CHALLENGED, ago(20)), (Why.REVIEW, ago(3)),
        (Why.UNMET, ago(104)), (Why.SUGGESTED, ago(5)), (Why.TO_AGREE, None),
    ]  # fmt: skip


def test_what_is_due_today_or_never_was_is_said_so():
    found = week(
        row("a", 1, step=Step("", TODAY, made=ago(9))),
        row("b", 1, step=Step("", ago(1)), review=TODAY),
        row("c", step=FINE),
        trainings=[("a", "own_training", TODAY)],
    )
    assert told(found) == {
        "b": ["The next step is 1 day late.", "The review is due today."],
        "a": ["The next step is due today.", "Did “own_training” today, and has agreed on no next step since."],
        "c": ["No one-to-one yet."],
    }


def test_a_step_counts_from_a_week_before_it_is_due_and_a_challenge_from_two_weeks_after():
    table = [row(id, 1, 2, step=Step("Ring", ago(-days))) for id, days in (("a", 7), ("b", 8), ("c", 60), ("d", 60))]
    challenges = [Challenge(id, id, ago(days), "Speak") for id, days in (("c", 14), ("d", 15))]
    assert told(week(*table, challenges=challenges)) == {
        "a": ["“Ring” is due in 7 days."],
        "d": ["Was asked 15 days ago, and has not answered yet: “Speak”."],
    }


def test_whoever_agreed_on_a_step_since_the_training_is_left_in_peace():
    table = [
        row("open", 1, step=Step("Ring", made=ago(3))),
        row("undated", 1, step=Step("Ring")),
        row("done", 1),
        row("before", 1, step=Step("Ring", made=ago(11))),
    ]
    trainings = [(each.leader.id, "taster", ago(10)) for each in table]
    steps = [("done", ago(10)), ("done", ago(40)), ("before", ago(20))]
    assert [*told(week(*table, trainings=trainings, steps=steps))] == ["before"]


def test_of_two_with_the_same_urgency_the_one_who_waits_longest_comes_first():
    table = [row("a", 1, step=Step("", ago(1))), row("b", 1, step=Step("", ago(9))), row("c", 1, step=Step("", ago(9)))]
    assert [*told(week(*table))] == ["b", "c", "a"]
    short = week(*table, most=2)
    assert ([*told(short)], short.more) == (["b", "c"], 1)


def test_what_is_told_of_somebody_who_is_not_in_the_table_is_passed_over():
    found = week(
        challenges=[Challenge("c", "gone", ago(30), "Speak")],
        trainings=[("gone", "taster", ago(3))],
        suggestions=[Suggestion("gone", Kind.GATHERING, ago(2), "Tea", "gathering 1")],
    )
    assert found == Week((), 0)


@given(rows(), st.integers(0, 5))
def test_who_is_on_it_is_whom_the_table_shows_when_it_is_asked(table: list[Row], most: int):
    found = week(*table)
    reasons = {(each.leader, reason.why) for each in found.people for reason in each.reasons}
    questions = {
        Why.LATE: Query(late=0), Why.DUE: Query(due=7), Why.REVIEW: Query(to_review=True), Why.UNMET: Query(unmet=90),
        Why.TO_AGREE: Query(to_agree=True),
    }  # fmt: skip
    assert reasons == {
        (each.leader.id, why) for each in table for why, query in questions.items() if asked(each, query, TODAY)
    }
    order = [[[*Why].index(reason.why) for reason in each.reasons] for each in found.people]
    assert all(places == sorted(places) for places in order)
    firsts = [([*Why].index(each.reasons[0].why), each.reasons[0].day or TODAY) for each in found.people]
    assert firsts == sorted(firsts)
    short = week(*table, most=most)
    assert (short.people, short.more) == (found.people[:most], len(found.people[most:]))


def test_a_whole_cohort_gives_a_short_list_in_sentences():
    made = cohort()
    found = this_week(
        made.rows, made.challenges, made.trainings, made.suggestions, made.today, board=made.board, steps=made.steps
    )
    assert len(found.people) == 12
    assert found.more
    for each in found.people:
        for reason in each.reasons:
            assert str(reason.says).endswith(".")
            assert isinstance(reason.day, date | None)
