"""A real JupyterHub has relexp as its service: people come in with the account that they have there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hatch_build import node
from tests.browser.conftest import windows
from tests.browser.visiting import PATIENCE, Visit

HOME = Path(__file__).parents[2]
PROXY = HOME / "tests" / "hub" / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
# What docs/serve.md leaves to whoever looks after the Hub: here, accounts without passwords and free ports.
MORE = """
c.JupyterHub.bind_url = "http://127.0.0.1:{outside}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.ConfigurableHTTPProxy.command = {command!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.default_url = "/services/relexp/"
c.JupyterHub.db_url = "sqlite:///{folder}/hub.db"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.JupyterHub.services[0]["url"] = "http://127.0.0.1:{service}"
c.JupyterHub.services[0]["environment"] = {{"RELEXP_DATABASE_URL": "sqlite:///{folder}/relexp.db"}}
"""


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Hub of docs/serve.md, and its address."""
    tools = node()
    if tools is None or not PROXY.is_file():
        pytest.skip("the proxy of the Hub is not here (scripts/hub)")
    folder = tmp_path_factory.mktemp("hub")
    outside, inner, proxy, service = (free() for _ in range(4))
    [shown] = re.findall(r"```python\n(c\..*?)```", (HOME / "docs" / "serve.md").read_text("utf-8"), re.DOTALL)
    more = MORE.format(
        outside=outside, hub=inner, proxy=proxy, service=service, folder=folder, command=[tools[0], str(PROXY)]
    )
    (folder / "jupyterhub_config.py").write_text(shown + more, encoding="utf-8")
    around = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"],
            cwd=folder,
            env=around,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{outside}"
    try:
        wait_for(f"{address}/services/relexp/healthz", process, folder / "said")
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)
    heard = (folder / "said").read_text("utf-8", "replace")
    assert "Traceback" not in heard, heard
    assert "/in/" not in heard


def wait_for(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                assert reply.read() == b"ok\n"
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(said.read_text("utf-8", "replace"))


@pytest.fixture
def visit(chromium: Browser, hub: str) -> Iterator[Callable[..., Visit]]:
    yield from windows(chromium, {"base": hub, "facilitator": f"{hub}/services/relexp/"})


def sign_in(page: Page, account: str) -> None:
    page.get_by_role("link", name="Come in with my account").click()
    page.get_by_label("Username").fill(account)
    page.get_by_role("button", name="Sign in").click()


def begin_afresh(page: Page) -> None:
    """The same account may have been here, at another size."""
    page.get_by_role("button", name="Paste or type").wait_for(timeout=PATIENCE * 1000)
    if page.get_by_role("button", name="Start afresh").is_visible():
        page.get_by_role("button", name="Start afresh").click()
        page.get_by_role("button", name="Yes, delete it").click()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_an_account_in_the_group_leads_and_its_page_works_below_the_hub(visit, hub, size):
    window = visit(size)
    page = window.page
    page.goto(f"{hub}/services/relexp/")
    window.check()
    if folder := os.environ.get("RELEXP_SHOTS"):
        page.screenshot(path=f"{folder}/hub-door-{size}.png", full_page=True)
    sign_in(page, "amina")
    begin_afresh(page)
    page.get_by_role("button", name="Try a made-up room").click()
    window.plan()
    assert page.url == f"{hub}/services/relexp/gathering"
    page.reload()
    page.get_by_text("Back where you were").wait_for(timeout=PATIENCE * 1000)
    page.get_by_role("link", name="relexp").click()
    page.get_by_role("link", name="Let others in").click()
    page.get_by_role("button", name="Make the link").click()
    made = page.locator("a.address").first.get_attribute("href")
    assert made.startswith(f"{hub}/services/relexp/in/")
    other = visit(size).page
    other.goto(made)
    other.get_by_role("button", name="Paste or type").wait_for(timeout=PATIENCE * 1000)


def test_any_other_account_is_a_learner_and_may_not_lead(visit, hub):
    window = visit()
    page = window.page
    page.goto(f"{hub}/services/relexp/")
    sign_in(page, "zoë")
    page.get_by_role("heading", name="Organising together across difference").wait_for(timeout=PATIENCE * 1000)
    page.goto(f"{hub}/services/relexp/gathering")
    page.get_by_role("heading", name="This page is for others").wait_for()
    page.goto(f"{hub}/services/relexp/")
    page.get_by_role("button", name="Forget me here").click()
    page.get_by_role("link", name="Come in with my account").wait_for()
    window.wrong[:] = [said for said in window.wrong if "403" not in said]


def test_an_answer_that_nobody_asked_for_lets_nobody_in(visit, hub):
    window = visit()
    page = window.page
    for asked in ("", "?code=x", "?state=x&code=x", "?state=&code="):
        page.goto(f"{hub}/services/relexp/oauth_callback{asked}")
        assert page.get_by_role("alert").inner_text().startswith("The Hub did not say who you are")
    page.goto(f"{hub}/services/relexp/")
    page.get_by_role("link", name="Come in with my account").wait_for()
    window.wrong[:] = [said for said in window.wrong if "403" not in said]


def test_who_comes_in_after_somebody_else_at_one_computer_is_not_them(visit, hub):
    window = visit()
    page = window.page
    page.goto(f"{hub}/services/relexp/")
    sign_in(page, "amina")
    page.get_by_role("button", name="Paste or type").wait_for(timeout=PATIENCE * 1000)
    page.goto(f"{hub}/hub/logout")
    page.goto(f"{hub}/services/relexp/hub")
    page.get_by_label("Username").fill("zoë")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Organising together across difference").wait_for(timeout=PATIENCE * 1000)
    assert not page.get_by_role("link", name="Let others in").is_visible()
    page.goto(f"{hub}/services/relexp/gathering")
    page.get_by_role("heading", name="This page is for others").wait_for()
    window.wrong[:] = [said for said in window.wrong if "403" not in said]
