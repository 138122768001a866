"""How a page comes: its frame at once, its files packed and kept, and a plain word where it cannot be made."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from tests.browser.visiting import PATIENCE, Running

BROKEN = "This page could not be made"


@contextmanager
def asked(running: Running, path: str, takes: str = "") -> Iterator[HTTPResponse]:
    """The reply to a browser that has come in through a link."""
    base = urlsplit(running.links["base"])
    link = urlsplit(running.links["facilitator"])
    with closing(HTTPConnection(base.hostname, base.port, timeout=PATIENCE)) as coming:
        coming.request("GET", link.path)
        reply = coming.getresponse()
        cookies = "; ".join(value.partition(";")[0] for name, value in reply.getheaders() if name == "Set-Cookie")
        reply.close()
    with closing(HTTPConnection(base.hostname, base.port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Cookie": cookies, "Accept-Encoding": takes})
        with closing(connection.getresponse()) as reply:
            yield reply


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def pids(running: Running) -> set[int]:
    return {kernel.pid for kernel in running.kernels()}


def test_the_frame_of_a_page_comes_before_its_python_is_started(notebooks):
    with asked(notebooks, "/line") as reply:
        first = reply.read1(65536).decode()
        assert "<title>The line</title>" in first
        assert "Getting the table ready" in first
        assert "data-kernel-id" not in first
        rest = reply.read().decode()
        assert "data-kernel-id" in rest
        assert rest.rstrip().endswith("</html>")


def test_a_visitor_who_goes_before_the_page_is_made_leaves_no_python_behind(notebooks):
    before = pids(notebooks)
    for path in ("/line", "/controls"):
        with asked(notebooks, path) as reply:
            reply.read1(65536)
    time.sleep(1)
    until(lambda: pids(notebooks) <= before)


def test_an_app_that_breaks_says_so_on_its_page_and_its_python_ends(notebooks, visit_notebook):
    before = pids(notebooks)
    window = visit_notebook()
    page = window.page
    page.goto(notebooks.links["broken"])
    page.get_by_role("heading", name=BROKEN).wait_for()
    page.locator("#loading").wait_for(state="detached")
    assert "ZeroDivisionError" not in page.content()
    until(lambda: pids(notebooks) <= before)
    # Its line found no Python any more.
    window.wrong[:] = [
        said for said in window.wrong if "kernels" not in said and "WebSocket" not in said and "404" not in said
    ]


def test_a_page_of_thousands_of_controls_loses_none_of_what_its_python_says(visit_notebook):
    # 3,600 models and more messages than that, all in one moment.
    page = visit_notebook().open_notebook("many")
    assert page.get_by_role("button", name="Press").count() == 1200
    assert page.get_by_role("button", name="Press 1199", exact=True).is_visible()


def test_a_notebook_that_asks_for_it_has_jupyterlab_s_runtime(notebooks, visit_notebook):
    page = visit_notebook().page
    reply = page.goto(notebooks.links["lab"])
    assert "'unsafe-eval'" in reply.headers["content-security-policy"]
    page.get_by_role("button", name="Press").click(timeout=PATIENCE * 1000)
    page.get_by_text("pressed", exact=True).wait_for()


def test_our_own_pages_run_no_script_but_ours(notebooks):
    with asked(notebooks, "/line") as reply:
        policy = reply.getheader("Content-Security-Policy")
        assert re.search(r"script-src ([^;]*)", policy)[1] == "'self' blob:"
        assert re.findall(r"<script(?![^>]*(src=|type=\"application/json\"))", reply.read().decode()) == []


@pytest.mark.parametrize(
    ("takes", "packed"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("", None),
        ("br;q=0.0", None),
    ],
)
def test_a_file_comes_packed_as_the_browser_takes_it_and_is_kept(notebooks, takes, packed):
    with asked(notebooks, "/line") as page:
        address = re.search(r'src="(/relexp/front/page\.js\?v=\w+)"', page.read().decode())[1]
    with asked(notebooks, address, takes) as reply:
        body = reply.read()
    assert reply.getheader("Content-Encoding") == packed
    assert "Accept-Encoding" in reply.getheader("Vary")
    assert reply.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert "immutable" in reply.getheader("Cache-Control")
    assert len(gzip.decompress(body) if packed == "gzip" else body) > (100_000 if packed == "br" else 400_000)


def test_an_address_that_names_no_content_is_asked_for_again(notebooks):
    with asked(notebooks, "/relexp/relexp.css", "gzip") as reply:
        assert reply.getheader("Cache-Control") == "no-cache"
        assert b"--paper" in gzip.decompress(reply.read())


@pytest.mark.parametrize(
    "path",
    [
        "/relexp/../page.py",
        "/relexp/..%2fpage.py",
        "/relexp/front/manifest.json",
        "/relexp/front/page.js.br",
        "/relexp/",
        "/relexp//etc/passwd",
    ],
)
def test_nothing_but_the_pages_files_is_given_out(notebooks, path):
    with asked(notebooks, path) as reply:
        assert reply.status == 404


def test_a_first_visit_needs_few_requests_and_little_on_the_wire(visit_notebook):
    window = visit_notebook()
    asked = []
    window.page.on("requestfinished", lambda request: asked.append(request.sizes()["responseBodySize"]))
    window.open_notebook("line")
    window.page.wait_for_timeout(500)
    assert len(asked) <= 9  # and the line itself
    assert sum(size for size in asked if size > 0) < 250_000
