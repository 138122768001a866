"""Phones at the door and during the evening: nobody is in twice, nobody sees the list, and each sees their own table."""

from __future__ import annotations

import re
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from relexp.gathering.running import Press
from relexp.privacy.consent import WORDING
from relexp.privacy.roles import Role
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Reflection
from relexp.server.doors import now
from relexp.server.places import asset
from tests.server.evenings import MINUTE, people
from tests.server.test_routes import Browser

YES = {"seating": "yes"}


def comes(browser, **form):
    """Send the form at the door; what the phone then shows."""
    page = f"/card/here?person={form['person']}" if "person" in form else "/card/here"
    status, text = browser.send("/card/here", page, **form)
    return browser.ask("/card")[1] if status == 302 else text


def names(text):
    return re.findall(r'card/here\?person=[^"]+"><bdi>([^<]+)', text)


def here(held):
    return [guest.person.name for guest in held.store.gatherings.guests(held.id) if guest.here]


class Line:
    """The line over which a phone hears of changes."""

    def __init__(self, browser, path):
        self.reply = browser.opener.open(urllib.request.Request(browser.base + path), timeout=15)

    def hears(self):
        """The next event that is no beat."""
        event, data, end = "beat", "", time.monotonic() + 15
        while event == "beat":
            assert time.monotonic() < end, "nothing but the time was heard"
            lines = iter(lambda: self.reply.readline().decode().rstrip("\n"), "")
            event, *data = [line.partition(": ")[2] for line in lines]
        return event, "\n".join(data)


def test_with_nothing_on_a_phone_is_told_kindly_and_changes_by_itself(phone, hold):
    browser = phone()
    status, page = browser.ask("/card")
    assert (status, "Nothing is on just now" in page) == (200, True)
    assert '<noscript><meta http-equiv="refresh" content="15">' in page
    line = Line(browser, "/card/changes?kind=nothing")
    assert line.hears()[0] == "show"
    hold(people(3))
    assert line.hears() == ("reload", "now")
    assert browser.ask("/card")[0] == 302
    assert "What is your name?" in browser.ask("/card/name")[1]


def test_a_phone_finds_its_own_name_and_never_the_list(phone, hold):
    hold(people(80))
    browser = phone()
    assert names(browser.ask("/card/name")[1]) == []
    assert names(browser.ask("/card/name?name=a")[1]) == []
    found = browser.ask("/card/name?name=am")[1]
    assert len(names(found)) == 5
    assert "More names begin like this" in found
    assert names(browser.ask("/card/name?name=Kwame+Nkrumah+Asante+7")[1]) == ["Kwame Nkrumah Asante 7"]
    assert "Group" not in found
    for _ in range(40):
        page = browser.ask("/card/name?name=bo")[1]
    assert "many names in a row" in page


def test_who_checks_in_twice_is_here_once_and_a_second_phone_is_told_kindly(phone, hold):
    held = hold(people(4))
    one, other = phone(), phone()
    assert "You are in, <bdi>Amina Khan</bdi>" in comes(one, person="p0", **YES)
    # The phone that did not hear the answer sends it again.
    token = re.search(r'name="_xsrf" value="([^"]+)"', one.ask("/card")[1])[1]
    assert one.ask("/card/here", {"_xsrf": token, "person": "p0", **YES})[0] == 302
    assert "Another phone came in with this name before" in comes(other, person="p0", **YES)
    assert here(held) == ["Amina Khan"]


def test_one_phone_that_sends_a_newcomer_many_times_at_once_makes_one_person(phone, hold):
    held = hold(people(4))
    browser = phone()
    token = re.search(r'name="_xsrf" value="([^"]+)"', browser.ask("/card/here")[1])[1]
    form = {"_xsrf": token, "name": "Hajar", **YES}
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(lambda _: browser.ask("/card/here", form)[0], range(8)))
    assert set(replies) == {302}
    assert here(held) == ["Hajar"]


