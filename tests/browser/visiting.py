"""A server that a test starts and ends, and a visitor's window that notes all that goes wrong in it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SIZES = {
    "laptop": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
    "projector": {"width": 1920, "height": 1080},
    "old projector": {"width": 1024, "height": 768},
}
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
START = """
import json, sys
from pathlib import Path
from relexp.privacy.roles import LEADS
from relexp.server.serve import serve
links, store, hall, folder, port = json.loads(sys.argv[1])
more = {}
if folder:
    more = {"folder": Path(folder), "apps": {each.stem: (each.name, LEADS) for each in Path(folder).glob("*.ipynb")}}
serve(port=port, browser=False, links=Path(links), store=store, hall=hall, **more)
"""
PATIENCE = 60


@dataclass
class Running:
    """A server that this test run started, and the links it wrote."""

    process: subprocess.Popen[bytes]
    store: str
    links: dict[str, str] = field(default_factory=dict)

    def kernels(self) -> list[psutil.Process]:
        """The visitors' Pythons that are alive."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in found if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]

    def end(self) -> int:
        """End it as Ctrl-C does, and whatever it may have left behind."""
        left = self.kernels() if self.process.poll() is None else []
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            for kernel in left:
                if kernel.is_running():
                    kernel.kill()
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait(PATIENCE)


def start(
    folder: Path, *, hall: bool = False, notebooks: Path | None = None, port: int = 0, log: Path | None = None
) -> Running:
    """Start a server (on a free port, or on one that it had before) with a store in the folder; wait until it answers.

    With `notebooks`, those in that folder stand in place of the apps; what goes wrong is noted in `log`, or else told.
    """
    links, store = folder / "links.json", f"sqlite:///{folder / 'relexp.db'}"
    links.unlink(missing_ok=True)
    asked = json.dumps([str(links), store, hall, notebooks and str(notebooks), port])
    with (folder / "said").open("wb") as said, (log or Path("/dev/null")).open("ab") as noted:
        errors = noted if log else None
        process = subprocess.Popen([sys.executable, "-c", START, asked], stdout=said, stderr=errors)
    running = Running(process, store)
    until = time.monotonic() + PATIENCE
    while not links.exists():
        if process.poll() is not None or time.monotonic() > until:
            running.end()
            raise AssertionError("the server did not start")
        time.sleep(0.05)
    running.links = json.loads(links.read_text(encoding="utf-8"))
    for each in notebooks.glob("*.ipynb") if notebooks else ():
        running.links[each.stem] = f"{running.links['base']}/{each.stem}"
    return running


@dataclass
class Visit:
    """One visitor's window, with everything that went wrong in it."""

    page: Page
    links: dict[str, str]
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str | None = None) -> Page:
        """Open the facilitator's page, and wait until it can be used."""
        self.page.goto(address or self.links["facilitator"])
        self.page.get_by_role("button", name="Paste or type").wait_for(timeout=PATIENCE * 1000)
        return self.page

    def open_notebook(self, name: str) -> Page:
        """Open one of the notebooks of these tests, and wait until it can be used."""
        self.page.goto(self.links[name])
        self.page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
        return self.page

    def choose(self, data: bytes, name: str = "signup.csv") -> None:
        """Choose a sheet, as a click on the button and a file would."""
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(".sheet").first.click()
        chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": data})

    def plan(self) -> None:
        """Press Plan, and wait for the evening."""
        self.page.get_by_role("button", name="Plan the evening").click()
        self.page.get_by_role("heading", name="The evening", exact=True).wait_for(timeout=PATIENCE * 1000)
        self.page.get_by_role("button", name="Plan again").wait_for()

    def check(self) -> None:
        """Nothing for axe to find, nothing beyond the screen's edge, nothing too small for a thumb."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"the page is {width[0]} wide on a screen of {width[1]}"
        small = self.page.evaluate(TOO_SMALL)
        assert small == [], small


# Every control that can be seen, with the label that is pressed in its place, is 44 px or more each way; a slider's
# handle counts with the ring around it that takes a touch. A link within a text is as high as its line: 24 px or more.
TOO_SMALL = """() => [...document.querySelectorAll("main :is(button, input, select, textarea, a[href], summary, [role=tab], [role=button], .noUi-touch-area)")]
  .map((control) => control.closest("label") ?? control)
  .filter((control) => control.offsetParent !== null)
  .map((control) => [control.textContent.trim() || control.tagName, control.getBoundingClientRect(), control.matches(".written :is(p, li, td) a") ? 24 : 43.5])
  .filter(([, box, least]) => box.height < least || box.width < least)
  .map(([words, box]) => `${words}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def until(page: Page, expression: str, patience: float = PATIENCE) -> None:
    """Wait until something is true in the page, whose policy lets no text become a script (Playwright's own way does)."""
    end = time.monotonic() + patience
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"did not come true: {expression}"
        time.sleep(0.02)


def foreign(address: str, base: str) -> bool:
    """Whether a request leaves this computer's own server."""
    return not address.startswith((base, base.replace("http", "ws"), "data:", "blob:"))


def leave(page: Page) -> None:
    """Close a window as a visitor does, so that the page can still end its own Python."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)
