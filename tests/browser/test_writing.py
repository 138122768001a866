"""What people write on their phones, in the evening and afterwards: with a script and without, in three languages."""

from __future__ import annotations

import pytest

from relexp.gathering.running import Press
from relexp.server.doors import now
from tests.browser.visiting import until
from tests.server.evenings import NAMES

LINE = "Her grandmother sewed, too."


def comes(window, person, language="en"):
    """Come in as somebody on the list, in a language."""
    page, base = window.page, window.links["base"]
    page.goto(window.links["participant"])
    page.goto(f"{base}/card/here?person={person}&language={language}")
    page.locator("input[name=seating]").check()
    page.locator("button.wide").click()
    page.locator("#now").wait_for()
    return page


def talks_are_over(held):
    """Everybody has come, and one round was held."""
    for person in held.expected:
        held.store.gatherings.come(held.id, person.id, now())
    held.talk()
    held.press(Press.SKIP, Press.SKIP, Press.SKIP, Press.CLOSE)


def test_a_half_typed_line_stays_while_the_card_beside_it_goes_on(visit, hold):
    held = hold(6)
    held.press(Press.OPEN_DOORS)
    window = visit("phone")
    page = comes(window, "p0")
    held.talk()
    held.press(Press.SKIP, Press.SKIP)
    page.get_by_role("link", name="One line to share").click()
    box = page.get_by_label("With everybody, without your name")
    box.fill("Half an ans")
    held.press(Press.SKIP)
    page.get_by_text("Next: round 2 of 5", exact=True).wait_for(timeout=4000)
    assert box.input_value() == "Half an ans"
    window.check()
    box.fill(LINE)
    page.get_by_role("button", name="Share it").click()
    page.get_by_role("heading", name="What you shared").wait_for()
    window.check()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Share it").wait_for()
    assert held.store.written.lines(held.id) == ()


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
@pytest.mark.parametrize("script", [True, False])
def test_everything_is_written_kept_and_found_again_in_each_language_without_a_script_too(
    visit, hold, language, script
):
    held = hold(6)
    held.press(Press.OPEN_DOORS)
    window = visit("phone", java_script_enabled=script)
    page, base = comes(window, "p0", language), window.links["base"]

    def check():
        # What looks for faults is a script itself.
        if script:
            window.check()

    page.locator("a[href$='card/questions']").click()
    check()
    page.locator("label:has(input[name=trust][value='2'])").click()
    page.locator("input[name=known]").fill("14")
    page.locator(".own button.wide").click()
    page.locator("#now").wait_for()
    talks_are_over(held)
    page.goto(f"{base}/card")
    page.locator("a[href$='card/after']").click()
    check()
    page.locator("label:has(input[name=sameness][value='4'])").click()
    page.locator("#different").fill("روزہ\nShe fasts, I never did.")
    page.locator("label:has(input[name=close][value='6'])").click()
    page.locator("label:has(input[name=again])").first.click()
    page.locator("#reach").fill("07700 900123")
    page.locator("#wishes button.wide").click()
    page.locator("#wishes .note").wait_for()
    check()
    assert page.locator("#different").input_value() == "روزہ\nShe fasts, I never did."
    page.locator("#reflection button.wide").click()
    page.locator("#answers button.wide").click()
    page.locator("#answers .note").wait_for()
    assert page.locator(".note").count() == 1
    page.goto(f"{base}/mine")
    page.locator(".own-words").wait_for()
    page.locator(".written summary").click()
    check()
    found = held.store.meeting_again.wished(held.id, "p0")
    assert (len(found[0]), found[1]) == (1, "07700 900123")
    (own,) = [each for each in held.store.survey.all() if each.gathering == held.id and "close" in each.values]
    assert own.values == {"close": 6}


def test_two_who_tick_each_other_read_how_to_reach_each_other(visit, hold):
    held = hold(6)
    held.press(Press.OPEN_DOORS)
    one, other = visit("phone"), visit("laptop")
    comes(one, "p0")
    comes(other, "p4")
    talks_are_over(held)
    for window, name, reach in ((one, NAMES[4], "07700 900123"), (other, NAMES[0], "after ten at Bethel")):
        window.page.goto(window.links["base"] + "/card/after")
        window.page.get_by_label(name, exact=True).check()
        window.page.get_by_label("How can they reach you?").fill(reach)
        window.page.get_by_role("button", name="Keep my wishes").click()
        window.page.get_by_text("Kept. You can change it here.").wait_for()
    other.page.get_by_text("07700 900123").wait_for()
    other.check()
    one.page.goto(one.links["base"] + "/mine")
    one.page.get_by_text("after ten at Bethel").wait_for()
    one.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_letters_and_a_dark_screen_take_nothing_away(visit, hold, scheme):
    held = hold(6)
    held.press(Press.OPEN_DOORS)
    window = visit("phone", color_scheme=scheme)
    page = comes(window, "p0")
    talks_are_over(held)
    page.goto(window.links["base"] + "/card/after")
    page.locator("label:has(input[name=sameness][value='4'])").click()
    page.get_by_role("button", name="Keep my reflection").click()
    page.get_by_text("Kept. You can change it here.").wait_for()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    until(page, "getComputedStyle(document.documentElement).fontSize === '32px'")
    window.check()
