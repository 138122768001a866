"""The exercises: the start is as unfinished as it is meant to be, the example meets all, and each check can fail alone."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from relexp.exchange.exercises import load_exercise, read_work
from relexp.learning.checks import Exercise, Verdict, function_name, look, through
from relexp.learning.plain import look_at, reading_age, table
from relexp.learning.work import as_text

HOME = Path(__file__).parents[2] / "exercises"
EXERCISES = {folder.parent.name: load_exercise(folder.parent) for folder in sorted(HOME.glob("*/task.md"))}
# What the start meets already.
BEGUN = {
    "a-plan-with-a-day": set(),
    "cut-to-two-minutes": {"still-a-story"},
    "mend-the-plan": set(),
    "repair-a-reflection": set(),
}

Work = dict[str, Any]


def put(key: str, value: object) -> Callable[[Work], None]:
    """Write something else into the example; "line[0].text" is of the first card."""

    def change(work: Work) -> None:
        if "[" in key:
            cards, place, part = key.replace("].", "[").split("[")
            work[cards][int(place)][part] = value
        else:
            work[key] = value

    return change


def keep(*places: int) -> Callable[[Work], None]:
    """Of the lines of the story, only these."""

    def change(work: Work) -> None:
        work["line"] = [work["line"][place] for place in places]

    return change


SPOILT = {
    "a-plan-with-a-day": {
        "first-day": put("first.date", 0),
        "days-and-minutes": put("time[0].day", ""),
        "twenty-five-hours": put("weeks", 12),
        "the-month": put("over", "oct"),
        "a-place": put("place", " "),
        "who-asks": put("asks", ""),
        "missed-week": put("missed", "Catch up!"),
        "left-out": put("left_out", ""),
    },
    "cut-to-two-minutes": {
        "two-minutes": put("line[5].text", "I sat there. " * 12),
        "still-a-story": keep(0, 4, 6, 8),
        "the-moment": put("line[0].part", "choice"),
        "one-moment": put("line[5].text", "I sat there until my tea was cold, as in 2003."),
        "the-choice": put("line[4].text", "I could type it, as I always do."),
        "for-us": put("line[8].text", "So this week, I thank you for the biscuits."),
        "his-story": put("line[5].text", "I sat there and thought of her husband."),
        "no-verdict": put("line[5].text", "In my opinion it is a shame."),
        "each-part": put("line[5].part", ""),
    },
    "mend-the-plan": {
        "meet-again": put("weeks", [1, 5, 5]),
        "do-together": put("part[4].kind", "listen"),
        "turns": put("part[2].turns", False),
        "story-first": put("part[1].asks", "view"),
        "sit-mixed": put("part[3].seats", "own"),
        "fair-numbers": put("group[0].people", 26),
        "both-lead": put("leads", ["Margaret (lunch club)", "Canon Peter (lunch club)"]),
        "safe": put("steps_in", " "),
        "place-for-difference": put("and_so", ""),
        "promise-seen": put("promise", "16 of us talk, and there is no more racism."),
    },
    "repair-a-reflection": {
        "two-questions": put("card.prompt[1].asks", "What was different, and what was the same?"),
        "no-slider": put("card.prompt[1].asks", "What was different? Show it on a scale."),
        "learning-doing-power": put("card.prompt[4].asks", "Where did you sit?"),
        "open-prompts": put("card.prompt[2].asks", "Did the difference teach you much?"),
        "may-pass": put("card.above", "Thank you for coming."),
        "no-wounds": put("card.prompt[0].asks", "What felt the same about your health?"),
        "same-seen": put("note.same", "We are all just people who mend things in the end."),
        "different-seen": put("note.different", "She is not like me at all."),
        "no-label": put("note.taught", "These women never complain."),
        "nothing-private": put("note.about", "Nasrin"),
        "own-part": put("note.did", []),
        "power-seen": put("note.power", "It did not feel quite fair."),
        "next-step": put("note.next.by", ""),
    },
}


def found(exercise: Exercise, work: Work) -> dict[str, Verdict]:
    """What is found of each check, by its id."""
    return {each.check.id: each.verdict for each in look(exercise, work)}


def example(exercise: Exercise) -> Work:
    """The example, to be spoilt: it gives no reason for anything."""
    work = deepcopy(dict(read_work(exercise, exercise.exemplar)))
    return work | ({"notes": ""} if "notes" in work else {})


@pytest.mark.parametrize("id", EXERCISES)
def test_the_start_leaves_all_to_be_done_but_what_it_is_meant_to_have(id: str) -> None:
    exercise = EXERCISES[id]
    verdicts = found(exercise, dict(read_work(exercise, exercise.starter)))
    assert {check for check, verdict in verdicts.items() if verdict is Verdict.MET} == BEGUN[id]


@pytest.mark.parametrize("id", EXERCISES)
def test_the_example_meets_every_check(id: str) -> None:
    exercise = EXERCISES[id]
    assert set(found(exercise, dict(read_work(exercise, exercise.exemplar))).values()) == {Verdict.MET}


@pytest.mark.parametrize(("id", "check"), [(id, check) for id, those in SPOILT.items() for check in those])
def test_each_check_fails_alone_where_its_point_is_spoilt(id: str, check: str) -> None:
    exercise = EXERCISES[id]
    work = example(exercise)
    SPOILT[id][check](work)
    assert [each for each, verdict in found(exercise, work).items() if verdict is not Verdict.MET] == [check]


@pytest.mark.parametrize("id", EXERCISES)
def test_the_checks_of_the_task_are_those_of_the_program_and_each_is_tried_here(id: str) -> None:
    exercise = EXERCISES[id]
    assert [check.id for check in exercise.checks] == [*SPOILT[id]]
    code = (HOME / id / "checks.py").read_text("utf-8")
    for check in exercise.checks:
        assert f"def {function_name(check.id)}(work: Work) -> bool:" in code


@pytest.mark.parametrize("id", EXERCISES)
def test_the_task_has_no_html_and_no_odd_links_and_is_easily_read(id: str) -> None:
    exercise = EXERCISES[id]
    for text in (exercise.task, exercise.stuck, *(f"{check.asks} {check.not_yet}" for check in exercise.checks)):
        assert look_at(text).html == look_at(text).links == look_at(text).images == ()
    assert reading_age(exercise.task) < 15


@pytest.mark.parametrize("id", EXERCISES)
def test_what_the_form_holds_is_all_that_the_texts_hold(id: str) -> None:
    exercise = EXERCISES[id]
    for text in (exercise.starter, exercise.exemplar):
        work = read_work(exercise, text)
        assert read_work(exercise, as_text(exercise.form, work)) == work


def test_a_check_may_be_left_with_a_reason_and_not_half_of_them() -> None:
    exercise = EXERCISES["mend-the-plan"]
    work = example(exercise) | {"steps_in": "", "notes": "Our own stewards do this each week."}
    verdicts = found(exercise, work)
    assert verdicts["safe"] is Verdict.LEFT
    assert through(look(exercise, work))
    start = dict(read_work(exercise, exercise.starter)) | {"notes": "All of this is as we want it."}
    assert not through(look(exercise, start))
    assert set(found(exercise, start).values()) == {Verdict.NOT_YET}
    assert found(exercise, work | {"notes": "No."})["safe"] is Verdict.NOT_YET


@pytest.mark.parametrize("id", EXERCISES)
def test_work_in_which_nothing_is_filled_in_is_looked_at_as_well(id: str) -> None:
    exercise = EXERCISES[id]
    verdicts = found(exercise, dict(read_work(exercise, "")))
    met = {check for check, verdict in verdicts.items() if verdict is Verdict.MET}
    # Where there is nothing, nothing too much is said.
    assert met <= {"two-minutes", "one-moment", "his-story", "no-verdict"}


@pytest.mark.parametrize(
    ("asks", "opens"),
    [
        ("What did you learn?", True),
        ("Did you learn something? What was it?", True),
        ("Was it a good talk?", False),
        ("How many people did you meet?", False),
        ("How did it feel?", True),
        ("Tell of one thing that you both laughed about.", True),
    ],
)
def test_a_prompt_is_open_where_a_tick_is_no_answer(asks: str, opens: bool) -> None:
    exercise = EXERCISES["repair-a-reflection"]
    work = example(exercise)
    work["card.prompt"] = [{"asks": asks}]
    assert (found(exercise, work)["open-prompts"] is Verdict.MET) == opens


# Other good answers than the example's, and what others are likely to write.
FAIR = {
    "card.above": "Skip whatever you like. Only Margaret and Dev will see it, and they burn it on Friday.",
    "card.prompt": [
        {"asks": each}
        for each in (
            "Name one thing that you both had in common.",
            "What was not the same in your week and in theirs?",
            "What surprised you?",
            "How did you respond when it came up?",
            "Who has a say in what happens next, and who does not?",
            "Is there anything else? Tell us.",
        )
    ],
    "note.about": "a woman who sews upstairs",
    "note.same": "2 of us who fix things for everybody in the street: her coats, my radios.",
    "note.different": "We have the ground floor, and they are so steep, the stairs to her room, that two cannot come.",
    "note.taught": "I was not brave enough to look up.",
    "note.did": ["stay curious", "hide"],
    "note.did_how": "I asked one thing, and then I changed the subject to the light.",
    "note.power": "I have a vote on the committee. She was never asked.",
    "note.next.who": "Both of us",
    "note.next.what": "write to the committee about a swap",
    "note.next.by": "Sunday",
}


def test_a_fair_answer_in_other_words_is_through() -> None:
    exercise = EXERCISES["repair-a-reflection"]
    verdicts = found(exercise, example(exercise) | FAIR)
    assert [each for each, verdict in verdicts.items() if verdict is not Verdict.MET] == []


@pytest.mark.parametrize(
    ("promise", "holds"),
    [
        ("Twelve of us will each know four others by name.", True),
        ("১৬ জন কথা বলবে।", True),
        ("We will be friends.", False),
        ("Ten of us meet. Hatred will end.", False),
        ("Ten of us talk about racism, and hear four stories.", True),
        ("By the end 16 of us have talked about racism over tea.", True),
        ("We promise 12 meals and a street free of prejudice.", False),
    ],
)
def test_a_promise_is_seen_where_it_can_be_counted_and_ends_no_hate(promise: str, holds: bool) -> None:
    exercise = EXERCISES["mend-the-plan"]
    assert (found(exercise, example(exercise) | {"promise": promise})["promise-seen"] is Verdict.MET) == holds


@pytest.mark.parametrize(
    ("first", "weeks", "off", "over", "holds"),
    [
        ((3, "sep"), 13, 2, "dec", True),
        # A month of air is right, two are a slip, and so is a month too early.
        ((3, "sep"), 13, 2, "jan", True),
        ((3, "sep"), 13, 2, "feb", False),
        ((3, "sep"), 13, 2, "nov", False),
        ((10, "nov"), 10, 0, "jan", True),
        # The last week begins in one month and ends in the next.
        ((1, "jan"), 5, 0, "jan", True),
        ((1, "jan"), 5, 0, "feb", True),
        # The weeks off count.
        ((1, "jan"), 9, 9, "mar", False),
        # The day alone is told elsewhere.
        ((31, "feb"), 4, 0, "mar", True),
        ((29, "dec"), 52, 0, "dec", True),
        ((29, "dec"), 0, 0, "dec", False),
    ],
)
def test_the_month_of_a_plan_is_counted_from_its_first_day(
    first: tuple[int, str], weeks: int, off: int, over: str, holds: bool
) -> None:
    exercise = EXERCISES["a-plan-with-a-day"]
    date, month = first
    work = example(exercise) | {"first.date": date, "first.month": month, "weeks": weeks, "off": off, "over": over}
    assert (found(exercise, work)["the-month"] is Verdict.MET) == holds


@pytest.mark.parametrize(
    ("date", "month", "holds"), [(29, "feb", True), (31, "apr", False), (31, "dec", True), (5, "", False)]
)
def test_a_first_day_is_one_that_stands_in_a_calendar(date: int, month: str, holds: bool) -> None:
    exercise = EXERCISES["a-plan-with-a-day"]
    work = example(exercise) | {"first.date": date, "first.month": month}
    assert (found(exercise, work)["first-day"] is Verdict.MET) == holds


@pytest.mark.parametrize(("minutes", "holds"), [(0, False), (14, False), (15, True), (120, True), (121, False)])
def test_a_time_of_a_plan_is_neither_too_short_nor_too_long(minutes: int, holds: bool) -> None:
    exercise = EXERCISES["a-plan-with-a-day"]
    work = example(exercise) | {"time": [{"day": "tue", "minutes": minutes}]}
    assert (found(exercise, work)["days-and-minutes"] is Verdict.MET) == holds


def test_each_row_of_the_table_of_weeks_comes_to_25_hours_and_no_week_less_would() -> None:
    exercise = EXERCISES["a-plan-with-a-day"]
    rows = [tuple(map(int, row)) for row in table(exercise.task)]
    assert len(rows) == 5
    for minutes, weeks in rows:
        times = {"time": [{"day": "mon", "minutes": minutes}]}
        verdicts = [found(exercise, example(exercise) | times | {"weeks": each}) for each in (weeks, weeks - 1)]
        assert [each["twenty-five-hours"] for each in verdicts] == [Verdict.MET, Verdict.NOT_YET]
