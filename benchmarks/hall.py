"""Lets a hall of phones check in and look at their cards at once, and prints how soon each is answered.

One `relexp serve` on this computer, with its store in a file; as many phones as are asked for, each with an address and
cookies of its own on the loopback network, all of them in one other process on the same cores. Each opens the link of
the sign, looks for its name, says that it is here, and sees its card; one in ten is not on the list, one in ten sends
its form twice at the same moment, as a phone does on a bad line. They come at random moments within `--spread` seconds.
From then on half of them look every 15 s, as a phone without script does, and half hold the line over which they hear
of changes. Then the rounds begin, pressed in the store by another process, as the facilitator's page does.

  p95_ms      of all requests, the time within which 95 in 100 have been answered to the last byte; and p50, worst
  told_ms     95 in 100 of the phones that hold a line show the new round within this time after the press was saved
  errors      requests that failed, lines that broke, cards that did not come or were somebody else's
  doubled     people who are in the room more often than once
  page_kb     a first card on the wire, with its style, script and headers, packed as browsers ask for it

Then, in halls of their own, all of them do the same in one instant, their lines open already, and each is measured from
that instant until its page is whole: `link` open the link of the sign, up to where names are looked for; `press` “I am
here”, up to their card; `look` at their cards; `both`, half of them pressing while half look; `twice`, everybody's
press sent twice. What one Python computes for each of them, `server_ms`, is what stands between them and the goal.

A figure of one computer that is hall, phones and all: what the phones' own process takes is in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import psutil
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.results import keep, table
from benchmarks.visits.burst import BURSTS, Crowd
from benchmarks.visits.phone import Phone
from relexp.gathering.asked import Asked
from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.store import Store, open_store
from tests.store import postgresql

PHONES, SPREAD, ROUNDS, EVERY = 300, 30.0, 5, 15.0
YES = {"seating": "yes"}
PATIENCE = 60.0
P95 = 200


@contextmanager
def served(folder: Path, url: str = "") -> Iterator[tuple[dict[str, str], str]]:
    """A server with its store at `url`, or in a file of this folder: its links, and the store's address."""
    links, store = folder / "links.json", url or f"sqlite:///{folder / 'relexp.sqlite3'}"
    links.unlink(missing_ok=True)
    command = [sys.executable, "-m", "relexp", "serve", "--no-browser", "--port", "0"]
    command += ["--store", store, "--links", str(links)]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + PATIENCE
        while not links.exists():
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the server did not start: {(folder / 'said.txt').read_text()[-500:]}")
            time.sleep(0.05)
        yield json.loads(links.read_text()), store
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


@dataclass
class Hall:
    """A gathering of so many people, all of whom have a phone."""

    store: Store
    many: int
    # One in so many comes without having signed up; 0 for nobody.
    unlisted: int = 10
    lead: Identity = field(init=False)
    id: str = field(init=False)
    people: tuple[Person, ...] = field(init=False)
    expected: int = field(init=False)

    def __post_init__(self) -> None:
        self.people = tuple(Person(f"p{at}", f"{_word(at)} Walker", f"Group {at % 9}") for at in range(self.many))
        self.expected = self.many - (self.many // self.unlisted if self.unlisted else 0)
        self.lead = self.store.identities.house(Role.FACILITATOR, _now())
        here = self.people[: self.expected]
        self.id = self.store.gatherings.open(self.lead, "A full hall", Asked().to_plain(), here, _now())
        self.press(Press.OPEN_DOORS)
        names = {person.id: person.name for person in here}
        rounds = tuple(_round(number, [person.id for person in here]) for number in range(1, ROUNDS + 1))
        self.store.gatherings.seat(self.id, Evening(rounds, names))

    def press(self, *presses: Press) -> None:
        """What the facilitator presses."""
        for press in presses:
            before = len(self.store.gatherings.pressed(self.id))
            self.store.gatherings.press(self.id, Act(press, _now()), self.lead, f"key {before}", before)

    def doubled(self) -> int:
        """How often somebody is in the room who is there already, or whose phone is somebody else's too."""
        guests = self.store.gatherings.guests(self.id)
        names = Counter(guest.person.name for guest in guests)
        phones = Counter(guest.identity_id for guest in guests if guest.identity_id)
        return sum(count - 1 for count in (*names.values(), *phones.values()))

    def missing(self) -> int:
        """How many said that they are here, and are not in the room."""
        return self.many - sum(guest.here for guest in self.store.gatherings.guests(self.id))


async def phones(hall: Hall, links: dict[str, str], spread: float, seconds: float) -> dict[str, float]:
    """All the phones, from the door to the first round."""
    chance = random.Random(20_261_126)
    base = links["base"]
    way_in = links["participant"].removeprefix(base)
    made = [Phone(base, number) for number in range(hall.many)]
    await asyncio.gather(*(_come(phone, hall, way_in, chance.uniform(0, spread)) for phone in made))
    first = asyncio.Event()
    told: list[float] = []
    pressed: list[float] = []
    listening = [asyncio.create_task(_listen(phone, pressed, told)) for phone in made[::2]]
    looking = [asyncio.create_task(_look(phone, chance.uniform(0, EVERY), first)) for phone in made[1::2]]
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(hall.press, Press.WELCOME, Press.START_ROUND)
    pressed.append(time.perf_counter())
    await asyncio.sleep(seconds / 2)
    first.set()
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, *looking, return_exceptions=True)
    for phone in made:
        await phone.close()
    times = [answer.seconds for phone in made for answer in phone.answers]
    hundredths = quantiles(times, n=100)
    errors = [error for phone in made for error in phone.errors]
    if len(told) < len(listening):
        errors.append(f"{len(listening) - len(told)} phones did not hear of the round")
    for error, often in Counter(errors).most_common(5):
        print(f"  {often} x {error}", file=sys.stderr)
    return {
        "requests": len(times),
        "p50_ms": 1000 * hundredths[49],
        "p95_ms": 1000 * hundredths[94],
        "worst_ms": 1000 * max(times),
        "told_ms": 1000 * quantiles(told, n=100)[94] if len(told) > 1 else float("nan"),
        "errors": len(errors) + hall.missing(),
        "doubled": hall.doubled(),
        "page_kb": await _first_card(Phone(base, hall.many), way_in) / 1000,
    }


