"""The gathering page after a reload, a drop or a restart: the same screen, or a sentence that says what is missing."""

import logging
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from time import perf_counter

import pytest

import relexp.apps.planning as planning_module
from relexp.apps.draft_contents import forgotten
from relexp.apps.drafts import Draft
from relexp.apps.gathering import gathering
from relexp.messages import say
from relexp.privacy.retention import SEATING
from relexp.privacy.roles import Identity, Role
from relexp.store.restoring import put_back
from tests.apps.test_gathering import everything_shown, planned, sheet, shown

TWICE = b"name,organisation\nAmina Rahman,A\nBo Li,B\nCass Day,C\nAMINA RAHMAN,A\nDee Fox,D\nBO LI,B\nEve Ray,E\n"
NOW = datetime.now(UTC)


def opened_with(data=None, name="signup.csv"):
    app = gathering()
    app.sheet.choose(name, sheet(12) if data is None else data)
    return app


def screen(app):
    """All that the page shows, but for the line that welcomes back."""
    return {
        "words": " ".join(everything_shown(child) for child in (app._mix_step, app.planner, app.evening)),
        "room": app.coming.outcome.value + app.coming.warnings.value + everything_shown(app.coming.duplicates),
        "shown": [
            shown(each)
            for each in (app._mix_step, app.planner, app.evening, app.planner.least_bad, app.coming.duplicates)
        ],
        "main": (app.sheet.main, app.plan.button_style, app.sheet.label),
        "rounds": app.rounds.value,
    }


def asked_about(app):
    texts = [offer.children[0].value for offer in app.coming.duplicates.children[1:]]
    return [text for text in texts if "tell-apart" in text]


def press(app, place, same):
    """Say of an offered pair whether the two are one person."""
    app.coming.duplicates.children[1 + place].children[1].children[0 if same else 1].click()


def test_a_sheet_is_there_again_after_a_reload(store):
    before = opened_with()
    after = gathering()
    assert screen(after) == screen(before)
    assert "Back where you were: <bdi>signup.csv</bdi>." in after.keeping.back.value
    assert len(after.roster) == 12


def test_a_planned_evening_is_there_again_with_its_figures_and_files(store):
    before = planned(opened_with(sheet(24, "name,organisation,quiet", lambda place: ",yes" if place < 2 else ",")))
    after = gathering()
    assert screen(after) == screen(before)
    assert "rounds planned: 5" in after.keeping.back.value
    assert after.evening.csv.make() == before.evening.csv.make()
    assert planned(after).evening.evening.rounds == before.evening.evening.rounds
    assert not shown(after.keeping.back), "what was said on coming back is over once there is a new plan"


def test_the_evening_is_looked_at_as_before(store):
    app = planned(opened_with())
    app.evening.view.value, app.evening.find.value = 2, "011"
    again = gathering()
    assert (again.evening.view.value, again.evening.find.value) == (2, "011")
    assert again.evening.seen.value == app.evening.seen.value
    again.evening.view.value, again.evening.find.value, again.evening.round.value = 0, "", 3
    assert gathering().evening.round.value == 3
    # looking is no change that another window could lose something by
    app.rounds.value = 4
    assert not shown(app.keeping.overwrite)
    again.keeping.afresh.click()
    again.keeping.yes.click()
    assert store.drafts.load("house-facilitator", "gathering.view") is None


@pytest.mark.parametrize("strange", [b"", b"[1]", b"\xff", b"[9, 99, 1]", b'["x", 1, "y"]', b"{}"])
def test_a_strange_note_of_how_it_was_looked_at_harms_nothing(store, strange):
    planned(opened_with())
    store.drafts.save("house-facilitator", "gathering.view", strange, NOW)
    assert gathering().evening.evening is not None


