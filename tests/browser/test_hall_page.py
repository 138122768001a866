"""A hall without Wi-Fi: the page that helps phones through, and the sign for the door, on screen and on paper."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.browser.visiting import SIZES, start


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    running = start(tmp_path_factory.mktemp("hall"), hall=True)
    yield running
    running.end()


@pytest.fixture
def window(chromium, hall):
    from tests.browser.conftest import windows

    begun = windows(chromium, hall.links, through_the_door=False)
    yield next(begun)
    next(begun, None)


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_way_through_is_told_and_the_sign_has_the_network_on_it(window, hall, size):
    visit = window(size)
    page = visit.page
    page.goto(hall.links["base"] + "/links")
    visit.check()
    page.get_by_role("link", name="A hall without Wi-Fi").click()
    page.get_by_text("No phone has got through so far").wait_for()
    for folded in page.locator("details").all():
        folded.locator("summary").click()
    visit.check()
    page.get_by_label("Name of the network").fill("Mill Road <b>Hall</b> গ্রাম")
    page.get_by_label("Its password").fill("tea & cake; 2026")
    page.get_by_role("button", name="Make the sign").click()
    page.get_by_role("heading", name="Come in with your phone").wait_for()
    assert page.get_by_text("Mill Road <b>Hall</b> গ্রাম", exact=True).is_visible()
    assert page.locator(".qr").count() == 2
    visit.check()
    assert page.get_by_role("button", name="Print the sign").is_visible()


def test_the_sign_is_one_page_with_all_that_a_phone_needs(window, hall):
    visit = window()
    page = visit.page
    page.goto(hall.links["base"] + "/phones/sign")
    # without a network's name there is room to write it by hand
    assert page.locator(".by-hand").count() == 2
    page.set_viewport_size(SIZES["laptop"])
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(printed) == 1
    text = printed[0].get_textpage().get_text_range()
    assert "Come in with your phone" in text
    assert page.locator(".spelled").inner_text().replace(" ", "") in text.replace(" ", "")
    assert "Print the sign" not in text
