"""The module's two tools in a browser: by keyboard alone, by mouse, by thumb; kept by themselves, and taken up again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

MAP, STORY = ".kept-two-axis-map textarea", ".kept-two-minute-story textarea"


def kept(page: Page, where: str = MAP) -> dict[str, Any]:
    """What the page's Python kept last."""
    said = page.locator(where).input_value()
    return json.loads(said) if said else {}


def keeps(page: Page, good: Callable[[dict[str, Any]], bool], where: str = MAP) -> dict[str, Any]:
    """What the page's Python keeps, once it is what it should be."""
    end = time.monotonic() + 10
    while not ((found := kept(page, where)) and good(found)):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def opened(visit_notebook, size: str, name: str = "tools", **options: object):
    window = visit_notebook(size, **options)
    page = window.open_notebook(name)
    expect(page.locator(".map-picture")).to_be_visible()
    expect(page.locator(".story-time")).to_be_visible()
    return window, page


def test_by_keyboard_alone_six_dots_are_put_moved_marked_taken_out_and_brought_back(visit_notebook):
    window, page = opened(visit_notebook, "laptop")
    page.get_by_role("button", name="Add a dot").focus()
    for n in range(6):
        page.keyboard.press("Enter")
        expect(page.get_by_label("What was it?")).to_be_focused()
        page.keyboard.type(f"moment {n + 1}")
        page.keyboard.press("Tab")
        page.keyboard.type(str(2000 - n))
        page.keyboard.press("Tab")
        page.keyboard.type(str(n + 3))
        page.keyboard.press("Enter")
        # Whoever is ready is back at the dot; the next is put from the button after the map.
        expect(page.locator(".map-press").nth(n)).to_be_focused()
        if n < 5:
            page.keyboard.press("Tab")
            expect(page.get_by_role("button", name="Add a dot")).to_be_focused()
    expect(page.locator(".life-map .tool-count")).to_contain_text("mark one that you would be glad to tell")
    dots = page.locator(".map-press")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(dots.nth(5)).to_have_attribute("aria-label", "6. moment 6, 1995: much the same, much different")
    page.keyboard.press("PageUp")
    expect(dots.nth(4)).to_be_focused()
    page.keyboard.press("Home")
    expect(dots.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("This is the one").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_text("two-axis-map: 1")).to_be_visible()
    expect(page.locator(".map-mirror li").first).to_contain_text("?")
    page.keyboard.press("Delete")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(dots).to_have_count(5)
    expect(page.locator(".life-map .tool-count")).to_contain_text("One more dot")
    page.keyboard.press("Enter")
    expect(dots).to_have_count(6)
    expect(dots.nth(0)).to_be_focused()
    page.get_by_role("button", name="Sort by when").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-table tbody th bdi")).to_have_text([f"moment {n}" for n in range(6, 0, -1)])
    found = keeps(page, lambda found: len(found["dots"]) == 6 and found["tell"])
    first, last = found["dots"][0], found["dots"][-1]
    assert (first["label"], first["when"], first["same"], found["tell"]) == ("moment 1", "2000", 3, first["id"])
    assert (last["same"], last["different"]) == (7.5, 7.5)
    expect(page.get_by_text("two-axis-map: 1")).to_be_visible()
    window.check()


def test_a_dot_is_put_where_the_map_is_pressed_and_goes_where_it_is_dragged(visit_notebook):
    _, page = opened(visit_notebook, "laptop")
    box = page.locator(".map-plane").bounding_box()

    def at(right: float, up: float) -> tuple[float, float]:
        return box["x"] + box["width"] * right, box["y"] + box["height"] * (1 - up)

    page.mouse.click(*at(0.75, 0.8))
    page.keyboard.type("<b>the choir</b>")
    page.mouse.move(*at(0.75, 0.8))
    page.mouse.down()
    page.mouse.move(*at(0.5, 0.5), steps=4)
    page.mouse.move(*at(0.3, 0.25), steps=4)
    page.mouse.up()
    expect(page.locator(".map-press")).to_be_focused()
    (dot,) = keeps(page, lambda found: found["dots"][0]["same"] < 5)["dots"]
    assert dot["label"] == "<b>the choir</b>"
    assert (dot["same"], dot["different"]) == (pytest.approx(2.7, abs=0.25), pytest.approx(2.1, abs=0.25))
    expect(page.get_by_label("How much felt the same")).to_have_value(str(dot["same"]))
    # Beyond its edge the map goes no further.
    page.mouse.move(*at(0.3, 0.25))
    page.mouse.down()
    page.mouse.move(*at(1.05, 1.05), steps=4)
    page.mouse.up()
    page.get_by_label("acted").check(force=True)
    (dot,) = keeps(page, lambda found: found["dots"][0]["deed"] == "acted")["dots"]
    assert (dot["same"], dot["different"]) == (10, 10)
    with page.expect_download() as svg:
        page.get_by_role("button", name="Keep as a picture").click()
    picture = svg.value.path().read_text("utf-8")
    assert picture.startswith("<svg")
    assert "&lt;b&gt;the choir" in picture
    assert "<b>" not in picture
    with page.expect_download() as table:
        page.get_by_role("button", name="Keep as a table").click()
    assert "the choir" in table.value.path().read_text("utf-8-sig")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_thumb_puts_moves_and_changes_dots(visit_notebook, scheme):
    window, page = opened(visit_notebook, "phone", color_scheme=scheme)
    plane = page.locator(".map-plane")
    box = plane.bounding_box()
    plane.tap(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    page.get_by_label("What was it?").fill("جنازة خالتي")
    page.locator(".map-editor .pick span", has_text="stayed curious").tap()
    page.get_by_role("button", name="Done").tap()
    window.check()
    plane.scroll_into_view_if_needed()
    box = page.locator(".map-press").bounding_box()
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    x, y = box["x"] + 22, box["y"] + 22
    before = page.evaluate("scrollY")
    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x - 20 * step, y + 20 * step))
    touch("touchEnd")
    expect(page.locator(".map-press")).to_have_attribute(
        "aria-label", "1. جنازة خالتي: partly the same, partly different"
    )
    assert page.evaluate("scrollY") == before
    (dot,) = keeps(page, lambda found: found["dots"][0]["same"] < 6)["dots"]
    assert (dot["label"], dot["deed"]) == ("جنازة خالتي", "curious")
    page.locator(".map-press").tap()
    page.get_by_role("button", name="Take out").tap()
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator(".map-press")).to_have_count(1)
    window.check()


