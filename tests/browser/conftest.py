"""A server of our own and a Chromium that may talk to nobody else; whatever it complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from relexp.store.store import open_store
from tests.browser.visiting import FLAGS, SIZES, Running, Visit, foreign, leave, start
from tests.server.evenings import Held, people


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("server"))
    yield running
    running.end()


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The server with the notebooks of these tests in place of the apps."""
    running = start(tmp_path_factory.mktemp("notebooks"), notebooks=Path(__file__).parent / "notebooks")
    yield running
    running.end()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.skip("there is no Chromium on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, server: Running) -> Iterator[Callable[..., Visit]]:
    """Opens windows on the apps."""
    yield from windows(chromium, server.links)
    begin_anew(server)


@pytest.fixture
def visit_notebook(chromium: Browser, notebooks: Running) -> Iterator[Callable[..., Visit]]:
    """Opens windows on the notebooks of these tests."""
    yield from windows(chromium, notebooks.links, through_the_door=False)


@pytest.fixture
def hold(server: Running) -> Iterator[Callable[..., Held]]:
    """Holds evenings that are on, of so many people, in the server's store."""
    store, held = open_store(server.store), list[Held]()

    def begin(count: int, **more: object) -> Held:
        held.append(Held(store, people(count), **more))
        held[-1].seat()
        return held[-1]

    yield begin
    for each in held:
        each.close()
    store.close()


def begin_anew(server: Running) -> None:
    """Forget what the windows of a test were working on: the next test's, with the same link, are the same person's."""
    store = open_store(server.store)
    store.drafts.purge(datetime.now(UTC) + timedelta(days=1))
    store.gatherings.purge(datetime.now(UTC) + timedelta(days=1))
    store.close()


def windows(chromium: Browser, links: dict[str, str], through_the_door: bool = True) -> Iterator[Callable[..., Visit]]:
    """A way to open windows; at the end all are left as a visitor leaves, and nothing may have gone wrong in any."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def begin(size: str = "laptop", **options: object) -> Visit:
        phone = {"is_mobile": True, "has_touch": True} if size == "phone" else {}
        context = chromium.new_context(viewport=SIZES[size], **phone, **options)
        contexts.append(context)
        if not through_the_door:
            # the key without the first page: an app would start
            context.request.get(links["facilitator"], max_redirects=0)
        page = context.new_page()
        made = Visit(page, links)
        page.on("console", lambda said: said.type == "error" and made.wrong.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: made.wrong.append(f"page: {error}"))
        page.on("request", lambda request: foreign(request.url, links["base"]) and made.wrong.append(request.url))
        page.on("response", lambda reply: reply.status >= 400 and made.wrong.append(f"{reply.status}: {reply.url}"))
        visits.append(made)
        return made

    yield begin
    for context in contexts:
        for page in context.pages:
            leave(page)
        context.close()
    for made in visits:
        assert made.wrong == []
