"""The facilitator says what matters, hears at once what cannot hold, and takes a choice of a lop-sided room's menu."""

import os

import pytest

from tests.browser.visiting import PATIENCE, until

ROOM = "name,organisation,age band,faith,side\n" + "\n".join(
    f"{name} {place},{'Hillside Parish Church' if place < 24 else 'مسجد النور' if place % 2 else 'নদীর ধারের সমিতি'},"
    f"{('16-24', '25-34', '65+')[place % 3]},{'ab'[place % 2]},{'host' if place < 12 else 'guest'}"
    for place, name in enumerate(
        ["Amina Begum", "আমিনা খাতুন", "محمد الأمين", "Zoë Fitzgerald-Wolverhampton the Third"] * 9
    )
)


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_lop_sided_room_is_asked_about_in_plain_words(visit, size):
    window = visit(size)
    page = window.open()
    window.choose(ROOM.encode())
    page.locator(".read", has_text="36 people").wait_for()
    page.get_by_text("If some stay away").click()
    page.get_by_role("button", name="Change what matters").press("Enter")
    # by keyboard: the second column up, and the focus stays with it
    up = page.get_by_role("button", name="Move up: age band")
    up.focus()
    up.press("Enter")
    page.get_by_text("the first of these matters most").wait_for()
    until(page, "document.activeElement.closest('li')?.dataset.key === 'age_band'")
    page.get_by_role("button", name="Move down: age band").click()
    page.get_by_text("differ from them in “organisation”").wait_for()
    page.get_by_role("combobox", name="What is wished: side").select_option("does not matter")
    page.locator(".rules .pick", has_text="With their own under").get_by_text("never", exact=True).click()
    page.get_by_role("heading", name="This cannot all hold").wait_for()
    page.get_by_text("let people talk with their own as seldom as can be").wait_for()
    page.get_by_role("combobox", name="This person").fill("Amina Begum 0")
    page.get_by_role("combobox", name="and this one").fill("আমিনা খাতুন 25")
    page.get_by_role("button", name="Keep apart").click()
    page.get_by_role("button", name="Take out: Amina Begum 0 and").wait_for()
    window.check()
    page.get_by_role("button", name="See the choices").click()
    page.get_by_role("heading", name="Shared out as evenly as can be").wait_for(timeout=PATIENCE * 1000)
    if folder := os.environ.get("RELEXP_SHOTS"):
        page.screenshot(path=f"{folder}/asking-{size}.png", full_page=True)
    window.check()
    page.get_by_role("button", name="Take this one: Shared out as evenly as can be").click()
    page.get_by_role("heading", name="The evening", exact=True).wait_for()
    page.get_by_role("heading", name="This cannot all hold").wait_for(state="hidden")
    page.reload()
    page.get_by_text("Back where you were").wait_for(timeout=PATIENCE * 1000)
    page.get_by_text("the first of these matters most").wait_for()
    page.get_by_role("button", name="Change what matters").click()
    page.get_by_role("button", name="Take out: Amina Begum 0 and").wait_for()
