"""The projector: read from the back row, right at its size, and going on by its own clock when everything else is gone."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from relexp.gathering.asked import Asked
from relexp.gathering.running import Press
from relexp.store import open_store
from tests.browser.visiting import start
from tests.server.evenings import ASKED, MINUTE, NAMES, Held, people

SECOND = timedelta(seconds=1)
QUESTION = "What brought you here? Say it as you would to a neighbour."
LONG = (
    "If one thing could be different here, in the streets around this hall, a whole year from now, what should it be, who "
    "could bring it about, and what is the first small step that the two of you could take together next week already?"
)
# Everything that is shown lies on the screen, and nothing lies on something else's words.
OUTSIDE = """() => [...document.querySelectorAll("main :is(h1, p, li, strong, button)")]
  .filter((part) => part.offsetParent !== null && !part.closest(".unseen"))
  .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
  .filter(([, box]) => box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
  .map(([words]) => words)"""

# The words that stand on more than one line.
CUT = """() => [...document.querySelectorAll(".table-names bdi")].filter((name) => name.offsetParent !== null)
  .flatMap((name) => [...name.textContent.matchAll(/[^ -]+/g)].filter((word) => {
    const range = document.createRange();
    range.setStart(name.firstChild, word.index);
    range.setEnd(name.firstChild, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map((word) => word[0]))"""
# Where the first and the second line of the long name begin.
LINES = """() => [...[...document.querySelectorAll(".by-table:not([hidden]) bdi")]
  .find((name) => name.textContent.includes("Featherstonehaugh")).getClientRects()].map((box) => box.left).slice(0, 2)"""


def screen(visit, size):
    window = visit(size)
    window.page.goto(window.links["projector"])
    window.page.get_by_role("button", name="Sound on").wait_for()
    return window


def shows(window, heading):
    """Wait for it, and look at the whole screen."""
    window.page.get_by_role("heading", name=heading).wait_for(timeout=3000)
    if window.page.viewport_size["height"] == 1080:
        window.check()
    assert window.page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("size", ["projector", "old projector"])
def test_an_evening_fits_the_screen_from_the_door_to_the_end(visit, hold, size):
    window = screen(visit, size)
    page = window.page
    shows(window, "Nothing is on just now")
    held = hold(54, asked=Asked(ASKED.format, (QUESTION, LONG), purpose=ASKED.purpose, lead=ASKED.lead))
    held.press(Press.OPEN_DOORS)
    shows(window, "Weaving in Hamilton Hall")
    held.press(Press.WELCOME)
    page.get_by_role("heading", name="First round: find your table").wait_for(timeout=2000)
    assert page.evaluate(OUTSIDE) == []
    held.press(Press.START_ROUND, Press.SKIP)
    shows(window, QUESTION)
    clock = page.locator(".clock-large strong:visible").bounding_box()
    assert clock["height"] > 0.2 * page.viewport_size["height"]
    held.press(Press.SKIP)
    shows(window, "What do you take away?")
    held.press(Press.SKIP)
    page.get_by_role("heading", name="Round 2 of 5: find your table").wait_for(timeout=2000)
    held.press(Press.START_ROUND)
    shows(window, LONG)
    held.press(Press.SKIP)
    page.locator(".clock-large strong:visible").wait_for(timeout=2000)
    assert page.evaluate(OUTSIDE) == []
    for _ in range(3):
        held.press(Press.SKIP, Press.SKIP, Press.START_ROUND, Press.SKIP)
    held.press(Press.SKIP, Press.SKIP)
    shows(window, "What will you take home? One thing each, and whom you would like to meet again.")
    # the cloth of the evening lies on the screen, and leaves room for its words
    cloth = page.locator(".cloth:visible .weave").bounding_box()
    assert cloth["height"] > 0.3 * page.viewport_size["height"]
    assert page.get_by_text("54 people,").first.is_visible()
    held.press(Press.CLOSE)
    shows(window, "Thank you for coming")


def test_three_people_are_seen_with_whom_they_sit_and_three_hundred_find_their_name_page_by_page(visit, hold):
    window = screen(visit, "projector")
    page = window.page
    held = hold(3)
    held.press(Press.OPEN_DOORS, Press.WELCOME)
    page.locator(".by-table:visible").get_by_text(NAMES[1]).wait_for(timeout=2000)
    assert page.locator(".resting-all:visible").inner_text() == f"Resting: {NAMES[0]}"
    assert not page.locator("#page-of").is_visible()
    held.close()
    held = hold(300)
    held.press(Press.OPEN_DOORS, Press.WELCOME)
    page.get_by_text("1 / ").wait_for(timeout=4000)
    seen, size = (
        set(),
        float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.by-name:not([hidden])')).fontSize)")),
    )
    assert size >= 36
    pages = int(page.locator("#page-of").inner_text().rpartition("/ ")[2])
    assert pages <= 10
    seen |= set(page.locator(".by-name:visible li:visible bdi").all_inner_texts())
    assert page.evaluate(OUTSIDE) == []
    page.keyboard.press("ArrowRight")
    assert "2 / " in page.locator("#page-of").inner_text()
    more = set(page.locator(".by-name:visible li:visible bdi").all_inner_texts())
    assert more
    assert not more & seen
    window.check()


@pytest.mark.parametrize("size", ["projector", "old projector"])
def test_no_long_name_is_cut_in_two_and_one_of_two_lines_is_still_one_person(visit, server, size):
    window, store = screen(visit, size), open_store(server.store)
    some = people(16)
    long = replace(some[3], name="Margaret Featherstonehaugh-Cholmondeley")
    held = Held(store, [long if each is some[3] else each for each in some])
    held.seat()
    held.press(Press.OPEN_DOORS, Press.WELCOME)
    window.page.locator(".table-names:visible").get_by_text("Featherstonehaugh").wait_for(timeout=3000)
    assert window.page.evaluate(CUT) == []
    assert window.page.evaluate(OUTSIDE) == []
    if size == "projector":
        first, then = window.page.evaluate(LINES)
        assert first < then
    held.close()
    store.close()


def test_nothing_private_is_on_the_screen(visit, hold):
    held = hold(6)
    held.press(Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND)
    page = screen(visit, "projector").page
    page.get_by_role("heading", name=QUESTION).wait_for()
    assert "Group" not in page.content()


def test_bells_are_heard_and_seen_at_half_time_and_at_the_end(visit, hold):
    held = hold(6)
    held.talk(gone=4 * MINUTE - 2 * SECOND)
    window = screen(visit, "projector")
    page = window.page
    page.get_by_role("button", name="Sound on").click()
    page.get_by_role("button", name="Sound off").wait_for()
    page.locator(".banner:visible").get_by_text("Swap now").wait_for(timeout=6000)
    assert page.locator("#now").get_attribute("data-rung") == "half"
    window.check()
    held.press(Press.EXTEND, minutes=-9)
    page.get_by_role("heading", name="What do you take away?").wait_for(timeout=2000)
    assert page.locator("#now").get_attribute("data-rung") == "end"


def test_it_stands_still_while_the_evening_does(visit, hold):
    held = hold(6)
    held.talk(gone=MINUTE)
    page = screen(visit, "projector").page
    held.press(Press.PAUSE)
    page.get_by_text("We stand still for a moment").wait_for(timeout=2000)
    left = page.locator(".clock-large strong:visible").inner_text()
    assert left.startswith(("7:0", "6:5"))
    page.wait_for_timeout(1200)
    assert page.locator(".clock-large strong:visible").inner_text() == left


def test_on_a_phone_it_does_not_scroll_sideways(visit, hold):
    held = hold(54)
    held.press(Press.OPEN_DOORS, Press.WELCOME)
    window = screen(visit, "phone")
    window.page.get_by_role("heading", name="First round: find your table").wait_for()
    window.check()
    held.press(Press.START_ROUND, Press.SKIP)
    window.page.locator(".clock-large strong:visible").wait_for(timeout=2000)
    window.check()


def test_it_goes_on_when_the_server_is_killed_and_is_right_again_when_it_is_back(tmp_path, chromium):
    running = start(tmp_path)
    store = open_store(running.store)
    held = Held(store, people(6))
    held.seat()
    held.talk(gone=8 * MINUTE - 3 * SECOND)
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(running.links["projector"])
    page.locator(".clock-large strong:visible").wait_for()
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    page.get_by_role("heading", name="What do you take away?").wait_for(timeout=8000)
    assert page.locator("#now").get_attribute("data-rung") == "end"
    page.get_by_text("relexp does not answer just now").wait_for(timeout=9000)
    again = start(tmp_path, port=urlsplit(running.links["base"]).port)
    try:
        held.press(Press.SKIP)
        page.get_by_role("heading", name="Round 2 of 5: find your table").wait_for(timeout=8000)
        assert not page.get_by_text("relexp does not answer just now").is_visible()
    finally:
        page.close()
        store.close()
        again.end()


@pytest.mark.parametrize("size", ["projector", "old projector", "phone"])
def test_a_screen_speaks_the_language_that_is_pressed_on_it_and_says_that_it_is_a_draft(visit, hold, size):
    window = screen(visit, size)
    page = window.page
    assert page.get_by_text("Draft translation").count() == 0
    page.get_by_role("link", name="Cymraeg").click()
    page.get_by_role("button", name="Troi’r sain ymlaen").click()
    page.get_by_role("button", name="Diffodd y sain").wait_for()
    assert "drafft" in page.locator(".draft").inner_text()
    page.get_by_role("link", name="اردو").click()
    page.get_by_role("heading", name="ابھی کچھ نہیں ہو رہا").wait_for()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    held = hold(54)
    held.press(Press.OPEN_DOORS, Press.WELCOME)
    page.get_by_role("heading", name="پہلا دور: اپنی میز ڈھونڈیں").wait_for(timeout=3000)
    held.press(Press.START_ROUND, Press.SKIP)
    clock = page.locator(".clock-large strong:visible")
    clock.wait_for(timeout=3000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size != "phone":
        assert page.evaluate(OUTSIDE) == []
    # What is chosen on a screen is nobody's language on their phone, and nobody's phone chooses for a screen.
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    assert cookies["relexp-screen-language"] == "ur"
    assert "relexp-language" not in cookies
