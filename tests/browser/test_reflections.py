"""Reflections, in two browsers: one who leads and one who helps read, settle, type in, and note what is theirs alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from relexp.privacy.roles import Role
from relexp.server.doors import now
from relexp.store import open_store
from tests.browser.conftest import windows
from tests.browser.visiting import start, until
from tests.series import PRIVATE, series

LINES = (
    "Her grandmother sewed, <b>too</b>.",
    "আমরা দুজনেই নদী ভালোবাসি।",
    "عملت جدتها خيّاطة أيضًا.",
    "The rent is what keeps her awake.",
    "I had never talked with anybody who fasts.",
    "His grandmother baked the same bread.",
)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A server whose house has held a gathering, with a link for somebody who helps."""
    running = start(tmp_path_factory.mktemp("read"))
    store = open_store(running.store)
    (gathered,) = series(store, now() - timedelta(days=2), 1)
    for line in store.written.lines(gathered.id):
        store.written.take_back(line.id)
    for number, text in enumerate(LINES):
        store.written.share(gathered.id, 1, text, now() + timedelta(seconds=number))
    secret, _ = store.links.make(store.identities.add(Role.CO_FACILITATOR, "Siân", now()), now(), timedelta(days=1))
    store.close()
    yield running, {**running.links, "facilitator": f"{running.links['base']}/in/{secret}"}
    running.end()


@pytest.fixture
def two(chromium, read):
    """Whoever leads, on a laptop, and whoever helps, on a phone, on the page."""
    running, helps = read

    def opened(window):
        window.page.goto(f"{running.links['base']}/reflections")
        expect(window.page.get_by_role("heading", name="Reflections", level=1)).to_be_visible(timeout=60_000)
        return window

    for lead in windows(chromium, running.links, through_the_door=False):
        for helper in windows(chromium, helps, through_the_door=False):
            yield opened(lead("laptop")), opened(helper("phone"))


def keep(page: Page) -> Locator:
    """The one button that keeps what is typed, once the view has changed."""
    found = page.get_by_role("button", name="Keep it", exact=True)
    expect(found).to_have_count(1)
    return found


def view(page, name):
    page.get_by_text(name, exact=True).first.click()


def told(page, text):
    return page.locator(".note:visible", has_text=text)


def test_two_who_lead_read_settle_type_in_and_keep_their_own(two):
    lead, helper = two
    laptop, phone = lead.page, helper.page

    # The book, and the lines by keyboard.
    for name, when in (("Grandmothers", "somebody’s family before them"), ("Home", "rent, streets")):
        laptop.get_by_label("Its name").first.fill(name)
        laptop.get_by_label("A line belongs here when …").first.fill(when)
        laptop.get_by_role("button", name="Add it").click()
        expect(laptop.locator(".said strong", has_text=name)).to_be_visible()
    lead.check()
    line = laptop.locator(".reader-line:visible")
    expect(line).to_have_text(LINES[0])
    line.click()
    for key in "101021":
        laptop.keyboard.press(key)
    until(laptop, "document.getElementById('live').textContent.includes('Line 6 of 6')")
    expect(laptop.get_by_text("6 of 6 read")).to_be_visible()
    expect(laptop.get_by_text("You have read every line.")).to_be_visible()
    laptop.keyboard.press("ArrowLeft")
    expect(line).to_have_text(LINES[4])
    expect(laptop.get_by_role("button", name="2 Home")).to_have_attribute("aria-pressed", "true")
    lead.check()

    # The other one, by thumb, who sees nothing of it before the last line.
    phone.reload()
    helper.check()
    view(phone, "Settle")
    expect(phone.get_by_text("Read every line by yourself first: 0 of 6 so far.")).to_be_visible()
    helper.check()
    view(phone, "Read the lines")
    for number, name in enumerate(("1 Grandmothers", "0 None of these fits", "1 Grandmothers", "2 Home", "2 Home")):
        expect(phone.locator(".reader-line:visible")).to_have_text(LINES[number])
        phone.get_by_role("button", name=name).click()
    view(phone, "Settle")
    expect(phone.get_by_text("Read every line by yourself first: 5 of 6 so far.")).to_be_visible()
    view(phone, "Read the lines")
    phone.get_by_role("button", name="1 Grandmothers").click()
    expect(phone.get_by_text("You have read every line.")).to_be_visible()

    # They differ on one line, and decide.
    view(laptop, "Settle")
    expect(laptop.get_by_text("the same theme for 5 of 6 lines (83 in 100)")).to_be_visible()
    expect(laptop.locator(".reader-line:visible")).to_have_text(LINES[3])
    expect(laptop.get_by_text("You: None of these fits")).to_be_visible()
    expect(laptop.get_by_text("Another reader: Home")).to_be_visible()
    laptop.locator(".reader:visible").get_by_role("button", name="2 Home").click()
    expect(laptop.get_by_text("6 of 6 lines are settled.")).to_be_visible()
    lead.check()
    view(phone, "Settle")
    expect(phone.get_by_text("1 of 1 decided")).to_be_visible()
    helper.check()

    # What came on paper.
    view(phone, "From paper")
    phone.get_by_label("The line, as it was written").fill("From a card.")
    keep(phone).dblclick()
    expect(told(phone, "Kept: a line of round 1.")).to_be_visible()
    view(phone, "Answers")
    phone.get_by_label("The code on the sheet").fill("n0body22")
    phone.get_by_label("How far do you trust people in general?").fill("6")
    keep(phone).click()
    expect(told(phone, "is no number from 1 to 5")).to_be_visible()
    phone.get_by_label("How far do you trust people in general?").fill("5")
    keep(phone).click()
    helper.check()
    phone.get_by_role("button", name="Keep it all the same").click()
    expect(told(phone, "Kept: the answers of NOBODY22.")).to_be_visible()
    view(laptop, "Settle")
    view(laptop, "From paper")
    lead.check()
    view(laptop, "Read the lines")
    expect(laptop.get_by_text("6 of 7 read")).to_be_visible()
    expect(laptop.locator(".reader-line:visible")).to_have_text("From a card.")

    # What people showed, and what is one's own.
    view(laptop, "What people showed")
    expect(laptop.get_by_text("How we mourn, and for how long.").first).to_be_visible()
    assert PRIVATE not in laptop.content()
    lead.check()
    view(phone, "A one-to-one")
    phone.get_by_label("Whom you met: their code").fill("BO")
    phone.get_by_label("Minutes").fill("45")
    phone.get_by_role("button", name="Note more").click()
    phone.get_by_label("A story you heard").fill("The hospital kitchen")
    keep(phone).click()
    helper.check()
    phone.get_by_role("button", name="Keep it as it is").click()
    expect(phone.get_by_role("heading", name="BO")).to_be_visible()
    helper.check()
    view(laptop, "A one-to-one")
    expect(laptop.get_by_text("You have noted none yet.")).to_be_visible()
    assert "kitchen" not in laptop.content()
    lead.check()