def test_the_made_up_room_comes_back_too_and_only_where_nothing_else_is_kept(store, monkeypatch):
    monkeypatch.setenv("RELEXP_DEMO", "1")
    first = gathering()
    assert "54 people" in first.coming.outcome.value
    assert screen(gathering()) == screen(first)
    first.sheet.choose("signup.csv", sheet(12))
    assert "12 people" in gathering().coming.outcome.value


def test_the_number_of_rounds_that_was_typed_is_there_again(store):
    before = planned(opened_with())
    for rounds in (3, 0, 400):
        before.rounds.value = rounds
        after = gathering()
        assert screen(after) == screen(before)
        assert after.rounds.value == rounds
        assert len(after.evening.evening.rounds) == 5


def test_what_is_impossible_is_explained_again_and_the_least_bad_evening_is_there_again(store):
    before = opened_with(sheet(4))
    before.rounds.value = 6
    planned(before)
    after = gathering()
    assert screen(after) == screen(before)
    assert str(say("app.impossible")) in after.planner.reasons.value
    planned(after, press=after.planner.least_bad)
    again = gathering()
    assert again.evening.heading.value == after.evening.heading.value
    assert screen(again) == screen(after)


def test_people_who_were_merged_or_kept_as_two_stay_so(store):
    before = opened_with(TWICE)
    assert len(asked_about(before)) == 2
    press(before, 0, same=False)
    assert len(before.roster) == 7
    assert asked_about(gathering()) == asked_about(before)
    press(before, 0, same=True)
    assert asked_about(before) == [], "who was kept as two is not asked about again"
    after = gathering()
    assert screen(after) == screen(before)
    assert len(after.roster) == 6
    assert after.roster == before.roster


def test_who_was_kept_as_two_can_be_asked_about_again(store):
    opened_with(b"name,organisation,email\nAmina Rahman,A,a@x.org\nBo Li,B,\nCass Day,C,\nAMINA RAHMAN,,b@x.org\n")
    app = gathering()
    (asked,) = asked_about(app)
    assert "a@x.org" in asked
    assert "b@x.org" in asked
    assert str(say("app.no_organisation")) in asked
    press(app, 0, same=False)
    assert asked_about(app) == []
    again = gathering()
    words, back = again.coming.duplicates.children[0].children
    assert "count as two people" in words.value
    back.click()
    assert asked_about(again) == asked_about(gathering()) == [asked]
    assert again.voice.go == "twice"
    press(again, 0, same=True)
    assert len(again.roster) == 3


def test_the_faults_of_a_sheet_are_there_again(store):
    before = opened_with(b"name,organisation,under_18\nAmina,A,perhaps\nBo,B,no\n")
    after = gathering()
    assert "row 2" in after.coming.outcome.value
    assert screen(after) == screen(before)


@pytest.fixture
def endless(monkeypatch):
    """A planner that never comes to an end by itself."""
    begun = Event()

    def plan(roster, rules, *, least_bad, watch):
        begun.set()
        while watch(0.5):
            begun.wait(0.01)
        raise TimeoutError

    monkeypatch.setattr(planning_module, "plan", plan)
    return begun


def test_a_plan_that_was_in_the_making_when_python_died_is_ready_to_be_made(store, endless):
    before = opened_with()
    before.plan.click()
    planning = before.planner.planning
    assert endless.wait(60)
    after = gathering()
    assert "Press “<bdi>Plan the evening</bdi>”" in after.keeping.back.value
    assert not after.plan.disabled
    assert shown(after.planner)
    assert not shown(after.evening)
    planning.stop()
    planning.wait(60)


def test_an_evening_stays_while_the_next_is_in_the_making(store):
    before = planned(opened_with())
    app = gathering()
    draft = Draft.from_bytes(store.drafts.load("house-facilitator", "gathering"))
    app.keeping.save(replace(draft, planning=True))
    after = gathering()
    assert after.evening.evening.rounds == before.evening.evening.rounds
    assert "Press “<bdi>Plan again</bdi>”" in after.keeping.back.value


