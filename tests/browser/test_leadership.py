"""A trainer's review meeting in a browser: from a sheet of sixty made-up people to the next steps they agreed on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from relexp.exchange.leader_sheets import leaders_csv
from relexp.privacy.roles import Role
from relexp.store import open_store
from tests.browser.conftest import windows
from tests.browser.visiting import start
from tests.cohort import cohort
from tests.kept_cohort import keep

PASTE = """(table, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    table.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def house(tmp_path):
    """A server of a house that has no table yet."""
    running = start(tmp_path)
    yield running
    running.end()


@pytest.fixture
def visit_house(chromium, house):
    for begin in windows(chromium, house.links, through_the_door=False):

        def open_page(size="laptop", begin=begin):
            window = begin(size)
            window.page.goto(f"{house.links['base']}/leadership")
            window.page.get_by_role("heading", name="The leadership table").wait_for()
            return window

        yield open_page


def look(page: Page, view: str) -> None:
    """Press one of the views."""
    page.locator(".pick label", has_text=view).first.click()


def total(page: Page, count: int) -> None:
    """The table tells how many it shows in all."""
    expect(page.locator(".pages")).to_contain_text(f"of {count}")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_review_meeting_from_a_sheet_to_agreed_next_steps(visit_house, house, size):
    window = visit_house(size)
    page = window.page
    made = cohort(60)
    expect(page.get_by_text("Nobody is in the table yet.").first).to_be_visible()
    window.check()
    page.locator(".sheet input").first.set_input_files(
        files=[{"name": "leaders.csv", "mimeType": "text/csv", "buffer": leaders_csv(made.board, made.rows, {})}]
    )
    expect(page.get_by_role("heading", name="What this sheet would do")).to_be_visible()
    window.check()
    page.get_by_role("button", name="Write it into the table").click()
    expect(page.get_by_text("Written. Rows: 60.").first).to_be_visible()
    look(page, "The table")
    total(page, 60)
    window.check()
    # Two hundred rows of a spreadsheet, and back.
    rows = [f"Person {place}\tNo. {place % 9} Street\tListening" for place in range(200)]
    table = page.locator(".leaders-table")
    table.evaluate(PASTE, "\n".join(["Name\tInstitution\tStage", *rows]))
    page.get_by_role("button", name="Write it into the table").click()
    look(page, "The table")
    total(page, 260)
    page.get_by_role("button", name="Undo (200 rows)").click()
    total(page, 60)
    # Who has no next step?
    page.get_by_label("Who", exact=True).select_option(label="No next step")
    expect(page.get_by_text("with no next step", exact=False).first).to_be_visible()
    rows = page.locator(".leaders-table tbody tr")
    expect(rows.nth(49)).to_have_count(0)
    without = rows.count()
    assert 3 < without < 50
    look(page, "Review meeting")
    page.get_by_role("button", name="Begin the meeting").click()
    for place, step in enumerate(("Ring three neighbours", "Chair the next meeting", "দুই জনকে নিয়ে আসা"), start=1):
        expect(page.locator(".meeting").get_by_text(f"{place} of {without}.").first).to_be_visible()
        if place == 1:
            window.check()
        page.get_by_label("Next step", exact=True).locator("visible=true").fill(step)
        page.get_by_label("Agreed with").locator("visible=true").fill("Bo")
        page.get_by_role("button", name="Agreed: next person").click()
    page.get_by_role("button", name="End the meeting").click()
    expect(page.locator("#meet-end")).to_contain_text(f"Next steps agreed: 3, of {without} people.")
    window.check()
    look(page, "The table")
    expect(page.locator(".leaders-table tbody tr")).to_have_count(without - 3)
    store = open_store(house.store)
    agreed = [
        row.leader.step.what for row in store.leaders.all() if row.leader.step and row.leader.step.agreed_by == "Bo"
    ]
    store.close()
    assert sorted(agreed) == sorted(["Ring three neighbours", "Chair the next meeting", "দুই জনকে নিয়ে আসা"])


def test_the_table_is_worked_on_by_keyboard_and_two_at_once_see_both_versions(visit_house, house):
    store = open_store(house.store)
    keep(store, store.identities.house(Role.FACILITATOR, datetime.now(UTC)), datetime.now(UTC))
    store.close()
    one, other = visit_house().page, visit_house().page
    for page in (one, other):
        look(page, "The table")
        total(page, 60)
    name = one.locator(".leaders-table .name").first.inner_text()
    cell = one.get_by_label(f"Next step, {name}", exact=True)
    cell.focus()
    one.keyboard.press("ControlOrMeta+a")
    one.keyboard.type("Bring the choir")
    one.keyboard.press("Enter")
    # Enter keeps it and goes on to the next row.
    expect(one.locator(":focus")).to_have_attribute("data-key", "step")
    assert one.locator(":focus").get_attribute("aria-label") != f"Next step, {name}"
    expect(one.get_by_role("button", name="Undo (1 row)")).to_be_visible()
    theirs = other.get_by_label(f"Next step, {name}", exact=True)
    theirs.fill("Bring the band")
    theirs.press("Tab")
    clash = other.locator(".note", has_text="Somebody else wrote here")
    expect(clash).to_contain_text("Bring the band")
    expect(clash).to_contain_text("Bring the choir")
    other.get_by_role("button", name="Keep what they wrote").click()
    expect(theirs).to_have_value("Bring the choir")
    # What fits no cell says what to do, and stays.
    day = one.get_by_label(f"By, {name}", exact=True)
    day.fill("soon")
    day.press("Tab")
    expect(one.locator(".wrong")).to_contain_text("is no day")
    expect(day).to_have_value("soon")
    day.fill("24/12/2026")
    day.press("Tab")
    expect(one.locator(".wrong")).to_have_count(0)
    expect(day).to_have_value("24 Dec 2026")
    one.keyboard.press("ControlOrMeta+z")
    expect(day).not_to_have_value("24 Dec 2026")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_whoever_works_far_down_the_table_is_led_to_what_is_asked_and_back(visit_house, house, size):
    store = open_store(house.store)
    keep(store, store.identities.house(Role.FACILITATOR, datetime.now(UTC)), datetime.now(UTC))
    store.close()
    page = visit_house(size).page
    look(page, "The table")
    total(page, 60)
    name = page.locator(".leaders-table .name").nth(40)
    who = name.inner_text()
    name.click()
    expect(page.locator("#person").locator("visible=true")).to_be_focused()
    expect(page.locator("#person").locator("visible=true")).to_be_in_viewport()
    page.get_by_role("button", name="Back to the table").click()
    expect(page.get_by_role("button", name=who, exact=True)).to_be_focused()
    expect(page.get_by_role("button", name=who, exact=True)).to_be_in_viewport()
    stage = page.get_by_label(f"Stage, {who}", exact=True)
    before = stage.input_value()
    stage.select_option(value="develops" if before != "develops" else "met")
    expect(page.locator("#stage-asks").locator("visible=true")).to_be_focused()
    page.get_by_role("button", name="Leave it as it is").click()
    expect(stage).to_be_focused()
    expect(stage).to_be_in_viewport()
    expect(stage).to_have_value(before)


def test_on_a_phone_a_card_shows_what_matters_first_and_whole_when_it_is_pressed(visit_house, house):
    store = open_store(house.store)
    keep(store, store.identities.house(Role.FACILITATOR, datetime.now(UTC)), datetime.now(UTC))
    store.close()
    window = visit_house("phone")
    page = window.page
    look(page, "The table")
    total(page, 60)
    name = page.locator(".leaders-table .name").nth(2).inner_text()
    following = page.get_by_label(f"Following, {name}", exact=True)
    expect(page.get_by_label(f"Next step, {name}", exact=True)).to_be_visible()
    expect(following).to_be_hidden()
    page.get_by_role("button", name=f"The whole row, {name}").click()
    expect(following).to_be_visible()
    window.check()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_every_view_is_right_with_sixty_people(visit_house, house, size):
    store = open_store(house.store)
    keep(store, store.identities.house(Role.FACILITATOR, datetime.now(UTC)), datetime.now(UTC))
    store.close()
    window = visit_house(size)
    page = window.page
    expect(page.get_by_role("heading", name="This week")).to_be_visible()
    window.check()
    page.locator(".people-list .name").first.click()
    expect(page.get_by_role("button", name="Back to this week")).to_be_visible()
    for opener in ("Note what happened", "Change the stage", "Change the words", "Qualities and habits"):
        page.get_by_role("button", name=opener).click()
    page.get_by_label("What happened").locator("visible=true").fill("Led the prayers for the city")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".timeline")).to_contain_text("Led the prayers for the city")
    window.check()
    for view, heading in (("How people grow", "Who is stuck"), ("Set up", "Set up the table")):
        look(page, view)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true }")
        window.check()
    look(page, "The table")
    page.get_by_role("button", name="More choices, columns and views").click()
    page.get_by_label("Grouped by").select_option(label="institution")
    expect(page.locator(".leaders-table .group").first).to_be_visible()
    for column in ("Talents", "Stretch", "Training: 6-day", "Developed by", "Last challenge"):
        page.get_by_role("checkbox", name=column, exact=True).check()
    expect(page.locator(".leaders-table thead")).to_contain_text("Last challenge")
    window.check()
