"""A facilitator whose page was reloaded, or whose server was killed, goes on where they were."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relexp.privacy.roles import Role
from relexp.store import open_store
from tests.apps.test_gathering import sheet
from tests.browser.visiting import PATIENCE, Running, Visit, start


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where a server keeps things; it tells each visitor's Python who they are and where their drafts lie."""
    store = open_store(f"sqlite:///{tmp_path / 'relexp.sqlite3'}")
    me = store.identities.house(Role.FACILITATOR, datetime.now(UTC))
    with pytest.MonkeyPatch.context() as around:
        around.setenv("RELEXP_IDENTITY", me.to_json())
        around.setenv("RELEXP_STORE", store.url)
        yield tmp_path
    store.close()


@pytest.fixture
def server(folder: Path) -> Iterator[Running]:
    running = start(folder)
    yield running
    running.end()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_reload_in_the_midst_of_it_costs_nothing(visit: Callable[..., Visit], size: str) -> None:
    made = visit(size)
    page = made.open()
    made.choose(sheet(12))
    made.plan()
    page.get_by_label("Number of rounds").fill("3")
    page.get_by_label("Number of rounds").press("Enter")
    page.get_by_text("planned for another number of rounds: 5").wait_for()
    seated = page.locator(".number").all_inner_texts()
    page.reload()
    page.get_by_text("Back where you were: signup.csv, rounds planned: 5.").wait_for(timeout=PATIENCE * 1000)
    assert page.get_by_label("Number of rounds").input_value() == "3"
    assert page.locator(".number").all_inner_texts() == seated
    assert page.get_by_text("kept on this computer for 7 days").is_visible()
    made.check()
    if folder := os.environ.get("RELEXP_SHOTS"):
        page.screenshot(path=f"{folder}/back-{size}.png", full_page=True)
    page.get_by_role("button", name="Start afresh").click()
    page.get_by_role("button", name="Yes, delete it").click()
    page.get_by_text("people from").wait_for(state="hidden")
    page.reload()
    page.get_by_role("button", name="Try a made-up room").wait_for(timeout=PATIENCE * 1000)
    assert page.get_by_text("Back where you were").count() == 0


def test_a_killed_server_costs_nothing_once_another_is_started(
    visit: Callable[..., Visit], server: Running, folder: Path
) -> None:
    made = visit()
    made.open()
    made.choose(sheet(12))
    made.plan()
    for kernel in server.kernels():
        kernel.kill()
    server.process.kill()
    server.process.wait(PATIENCE)
    made.page.context.close()
    (folder / "links.json").unlink()
    again = start(folder)
    try:
        second = visit()
        second.links = again.links
        second.page.goto(again.links["facilitator"])
        second.page.get_by_text("rounds planned: 5.").wait_for(timeout=PATIENCE * 1000)
        assert second.page.get_by_role("heading", name="The evening", exact=True).is_visible()
        second.page.context.close()
        # What a page says of a server that is gone is another test's matter; the second server is no stranger.
        made.wrong.clear()
        at = again.links["base"].removeprefix("http://")
        second.wrong[:] = [each for each in second.wrong if at not in each]
    finally:
        again.end()
