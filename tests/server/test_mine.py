"""One's own page: all of it for its writer, none of it for anybody else, as long as it is kept."""

from __future__ import annotations

import re
from datetime import timedelta

from relexp.gathering.running import Press
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Reflection
from relexp.server.doors import now
from relexp.store.after_tables import held as held_table
from relexp.weave.survey import Moment
from tests.server.evenings import people
from tests.server.test_before_you_go import code, keeps, mine, over
from tests.server.test_phones import YES, comes
from tests.server.test_routes import Browser

__all__ = ["over"]
OWN = {"sameness": "4", "difference": "5", "different": "She prays & <i>I</i> do not.", "did": "curious"}
DAY = timedelta(days=1)


def page(browser):
    status, text = browser.ask("/mine")
    assert status == 200
    return text


def jar(browser):
    """The cookies of a phone."""
    return next(each.cookiejar for each in browser.opener.handlers if hasattr(each, "cookiejar"))


def who(held, at=0):
    return held.store.identities.get(held.store.gatherings.guests(held.id)[at].identity_id)


def test_all_that_somebody_wrote_stands_on_their_own_page_and_on_nobody_else_s(over, running):
    held, (amina, bengali, _, sian) = over()
    assert "Nothing of yours is kept here." in page(amina)
    keeps(amina, "reflect", **OWN)
    held.store.written.share(held.id, 1, "Her grandmother sewed.", now(), by=who(held))
    keeps(amina, "again", again="p3", reach="07700 900123")
    keeps(sian, "again", again="p0", reach="at Bethel")
    text = page(amina)
    for own in ("She prays &amp; &lt;i&gt;I&lt;/i&gt; do not.", "4 of 5", "I asked, and listened", "at Bethel"):
        assert own in text
    assert "Her grandmother sewed." in text
    assert held.store.gatherings.get(held.id).name in text
    assert f'<p class="code-large" dir="ltr">{code("p0")}</p>' in text
    for other in (bengali, sian):
        assert not re.search("She prays|grandmother", page(other))
        assert code("p0") not in page(other)


def test_nobody_but_the_phone_opens_it(over, running):
    _, (amina, *_) = over()
    keeps(amina, "reflect", **OWN)
    for link in ("facilitator", "projector"):
        browser = Browser(running.links["base"])
        assert browser.ask(running.links[link].removeprefix(browser.base))[0] == 302
        assert browser.ask("/mine")[0] == 403
    assert Browser(running.links["base"]).ask("/mine")[0] == 403


def test_who_may_read_it_is_changed_later_and_it_is_deleted(over):
    held, (amina, bengali, *_) = over()
    keeps(amina, "reflect", **OWN)
    assert "Only me · Change" in page(amina)
    assert amina.send("/mine/show", "/mine", gathering=held.id, visibility="everyone")[0] == 302
    assert mine(held)[0].visibility is Visibility.EVERYONE
    bengali.send("/mine/show", "/card", gathering=held.id, visibility="me")
    bengali.send("/mine/show", "/card", gathering=held.id, delete="yes")
    amina.send("/mine/show", "/mine", gathering="another", delete="yes")
    assert len(mine(held)) == 1
    amina.send("/mine/show", "/mine", gathering=held.id, visibility="anything")
    assert mine(held)[0].visibility is Visibility.ME
    amina.send("/mine/show", "/mine", gathering=held.id, delete="yes")
    assert mine(held) == ()


def test_a_shared_line_is_taken_back_there(over):
    held, (amina, *_) = over()
    held.store.written.share(held.id, 1, "Her grandmother sewed.", now(), by=who(held), key="a" * 32)
    assert "Her grandmother" in page(amina)
    status, _ = amina.send("/mine/back", "/mine", line="a" * 32, back_to="mine")
    assert (status, held.store.written.lines(held.id)) == (302, ())


