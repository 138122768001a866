"""A question of every kind in a browser: answered by keyboard and thumb, wrong first, helped on, and right at last."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.learning.made_up import FILES


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_each_kind_is_answered_wrongly_helped_and_answered_rightly(visit_notebook, size):
    window = visit_notebook(size)
    page = window.open_notebook("quiz")
    # A panel draws itself once its script has come, which may be after the page says that it can be used.
    panels = page.locator(".quiz-panel")
    expect(panels).to_have_count(8)
    one, many, order, match, short, number, scenario, sure = panels.all()
    window.check()
    # What is right and what is said of an answer is nowhere in the page before somebody answers.
    for text in ("That is what people fear.", "Arguments alone change little.", "Most who tried it", "There are two."):
        assert text in FILES["quiz.toml"]
        assert text not in page.content()
    press = {"name": "Answer", "exact": True}
    one.get_by_role("button", **press).click()
    expect(one.locator(".note")).to_contain_text("Choose or type an answer first.")
    one.get_by_label("Worse than expected").check()
    one.get_by_role("button", **press).click()
    expect(one.locator(".note")).to_contain_text("That is what people fear.")
    expect(one).to_contain_text("Think of the last one")
    one.get_by_role("button", **press).click()
    expect(one).to_contain_text("What do you fear?")
    # The next help can be asked for, without one more wrong answer; the answer itself comes after all of it.
    expect(one.get_by_role("button", name="Show me the answer")).not_to_be_visible()
    one.get_by_role("button", name="Help me on").click()
    expect(one).to_contain_text("And what happened?")
    one.get_by_role("button", name="Help me on").click()
    expect(one).to_contain_text("Most who tried it")
    expect(one.get_by_role("button", name="Help me on")).not_to_be_visible()
    one.get_by_role("button", name="Show me the answer").click()
    expect(one.locator(".note")).to_contain_text("Better than expected")
    many.get_by_label("Stories").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(many.locator(".note")).to_contain_text("Partly right. Try again.")
    many.get_by_label("Taking turns").check()
    many.get_by_role("button", **press).click()
    expect(many.locator(".note")).to_contain_text("Yes.")
    expect(order.locator("li span:last-child")).to_have_text(["Arrive", "Commit", "Talk"])
    order.get_by_role("button", name="Move up: Talk").click()
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Move up: Talk")
    order.get_by_role("button", **press).click()
    expect(order.locator(".note")).to_contain_text("First you come in.")
    match.get_by_label("Equality", exact=True).select_option(label="Sameness")
    match.get_by_label("Equity", exact=True).select_option(label="Sameness")
    match.get_by_role("button", **press).click()
    expect(match.locator(".note")).to_contain_text("Equity is about what is different.")
    match.get_by_label("Equity", exact=True).select_option(label="Difference")
    match.get_by_role("button", **press).click()
    expect(match.locator(".note")).to_contain_text("Yes.")
    short.get_by_label("Your answer").fill("I listen")
    short.get_by_role("button", **press).click()
    expect(short.locator(".note")).to_contain_text("Yes: listen.")
    number.get_by_label("Your answer (pairs)").fill("a few")
    number.get_by_role("button", **press).click()
    expect(number.locator(".note")).to_contain_text("Write it in figures, as in 12.")
    number.get_by_label("Your answer (pairs)").fill("6")
    number.get_by_label("Your answer (pairs)").press("Enter")
    expect(number.locator(".note")).to_contain_text("Six.")
    scenario.get_by_label("Wave").check()
    scenario.get_by_role("button", **press).click()
    expect(scenario.locator(".scene")).to_have_text("They sit down.")
    # What came of the choice stands before what follows.
    expect(scenario.locator(".note:visible + .scene")).to_be_visible()
    scenario.get_by_label("Ask what brought them").check()
    scenario.get_by_role("button", **press).click()
    expect(scenario.locator(".note").last).to_contain_text("They tell you.")
    scenario.get_by_role("button", name="Go through it again").click()
    expect(scenario.get_by_label("Wave")).to_be_visible()
    expect(scenario.locator("legend")).to_be_focused()
    sure.get_by_label("Not yet").check()
    sure.get_by_role("button", **press).click()
    expect(sure.locator(".note")).to_contain_text("Nothing here is right or wrong.")
    window.check()
