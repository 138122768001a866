"""An exercise on the page: what is made is kept, looked at, brought back, and never lost."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from relexp.apps.exercise_panel import ExercisePanel
from tests.content.test_exercises import EXERCISES

PLAN = EXERCISES["mend-the-plan"]
STORY = EXERCISES["cut-to-two-minutes"]


class Desk:
    """A panel, and what it told."""

    def __init__(self, exercise=PLAN, said: str = "", tries: int = 0) -> None:
        self.kept, self.spoken, self.done = list[str](), list[str](), 0
        self.panel = ExercisePanel(exercise, said, self.kept.append, self.spoken.append, self._done, tries)

    def _done(self) -> None:
        self.done += 1

    def fill(self, **changed: object) -> None:
        """Fill in fields, as the browser tells of it."""
        work = {**self.panel.widget.work, **changed}
        self.panel.widget._handle_custom_msg({"work": work}, [])

    def write(self, text: object) -> None:
        self.panel.widget._handle_custom_msg({"text": text}, [])

    def press(self, name: str) -> None:
        getattr(self.panel, name).click()


def shown(widget: Any) -> bool:
    return widget.layout.display != "none"


def test_what_is_filled_in_is_kept_once_as_text_and_stands_in_the_fold_as_well() -> None:
    desk = Desk()
    desk.fill(name="মিলনমেলা")
    desk.fill()
    assert [tomllib.loads(text)["name"] for text in desk.kept] == ["মিলনমেলা"]
    assert desk.panel.widget.text == desk.kept[0]
    # What is being filled in is not drawn anew below the hand that fills it in.
    assert desk.panel.widget.revision == 1


def test_what_is_written_as_text_is_drawn_in_the_form() -> None:
    desk = Desk()
    desk.write(PLAN.exemplar)
    assert desk.panel.widget.work["name"] == "Three evenings at St Anne's"
    assert desk.panel.widget.revision == 2
    assert desk.kept == [PLAN.exemplar]


def test_text_that_cannot_be_read_is_kept_and_told_of_and_the_form_stays_as_it_was() -> None:
    desk = Desk()
    desk.write('name = "Our\n')
    assert desk.kept == ['name = "Our\n']
    assert not desk.panel.widget.readable
    assert desk.panel.widget.faults[0].startswith("line 1: ")
    assert desk.panel.widget.work["name"] == "Unity Night"
    desk.press("check")
    assert desk.spoken[-1].startswith("Your work cannot be read")
    desk.write("weeks = 3\n")
    assert desk.panel.widget.faults[0].startswith("line 1, “weeks”: ")


def test_work_that_cannot_be_read_any_more_breaks_nothing_and_is_not_written_over() -> None:
    desk = Desk(said="name = ")
    assert desk.kept == []
    assert desk.panel.widget.text == "name = "
    assert "cannot be read" in desk.panel.wrong.value
    desk.write('name = "Ours"\n')
    assert not desk.panel.wrong.value
    assert desk.panel.widget.revision == 1


@pytest.mark.parametrize("said", [{}, {"text": 7}, {"work": []}, {"work": {"name": 7}}, {"work": {"a.b": 1, "a": 2}}])
def test_whatever_else_the_browser_sends_changes_nothing(said) -> None:
    desk = Desk()
    desk.panel.widget._handle_custom_msg(said, [])
    assert desk.kept == []


def test_the_start_is_looked_at_and_nothing_of_the_answers_is_there_before() -> None:
    desk = Desk()
    page = str(desk.panel.widget.get_state()) + desk.panel.found.value
    assert PLAN.checks[0].met not in page
    assert PLAN.checks[0].not_yet not in page
    assert "sewn and hung" not in page
    assert not shown(desk.panel.compare)
    desk.press("check")
    assert desk.panel.found.value.count("Not yet") == 10
    assert desk.spoken == ["No check is met yet. Begin with the one that you find easiest."]
    assert desk.done == 0


def test_after_two_tries_an_example_can_be_seen_and_put_away() -> None:
    desk = Desk()
    desk.press("check")
    assert not shown(desk.panel.compare)
    desk.press("check")
    assert shown(desk.panel.compare)
    assert desk.panel.check.description == "Check again"
    desk.press("compare")
    assert "sewn and hung 5 warm curtains" in desk.panel.example.value
    assert desk.panel.compare.description == "Hide the example"
    desk.press("compare")
    assert not desk.panel.example.value
    assert shown(Desk(tries=2).panel.compare)


def test_an_exercise_is_done_when_all_is_met_or_left_with_a_reason() -> None:
    desk = Desk(said=PLAN.exemplar)
    desk.press("check")
    assert (desk.done, desk.spoken) == (1, ["All 10 checks are met. You are through."])
    desk.fill(steps_in="", notes="Our own stewards do this every single week.")
    desk.press("check")
    assert desk.done == 2
    assert "Left with a reason" in desk.panel.found.value
    assert desk.spoken[-1].startswith("You are through: 9 of 10")
    desk.fill(steps_in="", notes="")
    desk.press("check")
    assert desk.done == 2
    assert desk.spoken[-1].startswith("Met so far: 9 of 10.")


def test_starting_again_can_be_undone_until_something_is_filled_in() -> None:
    desk = Desk(said=PLAN.exemplar)
    assert not shown(desk.panel.undo)
    desk.press("again")
    assert desk.kept == [PLAN.starter]
    assert desk.panel.widget.work["name"] == "Unity Night"
    desk.press("again")
    assert shown(desk.panel.undo)
    desk.press("undo")
    assert desk.kept[-1] == PLAN.exemplar
    assert not shown(desk.panel.undo)
    desk.press("again")
    desk.fill(name="Other")
    assert not shown(desk.panel.undo)


def test_what_only_a_reader_can_be_sure_of_is_said_so() -> None:
    desk = Desk(EXERCISES["repair-a-reflection"], said=EXERCISES["repair-a-reflection"].exemplar)
    desk.press("check")
    assert desk.panel.found.value.count("As far as a program can tell") == 6


def test_whatever_is_typed_is_never_a_piece_of_page() -> None:
    desk = Desk(said='name = "<b>x</b>"\n"<i>" = 1\n')
    assert "<i>" not in desk.panel.wrong.value
    desk = Desk(STORY)
    assert list(desk.panel.widget.aloud) == ["line", "text", 130]
