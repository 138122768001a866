"""The gathering app, driven as a facilitator would, without a browser."""

import csv
import io
import logging
import re
from threading import Event

import ipywidgets
import pytest

import relexp.apps.planning as planning_module
from relexp.apps.gathering import Gathering, gathering
from relexp.exchange.demo import demo_sheet
from relexp.messages import say

GROUPS = ("St Luke's", "Zainabiya Centre", "UNISON", "Riverside School")
PATIENCE = 60


def sheet(people=12, header="name,organisation", extra=lambda place: ""):
    rows = (f"Person {place:03},{GROUPS[place % len(GROUPS)]}{extra(place)}" for place in range(people))
    return "\n".join((header, *rows)).encode()


def app_with(data=None, name="signup.csv"):
    app = gathering()
    app.sheet.choose(name, sheet() if data is None else data)
    return app


def planned(app, press=None):
    (press or app.plan).click()
    planning = app.planner.planning
    if planning is not None:
        planning.wait(PATIENCE)
    return app


def shown(widget):
    return widget.layout.display != "none"


def everything_shown(widget):
    """All the text that has reached the page, in every widget below."""
    texts = [
        str(getattr(widget, trait)) for trait in ("value", "description", "label", "hint") if hasattr(widget, trait)
    ]
    return " ".join((*texts, *(everything_shown(child) for child in getattr(widget, "children", ()))))


@pytest.fixture
def slow_plan(monkeypatch):
    """A planner that goes on until it is told to stop, then gives what the real one finds."""
    begun = Event()
    real = planning_module.plan

    def plan(roster, rules, *, least_bad, watch):
        begun.set()
        while watch(0.25):
            begun.wait(0.01)
        return real(roster, rules, least_bad=least_bad)

    monkeypatch.setattr(planning_module, "plan", plan)
    return begun


def test_the_first_screen_has_one_main_action_and_nothing_about_a_room():
    app = gathering()
    assert isinstance(app, Gathering)
    assert app.sheet.main
    assert not shown(app._mix_step)
    assert not shown(app.planner)
    assert not shown(app.evening)


def test_a_sheet_that_is_read_is_told_with_its_people_and_the_mix_of_the_room():
    app = app_with(sheet(12))
    assert "12 people" in app.coming.outcome.value
    assert "St Luke" in app.mix.value
    assert "<svg" in app.mix.value
    assert "<table" in app.mix.value
    assert shown(app.planner)
    assert app.plan.button_style == "primary"
    assert not app.sheet.main


def test_the_made_up_room_needs_no_sheet():
    app = gathering()
    app.demo.click()
    assert "54 people" in app.coming.outcome.value


def test_the_app_opens_on_the_made_up_room_where_that_is_asked_for(monkeypatch):
    monkeypatch.delenv("RELEXP_DEMO", raising=False)
    assert gathering().roster is None
    monkeypatch.setenv("RELEXP_DEMO", "1")
    app = gathering()
    assert "54 people" in app.coming.outcome.value
    assert shown(app.planner)


@pytest.mark.parametrize("rounds", [0, -1, 31, 400])
def test_a_number_of_rounds_that_no_plan_can_have_is_told_and_stays_as_it_was_typed(rounds):
    app = app_with(sheet(12))
    app.rounds.value = rounds
    assert app.rounds.value == rounds
    assert "30" in app.planner.note.value
    app.plan.click()
    assert app.planner.planning is None
    assert app.evening.evening is None
    app.rounds.value = 3
    assert not shown(app.planner.note)


def test_an_evening_of_another_number_of_rounds_is_marked_until_it_is_planned_again():
    app = planned(app_with(sheet(12)))
    assert not shown(app.planner.note)
    app.rounds.value = 3
    assert "another number of rounds: 5" in app.planner.note.value
    planned(app)
    assert not shown(app.planner.note)
    app.rounds.value = 4
    app.sheet.choose("other.csv", sheet(8))
    assert not shown(app.planner.note)
    assert not shown(app.evening)


def test_the_mix_of_the_room_is_told_for_as_many_rounds_as_are_asked_for():
    app = app_with(sheet(8))
    app.rounds.value = 7
    assert "the evening has 7 rounds" in app.mix.value
    app.rounds.value = 31
    assert "the evening has 7 rounds" in app.mix.value
    app.rounds.value = 4
    assert "the evening has" not in app.mix.value


