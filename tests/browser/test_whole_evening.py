"""A whole evening in a real browser: a laptop, a projector and five phones; three come late, two leave, relexp is killed
in round 3, and the phones' network is cut in round 4. Nothing is lost, and nobody meets anybody twice."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.pairing.evening import Conversation
from relexp.store import open_store
from tests.browser.proxy import Proxy
from tests.browser.visiting import PATIENCE, SIZES, Visit, start, until

PEOPLE = read_roster(demo_sheet(), "demo.csv").roster.people
PHONES, LATE, LEAVE = PEOPLE[:5], PEOPLE[20:23], PEOPLE[30:32]
ROUNDS = 5
# Of what a browser says when the server is gone or the line is cut, nothing is a fault of the page's.
EXPECTED = "net::ERR"


@pytest.fixture
def running(tmp_path):
    made = [start(tmp_path)]
    yield made
    made[-1].end()


def table_of(rounds: dict[int, tuple[Conversation, ...]], number: int, id: str) -> int:
    return next(talk.table for talk in rounds[number] if id in talk.people)


def test_a_whole_evening_goes_well_whatever_happens(running, tmp_path, chromium: Browser) -> None:
    first = running[0]
    store = open_store(first.store)
    evening = Whole(chromium, first.links, store, int(urlsplit(first.links["base"]).port or 0))
    with Proxy(evening.port) as line:
        try:
            evening.plan_and_open()
            evening.come(line.port)
            evening.round(1)
            evening.late()
            evening.round(2)
            evening.begin(3)
            # Killed in the middle of round 3: the screen goes on by its own clock, then everything is where it was.
            first.process.send_signal(signal.SIGKILL)
            first.process.wait()
            evening.projector.get_by_text("relexp does not answer just now").wait_for(timeout=15_000)
            running.append(start(tmp_path, port=evening.port))
            evening.lead.reload()
            evening.lead.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
            evening.shows(3)
            evening.leave()
            evening.finish(3)
            line.cut()
            evening.begin(4, phones=False)
            line.open()
            evening.shows(4)
            evening.finish(4)
            evening.round(5)
            evening.close()
        finally:
            evening.end()
            store.close()


class Whole:
    """The windows of an evening, and what everybody should see in them."""

    def __init__(self, chromium: Browser, links: dict[str, str], store, port: int) -> None:
        self.chromium, self.links, self.store, self.port = chromium, links, store, port
        self.contexts = []
        self.wrong: list[str] = []
        self.window = Visit(self.open("laptop"), links)
        self.lead, self.projector = self.window.page, self.open("projector")
        self.phones: list[Page] = []
        self.finished: dict[int, list[Conversation]] = {}

    def open(self, size: str) -> Page:
        context = self.chromium.new_context(viewport=SIZES[size])
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self.hear)
        return page

    def hear(self, said: ConsoleMessage) -> None:
        """Note what a page complains of; that it asks the new server for its old Python, before it is loaded again, and
        hears that there is none, is as it should be.
        """
        address = said.location["url"]
        if said.type == "error" and EXPECTED not in said.text and "/api/kernels/" not in address:
            self.wrong.append(f"{said.text} {address}")

    def end(self) -> None:
        for context in self.contexts:
            context.close()

    def plan_and_open(self) -> None:
        self.window.open()
        self.window.choose(demo_sheet())
        self.lead.locator(".read", has_text="54 people").wait_for()
        self.window.plan()
        self.lead.get_by_label("Who looks after people").fill("Siân")
        self.lead.get_by_label("Where they are found").fill("by the tea table")
        self.lead.get_by_role("button", name="Open the doors").click()
        self.lead.get_by_text("The doors are open.").first.wait_for()
        self.lead.goto(f"{self.links['base']}/run")
        self.lead.get_by_role("heading", name="People are arriving").wait_for(timeout=PATIENCE * 1000)
        self.projector.goto(self.links["projector"])
        self.projector.get_by_role("button", name="Sound on").wait_for()

    def come(self, port: int) -> None:
        """Five by their phones over the hall's network; the others are ticked off at the desk, but for three."""
        way_in = f"http://127.0.0.1:{port}{self.links['participant'].removeprefix(self.links['base'])}"
        for person in PHONES:
            page = self.open("phone")
            page.goto(way_in)
            page.get_by_label("What is your name?").fill(person.name)
            page.get_by_role("button", name="Find me").click()
            page.get_by_role("link", name=person.name, exact=True).click()
            page.get_by_label("My name on tonight’s plan").check()
            page.get_by_role("button", name="I am here").click()
            page.get_by_role("heading", name="You are in").wait_for()
            self.phones.append(page)
        kept = self.store.gatherings.current()
        self.id = kept.id
        for person in PEOPLE:
            if person not in LATE and person not in PHONES:
                self.store.gatherings.come(self.id, person.id, datetime.now(UTC))
        self.lead.get_by_text(f"Here ({len(PEOPLE) - len(LATE)})", exact=True).wait_for()
        self.lead.get_by_role("button", name="Plan from who is here").click()
        self.use_the_plan()
        self.press("Begin the welcome")

    def round(self, number: int) -> None:
        self.begin(number)
        self.finish(number)

    def begin(self, number: int, phones: bool = True) -> None:
        self.press(f"Start round {number}")
        self.press("Begin the talk")
        if phones:
            self.shows(number)

    def shows(self, number: int) -> None:
        """Everybody sees the same evening: the projector the round, each phone its own table and partners."""
        rounds = self.rounds()
        names = {guest.person.id: guest.person.name for guest in self.store.gatherings.guests(self.id)}
        self.projector.get_by_text(f"Round {number} of {ROUNDS}").first.wait_for(timeout=15_000)
        for page, person in zip(self.phones, PHONES, strict=True):
            talk = next(talk for talk in rounds[number] if person.id in talk.people)
            page.get_by_role("heading", name=f"Table {talk.table}", exact=True).wait_for(timeout=20_000)
            for id in talk.people:
                if id != person.id:
                    page.get_by_text(names[id]).first.wait_for()
        if folder := os.environ.get("RELEXP_SHOTS"):
            for name, page in (("lead", self.lead), ("projector", self.projector), ("phone", self.phones[0])):
                page.screenshot(path=f"{folder}/whole-{number}-{name}.png")

    def finish(self, number: int) -> None:
        self.press("End the talk")
        self.press("Go on to")
        self.finished[number] = list(self.rounds()[number])

    def late(self) -> None:
        """Three come in late: a plan for what is to come, and for nothing else."""
        self.lead.locator("label", has_text="At the door").first.click()
        name = self.lead.get_by_label("Look for a name")
        for person in LATE:
            name.fill(person.name)
            name.press("Enter")
            self.lead.locator("#live", has_text=person.name).wait_for(state="attached")
        self.lead.get_by_text(f"Here ({len(PEOPLE)})", exact=True).wait_for()
        self.replan()

    def leave(self) -> None:
        self.lead.locator("label", has_text="At the door").first.click()
        for person in LEAVE:
            self.lead.get_by_label("Look for a name").fill(person.name)
            self.lead.get_by_role("button", name=f"Has left: {person.name}").click()
        self.replan()

    def replan(self) -> None:
        self.lead.get_by_role("button", name="See what would change").click()
        self.use_the_plan()

    def use_the_plan(self) -> None:
        self.lead.get_by_role("button", name="Use this plan").click(timeout=PATIENCE * 1000)
        self.lead.get_by_role("button", name="Use this plan").wait_for(state="hidden")

    def close(self) -> None:
        self.press("Close the evening")
        self.projector.get_by_role("heading", name="Thank you for coming").wait_for(timeout=15_000)
        for page in self.phones:
            page.get_by_text("Thank you").first.wait_for(timeout=20_000)
        rounds = self.rounds()
        assert {number: list(rounds[number]) for number in self.finished} == self.finished
        pairs = [pair for number in rounds for talk in rounds[number] for pair in talk.pairs()]
        assert len(pairs) == len(set(pairs)), "somebody met twice"
        seated = [{id for talk in rounds[number] for id in talk.people} for number in sorted(rounds)]
        everybody, late, left = ({person.id for person in group} for group in (PEOPLE, LATE, LEAVE))
        assert seated == [everybody - late, everybody, everybody, everybody - left, everybody - left]
        assert self.wrong == []

    def rounds(self) -> dict[int, tuple[Conversation, ...]]:
        return {round.number: round.conversations for round in self.store.gatherings.rounds(self.id)}

    def press(self, action: str) -> None:
        """Press it, and wait until it has been noted."""
        before = len(self.store.gatherings.pressed(self.id))
        self.lead.get_by_role("button", name=action).first.click()
        until(self.lead, "true")
        for _ in range(200):
            if len(self.store.gatherings.pressed(self.id)) > before:
                return
            self.lead.wait_for_timeout(50)
        raise AssertionError(f"{action}: not pressed")
