"""Who gets in, what they find elsewhere, and that nothing is left running."""

from __future__ import annotations

import stat
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visiting import PATIENCE, leave, start


def answer(address, **headers):
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_without_the_link_there_is_only_a_kind_word(server, chromium):
    status, page = answer(server.links["base"] + "/gathering")
    assert status == 403
    assert "This page opens with a link" in page
    window = chromium.new_page()
    window.goto(server.links["base"])
    assert Axe().run(window).violations_count == 0
    window.close()


def test_a_wrong_link_starts_nothing(server):
    # Those of earlier pages may still be ending.
    before = {kernel.pid for kernel in server.kernels()}
    assert answer(server.links["base"] + "/in/guessed")[0] == 403
    assert answer(server.links["base"] + "/gathering?token=guessed")[0] == 403
    assert {kernel.pid for kernel in server.kernels()} <= before


def test_the_link_leaves_the_address_bar(visit):
    page = visit().open()
    assert "token" not in page.url


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/contents", "/voila/files/gathering.ipynb", "/terminals/1", "/voila/tree/"]
)
def test_nothing_else_is_served(server, path):
    status, page = answer(server.links["base"] + path)
    assert status == 404
    assert "There is nothing at this address" in page


def test_another_site_s_name_for_this_computer_gets_nothing(server):
    status, _ = answer(server.links["facilitator"], Host="evil.example:80")
    assert status == 403


def test_the_little_picture_is_there(server):
    assert answer(server.links["base"] + "/favicon.ico")[0] == 200


def test_the_browser_is_told_to_ask_nobody_else(server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    assert "default-src 'none'" in page.goto(server.links["base"]).headers["content-security-policy"]
    assert "default-src 'self'" in page.goto(server.links["facilitator"]).headers["content-security-policy"]
    context.close()


def test_a_line_that_does_not_speak_the_current_protocol_is_refused(server, visit):
    window = visit()
    page = window.open()
    kernel = page.evaluate("document.getElementById('kernel').dataset.kernelId")
    outcome = page.evaluate(
        """(path) => new Promise((done) => {
            const line = new WebSocket(location.origin.replace("http", "ws") + path);
            line.onopen = () => done("open");
            line.onclose = () => done("closed");
        })""",
        f"/api/kernels/{kernel}/channels",
    )
    assert outcome == "closed"
    assert ["400" in said for said in window.wrong] == [True]
    window.wrong.clear()


def test_leaving_the_page_ends_its_python(server, visit):
    before = {kernel.pid for kernel in server.kernels()}
    page = visit().open()
    (own,) = [kernel for kernel in server.kernels() if kernel.pid not in before]
    leave(page)
    until(lambda: own not in server.kernels())


def test_ctrl_c_ends_the_server_and_every_python_it_started(tmp_path, chromium):
    running = start(tmp_path)
    page = chromium.new_page()
    page.goto(running.links["facilitator"])
    page.get_by_role("button", name="Try a made-up room").wait_for(timeout=PATIENCE * 1000)
    kernels = running.kernels()
    assert kernels
    assert running.end() == 0
    assert not [kernel for kernel in kernels if kernel.is_running() and kernel.status() != psutil.STATUS_ZOMBIE]
    page.locator("#lost").get_by_text("The connection to relexp was lost").wait_for()
    assert "Nothing you saved is gone" in page.get_by_role("status").inner_text()
    page.close()


def test_the_links_are_their_owner_s_alone(tmp_path):
    running = start(tmp_path)
    try:
        assert set(running.links) == {"base", "facilitator", "trainer", "learner", "participant", "projector"}
        assert stat.S_IMODE(Path(tmp_path / "links.json").stat().st_mode) == 0o600
        assert running.links["base"].startswith("http://127.0.0.1:")
    finally:
        running.end()
