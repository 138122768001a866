"""A server of its own for each file of tests, phones that come to it, and evenings that are on in its store."""

from __future__ import annotations

import pytest

from relexp.gathering.running import Press
from relexp.store import open_store
from tests.browser.visiting import start
from tests.server.evenings import Held
from tests.server.test_routes import Browser


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    server = start(tmp_path_factory.mktemp("phones"))
    yield server
    assert server.end() == 0


@pytest.fixture(scope="module")
def store(running):
    opened = open_store(running.store)
    yield opened
    opened.close()


@pytest.fixture
def hold(store):
    held = []

    def begin(expected=(), **more):
        held.append(Held(store, expected, **more))
        held[-1].press(Press.OPEN_DOORS)
        return held[-1]

    yield begin
    for each in held:
        each.close()


@pytest.fixture
def phone(running):
    def another():
        browser = Browser(running.links["base"])
        assert browser.ask(running.links["participant"].removeprefix(browser.base))[0] == 302
        return browser

    return another