def test_what_a_newcomer_types_is_kept_escaped_and_no_longer_than_a_badge(phone, hold):
    held = hold(people(4))
    page = comes(
        phone(), name="<script>alert(1)</script>" + "x" * 99, came_with="Bethel", languages="Welsh, বাংলা", **YES
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    new = held.store.gatherings.guests(held.id)[-1].person
    assert len(new.name) == 60
    assert (new.organisation, new.languages) == ("Bethel", frozenset({"welsh", "বাংলা"}))


def test_without_a_yes_to_the_plan_nobody_is_put_on_it_and_what_was_typed_stays(phone, hold):
    held = hold(people(4))
    page = comes(phone(), name="Hajar", came_with="Bethel", photo="yes", quiet="yes")
    assert "when your name may be on tonight’s plan" in page
    assert all(kept in page for kept in ('value="Hajar"', 'value="Bethel"', 'name="photo" value="yes" checked'))
    assert 'name="seating" value="yes" checked' not in page
    assert here(held) == []
    assert "what we may call you" in comes(phone(), **YES)


def test_each_yes_is_kept_with_the_wording_that_was_read(phone, hold):
    held = hold(people(4))
    comes(phone(), person="p0", photo="yes", **YES)
    welsh = phone()
    assert welsh.ask("/card/here?language=cy")[0] == 302
    assert "Fy enw ar gynllun heno" in welsh.ask("/card/here?person=p1")[1]
    comes(welsh, person="p1", **YES)
    with held.store.gatherings.at_one_moment() as connection:
        found = connection.exec_driver_sql("SELECT person_id, purpose, wording FROM consents").all()
    assert set(found) == {
        ("p0", "seating", WORDING),
        ("p0", "photo", WORDING),
        ("p1", "seating", f"{WORDING}-cy"),
    }


def test_a_young_person_comes_in_with_a_grown_up_from_the_list_or_by_the_desk(phone, hold):
    expected = people(4)
    held = hold([*expected, replace(expected[0], id="young", name="Mina", under_18=True)])
    assert "Please come to the desk together" in comes(phone(), name="Zed", under_18="yes", **YES)
    assert "Please come to the desk together" in comes(phone(), name="Zed", under_18="yes", adult="Mina", **YES)
    # That they are young stands on the sheet, and is said to nobody who takes their name.
    page = comes(phone(), person="young", **YES)
    assert "Please come to the desk" in page
    assert here(held) == []
    assert "You are in" in comes(phone(), name="Zed", under_18="yes", adult="amina khan", **YES)
    zed = held.store.gatherings.guests(held.id)[-1].person
    assert (zed.under_18, zed.responsible_adult) == (True, "p0")


def test_needs_are_added_to_what_the_sheet_says_and_shown_to_nobody(phone, hold):
    expected = people(3)
    held = hold([replace(expected[0], quiet=True, women_only=True, gender="f"), *expected[1:]])
    browser = phone()
    assert "checked" not in browser.ask("/card/here?person=p0")[1]
    page = comes(browser, person="p0", seat="yes", rest="2", **YES)
    person = held.store.gatherings.guests(held.id)[0].person
    assert (person.quiet, person.women_only, person.fixed_seat, person.rest) == (True, True, 0, frozenset({2}))
    assert not re.search("quiet|wom[ae]n|seat|Group 0", re.sub("<[^>]+>", " ", page.partition("<main")[2]))


def test_two_of_one_name_are_asked_whom_they_came_with(phone, hold):
    one, other = people(2)
    held = hold(
        [
            replace(one, name="John Smith", organisation="Bethel"),
            replace(other, name="john smith", organisation="Al-Noor"),
        ]
    )
    browser = phone()
    assert names(browser.ask("/card/name?name=john")[1]) == ["John Smith"]
    assert "Whom did you come with?" in browser.ask("/card/here?person=p0")[1]
    assert "We do not find you by that" in comes(browser, person="p0", came_with="somewhere", **YES)
    assert "You are in" in comes(browser, person="p0", came_with="al-noor", **YES)
    assert [guest.person.id for guest in held.store.gatherings.guests(held.id) if guest.here] == ["p1"]


def test_who_took_the_wrong_name_finds_the_door_again(phone, hold):
    held = hold(people(4))
    browser = phone()
    comes(browser, person="p0", **YES)
    assert browser.send("/card/wrong", "/card")[0] == 302
    assert browser.ask("/card")[0] == 302
    assert here(held) == []
    assert "You are in" in comes(phone(), person="p0", **YES)


def test_a_card_shows_the_table_the_partner_the_question_and_whom_to_turn_to(phone, hold):
    held = hold(people(4))
    browser = phone()
    comes(browser, person="p0", **YES)
    held.seat()
    held.press(Press.WELCOME, Press.START_ROUND, Press.SKIP)
    page = browser.ask("/card")[1]
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Round 1 of 5 Table 1 with Siân Llewelyn-Pritchard" in said
    assert "What brought you here?" in said
    assert "Talk to Siân Llewelyn : by the kitchen door, yellow scarf ." in said
    assert "Group" not in said


def test_a_card_hears_within_a_second_and_only_of_what_it_shows(phone, hold):
    held = hold(people(6))
    browser = phone()
    comes(browser, person="p0", **YES)
    line = Line(browser, "/card/changes?kind=mine")
    assert "You are in" in line.hears()[1]
    held.come()
    held.seat()
    held.press(Press.WELCOME)
    seen = line.hears()[1]
    if "Table" not in seen:
        seen = line.hears()[1]
    assert "Table" in seen
    held.store.gatherings.go(held.id, "p0", now())
    assert "You have gone home" in line.hears()[1]


def test_nobody_is_sent_to_a_table_until_the_plan_is_for_those_who_came(phone, hold):
    held = hold(people(6))
    browser = phone()
    comes(browser, person="p0", **YES)
    held.seat()
    held.press(Press.WELCOME)
    line = Line(browser, "/card/changes?kind=mine")
    seen = line.hears()[1]
    assert "Find a seat" in seen
    assert "Table" not in seen
    # The last of them comes, or the tables are planned anew: then the card says where to go.
    held.come()
    assert "Table" in line.hears()[1]
    # Who comes later still takes the table from nobody.
    comes(phone(), name="Zoë", **YES)
    assert "You have no table yet" not in browser.ask("/card")[1]
    assert "Table" in browser.ask("/card")[1]


def test_who_comes_when_all_is_over_is_told_so(phone, hold):
    held = hold(people(4))
    browser, late = phone(), phone()
    comes(browser, person="p0", **YES)
    held.press(Press.CLOSE)
    assert "The evening is over" in browser.ask("/card")[1]
    assert "The evening is over" in late.ask("/card")[1]
    assert late.ask("/card/name")[0] == 302


def test_whoever_was_there_sees_what_was_woven_and_nobody_is_named_in_it(phone, hold):
    held = hold(people(54))
    held.seat()
    browser = phone()
    assert "Nothing is woven yet" in browser.ask("/woven")[1]
    assert "Back to my card" not in browser.ask("/woven")[1]
    comes(browser, person="p0", **YES)
    held.come("p0")
    held.talk(round=2)
    held.press(Press.SKIP)
    page = browser.ask("/woven")[1]
    assert "54 people, 54 pairs who met." in page
    assert "drawn by lot" in page
    assert "Back to my card" in page
    assert not any(person.name in page for person in held.expected if len(person.name) > 2)
    held.press(Press.CLOSE)
    assert "What people shared" not in page
    day, write = now().date(), held.store.written
    write.share(held.id, 1, "<b>She sews</b>, too.", now())
    for visibility in Visibility:
        other = held.store.identities.add(Role.PARTICIPANT, "", now())
        write.reflect(Reflection(held.id, day, 3, taught=f"for {visibility}", visibility=visibility), other)
    page = browser.ask("/woven")[1]
    assert "&lt;b&gt;She sews&lt;/b&gt;, too." in page
    assert [f"for {each}" in page for each in Visibility] == [False, False, True]
    assert "/woven" in browser.ask("/card")[1]
    assert "ہم نے کیا بُنا" in browser.ask("/woven?language=ur")[1] or "ہم نے کیا بُنا" in browser.ask("/woven")[1]


def test_a_card_and_all_it_needs_are_less_than_fifty_kilobytes(running, phone, hold):
    held = hold(people(54))
    held.seat()
    browser = phone()
    comes(browser, person="p0", **YES)
    held.talk(gone=MINUTE)
    total = 0
    for path in ("/card", *(f"/{asset(name)}" for name in ("relexp.css", "evening.css", "live.js", "favicon.svg"))):
        asked = urllib.request.Request(browser.base + path, headers={"Accept-Encoding": "gzip"})
        with browser.opener.open(asked) as reply:
            total += len(reply.read()) + len(str(reply.headers))
    assert total < 50_000


def test_a_screen_whose_link_is_shut_finds_the_front_door(running, store, hold):
    hold(people(4))
    secret, _ = store.links.make(store.identities.house(Role.PROJECTOR, now()), now(), MINUTE)
    browser = Browser(running.links["base"])
    assert browser.ask(f"/in/{secret}")[0] == 302
    line = Line(browser, "/projector/changes")
    assert line.hears()[0] == "show"
    store.links.revoke(store.links.id_of(secret), now())
    assert line.hears() == ("reload", "now")
    assert browser.ask("/projector")[0] == 403


def test_strange_forms_break_nothing(phone, hold):
    hold(people(4))
    browser = phone()
    assert "We do not find" in browser.ask("/card/name?name=%F0%9F%98%80zz")[1]
    assert "You are welcome too" in browser.ask("/card/here?person=nobody")[1]
    assert "You are in" in comes(browser, person="nobody", name="Zed", rest="x9", **YES)
    assert browser.ask("/card?language=klingon")[0] == 302
    assert browser.ask("/card")[0] == 200


def said(held, person):
    return [(line.purpose, line.yes, line.wording, line.way) for line in held.store.consents.of(held.id, person)]


def sends(browser, purpose, answer):
    """Press a button below “What you said yes to”; what the card shows then."""
    assert browser.send("/card/yes", "/card", purpose=purpose, answer=answer)[0] == 302
    return browser.ask("/card")[1]


def test_whoever_changes_their_mind_takes_a_yes_back_on_their_card_and_gives_it_again(phone, hold):
    held, browser = hold(people(4)), phone()
    page = comes(browser, person="p1", seating="yes", photo="yes")
    assert page.count("You said yes.") == 2
    assert page.count("You have not said yes.") == 2
    page = sends(browser, "photo", "no")
    assert page.count("You said yes.") == 1
    assert "Photos, only if you say yes" in page
    # sent twice it is one line; what is no purpose of ours is none
    sends(browser, "photo", "no")
    sends(browser, "shopping", "yes")
    browser.ask("/card?language=cy")
    sends(browser, "photo", "yes")
    assert said(held, "p1") == [
        ("seating", True, WORDING, "phone"),
        ("photo", True, WORDING, "phone"),
        ("photo", False, WORDING, "phone"),
        ("photo", True, f"{WORDING}-cy", "phone"),
    ]
    assert here(held) == [held.expected[1].name]


def test_whoever_takes_back_their_place_on_the_plan_is_here_and_not_on_it_until_they_say_yes(phone, hold):
    held, browser = hold(people(4)), phone()
    comes(browser, person="p1", seating="yes")
    page = sends(browser, "seating", "no")
    assert "You are not on tonight’s plan" in page
    guest = held.store.gatherings.guests(held.id)[1]
    assert (guest.here, guest.takes_part) == (True, False)
    assert "You are in, " in sends(browser, "seating", "yes")
    assert held.store.gatherings.guests(held.id)[1].takes_part


def test_a_phone_that_is_nobodys_says_yes_for_nobody(phone, hold):
    held, browser = hold(people(4)), phone()
    assert browser.send("/card/yes", "/card/here?person=p1", purpose="photo", answer="yes")[0] == 302
    assert said(held, "p1") == []
