"""Every unit as it is served: right at both sizes, in other editions, read while one reads, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import escape
from playwright.sync_api import Page, expect

from relexp.exchange.shipped import shipped
from relexp.exchange.units import load_unit
from tests.browser.visiting import PATIENCE, Visit
from tests.exchange.test_unit_notebooks import secrets

UNITS = ("start", "why-difference", "sameness-and-difference", "story-and-self-interest")


def opened(window: Visit, address: str) -> Page:
    """A unit, opened by a learner of this window's own."""
    page = window.page
    page.goto(window.links["learner"])
    page.goto(f"{window.links['base']}/units/{address}")
    page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
    # Its contents draw themselves once their script has come.
    page.locator(".unit-contents li").first.wait_for(state="attached")
    return page


@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("unit", UNITS)
def test_every_block_of_a_unit_is_right_at_this_size(visit: Callable[..., Visit], unit: str, size: str) -> None:
    window = visit(size)
    page = opened(window, unit)
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    many = page.locator(".unit-contents li").count()
    # Each block has its heading, to which its line in the contents leads.
    assert page.evaluate(
        "[...document.querySelectorAll('.unit-contents li > a')].every("
        "link => document.getElementById(decodeURIComponent(link.hash.slice(1)))?.localName === 'h2')"
    )
    assert page.locator(".written h2").count() == many + 1
    window.check()


@pytest.mark.parametrize(("edition", "direction"), [("start.ur", "rtl"), ("start.cy", "ltr"), ("start.easy", "ltr")])
def test_another_edition_has_its_language_its_direction_and_the_way_back(
    visit: Callable[..., Visit], edition: str, direction: str
) -> None:
    window = visit("phone")
    page = opened(window, edition)
    root = page.locator("html")
    language = edition.partition(".")[2]
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (
        "en" if language == "easy" else language,
        direction,
    )
    if language != "easy":
        expect(page.get_by_text("Draft translation, not yet read by a speaker.")).to_be_visible()
    window.check()
    page.locator(".editions a", has_text="English").click()
    page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
    expect(page.get_by_role("heading", name="Start here", level=1)).to_be_visible()


def test_a_text_counts_as_read_once_its_end_was_seen_and_some_time_has_passed(visit: Callable[..., Visit]) -> None:
    window = visit("laptop")
    window.page.clock.install()
    page = opened(window, "sameness-and-difference")
    page.locator(".unit-contents summary").click()
    line = page.locator(".unit-contents li", has_text="Two lines, not a slider")
    heading = page.get_by_role("heading", name="Two lines, not a slider")
    heading.evaluate("heading => heading.scrollIntoView()")
    page.clock.run_for(10_000)
    end = page.get_by_role("heading", name="Put four talks on the map")
    end.evaluate("heading => heading.scrollIntoView({ block: 'end' })")
    page.clock.run_for(5_000)
    # Whoever rushes to the end has not read it.
    expect(line).not_to_contain_class("done")
    heading.evaluate("heading => heading.scrollIntoView()")
    page.clock.run_for(60_000)
    end.evaluate("heading => heading.scrollIntoView({ block: 'end' })")
    page.clock.run_for(3_000)
    expect(line).to_contain_class("done")
    # Whoever comes back goes on where they were.
    page.goto(f"{window.links['base']}/learn")
    expect(page.get_by_role("link", name="Go on: Sameness and difference")).to_be_visible(timeout=PATIENCE * 1000)


def test_minutes_are_noted_for_a_block_and_taken_back(visit: Callable[..., Visit]) -> None:
    window = visit("phone")
    page = opened(window, "start")
    ending = page.locator(".app.ending")
    ending.get_by_role("button", name="Note the minutes").click()
    expect(ending).to_contain_text("Say first how many minutes it took.")
    ending.get_by_label("Minutes it took").fill("25")
    ending.get_by_role("button", name="Note the minutes").click()
    expect(ending).to_contain_text("You have noted 25 minutes for this unit; 30 are planned.")
    ending.get_by_role("button", name="Undo").click()
    expect(ending).to_contain_text("You have noted 0 minutes for this unit")


def test_a_unit_can_be_taken_on_paper_without_an_answer_on_it(visit: Callable[..., Visit]) -> None:
    window = visit("laptop")
    page = opened(window, "sameness-and-difference")
    with page.expect_download() as download:
        page.get_by_role("button", name="Print it in large letters").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Two cups of tea" in text
    assert "Keep both." in text
    unit = load_unit(shipped("modules") / "across-difference", "sameness-and-difference")
    told = [secret for id, item in unit.items.items() for secret in secrets(item, unit.keys[id])]
    assert len(told) > 50
    assert [secret for secret in told if str(escape(secret)) in text] == []