def test_starting_afresh_forgets_the_draft_and_shows_the_first_screen(store):
    app = planned(opened_with())
    assert shown(app.keeping.afresh)
    app.keeping.afresh.click()
    app.keeping.no.click()
    assert not shown(app.keeping.sure)
    assert gathering().evening.evening is not None
    app.keeping.afresh.click()
    app.keeping.yes.click()
    assert store.drafts.load("house-facilitator", "gathering") is None
    for page in (app, gathering()):
        assert page.roster is None
        assert page.sheet.main
        assert page.sheet.label == str(say("app.choose"))
        assert page.coming.outcome.value == ""
        assert not shown(page.evening)
        assert not shown(page.keeping.afresh)
        assert not shown(page.keeping.back)
    app.sheet.choose("next.csv", sheet(8))
    assert "8 people" in gathering().coming.outcome.value


def test_the_page_says_for_how_long_it_is_kept(store):
    app = gathering()
    assert not shown(app.keeping.note)
    app.sheet.choose("signup.csv", sheet(12))
    assert "kept on this computer for 7 days" in app.keeping.note.value
    assert shown(app.keeping.note)


def test_after_seven_days_nothing_is_there_though_nobody_has_swept(store):
    opened_with()
    content = store.drafts.load("house-facilitator", "gathering")
    store.drafts.save("house-facilitator", "gathering", content, NOW - timedelta(days=7, minutes=1))
    assert gathering().roster is None
    assert store.drafts.load("house-facilitator", "gathering") is None


def test_each_visitor_comes_back_to_their_own_page(store, monkeypatch):
    opened_with()
    other = store.identities.add(Role.CO_FACILITATOR, "", NOW)
    monkeypatch.setenv("RELEXP_IDENTITY", other.to_json())
    assert gathering().roster is None


def test_without_a_server_around_it_nothing_is_kept_and_nothing_is_said_of_it(monkeypatch):
    for name in ("RELEXP_STORE", "RELEXP_IDENTITY"):
        monkeypatch.delenv(name, raising=False)
    app = planned(opened_with())
    assert app.evening.evening is not None
    for widget in (app.keeping.note, app.keeping.afresh, app.keeping.back, app.keeping.fault, app.keeping.overwrite):
        assert not shown(widget)
    assert gathering().roster is None


