"""A chart is drawn when the page can be used already, by a program that no other page fetches."""

from __future__ import annotations

import pytest

from tests.browser.visiting import until

BARS = "[...document.querySelectorAll('.chart .point path')].map((bar) => Math.round(bar.getBBox().height))"

FETCHED_WHEN_READY = """() => performance.getEntriesByType("resource").find((one) => one.name.includes("chart.js")).startTime
  > performance.getEntriesByName("ready")[0].startTime"""


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_chart_is_drawn_after_the_page_can_be_used_and_follows_python(visit_notebook, size):
    window = visit_notebook(size)
    page = window.open_notebook("chart")
    until(page, f"{BARS}.length === 3")
    assert page.get_by_role("img", name="People by organisation").is_visible()
    assert page.locator(".modebar").count() == 0
    first, second, third = page.evaluate(BARS)
    assert second > first > third
    page.get_by_role("button", name="More").click()
    until(page, f"{BARS}[0] > {BARS}[1]")
    until(page, "document.querySelectorAll('.js-plotly-plot.output .point').length === 3")
    window.check()
    assert page.evaluate(FETCHED_WHEN_READY)


def test_a_page_without_a_chart_fetches_no_program_for_one(visit_notebook):
    window = visit_notebook()
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.open_notebook("line")
    window.page.wait_for_timeout(1000)
    assert not [address for address in asked if "chart" in address]
