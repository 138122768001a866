"""The page that runs the evening, driven as those who lead would, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from relexp.apps.opening import Planned, open_doors
from relexp.apps.pace import Pace
from relexp.apps.run import Run, run
from relexp.apps.run_page import DOOR, SEATS
from relexp.apps.visitor import visitor
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Asked, Lead
from relexp.gathering.formats import Part
from relexp.gathering.running import Press
from relexp.pairing.plan import plan
from relexp.privacy.consent import Said, Way
from relexp.privacy.roles import Role
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from relexp.store.seal import Seal
from relexp.store.tonight import tonight
from tests.apps.test_gathering import PATIENCE, everything_shown, shown

HOME = "Al-Noor Community Centre"
NAMES, GROUPS, FAITHS = (
    ("Amina", "محمد", "ফাতেমা", "Bo"),
    (HOME, "Hillside", "UNISON", "School"),
    ("Quaker", "Zoroastrian"),
)
SHEET = "name,organisation,faith\n" + "\n".join(
    f"{NAMES[place % 4]} {place:02},{GROUPS[place % 4]},{FAITHS[place % 2]}" for place in range(12)
)
ROSTER = read_roster(SHEET.encode(), "sheet.csv").roster


class Wall(Pace):
    """A clock that somebody turns."""

    def now(self):
        return TIME[0]


TIME = [datetime(2026, 11, 26, 19, 0, tzinfo=UTC)]


def later(minutes):
    TIME[0] += timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def evening_begins():
    TIME[0] = datetime.now(UTC)


def opened(store, roster=ROSTER, rounds=4, apart="", **asked):
    evening = plan(roster, default_rules(roster, rounds), least_bad=True)
    told = Asked(rules={"rounds": rounds}, columns=roster.columns, private=roster.private, lead=Lead("Siân"), **asked)
    lead = store.identities.house(Role.FACILITATOR, TIME[0])
    return open_doors(store, lead, Planned("Spring", told, roster.people, evening, apart, ()), TIME[0])


def page():
    return Run(visitor(), Wall())


def all_come(store, id, but=()):
    for person in ROSTER:
        if person.id not in but:
            store.gatherings.come(id, person.id, TIME[0])


def press(app, what, minutes=0):
    app.clock.presses.press(what, minutes)


def labels(buttons):
    return [button["label"] for button in buttons]


def started(store, but=()):
    """A page on which round 1 has begun, with everybody but some there."""
    all_come(store, opened(store), but)
    app = page()
    if but:
        again(app)
        app.replan.use.click()
    press(app, Press.WELCOME)
    press(app, Press.START_ROUND)
    return app


def again(app):
    """Look at what would change."""
    app.replan.look.click()
    if app.replan.work is not None:
        app.replan.work.wait(PATIENCE)


def name(place):
    return ROSTER.people[place].name


# Without a gathering


def test_without_a_gathering_it_says_how_to_come_by_one(store):
    app = page()
    assert shown(app._empty)
    assert not shown(app._body)
    assert 'href="gathering"' in everything_shown(app._empty)


def test_in_a_notebook_without_a_store_it_says_so_and_one_can_rehearse(monkeypatch):
    monkeypatch.delenv("RELEXP_STORE", raising=False)
    app = page()
    assert "relexp serve" in everything_shown(app._empty)
    app.tick()
    app.rehearse.click()
    assert app.tonight is not None
    app.close()


# The door


def test_at_the_door_whoever_is_here_is_noted_and_counted(store):
    opened(store)
    app = page()
    app.door.list._told(None, {"come": ROSTER.people[1].id})
    assert app.door.list.states[ROSTER.people[1].id] == 1
    assert app.door.view.options == ["Not here yet (11)", "Here (1)", "Left (0)"]
    assert "is here. 1 here, 11 not yet." in app.voice.text
    app.door.list._told(None, {"come": ROSTER.people[1].id})
    assert app.door.list.came == [ROSTER.people[1].id]
    app.door.list._told(None, {"go": ROSTER.people[1].id})
    assert app.door.view.options[2] == "Left (1)"
    app.door.list._told(None, {"come": "nobody"})


def test_what_was_done_at_the_door_is_taken_back_step_by_step(store):
    opened(store)
    app = page()
    first = ROSTER.people[0].id
    for act in ({"come": first}, {"go": first}, {"come": first}):
        app.door.list._told(None, act)
    for state in (2, 1, 0):
        app.door.undo.click()
        assert app.door.list.states[first] == state
    assert not shown(app.door.undo)


def test_those_who_came_first_come_first_on_the_list(store):
    opened(store)
    app = page()
    for place in (3, 0, 2):
        app.door.list._told(None, {"come": ROSTER.people[place].id})
        later(1)
    assert app.door.list.came == [ROSTER.people[place].id for place in (3, 0, 2)]


def test_the_mix_is_that_of_those_who_are_here(store):
    id = opened(store)
    app = page()
    assert not shown(app.door.mix)
    for person in ROSTER.people[:8]:
        store.gatherings.come(id, person.id, TIME[0])
    app.tick()
    assert "8 people" in app.door.mix.value


def test_nobodys_private_answer_is_on_the_page(store):
    all_come(store, opened(store))
    app = page()
    said = everything_shown(app) + str(app.door.list.people)
    assert "Quaker" not in said
    assert "Zoroastrian" not in said


def walk_in(app, name, group="", **more):
    form = app.door.walk_in
    form.opener.value = True
    form.name.value, form.group.value = name, group
    for field, value in more.items():
        getattr(form, field).value = value
    form.take.click()
    return form


def test_whoever_walks_in_is_here_and_can_be_planned_for(store):
    opened(store)
    app = page()
    app.door.list._told(None, {"come": ROSTER.people[0].id})
    form = walk_in(app, " Zoë Fox ", "UNISON", languages="English; Welsh", under_18=True, adult=ROSTER.people[0].id)
    guest = app.tonight.people[-1]
    assert guest.here
    assert (guest.person.name, guest.person.organisation) == ("Zoë Fox", "UNISON")
    assert guest.person.languages == {"english", "welsh"}
    assert (guest.person.under_18, guest.person.responsible_adult) == (True, ROSTER.people[0].id)
    assert not form.opener.value
    assert (form.name.value, form.under_18.value) == ("", False)
    app.door.undo.click()
    assert len(app.tonight.people) == len(ROSTER)


@pytest.mark.parametrize(
    ("called", "group", "says"),
    [("", "", "Write the name"), (name(0), HOME, "is on the list"), (name(0).upper(), HOME.upper(), "is on the list")],
)
def test_a_walk_in_needs_a_name_that_is_not_on_the_list(store, called, group, says):
    opened(store)
    app = page()
    form = walk_in(app, called, group)
    assert says in form.said.value
    assert len(app.tonight.people) == len(ROSTER)


def test_two_of_one_name_who_are_here_have_to_be_told_apart(store):
    opened(store)
    app = page()
    walk_in(app, "Zoë Fox")
    assert "is here already" in walk_in(app, "Zoë Fox").said.value


def test_only_an_adult_who_is_here_can_be_responsible(store):
    opened(store)
    app = page()
    app.door.list._told(None, {"come": ROSTER.people[0].id})
    assert [name for name, _ in app.door.walk_in.adult.options] == ["Nobody who is here", name(0)]


def test_where_hosts_receive_guests_a_walk_in_says_which_they_are(store):
    opened(store)
    app = page()
    sides = {"column": "faith", "hosts": "Quaker", "guests": "Zoroastrian"}
    app.door.walk_in.offer(replace(app.tonight, asked=replace(app.tonight.asked, rules={"sides": sides})))
    assert shown(app.door.walk_in.side)
    walk_in(app, "Zoë Fox", side=1)
    assert app.tonight.people[-1].person.values["faith"] == "Quaker"


# The clock, and what is pressed


def test_there_is_one_main_action_at_a_time(store):
    id = opened(store)
    app = page()
    assert labels(app.clock.presses.main) == ["Begin the welcome"]
    for person in ROSTER.people[:6]:
        store.gatherings.come(id, person.id, TIME[0])
    app.tick()
    # Some came and others did not: they are planned for first.
    assert app.clock.presses.main == []
    assert app.replan.look.button_style == "primary"
    again(app)
    assert app.replan.look.button_style == ""
    assert app.clock.presses.main == []
    app.replan.use.click()
    assert labels(app.clock.presses.main) == ["Begin the welcome"]


def test_in_the_welcome_the_main_thing_is_to_plan_for_who_is_here_until_it_is_done(store):
    id = opened(store)
    all_come(store, id, but=[ROSTER.people[3].id])
    app = page()
    press(app, Press.WELCOME)
    assert "11 of 12 are here. No screen sends anybody to a table yet" in everything_shown(app.replan)
    assert app.clock.presses.main == []
    assert app.replan.look.button_style == "primary"
    assert "Start round 1" in labels(app.clock.presses.more)
    again(app)
    app.replan.use.click()
    assert not shown(app.replan)
    assert app.tonight.scene(TIME[0]).seats is not None
    assert labels(app.clock.presses.main) == ["Start round 1"]


def test_round_1_does_not_begin_unasked_where_people_would_be_sent_to_empty_chairs(store):
    id = opened(store)
    all_come(store, id, but=[person.id for person in ROSTER.people[:3]])
    app = page()
    press(app, Press.WELCOME)
    press(app, Press.START_ROUND)
    assert app.tonight.running(TIME[0]).part is Part.OPENING
    assert "Round 1 has not begun" in app.voice.text
    assert "3 people have a table and are not here." in everything_shown(app.replan)
    assert app.voice.go == "again"
    assert app.replan.look.button_style == "primary"
    app.replan.anyway.click()
    app.replan.anyway.click()
    assert app.tonight.running(TIME[0]).round == 1
    assert not shown(app.replan.anyway)


def test_what_was_asked_before_round_1_is_asked_anew_when_somebody_comes_and_not_once_it_was_left(store):
    id = opened(store)
    all_come(store, id, but=[person.id for person in ROSTER.people[:2]])
    app = page()
    press(app, Press.WELCOME)
    press(app, Press.START_ROUND)
    assert shown(app.replan.anyway)
    store.gatherings.come(id, ROSTER.people[0].id, TIME[0])
    app.tick()
    assert not shown(app.replan.anyway)
    again(app)
    assert not shown(app.replan.anyway)
    app.replan.leave.click()
    press(app, Press.START_ROUND)
    assert app.tonight.running(TIME[0]).round == 1


def test_one_person_alone_is_asked_about_too_and_nobody_at_all_is_not(store):
    id = opened(store)
    app = page()
    store.gatherings.come(id, ROSTER.people[0].id, TIME[0])
    app.tick()
    press(app, Press.START_ROUND)
    assert shown(app.replan.anyway)
    assert not shown(app.replan.look)
    assert app.tonight.running(TIME[0]).round == 0
    store.gatherings.not_come(id, ROSTER.people[0].id)
    app.tick()
    press(app, Press.START_ROUND)
    assert app.tonight.running(TIME[0]).round == 1


def test_the_evening_goes_from_the_door_to_the_end(store):
    app = started(store)
    seen = []
    for _ in range(100):
        scene = app.tonight.scene(TIME[0])
        if not seen or seen[-1] != (scene.round, scene.part):
            seen.append((scene.round, scene.part))
        if scene.part is None:
            break
        if main := app.clock.presses.main:
            press(app, Press(main[0]["press"]))
        else:
            later(1)
            app.tick()
    assert [part for _, part in seen if part] == [
        *([Part.PROMPT, Part.TALK, Part.HARVEST, Part.MOVE] * 2),
        *(Part.PROMPT, Part.TALK, Part.HARVEST, Part.TEA),
        *(Part.PROMPT, Part.TALK, Part.HARVEST, Part.CLOSING),
    ]
    assert "The evening is closed" in app.clock.head.value
    assert labels(app.clock.presses.more) == ["Take back: Close the evening"]
    assert "What we wove" in app.clock.question.value
    press(app, Press.UNDO)
    assert "Closing" in app.clock.head.value


def test_the_clock_is_told_how_much_is_left_and_stands_still_when_it_is_paused(store):
    app = started(store)
    later(1.5)
    app.tick()
    assert (app.clock.clock.left, app.clock.clock.whole, app.clock.clock.half) == (450, 480, True)
    press(app, Press.PAUSE)
    assert app.clock.clock.stands
    assert labels(app.clock.presses.main) == ["Go on"]
    later(10)
    app.look()
    assert app.clock.clock.left == 450
    press(app, Press.GO_ON)
    press(app, Press.EXTEND, 1)
    assert app.clock.clock.left == 510


def test_the_page_turns_to_who_sits_where_when_the_first_round_begins(store):
    app = started(store)
    assert app.view.value == SEATS
    assert app.seats.round.options == ["Now: round 1", "Next: round 2"]
    app.seats.find.value = name(0)
    assert "<mark>" in app.seats.seen.value
    app.seats.find.value = "nobody of this name"
    assert "nobody of this name" in app.seats.seen.value
    app.seats.find.value, app.seats.round.value = "", 1
    assert "Round 2 of 4" in app.seats.seen.value
    app.view.value = DOOR
    later(12)
    app.tick()
    assert app.view.value == DOOR
    assert app.seats.round.options == ["Next: round 2"]


@pytest.mark.parametrize(("rounds", "says"), [(1, "Before the one round"), (4, "Before the first of 4 rounds")])
def test_before_the_talks_it_says_how_many_rounds_there_will_be(store, rounds, says):
    opened(store, rounds=rounds)
    assert says in page().clock.head.value


def test_what_was_pressed_last_can_be_taken_back_but_not_the_opening(store):
    opened(store)
    app = page()
    assert labels(app.clock.presses.more) == ["Start round 1"]
    press(app, Press.WELCOME)
    assert labels(app.clock.presses.more)[-1] == "Take back: Begin the welcome"
    press(app, Press.UNDO)
    assert "People are arriving" in app.clock.head.value


def test_what_is_taken_back_has_the_words_of_the_button_that_was_pressed(store):
    app = started(store)
    for words in ("Begin the talk", "End the talk", "Go on to the next table", "Start round 2"):
        offered = [*app.clock.presses.main, *app.clock.presses.more]
        press(app, Press(next(each["press"] for each in offered if each["label"] == words)))
        assert labels(app.clock.presses.more)[-1] == f"Take back: {words}"
    press(app, Press.SKIP)
    later(9)
    app.tick()
    assert "Harvest" in app.clock.head.value
    assert labels(app.clock.presses.more)[-1] == "Take back: Begin the talk"


def test_two_who_press_at_once_start_one_round_and_the_second_is_told(store):
    app = started(store)
    later(12)
    app.tick()
    other = page()
    press(other, Press.START_ROUND)
    press(app, Press.START_ROUND)
    assert app.tonight.running(TIME[0]).round == 2
    assert "Somebody else pressed" in app.notice.value
    assert "Start round 2" in app.notice.value
    press(app, Press.PAUSE)
    assert not shown(app.notice)
    press(other, Press.PAUSE)
    press(app, Press.UNDO)
    press(other, Press.GO_ON)
    assert "Take back" in other.notice.value


def test_the_same_press_sent_twice_is_one(store):
    all_come(store, opened(store))
    app = page()
    saw = app.clock.presses.seen
    for _ in range(2):
        app.clock.presses._told(None, {"press": "start_round", "minutes": 0, "seen": saw, "key": "k"})
    assert [act.press for act in app.tonight.acts] == [Press.OPEN_DOORS, Press.START_ROUND]
    assert not shown(app.notice)
    assert app.clock.presses.answered == 2


def test_a_part_that_ended_by_itself_is_not_skipped_twice(store):
    app = started(store)
    later(1.5)
    app.tick()
    later(8)
    press(app, Press.SKIP)
    assert app.tonight.scene(TIME[0]).part is Part.HARVEST
    assert "moved on by itself" in app.notice.value


def test_a_press_that_means_nothing_is_told_kindly(store):
    all_come(store, opened(store))
    app = page()
    press(app, Press.GO_ON)
    assert "means nothing just now" in app.notice.value


@pytest.mark.parametrize("wrong", [{"press": "explode"}, {"press": 3}, {"seen": "x"}, {"key": None}, {"minutes": "1"}])
def test_a_message_that_no_page_of_ours_sends_does_nothing(store, wrong):
    opened(store)
    app = page()
    sent = {"press": "welcome", "minutes": 0, "seen": app.clock.presses.seen, "key": "k"} | wrong
    app.clock.presses._told(None, sent)
    assert len(app.tonight.acts) == 1


# Whoever comes late or leaves


def test_before_the_first_round_it_is_planned_from_who_is_here(store):
    all_come(store, opened(store), but=[ROSTER.people[n].id for n in (2, 5, 7)])
    app = page()
    assert "9 of 12 are here" in app.replan.says.value
    again(app)
    assert "9 people who are here: 4 rounds" in app.replan.preview.value
    app.replan.use.click()
    assert not shown(app.replan)
    assert {id for talk in app.tonight.rounds[0].conversations for id in talk.people}.isdisjoint(
        {ROSTER.people[n].id for n in (2, 5, 7)}
    )


def test_a_leaver_changes_only_what_is_to_come_and_the_page_says_for_whom_first(store):
    app = started(store)
    before = app.tonight.rounds
    app.door.list._told(None, {"go": ROSTER.people[0].id})
    app.door.list._told(None, {"go": ROSTER.people[1].id})
    assert "2 people have a table and are not here" in app.replan.says.value
    again(app)
    assert "sit elsewhere" in app.replan.preview.value
    assert app.tonight.rounds == before
    app.replan.use.click()
    after = app.tonight.rounds
    assert after[0] == before[0]
    assert ROSTER.people[0].id not in str(after[1:])
    assert not shown(app.replan)


def test_a_preview_that_was_overtaken_is_worked_out_anew(store):
    app = started(store)
    app.door.list._told(None, {"go": ROSTER.people[0].id})
    again(app)
    later(12)
    app.tick()
    press(page(), Press.START_ROUND)
    before = app.tonight.rounds
    app.replan.use.click()
    assert "Something changed" in app.voice.text or app.replan.work is not None
    app.replan.work.wait(PATIENCE)
    assert app.replan.proposal.after == 2
    assert app.tonight.rounds == before
    app.replan.use.click()
    assert app.tonight.rounds[:2] == before[:2]


def test_whoever_is_left_alone_at_a_table_is_named_until_the_talk_is_over(store):
    app = started(store)
    press(app, Press.SKIP)
    assert "Alone at a table" not in app.clock.question.value
    talk = app.tonight.rounds[0].conversations[0]
    leaver, *others = talk.people
    app.door.list._told(None, {"go": leaver})
    assert len(others) == 1
    again(app)
    app.replan.use.click()
    said = re.sub(r"<[^>]+>|[\u2068\u2069]", "", app.clock.question.value)
    assert f"Alone at a table now:Table {talk.table}: {app.tonight.names[others[0]]}Send them" in said
    press(app, Press.SKIP)
    assert "Alone at a table" not in app.clock.question.value


def test_a_change_can_be_left_as_it_is_until_somebody_else_comes_or_goes(store):
    app = started(store)
    app.door.list._told(None, {"go": ROSTER.people[0].id})
    again(app)
    app.replan.leave.click()
    assert not shown(app.replan)
    app.look()
    assert not shown(app.replan)
    walk_in(app, "Zoë Fox")
    assert shown(app.replan)
    assert "1 person is here and has no table yet." in app.replan.says.value


def test_whom_to_keep_apart_is_kept_apart_and_said_where_that_cannot_be_read(store, monkeypatch, tmp_path):
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "key"))
    pair = [ROSTER.people[0].id, ROSTER.people[1].id]
    all_come(
        store, opened(store, apart=Seal().close(f'[["{pair[0]}", "{pair[1]}"]]'.encode())), but=[ROSTER.people[5].id]
    )
    app = page()
    again(app)
    assert tuple(sorted(pair)) not in {*app.replan.proposal.evening.pairs()}
    assert pair[0] not in app.replan.preview.value
    app.replan.leave.click()
    (tmp_path / "key").unlink()
    again(app)
    assert "cannot be read on this computer" in app.replan.preview.value


def test_with_nobody_to_talk_to_nothing_is_planned(store):
    id = opened(store)
    store.gatherings.come(id, ROSTER.people[0].id, TIME[0])
    assert not shown(page().replan)


def test_what_goes_wrong_while_planning_is_said(store):
    app = started(store)
    app.door.list._told(None, {"go": ROSTER.people[0].id})
    again(app)
    app.replan.work = work = object()
    app._guard(lambda: app.replan._found(None, ZeroDivisionError()))
    assert not shown(app.notice)
    app._guard(lambda: app.replan._found(work, ZeroDivisionError()))
    assert "Something went wrong inside relexp" in app.notice.value
    assert shown(app.replan.look)


# Elsewhere


def test_what_changes_elsewhere_is_on_the_page_within_a_second(store):
    id = opened(store)
    app = run()
    try:
        store.gatherings.come(id, ROSTER.people[0].id, datetime.now(UTC))
        end = monotonic() + PATIENCE
        while app.door.view.options[1] != "Here (1)":
            assert monotonic() < end
            sleep(0.02)
    finally:
        app.close()


def test_a_co_facilitator_runs_the_same_evening_and_lets_nobody_in(store, monkeypatch):
    all_come(store, opened(store))
    helper = store.identities.add(Role.CO_FACILITATOR, "Bo", TIME[0])
    monkeypatch.setenv("RELEXP_IDENTITY", helper.to_json())
    app = page()
    press(app, Press.WELCOME)
    assert app.tonight.running(TIME[0]).part is Part.OPENING
    assert 'href="links"' not in app.help.ways.value
    assert 'href="projector"' in app.help.ways.value


def test_a_store_out_of_reach_is_said_once_and_taken_back(store, tmp_path):
    opened(store)
    app = page()
    there, away = tmp_path / "relexp.sqlite3", tmp_path / "away"
    for opened_here in (store, app._visitor.store):
        opened_here.close()
    there.rename(away)
    there.mkdir()
    app.tick()
    app.tick()
    assert "cannot be reached" in app.notice.value
    there.rmdir()
    away.rename(there)
    app.tick()
    assert not shown(app.notice)


# On paper


def test_the_rest_of_the_evening_is_printed_for_those_who_are_here(store):
    gone = ROSTER.people[3].id
    app = started(store, but=[gone])
    file, html = app.help._page("evening-on-paper")
    text = html.decode()
    assert file == "evening-on-paper.html"
    assert name(0) in text
    assert name(3) not in text
    assert "Quaker" not in text
    assert '<strong><bdi dir="auto">Siân</bdi></strong>' in text, "whom to turn to is on the new cards too"
    app.help.size.value = 1
    assert app.help._page("cards")[0] == "cards-large.html"


# The rehearsal


def test_a_rehearsal_is_marked_goes_fast_and_leaves_nothing(store):
    app = Run(visitor())
    app.rehearse.click()
    folder = app.rehearsal.folder.name
    assert "REHEARSAL" in everything_shown(app._strip)
    assert shown(app._strip)
    assert app.clock.clock.pace == 60
    assert app.door.view.options[:2] == ["Not here yet (4)", "Here (50)"]
    assert tonight(store.gatherings, datetime.now(UTC)) is None
    press(app, Press.WELCOME)
    assert len(app.view.options) == 2
    app.end_rehearsal.click()
    app.end_rehearsal.click()
    assert app.tonight is None
    assert not Path(folder).exists()
    assert shown(app._empty)
    assert not shown(app._strip)


# What somebody said yes to


def asked(app, person):
    """Press what a row of the list offers besides."""
    app.door.list._told(None, {"ask": person.id})
    return app.door.consent


def test_at_the_desk_it_is_seen_what_somebody_said_yes_to_when_how_and_in_which_wording(store):
    id = opened(store)
    phone = store.identities.add(Role.PARTICIPANT, "", TIME[0])
    store.gatherings.check_in(id, ROSTER.people[1], phone.id, ["seating", "photo"], "2026-1-ur", TIME[0])
    app = page()
    assert not shown(app.door.consent)
    panel = asked(app, ROSTER.people[1])
    assert shown(panel)
    assert "What <bdi>محمد 01</bdi> said yes to" in panel.heading.value
    assert app.voice.go == "asked"
    at = TIME[0].astimezone().strftime("%H:%M")
    assert f"Yes, on their own phone at <bdi>{at}</bdi> (wording <bdi>2026-1-ur</bdi>)." in panel.lines["photo"].value
    assert "Nothing is noted here." in panel.lines["contact"].value
    assert "We keep how to reach you for 90 days" in panel.lines["contact"].value
    assert [press.description for press in panel.presses.values()] == [
        "They take it back",
        "They say yes",
        "They say yes",
        "They take it back",
    ]
    assert not shown(panel.past)
    panel.done.click()
    assert not shown(panel)


def test_a_yes_is_taken_back_and_given_aloud_and_every_line_of_it_stays(store):
    id, bo = opened(store), ROSTER.people[3]
    store.gatherings.come(id, bo.id, TIME[0])
    app = page()
    panel = asked(app, bo)
    for says in ("may be in photos", "is to be in no photo"):
        later(1)
        panel.presses["photo"].click()
        assert says in panel.said.value
        assert says in app.voice.text
    assert "No, said aloud" in panel.lines["photo"].value
    assert panel.past.value.count("<li>") == 2
    said = store.consents.of(id, bo.id)
    assert [(each.purpose, each.yes, each.way) for each in said] == [("photo", True, "desk"), ("photo", False, "desk")]
    assert store.gatherings.guests(id)[3].here


def test_who_noted_it_is_named_where_they_have_a_name(store, monkeypatch):
    opened(store)
    helper = store.identities.add(Role.CO_FACILITATOR, "Siân <Rees>", TIME[0])
    monkeypatch.setenv("RELEXP_IDENTITY", helper.to_json())
    panel = asked(page(), ROSTER.people[0])
    panel.presses["contact"].click()
    assert "Noted by <bdi>Siân &lt;Rees&gt;</bdi>." in panel.lines["contact"].value


def test_whoever_takes_back_their_place_on_the_plan_is_planned_for_no_longer_until_they_say_yes(store):
    app, bo = started(store), ROSTER.people[3]
    panel = asked(app, bo)
    # nothing is noted of who came by paper: the first thing they say may be a no
    assert shown(panel.refusals["seating"])
    panel.refusals["seating"].click()
    assert [said.yes for said in store.consents.of(app.tonight.id, bo.id)] == [False]
    assert not shown(panel.refusals["seating"])
    assert "is off the plan" in panel.said.value
    assert (app.door.list.states[bo.id], app.door.list.off) == (1, [bo.id])
    assert "1 of those who are here is not on the plan" in app.door.mix.value
    assert app.door.view.options[1:] == ["Here (12)", "Left (0)"]
    assert "1 person has a table and took back that they may be on the plan." in everything_shown(app.replan)
    again(app)
    app.replan.use.click()
    assert not any(bo.id in talk.people for round in app.tonight.rounds[1:] for talk in round.conversations)
    # who goes out and is back is here, and is asked whether they say yes now
    panel.done.click()
    for word in ("go", "come"):
        app.door.list._told(None, {word: bo.id})
    assert (app.door.list.states[bo.id], app.door.list.off) == (1, [bo.id])
    assert shown(panel)
    assert "If they say yes now" in panel.said.value
    panel.presses["seating"].click()
    assert (app.door.list.states[bo.id], app.door.list.off) == (1, [])


def test_what_a_phone_says_meanwhile_is_not_turned_round_unseen(store):
    id, bo = opened(store), ROSTER.people[3]
    panel = asked(page(), bo)
    store.consents.note(
        id, bo.id, Said("photo", True, "2026-1", TIME[0], Way.PHONE), store.identities.house(Role.FACILITATOR, TIME[0])
    )
    panel.presses["photo"].click()
    assert "something else a moment ago" in panel.said.value
    assert len(store.consents.of(id, bo.id)) == 1
    assert panel.presses["photo"].description == "They take it back"


def test_what_a_phone_says_is_on_the_open_panel_at_once_and_who_is_forgotten_is_not(store):
    id, bo = opened(store), ROSTER.people[3]
    app = page()
    panel = asked(app, bo)
    lead = store.identities.house(Role.FACILITATOR, TIME[0])
    store.consents.note(id, bo.id, Said("photo", True, "2026-1", TIME[0], Way.PHONE), lead)
    app.tick()
    assert "on their own phone" in panel.lines["photo"].value
    store.gatherings.forget(id, bo.id)
    app.tick()
    assert not shown(panel)


def test_what_somebody_said_is_asked_of_nobody_who_is_not_on_the_list(store):
    opened(store)
    app = page()
    app.door.list._told(None, {"ask": "nobody"})
    app.door.list._told(None, {"ask": 3})
    assert not shown(app.door.consent)


def test_when_somebody_was_erased_or_a_copy_put_back_the_page_says_so_and_shows_what_is_there(store):
    id = opened(store)
    store.gatherings.come(id, ROSTER.people[0].id, TIME[0])
    app = page()
    app.door.list._told(None, {"go": ROSTER.people[0].id})
    assert shown(app.door.undo)
    store.erase_named(ROSTER.people[0].name, lambda content, name: None)
    app.tick()
    assert "somebody was deleted" in app.notice.value
    assert ROSTER.people[0].id not in app.door.list.states
    assert not shown(app.door.undo)


def test_undo_at_the_door_brings_nobody_back_on_the_plan_who_took_that_back(store):
    app, bo = started(store), ROSTER.people[3]
    id = app.tonight.id
    app.door.list._told(None, {"go": bo.id})
    phone = store.identities.add(Role.PARTICIPANT, "", TIME[0])
    store.consents.note(id, bo.id, Said("seating", False, "2026-1", TIME[0], Way.PHONE), phone)
    app.door.undo.click()
    assert (app.door.list.states[bo.id], app.door.list.off) == (1, [bo.id])
    assert not app.tonight.people[3].takes_part


def test_tables_that_would_leave_a_child_unprotected_cannot_be_left_as_they_are(store):
    people = (
        Person("child", "Ida", "A", under_18=True, responsible_adult="adult"),
        Person("adult", "Ana", "A"),
        *(Person(f"q{at}", f"Q {at}", "BC"[at % 2]) for at in range(6)),
    )
    id = opened(store, Roster(people), rounds=1)
    for person in people:
        store.gatherings.come(id, person.id, TIME[0])
    app = page()
    press(app, Press.WELCOME)
    store.gatherings.go(id, "adult", TIME[0])
    app.look()
    assert "child" in str(app.tonight.rounds[0].conversations)
    again(app)
    assert shown(app.replan.use)
    assert not shown(app.replan.leave)
