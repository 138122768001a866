"""A learner's way through a unit: wrong answers and right ones, a journal, a killed server, another device, a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import windows
from tests.browser.visiting import PATIENCE, Running, Visit, leave, start

UNIT = "Sameness and difference"
ASKS = "Name at least three times when you were “the same”"
FIRST = "The choir in Bradford, the queue at the chemist, and my aunt’s kitchen."
MORE = " Also: আমার দাদির রান্নাঘর, and مطبخ جدتي."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = start(tmp_path)
    yield running
    running.end()


@pytest.fixture
def arrive(chromium: Browser, server: Running) -> Iterator[Callable[..., Visit]]:
    yield from windows(chromium, server.links, through_the_door=True)


def come_in(window: Visit, address: str) -> Page:
    """Open a page, and wait until it can be used."""
    window.page.goto(address)
    return ready(window.page)


def ready(page: Page) -> Page:
    page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
    return page


def block(page: Page, title: str):
    """What one does in a block: what stands below its heading."""
    heading = page.get_by_role("heading", name=title, exact=True)
    return heading.locator(
        "xpath=ancestor::div[contains(@class,'written')]/following::div[contains(@class,'block')][1]"
    )


def test_a_learner_goes_through_a_unit_over_a_killed_server_and_another_device_to_a_confirmed_record(
    arrive: Callable[..., Visit], server: Running, tmp_path: Path
) -> None:
    laptop = arrive("laptop")
    page = come_in(laptop, server.links["learner"])
    expect(page).to_have_url(re.compile("/learn$"))
    expect(page.get_by_role("link", name="Begin: Start here")).to_be_visible()
    laptop.check()

    page.get_by_role("link", name=UNIT).click()
    ready(page)
    laptop.check()
    page.locator(".unit-contents summary").click()
    expect(page.locator(".unit-contents .far")).to_have_text("0 of 19 parts done: 0 of 180 minutes")
    page.get_by_label("I have read this: Two cups of tea").check()
    expect(page.locator(".unit-contents .far")).to_have_text("1 of 19 parts done: 1 of 180 minutes")
    answer_wrongly_and_rightly(page)
    expect(page.locator(".unit-contents summary")).to_contain_text("2 of 19 parts done")

    lists = page.get_by_label(ASKS)
    lists.fill(FIRST)
    expect(kept(page, ASKS)).to_have_text("Kept.")
    killed(server, page, lists)
    laptop.wrong.clear()
    again = start(tmp_path, port=int(server.links["base"].rpartition(":")[2]))
    try:
        page.get_by_role("button", name="Load this page again").click(timeout=PATIENCE * 1000)
        ready(page)
        # What was typed while nobody was there to keep it is not lost.
        expect(page.get_by_label(ASKS)).to_have_value(FIRST + MORE)
        expect(kept(page, ASKS)).to_have_text("Kept.")
        laptop.wrong.clear()
        phone = on_another_device(arrive, page, server)
        trainer = confirmed(arrive, again, phone)
        for window in (laptop, phone, trainer):
            leave(window.page)
    finally:
        again.end()


def kept(page: Page, asks: str, within=None):
    """What a place to write in says of itself."""
    return (within or page).locator(".writing", has=page.get_by_label(asks)).locator(".writing-state")


def answer_wrongly_and_rightly(page: Page) -> None:
    """A question is answered wrongly, helped on, and answered rightly; another has no right or wrong."""
    guess = block(page, "A first guess").locator(".quiz-panel")
    sure, which = guess.nth(0), guess.nth(1)
    sure.get_by_label("On a good day, with a run-up.").check()
    sure.get_by_role("button", name="Answer", exact=True).click()
    expect(sure.locator(".note")).to_contain_text("Nothing here is right or wrong.")
    which.get_by_label("The first thought is the true one.").check()
    which.get_by_role("button", name="Answer", exact=True).click()
    expect(which.locator(".note")).to_contain_text("Not yet. Try again.")
    which.get_by_label("Keep both.").check()
    which.get_by_role("button", name="Answer", exact=True).click()
    expect(which.locator(".note")).to_contain_text("Yes.")


def killed(server: Running, page: Page, lists) -> None:
    """The server is killed as by a power cut while somebody writes."""
    for kernel in server.kernels():
        kernel.kill()
    server.process.kill()
    server.process.wait(PATIENCE)
    lists.press("End")
    lists.press_sequentially(MORE, delay=5)
    expect(page.locator("#lost")).to_be_visible(timeout=PATIENCE * 1000)


def on_another_device(arrive: Callable[..., Visit], page: Page, server: Running) -> Visit:
    """By a link of their own the learner finds all of it on a phone; what both devices write is never lost."""
    page.goto(f"{server.links['base']}/learn/link")
    page.get_by_label("As you wish it on your record").fill("Ngozi Adébáyò-Llywelyn")
    page.get_by_role("button", name="Keep the name").click()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("a.address").get_attribute("href")
    assert link is not None
    page.goto(f"{server.links['base']}/units/sameness-and-difference")
    ready(page)

    phone = arrive("phone")
    other = come_in(phone, link)
    phone.check()
    other.get_by_role("link", name=re.compile(f"^Go on: {UNIT}")).click()
    ready(other)
    phone.check()
    expect(other.get_by_label(ASKS)).to_have_value(FIRST + MORE)
    # The answers are there to go back to.
    expect(block(other, "A first guess").locator(".quiz-panel").nth(1).get_by_label("Keep both.")).to_be_checked()
    other.get_by_label(ASKS).fill("On the phone I wrote this.")
    expect(kept(other, ASKS)).to_have_text("Kept.")
    page.get_by_label(ASKS).fill("On the laptop I wrote that.")
    clash = page.locator(".writing-clash:visible")
    expect(clash).to_contain_text("On the phone I wrote this.")
    # Whoever types on has not chosen yet: what the phone wrote stays.
    page.get_by_label(ASKS).press("End")
    page.get_by_label(ASKS).press_sequentially(" And more.")
    page.get_by_label("Anything that you want to hold on to from this unit").focus()
    page.wait_for_timeout(1500)
    expect(clash).to_contain_text("On the phone I wrote this.")
    clash.get_by_role("button", name="Take the other one").click()
    expect(kept(page, ASKS)).to_have_text("Kept.")
    expect(page.get_by_label(ASKS)).to_have_value("On the phone I wrote this.")

    tell = block(other, "Tell your map, and listen to theirs")
    tell.get_by_label("Minutes it took").fill("35")
    tell.get_by_role("button", name="I have done this").click()
    expect(tell).to_contain_text("Write first what shows it")
    tell.get_by_label("What shows that you did it").fill("Thursday; she ten minutes, I eight.")
    expect(kept(other, "What shows that you did it", tell)).to_have_text("Kept.")
    tell.get_by_role("button", name="I have done this").click()
    expect(tell).to_contain_text("Noted: you have done this.")
    other.get_by_label("Anything that you want to hold on to from this unit").fill("Two lines, not a slider.")
    expect(kept(other, "Anything that you want to hold on to")).to_have_text("Kept.")
    return phone


def confirmed(arrive: Callable[..., Visit], server: Running, phone: Visit) -> Visit:
    """The record shows the hours; a trainer who is asked sees that and the summary, never the journal, and confirms."""
    page = come_in(phone, f"{server.links['base']}/learn")
    hours = page.locator("table.hours").first
    expect(hours.locator("tr", has_text="Out with people")).to_contain_text("35 min")
    expect(page.locator("details", has_text=UNIT).last).to_contain_text("Two lines, not a slider.")
    page.get_by_label("In my own words").fill("I learnt to ask twice before I say “me too”.")
    expect(kept(page, "In my own words")).to_have_text("Kept.")
    page.get_by_role("button", name="Ask a trainer to confirm it").click()
    expect(page.locator("p.note")).to_contain_text("You have asked for this record to be confirmed.")
    phone.check()

    trainer = arrive("laptop")
    come = trainer.page
    come.goto(server.links["trainer"])
    ready(come).get_by_role("link", name="First page").click()
    come.get_by_role("link", name="Those who learn").click()
    ready(come)
    expect(come.get_by_text("Figures are shown once 5 people learn here")).to_be_visible()
    expect(come.get_by_label("Whose record")).to_have_text("Ngozi Adébáyò-Llywelyn")
    expect(come.locator(".own-words")).to_have_text("I learnt to ask twice before I say “me too”.")
    trainer.check()
    assert "slider" not in come.content()
    assert "On the phone I wrote this." not in come.content()
    come.get_by_role("button", name="Confirm the record").click()
    expect(come.locator("p.note", has_text="Say who confirms it")).to_be_visible()
    come.get_by_label("Your name").fill("Siân Prys")
    come.get_by_label("Your organisation").fill("Canolfan Bethel")
    come.get_by_label("A few words from you").fill("She told her map to me over tea.")
    come.get_by_role("button", name="Confirm the record").click()
    expect(come.locator("p.note", has_text="Confirmed.")).to_be_visible()
    expect(come.get_by_text("Nobody has asked for it just now.")).to_be_visible()

    page = come_in(phone, f"{server.links['base']}/learn")
    expect(page.locator("p.note").first).to_contain_text("She told her map to me over tea.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Print or keep the record").click()
    record = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Ngozi Adébáyò-Llywelyn" in record
    assert "She told her map to me over tea." in record
    assert "Siân Prys, Canolfan Bethel" in record
    assert "slider" not in record
    # Under lock, also for whoever takes the file away.
    files = [*Path(server.store.removeprefix("sqlite:///")).parent.glob("relexp.db*")]
    assert files
    assert all(b"not a slider" not in file.read_bytes() for file in files)
    return trainer
