"""Fills the leadership table with 20,000 made-up leaders and 200,000 lines of evidence, and prints how soon it answers.

On SQLite and on a PostgreSQL server that is there for this run alone (left out, with a line, where there is none), all
of it put there in bulk with real locks. Then the page of a trainer, as a visitor's own Python makes it, without a
browser: what is measured is all that Python does until the page has what it shows, the store's answers included.

  open_s       the page is opened, where it begins, and turned to the table with its first 50 rows
  filter_s     something else is asked for: the slowest of the questions tried, named below the table
  sort_s       the table is sorted by another column, either way: the slowest of all, named below the table
  save_s       one cell is corrected in the table, kept durably, and the table shown again
  table_s      turned to the table from another part of the page
  week_s       turned to “This week”
  growth_s     turned to “How people grow”
  as_of_s      the store gives the whole table as it was 90 days ago
  preflight_s  a sheet of all the leaders, each with a new role, is held against the table; nothing is written
  paste_s      200 rows of it are written
  undo_s       those 200 rows are taken back
  fill_s       all of it was put there; not a goal of anybody
  open_mb      memory of that Python with the table open; peak_mb: the most that it held in all of the above

Medians over the repeats, lowest and highest in brackets. Each database is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.alliance import fill
from benchmarks.case import peak
from benchmarks.results import keep, table
from relexp.apps.leader_finder import QUESTIONS
from relexp.apps.leadership import VIEWS, Leadership
from relexp.apps.visitor import Visitor
from relexp.leadership.board import default_board
from relexp.leadership.columns import Change
from relexp.leadership.finding import GROUPS, SORTS, Query
from relexp.privacy.roles import Role
from relexp.store import open_store
from tests.cohort import FIRST, INSTITUTIONS
from tests.store import postgresql

PEOPLE, LINES = 20_000, 200_000
REPEAT, PASTED = 7, 200
FIGURES = ("open_s", "filter_s", "sort_s", "save_s")
SHOWN = (*FIGURES, "table_s", "week_s", "growth_s", "as_of_s", "preflight_s", "paste_s", "undo_s", "fill_s")
MEMORY = ("open_mb", "peak_mb")
# What is aimed at, and the most seconds that it may take.
GOALS = (
    ("the table opens", "open_s", 1.0),
    ("it shows others when something else is asked", "filter_s", 1.0),
    ("it is sorted by any column", "sort_s", 1.0),
)
Times = dict[str, list[float]]
LEGEND = """\
Medians, lowest and highest in brackets; `python benchmarks/leaders.py --help` says what each figure is. Where the load
is above one a core, others were at work on the same machine, and the figures are higher than it can do."""


def questions() -> dict[str, Query]:
    """What is asked, by what it is called: each question of the list, and some together with words and groups."""
    asked = {key.replace("_", " "): Query(**asks) for key, asks in QUESTIONS.items()}
    asked |= {f"in groups by {key.replace('_', ' ')}": Query(group=key) for key in GROUPS if key}
    training, stage = default_board().trainings[0].key, [*default_board().ladder][1].key
    asked |= {
        "words": Query(words=f"{FIRST[0]} {INSTITUTIONS[0][:4]}"),
        "words that nobody has": Query(words="qqqq"),
        "stage, no one-to-one, in groups": Query(stages=(stage,), unmet=90, group="institution", sort="met"),
        "training, late, by step": Query(untrained=training, late=30, sort="due", down=True),
    }
    return asked


class Page:
    """A trainer's page on a table, as their own Python has it."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url)
        self.me = self.store.identities.house(Role.TRAINER, _now())
        self.app = Leadership(Visitor())

    def open(self) -> None:
        """The page from its first moment to its first 50 rows."""
        self.app = Leadership(Visitor(self.me, self.store.drafts, store=self.store))
        self.turn("table")

    def turn(self, view: str) -> None:
        """Turn to a part of the page."""
        self.app.view.value = VIEWS.index(view)
        self._heard()

    def ask(self, query: Query) -> None:
        """Ask something, as if it had been chosen."""
        self.app.finder.show_query(query)
        self._heard()

    def says(self, **said: object) -> None:
        """What the browser says of the table."""
        self.app.table.table._handle_custom_msg(said, [])
        self._heard()

    def looks_at(self, sheet: bytes) -> None:
        """A sheet is held against the table."""
        self.app.sheets.look_at(sheet, "leaders.csv")
        self._heard()
        found = self.app.sheets._arrival
        if found is None or found.refused or not found.changes:
            raise RuntimeError("the sheet was not taken for what it is")

    def _heard(self) -> None:
        # A page says what went wrong in words and goes on: here the figure would be one of nothing.
        if self.app.notice.value:
            raise RuntimeError(self.app.notice.value)


