"""What is asked of the evening, on the page: changed with plain controls, told at once where it cannot hold, kept."""

import threading
from datetime import UTC, datetime

import pytest

from relexp.apps.gathering import gathering
from relexp.apps.rules_panel import OWN
from relexp.messages import say
from relexp.privacy.roles import Role
from relexp.roster.wishes import Own
from relexp.store.seal import Seal
from tests.apps.test_gathering import PATIENCE, everything_shown, planned, shown
from tests.browser.test_asking import ROOM as LOPSIDED

NOW = datetime.now(UTC)
SIDES = "name,organisation,age band,faith,side\n" + "\n".join(
    f"Person {n:02},{'Hillside' if n < 16 else f'Group {n}'},{['16-24', '65+'][n % 2]},{'xyz'[n % 3]},{'host' if n < 8 else 'guest'}"
    for n in range(24)
)
EVEN = "name,organisation\n" + "\n".join(f"Person {n:02},{'ABCD'[n % 4]}" for n in range(12))


def app_with(text):
    app = gathering()
    app.sheet.choose("signup.csv", text.encode())
    return app


def as_somebody(store, monkeypatch, role):
    identity = store.identities.add(role, "", NOW)
    monkeypatch.setenv("RELEXP_IDENTITY", identity.to_json())


def keep_apart(app, one, other):
    app.asking.apart.one.value, app.asking.apart.other.value = one, other
    app.asking.apart.add.click()


def drag(app, place, to):
    differences = app.asking.panel.differences
    differences.moved = [place, to, differences.moved[2] + 1]


def test_the_wishes_stand_in_words_and_the_controls_wait_until_they_are_asked_for():
    app = app_with(SIDES)
    panel = app.asking.panel
    assert "“organisation”" in panel.summary.value
    assert "faith" not in panel.summary.value
    assert not shown(panel.controls)
    panel.opener.value = True
    assert shown(panel.controls)


def test_what_is_moved_up_counts_more_and_the_words_follow():
    app = app_with(SIDES)
    drag(app, 1, 0)
    assert [row["key"] for row in app.asking.panel.differences.rows][:2] == ["age_band", "organisation"]
    assert "the first of these matters most" in app.asking.panel.summary.value
    rules = app.asking.rules(4)
    assert rules.across[0].column == "age_band"
    assert rules.across[0].weight > rules.across[1].weight


def test_an_answer_of_a_private_column_is_nowhere_on_the_page():
    app = app_with(SIDES.replace(",x,", ",Zoroastrian,"))
    rows = {row["key"]: row["says"] for row in app.asking.panel.differences.rows}
    assert rows["faith"] == str(say("wish.kept_private"))
    assert rows["age_band"] == "From 16-24 to 65+"
    assert "Zoroastrian" not in everything_shown(app) + str(rows)


HOSTED = "name,organisation,host or guest\n" + "".join(
    f"{name},{'MECG' if place < 3 else f'Church {place}'},{'Host' if place < 3 else 'Guest'}\n"
    for place, name in enumerate(("Amina", "Bilal", "Chan", "Dee", "Eve", "Fay", "Gus", "Hal"))
)


def hosts_format(text):
    app = app_with(text)
    app.times.formats.value = next(at for at, name in enumerate(app.times.formats.options) if "Hosts" in name)
    return app


def test_the_format_for_hosts_brings_hosts_and_guests_together_where_the_sheet_says_who_is_which():
    app = hosts_format(HOSTED)
    assert app.asking.wishes.hosts.host == "Host"
    assert "Host" in app.times.hosting.value
    app.rounds.value = 2
    planned(app)
    hosts = {person.id for person in app.roster.people[:3]}
    talks = [talk.people for round in app.evening.evening.rounds for talk in round.conversations]
    assert talks
    assert all(0 < len(hosts & {*people}) < len(people) for people in talks)
    app.times.formats.value = 0
    assert not shown(app.times.hosting)


