"""After the talks: a reflection that is the writer's own, wishes that only two who share them learn of, short answers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from relexp.gathering.running import Press
from relexp.pairing.evening import Conversation, Round
from relexp.privacy.consent import WORDING, Said, Way
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import LONGEST, Did
from relexp.server.doors import now
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from relexp.weave.survey import Moment
from tests.server.evenings import NAMES, people, rounds
from tests.server.test_phones import YES, comes

OWN = {"sameness": "4", "difference": "5", "same": "We both\r\nlost a <brother>", "step": "ring Bo"}


@pytest.fixture
def over(phone, hold):
    """An evening whose talks are over, with the phones of those who came."""

    def begin(expected=(), seats=(), close=True):
        held = hold(expected or people(4))
        held.seat(seats)
        phones = []
        for person in held.expected:
            held.store.gatherings.come(held.id, person.id, now())
            phones.append(phone())
            assert "You are in" in comes(phones[-1], person=person.id, **YES)
        held.talk()
        held.press(Press.SKIP, Press.SKIP, Press.SKIP)
        # One round alone is followed by tea, and by the end.
        held.press(Press.CLOSE if close else Press.SKIP)
        return held, phones

    return begin


def after(browser):
    status, page = browser.ask("/card/after")
    assert status == 200
    return page


def keeps(browser, what, **form):
    """Press the button of one form; the page then, and whether it came by a redirect."""
    status, page = browser.send(f"/card/{what}", "/card/after", **form)
    return (after(browser), True) if status == 302 else (page, False)


def mine(held, who=0):
    """What the store keeps of somebody's own reflections."""
    phone = held.store.gatherings.guests(held.id)[who].identity_id
    return held.store.written.own(held.store.identities.get(phone))


def many(held, table):
    """How many rows a table has of an evening."""
    with held.store.database.reads() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE gathering_id = '{held.id}'").all()
    return len(rows)


def code(person):
    return code_of(person, NAMES[int(person[1:])], Seal())


def test_the_forms_are_there_once_the_talks_are_over_and_for_who_is_in_alone(phone, hold, over):
    held, browser, stranger = hold(people(4)), phone(), phone()
    token = re.search(r'name="_xsrf" value="([^"]+)"', stranger.ask("/card/here")[1])[1]
    held.seat()
    comes(browser, person="p0", **YES)
    held.talk()
    assert browser.ask("/card/after")[0] == 302
    held.press(Press.CLOSE)
    assert 'class="button wide" href="/card/after"' in browser.ask("/card")[1]
    assert "Before you go" in after(browser)
    assert stranger.ask("/card/after")[0] == 302
    for path in ("reflect", "again", "answers"):
        form = OWN | {"_xsrf": token, "gathering": held.id, "again": "p1", "reach": "x", "trust": "3"}
        assert stranger.ask(f"/card/{path}", form)[0] == 302
    assert [many(held, table) for table in ("reflections", "wishes", "answers")] == [0, 0, 0]


def test_a_reflection_is_kept_shown_again_changed_and_deleted_by_emptying_it(over):
    held, (browser, *_) = over()
    page, kept = keeps(browser, "reflect", did=Did.CURIOUS.value, **OWN)
    assert kept
    (found,) = mine(held)
    assert (found.sameness, found.difference, found.same, found.step) == (4, 5, "We both\nlost a <brother>", "ring Bo")
    assert (found.did, found.visibility) == ({Did.CURIOUS}, Visibility.ME)
    assert "We both\nlost a &lt;brother&gt;</textarea>" in page
    assert re.search(r'name="sameness" value="4" checked', page)
    assert re.search(r'value="curious" checked', page)
    keeps(browser, "reflect", **OWN | {"visibility": "facilitator", "sameness": ""})
    (found,) = mine(held)
    assert (found.sameness, found.did, found.visibility) == (None, frozenset(), Visibility.FACILITATOR)
    keeps(browser, "reflect", same="  ", sameness="")
    assert mine(held) == ()
    keeps(browser, "reflect", **OWN)
    keeps(browser, "reflect", empty="yes", **OWN)
    assert mine(held) == ()


def test_what_cannot_be_kept_is_told_at_its_field_with_what_was_typed_still_there(over):
    held, (browser, *_) = over()
    long = "ব" * (LONGEST + 1)
    page, kept = keeps(browser, "reflect", **OWN | {"different": long, "sameness": "9"})
    assert not kept
    assert "Not kept yet. Please look at what is marked." in page
    assert re.search(r'id="wrong-different">This is longer than there is room for: 2000 letters', page)
    assert "Choose a number from 1 to 5" in page
    assert long in page
    assert 'aria-describedby="wrong-different"' in page
    assert mine(held) == ()
    everything = dict.fromkeys(("same", "different", "taught", "power", "step"), "ব" * LONGEST)
    assert keeps(browser, "reflect", **everything)[1]
    assert mine(held)[0].power == "ব" * LONGEST