def test_every_fault_of_a_sheet_is_listed_at_once_with_its_row_and_nothing_else_is_shown():
    app = app_with(b"name,organisation,under_18\nAmina,A,perhaps\nBo,B,no\nCass,C,maybe\n")
    assert app.coming.outcome.value.count("<li>") == 2
    assert "row 2" in app.coming.outcome.value
    assert "row 4" in app.coming.outcome.value
    assert not shown(app.planner)
    assert app.sheet.main


@pytest.mark.parametrize("wrong", [b"\x00\x01", b"%PDF-1.7", b"", b"name,under_18\nAmina,perhaps\n"])
def test_a_faulty_sheet_leaves_the_room_and_the_evening_before_it(wrong):
    app = planned(app_with())
    app.sheet.choose("broken.csv", wrong)
    assert len(app.roster) == 12
    assert shown(app.evening)
    assert shown(app.planner)
    assert "still the one from" in app.coming.outcome.value
    assert "signup.csv" in app.coming.outcome.value


def test_a_mended_sheet_is_taken_after_a_faulty_one():
    app = app_with(b"name\nAmina\n")
    app.sheet.choose("signup.csv", sheet())
    assert "12 people" in app.coming.outcome.value
    assert shown(app.planner)


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read():
    app = gathering()
    app.sheet.set_trait("name", "film.csv")
    app.sheet.size = app.sheet.most + 1
    app.sheet.chosen += 1
    assert "film.csv" in app.coming.outcome.value
    assert app.roster is None


def test_the_evening_seats_everybody_in_every_round():
    app = planned(app_with(sheet(12)))
    evening = app.evening.evening
    assert len(evening.rounds) == app.rounds.value
    for round in evening.rounds:
        assert sorted(id for talk in round.conversations for id in talk.people) == sorted(evening.names)
    assert shown(app.evening)
    assert app.voice.go == "evening"


def test_the_number_of_rounds_is_the_organiser_s_choice():
    app = app_with(sheet(12))
    app.rounds.value = 3
    assert len(planned(app).evening.evening.rounds) == 3


@pytest.mark.parametrize(("people", "rounds"), [(2, 1), (3, 1), (4, 3), (5, 1), (6, 5), (7, 3), (9, 5), (54, 5)])
def test_a_small_room_is_offered_no_more_rounds_than_it_has_new_partners(people, rounds):
    app = app_with(sheet(people))
    assert app.rounds.value == rounds
    assert planned(app).evening.evening.report["feasible"]


def test_three_people_have_an_evening_of_one_trio():
    app = planned(app_with(sheet(3)))
    assert [len(talk.people) for talk in app.evening.evening.rounds[0].conversations] == [3]


def test_what_is_impossible_is_explained_and_the_least_bad_is_one_press_away():
    app = app_with(sheet(4))
    app.rounds.value = 6
    planned(app)
    assert str(say("app.impossible")) in app.planner.reasons.value
    assert "<li>" in app.planner.reasons.value
    assert shown(app.planner.least_bad)
    planned(app, press=app.planner.least_bad)
    assert len(app.evening.evening.rounds) == 6
    assert str(say("app.least_bad_heading")) in app.evening.heading.value
    assert not shown(app.planner.least_bad)


@pytest.mark.parametrize(
    ("data", "rounds"),
    [
        (sheet(4), 6),
        (sheet(3), 2),
        (sheet(8, "name,organisation,languages", lambda place: ",Welsh" if place < 3 else ",English"), 5),
        (sheet(6, "name,organisation,languages", lambda place: f",Language {place % 5}"), 2),
    ],
)
def test_the_page_never_speaks_of_a_rules_file(data, rounds):
    app = app_with(data)
    app.rounds.value = rounds
    for press in (app.plan, app.planner.least_bad):
        words = everything_shown(planned(app, press))
        assert str(say("app.impossible")) in words or str(say("app.least_bad_heading")) in words
        assert not re.search(r"rules|repeats =|never_same", words)


def test_what_the_nearest_evening_would_bend_stands_apart_from_why():
    app = app_with(sheet(4))
    app.rounds.value = 6
    planned(app)
    why, bent = app.planner.reasons.value.split(str(say("app.nearest")))
    assert "Choose 3, or invite more people." in why
    assert "meet again" not in why
    assert "meet again" in bent


