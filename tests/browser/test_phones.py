"""Five minutes at the door and an evening on a phone, with a script and without, in three languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from relexp.gathering.running import Press
from tests.browser.visiting import until
from tests.server.evenings import MINUTE, NAMES

LONG = NAMES[5]


def at_the_door(window, letters, name, check=lambda: None):
    """Scan the square, find your name, and say that you are here; `check` looks at each page on the way."""
    page = window.page
    page.goto(window.links["participant"])
    page.get_by_label("What is your name?").fill(letters)
    page.get_by_role("button", name="Find me").click()
    check()
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("My name on tonight’s plan").check()
    page.get_by_text("Do you need something").click()
    check()
    page.get_by_role("button", name="I am here").click()
    page.get_by_role("heading", name="You are in").wait_for()
    check()
    return page


def test_from_the_square_on_the_sign_to_the_first_table(visit, hold):
    held = hold(54)
    held.press(Press.OPEN_DOORS)
    window = visit("phone")
    page = at_the_door(window, "mar", LONG, window.check)
    held.press(Press.WELCOME, Press.START_ROUND, Press.SKIP)
    page.get_by_role("heading", name="Table 6").wait_for(timeout=2000)
    until(page, "document.querySelector('.scene:not([hidden]) [role=timer]').textContent.startsWith('7:5')")
    assert page.get_by_role("status").inner_text() == "Round 1 of 5. Table 6"
    window.check()


@pytest.mark.parametrize(("letters", "name", "partner"), [("আফ", NAMES[1], NAMES[5]), ("محمد", NAMES[2], NAMES[3])])
def test_names_of_every_script_are_found_and_stand_as_they_were_written(visit, hold, letters, name, partner):
    held = hold(6)
    held.press(Press.OPEN_DOORS)
    window = visit("phone")
    page = at_the_door(window, letters, name)
    assert name in page.get_by_role("heading", level=1).inner_text()
    held.press(Press.WELCOME)
    page.get_by_role("heading", name="Welcome").wait_for(timeout=2000)
    window.check()
    held.come()
    page.get_by_text(f"with {partner}").wait_for(timeout=2000)
    window.check()


def test_half_time_and_what_follows_come_by_the_clock_alone(visit, hold):
    held = hold(7)
    window = visit("phone")
    page = at_the_door(window, "kwa", NAMES[6])
    held.talk(gone=4 * MINUTE - timedelta(seconds=2))
    page.get_by_text("Swap now: whoever listened speaks.").wait_for(timeout=6000)
    held.press(Press.EXTEND, minutes=-9)
    page.get_by_role("heading", name="What do you take away?").wait_for(timeout=2000)
    window.check()
    held.press(Press.SKIP)
    page.get_by_text("Next: round 2 of 5", exact=True).wait_for(timeout=2000)


def test_a_phone_without_script_has_all_of_it_and_looks_again_every_fifteen_seconds(visit, hold):
    held = hold(3)
    held.press(Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND, Press.SKIP)
    window = visit("phone", java_script_enabled=False)
    page = window.page
    page.goto(window.links["participant"])
    page.get_by_role("link", name="I am not on the list").click()
    page.get_by_label("The name you want on your badge").fill("هاجر")
    page.get_by_role("button", name="I am here").click()
    page.get_by_role("alert").get_by_text("Tick that line").wait_for()
    assert page.get_by_label("The name you want on your badge").input_value() == "هاجر"
    page.get_by_label("My name on tonight’s plan").check()
    page.get_by_role("button", name="I am here").click()
    page.get_by_role("heading", name="You have no table yet").wait_for()
    assert "until" in page.inner_text("main")
    assert page.locator("noscript meta[http-equiv=refresh]").count() or page.locator("meta[http-equiv=refresh]").count()
    page.get_by_text("This is not me").click()
    page.get_by_role("button", name="I took the wrong name").click()
    page.get_by_label("What is your name?").wait_for()


@pytest.mark.parametrize(
    ("language", "welcome", "table"), [("Cymraeg", "Croeso", "Bwrdd"), ("اردو", "خوش آمدید", "میز")]
)
def test_the_card_speaks_the_language_that_was_chosen(visit, hold, language, welcome, table):
    held = hold(4)
    held.press(Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND)
    window = visit("phone")
    page = window.page
    page.goto(window.links["participant"])
    page.get_by_role("link", name=language).click()
    page.get_by_role("heading", name=welcome).wait_for()
    window.check()
    page.goto(window.links["base"] + "/card/here?person=p0")
    page.locator("input[name=seating]").check()
    page.locator("button.wide").click()
    page.get_by_role("heading", name=table).wait_for()
    assert page.locator("footer").inner_text().count("\n") >= 1
    window.check()


def test_a_phone_changes_by_itself_when_the_doors_open(visit, hold):
    window = visit("phone")
    page = window.page
    page.goto(window.links["participant"])
    page.get_by_role("heading", name="Nothing is on just now").wait_for()
    hold(3).press(Press.OPEN_DOORS)
    page.get_by_label("What is your name?").wait_for(timeout=4000)
