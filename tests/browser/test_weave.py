"""What we wove, in a browser: a made-up series of three gatherings, looked at, followed up and handed on."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect

from relexp.server.doors import now
from relexp.store import open_store
from tests.browser.conftest import windows
from tests.browser.visiting import start, until
from tests.series import PRIVATE, series


@pytest.fixture(scope="module")
def woven(tmp_path_factory):
    """A server whose house has held three gatherings."""
    running = start(tmp_path_factory.mktemp("woven"))
    store = open_store(running.store)
    series(store, now() - timedelta(days=2))
    store.close()
    yield running
    running.end()


@pytest.fixture
def visit_woven(chromium, woven):
    for begin in windows(chromium, woven.links, through_the_door=False):

        def open_page(size="laptop", begin=begin):
            window = begin(size)
            window.page.goto(f"{woven.links['base']}/weave")
            window.page.locator("svg.weave").wait_for()
            return window

        yield open_page


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_whoever_leads_sees_what_grew_and_follows_it_up(visit_woven, size):
    window = visit_woven(size)
    page = window.page
    expect(page.get_by_role("heading", name="What we wove")).to_be_visible()
    expect(page.get_by_text("54 people talked with somebody.")).to_be_visible()
    until(page, "document.querySelectorAll('.chart .point').length > 20")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    window.check()
    page.get_by_label("Show", exact=True).select_option(label="All gatherings so far")
    expect(page.get_by_text("3 gatherings, 405 conversations.")).to_be_visible()
    assert PRIVATE not in page.content()
    page.get_by_text("Meeting again", exact=True).first.click()
    page.get_by_label("What they will do").fill("Tea at the mosque")
    page.get_by_label("What they will do").press("Tab")
    page.get_by_text("They met", exact=True).last.click()
    expect(page.locator("td", has_text="Tea at the mosque")).to_be_visible()
    window.check()
    page.get_by_text("What was shared", exact=True).click()
    expect(page.locator("dl.shown").first).to_be_visible()
    assert PRIVATE not in page.content()
    lines = page.locator(".said:visible li")
    expect(lines.first).to_be_visible()
    before = lines.count()
    page.get_by_role("button", name="Take it away").click()
    expect(lines).to_have_count(before - 1)
    window.check()
    page.get_by_text("Print and hand on", exact=True).click()
    with page.expect_download() as handed:
        page.get_by_role("button", name="Files for other programs").click()
    assert handed.value.suggested_filename == "what-we-wove.zip"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the report").click()
    html = saved.value.path().read_text("utf-8")
    assert "All gatherings so far" in html
    assert PRIVATE not in html
    window.check()


def test_the_report_is_one_page(visit_woven):
    page = visit_woven().page
    page.get_by_text("Print and hand on", exact=True).click()
    # the last gathering alone, then all of them
    for place in (0, 3):
        page.get_by_label("Show", exact=True).select_option(index=place)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the report").click()
        paper = page.context.new_page()
        paper.set_content(saved.value.path().read_text("utf-8"))
        pdf = paper.pdf(prefer_css_page_size=True, format="A4")
        assert len(pypdfium2.PdfDocument(pdf)) == 1
        paper.close()
