"""Does to an evening what a hall does to it, again and again; prints what was lost, doubled or stuck.

kill_writers seven processes write to one store at once, with no server between: two check people in, one plans and
             presses, one saves a page, one harvests, one works on the leadership table (it corrects a cell, pastes 200
             rows, and takes them back), one learns and writes of it. At a random moment all are killed (SIGKILL); all
             that any of them said is done is looked for in the store, which must be whole.
kill9        phones check in, and whoever leads presses and plans, all at once; at a random moment the server and the
             leader's process are killed (SIGKILL). Every answer that came before is a promise: each check-in, press and
             plan is looked for in the store, which must be whole (SQLite's integrity_check); the server is started
             again, stands where the presses say, and shows a phone that was in its card.
disk_full    the server may write so many bytes more and not one beyond (RLIMIT_FSIZE, which SQLite meets as it meets a
             full disk): phones are told in a sentence, nothing acknowledged is lost, and it goes on once there is room.
two_starts   two who lead press the same thing at the same moment: it happens once, and the other is told.
network_cut  a phone's line breaks after a random number of bytes of its form or of the answer, and the phone sends it
             again until it is through: it is in once.

Each case is said on stderr as it begins and as it ends.

trials, and of them: lost (something that was acknowledged is not there), doubled (somebody or something is there
twice), stuck (no plain answer, or the evening did not go on)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.learner_faults import compare_learner, learns
from benchmarks.results import keep, table
from benchmarks.table_faults import compare_table, seat_table, works_on_table
from benchmarks.visits.phone import Answer, Phone
from relexp.gathering.asked import Asked
from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.roles import Identity, Role
from relexp.reflection.reflections import Reflection
from relexp.roster.person import Person
from relexp.store import Store, open_store
from relexp.store.drafts import Stale

TRIALS = {"kill_writers": 1000, "kill9": 200, "disk_full": 40, "two_starts": 500, "network_cut": 300}
QUICK = {"kill_writers": 100, "kill9": 20, "disk_full": 5, "two_starts": 50, "network_cut": 40}
PHONES = 6
PATIENCE = 60.0
WIDE = 5000
YES = {"seating": "yes"}

# Whoever leads, in a process of their own as their page is: presses and plans without end, and says what is done.
LEADS = """
import sys
from datetime import UTC, datetime
from relexp.gathering.running import Act, Press
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.roles import Role
from relexp.store import open_store
url, id, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(url)
lead = store.identities.house(Role.FACILITATOR, datetime.now(UTC))
names = {f"p{at}": f"p{at}" for at in range(12)}
while True:
    number += 1
    # Each plan has tables of its own, so that half a plan would show.
    talks = tuple(Conversation((f"p{at}", f"p{at + 6}"), 100 * number + at) for at in range(6))
    store.gatherings.seat(id, Evening(tuple(Round(each, talks) for each in range(1, 6)), names))
    print("plan", number, flush=True)
    count = len(store.gatherings.pressed(id))
    press = Press.PAUSE if count % 2 else Press.GO_ON
    store.gatherings.press(id, Act(press, datetime.now(UTC)), lead, f"key {count}", count)
    print("press", count + 1, flush=True)