def test_what_was_typed_into_one_form_stands_there_still_when_another_is_kept(over):
    held, (browser, *_) = over()
    typed = OWN | {"again": "p3", "reach": "07700 900123", "trust": "3"}
    page, kept = keeps(browser, "answers", **typed)
    assert not kept
    assert page.count("Not kept yet. Press the button below it.") == 2
    assert page.count("Kept. You can change it here.") == 1
    assert "lost a &lt;brother&gt;" in page
    assert "07700 900123</textarea>" in page
    assert 'name="again" value="p3" checked' in page
    assert held.store.survey.of(held.id, code("p0"))[0].values == {"trust": 3}
    assert mine(held) == ()
    assert held.store.meeting_again.wished(held.id, "p0") == (frozenset(), "")
    page, kept = keeps(browser, "again", **typed)
    assert page.count("Not kept yet.") == 1
    page, kept = keeps(browser, "reflect", **typed)
    assert kept
    assert "Not kept yet." not in page


def test_a_form_of_this_morning_changes_nothing_of_this_evening(over, hold):
    morning, (amina, *_) = over()
    after(amina)
    evening = hold(people(4))
    evening.seat()
    evening.come("p0")
    assert "You are in" in comes(amina, person="p0", **YES)
    evening.talk()
    evening.press(Press.CLOSE)
    keeps(amina, "reflect", same="the evening", gathering=evening.id)
    keeps(amina, "again", again="p3", reach="07700 900123")
    keeps(amina, "answers", trust="5")
    for path in ("reflect", "again", "answers"):
        form = {"gathering": morning.id, "same": "the morning", "again": "p3", "reach": "x", "trust": "1"}
        assert amina.send(f"/card/{path}", "/card/after", **form)[0] == 302
    assert {each.gathering: each.same for each in mine(evening)} == {
        morning.id: "the morning",
        evening.id: "the evening",
    }
    assert evening.store.meeting_again.wished(evening.id, "p0") == ({"p3"}, "07700 900123")
    assert evening.store.survey.of(evening.id, code("p0"))[0].values == {"trust": 5}


def test_only_who_both_wish_it_learn_how_to_reach_each_other(over):
    held, (amina, bengali, _, sian) = over()
    page = after(amina)
    assert re.findall(r'name="again" value="(\w+)"', page) == ["p3"]
    assert "Only if you both tick each other" in page
    page, kept = keeps(amina, "again", again="p3", reach="07700 900123")
    assert kept
    assert "You both wish it" not in page
    assert "07700" not in after(sian)
    assert "07700" not in after(bengali)
    keeps(sian, "again", again="p0", reach="at Bethel & <home>")
    assert "<dt><bdi>Amina Khan</bdi></dt><dd><bdi>07700 900123</bdi>" in after(sian)
    assert "at Bethel &amp; &lt;home&gt;" in after(amina)
    # who unticks it is reached no more, and learns no more
    keeps(amina, "again", reach="07700 900123")
    assert "Bethel" not in after(amina)
    assert "07700" not in after(sian)
    assert held.store.meeting_again.all() == ()


def test_whom_somebody_did_not_talk_with_cannot_be_wished_for(over):
    held, (amina, *_) = over()
    keeps(amina, "again", again="p1", reach="07700 900123")
    assert held.store.meeting_again.wished(held.id, "p0") == (frozenset(), "")


def test_a_tick_without_a_way_to_reach_and_a_way_without_a_tick_are_asked_about(over):
    _, (amina, *_) = over()
    page, kept = keeps(amina, "again", again="p3")
    assert not kept
    assert "Please write how they can reach you" in page
    assert 'value="p3" checked' in page
    page, kept = keeps(amina, "again", reach="07700 900123")
    assert not kept
    assert "Please tick whom you would like" in page
    assert "07700 900123" in page


def test_who_took_back_to_be_on_the_plan_is_offered_to_nobody_and_shown_to_nobody(over):
    held, (amina, _, _, sian) = over(seats=rounds(["p0", "p1", "p2", "p3"], 1), close=False)
    keeps(amina, "again", again="p3", reach="07700 900123")
    keeps(sian, "again", again="p0", reach="at Bethel")
    assert "at Bethel" in after(amina)
    no = Said("seating", False, WORDING, now(), Way.PHONE)
    held.store.consents.note(held.id, "p3", no, held.lead)
    page = after(amina)
    assert 'name="again"' not in page
    assert "at Bethel" not in page
    assert "Llewelyn-Pritchard" not in page
    assert 'name="again"' not in after(sian)
    assert held.store.meeting_again.all() == ()


