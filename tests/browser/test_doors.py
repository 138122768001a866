"""Coming in, letting others in, and going out again, in a real browser."""

import re

import pytest

from tests.browser.conftest import begin_anew
from tests.browser.visiting import PATIENCE, SIZES, start


@pytest.fixture
def anew(server):
    """What a test leaves on the server that all share is forgotten."""
    yield
    begin_anew(server)


def come_in(window, path="/"):
    """The facilitator's link, then another page than the app: no Python is needed here."""
    window.page.goto(window.links["facilitator"])
    window.page.goto(window.links["base"] + path)
    return window.page


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_front_door_says_how_to_come_in(visit, size):
    window = visit(size)
    window.page.goto(window.links["base"])
    assert window.page.get_by_role("heading", level=1).inner_text() == "This page opens with a link"
    window.check()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_first_page_shows_the_facilitator_s_doors(visit, size):
    window = visit(size)
    page = come_in(window)
    window.check()
    page.get_by_role("link", name="Let others in").click()
    page.get_by_role("heading", name="Let others in").wait_for()
    window.check()


def test_an_app_leads_back_to_the_first_page(visit):
    page = visit().open()
    page.get_by_role("link", name="relexp").click()
    page.get_by_role("link", name="Let others in").wait_for()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_co_facilitator_comes_in_by_a_link_until_it_is_shut(visit, size):
    window, other = visit(size), visit(size)
    page = come_in(window, "/links")
    page.get_by_label("Their name").fill("Zoë Ní Bhriain")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("a.address").get_attribute("href")
    window.check()
    page.goto(window.links["base"] + "/links")
    assert link.rsplit("/", 1)[1] not in page.content(), "a secret is shown once"

    other.open(link)
    other.page.goto(window.links["base"])
    assert other.page.get_by_role("link", name="Plan a gathering").is_visible()
    assert not other.page.get_by_role("link", name="Let others in").is_visible()

    page.goto(window.links["base"] + "/links")
    page.get_by_role("button", name=re.compile("Shut the link of Zoë")).last.click()
    page.get_by_role("heading", name="Let others in").wait_for()
    other.page.goto(window.links["base"])
    assert other.page.get_by_role("heading", name="This page opens with a link").is_visible()
    window.wrong.clear()


def test_each_phone_that_opens_the_link_of_the_room_is_somebody_of_its_own(visit):
    keys = set()
    for _ in range(2):
        window = visit("phone")
        window.page.goto(window.links["participant"])
        assert "Nothing is on just now" in window.page.inner_text("main")
        window.check()
        keys |= {cookie["value"] for cookie in window.page.context.cookies() if "participant" in cookie["name"]}
        window.page.goto(window.links["participant"])
        keys |= {cookie["value"] for cookie in window.page.context.cookies() if "participant" in cookie["name"]}
    assert len(keys) == 2


def test_a_facilitator_who_looks_at_the_participants_page_stays_the_facilitator(visit):
    window = visit()
    page = come_in(window)
    page.goto(window.links["participant"])
    assert "Nothing is on just now" in page.inner_text("main")
    page.goto(window.links["base"])
    assert page.get_by_role("link", name="Let others in").is_visible()
    assert page.get_by_role("link", name="Your card").is_visible()


def test_forget_me_here_leaves_the_front_door_to_whoever_comes_next(visit):
    window = visit()
    page = come_in(window)
    page.get_by_role("button", name="Forget me here").click()
    page.get_by_role("heading", name="This page opens with a link").wait_for()
    page.goto(window.links["base"] + "/gathering")
    assert page.get_by_role("heading", name="This page opens with a link").is_visible()
    window.wrong.clear()


def test_keys_are_out_of_reach_of_scripts_and_of_other_sites(visit):
    window = visit()
    page = come_in(window)
    (key,) = [cookie for cookie in page.context.cookies() if "facilitator" in cookie["name"]]
    assert key["httpOnly"]
    assert key["sameSite"] == "Lax"
    assert key["value"] not in page.evaluate("document.cookie")


def test_who_guesses_is_made_to_wait(tmp_path, chromium):
    running = start(tmp_path)
    try:
        page = chromium.new_page()
        for _ in range(20):
            assert page.goto(running.links["base"] + "/in/guessed").status == 403
        assert page.goto(running.links["base"] + "/in/guessed").status == 429
        assert "Wait a minute" in page.inner_text("main")
        # Not even a right link opens then, or guesses could go on unseen.
        assert page.goto(running.links["participant"]).status == 429
        page.close()
    finally:
        running.end()