def test_a_save_that_fails_is_said_and_the_page_goes_on_and_keeps_all_once_it_can(store, tmp_path):
    app = opened_with()
    other = sqlite3.connect(tmp_path / "relexp.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    app.rounds.value = 3
    assert "another program holds" in app.keeping.fault.value
    assert str(say("app.not_kept")) in app.keeping.fault.value
    assert str(say("app.not_kept")) in app.voice.text
    other.execute("ROLLBACK")
    other.close()
    planned(app)
    assert not shown(app.keeping.fault)
    after = gathering()
    assert after.rounds.value == 3
    assert len(after.evening.evening.rounds) == 3


def test_a_store_that_cannot_be_opened_is_said_and_the_page_works(monkeypatch, tmp_path):
    (tmp_path / "note.txt").write_text("no database" * 99, "utf-8")
    monkeypatch.setenv("RELEXP_STORE", f"sqlite:///{tmp_path}/note.txt")
    monkeypatch.setenv("RELEXP_IDENTITY", Identity("house-facilitator", Role.FACILITATOR).to_json())
    app = gathering()
    assert "no file of relexp’s" in app.keeping.fault.value
    app.sheet.choose("signup.csv", sheet(12))
    assert planned(app).evening.evening is not None


def test_bytes_that_cannot_be_shown_are_said_and_the_next_sheet_takes_their_place(store):
    store.drafts.save("house-facilitator", "gathering", b"of a later release", NOW)
    app = gathering()
    assert str(say("app.kept_unreadable")) in app.keeping.fault.value
    app.sheet.choose("signup.csv", sheet(12))
    assert not shown(app.keeping.fault)
    assert "12 people" in gathering().coming.outcome.value


def test_a_page_left_open_for_longer_than_it_is_kept_is_kept_anew(store):
    app = opened_with()
    app.keeping._saved = datetime.now(UTC) - SEATING - timedelta(hours=1)
    app.rounds.value = 2
    assert not shown(app.keeping.fault), "not deleted yet"
    app.keeping._saved = datetime.now(UTC) - SEATING - timedelta(hours=1)
    store.drafts.purge(datetime.now(UTC) + timedelta(hours=1))
    app.rounds.value = 3
    assert not shown(app.keeping.fault)
    assert gathering().rounds.value == 3


def test_a_second_window_overwrites_nothing_unless_it_is_told_to(store):
    first = opened_with()
    second = gathering()
    first.rounds.value = 3
    second.rounds.value = 4
    assert str(say("app.kept_elsewhere")) in second.keeping.fault.value
    assert gathering().rounds.value == 3
    second.keeping.overwrite.click()
    assert not shown(second.keeping.fault)
    assert not shown(second.keeping.overwrite)
    assert gathering().rounds.value == 4


def test_an_evening_of_other_people_is_not_shown_with_this_sheet(store):
    planned(opened_with())
    kept = Draft.from_bytes(store.drafts.load("house-facilitator", "gathering"))
    other = Draft("signup.csv", sheet(8), rounds=5, evening=kept.evening.replace("Person 011", "Person 111"))
    store.drafts.save("house-facilitator", "gathering", other.to_bytes(), NOW)
    after = gathering()
    assert after.evening.evening is None
    assert "does not fit this sheet" in after.keeping.back.value


def test_nothing_of_a_sheet_is_logged_on_the_way_into_the_store_and_back(store, caplog):
    caplog.set_level(logging.DEBUG)
    planned(opened_with(sheet(12, "name,organisation,Faith", lambda place: ",Quakerly")))
    gathering()
    assert "Quakerly" not in caplog.text
    assert "Person 0" not in caplog.text


def test_keeping_a_room_of_three_hundred_takes_no_noticeable_time(store):
    app = planned(opened_with(sheet(300)))
    took = []
    for _ in range(5):
        begun = perf_counter()
        app.keeping.save(app.draft)
        took.append(perf_counter() - begun)
    assert not shown(app.keeping.fault)
    assert min(took) < 0.2, took


def test_nobody_is_named_any_more_once_the_page_was_begun_afresh(store):
    app = opened_with(b"name,organisation\nAmina,A\nBo,B\namina,A\nCass,C\nDee,D\n")
    app.coming.duplicates.children[1].children[1].children[0].click()
    assert "Amina" in everything_shown(app.coming)
    app.keeping.afresh.click()
    app.keeping.yes.click()
    assert "mina" not in everything_shown(app.coming)
    assert not shown(app.coming.duplicates)


def test_an_erased_person_does_not_come_back_by_a_page_that_is_open(store):
    app = planned(opened_with())
    store.erase_named("Person 003", forgotten)
    app.rounds.value = 3
    app.evening.looked()
    assert "Load the page again" in app.keeping.fault.value
    assert "somebody was deleted" in app.voice.text
    # what it shows is not offered to be kept
    assert not shown(app.keeping.overwrite)
    assert b"Person 003" not in Draft.from_bytes(store.drafts.load("house-facilitator", "gathering")).sheet
    again = gathering()
    assert len(again.roster) == 11
    again.rounds.value = 3
    assert again.keeping.fault.value == ""


def test_a_page_that_is_open_when_a_copy_is_put_back_saves_nothing_over_it(store, tmp_path):
    opened_with(sheet(8))
    store.back_up(tmp_path / "copy.sqlite3")
    app = opened_with(sheet(12))
    put_back(store.url, tmp_path / "copy.sqlite3", NOW)
    app.rounds.value = 3
    assert "Load the page again" in app.keeping.fault.value
    assert len(gathering().roster) == 8