"""


@dataclass
class Found:
    """What became of some trials."""

    trials: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    promises: int = 0
    seconds: int = 0
    said: list[str] = field(default_factory=list)

    def note(self, what: str, words: str) -> None:
        """Count one, and keep the words of the first few."""
        setattr(self, what, getattr(self, what) + 1)
        if len(self.said) < 5:
            self.said.append(f"{what}: {words}")


class Served:
    """A server on one store, started again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, f"sqlite:///{folder / 'relexp.sqlite3'}"
        self.links: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, room: int | None = None) -> bool:
        """Start it; `room` is how large any of its files may grow, in bytes. Whether it answers."""
        links = self.folder / "links.json"
        links.unlink(missing_ok=True)
        command = [sys.executable, "-m", "relexp", "serve", "--no-browser", "--port", "0"]
        command += ["--store", self.store, "--links", str(links)]
        limit = None if room is None else (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
        with (self.folder / "said.txt").open("wb") as said:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, preexec_fn=limit
            )
        until = time.monotonic() + PATIENCE
        while not links.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                return False
            time.sleep(0.02)
        self.links = json.loads(links.read_text())
        return True

    def end(self, how: int = signal.SIGINT) -> bool:
        """End it, kindly or not; whether it did as it was told."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                return False
        return True

    def phone(self, number: int) -> Phone:
        """A phone that has not been here."""
        return Phone(self.links["base"], number)

    @property
    def way_in(self) -> str:
        """The path that the sign leads to."""
        return self.links["participant"].removeprefix(self.links["base"])


@contextmanager
def serving() -> Iterator[Served]:
    """A server with a store of its own, ended at the end."""
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Path(folder))
        if not served.start():
            raise SystemExit("the server did not start")
        try:
            yield served
        finally:
            served.end()


def opened(store: Store) -> tuple[str, Identity]:
    """A gathering whose doors are open, with a dozen people who are expected."""
    lead = store.identities.house(Role.FACILITATOR, now())
    people = [Person(f"p{at}", f"p{at}") for at in range(12)]
    id = store.gatherings.open(lead, "Trials", Asked().to_plain(), people, now())
    store.gatherings.press(id, Act(Press.OPEN_DOORS, now()), lead, "doors", 0)
    return id, lead


async def come(phone: Phone, way_in: str, name: str) -> bool:
    """Check in as somebody new; whether the card came."""
    try:
        for path in (way_in, "/card/here"):
            if (await phone.get(path)).status != 200:
                return False
        answer = await phone.post("/card/here", {**YES, "name": name})
        return answer.status == 200 and name in answer.text
    finally:
        await phone.close()


def whole(store: Store) -> bool:
    """Whether the file is without a fault."""
    with closing(sqlite3.connect(store.url.removeprefix("sqlite:///"))) as file:
        return bool(file.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def kill_writers(trials: int) -> Found:
    """All who write are killed at a random moment, again and again."""
    found, chance = Found(), random.Random(20_261_126)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'relexp.sqlite3'}"
        store = open_store(url)
        id, lead = opened(store)
        seat_table(store)
        try:
            for trial in range(trials):
                found.trials += 1
                # What was pasted takes its time; one in four is let come so far that it is taken back.
                said = _written(url, id, trial, chance.uniform(0.02, 0.2) * (5 if trial % 4 == 3 else 1))
                came = [line.removeprefix("came ") for line in said if line.startswith("came ")]
                _compare(store, id, [line for line in said if line.startswith(("plan ", "press "))], came, found)
                saved = [int(line.removeprefix("draft ")) for line in said if line.startswith("draft ")]
                draft = store.drafts.find(lead.id, "gathering")
                found.promises += len(saved)
                _compare_lines(store, id, said, found)
                compare_table(store, said, found)
                compare_learner(store, said, found)
                if saved and (draft is None or draft.revision < saved[-1]):
                    found.note("lost", f"revision {saved[-1]} of a page was told, {draft and draft.revision} is there")
                if draft is not None and draft.content != b"%d" % draft.revision * WIDE:
                    found.note("doubled", "a page is half of one revision and half of another")
                if trial % 20 == 19:
                    store.gatherings.purge(now())
                    id, _ = opened(store)
                    seat_table(store)
        finally:
            store.close()
    return found


def _written(url: str, id: str, trial: int, after: float) -> list[str]:
    """What seven processes said was done before they were killed, each line of them whole."""
    writers = []
    for at, act in enumerate((_checks_in, _checks_in, _leads, _saves, _harvests, works_on_table, learns)):
        mine, theirs = os.pipe()
        process = os.fork()
        if process == 0:
            with suppress(BaseException):
                act(open_store(url), id, 1000 * trial, at, lambda line, to=theirs: os.write(to, f"{line}\n".encode()))
            os._exit(0)
        os.close(theirs)
        writers.append((process, mine))
    time.sleep(after)
    for process, _ in writers:
        os.kill(process, signal.SIGKILL)
    said = []
    for process, mine in writers:
        os.waitpid(process, 0)
        with os.fdopen(mine, encoding="utf-8") as heard:
            said += [line.removesuffix("\n") for line in heard if line.endswith("\n")]
    return said


def _checks_in(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    for number in range(first, first + 1000):
        phone, name = store.identities.add(Role.PARTICIPANT, "", now()), f"Guest {at} {number}"
        if store.gatherings.check_in(id, Person(name, name), phone.id, ["seating"], "trial", now()):
            done(f"came {name}")


def _leads(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    lead = store.identities.house(Role.FACILITATOR, now())
    names = {f"p{each}": f"p{each}" for each in range(12)}
    for number in range(first + 1, first + 1000):
        talks = tuple(Conversation((f"p{each}", f"p{each + 6}"), 100 * number + each) for each in range(6))
        store.gatherings.seat(id, Evening(tuple(Round(each, talks) for each in range(1, 6)), names))
        done(f"plan {number}")
        count = len(store.gatherings.pressed(id))
        press = Press.PAUSE if count % 2 else Press.GO_ON
        store.gatherings.press(id, Act(press, now()), lead, f"key {count}", count)
        done(f"press {count + 1}")


def _saves(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    lead = store.identities.house(Role.FACILITATOR, now())
    draft = store.drafts.find(lead.id, "gathering")
    revision = draft.revision if draft else 0
    while True:
        # Each revision is made of its own number, and too wide for one page of the file.
        revision = store.drafts.save(lead.id, "gathering", b"%d" % (revision + 1) * WIDE, now(), revision)
        done(f"draft {revision}")


def _harvests(store: Store, id: str, first: int, at: int, done: Callable[[str], object]) -> None:
    phone = store.identities.add(Role.PARTICIPANT, "", now())
    for number in range(first + 1, first + 1000):
        store.written.share(id, 1, f"Line {number}", now(), by=phone, key=f"{number:032x}")
        done(f"line {number}")
        store.written.reflect(Reflection(id, now().date(), taught=f"{number} " * 50), phone)
        done(f"own {phone.id} {number}")


def _compare_lines(store: Store, id: str, said: list[str], found: Found) -> None:
    """Hold the lines and the reflections that were told as kept against the store."""
    kept = Counter(line.text for line in store.written.lines(id))
    told = [line.removeprefix("line ") for line in said if line.startswith("line ")]
    own = [line.split()[1:] for line in said if line.startswith("own ")]
    found.promises += len(told) + len(own)
    for number in told:
        if kept[f"Line {number}"] != 1:
            found.note(
                "doubled" if kept[f"Line {number}"] else "lost",
                f"line {number} is there {kept[f'Line {number}']} times",
            )
    if own:
        phone, last = own[-1]
        (one, *more) = store.written.own(Identity(phone, Role.PARTICIPANT)) or (None,)
        if one is None or more or int(one.taught.split()[0]) < int(last) or len({*one.taught.split()}) != 1:
            found.note("lost", f"reflection {last} was told, and is not there whole")


def kill9(trials: int) -> Found:
    """Killed at a random moment, again and again."""
    found, chance = Found(), random.Random(20_261_126)
    with serving() as served:
        store = open_store(served.store)
        id, _ = opened(store)
        try:
            for trial in range(trials):
                found.trials += 1
                _kill_once(served, store, id, trial, chance, found)
                if trial % 5 == 4:
                    # A hundred come in each of them, and a hall holds hundreds, not thousands.
                    store.gatherings.purge(now())
                    id, _ = opened(store)
        finally:
            store.close()
    return found


def _kill_once(served: Served, store: Store, id: str, trial: int, chance: random.Random, found: Found) -> None:
    command = [sys.executable, "-c", LEADS, served.store, id, str(trial * 1000)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as leads:
        assert leads.stdout is not None
        said = [leads.stdout.readline()]
        phones, kept = asyncio.run(_until_killed(served, trial, chance.uniform(0, 0.6)))
        leads.kill()
        said += leads.stdout.readlines()
    _compare(store, id, said, [name for name, _ in kept], found)
    if not served.start():
        found.note("stuck", "the server did not start again")
        return
    if kept:
        name, phone = kept[-1]
        phone.base = served.links["base"]
        # The port is another one now, and the keys of a browser are told apart by it.
        old, new = (each.rpartition(":")[2] for each in (phones[0].base, served.links["base"]))
        phone._cookies = {key.replace(old, new): value for key, value in phone._cookies.items()}
        answer = asyncio.run(_look(phone))
        if name not in answer.text:
            found.note("stuck", f"no card for {name} after the server came back: {answer.status}")


async def _look(phone: Phone) -> Answer:
    try:
        return await phone.get("/card")
    finally:
        await phone.close()


async def _until_killed(served: Served, trial: int, after: float) -> tuple[list[Phone], list[tuple[str, Phone]]]:
    """Phones come one after the other until the server is killed; those that were told that they are in."""
    kept: list[tuple[str, Phone]] = []
    phones = [served.phone(number) for number in range(PHONES)]

    async def one_after_another(first: Phone, at: int) -> None:
        for number in range(1000):
            name = f"Guest {trial} {at} {number}"
            phone = Phone(first.base, at + PHONES * number)
            with suppress(RuntimeError):
                if not await come(phone, served.way_in, name):
                    return
                kept.append((name, phone))

    work = [asyncio.create_task(one_after_another(phone, at)) for at, phone in enumerate(phones)]
    await asyncio.sleep(0.2 + after)
    served.end(signal.SIGKILL)
    await asyncio.gather(*work)
    return phones, kept


def _compare(store: Store, id: str, said: list[str], came: list[str], found: Found) -> None:
    """Hold the store against what was promised."""
    if not whole(store):
        found.note("lost", "the file is damaged")
    here = [guest.person.name for guest in store.gatherings.guests(id) if guest.here]
    if gone := set(came) - set(here):
        found.note("lost", f"{len(gone)} who were in")
    if len(here) != len(set(here)):
        found.note("doubled", "somebody is in twice")
    promised = dict(line.split() for line in said if line.count(" ") == 1)
    found.promises += len(came) + len(said)
    acts = len(store.gatherings.pressed(id))
    if acts < int(promised.get("press", 0)):
        found.note("lost", f"{promised['press']} presses were told, {acts} are there")
    plans = {talk.table // 100 for round in store.gatherings.rounds(id) for talk in round.conversations}
    if len(plans) > 1:
        found.note("doubled", f"the plans {sorted(plans)} are mixed")
    if plans and max(plans) < int(promised.get("plan", 0)):
        found.note("lost", f"plan {promised['plan']} was told, {max(plans)} is there")


def disk_full(trials: int) -> Found:
    """Room for so much, and then for more."""
    found, chance = Found(), random.Random(20_261_127)
    with serving() as served:
        store = open_store(served.store)
        id, _ = opened(store)
        for trial in range(trials):
            found.trials += 1
            if not served.end():
                found.note("stuck", "it did not end when it was told to")
            store.close()
            store = open_store(served.store)
            size = Path(served.store.removeprefix("sqlite:///")).stat().st_size
            if not served.start(size + chance.randrange(40_000, 120_000)):
                # It says so and does not start: that is a plain answer.
                if b"room" not in (served.folder / "said.txt").read_bytes():
                    found.note("stuck", "it did not start and did not say why")
                served.start()
                continue
            kept, told = asyncio.run(_until_full(served, trial))
            if not told:
                found.note("stuck", "no plain sentence when the disk was full")
            if not served.end():
                found.note("stuck", "it did not end when the disk was full")
            found.promises += len(kept)
            here = {guest.person.name for guest in store.gatherings.guests(id) if guest.here}
            if not set(kept) <= here or not whole(store):
                found.note("lost", f"{len(set(kept) - here)} who were in")
            if not served.start():
                found.note("stuck", "it did not start once there was room")
            elif not asyncio.run(come(served.phone(1), served.way_in, f"Later {trial}")):
                found.note("stuck", "nobody could come once there was room")
        store.close()
    return found


async def _until_full(served: Served, trial: int) -> tuple[list[str], bool]:
    kept: list[str] = []
    for number in range(400):
        phone, name = served.phone(number), f"Guest {trial} {number}"
        if await come(phone, served.way_in, name):
            kept.append(name)
            continue
        said = phone.answers[-1].text
        plain = phone.answers[-1].status == 503 and "<h1" in said and "Traceback" not in said
        return kept, plain
    return kept, False


def two_starts(trials: int) -> Found:
    """The same press from two at the same moment."""
    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'relexp.sqlite3'}"
        stores = [open_store(url) for _ in range(2)]
        id, lead = opened(stores[0])
        with ThreadPoolExecutor(2) as both:
            for trial in range(trials):
                found.trials += 1
                before = len(stores[0].gatherings.pressed(id))
                press = Press.PAUSE if trial % 2 else Press.GO_ON
                work = [
                    both.submit(_press, store, id, lead, press, f"{trial} {at}", before)
                    for at, store in enumerate(stores)
                ]
                if sorted(each.result() for each in work) != ["done", "told"]:
                    found.note("stuck", f"{[each.result() for each in work]}")
                found.promises += 1
                after = len(stores[1].gatherings.pressed(id))
                if after > before + 1:
                    found.note("doubled", "it was pressed twice")
                elif after <= before:
                    found.note("lost", "it was not pressed at all")
        for store in stores:
            store.close()
    return found


def _press(store: Store, id: str, lead: Identity, press: Press, key: str, before: int) -> str:
    try:
        store.gatherings.press(id, Act(press, now()), lead, key, before)
    except Stale:
        return "told"
    return "done"


def network_cut(trials: int) -> Found:
    """A line that breaks in the middle, and a phone that tries again."""
    found, chance = Found(), random.Random(20_261_128)
    with serving() as served:
        store = open_store(served.store)
        id, _ = opened(store)
        for trial in range(trials):
            found.trials += 1
            name = f"Guest {trial}"
            answer = asyncio.run(_cut_and_again(served.phone(trial), served.way_in, name, chance))
            found.promises += name in answer
            if name not in answer:
                found.note("stuck", "the phone never got its card")
        names = [guest.person.name for guest in store.gatherings.guests(id) if guest.here]
        for _ in range(len(names) - len(set(names))):
            found.note("doubled", "a phone that sent twice is in twice")
        for _ in range(found.trials - found.stuck - len(set(names))):
            found.note("lost", "a phone with a card is not in the room")
        store.close()
    return found


async def _cut_and_again(phone: Phone, way_in: str, name: str, chance: random.Random) -> str:
    await phone.get(way_in)
    await phone.get("/card/here")
    for _ in range(chance.randrange(1, 4)):
        await phone.broken_post(
            "/card/here", {**YES, "name": name}, chance.randrange(0, 1500), chance.randrange(0, 400)
        )
    answer = await phone.post("/card/here", {**YES, "name": name})
    if name not in answer.text:
        answer = await phone.get("/card")
    await phone.close()
    return answer.text


def now() -> datetime:
    """The time by the clock."""
    return datetime.now(UTC)


CASES: dict[str, Callable[[int], Found]] = {
    "kill_writers": kill_writers,
    "kill9": kill9,
    "disk_full": disk_full,
    "two_starts": two_starts,
    "network_cut": network_cut,
}


FIGURES = ("trials", "promises", "lost", "doubled", "stuck", "seconds")


def _told(case: str, trials: int) -> Found:
    """Try one case, and say on stderr what it is, as it takes minutes, and what came of it."""
    print(f"{case}: {trials} trials ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    found = CASES[case](trials)
    found.seconds = round(time.monotonic() - began)
    said = ", ".join(f"{name} {getattr(found, name)}" for name in FIGURES[1:])
    print(f"{case}: {said}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Try, print, and keep what was asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--quick", action="store_true", help=f"trials: {QUICK} in place of {TRIALS}")
    ask.add_argument("--kills", type=int, help="so many trials of kill_writers, whatever the others are")
    ask.add_argument("--cases", default=",".join(CASES), help="which, with commas between")
    ask.add_argument("--json", type=Path)
    ask.add_argument("--results", type=Path)
    asked = ask.parse_args()
    cases = asked.cases.split(",")
    trials = (QUICK if asked.quick else TRIALS) | ({"kill_writers": asked.kills} if asked.kills else {})
    found = {case: _told(case, trials[case]) for case in cases}
    figures = {case: {name: getattr(each, name) for name in FIGURES} for case, each in found.items()}
    text = table(
        ("case", *FIGURES),
        [(case, *map(str, each.values())) for case, each in figures.items()],
    )
    print(text)
    for case, each in found.items():
        for words in each.said:
            print(f"{case}: {words}")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    if asked.results:
        command = (
            "python benchmarks/faults.py"
            + " --quick" * asked.quick
            + (f" --kills {asked.kills}" if asked.kills else "")
            + f" --cases {asked.cases}" * (len(cases) < len(CASES))
        )
        keep(asked.results, "faults", f"{now():%Y-%m-%d}, `{command}`, on {os.cpu_count()} cores.\n\n{text}")


if __name__ == "__main__":
    main()