async def _come(phone: Phone, hall: Hall, way_in: str, after: float) -> None:
    """From the sign at the door to one's own card."""
    await asyncio.sleep(after)
    person = hall.people[phone.number]
    await phone.get(way_in)
    found = await phone.get(f"/card/name?name={quote(person.name.split()[0])}")
    values = dict(YES)
    if phone.number < hall.expected:
        listed = re.search(r'href="(/card/here\?person=[^"]+)"', found.text)
        if listed is None:
            phone.errors.append("a name on the list was not found")
            return
        await phone.get(listed[1])
        values["person"] = person.id
    else:
        await phone.get("/card/here")
        values |= {"name": person.name, "came_with": person.organisation}
    if phone.number % 10 == 0:
        # Sent twice at the same moment: by this phone, and by itself once more on another line.
        again = Phone(phone.base, phone.number)
        again.be(phone)
        card, _ = await asyncio.gather(phone.post("/card/here", values), again.post("/card/here", values))
        phone.errors += again.errors
        await again.close()
    else:
        card = await phone.post("/card/here", values)
    if person.name not in card.text:
        phone.errors.append("a card that is not theirs")


async def _listen(phone: Phone, pressed: list[float], told: list[float]) -> None:
    """Hold the line, and note when the round is shown."""
    try:
        async for name, data in phone.events("/card/changes?kind=mine"):
            if pressed and name == "show" and "1" in data:
                told.append(time.perf_counter() - pressed[0])
                return
    except (OSError, asyncio.IncompleteReadError, ValueError) as error:
        phone.errors.append(f"the line broke: {type(error).__name__}")


async def _look(phone: Phone, after: float, enough: asyncio.Event) -> None:
    """Look every 15 s, as a phone without script does."""
    wait = after
    while True:
        try:
            await asyncio.wait_for(enough.wait(), wait)
        except TimeoutError:
            await phone.get("/card")
            wait = EVERY
        else:
            return


async def _first_card(phone: Phone, way_in: str) -> float:
    """The bytes of a first look, with all that the page asks for."""
    await phone.get(way_in)
    page = phone.answers[-1]
    found = re.findall(r'(?:href|src)="(/relexp/[^"]+\.(?:css|js|svg)[^"]*)"', page.text)
    for path in dict.fromkeys(found):
        await phone.get(path)
    await phone.close()
    return sum(answer.bytes for answer in phone.answers)


def _round(number: int, ids: list[str]) -> Round:
    half = len(ids) // 2
    others = [*ids[half + number :], *ids[half : half + number]]
    pairs = zip(ids[:half], others, strict=False)
    return Round(number, tuple(Conversation(pair, at) for at, pair in enumerate(pairs, start=1)))


def _word(number: int) -> str:
    """A first name that nobody else has, and that no other begins with."""
    letters = "bcdfghjklm"
    return "".join(letters[int(digit)] + "a" for digit in f"{number:03}").capitalize() + "x"


def _now() -> datetime:
    return datetime.now(UTC)


def measured(many: int, spread: float, seconds: float, url: str = "") -> dict[str, float]:
    """One hall, from an empty store to its figures."""
    with _hall(many, url) as (hall, links):
        return asyncio.run(phones(hall, links, spread, seconds))


