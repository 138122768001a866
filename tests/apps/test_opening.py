"""Opening the doors from the planning page: the planned evening becomes the one that runs, once and whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from relexp.apps.draft_contents import forgotten
from relexp.apps.gathering import gathering
from relexp.gathering.asked import Lead
from relexp.gathering.formats import Part
from relexp.gathering.running import Press
from relexp.messages import say
from relexp.pairing.plan import plan
from relexp.roster.person import Roster
from relexp.roster.rule_check import check_rules
from relexp.roster.wishes import Aim
from relexp.store.seal import Seal
from relexp.store.tonight import tonight
from tests.apps.test_gathering import app_with, everything_shown, planned, sheet, shown

FAITHS = ("Quaker", "Zoroastrian")


def private_room():
    return sheet(12, "name,organisation,faith", lambda place: f",{FAITHS[place % 2]}")


def ready(data=None):
    app = planned(app_with(data))
    app.opening.fields["called"].value = "An evening of conversations"
    app.opening.fields["who"].value = "Siân Rees"
    app.opening.fields["where"].value = "by the tea table"
    app.opening.fields["purpose"].value = "Neighbours meeting"
    return app


def running(store):
    return tonight(store.gatherings, datetime.now(UTC))


def test_the_panel_is_there_once_there_is_an_evening(store):
    app = gathering()
    assert not shown(app.opening)
    app = planned(app_with())
    assert shown(app.opening)
    assert shown(app.opening.press)
    assert not shown(app.opening.ways)
    app.sheet.choose("other.csv", sheet(6))
    assert not shown(app.opening)


def test_without_a_store_nothing_can_be_opened(monkeypatch):
    monkeypatch.delenv("RELEXP_STORE", raising=False)
    assert not shown(planned(app_with()).opening)


def test_the_planned_evening_becomes_the_one_that_runs(store):
    app = ready()
    app.times.formats.value = 1
    app.opening.press.click()
    found = running(store)
    assert found.rounds == app.evening.evening.rounds
    assert [guest.person.name for guest in found.people] == [person.name for person in app.roster]
    assert found.name == str(say("open.called_usual"))
    assert found.asked.format == app.times.format
    assert found.asked.lead == Lead("Siân Rees", "by the tea table")
    assert found.asked.purpose == "Neighbours meeting"
    assert found.asked.questions == app.times.asked(len(found.rounds))
    assert found.asked.seed == app.evening.evening.seed
    assert [act.press for act in found.acts] == [Press.OPEN_DOORS]
    assert found.scene(datetime.now(UTC)).part is Part.ARRIVAL
    assert 'href="run"' in app.opening.ways.value
    assert 'href="projector"' in app.opening.ways.value
    assert 'href="links"' in app.opening.ways.value
    assert "The doors are open. 12 people are expected." in app.voice.text


def test_the_rules_that_were_asked_for_hold_for_the_roster_as_it_is_kept(store):
    app = ready(private_room())
    app.opening.press.click()
    found = running(store)
    roster = Roster(tuple(guest.person for guest in found.people), found.asked.columns, found.asked.private)
    assert roster.private == app.roster.private != frozenset()
    assert check_rules(found.asked.rules, roster) == app.asking.rules(len(found.rounds))


def test_of_the_sheet_no_more_is_kept_for_the_evening_than_the_plan_uses_and_it_plans_the_same(store):
    header = "name,organisation,ward,age,date of birth,medical conditions,shirt,under 18,team,note"

    def extra(place):
        return f",Ward {place % 3},{30 + place},1980-01-01,asthma,M,no,{'host' if place % 2 else 'guest'},hello {place}"

    app = ready(sheet(12, header, extra))
    app.opening.press.click()
    found = running(store)
    kept = Roster(tuple(guest.person for guest in found.people), found.asked.columns, found.asked.private)
    used = {attribute.column for attribute in app.asking.rules(len(found.rounds)).across}
    assert (
        {key for person in kept for key in person.values} == used | {"organisation"} == {"organisation", "ward", "team"}
    )
    with store.database.reads() as connection:
        everything = str(connection.exec_driver_sql("SELECT about FROM people").all())
    assert not any(text in everything for text in ("1980", "asthma", "hello", '"age"', "shirt"))
    # The evening plans by what is kept just as by the whole sheet.
    rules = check_rules(found.asked.rules, kept)
    assert rules == check_rules(found.asked.rules, app.roster)
    assert plan(kept, rules).rounds == plan(app.roster, rules).rounds


def test_what_the_organiser_wishes_for_is_kept_whatever_it_is_and_what_they_leave_out_is_not(store):
    app = app_with(sheet(12, "name,organisation,ward,team", lambda place: f",W{place % 3},{'ab'[place % 2]}"))
    columns = [column for column, _ in app.asking.wishes.columns]
    app.asking._wished(app.asking.wishes.aimed(columns.index("ward"), Aim.IGNORE))
    planned(app)
    app.opening.fields["who"].value = "Siân"
    app.opening.press.click()
    (keys,) = {tuple(guest.person.values) for guest in running(store).people}
    assert keys == ("organisation", "team")


def test_what_the_page_shows_of_it_names_no_private_answer(store):
    app = ready(private_room())
    app.opening.press.click()
    assert not any(faith in everything_shown(app.opening) for faith in FAITHS)


def test_somebody_has_to_look_after_people(store):
    app = ready()
    app.opening.fields["who"].value = "  "
    app.opening.press.click()
    assert running(store) is None
    assert "Write who looks after people" in app.opening.note.value


def test_whom_to_turn_to_is_asked_before_the_plan_and_taken_over_when_the_doors_open(store):
    app = app_with()
    assert shown(app.care)
    assert list(app.children).index(app.care) < list(app.children).index(app.planner)
    app.care.fields["who"].value = "Siân Rees"
    assert gathering().care.lead == Lead("Siân Rees", ""), "a reload before the plan keeps it"
    planned(app)
    assert "turns to <bdi>Siân Rees</bdi>" in app.opening.lead.value
    app.opening.press.click()
    assert running(store).asked.lead == Lead("Siân Rees", "")
    app._forgotten()
    assert not shown(app.care)
    assert app.care.lead == Lead()


def test_pressed_twice_it_is_one_gathering(store):
    app = ready()
    app.opening.press.click()
    app.opening.press.click()
    first = running(store)
    assert "is open since" in app.opening.note.value
    app.opening.press.click()
    assert running(store) == first


def test_where_one_is_open_already_it_is_gone_on_with_or_this_one_takes_its_place(store):
    ready().opening.press.click()
    first = running(store)
    app = ready(sheet(8))
    assert "“<bdi>An evening of conversations</bdi>” is open since" in app.opening.note.value
    assert "12 people" in app.opening.note.value
    assert not shown(app.opening.press)
    assert 'href="run"' in app.opening.ways.value
    app.opening.instead.click()
    second = running(store)
    assert second.id != first.id
    assert len(second.people) == 8
    assert store.gatherings.get(first.id).closed is not None
    assert not shown(app.opening.instead)


def test_who_must_not_meet_is_kept_under_lock_and_who_met_before_beside_it(store, monkeypatch, tmp_path):
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "key"))
    app = app_with()
    app.asking.apart.one.value, app.asking.apart.other.value = "Person 000", "Person 001"
    app.asking.apart.add.click()
    planned(app)
    app.opening.fields["who"].value = "Siân"
    app.opening.press.click()
    kept = store.gatherings.current()
    ids = [person.id for person in app.roster][:2]
    assert not any(id in kept.apart for id in ids)
    opened = Seal().open(kept.apart)
    assert opened is not None
    assert all(id.encode() in opened for id in ids)


def test_what_was_written_there_comes_back(store):
    ready()
    again = gathering()
    assert {part: field.value for part, field in again.opening.fields.items()} == {
        "called": "An evening of conversations",
        "who": "Siân Rees",
        "where": "by the tea table",
        "purpose": "Neighbours meeting",
    }
    assert shown(again.opening)
    again._forgotten()
    assert again.opening.kept == ""


@pytest.mark.parametrize("kept", ["[]", "no json", '{"who": 3}'])
def test_what_cannot_be_read_of_it_is_nothing(store, kept):
    app = ready()
    app.opening.restore(kept)
    assert app.opening.kept == ""


def test_whatever_goes_wrong_is_said_plainly(store):
    app = ready()
    app.opening.planned = lambda: 1 / 0
    app.opening.press.click()
    assert "Something went wrong inside relexp" in app.opening.note.value
    assert running(store) is None


def test_the_doors_stay_shut_on_an_evening_that_protects_somebody_no_longer(store):
    app = ready()
    talk = app.evening.evening.rounds[0].conversations[0].people
    names = [app.roster[id].name for id in talk[:2]]
    app.asking.apart.one.value, app.asking.apart.other.value = names
    app.asking.apart.add.click()
    app.opening.press.click()
    assert running(store) is None
    assert "must not sit together" in app.opening.note.value
    planned(app)
    app.opening.press.click()
    assert running(store) is not None


def test_what_the_evening_is_called_is_what_the_hall_sees_and_never_the_name_of_a_file(store):
    app = ready()
    app.opening.fields["called"].value = "Spring evening"
    app.opening.press.click()
    assert running(store).name == "Spring evening"


def test_of_two_who_open_the_doors_at_once_one_does_and_the_other_is_told_which_is_open(store):
    one, other = ready(), ready(sheet(8))
    one.opening.press.click()
    first = running(store)
    other.opening.press.click()
    assert running(store) == first
    assert "“<bdi>An evening of conversations</bdi>” is open since" in other.opening.note.value
    assert "is open since" in other.voice.text
    assert shown(other.opening.instead)
    # and one that was opened meanwhile is not closed unseen
    ready(sheet(10)).opening.instead.click()
    second = running(store)
    other.opening.instead.click()
    assert running(store) == second
    assert "10 people" in other.opening.note.value
    other.opening.instead.click()
    assert len(running(store).people) == 8


def test_where_this_one_cannot_open_the_one_that_is_open_stays_open(store):
    ready().opening.press.click()
    first = running(store)
    app = ready(sheet(8))
    page = app.opening._visitor.store.database
    with page.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
    app.opening.instead.click()
    assert "no room left" in app.opening.note.value
    assert running(store) == first


def test_a_page_that_still_shows_somebody_who_was_erased_opens_no_doors(store):
    app = ready()
    store.erase_named("Person 003", forgotten)
    app.opening.press.click()
    assert "Load the page again" in app.opening.note.value
    assert running(store) is None