def test_nobody_under_18_is_offered_to_anybody_or_gives_a_way_to_be_reached(over):
    one, other, *rest = people(6)
    young = replace(other, under_18=True, responsible_adult="p2")
    second = replace(rest[1], under_18=True, responsible_adult="p2")
    talks = (Conversation(("p0", "p1", "p2"), 1), Conversation(("p3", "p4", "p5"), 2))
    again = (Conversation(("p1", "p3", "p2"), 1), Conversation(("p0", "p4", "p5"), 2))
    held, phones = over((one, young, rest[0], second, *rest[2:]), (Round(1, talks), Round(2, again)))
    assert re.findall(r'name="again" value="(\w+)"', after(phones[0])) == ["p2"]
    page = after(phones[1])
    assert "Ask the grown-up who looks after you here" in page
    assert 'name="reach"' not in page
    assert 'name="again"' not in page
    # a form that was made up changes nothing: of two who are young, of a young one and a grown-up, or the other way
    for who, wished in ((1, "p0"), (1, "p2"), (3, "p4"), (0, "p1"), (4, "p3")):
        keeps(phones[who], "again", again=wished, reach="07700 900123")
    assert many(held, "wishes") == 0
    assert held.store.meeting_again.all() == ()


def test_somebody_who_turns_out_to_be_under_18_is_shown_to_nobody_any_more(over):
    held, (amina, _, _, sian) = over()
    keeps(amina, "again", again="p3", reach="07700 900123")
    keeps(sian, "again", again="p0", reach="at Bethel")
    with held.store.database.writes() as connection:
        connection.exec_driver_sql(
            "UPDATE people SET about = replace(about, '\"under_18\": false', '\"under_18\": true') WHERE person_id = 'p3'"
        )
        connection.exec_driver_sql("UPDATE gatherings SET changed = changed + 1")
    assert "at Bethel" not in after(amina)
    assert "07700" not in after(sian)


def test_the_short_questions_are_answered_by_code_and_can_be_taken_back(over):
    held, (browser, *_) = over()
    page, kept = keeps(browser, "answers", trust="3", close="7", heard="0", ease="6", hope="x")
    assert kept
    (found,) = held.store.survey.of(held.id, code("p0"))
    assert (found.code, found.gathering, found.moment) == (code("p0"), held.id, Moment.AFTER)
    assert found.values == {"trust": 3, "close": 7, "heard": 0}
    assert 'name="close" value="7" checked' in page
    keeps(browser, "answers", empty="yes", trust="3")
    assert held.store.survey.of(held.id, code("p0")) == ()


def test_while_people_arrive_four_quick_questions_are_offered_and_not_after_the_first_talk(phone, hold):
    held, browser = hold(people(4)), phone()
    page = comes(browser, person="p0", **YES)
    assert "/card/questions" in page
    assert browser.ask("/card/questions")[1].count('name="trust"') == 5
    assert browser.send("/card/questions", "/card/questions", trust="2", known="14")[0] == 302
    assert 'value="14"' in browser.ask("/card/questions")[1]
    assert held.store.survey.of(held.id, code("p0"))[0].moment is Moment.BEFORE
    held.seat()
    held.press(Press.WELCOME)
    assert "/card/questions" in browser.ask("/card")[1]
    held.press(Press.START_ROUND)
    assert "/card/questions" not in browser.ask("/card")[1]
    assert browser.ask("/card/questions")[0] == 302
    # Half typed when the round began, it is kept still; after a talk it would say nothing of before it.
    browser.send("/card/questions", "/card", trust="5")
    assert held.store.survey.of(held.id, code("p0"))[0].values == {"trust": 5}
    held.press(Press.SKIP, Press.SKIP, Press.SKIP, Press.START_ROUND)
    browser.send("/card/questions", "/card", trust="1")
    assert held.store.survey.of(held.id, code("p0"))[0].values == {"trust": 5}


def test_what_a_phone_said_under_a_wrong_name_is_as_if_it_had_not_been_said(over):
    held, (amina, _, _, sian) = over()
    keeps(amina, "again", again="p3", reach="07700 900123")
    keeps(sian, "again", again="p0", reach="at Bethel")
    keeps(amina, "answers", trust="3")
    amina.send("/card/wrong", "/card")
    assert held.store.meeting_again.wished(held.id, "p0") == (frozenset(), "")
    assert held.store.survey.of(held.id, code("p0")) == ()
    assert "07700" not in after(sian)


def test_a_reflection_that_is_sent_when_the_evening_is_long_over_is_kept_all_the_same(over):
    held, (amina, bengali, *_) = over()
    writer = held.store.identities.get(held.store.gatherings.guests(held.id)[0].identity_id)
    token = re.search(r'name="_xsrf" value="([^"]+)"', after(amina))[1]
    guessed = re.search(r'name="_xsrf" value="([^"]+)"', bengali.ask("/card")[1])[1]
    held.close()
    form = OWN | {"gathering": held.id, "reach": "x", "again": "p3"}
    assert amina.ask("/card/reflect", form | {"_xsrf": token})[0] == 302
    assert [each.step for each in held.store.written.own(writer)] == ["ring Bo"]
    # Another phone that never opened it cannot say that it was there.
    assert bengali.ask("/card/reflect", form | {"_xsrf": guessed})[0] == 302
    assert amina.ask("/card/again", form | {"_xsrf": token})[0] == 302
    assert many(held, "reflections") == 1