def test_stopping_keeps_the_best_so_far_and_says_so(slow_plan):
    app = app_with()
    app.plan.click()
    planning = app.planner.planning
    assert slow_plan.wait(PATIENCE)
    assert app.plan.disabled
    assert shown(app.planner.stop)
    told = []
    app.planner.progress.observe(lambda change: told.append(change["new"]), "value")
    app.planner.stop.click()
    planning.wait(PATIENCE)
    assert any(str(say("app.stopping")) in words for words in told)
    assert app.planner.progress.value == ""
    assert app.evening.evening is not None
    assert str(say("app.stopped")) in app.evening.heading.value
    assert not app.plan.disabled
    assert not shown(app.planner.stop)


def test_progress_is_shown_while_planning(slow_plan):
    app = app_with()
    app.plan.click()
    planning = app.planner.planning
    slow_plan.wait(PATIENCE)
    assert "<progress" in app.planner.progress.value
    planning.stop()
    planning.wait(PATIENCE)
    assert app.planner.progress.value == ""


def test_an_evening_of_another_sheet_never_appears(slow_plan):
    app = app_with()
    app.plan.click()
    planning = app.planner.planning
    slow_plan.wait(PATIENCE)
    app.sheet.choose("other.csv", sheet(8))
    planning.wait(PATIENCE)
    assert app.evening.evening is None
    assert not shown(app.evening)
    assert not app.plan.disabled


def test_a_fault_of_ours_is_told_kindly_and_logged_without_what_anybody_typed(monkeypatch, caplog):
    def plan(*args, **kwargs):
        raise KeyError("Person 001 is Muslim")

    monkeypatch.setattr(planning_module, "plan", plan)
    with caplog.at_level(logging.ERROR):
        app = planned(app_with())
    assert str(say("app.broke")) in app.planner.reasons.value
    assert "KeyError" in caplog.text
    assert "Muslim" not in caplog.text + everything_shown(app)


def test_people_who_stand_twice_are_merged_only_when_the_organiser_says_so():
    app = app_with(b"name,organisation\nAmina Rahman,A\nBo Li,B\nCass Day,C\nAMINA RAHMAN,A\nDee Fox,D\n")
    assert shown(app.coming.duplicates)
    asked = everything_shown(app.coming.duplicates)
    assert ">row 2</span>" in asked.casefold()
    assert ">row 5</span>" in asked.casefold()
    assert "stands in rows" not in app.coming.warnings.value
    assert len(app.roster) == 5
    _, offer = app.coming.duplicates.children
    _, keep = offer.children[1].children
    keep.click()
    assert not app.coming.duplicates.undecided
    assert len(app.roster) == 5
    app.sheet.choose(
        "again.csv", b"name,organisation\nAmina Rahman,A\nBo Li,B\nCass Day,C\nAMINA RAHMAN,A\nDee Fox,D\n"
    )
    merge = app.coming.duplicates.children[1].children[1].children[0]
    merge.click()
    assert len(app.roster) == 4
    assert not app.coming.duplicates.undecided


def test_the_evening_is_read_by_round_by_person_and_by_table():
    app = planned(app_with(sheet(12)))
    panel = app.evening
    assert panel.seen.value.count('class="number"') == 6
    panel.view.value = 1
    assert panel.seen.value.count("<h4>") == 12
    assert not shown(panel.round)
    panel.view.value = 2
    assert panel.seen.value.count("<h4>") == 6
    panel.view.value = 0
    assert shown(panel.round)
    first = panel.seen.value
    panel.round.value = 1
    assert panel.seen.value != first


def test_the_quiet_tables_are_named_where_there_are_any():
    assert not shown(planned(app_with(sheet(12))).evening.quiet)
    app = planned(app_with(sheet(12, "name,organisation,quiet", lambda place: ",yes" if place < 2 else ",")))
    assert "Quiet tables: <bdi>1, 2</bdi>." in app.evening.quiet.value


def test_whoever_interprets_is_never_shown_as_a_partner():
    data = sheet(6, "name,organisation,interpreter for", lambda place: ",Person 000" if place == 5 else ",")
    app = planned(app_with(data))
    for view, times in ((0, 1), (2, len(app.evening.evening.rounds))):
        app.evening.view.value = view
        assert app.evening.seen.value.count("interpreting:") == times
    app.evening.view.value = 1
    words = re.sub("<[^>]+>", "", app.evening.seen.value)
    assert words.count("(interpreting: Person 005)") >= 2
    assert words.count(", interpreting for ") == len(app.evening.evening.rounds)
    assert "with Person 005" not in words
    assert "& Person 005" not in words