def test_the_format_for_hosts_asks_who_they_are_where_the_sheet_could_tell():
    app = hosts_format(HOSTED.replace(",Host", ",Us").replace(",Guest", ",Them"))
    assert app.asking.wishes.hosts is None
    assert str(say("wish.open")) in app.times.hosting.value
    app.asking.panel.hosts.value = 1
    assert "Each talk brings" in app.times.hosting.value


def test_the_format_for_hosts_names_the_column_that_is_missing_and_the_table_offers_it():
    app = hosts_format("name,organisation\nAmina,A\nBo,B\nCass,C\nDee,D\n")
    heading = str(say("template.side"))
    assert heading in app.times.hosting.value
    assert heading in app.coming.table.table.addable
    app.coming.table.table._handle_custom_msg({"column": heading}, [])
    for row, side in enumerate(("host", "host", "guest", "guest")):
        app.coming.table.table._handle_custom_msg({"edit": [row, 2, side]}, [])
    assert str(say("wish.open")) in app.times.hosting.value
    assert len(app.asking.panel.hosts.options) == 3


def test_what_is_left_over_between_two_sides_is_asked_in_their_words():
    app = hosts_format(HOSTED)
    assert "side" in app.asking.panel.odd.label
    assert str(say("wish.odd_trio_sides")) in app.asking.panel.summary.value
    app.asking.panel.hosts.value = 0
    assert "side" not in app.asking.panel.odd.label
    assert str(say("wish.odd_trio")) in app.asking.panel.summary.value


def test_hosts_and_guests_can_be_asked_for_and_given_up():
    app = app_with(SIDES)
    panel = app.asking.panel
    assert not shown(panel.guests)
    panel.hosts.value = [str(option) for option in panel.hosts.options].index("“host” are the hosts")
    panel.guests.value = 1
    rules = app.asking.rules(3)
    assert (rules.sides.hosts, rules.sides.guests_per_host) == ("host", 2)
    assert shown(panel.guests)
    panel.hosts.value = 0
    assert app.asking.rules(3).sides is None


def test_tables_are_read_from_whatever_somebody_writes():
    app = app_with(EVEN)
    app.asking.panel.tables.value = "8 tables"
    app.asking.panel.quiet.value = "1 and 2, 2"
    rules = app.asking.rules(3)
    assert (rules.tables.count, rules.tables.quiet) == (8, frozenset({1, 2}))
    assert not shown(app.asking.panel.not_numbers)
    app.asking.panel.tables.value = "as many as needed"
    assert app.asking.rules(3).tables.count is None
    assert "is no number of tables" in app.asking.panel.not_numbers.value
    # what was typed is still there, to be mended
    assert app.asking.panel.tables.value == "as many as needed"
    app.asking.panel.tables.value = ""
    assert not shown(app.asking.panel.not_numbers)


@pytest.mark.parametrize(
    ("typed", "tables", "told"),
    [
        ("1-3", {1, 2, 3}, False),
        ("1 to 3, 7", {1, 2, 3, 7}, False),
        ("Tables 2 & 4.", {2, 4}, False),
        ("the two by the window", set(), True),
        ("0, 1", {1}, True),
        ("1, 99999999999999999999", {1}, True),
    ],
)
def test_quiet_tables_are_understood_or_it_is_said_that_they_are_not(typed, tables, told):
    app = app_with(EVEN)
    app.asking.panel.quiet.value = typed
    assert set(app.asking.wishes.quiet) == tables
    assert shown(app.asking.panel.not_numbers) is told
    assert not told or app.asking.panel.quiet.value == typed


def test_what_cannot_hold_is_told_at_once_and_what_would_make_it_hold():
    app = app_with(SIDES)
    panel = app.asking.panel
    assert not shown(panel.faults)
    panel.own.value = OWN.index(Own.NEVER)
    assert shown(panel.faults)
    assert "Invite 8 more from elsewhere" in panel.faults.value
    panel.own.value = OWN.index(Own.SELDOM)
    assert not shown(panel.faults)
    app.rounds.value = 24
    assert "at most this many rounds" in panel.faults.value