def test_it_is_linked_once_the_evening_is_over_and_when_nothing_is_on(over, phone):
    held, (amina, *_) = over()
    assert 'href="/mine"' in amina.ask("/card")[1]
    keeps(amina, "reflect", **OWN)
    keeps(amina, "again", again="p3", reach="07700 900123")
    held.store.meeting_again.wish(held.id, "p3", ["p0"], "at Bethel")
    own = code("p0")
    held.close()
    shown = amina.ask("/card")[1]
    assert "Nothing is on just now" in shown
    assert 'href="/mine"' in shown
    assert 'href="/mine"' not in phone().ask("/card")[1]
    # Who sat where is gone; what is hers is there still, by what her phone holds.
    for kept in ("She prays", "at Bethel", own):
        assert kept in page(amina)


def test_whoever_takes_the_name_next_time_learns_nothing_of_it(over, hold, phone):
    held, (amina, *_) = over()
    keeps(amina, "again", again="p3", reach="07700 900123")
    held.store.meeting_again.wish(held.id, "p3", ["p0"], "at Bethel")
    held.close()
    hold(people(4))
    stranger = phone()
    comes(stranger, person="p0", **YES)
    assert "at Bethel" not in page(stranger)
    assert "at Bethel" in page(amina)


def test_what_a_phone_holds_opens_for_nobody_else_and_goes_when_it_is_handed_back(over, phone):
    held, (amina, bengali, *_) = over()
    keeps(amina, "reflect", **OWN)
    (stays,) = [cookie for cookie in jar(amina) if cookie.name.endswith("-stays")]
    jar(bengali).set_cookie(stays)
    held.close()
    assert code("p0") in page(amina)
    assert code("p0") not in page(bengali)
    amina.send("/out", "/mine")
    assert amina.ask("/mine")[0] == 403
    assert stays.name not in {cookie.name for cookie in jar(amina)}


def test_somebody_s_own_way_is_told_in_one_sentence_when_there_is_one(over):
    held, (amina, *_) = over()
    today, by = now().astimezone().date(), who(held)
    first = Reflection("g1", today - 60 * DAY, 3, 2, different="Faith")
    held.store.written.reflect(first, by)
    assert "You say more" not in page(amina)
    longer = "She fasts for a month each year, and I had never once asked her about it in all this time"
    held.store.written.reflect(Reflection("g2", today - 30 * DAY, 4, 5, different=longer), by)
    assert "You say more about difference than at first, and feel as much in common as before" in page(amina)
    held.store.written.reflect(Reflection("g2", today - 30 * DAY, 1, 5, different=longer), by)
    assert "and feel less in common." in page(amina)
    held.store.written.reflect(Reflection("g2", today - 30 * DAY, 4, 5, different="Food", did=frozenset({Did.HID})), by)
    assert "You do not say more" in page(amina)


def test_while_the_evening_goes_on_nothing_of_it_stands_on_the_card(over):
    held, (amina, *_) = over()
    keeps(amina, "reflect", **OWN)
    held.press(Press.UNDO)
    assert "She prays" not in amina.ask("/card")[1]
    assert "She prays" in page(amina)


def test_a_month_later_the_phone_is_asked_once_more_by_the_same_code(over, phone):
    held, (amina, *_) = over()
    keeps(amina, "answers", trust="3")
    keeps(amina, "reflect", **OWN)
    held.press(Press.CLOSE)
    held.store.weave.keep(now())
    assert "A month later" not in page(amina)
    assert amina.send("/mine/later", "/mine", gathering=held.id, trust="5")[0] == 302
    assert [each.moment for each in held.store.survey.all() if each.gathering == held.id] == [Moment.AFTER]
    with held.store.database.writes() as connection:
        connection.execute(held_table.update().values(day=(now() - 30 * DAY).date()))
    assert "A month later" in page(amina)
    assert "A month later" not in page(phone())
    amina.send("/mine/later", "/mine", gathering=held.id, trust="5", met="1")
    (found,) = (each for each in held.store.survey.of(held.id, code("p0")) if each.moment is Moment.LATER)
    assert found.values == {"trust": 5, "met": 1}
    assert 'value="5" checked' in page(amina)
    amina.send("/mine/later", "/mine", gathering=held.id, empty="yes")
    assert [each.moment for each in held.store.survey.of(held.id, code("p0"))] == [Moment.AFTER]
