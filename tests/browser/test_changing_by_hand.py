"""The evening changed by hand in a real browser: why, what it costs, take it back, keep it, and show it to the room."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from relexp.exchange.demo import demo_sheet
from tests.browser.visiting import PATIENCE, SIZES, Visit, until

SEAT = "button[data-person]"


def begin(visit: Callable[..., Visit], size: str) -> tuple[Visit, Page]:
    """The made-up room, planned, with names that can be pressed."""
    window = visit(size)
    page = window.open()
    window.choose(demo_sheet())
    page.locator(".read", has_text="54 people").wait_for()
    window.plan()
    page.get_by_role("button", name="Change by hand").click()
    page.locator(SEAT).first.wait_for()
    return window, page


def press(page: Page, name: str) -> None:
    """Press somebody's name, and wait for what can be done."""
    seat = page.locator(SEAT, has_text=name)
    seat.tap() if page.viewport_size == SIZES["phone"] else seat.press("Enter")
    page.locator("#hand", has_text=name).wait_for()
    until(page, "document.activeElement.id === 'hand'")


def table(page: Page, number: int) -> list[str]:
    """Who sits at a table."""
    return page.locator(".seats > li").nth(number - 1).locator(".name").all_inner_texts()


def settled(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds of what the page shows."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        page.wait_for_timeout(20)


def heard(page: Page) -> set[str]:
    """The headings that a screen reader finds."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["name"]["value"]
        for node in tree
        if not node["ignored"] and node["role"]["value"] == "heading" and "name" in node
    }


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("RELEXP_SHOTS"):
        page.screenshot(path=f"{folder}/by-hand-{name}.png")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_why_swap_undo_keep_plan_again_warn_and_show_to_the_room(visit: Callable[..., Visit], size: str) -> None:
    window, page = begin(visit, size)
    window.check()
    first = table(page, 1)
    press(page, first[0])
    window.check()
    page.get_by_role("button", name="Why this pair?").press("Enter")
    page.locator(".hand p", has_text=f"{first[0]} and {first[1]}").wait_for()
    shot(page, f"{size}-why")

    # A swap with its price, and back.
    offer = page.locator(".hand .offer").first
    assert "Difference in the room" in offer.inner_text()
    offer.locator("button").press("Enter")
    page.locator("#hand-done", has_text="Done:").wait_for()
    until(page, "document.activeElement.id === 'hand-done'")
    settled(page, lambda: table(page, 1) != first)
    page.get_by_role("button", name="Undo").press("Enter")
    page.locator("#hand-done", has_text="Undone:").wait_for()
    settled(page, lambda: table(page, 1) == first)
    page.get_by_role("button", name="Do again").last.press("Enter")
    page.locator("#hand-done", has_text="Done again:").wait_for()
    settled(page, lambda: table(page, 1) != first)
    swapped = table(page, 1)

    # What is kept is there after planning again, and after a reload.
    press(page, swapped[0])
    page.get_by_role("button", name="Keep these together").press("Enter")
    page.locator(".seats .kept").wait_for()
    window.check()
    page.get_by_role("button", name="Plan again").click()
    page.locator("#hand-done").wait_for(state="detached", timeout=PATIENCE * 1000)
    until(page, "document.activeElement.id === 'evening'")
    kept = page.locator(".seats > li", has=page.locator(".kept")).locator(".name")
    settled(page, lambda: sorted(kept.all_inner_texts()) == sorted(swapped))
    page.reload()
    page.get_by_text("Back where you were").wait_for(timeout=PATIENCE * 1000)
    assert page.locator(".seats .kept").count() == 1

    # A rule is broken only after a warning.
    page.get_by_role("button", name="Change by hand").click()
    page.locator(SEAT).first.wait_for()
    press(page, swapped[0])
    page.get_by_label("Somebody else").fill("amina" if "Amina Rahman" not in swapped else "tom")
    page.locator(".hand").get_by_role("button", name="table").last.wait_for()
    found = "Amina Rahman" if "Amina Rahman" not in swapped else "Tom Ashworth"
    page.locator(".hand").get_by_role("button", name=found).press("Enter")
    page.get_by_text("are kept together in round 1, and do not talk then").wait_for()
    window.check()
    shot(page, f"{size}-warned")
    page.get_by_role("button", name="Do it all the same").press("Enter")
    page.get_by_role("heading", name="Changed by hand. What is not kept now:").wait_for()

    page.get_by_role("button", name="Show to the room").click()
    page.locator("#room-heading", has_text="Round 1").wait_for()
    assert "The evening" not in heard(page), "all else is hidden from readers too"
    assert "Round 1 of 5" in heard(page)
    window.check()
    shot(page, f"{size}-room")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog.room')")
    assert page.evaluate("document.activeElement.textContent") == "Show to the room"


@pytest.mark.parametrize("screen", [(1920, 1080), (1024, 768)])
def test_the_room_reads_one_round_at_a_time_and_a_clicker_turns_it(
    visit: Callable[..., Visit], screen: tuple[int, int]
) -> None:
    _, page = begin(visit, "laptop")
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.get_by_role("button", name="Show to the room").click()
    heading = page.locator("#room-heading")
    heading.wait_for()
    seen: list[str] = []
    for _ in range(20):
        body = page.locator(".room-body")
        high, room, size = body.evaluate(
            "(body) => [body.scrollHeight, body.clientHeight, parseFloat(getComputedStyle(body).fontSize)]"
        )
        assert high <= room, "a page fits the screen"
        assert size >= screen[1] / 31
        if not heading.inner_text().startswith("Round 1"):
            break
        seen += body.locator(".room-name").all_inner_texts()
        was = page.locator(".room-page").inner_text() + heading.inner_text()
        page.keyboard.press("PageDown")
        until(
            page,
            f"document.querySelector('.room-page').innerText + document.querySelector('#room-heading').innerText !== {was!r}",
        )
    assert len(seen) == len(set(seen)) == 54, "everybody stands on one page of the round"
    page.keyboard.press("ArrowLeft")
    until(page, "document.querySelector('#room-heading').innerText.startsWith('Round 1')")
    words = page.locator("dialog.room").inner_text()
    assert not [word for word in ("%", "difference", "rule", "Parish", "Al-Noor") if word in words]
    shot(page, f"room-{screen[0]}")
    page.get_by_role("button", name="Close", exact=True).click()
    until(page, "!document.querySelector('dialog.room')")


def test_escape_leaves_a_person_be_and_the_comparison_stands_on_the_page(visit: Callable[..., Visit]) -> None:
    window, page = begin(visit, "phone")
    name = table(page, 2)[0]
    press(page, name)
    page.keyboard.press("Escape")
    page.locator("#hand").wait_for(state="hidden")
    until(page, f"document.activeElement.textContent === {name!r}")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_text("Compared with 200 evenings of each kind.").wait_for(timeout=PATIENCE * 1000)
    assert page.locator(".beside tbody tr").count() == 6
    window.check()
