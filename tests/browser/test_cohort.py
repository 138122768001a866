"""A trainer looks at how a group moves through the module, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from relexp.learning.progress import Event, Verb
from relexp.privacy.roles import Role
from relexp.store import open_store
from tests.browser.conftest import windows
from tests.browser.visiting import PATIENCE, Running, Visit, start

UNIT = "sameness-and-difference"
ITEMS = ("how-sure", "which-thought")
NAMES = ("Ngozi Adébáyò-Llywelyn", "আয়েশা সিদ্দিকা", "محمد عبد الرحمن")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("cohort")
    fill(folder)
    running = start(folder)
    yield running
    running.end()


def fill(folder: Path) -> None:
    """Twelve made-up learners: all read the first part, six are stuck at the second, three asked for their record."""
    store, now = open_store(f"sqlite:///{folder / 'relexp.db'}"), datetime.now(UTC)
    ago = now - timedelta(days=20)
    for n in range(12):
        id = store.identities.add(Role.LEARNER, NAMES[n] if n < 3 else "", now).id
        log = [
            Event(f"{n}-read", ago, Verb.READ, UNIT, "two-cups"),
            Event(f"{n}-came", ago + timedelta(hours=1), Verb.OPENED, UNIT, "first-guess"),
        ]
        if n < 6:
            done = (Event(f"{n}-{item}", now, Verb.ANSWERED, UNIT, "first-guess", item, right=n > 4) for item in ITEMS)
            log += [*done, Event(f"{n}-on", now, Verb.OPENED, UNIT, "two-lines")]
        if n < 3:
            log.append(Event(f"{n}-asked", now, Verb.ASKED, "", ""))
        store.learning.add(id, log)
    store.close()


@pytest.fixture
def arrive(chromium: Browser, server: Running) -> Iterator[Callable[..., Visit]]:
    yield from windows(chromium, server.links)


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_where_a_group_gets_stuck_is_seen_and_nobody_in_it(
    arrive: Callable[..., Visit], server: Running, size: str
) -> None:
    window = arrive(size)
    page = window.page
    page.goto(server.links["trainer"])
    page.goto(f"{server.links['base']}/cohort")
    page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
    expect(page.get_by_text("12 people learn here.")).to_be_visible()
    page.get_by_text("Sameness and difference").first.click()
    first = page.get_by_role("row", name="Two cups of tea")
    expect(first.get_by_role("cell")).to_have_text(["12 of 12", "12 of 12", "0 of 12"])
    guess = page.get_by_role("row", name="A first guess")
    expect(guess.get_by_role("cell").last).to_have_text("6 of 12")
    expect(page.get_by_text("3 asked you to confirm their record.")).to_be_visible()
    window.check()
