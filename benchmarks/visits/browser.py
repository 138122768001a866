"""Visits in a real Chromium: how long a page takes, what it asks for, and a room full of visitors who stay."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from benchmarks.pages import Engine
from benchmarks.pages.people import MANY, START
from benchmarks.visits.server import Server

# No name but this computer's is looked up, so that a page that asks elsewhere does so in vain, here as in a hall.
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 90.0
# An eager visitor has moved the slider on before a late chart is drawn, and some have no such score.
DRAWN = MANY // 2
# 10 Mbit/s each way, 40 ms.
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}

# Looks through the whole page, shadow roots included: has the sentence changed, is the chart drawn, is a slider there
# (which it focuses)? Text in scripts is not on the page.
LOOK = """([start, many]) => {
  const seen = { answered: false, drawn: false, slider: false };
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.localName === "svg" && !seen.drawn)
        seen.drawn = element.querySelectorAll("circle, path.point").length >= many;
      if (!seen.slider && element.matches("[role=slider], input[type=range]")) {
        seen.slider = true;
        if (root.activeElement !== element) element.focus();
      }
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const found = /people score (\\d+) or more/.exec(texts.currentNode.data);
      if (found && Number(found[1]) !== start && !texts.currentNode.parentElement?.closest("script, style, template"))
        seen.answered = true;
    }
  }
  return seen;
}"""
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


class NoAnswer(Exception):
    """A page did not answer a key press, or did not draw its chart, in the time that a visitor would wait."""


@dataclass
class Timed:
    """Seconds from the start of a navigation."""

    interactive_s: float
    chart_s: float
    first_paint_s: float | None


@dataclass
class Wire:
    """What a page asked for: requests (websockets count as one each), kB both ways, other hosts' addresses."""

    requests: int = 0
    kb: float = 0.0
    foreign: list[str] = field(default_factory=list)


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@contextmanager
def browsing() -> Iterator[Any]:
    """A browser that asks nobody but this computer."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, NOBODY_ELSE])
        yield browser
        browser.close()


class Visitor:
    """One visitor: a browser window of their own with an empty cache, and the key to come in."""

    def __init__(self, browser: Any, engine: Engine, server: Server, patience: float = PATIENCE) -> None:
        self.engine, self.server, self.patience = engine, server, patience
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        if server.link:
            self.context.request.get(server.link, max_redirects=0)
        self.page = self.context.new_page()

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def open(self) -> Timed:
        """Go to the page, press a key on its slider until Python has answered, and wait for the chart."""
        start = time.perf_counter()
        self._go()
        answered, drawn, pressed = 0.0, 0.0, -1.0
        while not (answered and drawn):
            seen = self._look()
            now = time.perf_counter() - start
            answered = answered or (now if seen["answered"] else 0.0)
            drawn = drawn or (now if seen["drawn"] else 0.0)
            if seen["slider"] and not answered and now - pressed >= self.engine.pause:
                self.page.keyboard.press("ArrowRight")
                pressed = now
            if now > self.patience:
                raise NoAnswer(f"no {'chart' if answered else 'answer'} in {self.patience:g} s")
            time.sleep(0.005)
        painted = self.page.evaluate(FIRST_PAINT)
        return Timed(answered, drawn, None if painted is None else painted / 1000)

    def slow_line(self) -> None:
        """From now on the page comes over a line of 10 Mbit/s and 40 ms."""
        self.context.new_cdp_session(self.page).send("Network.emulateNetworkConditions", LINE)

    def watch(self) -> Wire:
        """Count what the page asks for from now on. It slows the page: never while time is taken."""
        wire, session = Wire(), self.context.new_cdp_session(self.page)
        own = urlsplit(self.server.address).netloc

        def asked(address: str) -> None:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "ws", "wss"):
                wire.requests += 1
                if parts.netloc != own:
                    wire.foreign.append(address)

        def came(event: dict[str, Any]) -> None:
            wire.kb += event["encodedDataLength"] / 1000

        def frame(event: dict[str, Any]) -> None:
            said = event["response"]
            # What is not text comes as base64.
            wire.kb += len(said["payloadData"]) * (1 if said["opcode"] == 1 else 0.75) / 1000

        session.on("Network.requestWillBeSent", lambda event: asked(event["request"]["url"]))
        session.on("Network.webSocketCreated", lambda event: asked(event["url"]))
        session.on("Network.loadingFinished", came)
        session.on("Network.webSocketFrameReceived", frame)
        session.on("Network.webSocketFrameSent", frame)
        session.send("Network.enable")
        return wire

    def leave(self) -> None:
        """Close the window as a visitor does, so that the page can say so to its server."""
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)
        self.context.close()

    def _go(self) -> None:
        from playwright.sync_api import Error

        try:
            self.page.goto(self.server.address, wait_until="commit", timeout=self.patience * 1000)
        except Error as fault:
            raise NoAnswer(f"no page: {str(fault).splitlines()[0]}") from None

    def _look(self) -> dict[str, bool]:
        from playwright.sync_api import Error

        try:
            found: dict[str, bool] = self.page.evaluate(LOOK, [START, DRAWN])
        except Error:
            # The page is just giving way to another.
            return {"answered": False, "drawn": False, "slider": False}
        return found