def bursts(many: int, url: str = "") -> dict[str, dict[str, float]]:
    """What all do in one instant, in two halls and a third: each case's figures."""
    found: dict[str, dict[str, float]] = {}
    for cases in BURSTS:
        with _hall(many, url, unlisted=0) as (hall, links):
            crowd = Crowd(
                links["base"],
                links["participant"].removeprefix(links["base"]),
                [(person.id, person.name) for person in hall.people],
                next(each for each in psutil.Process().children() if "serve" in each.cmdline()),
            )
            for case, burst in asyncio.run(cases(crowd)).items():
                found[case] = burst.figures()
                for error, often in Counter(burst.errors).most_common(3):
                    print(f"  {case}: {often} x {error}", file=sys.stderr)
            # What the last of them found is what was kept, or an error of it.
            found[case]["errors"] += hall.missing()
            found[case]["doubled"] = hall.doubled()
    return found


@contextmanager
def _store(on_a_server: bool) -> Iterator[str]:
    """The address of a database on a server that is there for this run alone; "" for a file."""
    if not on_a_server:
        yield ""
        return
    bin = postgresql.programs()
    if bin is None:
        raise SystemExit("PostgreSQL is not installed: scripts/postgresql installs it")
    with postgresql.server(bin, durable=True) as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE hall")
        yield f"{address}/hall"


@contextmanager
def _hall(many: int, url: str, unlisted: int = 10) -> Iterator[tuple[Hall, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), url) as (links, at):
        store = open_store(at)
        try:
            yield Hall(store, many, unlisted), links
        finally:
            # A server's database is used again by the next hall.
            store.gatherings.purge(_now() + timedelta(days=1))
            store.close()


SHOWN = (("requests", 0), ("p50_ms", 0), ("p95_ms", 0), ("worst_ms", 0), ("told_ms", 0), ("errors", 0), ("doubled", 0))
SHOWN += (("page_kb", 1),)
AT_ONCE = (("phones", 0), ("p50_ms", 0), ("p95_ms", 0), ("worst_ms", 0), ("server_ms", 2))
AT_ONCE += (("errors", 0), ("doubled", 0))
GOALS = "Goals: p95 under 200 ms, no error, nobody twice, a card under 50 kB."
Columns = tuple[tuple[str, int], ...]


def _shown(columns: Columns, found: dict[str, dict[str, float]]) -> str:
    rows = [
        (case, *(f"{figures[name]:.{n}f}" if name in figures else "" for name, n in columns))
        for case, figures in found.items()
    ]
    return table(("case", *(name for name, _ in columns)), rows)


def main() -> None:
    """Measure, print, and keep what was asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--phones", type=int, default=PHONES)
    ask.add_argument("--spread", type=float, default=SPREAD, help="seconds within which they all come")
    ask.add_argument("--seconds", type=float, default=60.0, help="how long they look afterwards")
    ask.add_argument("--quick", action="store_true", help="look for 20 seconds")
    ask.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own, not in a file")
    ask.add_argument("--json", type=Path)
    ask.add_argument("--results", type=Path)
    asked = ask.parse_args()
    seconds = 20.0 if asked.quick else asked.seconds
    with _store(asked.postgresql) as url:
        found = {f"phones_{asked.phones}": measured(asked.phones, asked.spread, seconds, url)}
        at_once = bursts(asked.phones, url)
    texts = (_shown(SHOWN, found), f"At the same instant:\n\n{_shown(AT_ONCE, at_once)}\n\n{_furthest(at_once)}")
    text = "\n\n".join(texts)
    print(text)
    if asked.json:
        asked.json.write_text(json.dumps(found | at_once, indent=1))
    if asked.results:
        command = f"python benchmarks/hall.py --phones {asked.phones} --spread {asked.spread:g}"
        command += f" --seconds {seconds:g}"
        command += " --postgresql" if asked.postgresql else ""
        load = f"{os.cpu_count()} cores, at a load of {os.getloadavg()[1]:.1f} over the last five minutes"
        head = f"{_now():%Y-%m-%d}, `{command}`, on {load}."
        keep(asked.results, "hall on PostgreSQL" if asked.postgresql else "hall", f"{head}\n\n{GOALS}\n\n{text}")


def _furthest(at_once: dict[str, dict[str, float]]) -> str:
    """Which cases miss the goal, and by how much."""
    missed = [
        f"{case} by {figures['p95_ms'] - P95:.0f} ms" for case, figures in at_once.items() if figures["p95_ms"] > P95
    ]
    return f"p95 misses {P95} ms: {', '.join(missed)}." if missed else f"All are under {P95} ms."


if __name__ == "__main__":
    main()