def measured(url: str, repeat: int) -> Times:
    """What a page on the table of a store takes, some times over; of questions and sorts each of them."""
    page, found = Page(url), Times()

    def timed(name: str, act: Callable[..., object], *given: object, **said: object) -> None:
        start = perf_counter()
        act(*given, **said)
        found.setdefault(name, []).append(perf_counter() - start)

    for number in range(repeat):
        timed("open_s", page.open)
        if not number:
            found["open_mb"] = [_memory()]
        for name, query in questions().items():
            timed(f"filter_s {name}", page.ask, query)
        for key in SORTS:
            for down in (False, True):
                name = f"sort_s {key}{', turned round' * down}"
                timed(name, page.ask, Query(sort=key, down=down))
        page.ask(Query())
        first = page.app.table.table.rows[0]["id"]
        timed("save_s", page.says, edit=[first, "institution", f"Here {number}"])
        for view in ("week", "table"):
            timed(f"{view}_s", page.turn, view)
    for _ in range(min(repeat, 3)):
        timed("growth_s", page.turn, "growth")
        timed("as_of_s", page.store.leaders.as_of, _now().date() - timedelta(90))
        page.turn("sheets")
        timed("preflight_s", page.looks_at, _sheet(page))
        page.turn("table")
        some = page.store.leaders.page(Query(sort="made"), _now().date(), many=PASTED).rows
        pasted = [Change(row.leader.id, "talents", row.leader.talents, "asks, and waits") for row in some]
        timed("paste_s", page.store.leaders.change, pasted, page.me, _now())
        timed("undo_s", page.says, undo=True)
    found["peak_mb"] = [peak()]
    page.store.close()
    return found


def _sheet(page: Page) -> bytes:
    names = page.store.leaders.names()
    lines = ["id,name,role", *(f'{id},"{name}",a new role' for id, name in names.items())]
    return "\n".join(lines).encode()


def _memory() -> float:
    """What this process holds, in megabytes; what it shares with others in parts."""
    held = psutil.Process().memory_full_info()
    return float(getattr(held, "pss", held.rss)) / 2**20


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of the databases that can be had here, new and empty, by what they are called."""
    found, bin = {"sqlite": f"sqlite:///{folder / 'relexp.sqlite3'}"}, postgresql.programs()
    if bin is None:
        yield found
        return
    with postgresql.server(bin, durable=True) as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE leaders")
        yield found | {"postgresql": f"{address}/leaders"}


def filled(url: str, people: int, lines: int) -> float:
    """Put a made-up alliance into a new store; the seconds."""
    start, store = perf_counter(), open_store(url)
    fill(store, people, lines, _now())
    store.close()
    return perf_counter() - start


def slowest(found: Times, figure: str) -> tuple[str, list[float]]:
    """Of the questions or sorts the one with the highest median: what it is called, and its times."""
    those = {name: times for name, times in found.items() if name.split(" ")[0] == figure}
    name = max(those, key=lambda name: median(those[name]))
    return name.removeprefix(figure).strip(), those[name]


def figures(found: Times) -> dict[str, float]:
    """The medians by the names that others read."""
    return {name: median(slowest(found, name)[1]) for name in (*SHOWN, *MEMORY)}


def report(cases: dict[str, Times]) -> str:
    """The tables, and below them what was slowest."""
    goals = []
    for words, name, limit in GOALS:
        worst, case = max((figures(found)[name], case) for case, found in cases.items())
        goals.append((f"{words}: {limit:g} s", f"{worst:.2f} s ({case})", "yes" if worst <= limit else "no"))
    rows = [
        (name, *(_spread(slowest(found, name)[1], 3 if name in SHOWN else 0) for found in cases.values()))
        for name in (*SHOWN, *MEMORY)
    ]
    notes = [
        f"- {case}: slowest to ask is “{slowest(found, 'filter_s')[0]}”, to sort by “{slowest(found, 'sort_s')[0]}”"
        for case, found in cases.items()
    ]
    parts = (table(("target", "measured, where it is slowest", "met"), goals), table(("figure", *cases), rows))
    return "\n\n".join((*parts, "\n".join(notes)))


def _spread(values: Sequence[float], digits: int) -> str:
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def main(given: Sequence[str] | None = None) -> None:
    """Measure, print, and keep what was asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--quick", action="store_true", help="three repeats in place of seven: within eight minutes")
    ask.add_argument("--people", type=int, default=PEOPLE, help="so many leaders, with ten lines of evidence each")
    ask.add_argument("--json", type=Path, metavar="FILE", help='write {"case": {"figure": value}}, medians')
    ask.add_argument("--results", type=Path, metavar="FILE", help="write the section of RESULTS.md with the targets")
    asked = ask.parse_args(given)
    repeat, load = 3 if asked.quick else REPEAT, os.getloadavg()[0]
    cases: dict[str, Times] = {}
    with tempfile.TemporaryDirectory() as folder:
        # What is under lock here opens with a key that is gone afterwards, not with that of whoever runs this.
        os.environ["RELEXP_KEY_FILE"] = str(Path(folder) / "key")
        with stores(Path(folder)) as found:
            for name, url in found.items():
                case = f"{name}_{asked.people}"
                print(f"{case} ...", file=sys.stderr, flush=True)
                seconds = filled(url, asked.people, asked.people * LINES // PEOPLE)
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                    cases[case] = {"fill_s": [seconds]} | apart.submit(measured, url, repeat).result()
    absent = [] if len(cases) > 1 else ["postgresql is left out: not installed (scripts/postgresql installs it)"]
    text = report(cases)
    print("\n".join([*absent, text]))
    if asked.json:
        asked.json.write_text(json.dumps({case: figures(found) for case, found in cases.items()}, indent=1))
    if asked.results:
        command = "python benchmarks/leaders.py" + " --quick" * asked.quick
        command += f" --people {asked.people}" * (asked.people != PEOPLE)
        loads = f"load average {load:.1f} before the start, {os.getloadavg()[0]:.1f} at the end"
        head = f"{_now():%Y-%m-%d}, `{command}`, on {os.cpu_count()} cores; {loads}."
        keep(asked.results, "leaders", "\n\n".join(["\n".join([head, *absent]), LEGEND, text]))


if __name__ == "__main__":
    main()
