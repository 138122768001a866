"""Serves the same page with relexp, stock Voila and the peers, and prints how fast it is and what a visitor costs.

The page: sixty made-up people in a table, a chart with a labelled point each (plotly in every engine), a slider that
keeps those with a score or more, a text that keeps names, a dropdown that sorts, and a sentence that Python makes of
the slider's value. Every engine has it as its own users would write it (benchmarks/pages). Each server is started with
nothing else in it, warmed by one visitor who stays, and ended with all its processes.

In a real Chromium, with an empty cache for every first visit:
  interactive_s         from the start of the navigation until Python has answered the slider: a key is pressed on it
                        every 50 ms from the moment that it is there (every 250 ms for Streamlit, which waits for 0.2 s
                        without a press), and the sentence has changed
  chart_s               until the chart's points are drawn
  first_paint_s         the browser's first contentful paint
  next_page_s           interactive_s of the same page again, with what the browser has kept
  interactive_10mbit_s  interactive_s on a first visit over a line of 10 Mbit/s and 40 ms, as Chromium emulates it
                        (ours and stock Voila)
  requests, kb          what a first visit asks for until everything rests: HTTP requests and websockets, and kB both
                        ways with the websockets' messages; counted on a visit of its own, since watching slows the page
  foreign_requests      those to other hosts, also when nothing came of them: no other computer's name is looked up

On the server, over all processes that it has started (each carries a mark in its environment, so that one forked from
a template counts too): the difference between before visitors come and when everything rests with all of them still
there, divided by their number.
  cpu_s, pss_mb         seconds of processor time and MB of memory a visitor, ten visitors in Chromium windows of their
                        own, one after the other (three with --quick); shared pages are split among their users (PSS)
  cpu_s_1, pss_mb_1     the same for a single visitor; cpu_s_10, cpu_s_30 and so on for as many
  idle_mb               memory of the server before anybody has come

Thirty visitors at the same moment, without a browser, each in the words of the engine's own page:
  first_of_30_s         until the first of them has the page to its last byte, a line to Python, and the state of every
  last_of_30_s          control as Python's first answer on it; and until the last of them has. Afterwards each moves
                        its slider, and its own Python must answer. They are also those of cpu_s_30 and pss_mb_30.

Voila and relexp give every visitor a Python process of their own; the others serve all of them from one. What is not
measured after twenty minutes (eight with --quick), as on a busy machine, is left out, with a line that says so.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.pages import ENGINES, Engine
from benchmarks.results import keep, serving_targets, table
from benchmarks.visits.browser import browsing, chromium
from benchmarks.visits.measure import Case, Effort, measure

FIGURES = ("interactive_s", "next_page_s", "cpu_s", "pss_mb", "first_of_30_s", "last_of_30_s")
FIGURES += ("requests", "foreign_requests")
STOCK = "voila"
# What cannot be had in that time is left out: a run ends within twenty minutes, with --quick within eight.
SECONDS, QUICK_SECONDS = 1140.0, 440.0
# A table has a title and columns: the heading, the figure, how it is written, whether its share of stock is shown.
Column = tuple[str, str, str, bool]
TABLES: tuple[tuple[str, tuple[Column, ...]], ...] = (
    (
        "The page in Chromium, seconds",
        (
            ("first paint", "first_paint_s", "{:.2f}", False),
            ("interactive", "interactive_s", "{:.2f}", True),
            ("chart drawn", "chart_s", "{:.2f}", True),
            ("next page", "next_page_s", "{:.2f}", True),
            ("10 Mbit/s, 40 ms", "interactive_10mbit_s", "{:.1f}", True),
        ),
    ),
    (
        "On the wire, first visit",
        (
            ("requests", "requests", "{:.0f}", False),
            ("kB", "kb", "{:.0f}", True),
            ("to other hosts", "foreign_requests", "{:.0f}", False),
        ),
    ),
    (
        "On the server, a visitor",
        (
            ("CPU s", "cpu_s", "{:.2f}", True),
            ("MB", "pss_mb", "{:.1f}", True),
            ("CPU s, 1", "cpu_s_1", "{:.2f}", False),
            ("MB, 1", "pss_mb_1", "{:.1f}", False),
            ("CPU s, 30", "cpu_s_30", "{:.2f}", False),
            ("MB, 30", "pss_mb_30", "{:.1f}", False),
            ("MB idle", "idle_mb", "{:.0f}", False),
        ),
    ),
    (
        "Thirty at the same moment, seconds",
        (
            ("first served", "first_of_30_s", "{:.2f}", True),
            ("last served", "last_of_30_s", "{:.1f}", True),
        ),
    ),
)
LEGEND = """\
Medians over the visits, lowest and highest in brackets; "of stock" is the median's share of stock Voila's in the same
run. `python benchmarks/serving.py --help` says how each figure is measured."""


def rows(cases: Sequence[Case], columns: Sequence[Column]) -> tuple[list[str], list[list[str]]]:
    """(the head of a table, a line for each engine)."""
    stock = next((case.figures for case in cases if case.engine.name == STOCK), {})
    head = ["engine"]
    for heading, _, _, share in columns:
        head += [heading, "of stock"] if share else [heading]
    lines = []
    for case in cases:
        line = [case.engine.name]
        for _, name, form, share in columns:
            values = case.figures.get(name, [])
            line.append(shown(values, form))
            if share:
                known = values and stock.get(name)
                line.append(f"{median(values) / median(stock[name]):.2f}" if known else "-")
        lines.append(line)
    return head, lines


def shown(values: Sequence[float], form: str) -> str:
    """The median, with the lowest and highest where visits differ."""
    if not values:
        return "-"
    low, middle, high = (form.format(value) for value in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def tables(cases: Sequence[Case]) -> str:
    """All tables, and below them what is to be said of an engine."""
    parts = [f"### {title}\n\n{table(*rows(cases, columns))}" for title, columns in TABLES]
    notes = [f"- {case.engine.name}: {note}" for case in cases for note in case.notes]
    return "\n\n".join(parts + ["\n".join(notes)] * bool(notes))


def ready(engines: Sequence[Engine]) -> tuple[list[Engine], list[str]]:
    """(the engines that can be started, a line for each that cannot)."""
    absent = [
        f"{engine.name} is left out: not installed: {', '.join(engine.missing())} (pip install relexp[bench])"
        for engine in engines
        if engine.missing()
    ]
    return [engine for engine in engines if not engine.missing()], absent


def browser_missing() -> str | None:
    """Why there is no browser to visit with, and what to do; None when there is one."""
    if find_spec("playwright") is None:
        return "Playwright drives the browser, and is not installed: pip install relexp[bench]"
    if chromium() is None:
        return "There is no Chromium on this computer: apt install chromium, or CHROMIUM=/path/to/chromium"
    return None


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    engines = "\n".join(f"  {engine.name:10}  {engine.words}" for engine in ENGINES.values())
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"Engines:\n{engines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="within eight minutes: two first visits, three who stay")
    parser.add_argument("--json", type=Path, metavar="FILE", help='write {"engine": {"figure": value}}, medians')
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the section of RESULTS.md with the targets")
    parser.add_argument("--engines", metavar="A,B", help="only these engines")
    parser.add_argument("--repeat", type=int, metavar="K", help="first visits to each (default 3; 2 with --quick)")
    asked = parser.parse_args(given)
    asked.engines = asked.engines.split(",") if asked.engines else list(ENGINES)
    if strangers := [name for name in asked.engines if name not in ENGINES]:
        parser.error(f"no engine is called {strangers[0]}; there is {', '.join(ENGINES)}")
    return asked


def main() -> None:
    asked = arguments()
    if why := browser_missing():
        sys.exit(why)
    engines, absent = ready([ENGINES[name] for name in asked.engines])
    effort = Effort(asked.repeat or 2, 3, QUICK_SECONDS) if asked.quick else Effort(asked.repeat or 3, 10, SECONDS)
    load = f"load average before the start {os.getloadavg()[0]:.2f}"
    print("\n".join([load, *absent, ""]), flush=True)
    # Whoever ends the benchmark ends the servers too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    start = perf_counter()
    with browsing() as browser:
        cases = measure(engines, browser, effort, _progress)
    _progress("")
    figures = {case.engine.name: case.middles(FIGURES) for case in cases}
    found, targets = tables(cases), serving_targets(figures)
    print(f"{found}\n\n{targets}\n\n{perf_counter() - start:.0f} s in all")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    if asked.results:
        parts = ["--quick"] * asked.quick + [f"--repeat {effort.repeat}"]
        parts += [f"--engines {','.join(asked.engines)}"] * (len(asked.engines) < len(ENGINES))
        command = " ".join(["python", "benchmarks/serving.py", *parts])
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        day = datetime.now(UTC).date().isoformat()
        head = [f"{day}, `{command}`, on {os.cpu_count()} cores, {round(memory)} GB; {load}.", *absent]
        keep(asked.results, "serving", "\n\n".join(["\n".join(head), LEGEND, "### Targets", targets, found]))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
