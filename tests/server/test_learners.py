"""Whoever learns has a place of their own, comes back to it by a link of their own, and finds no answer on any page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from markupsafe import Markup, escape

from relexp.exchange.exercises import load_exercise
from relexp.exchange.shipped import shipped
from relexp.exchange.unit_words import edition_called, editions
from relexp.exchange.units import load_units, unit_folder
from relexp.learning.progress import Event, Verb
from relexp.learning.unit import BlockKind, Unit
from relexp.privacy.roles import Role
from relexp.server.doors import now
from relexp.store.identities import house_id
from tests.exchange.test_unit_notebooks import secrets
from tests.server.test_routes import DOOR, Browser

HOME = shipped("modules") / "across-difference"
UNITS = load_units(HOME)
PAGES = [(unit, name) for unit in UNITS for name in editions(unit_folder(HOME, unit))]
NAME = re.compile(r'id="name" name="name"[^>]* value="([^"]*)"')
STATES = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


@pytest.fixture
def comes(running):
    """A browser that opens a link; the group's, where nothing is said."""

    def arrive(link=None):
        browser = Browser(running.links["base"])
        assert browser.ask((link or running.links["learner"]).removeprefix(browser.base))[0] == 302
        return browser

    return arrive


def own(browser):
    """The id of whoever this browser is, as their name tells it."""
    return NAME.search(browser.ask("/learn/link")[1])[1]


def named(browser, name):
    browser.send("/learn/link", "/learn/link", what="name", name=name)


def link_of(browser, page="/learn/link", **form):
    """A new link out of a page that makes one."""
    made = browser.send(page, page, **form)[1]
    return re.search(r'class="address" href="([^"]+)"', made)[1]


def learners(store):
    return {link.identity for link in store.links.all(now()) if link.identity.role is Role.LEARNER}


def test_whoever_gives_a_name_or_takes_it_back_is_told_so(comes):
    browser = comes()
    told = [browser.send("/learn/link", "/learn/link", what="name", name=name)[1] for name in ("রহিমা খাতুন", "")]
    assert "The name is kept." in told[0]
    assert "Your record has no name on it now." in told[1]


def test_each_browser_that_opens_the_groups_link_is_somebody_of_their_own_and_stays_so(running, store, comes):
    before = learners(store)
    one, other = comes(), comes()
    named(one, "Amina Begum")
    assert (own(one), own(other)) == ("Amina Begum", "")
    assert len(learners(store) - before) == 2
    # Whoever opens it again is nobody new.
    assert one.ask(running.links["learner"].removeprefix(one.base))[0] == 302
    assert own(one) == "Amina Begum"
    assert len(learners(store) - before) == 2
    assert house_id(Role.LEARNER) not in {each.id for each in learners(store) - before}


def test_a_link_of_ones_own_opens_the_same_place_elsewhere_and_is_shut_again(comes):
    laptop = comes()
    named(laptop, "Ngozi Adébáyò-Llywelyn")
    phone = comes(link_of(laptop))
    assert own(phone) == "Ngozi Adébáyò-Llywelyn"
    shut = re.findall(r'name="link" value="([^"]+)"', laptop.ask("/learn/link")[1])
    assert len(shut) == 1
    # Of nobody else's.
    assert comes().send("/learn/link/shut", "/learn/link", link=shut[0])[0] == 302
    assert own(phone) == "Ngozi Adébáyò-Llywelyn"
    assert laptop.send("/learn/link/shut", "/learn/link", link=shut[0])[0] == 302
    assert DOOR in phone.ask("/learn/link")[1]
    assert own(laptop) == "Ngozi Adébáyò-Llywelyn"


def test_a_name_is_shown_as_it_is_typed_and_never_longer_than_its_box(comes):
    browser = comes()
    for typed in ("<b>Nia</b> & co", "নাসরিন আক্তার", "أمينة", "", "a" * 99):
        named(browser, f" {typed} ")
        assert html.unescape(own(browser)) == typed[:60]
    assert "<b>Nia" not in browser.ask("/learn/link")[1]


def test_the_groups_link_is_made_without_a_name_and_shut_and_those_who_are_in_stay(running, store, comes):
    lead = comes(running.links["facilitator"])
    link = link_of(lead, "/links", role="learner", lasts="7", name="")
    inside = comes(link)
    named(inside, "Bethan")
    theirs = store.links.id_of(link.rpartition("/")[2])
    lead.send("/links/shut", "/links", link=theirs)
    late = Browser(running.links["base"])
    assert DOOR in late.ask(link.removeprefix(late.base))[1] or late.ask("/learn")[0] == 403
    assert own(inside) == "Bethan"


def test_whoever_made_a_link_for_learners_comes_to_nobodys_place_by_it(running, comes):
    lead = comes(running.links["facilitator"])
    link = link_of(lead, "/links", role="learner", lasts="7", name="Carys Pugh")
    learner = comes(link)
    named(learner, "Carys Pugh")
    assert own(comes(link)) == ""
    assert lead.ask(link.removeprefix(lead.base))[0] == 302
    assert own(lead) == ""


