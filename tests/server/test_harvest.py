"""A line after a round: shared without a name, once however often it was sent, and taken back by whoever shared it."""

from __future__ import annotations

import re

from relexp.gathering.running import Press
from relexp.privacy.retention import WRITTEN
from relexp.server.doors import now
from tests.server.evenings import MINUTE, people
from tests.server.test_phones import YES, comes

LINE = "Her grandmother sewed, <b>too</b>"


def lines(held):
    return [(line.round, line.text) for line in held.store.written.lines(held.id)]


def offered(browser):
    """Whether the card offers it now; what follows by the clock stands below."""
    return "/card/line" in browser.ask("/card")[1].partition("</section>")[0]


def at_the_harvest(hold, phone, round=1):
    held, browser = hold(people(4)), phone()
    held.seat()
    comes(browser, person="p0", **YES)
    held.talk(round=round)
    held.press(Press.SKIP, Press.SKIP)
    return held, browser


def test_after_a_round_the_card_offers_one_line_to_share_until_the_next_talk_begins(phone, hold):
    held, browser = hold(people(4)), phone()
    held.seat()
    comes(browser, person="p0", **YES)
    held.talk()
    assert not offered(browser)
    assert "Share it" not in browser.ask("/card/line")[1]
    held.press(Press.SKIP, Press.SKIP)
    assert offered(browser)
    assert "Share it" in browser.ask("/card/line")[1]
    held.press(Press.SKIP)
    assert offered(browser)
    held.press(Press.START_ROUND)
    assert "Share it" in browser.ask("/card/line")[1]
    held.press(Press.SKIP)
    assert not offered(browser)


def test_what_was_shared_is_shown_escaped_and_taken_back_with_one_press(phone, hold):
    held, browser = at_the_harvest(hold, phone)
    assert browser.send("/card/line", "/card/line", line=f"  {LINE}\n")[0] == 302
    page = browser.ask("/card/line")[1]
    assert "Her grandmother sewed, &lt;b&gt;too&lt;/b&gt;" in page
    assert "<b>too" not in page
    assert lines(held) == [(1, LINE)]
    id = re.search(r'name="line" value="([0-9a-f]+)"', page)[1]
    other = phone()
    comes(other, person="p1", **YES)
    assert other.send("/mine/back", "/card", line=id)[0] == 302
    assert len(lines(held)) == 1
    assert browser.send("/mine/back", "/card/line", line=id, back_to="card/line")[0] == 302
    assert lines(held) == []


def test_the_same_form_sent_twice_is_one_line_and_nobody_fills_the_wall(phone, hold):
    held, browser = at_the_harvest(hold, phone)
    key = re.search(r'name="key" value="([0-9a-f]+)"', browser.ask("/card/line")[1])[1]
    for _ in range(2):
        browser.send("/card/line", "/card/line", line=LINE, key=key)
    assert len(lines(held)) == 1
    browser.send("/card/line", "/card", line="Another", key="x" * 5000)
    assert len(lines(held)) == 1
    assert "Share it" not in browser.ask("/card/line")[1]
    browser.send("/mine/back", "/card/line", line=key)
    browser.send("/card/line", "/card", line="   ")
    assert lines(held) == []
    browser.send("/card/line", "/card", line="Another", key="x" * 5000)
    assert lines(held) == [(1, "Another")]


def test_a_line_is_no_longer_than_it_may_be_and_kept_with_the_round_it_was_typed_for(phone, hold):
    held, browser = at_the_harvest(hold, phone)
    held.press(Press.SKIP, Press.START_ROUND, Press.SKIP)
    browser.send("/card/line", "/card", line="স" * 300)
    assert lines(held) == [(1, "স" * 200)]


def test_a_line_is_for_who_is_in_and_its_phone_is_known_as_long_as_it_is_kept(phone, hold):
    held, browser = at_the_harvest(hold, phone)
    stranger = phone()
    assert stranger.ask("/card/line")[0] == 302
    assert stranger.send("/card/line", "/card/here", line=LINE)[0] == 302
    assert lines(held) == []
    browser.send("/card/line", "/card", line=LINE)
    whose = held.store.gatherings.guests(held.id)[0].identity_id
    (link,) = [each for each in held.store.links.all(now()) if each.identity.id == whose]
    assert abs(link.until - now() - WRITTEN) < MINUTE


def test_who_comes_in_while_others_harvest_reads_that_they_are_in_and_is_not_asked_about_a_talk(phone, hold):
    _, browser = at_the_harvest(hold, phone)
    assert "What do you take away?" in browser.ask("/card")[1]
    now_on_card = comes(phone(), name="Hajar", came_with="Al-Noor", **YES).partition("</section>")[0]
    assert "You are in" in now_on_card
    assert "What do you take away?" not in now_on_card
    assert "/card/line" not in now_on_card


def test_while_somebody_types_their_card_goes_on_beside_it_and_no_page_loads_itself_again(phone, hold):
    held, browser = at_the_harvest(hold, phone)
    page = browser.ask("/card/line")[1]
    assert 'data-changes="/card/changes?kind=mine"' in page
    assert "What do you take away?" in page
    assert "http-equiv" not in page
    held.press(Press.SKIP)
    assert "Next: round 2 of 5" in browser.ask("/card/line")[1]
