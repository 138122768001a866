"""The times on the gathering page: chosen and changed with a press, told at once, and never lost."""

from __future__ import annotations

import json
import re
from datetime import time

import ipywidgets
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relexp.apps.format_panel import MINUTES, FormatPanel
from relexp.gathering.formats import FORMATS, STANDARD, Format
from relexp.messages import say
from tests.apps.test_gathering import app_with, planned, sheet, shown

KEYS = [format.key for format in FORMATS]


def panel(rounds: int = 5) -> tuple[FormatPanel, list[Format], list[str]]:
    """A panel, with the formats that were picked and all that it asked to keep."""
    field = ipywidgets.IntText(value=rounds)
    picked: list[Format] = []
    kept: list[str] = []

    def chosen(format: Format) -> None:
        picked.append(format)
        field.value = format.rounds

    made = FormatPanel(field)
    made.follow(chosen, lambda: kept.append(made.kept))
    return made, picked, kept


def words(fragment: ipywidgets.HTML) -> str:
    return " ".join(re.sub("<[^>]+>", " ", re.sub("</?bdi>", "", fragment.value)).split())


def test_the_first_times_are_the_standard_ones_with_nothing_to_keep():
    made, _, kept = panel()
    assert "You would finish at 20:55." in words(made.finish)
    assert made.kept == ""
    assert kept == []
    assert "19:25 Round 1 What brought you here?" in words(made.table)


@pytest.mark.parametrize(
    ("key", "end", "rounds"),
    [("short", "19:45", 3), ("online", "20:45", 4), ("school", "19:20", 3), ("hosts", "20:50", 5)],
)
def test_a_format_that_is_picked_sets_the_rounds_and_says_when_you_would_finish(key, end, rounds):
    made, picked, kept = panel()
    made.formats.value = KEYS.index(key)
    assert [format.rounds for format in picked] == [rounds]
    assert f"You would finish at {end}." in words(made.finish)
    assert len(made.questions.children) == rounds
    assert json.loads(kept[-1])["key"] == key


def test_changed_minutes_make_a_format_of_your_own_until_they_are_back():
    made, picked, _ = panel()
    made.minutes["talk"].value = 10
    assert made.formats.value == len(FORMATS)
    assert "You would finish at 21:05." in words(made.finish)
    assert picked == []
    made.minutes["talk"].value = 9
    assert "2 h in all" in words(made.finish)
    made.minutes["talk"].value = 8
    assert made.formats.value == 0
    assert made.kept == ""


def test_your_own_format_opens_the_minutes_and_leaves_them_as_they_were():
    made, picked, _ = panel()
    made.formats.value = len(FORMATS)
    assert made.view.value == 1
    assert picked == []
    assert "20:55" in words(made.finish)


def test_the_times_follow_the_rounds_of_the_page():
    made, _, _ = panel()
    made._rounds.value = 2
    assert "You would finish at 20:19." in words(made.finish)
    made._rounds.value = -3
    assert "Round 1" in words(made.table)
    assert "Round 2" not in words(made.table)


@pytest.mark.parametrize(("part", "value"), [("talk", 0), ("tea", -1), ("closing", 1000)])
def test_minutes_that_cannot_be_are_told_and_stay_as_typed(part, value):
    made, _, kept = panel()
    made.minutes[part].value = value
    assert made.minutes[part].value == value
    assert str(say("times.range", most=240)) in words(made.note)
    assert "20:55" in words(made.finish)
    assert kept == []
    made.view.value = 2
    made._rounds.value = 4
    made.view.value = 1
    assert made.minutes[part].value == value
    assert shown(made.note)
    made.minutes[part].value = 20
    assert not shown(made.note)


def test_doors_that_open_at_no_time_are_asked_for():
    made, _, _ = panel()
    made.start.value = None
    assert str(say("times.no_start")) in words(made.note)
    made.start.value = time(23, 30)
    assert "01:25, after midnight" in words(made.finish)


def test_a_question_of_your_own_is_asked_and_an_empty_one_gives_ours_back():
    made, _, kept = panel()
    made.questions.children[1].value = "من أين أتيت؟"
    assert made.asked(5)[1] == "من أين أتيت؟"
    assert "<bdi>من أين أتيت؟</bdi>" in made.table.value
    assert "من أين" in json.loads(kept[-1])["questions"]["2"]
    made.questions.children[1].value = " "
    assert made.asked(5)[1] == str(say("prompt.place"))


def test_what_a_question_holds_is_never_html():
    made, _, _ = panel()
    made.questions.children[0].value = "<script>alert(1)</script>"
    assert "<script>" not in made.table.value


def test_the_invitation_has_the_hours_and_the_minutes():
    made, _, _ = panel()
    made.formats.value = KEYS.index("short")
    assert "doors open at 19:00, finished by 19:45" in made.invitation.text
    assert "3 in all, of 6 minutes each" in made.invitation.text


# A panel is some dozens of widgets: a few of them show what a hundred would.
@settings(max_examples=20)
@given(
    minutes=st.fixed_dictionaries({part: st.integers(1, 240) for part in MINUTES}),
    start=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    number=st.integers(0, len(FORMATS) - 1),
    question=st.text(min_size=1).filter(str.strip),
)
def test_whatever_was_changed_comes_back(minutes, start, number, question):
    made, _, _ = panel()
    made.formats.value = number
    made.start.value = start
    for part, value in minutes.items():
        made.minutes[part].value = value
    made.questions.children[0].value = question
    again, _, asked = panel(made._rounds.value)
    again.restore(made.kept)
    assert again.kept == made.kept
    assert again.finish.value == made.finish.value
    assert again.asked(5) == made.asked(5)
    assert asked == []


@settings(max_examples=20)
@given(st.text())
@example("[]")
@example("{}")
@example('{"minutes": 3}')
@example("null")
@example("1")
def test_what_is_no_times_gives_the_standard_ones(kept):
    made, _, _ = panel()
    made.restore(kept)
    assert made.timetable(5) == panel()[0].timetable(5)


def test_a_kept_talk_of_no_minutes_is_no_times():
    made, _, _ = panel()
    made.minutes["talk"].value = 9
    spoilt = json.loads(made.kept)
    spoilt["minutes"]["talk"] = 0
    made.restore(json.dumps(spoilt))
    assert made._format == STANDARD


def test_the_times_come_with_the_room_and_go_with_it():
    app = app_with(sheet(12))
    assert shown(app.times)
    app.keeping.yes.click()
    assert not shown(app.times)


def test_a_format_asks_a_small_room_for_no_more_rounds_than_it_can_have():
    app = app_with(sheet(5))
    app.times.formats.value = KEYS.index("short")
    assert app.rounds.value == 1
    app = app_with(sheet(12))
    app.times.formats.value = KEYS.index("short")
    assert app.rounds.value == 3
    assert len(planned(app).evening.evening.rounds) == 3


def test_times_outlive_a_mended_sheet_and_go_when_all_is_begun_afresh():
    app = app_with(sheet(12))
    app.times.minutes["talk"].value = 9
    app.sheet.choose("mended.csv", sheet(14))
    assert app.times.minutes["talk"].value == 9
    assert app.draft.times == app.times.kept != ""
    app._forgotten()
    assert app.times.kept == ""