def test_wishes_that_contradict_each_other_are_told_and_nothing_is_planned():
    app = app_with(EVEN)
    app.asking.panel.tables.value = "8"
    app.asking.panel.quiet.value = "9"
    assert shown(app.asking.panel.faults)
    app.plan.click()
    assert app.planner.planning is None
    assert app.voice.text == str(say("wish.cannot"))
    app.asking.panel.quiet.value = "1"
    assert planned(app).evening.evening is not None


def test_an_evening_says_when_something_else_is_asked_for_since():
    app = planned(app_with(EVEN))
    assert not shown(app.planner.note)
    app.asking.panel.odd.value = 1
    assert str(say("wish.planned_otherwise")) in app.planner.note.value
    planned(app)
    assert not shown(app.planner.note)


def test_those_kept_apart_never_sit_together_and_stand_in_no_file():
    app = app_with("name,organisation\nAmina,A\nBo,B\nCass,C\nDee,D")
    app.rounds.value = 2
    keep_apart(app, "Amina", "Bo")
    evening = planned(app).evening.evening
    together = {frozenset(evening.names[id] for id in pair) for pair in evening.pairs()}
    assert frozenset({"Amina", "Bo"}) not in together
    app.rounds.value = 3
    assert planned(app).told
    app.asking.apart.list.children[0].children[1].click()
    assert app.asking.apart.pairs == ()
    app.rounds.value = 3
    assert planned(app).evening.evening is not None


def test_who_is_kept_apart_is_never_let_go_without_a_word(store):
    app = app_with(EVEN)
    keep_apart(app, "Person 03", "Person 08")
    ids = app.asking.apart.pairs
    assert not shown(app.asking.panel.controls)
    app.coming.table.table._handle_custom_msg({"remove": 3}, [])
    # said where it is seen, and not in what is folded away
    assert shown(app.asking.panel.controls)
    assert app.asking.apart.pairs == ()
    said = app.asking.apart.said.value
    assert "Person 03 and Person 08" in said
    app.asking.panel.odd.value = 1
    assert str(say("apart.gone_count", count=1)) in gathering().asking.apart.said.value
    app.coming.table.table._handle_custom_msg({"undo": True}, [])
    assert app.asking.apart.pairs == ids


def test_an_evening_in_which_two_meet_who_must_not_says_so():
    app = planned(app_with(EVEN))
    names = app.evening.evening.names
    one, other = next(app.evening.evening.pairs())
    keep_apart(app, names[one], names[other])
    assert str(say("apart.meet")) in app.planner.note.value
    planned(app)
    assert str(say("apart.meet")) not in app.planner.note.value


def test_where_nothing_can_be_put_under_lock_the_page_says_so_and_goes_on(store, monkeypatch, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "empty"))
    app = app_with(EVEN)
    keep_apart(app, "Person 03", "Person 08")
    assert str(say("apart.unlocked")) in app.asking.apart.said.value
    assert planned(app).evening.evening is not None


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Amina", "", "choose_two"),
        ("Amina", "Amina", "same"),
        ("Amina", "Nobody", "choose_two"),
        ("Bo", "Cass", "there"),
    ],
)
def test_two_different_people_of_the_room_are_asked_for(one, other, said):
    app = app_with("name,organisation\nAmina,A\nBo,B\nCass,C\nDee,D")
    keep_apart(app, "Cass", "Bo")
    app.asking.apart.one.set_trait("value", one)
    app.asking.apart.other.set_trait("value", other)
    app.asking.apart.add.click()
    assert str(say(f"apart.{said}")) in app.asking.apart.said.value
    assert len(app.asking.apart.pairs) == 1


def test_namesakes_can_be_told_apart():
    app = app_with("name,organisation\nAmina,A\nAmina,B\nBo,B\nBo,B\nCass,")
    names = app.asking.apart.one.options
    assert {"Amina (A)", "Amina (B)", "Cass"} <= set(names)
    assert len(set(names)) == 5


def test_all_that_was_asked_is_there_after_a_reload(store):
    app = app_with(SIDES)
    drag(app, 2, 0)
    app.asking.panel.odd.value, app.asking.panel.breadth.value = 1, 2
    app.asking.panel.hosts.value = 1
    keep_apart(app, "Person 03", "Person 20")
    again = gathering()
    assert again.asking.wishes == app.asking.wishes
    assert again.asking.apart.pairs == app.asking.apart.pairs
    assert again.asking.rules(4) == app.asking.rules(4)


