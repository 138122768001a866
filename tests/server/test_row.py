"""A leader's own page: they see their row, answer it and amend it, and nothing of anybody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from relexp.leadership.evidence import FEW_LINES, LINE, Evidence, Kind
from relexp.leadership.leader import Wording
from relexp.messages import say
from relexp.privacy.roles import Role
from relexp.server.doors import now
from relexp.server.own import day
from tests.server.leading import led
from tests.server.test_routes import Browser

CHAIRED = Evidence("", "", Kind.STEP, day(), "Chaired it")
HOSTILE = "<script>alert('x')</script>&amp; \"quoted\""


@pytest.fixture
def amina(store):
    """Somebody of whom a row is kept."""
    return led(store)


@pytest.fixture
def hers(amina, running):
    return amina.phone(running.links["base"])


def page(browser, path="/row"):
    status, text = browser.ask(path)
    assert status == 200
    return unescape(text)


def filled(browser, path):
    """A form as a browser would send it untouched."""
    text = browser.ask(path)[1]
    form = text[text.index('class="row-form"') :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or "checked" in tag):
            found[name[1]] = unescape(value[1])
    for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(value)
    return found


def sends(browser, path, **typed):
    """A form is filled in and sent; status and text of what comes back."""
    status, text = browser.ask(path, filled(browser, path) | typed)
    return status, unescape(text)


def keeps(browser, path, **typed):
    status, text = sends(browser, path, **typed)
    assert status == 302, text


# What they see


def test_they_see_all_that_the_table_holds_of_them_and_never_a_score(amina, hers):
    amina.line("Brought five neighbours to the assembly", kind=Kind.TURNOUT, seen_by="Siân Prys")
    amina.dare("Open the assembly in March")
    amina.reads(listens="often")
    amina.trainer_writes("training.three_day", "2026-03-06")
    amina.trainer_writes("due", "2027-01-09")
    amina.trainer_writes("developed_by", led(amina.store, name="نور الهدى").id)
    text = page(hers)
    for told in (
        "Amina Begum",
        "East London Mosque",
        "Chair of the women’s circle",
        "Before</span> <strong><bdi>Met",
        "Now</span> <strong><bdi>Listening",
        "What comes next</span> <strong><bdi>Team member",
        "Ask three neighbours to the house meeting",
        "By 9 January 2027",
        "Agreed with Bo Thomas",
        "Her son waits for a safe way to school.",
        "Written by whoever trains you; you have not agreed yet",
        "You both agree on this",
        "Brought five neighbours to the assembly",
        "Seen by Siân Prys",
        "Open the assembly in March",
        "You ask better than you think.",
        "3-day</bdi>, 6 March 2026",
        "3 to 9",
        "نور الهدى",
        "deleted 7 days after that",
        "There may be notes about you that are not on this page.",
    ):
        assert told in text, told
    assert amina.row.seen == day()
    for page_of_it in (text, page(hers, "/row/habits")):
        assert not re.search(r"\bscore|\bpoints|\d of \d|\d ?%", page_of_it)


def test_whoever_was_taken_out_of_the_table_is_kindly_told_so(amina, hers):
    amina.store.leaders.take_out([amina.id], amina.trainer, now())
    for path in ("/row", "/row/step", "/row/words/talents"):
        text = page(hers, path)
        assert "Your row is not kept any more" in text
        assert "Amina" not in text


def test_a_line_that_is_not_shared_stands_on_no_page_of_theirs(amina, hers):
    secret = amina.line("Quarrelled with the imam", shared=False)
    amina.store.leaders.lines.note(replace(amina.lines[0], answer="zephyr"), amina.trainer)
    assert "Quarrelled" not in page(hers)
    for path in (f"/row/line/{secret}", "/row/line"):
        status, text = hers.ask(path)
        assert "Quarrelled" not in text
        assert "zephyr" not in text
        assert status == (200 if path == "/row/line" else 302)
    status, text = hers.send(f"/row/line/{secret}", "/row", answer="I did not.")
    assert (status, "Quarrelled" in text) == (200, False)
    assert "I did not." in text
    assert amina.lines[0].answer == "zephyr"


def test_a_guessed_address_shows_and_changes_nothing_of_another_leader_s(amina, hers, store):
    other = led(store, name="Siân Prys", talents="quincunx")
    line, dare = other.line("Spoke at the vigil"), other.dare("Chair the next one")
    for path in (f"/row/line/{line}", f"/row/challenge/{dare}", f"/row?id={other.id}"):
        assert not re.search("Siân|quincunx|vigil|Chair the next", hers.ask(path)[1])
    hers.send(f"/row/line/{line}", "/row", answer="mine")
    hers.send(f"/row/challenge/{dare}", "/row", answer="mine", press="take")
    keeps(hers, "/row/line", what="Mine", kind="action", key=(line * 32)[:32])
    assert [(each.what, each.answer) for each in other.lines] == [("Spoke at the vigil", "")]
    assert other.store.leaders.lines.challenges(other.id)[0].taken is None
    assert [each.what for each in amina.lines] == ["Mine"]


def test_what_others_wrote_is_shown_as_it_was_written_and_runs_nowhere(amina, hers):
    for field in ("talents", "role", "institution", "step"):
        amina.trainer_writes(field, HOSTILE)
    line, dare = amina.line(HOSTILE, seen_by=HOSTILE), amina.dare(HOSTILE)
    keeps(hers, f"/row/line/{line}", answer=HOSTILE)
    keeps(hers, f"/row/challenge/{dare}", answer=HOSTILE, press="decline")
    keeps(hers, "/row/habits", words=HOSTILE)
    for path in ("/row", f"/row/line/{line}", f"/row/challenge/{dare}", "/row/habits", "/row/about", "/row/done"):
        text = hers.ask(path)[1]
        assert "<script" not in text
        assert "&lt;script&gt;" in text
    status, text = hers.send("/row/line", "/row", what=HOSTILE, day="2999-01-01")
    assert (status, "<script" in text) == (200, False)


# What they do


def test_they_agree_to_words_or_say_them_differently_and_then_the_other_has_to_agree(amina, hers):
    text = page(hers)
    read = re.search(r'value="self_interest"><input type="hidden" name="read" value="(\w+)"', text)[1]
    assert hers.send("/row/agree", "/row", part="self_interest", read=read)[0] == 302
    assert amina.leader.wording["self_interest"] is Wording.AGREED
    keeps(hers, "/row/words/self_interest", self_interest="My son cannot cross the road alone.")
    assert amina.cell("self_interest") == "My son cannot cross the road alone."
    assert amina.leader.wording["self_interest"] is Wording.THEIRS
    text = page(hers)
    assert "Written by you; whoever trains you has not agreed yet" in text
    # Their own words they cannot agree to for the other.
    hers.send("/row/agree", "/row", part="self_interest", read="anything")
    assert amina.leader.wording["self_interest"] is Wording.THEIRS


def test_nobody_agrees_to_words_that_they_have_not_read(amina, hers):
    read = re.search(r'name="read" value="(\w+)"', page(hers))[1]
    amina.trainer_writes("self_interest", "She wants to be on the council.")
    assert hers.send("/row/agree", "/row", part="self_interest", read=read)[0] == 302
    assert amina.leader.wording["self_interest"] is Wording.OURS
    assert "These words were changed meanwhile" in page(hers, "/row?read=self_interest")


def test_where_both_write_at_once_both_versions_are_shown_and_nothing_is_lost(amina, hers):
    form = filled(hers, "/row/words/talents")
    amina.trainer_writes("talents", "People tell her the truth, and she keeps it.")
    status, text = hers.ask("/row/words/talents", form | {"talents": "I listen for a long time."})
    text = unescape(text)
    assert status == 200
    assert re.search(r"You wrote</dt><dd[^>]*>I listen for a long time\.", text)
    assert re.search(r"Meanwhile this stands there</dt><dd[^>]*>People tell her the truth, and she keeps it\.", text)
    assert re.search(r"<textarea[^>]*>\s*I listen for a long time\.</textarea>", text)
    assert amina.cell("talents") == "People tell her the truth, and she keeps it."
    # Pressed again, after both were read, it is a choice.
    again = dict(re.findall(r'name="(seen-talents|about|key|_xsrf)" value="([^"]*)"', text))
    assert hers.ask("/row/words/talents", again | {"talents": "I listen for a long time."})[0] == 302
    assert amina.cell("talents") == "I listen for a long time."


def test_what_nobody_touched_is_not_written_over_what_another_wrote_meanwhile(amina, hers):
    form = filled(hers, "/row/about")
    amina.trainer_writes("institution", "Maryam Centre")
    assert hers.ask("/row/about", form | {"role": "Chair", "following": "10+"})[0] == 302
    assert [amina.cell(field) for field in ("institution", "role", "following")] == ["Maryam Centre", "Chair", "10+"]


def test_a_step_is_done_once_with_a_line_and_another_is_proposed(amina, hers):
    form = filled(hers, "/row/done") | {"what": "Four came to the house meeting", "seen_by": "Siân Prys"}
    assert hers.ask("/row/done", form)[0] == 302
    assert hers.ask("/row/done", form)[0] == 302
    assert amina.leader.step is None
    (line,) = amina.lines
    assert (line.kind, line.what, line.seen_by, line.shared) == (
        Kind.STEP,
        "Four came to the house meeting",
        "Siân Prys",
        True,
    )
    due = (day() + timedelta(10)).isoformat()
    keeps(hers, "/row/step", step="Write to the head teacher", due=due)
    assert [amina.cell(field) for field in ("step", "due", "agreed_by")] == ["Write to the head teacher", due, ""]
    assert "Nobody has agreed on it with you yet." in page(hers)
    # The first form once more, with other words: the line is mended, and the new step is not done by it.
    assert hers.ask("/row/done", form | {"what": "Five came"})[0] == 302
    assert amina.cell("step") == "Write to the head teacher"
    assert [each.what for each in amina.lines] == ["Five came"]


def test_a_step_that_another_changed_or_ticked_off_meanwhile_is_told_with_what_was_typed(amina, hers):
    form = filled(hers, "/row/done") | {"what": "Four came"}
    amina.trainer_writes("step", "Chair the house meeting")
    text = unescape(hers.ask("/row/done", form)[1])
    assert "Somebody else changed this while you wrote." in text
    assert "Chair the house meeting" in text
    assert ">\nFour came</textarea>" in text
    amina.store.leaders.done(amina.id, replace(CHAIRED, leader=amina.id), amina.trainer, now())
    text = unescape(hers.ask("/row/done", form)[1])
    assert "This is not there any more" in text
    assert "Four came" in text
    assert [each.what for each in amina.lines] == ["Chaired it"]


def test_they_say_what_they_think_of_a_line_and_add_one_of_their_own_once(amina, hers):
    id = amina.line("Brought five neighbours")
    keeps(hers, f"/row/line/{id}", answer="It was seven,\nand my aunt.")
    assert amina.lines[0].answer == "It was seven,\nand my aunt."
    form = filled(hers, "/row/line") | {"what": "Spoke to the head teacher", "kind": "one_to_one"}
    assert [hers.ask("/row/line", form)[0] for _ in range(2)] == [302, 302]
    assert sorted(each.what for each in amina.lines) == ["Brought five neighbours", "Spoke to the head teacher"]
    assert "It was seven,\nand my aunt." in page(hers)


def test_a_challenge_is_taken_on_or_turned_down_with_a_few_words(amina, hers):
    id = amina.dare("Open the assembly in March")
    assert "It waits for your word" in page(hers)
    keeps(hers, f"/row/challenge/{id}", answer="Not with my mother ill.", press="decline")
    (said,) = amina.store.leaders.lines.challenges(amina.id)
    assert (said.what, said.by, said.taken, said.answer, said.answered) == (
        "Open the assembly in March",
        "Bo Thomas",
        False,
        "Not with my mother ill.",
        day(),
    )
    assert "You said: not now" in page(hers)
    keeps(hers, f"/row/challenge/{id}", answer="She is better.", press="take")
    assert "You took it on" in page(hers)


def test_they_read_their_own_habits_beside_their_mentor_s(amina, hers):
    amina.reads(listens="often", dares="seldom")
    keeps(hers, "/row/habits", **{"habit-listens": "at_times", "habit-asks": "anything", "words": "I talk too soon."})
    keeps(hers, "/row/habits", **{"habit-listens": "habit"})
    own = [each for each in amina.store.leaders.lines.readings(amina.id) if not each.mentor]
    assert [(each.habits, each.words) for each in own] == [({"listens": "habit"}, "I talk too soon.")]
    text = page(hers)
    assert re.search(
        r"You</dt><dd>It is a habit</dd></div>\s*<div class=\"other\"><dt><bdi>Bo Thomas</bdi></dt><dd>Often", text
    )


def test_a_reading_by_somebody_without_a_name_is_told_in_the_words_of_the_page(amina, hers):
    amina.reads(str(say("leader.whoever_trains")), listens="often")
    text = page(hers)
    assert re.search(r"<dt>Whoever trains you</dt><dd>Often", text)
    assert "Whoever trains them" not in text


def test_what_was_typed_under_one_link_goes_into_nobody_else_s_row_where_another_was_opened_meanwhile(
    amina, hers, store, running
):
    other = led(store)
    typed = filled(hers, "/row/line") | {"what": "I spoke at the vigil", "kind": "action"}
    words = filled(hers, "/row/words/talents") | {"talents": "I sing"}
    secret, _ = store.links.make(store.leaders.link_to(other.id, now()), now(), timedelta(days=1))
    assert hers.ask(f"/in/{secret}")[0] == 302
    text = unescape(hers.ask("/row/line", typed)[1])
    assert "Nothing was kept." in text
    assert "I spoke at the vigil" in text
    assert "I sing" in unescape(hers.ask("/row/words/talents", words)[1])
    assert [line for who in (amina, other) for line in who.lines if line.what == "I spoke at the vigil"] == []
    assert "I sing" not in (amina.cell("talents"), other.cell("talents"))


# What cannot be kept as it is


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("/row/words/talents", {"talents": "a" * 501}, "500 letters at most"),
        ("/row/step", {"step": " "}, "Please write something here."),
        ("/row/step", {"step": "Call", "due": "soon"}, "“soon” is no day."),
        ("/row/line", {"what": "a" * (LINE + 1), "kind": "action"}, f"{LINE} letters at most"),
        ("/row/line", {"what": "I spoke"}, "Please choose one."),
        ("/row/line", {"what": "I spoke", "kind": "action", "day": "2999-01-01"}, "This day is still to come."),
        ("/row/line", {"what": "I spoke", "kind": "action", "day": "yesterday"}, "“yesterday” is no day."),
        ("/row/habits", {"words": "a" * (FEW_LINES + 1)}, f"{FEW_LINES} letters at most"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_place_and_stands_there_still(amina, hers, path, typed, told):
    before = amina.leader
    status, text = sends(hers, path, **typed)
    assert status == 200
    assert told in text
    assert "Not kept yet. Please look at what is marked." in text
    assert 'aria-invalid="true"' in text
    for each in typed.values():
        assert each.strip() in text
    assert (amina.leader, amina.lines) == (before, ())
    assert amina.store.leaders.lines.readings(amina.id) == ()


def test_a_form_without_anything_in_it_does_no_harm(amina, hers):
    before = amina.leader
    id = amina.dare("Open the assembly")
    for path in ("about", "agree", "habits", f"challenge/{id}", "words/anything", "words/name"):
        assert hers.send(f"/row/{path}", "/row")[0] in (200, 302)
    assert amina.leader == before


# The link


def test_a_link_is_made_once_for_a_leader_and_opens_their_row_alone(amina, running):
    trainer = came(running, amina.store, Role.TRAINER)
    path = f"/row/invite/{amina.id}"
    assert "None yet." in page(trainer, path)
    status, text = trainer.send(path, path)
    (link,) = set(re.findall(r"/in/[\w-]+", text))
    assert status == 200
    assert 'alt="The link as a square' in text
    assert "Dear Amina Begum," in text
    assert link not in page(trainer, path)
    phone = Browser(running.links["base"])
    assert phone.ask(link)[0] == 302
    assert "Her son waits" in page(phone)
    assert phone.ask("/")[0] == 302
    for other in ("/leadership", "/links", "/gathering", path):
        assert phone.ask(other)[0] in (403, 404)


def test_a_link_is_shut_by_whoever_trains_and_only_where_it_belongs(amina, running):
    phone, trainer = amina.phone(running.links["base"]), came(running, amina.store, Role.TRAINER)
    path = f"/row/invite/{amina.id}"
    (id,) = re.findall(r'name="link" value="(\w+)"', page(trainer, path))
    other = led(amina.store)
    trainer.send(f"/row/invite/{other.id}/shut", path, link=id)
    assert phone.ask("/row")[0] == 200
    lead = [link.id for link in amina.store.links.all(now()) if link.identity.role is Role.FACILITATOR]
    assert trainer.send(f"{path}/shut", path, link=lead[0])[0] == 302
    assert lead[0] in {link.id for link in amina.store.links.all(now())}
    assert trainer.send(f"{path}/shut", path, link=id)[0] == 302
    assert phone.ask("/row")[0] == 403


def test_a_name_runs_nowhere_on_the_pages_of_links(store, running):
    trainer, lead = came(running, store, Role.TRAINER), came(running, store, Role.FACILITATOR)
    path = f"/row/invite/{led(store, name=HOSTILE).id}"
    for text in (trainer.send(path, path)[1], trainer.ask(path)[1], lead.ask("/links")[1]):
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_nobody_is_invited_who_is_not_in_the_table(amina, running):
    trainer = came(running, amina.store, Role.TRAINER)
    assert trainer.ask("/row/invite/nobody")[0] == 404
    assert trainer.send("/row/invite/nobody", f"/row/invite/{amina.id}")[0] == 404


def test_whoever_answers_for_the_doors_sees_and_shuts_a_leader_s_link_by_name(amina, hers, running):
    lead = came(running, amina.store, Role.FACILITATOR)
    text = page(lead, "/links")
    assert "Leaders’ own pages" in text
    assert "Somebody who trains leaders" in text
    theirs = amina.store.leaders.link_to(amina.id, now())
    (link,) = (each.id for each in amina.store.links.all(now()) if each.identity.id == theirs.id)
    lead.send("/links/shut", "/links", link=link)
    assert hers.ask("/row")[0] == 403


def test_a_trainer_s_link_is_made_and_works(running, store):
    assert Browser(running.links["base"]).ask(running.links["trainer"].removeprefix(running.links["base"]))[0] == 302
    lead = came(running, store, Role.FACILITATOR)
    _, text = lead.send("/links", "/links", role="trainer", lasts="366", name="Bo <b>")
    trainer = Browser(running.links["base"])
    trainer.ask(re.search(r"/in/[\w-]+", text)[0])
    # The table, those who learn, and the module: no door to an evening.
    status, home = trainer.ask("/")
    assert (status, "/leadership" in home, "/cohort" in home, "/learn" in home) == (200, True, True, True)
    assert "/gathering" not in home
    assert trainer.ask("/row/invite/guessed")[0] == 404
    assert trainer.ask("/run")[0] == 403
    assert "Bo &lt;b&gt;" in lead.ask("/links")[1]


def came(running, store, role):
    """Somebody who came in with a role."""
    browser = Browser(running.links["base"])
    secret, _ = store.links.make(store.identities.add(role, "", now()), now(), timedelta(days=1))
    assert browser.ask(f"/in/{secret}")[0] == 302
    return browser
