"""The line to Python may break in the middle of an edit: nothing is lost, nothing is done twice, the page says so."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.proxy import Proxy
from tests.browser.visiting import Visit, leave

# Connections are broken off on purpose: Python may find the pieces of one later.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

LOST = "The connection to relexp was lost. Nothing you saved is gone."
BACK = "The connection is back. You can go on."


@pytest.fixture
def line(notebooks) -> Iterator[Proxy]:
    with Proxy(int(notebooks.links["base"].rpartition(":")[2])) as proxy:
        yield proxy
    # Now rather than in a test that knows nothing of them.
    gc.collect()


@pytest.fixture
def page(visit_notebook: Callable[..., Visit], notebooks, line: Proxy) -> Iterator[Page]:
    window = visit_notebook()
    through = f"http://127.0.0.1:{line.port}"
    window.links = {name: link.replace(notebooks.links["base"], through) for name, link in notebooks.links.items()}
    page = window.open_notebook("line")
    press(page)
    page.get_by_text("1 presses").wait_for()
    yield page
    leave(page)
    # That a line broke is what these tests are about, and so is a request that found none.
    broken = ("WebSocket", "ERR_", "requestfailed", "404 (Not Found)", ":" + str(line.port))
    window.wrong[:] = [said for said in window.wrong if not any(word in said for word in broken)]


def press(page: Page) -> None:
    page.get_by_role("button", name="Press").click()


def edit(page: Page) -> None:
    """One press, a name typed letter by letter, and a slider moved by three."""
    press(page)
    page.get_by_label("Name").press_sequentially("Zoë", delay=100)
    for _ in range(3):
        page.get_by_role("slider", name="Level").press("ArrowRight")
        page.wait_for_timeout(100)


def all_arrived(page: Page, presses: int, level: int) -> None:
    page.get_by_text("hello Zoë", exact=True).wait_for(timeout=10_000)
    page.get_by_text(f"level {level}", exact=True).wait_for(timeout=10_000)
    page.get_by_text(f"{presses} presses", exact=True).wait_for(timeout=10_000)
    # What the visitor typed stands as they left it.
    assert page.get_by_label("Name").input_value() == "Zoë"
    assert page.get_by_role("slider", name="Level").get_attribute("aria-valuenow") == f"{level}.0"


def goes_on(page: Page, presses: int) -> None:
    page.get_by_role("status").get_by_text(BACK).wait_for()
    assert not page.locator("#lost").is_visible()
    press(page)
    page.get_by_text(f"{presses + 1} presses", exact=True).wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_text(f"{presses + 1} presses", exact=True).is_visible()


def test_ten_seconds_without_a_line_lose_nothing(page, line):
    line.cut()
    edit(page)
    page.locator("#lost").get_by_text(LOST).wait_for()
    assert LOST in page.get_by_role("status").inner_text()
    page.wait_for_timeout(8500)
    line.open()
    began = time.monotonic()
    all_arrived(page, presses=2, level=3)
    assert time.monotonic() - began < 5
    goes_on(page, presses=2)


def test_a_cut_in_the_middle_of_an_edit_loses_nothing(page, line):
    page.get_by_label("Name").press_sequentially("Z", delay=50)
    page.get_by_role("slider", name="Level").press("ArrowRight")
    line.cut()
    press(page)
    page.get_by_label("Name").press("End")
    page.get_by_label("Name").press_sequentially("oë", delay=100)
    page.get_by_role("slider", name="Level").press("ArrowRight")
    page.locator("#lost").get_by_text(LOST).wait_for()
    line.open()
    all_arrived(page, presses=2, level=2)
    goes_on(page, presses=2)


def test_bytes_are_there_again_after_a_gap(page, line):
    page.goto(page.url.replace("/line", "/controls"))
    page.locator("html[data-ready]").wait_for(timeout=30_000)
    count = page.get_by_role("button", name="count 0, 1,2")
    count.wait_for()
    line.cut()
    page.locator("#lost").get_by_text(LOST).wait_for()
    line.open()
    page.get_by_role("status").get_by_text(BACK).wait_for()
    page.wait_for_timeout(500)
    count.click()
    page.locator(".log").get_by_text("counted 1").wait_for()
    page.get_by_role("button", name="count 1, 1,2").wait_for()


def test_a_line_that_only_looks_open_for_eight_seconds_loses_nothing(page, line):
    line.block()
    edit(page)
    page.locator("#lost").get_by_text(LOST).wait_for(timeout=10_000)
    page.wait_for_timeout(1000)
    line.open()
    began = time.monotonic()
    all_arrived(page, presses=2, level=3)
    assert time.monotonic() - began < 6
    goes_on(page, presses=2)


def test_a_press_whose_answer_was_lost_counts_once(page, line):
    line.deafen()
    press(page)
    press(page)
    page.locator("#lost").get_by_text(LOST).wait_for(timeout=15_000)
    line.open()
    page.get_by_text("3 presses", exact=True).wait_for(timeout=15_000)
    goes_on(page, presses=3)


def test_a_page_whose_python_has_ended_says_so_and_offers_a_new_one(page, line, notebooks):
    line.cut()
    for kernel in notebooks.kernels():
        kernel.kill()
    page.locator("#lost").get_by_text(LOST).wait_for()
    page.wait_for_timeout(8000)  # the server looks every few seconds
    line.open()
    page.locator("#lost").get_by_text("This page has lost its place").wait_for(timeout=30_000)
    again = page.get_by_role("button", name="Load this page again")
    assert again.bounding_box()["height"] >= 44
    again.click()
    page.get_by_text("0 presses").wait_for(timeout=30_000)


def test_a_large_sheet_on_a_slow_line_arrives_the_first_time(visit, server):
    with Proxy(int(server.links["base"].rpartition(":")[2])) as slow:
        window = visit()
        through = f"http://127.0.0.1:{slow.port}"
        window.links = {name: link.replace(server.links["base"], through) for name, link in server.links.items()}
        page = window.open()
        lines: list[object] = []
        page.on("websocket", lambda line: lines.append(line))
        # Longer on its way than a line without a word is believed in.
        slow.pace = 150_000
        note = "n" * 15_000
        window.choose("\n".join(("name,organisation,note", *(f"P{i},G{i % 7},{note}" for i in range(100)))).encode())
        page.get_by_role("button", name="Plan the evening").wait_for(timeout=30_000)
        assert lines == []
        assert not page.locator("#lost").is_visible()
        slow.pace = None
        leave(page)
        window.wrong[:] = [said for said in window.wrong if f":{slow.port}" not in said]
