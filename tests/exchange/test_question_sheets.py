"""The short questions on paper: a sheet for each moment, two a page, with a place for the code."""

from __future__ import annotations

import re

import pytest

from relexp.exchange.question_sheets import question_sheets
from relexp.messages import say
from relexp.weave.survey import CIRCLES, QUESTIONS, Answered, Moment

PAGES = question_sheets().decode().split('<div class="part">')[1:]


@pytest.mark.parametrize("place", range(3))
def test_each_moment_has_its_questions_on_two_sheets_to_be_cut_apart(place):
    moment = [*Moment][place]
    sheets = PAGES[place].split('<section class="slip-of">')[1:]
    assert len(sheets) == 2
    assert sheets[0].split("</section>")[0] == sheets[1].split("</section>")[0]
    asked = [each for each in QUESTIONS if moment in each.asked]
    assert re.findall(r"<li><span>(.*?)</span>", sheets[0]) == [str(say(f"ask.{each.key}")) for each in asked]
    steps = 5 * sum(each.answered is Answered.SCALE for each in asked)
    steps += 2 * sum(each.answered is Answered.YES_NO for each in asked)
    assert len(re.findall(r'class="step(?: word)?"', sheets[0])) == steps
    assert sheets[0].count("<svg width") == len(CIRCLES) * sum(each.answered is Answered.CIRCLES for each in asked)
    assert "Your code:" in sheets[0]


def test_a_sheet_to_look_back_on_and_slips_to_meet_again_lie_beside_them():
    assert len(PAGES) == 5
    assert "How much felt the same?" in PAGES[3]
    assert "Only me" not in PAGES[3], "what is for nobody else is not handed in"
    assert PAGES[4].count("They can reach me by:") == 3