def test_a_name_is_found_in_every_view_whatever_its_accents():
    data = sheet(10) + "\nSiân Hughes,X\nنور الهدى,Y\n".encode()
    app = planned(app_with(data))
    app.evening.find.value = "sian"
    assert app.evening.seen.value.count('class="number"') == 1
    assert "<mark>" in app.evening.seen.value
    app.evening.view.value = 1
    assert app.evening.seen.value.count("<h4>") == 1
    app.evening.find.value = "نور"
    assert "نور الهدى" in app.evening.seen.value
    app.evening.find.value = "nobody at all"
    assert "nobody at all" in app.evening.seen.value


@pytest.mark.parametrize("typed", ["oneill", "o neill", "O'Neill", "O’NEILL", "siobhan o"])
def test_a_name_is_found_whatever_stands_between_its_letters(typed):
    app = planned(app_with(sheet(10) + "\nSiobhán O’Neill,X\n".encode()))
    app.evening.view.value = 1
    app.evening.find.value = typed
    assert app.evening.seen.value.count("<h4>") == 1
    assert "Neill" in app.evening.seen.value


def test_three_hundred_people_are_shown_a_screenful_at_a_time_and_all_on_request():
    app = planned(app_with(sheet(300)))
    app.evening.view.value = 1
    assert app.evening.seen.value.count("<h4>") == 60
    assert shown(app.evening.show_all)
    assert "300" in app.evening.show_all.description
    app.evening.show_all.click()
    assert app.evening.seen.value.count("<h4>") == 300
    assert not shown(app.evening.show_all)


def test_the_csv_and_the_spreadsheet_hold_the_evening_on_the_page():
    app = planned(app_with(sheet(12)))
    rows = list(csv.DictReader(io.StringIO(app.evening.csv.make().decode("utf-8-sig"))))
    assert len(rows) == 12 * app.rounds.value
    assert app.evening.xlsx.make().startswith(b"PK")


def test_what_a_name_holds_is_never_html():
    data = sheet(5) + b'\n"<script>alert(1)</script>",<b>X</b>\n'
    app = planned(app_with(data))
    for view in range(3):
        app.evening.view.value = view
        app.evening.show_all.click()
        assert "<script>" not in everything_shown(app).replace(app.evening.find.value, "")
        assert "<b>X" not in everything_shown(app)


def test_a_private_answer_is_nowhere_on_the_page():
    faiths = ("Quakerly", "Baptistly", "Sunnily")
    data = sheet(24, "name,organisation,Faith", lambda place: f",{faiths[place % 3]}")
    app = planned(app_with(data))
    for view in range(3):
        app.evening.view.value = view
        words = everything_shown(app)
        assert not [faith for faith in faiths if faith in words]
    assert b"Quakerly" not in app.evening.csv.make()


@pytest.mark.parametrize(
    ("beside", "read", "mixed"),
    [
        (0, "12 people from signup.csv.", None),
        (1, "12 people from signup.csv, one of them an interpreter", "One person is not counted in these groups"),
        (2, "12 people from signup.csv, 2 of them interpreters", "2 people are not counted in these groups"),
    ],
)
def test_wherever_the_page_counts_people_it_says_who_is_among_them(beside, read, mixed):
    def helping(place):
        return f",Person {place - beside:03}" if place >= 12 - beside else ","

    app = planned(app_with(sheet(12, "name,organisation,interpreter for", helping)))
    talking = 12 - beside
    assert read in str(app.coming.words)
    assert f"of the {talking} people who talk" in app.mix.value
    assert ("not counted" in app.mix.value) == bool(beside)
    assert not mixed or mixed in app.mix.value
    assert f"of <bdi>{talking * (talking - 1) // 2}</bdi> pairs that there could be" in app.evening.heading.value
    assert "ready for 12 people" in app.voice.text


def test_every_figure_stands_beside_what_it_is_compared_with():
    app = planned(app_with(demo_sheet()))
    report = app.evening.evening.report
    counts = app.evening.heading.value
    assert f"<strong>{report['conversations']}</strong>" in counts
    assert f"<strong>{report['turns']}</strong>" in counts
    assert "of <bdi>1,431</bdi> pairs that there could be" in counts
    assert "more difference than this one" in app.evening.promises.value


def test_every_control_that_can_be_pressed_or_filled_has_a_name():
    app = planned(app_with())

    def named(widget):
        if isinstance(widget, ipywidgets.Button | ipywidgets.Text | ipywidgets.IntText) and shown(widget):
            assert widget.description
        for child in getattr(widget, "children", ()):
            named(child)

    named(app)