def test_labels_meet_no_dot_and_no_other_label(visit_notebook):
    _, page = opened(visit_notebook, "laptop", "tools_crowded")
    assert page.locator(".map-label").count() > 8
    met = page.evaluate(
        """() => {
          const boxes = (select) => [...document.querySelectorAll(select)].map((each) => [each.textContent, each.getBoundingClientRect()]);
          const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
          const labels = boxes(".map-label"), dots = boxes(".map-picture .map-dot"), edge = document.querySelector(".map-plane").getBoundingClientRect();
          return [
            ...labels.flatMap(([text, box], at) => labels.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => [text, other])),
            ...labels.flatMap(([text, box]) => dots.filter(([, dot]) => meet(box, dot)).map(() => [text, "a dot"])),
            ...labels.filter(([, box]) => box.left < edge.left || box.right > edge.right + 1).map(([text]) => [text, "the edge"]),
          ];
        }"""
    )
    assert met == []


def test_what_was_kept_stands_there_again_and_what_cannot_be_read_is_not_lost(visit_notebook):
    window, page = opened(visit_notebook, "phone", "tools_crowded")
    expect(page.locator(".map-press")).to_have_count(40)
    window.check()
    unread = page.locator(".story .tool-unread")
    unread.locator("summary").tap()
    expect(unread.locator("pre")).to_have_text("{broken")
    assert kept(page) == kept(page, STORY) == {}
    window, page = opened(visit_notebook, "laptop", "tools_full")
    expect(page.locator(".story-time")).to_have_text("1:23")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    expect(page.locator(".story-takes tbody tr")).to_have_count(3)
    expect(page.locator(".story-shorter")).to_contain_text("shorter by 1:07")
    assert kept(page) == kept(page, STORY) == {}


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_story_is_written_read_by_the_clock_and_noted_shorter(visit_notebook, size):
    window, page = opened(visit_notebook, size)
    page.clock.install()
    story = page.locator(".story")
    page.get_by_label("The moment").fill("It rained. " * 90)
    page.get_by_label("The choice").fill("I ticked the box.\n\n<i>On my knee.</i>")
    expect(story.locator(".story-count").nth(1)).to_have_text("7 words, about 0:03")
    expect(story.locator(".story-sum")).to_have_text("187 words, about 1:26 of the 2:00 you have")
    page.get_by_label("What it means for us").fill("من أيضا؟ " + "us " * 80)
    expect(story.locator(".story-sum")).to_have_text("269 words, about 2:04. Take out about 9 words for two minutes")
    expect(story.locator(".story-text")).to_contain_text("<i>On my knee.</i>")
    page.get_by_label("A soft sound").check()
    page.get_by_role("button", name="Start the clock").click()
    page.clock.run_for(89_000)
    expect(story.locator(".story-mark")).to_have_text("")
    page.clock.run_for(2_000)
    expect(story.locator(".story-mark")).to_have_text("30 seconds left")
    expect(story.locator("[aria-live=polite]")).to_have_text("30 seconds left")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    expect(story.locator(".story-time")).to_have_text("1:31")
    # Whoever is called away finds the clock where they stopped it.
    keeps(page, lambda found: 91 <= found["clock"] < 92, STORY)
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(44_000)
    expect(story.locator(".story-mark")).to_have_text("Two minutes. Come to your end")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Note this take").click()
    page.keyboard.type("Leave out the rain")
    page.clock.run_for(2_000)
    expect(story.locator(".tool-count")).to_contain_text("Not under two minutes yet")
    expect(page.get_by_text("two-minute-story: 0")).to_be_visible()
    page.get_by_role("button", name="Start the clock").click()
    page.clock.run_for(118_000)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Note this take").click()
    expect(story.locator(".story-shorter")).to_contain_text("From 2:15 to 1:58: shorter by 0:17")
    expect(page.get_by_text("two-minute-story: 1")).to_be_visible()
    page.get_by_role("button", name="Take out: Take 1").click()
    page.clock.run_for(1_000)
    page.get_by_role("button", name="Undo").click()
    page.clock.run_for(2_000)
    expect(story.locator(".story-takes tbody tr")).to_have_count(2)
    found = keeps(page, lambda found: [take["seconds"] for take in found["takes"]] == [135, 118], STORY)
    assert found["takes"][0]["change"] == "Leave out the rain"
    window.check()


def test_a_story_is_printed_as_a_card_and_nothing_else(visit_notebook):
    _, page = opened(visit_notebook, "laptop", "tools_full")
    # The browser's own window would wait for somebody.
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print as a card").click()
    page.emulate_media(media="print")
    expect(page.locator(".story-card")).to_be_visible()
    expect(page.locator(".story-card")).to_contain_text("His lunchbox went under the wheel.")
    for other in (".story-parts", ".story-takes", ".life-map", "h1", ".mast"):
        expect(page.locator(other).first).to_be_hidden()
