"""The exercises in a browser: filled in, looked at, mended and brought back, by keyboard and by thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.content.test_exercises import EXERCISES


def opened(visit_notebook, size: str) -> tuple[Page, list[Locator], object]:
    window = visit_notebook(size)
    page = window.open_notebook("exercises")
    # A form draws itself once its script has come, which may be after the page says that it can be used.
    expect(page.locator(".exercise .as-text")).to_have_count(5)
    return page, page.locator(".step").all(), window


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_plan_is_mended_in_a_form_and_looked_at(visit_notebook, size):
    _, (_, _, plan, _, _), window = opened(visit_notebook, size)
    window.check()
    plan.get_by_label("What it is called").fill("Vier Abende, لقاء, মিলনমেলা")
    # It is kept a moment after the last key, once for all of them.
    expect(plan.locator(".times")).to_have_text("kept 1 times")
    expect(plan.locator(".what-was-kept")).to_contain_text("মিলনমেলা")
    plan.get_by_label("It is said aloud that anybody may pass").check()
    plan.get_by_label("Who steps in when a word hurts").fill("Dev")
    first = plan.get_by_role("group", name="Part 1", exact=True)
    expect(first.get_by_text("What the question asks for")).to_be_hidden()
    first.get_by_label("What it is").select_option(label="A talk")
    expect(first.get_by_text("What the question asks for")).to_be_visible()
    first.get_by_label("A story").check()
    plan.get_by_role("button", name="Check my work").click()
    expect(plan.locator(".found-met")).to_have_count(2)
    expect(plan.locator(".found-met .verdict").first).to_have_text(re.compile("✓ Met"))
    expect(plan.locator(".found-not-yet .verdict").first).to_have_text(re.compile("○ Not yet"))
    plan.get_by_role("button", name="Check again").click()
    plan.get_by_role("button", name="Show an example").click()
    expect(plan.locator(".exercise-example")).to_contain_text("warm curtains")
    window.check()


def test_the_form_and_the_text_stay_the_same_and_a_slip_in_the_text_is_told_with_its_line(visit_notebook):
    _, (_, _, plan, _, broken), window = opened(visit_notebook, "laptop")
    plan.get_by_text("As text", exact=True).click()
    text = plan.get_by_role("textbox", name="As text")
    text.fill(EXERCISES["mend-the-plan"].exemplar)
    expect(plan.get_by_label("What it is called")).to_have_value("Three evenings at St Anne's")
    expect(plan.get_by_label("In which weeks")).to_have_value("1, 3, 5")
    text.fill(EXERCISES["mend-the-plan"].exemplar.replace("weeks = [1", 'weeks = ["1"'))
    expect(plan.get_by_role("status")).to_contain_text("line 5, “weeks[1]”")
    window.check()
    text.fill(EXERCISES["mend-the-plan"].exemplar)
    expect(plan.get_by_role("status")).not_to_contain_text("line 5")
    plan.get_by_role("button", name="Check my work").click()
    expect(plan.get_by_role("heading", name="Mend the plan: done")).to_be_visible()
    # What could not be read is there as it was left, with the way out, and was not written over.
    expect(broken).to_contain_text("Nothing is lost")
    expect(broken.get_by_role("textbox", name="As text")).to_have_value('name = "Our evening\nweeks = [1, 2]\n')
    expect(broken.locator(".times")).to_have_count(0)
    broken.get_by_role("button", name="Start again").click()
    expect(broken.get_by_label("What it is called")).to_have_value("Unity Night")
    broken.get_by_role("button", name="Undo", exact=True).click()
    expect(broken.get_by_role("textbox", name="As text")).to_have_value('name = "Our evening\nweeks = [1, 2]\n')


def test_lines_are_taken_out_brought_back_and_moved_by_keyboard_alone(visit_notebook):
    page, (_, story, _, _, _), _ = opened(visit_notebook, "laptop")
    told = story.locator(".aloud")
    before = told.text_content()
    story.get_by_role("button", name="Remove: Line 1", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Undo")
    expect(told).not_to_have_text(before)
    expect(story.locator(".what-was-kept")).not_to_contain_text("wharf-house")
    page.keyboard.press("Enter")
    expect(told).to_have_text(before)
    expect(page.locator(":focus")).to_have_value(re.compile("I live in Wharf House"))
    story.get_by_role("button", name="Move down: Line 1", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Move down: Line 2")
    expect(story.locator(".exercise-card textarea").first).to_have_value(re.compile("The lift was put in new"))
    page.keyboard.press("Space")
    story.get_by_role("button", name="Move up: Line 2", exact=True).focus()
    page.keyboard.press("Space")
    # The first line cannot go further up: the hand stays on the line all the same.
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Move down: Line 1")
    line = story.get_by_role("group", name="Line 1", exact=True)
    line.get_by_label("Moment").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(line.get_by_label("Choice")).to_be_checked()
    expect(story.locator(".what-was-kept")).to_contain_text('part = "choice"')
    story.get_by_role("button", name="Add a line").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("I knocked.")
    expect(story.locator(".what-was-kept")).to_contain_text("I knocked.")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_plan_of_ones_own_is_filled_in_and_the_weeks_are_reckoned(visit_notebook, size):
    _, (own, _, _, _, _), window = opened(visit_notebook, size)
    own.get_by_label("Day of the month").fill("3")
    own.get_by_label("Month", exact=True).select_option(label="September")
    time = own.get_by_role("group", name="Time 1", exact=True)
    time.get_by_label("Day").select_option(label="Thursday")
    time.get_by_label("Minutes").fill("60")
    own.get_by_label("For how many weeks").fill("24")
    own.get_by_label("In which month it is all over").select_option(label="February")
    own.get_by_label("Where I sit").fill("রান্নাঘরের টেবিল, طاولة المطبخ")
    own.get_by_role("button", name="Check my work").click()
    expect(own.locator(".found-met")).to_have_count(4)
    expect(own.locator(".found-not-yet")).to_contain_text(
        ["1,500 minutes", "ask you now and then", "misses a week", "do less of"]
    )
    window.check()
    own.get_by_label("For how many weeks").fill("25")
    own.get_by_label("One person who will ask me").fill("My neighbour A.")
    own.get_by_label("What I do after a missed week").fill("Read one page and go on")
    own.get_by_label("One thing that I leave out").fill("The late news")
    own.get_by_role("button", name="Check again").click()
    expect(own.get_by_role("heading", name="A plan with a day in it: done")).to_be_visible()
    window.check()