def test_who_is_kept_apart_lies_under_lock(store, tmp_path):
    app = app_with(EVEN)
    keep_apart(app, "Person 03", "Person 08")
    ids = app.asking.apart.pairs[0]
    draft = app.draft.apart
    assert not any(id in draft for id in ids)
    assert draft.encode() in b"".join(path.read_bytes() for path in tmp_path.glob("relexp.sqlite3*"))


def test_where_the_key_has_changed_the_page_says_so(store, monkeypatch, tmp_path):
    keep_apart(app_with(EVEN), "Person 03", "Person 08")
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "another"))
    Seal().close(b"x")
    again = gathering()
    assert str(say("apart.lost")) in again.asking.apart.said.value
    assert again.asking.apart.pairs == ()
    assert again.roster is not None


def test_only_the_lead_sees_who_is_kept_apart(store, monkeypatch):
    assert shown(app_with(EVEN).asking.apart)
    as_somebody(store, monkeypatch, Role.CO_FACILITATOR)
    assert not shown(app_with(EVEN).asking.apart)


def test_a_lop_sided_room_offers_its_choices_each_with_its_price_and_one_can_be_taken(store):
    app = app_with(LOPSIDED)
    menu = app.asking.menu
    assert shown(menu)
    menu.see.click()
    menu._work.wait(PATIENCE)
    cards = menu.choices.children
    # two of the three ways come to the same here
    assert len(cards) == 2
    assert "such meetings in all" in cards[0].children[0].value
    take = cards[1].children[1].children[0]
    take.click()
    assert take.description == str(say("menu.taken"))
    assert app.evening.evening is not None
    most = app.asking.wishes.most
    assert app.asking.rules(5).across[0].cap == most
    # It is the same menu still, and the taken evening is what comes back.
    assert len(menu.choices.children) == 2
    again = gathering()
    assert again.asking.wishes.most == most
    assert [r.conversations for r in again.evening.evening.rounds] == [
        r.conversations for r in app.evening.evening.rounds
    ]
    assert not shown(again.planner.note)


def test_the_menu_can_be_stopped_and_goes_with_its_room():
    app = app_with(SIDES)
    menu = app.asking.menu
    menu.see.click()
    work = menu._work
    menu.stop.click()
    work.wait(PATIENCE)
    assert menu.choices.children
    app.sheet.choose("other.csv", EVEN.encode())
    assert not shown(menu)
    assert menu.choices.children == ()


def test_a_menu_that_breaks_says_so_in_the_log_and_can_be_asked_for_again(monkeypatch, caplog):
    import relexp.apps.menu_panel as module

    app = app_with(SIDES)
    monkeypatch.setattr(module, "menu", lambda roster, rules, watch: 1 / 0)
    app.asking.menu.see.click()
    for thread in threading.enumerate():
        if thread.name == "planning":
            thread.join(PATIENCE)
    assert "ZeroDivisionError" in caplog.text
    assert shown(app.asking.menu.see)
    assert str(say("app.broke")) in app.planner.reasons.value


def test_who_may_stay_away_stands_beside_the_mix():
    app = app_with(SIDES)
    assert "If some stay away" in app.mix.value
    assert "6 in 10" in app.mix.value
    nobody = app_with("name\nAmina\nBo\nCass")
    assert "Can talk with another group" not in nobody.mix.value


def test_a_name_that_was_mistyped_keeps_nobody_else_apart():
    app = app_with(EVEN)
    apart = app.asking.apart
    apart.one.value, apart.other.value = "Person 03", "Person 08"
    apart.other.value = "Persn 09"
    apart.add.click()
    assert apart.pairs == ()
    assert str(say("apart.choose_two")) in apart.said.value
    apart.other.value = "person 09"
    apart.add.click()
    assert [{app.roster[id].name for id in pair} for pair in apart.pairs] == [{"Person 03", "Person 09"}]
