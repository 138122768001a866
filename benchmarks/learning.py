"""Opens a unit of the module with relexp and with stock Voila, and prints how soon its first activity answers.

The unit: “Sameness and difference”, the notebook as it is built, nineteen blocks with some forty places to answer or
write in. A learner opens their link to it in a real Chromium with an empty cache, and answers the first question. With
relexp all that they do is kept in a store; stock Voila runs the same notebook, and keeps nothing. Each server is warmed
by one visitor who stays, and ended with all its processes.

  first_block_s  from the start of the navigation until Python has answered the first question of the unit: it is
                 chosen and sent every 100 ms from the moment that it is there
  text_s         until the first text of the unit can be read
  next_page_s    first_block_s of the same page again, with what the browser has kept
  pss_mb         memory a learner, over all processes of the server; shared pages are split among their users (PSS)
  cpu_s          seconds of processor time a learner, until everything rests

Medians over the visits, lowest and highest in brackets.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.pages import Engine
from benchmarks.results import keep, table
from benchmarks.serving import browser_missing, shown
from benchmarks.visits.browser import NoAnswer, browsing
from benchmarks.visits.server import ROOT, Server, running
from benchmarks.visits.tree import rest

UNIT = "02-sameness-and-difference"
PATIENCE, PAUSE = 120.0, 0.1
FIGURES = ("first_block_s", "text_s", "next_page_s", "pss_mb", "cpu_s")
HEADINGS = ("first activity, s", "first text, s", "next page, s", "memory, MB", "processor, s")
# Chooses and sends the first question; tells whether Python has said something of it.
LOOK = """() => {
  const quiz = document.querySelector(".quiz-panel");
  const words = document.body?.textContent ?? "";
  const said = quiz?.querySelector(".note")?.textContent ?? "";
  const form = quiz?.querySelector("form.quiz");
  if (form && !said) {
    const choice = form.querySelector("input[type=radio]");
    if (choice && !choice.checked) choice.click();
    if (choice) form.requestSubmit();
  }
  return { answered: said !== "", read: words.includes("two cups of tea") };
}"""


def _ours(port: int, folder: Path) -> list[str]:
    kept = ["--store", f"sqlite:///{folder / 'relexp.db'}", "--links", str(folder / "links.json")]
    return [sys.executable, "-m", "relexp", "serve", "--no-browser", "--port", str(port), *kept]


def _voila(port: int, folder: Path) -> list[str]:
    notebook = str(ROOT / "notebooks" / "units" / f"{UNIT}.ipynb")
    return [sys.executable, "-m", "voila", notebook, f"--port={port}", "--Voila.port_retries=0", "--no-browser"]


ENGINES = (
    Engine("ours", "relexp's server, kept", _ours, ("relexp",), path=f"/units/{UNIT[3:]}"),
    Engine("voila", "stock Voila, the same notebook", _voila, ("voila",)),
)
Figures = dict[str, list[float]]


class Learner:
    """One learner: a browser window of their own with an empty cache, and their link."""

    def __init__(self, browser: Any, server: Server) -> None:
        self.server = server
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        if server.link:
            self.context.request.get(server.link, max_redirects=0)
        self.page = self.context.new_page()

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def open(self) -> tuple[float, float]:
        """Go to the unit and answer its first question: seconds until it can be read, and until it is answered."""
        from playwright.sync_api import Error

        start = time.perf_counter()
        self.page.goto(self.server.address, wait_until="commit", timeout=PATIENCE * 1000)
        read = 0.0
        while True:
            try:
                seen = self.page.evaluate(LOOK)
            except Error:
                # The page is just giving way to another.
                seen = {"answered": False, "read": False}
            now = time.perf_counter() - start
            read = read or (now if seen["read"] else 0.0)
            if seen["answered"]:
                return read, now
            if now > PATIENCE:
                raise NoAnswer(f"no answer in {PATIENCE:g} s")
            time.sleep(PAUSE if seen["read"] else 0.01)

    def leave(self) -> None:
        """Close the window as a learner does."""
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)
        self.context.close()


def measure(engine: Engine, browser: Any, repeat: int) -> Figures:
    """First visits and next pages of one learner after the other, who all stay until the last is there."""
    found: Figures = {name: [] for name in FIGURES}
    with running(engine) as server:
        there = [Learner(browser, server)]
        there[0].open()
        before = rest(server.mark, there[0].wait)
        for _ in range(repeat):
            there.append(Learner(browser, server))
            read, answered = there[-1].open()
            after = rest(server.mark, there[-1].wait)
            values = (answered, read, after.pss_mb - before.pss_mb, after.cpu_s - before.cpu_s)
            for name, value in zip(("first_block_s", "text_s", "pss_mb", "cpu_s"), values, strict=True):
                found[name].append(value)
            before = after
        for learner in there:
            found["next_page_s"].append(learner.open()[1])
            learner.leave()
    return found


def tables(figures: dict[str, Figures]) -> str:
    """A line for each engine, with our share of stock Voila's where both are there."""
    lines = [
        [name, *(shown(found[each], "{:.1f}" if each == "pss_mb" else "{:.2f}") for each in FIGURES)]
        for name, found in figures.items()
    ]
    if {"ours", "voila"} <= figures.keys():
        shares = (median(figures["ours"][each]) / median(figures["voila"][each]) for each in FIGURES)
        lines.append(["ours, of stock", *(f"{share:.2f}" for share in shares)])
    return table(["engine", *HEADINGS], lines)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="within eight minutes: three visits to each")
    parser.add_argument("--json", type=Path, metavar="FILE", help='write {"engine": {"figure": value}}, medians')
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the section of RESULTS.md")
    parser.add_argument("--repeat", type=int, metavar="K", help="visits to each (default 7; 3 with --quick)")
    return parser.parse_args(given)


def main() -> None:
    asked = arguments()
    if why := browser_missing():
        sys.exit(why)
    repeat = asked.repeat or (3 if asked.quick else 7)
    load = f"load average before the start {os.getloadavg()[0]:.2f}"
    # Whoever ends the benchmark ends the servers too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    figures: dict[str, Figures] = {}
    with browsing() as browser:
        for engine in ENGINES:
            if engine.missing():
                print(f"{engine.name} is left out: not installed: {', '.join(engine.missing())}")
                continue
            figures[engine.name] = measure(engine, browser, repeat)
    found = tables(figures)
    print(f"{load}\n\n{found}")
    if asked.json:
        asked.json.write_text(
            json.dumps({name: {key: median(values) for key, values in each.items()} for name, each in figures.items()})
        )
    if asked.results:
        command = f"python benchmarks/learning.py --repeat {repeat}"
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        day = datetime.now(UTC).date().isoformat()
        head = f"{day}, `{command}`, on {os.cpu_count()} cores, {round(memory)} GB; {load}."
        legend = "The unit “Sameness and difference”; `python benchmarks/learning.py --help` says how each is measured."
        keep(asked.results, "learning", f"{head}\n\n{legend}\n\n{found}")


if __name__ == "__main__":
    main()