def test_a_link_outlives_a_restart(tmp_path, chromium):
    first = start(tmp_path)
    link = first.links["facilitator"]
    assert first.end() == 0
    second = start(tmp_path)
    try:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(link.replace(first.links["base"], second.links["base"]))
        page.get_by_role("button", name="Try a made-up room").wait_for(timeout=PATIENCE * 1000)
        context.close()
    finally:
        second.end()


def test_in_a_hall_phones_come_in_by_the_code_on_the_sign(tmp_path, chromium):
    running = start(tmp_path, hall=True)
    try:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(running.links["facilitator"])
        page.goto(running.links["base"] + "/links")
        sign = page.get_by_role("region", name="The sign for the hall")
        code = sign.locator(".spelled").inner_text()
        address = sign.locator(".address").inner_text()
        said = (tmp_path / "said").read_text("utf-8")
        assert f"open {address} and type the code {code}" in said
        assert "█" in said, "the square for a camera"
        context.close()
        phone = chromium.new_context(viewport=SIZES["phone"], is_mobile=True, has_touch=True)
        page = phone.new_page()
        page.goto(address)
        page.get_by_label("type the code").fill("wrong1")
        page.get_by_role("button", name="Come in").click()
        page.get_by_role("alert").get_by_text("There is no hall with this code").wait_for()
        page.get_by_label("type the code").fill(code.lower())
        page.get_by_role("button", name="Come in").click()
        page.get_by_role("heading", name="Nothing is on just now").wait_for()
        phone.close()
    finally:
        running.end()


def test_who_is_shut_out_loses_what_they_have_open_at_once(server, chromium, anew):
    lead, helper = chromium.new_context(), chromium.new_context()
    page = lead.new_page()
    page.goto(server.links["facilitator"])
    page.goto(server.links["base"] + "/links")
    page.get_by_label("Their name").fill("Bo")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("plans and runs the gathering with you: Bo").wait_for()
    other = helper.new_page()
    other.goto(page.locator("a.address").first.get_attribute("href"))
    other.get_by_role("button", name="Try a made-up room").wait_for(timeout=PATIENCE * 1000)
    page.get_by_role("button", name="Shut the link of Bo").click()
    other.locator("#lost").get_by_text("This page has lost its place").wait_for(timeout=PATIENCE * 1000)
    other.get_by_role("button", name="Load this page again").click()
    other.get_by_role("heading", name="This page opens with a link").wait_for()
    lead.close()
    helper.close()


def test_who_goes_out_in_one_tab_is_out_in_every_tab_and_on_no_other_computer(server, chromium, anew):
    shared, own = chromium.new_context(), chromium.new_context()
    gathering, elsewhere = shared.new_page(), own.new_page()
    for page in (gathering, elsewhere):
        page.goto(server.links["facilitator"])
        page.get_by_role("button", name="Try a made-up room").wait_for(timeout=PATIENCE * 1000)
    home = shared.new_page()
    home.goto(server.links["base"])
    home.get_by_role("button", name="Forget me here").click()
    gathering.locator("#lost").get_by_text("This page has lost its place").wait_for(timeout=PATIENCE * 1000)
    elsewhere.get_by_role("button", name="Try a made-up room").click()
    elsewhere.get_by_role("button", name="Plan the evening").wait_for()
    shared.close()
    own.close()


def test_the_code_on_last_week_s_sign_opens_nothing(tmp_path, chromium):
    codes = []
    for _ in range(2):
        running = start(tmp_path, hall=True)
        try:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(running.links["facilitator"])
            page.goto(running.links["base"] + "/links")
            codes.append(page.locator(".spelled").inner_text())
            phone = chromium.new_context().new_page()
            phone.goto(running.links["base"])
            phone.get_by_label("type the code").fill(codes[0])
            phone.get_by_role("button", name="Come in").click()
            if len(codes) == 1:
                phone.get_by_role("heading", name="Nothing is on just now").wait_for()
            else:
                phone.get_by_text("There is no hall with this code").wait_for()
            phone.context.close()
            context.close()
        finally:
            running.end()


def test_nobody_comes_in_as_a_crowd(tmp_path, chromium):
    running = start(tmp_path)
    try:
        seen = []
        for _ in range(125):
            context = chromium.new_context()
            seen.append(context.request.get(running.links["participant"], max_redirects=0).status)
            context.close()
        assert seen[:120] == [302] * 120
        assert seen[121:] == [429] * 4
    finally:
        running.end()