def test_whoever_leads_sees_whose_own_links_are_open_and_can_shut_them(running, comes):
    learner = comes()
    named(learner, "Nia <Rees>")
    phone = comes(link_of(learner))
    lead = comes(running.links["facilitator"])
    page = lead.ask("/links")[1]
    theirs = page.partition("Learners’ own links")[2]
    assert str(escape("Nia <Rees>")) in theirs
    for link in re.findall(r'name="link" value="([^"]+)"', theirs):
        lead.send("/links/shut", "/links", link=link)
    assert DOOR in phone.ask("/learn/link")[1]


def test_whoever_leads_and_learns_in_one_browser_learns_as_the_learner_whom_they_know(running, store, comes):
    browser = comes()
    named(browser, "Dai Rees")
    (me,) = (each for each in learners(store) if each.name == "Dai Rees")
    assert browser.ask(running.links["facilitator"].removeprefix(browser.base))[0] == 302
    store.learning.write(me.id, "start", "journal", "quincunx", now(), 0)
    assert "quincunx" in browser.ask("/learn")[1]
    # Nobody else reads it by the same address.
    assert "quincunx" not in comes(running.links["facilitator"]).ask("/learn")[1]
    assert "quincunx" not in comes().ask("/learn")[1]
    assert "quincunx" not in comes(running.links["facilitator"]).ask("/cohort")[1]


def test_those_who_lead_by_the_houses_link_do_not_read_what_one_another_writes(running, store, comes):
    before = learners(store)
    one, other = (comes(running.links[role]) for role in ("facilitator", "trainer"))
    again = comes(running.links["facilitator"])
    for lead in (one, other, again):
        # The first page is still that of whoever leads; only to learn, each browser is somebody of its own.
        assert lead.ask("/leadership")[0] == 200
        assert lead.ask("/learn/link")[0] == 403
        assert lead.ask("/learn")[0] == 200
        assert own(lead) == ""
    assert len(learners(store) - before) == 3
    assert one.ask("/units/start")[0] == 200
    assert len(learners(store) - before) == 3
    assert one.ask("/gathering")[0] == 200
    # Each door stands on their first page once.
    assert one.ask("/")[1].count('href="/learn"') == 1
    assert one.ask("/")[1].count('href="/learn/link"') == 1


def test_whoever_made_the_link_of_somebody_who_trains_does_not_read_what_they_write(running, store, comes):
    trainer = store.identities.add(Role.TRAINER, "Siân Prys", now())
    secret, _ = store.links.make(trainer, now(), timedelta(days=1))
    before = learners(store)
    for browser in (comes(f"{running.links['base']}/in/{secret}") for _ in range(2)):
        assert browser.ask("/learn")[0] == 200
        assert browser.ask("/leadership")[0] == 200
    # Each browser is a learner of its own, and the trainer's link leads to neither.
    assert len(learners(store) - before) == 2
    assert trainer not in learners(store)


def texts(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        found = [*found.values()]
    if isinstance(found, list):
        for each in found:
            yield from texts(each)
    elif isinstance(found, str):
        yield found


def all_text(page: str) -> str:
    """All that a page holds: what is read, and the states of its widgets; each of them without its tags as well."""
    states = [text for state in STATES.findall(page) for text in texts(json.loads(state))]
    return "\n".join((html.unescape(page), *states, *(Markup(state).striptags() for state in states)))


def hidden(unit: Unit) -> set[str]:
    """What nobody may read of a unit before they have answered, or had their work looked at."""
    found = {secret for id, item in unit.items.items() for secret in secrets(item, unit.keys[id])}
    for block in unit.blocks:
        if block.kind is BlockKind.EXERCISE:
            exercise = load_exercise(shipped("exercises") / block.tool)
            found |= {said for check in exercise.checks for said in (check.met, check.not_yet)} | {exercise.exemplar}
    return found


@pytest.mark.parametrize(("unit", "name"), PAGES, ids=lambda each: getattr(each, "id", each))
def test_no_page_of_a_unit_holds_what_is_said_of_an_answer(comes, unit, name):
    status, page = comes().ask(f"/units/{unit.id}.{name}" if name else f"/units/{unit.id}")
    assert status == 200
    read = edition_called(unit_folder(HOME, unit), unit, name).unit
    found = all_text(page)
    # The questions are there, and what is looked for is what stands in the states.
    assert all(item.ask in found for item in read.items.values())
    assert {secret for secret in hidden(read) | hidden(unit) if secret in found} == set()


def test_questions_that_come_again_hold_no_answer_either(store, comes):
    browser = comes()
    named(browser, "Recalls a lot")
    (me,) = (each for each in learners(store) if each.name == "Recalls a lot")
    settled = [
        Event(f"recall {unit.id} {id}", now().replace(year=now().year - 1), Verb.ANSWERED, unit.id, block.id, id)
        for unit in UNITS
        for block in unit.blocks
        for id in block.items
        if block.kind is BlockKind.QUIZ
    ]
    store.learning.add(me.id, settled)
    found = all_text(browser.ask("/learn")[1])
    assert "Do you still know?" in found
    asked = [item for unit in UNITS for item in unit.items.values() if item.ask in found]
    assert asked
    assert {secret for unit in UNITS for secret in hidden(unit) if secret in found} == set()
