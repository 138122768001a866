"""An evening is run in a real browser: from the list at the door to a leaver in round 1, by two who lead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from relexp.apps.opening import Planned, open_doors
from relexp.exchange.demo import demo_sheet
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Asked, Lead
from relexp.pairing.plan import plan
from relexp.privacy.roles import Role
from relexp.roster.rule_check import default_rules
from relexp.store import open_store
from tests.browser.visiting import PATIENCE, until

ROSTER = read_roster(demo_sheet(), "demo.csv").roster
LATE = ("محمد عبد الرحمن", "Margaret Fairweather")
# Of those who are expected, so many never come.
AWAY = 4


@pytest.fixture
def store(server):
    opened = open_store(server.store)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def evening():
    return plan(ROSTER, default_rules(ROSTER, 5))


def on_the_run_page(visit, size):
    """A window on the page, of somebody who has the facilitator's key."""
    window = visit(size)
    window.page.context.request.get(window.links["facilitator"], max_redirects=0)
    window.page.goto(f"{window.links['base']}/run")
    window.page.locator("html[data-ready]").wait_for(timeout=PATIENCE * 1000)
    return window


def counts(page, words):
    until(page, f"[...document.querySelectorAll('.pick label')].some((each) => each.textContent === '{words}')")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_an_evening_is_run_from_the_door_on(visit, store, evening, size):
    window = on_the_run_page(visit, size)
    page = window.page
    page.get_by_text("No gathering is open just now").wait_for()
    window.check()

    # opened elsewhere, it is here at once
    lead, now = store.identities.house(Role.FACILITATOR, datetime.now(UTC)), datetime.now(UTC)
    asked = Asked(rules={"rounds": 5}, columns=ROSTER.columns, private=ROSTER.private, lead=Lead("Siân"))
    id = open_doors(store, lead, Planned("Neighbours", asked, ROSTER.people, evening, "", ()), now)
    page.get_by_role("heading", name="People are arriving").wait_for()
    punctual = [person for person in ROSTER if person.name not in LATE][AWAY:]
    for person in punctual:
        store.gatherings.come(id, person.id, now)
    counts(page, f"Here ({len(punctual)})")

    # at the door, by the keyboard alone
    name = page.get_by_label("Look for a name")
    for who in LATE:
        name.fill(who.split()[0])
        name.press("Enter")
        page.locator("#live", has_text=who).wait_for(state="attached")
    assert name.input_value() == ""
    counts(page, f"Here ({len(ROSTER) - AWAY})")
    window.check()

    # what somebody said yes to, taken back and given aloud
    name.fill("محمد")
    page.get_by_role("button", name=f"What they said yes to: {LATE[0]}").click()
    page.get_by_role("heading", name=f"What {LATE[0]} said yes to").wait_for()
    window.check()
    page.get_by_role("button", name="They say yes").last.click()
    page.locator(".note", has_text="may be in photos").wait_for()
    page.get_by_role("button", name="They take it back").click()
    page.locator(".note", has_text="is to be in no photo").wait_for()
    window.check()
    page.get_by_role("button", name="Done", exact=True).click()
    name.fill("")

    # planned from who is here, and begun
    page.get_by_role("button", name="Plan from who is here").click()
    page.get_by_role("heading", name=f"{len(ROSTER) - AWAY} people who are here").wait_for(timeout=PATIENCE * 1000)
    window.check()
    page.get_by_role("button", name="Use this plan").click()
    for action in ("Begin the welcome", "Start round 1"):
        page.get_by_role("button", name=action).click()
    page.get_by_role("heading", name="The question").wait_for()
    before = page.locator(".clock-face").text_content()
    until(page, f"document.querySelector('.clock-face').textContent !== '{before}'")
    assert page.locator(".seats > li").count() == (len(ROSTER) - AWAY) // 2
    window.check()

    # another who leads stops the clock, and both see it
    other = on_the_run_page(visit, "phone").page
    other.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on", exact=True).wait_for()
    page.get_by_text("The clock stands still.").wait_for()

    # somebody leaves: it is said for whom that changes anything, then done
    page.get_by_text("At the door", exact=True).first.click()
    name.fill(LATE[1])
    page.get_by_role("button", name=f"Has left: {LATE[1]}").click()
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("heading", name="from round 2 on").wait_for(timeout=PATIENCE * 1000)
    window.check()
    page.get_by_role("button", name="Use this plan").click()
    other.get_by_role("button", name="See what would change").wait_for(state="hidden")


def test_a_rehearsal_runs_by_a_fast_clock_and_says_that_it_is_one(visit):
    window = on_the_run_page(visit, "laptop")
    page = window.page
    page.get_by_role("button", name="Rehearse with a made-up room").click()
    page.get_by_text("REHEARSAL", exact=True).wait_for(timeout=PATIENCE * 1000)
    page.get_by_role("button", name="Start round 1").click()
    # Four of them are late.
    page.get_by_role("heading", name="Round 1 has not begun").wait_for()
    page.wait_for_timeout(600)
    assert page.evaluate("document.activeElement.id") == "again"
    window.check()
    page.get_by_role("button", name="Start round 1 all the same").click()
    # The minute of the question takes a second.
    page.get_by_role("heading", name="Talk", exact=True).wait_for(timeout=5000)
    page.get_by_role("button", name="End the rehearsal").click()
    page.get_by_text("No gathering is open just now").wait_for()
