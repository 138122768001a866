"""Who is coming, brought in any way and corrected in place: the room follows, and nothing is lost on the way."""

import pytest

from relexp.apps.gathering import gathering
from relexp.exchange.evenings import csv_bytes, json_bytes
from relexp.messages import say
from tests.apps.test_gathering import everything_shown, planned, sheet, shown

FAULTY = b"title\n\nname,organisation,under_18,Faith\nAmina,A,perhaps,Zoroastrian\n\n,B,no,x\nCass,C,no,y\nDee,D,no,y\n"


def app_with(data, name="signup.csv"):
    app = gathering()
    app.sheet.choose(name, data)
    return app


def say_to(app, **said):
    """What the browser says of the table."""
    app.table.table._handle_custom_msg(said, [])


def test_people_can_be_pasted():
    app = gathering()
    app.paste.opener.value = True
    app.paste.take.click()
    assert app.paste.said.value.count(str(say("bring.nothing"))) == 1
    app.paste.text.value = "Amina, A\nBo, B\nCass, C\nDee, D"
    app.paste.take.click()
    assert [person.name for person in app.roster] == ["Amina", "Bo", "Cass", "Dee"]
    assert not shown(app.paste.body)
    assert "what you pasted" in app.outcome.value


def test_a_faulty_sheet_is_mended_on_the_page():
    app = app_with(FAULTY)
    assert app.roster is None
    assert shown(app.table.body)
    # the title and the blank rows are not in the table; the faults stand at their cells all the same
    placed = {(row, at) for row, at, _ in app.table.table.faults}
    assert placed == {(0, 2), (1, 0)}
    say_to(app, edit=[0, 2, "no"])
    assert {(row, at) for row, at, _ in app.table.table.faults} == {(1, 0)}
    assert app.roster is None
    say_to(app, edit=[1, 0, "Bo"])
    assert [person.name for person in app.roster] == ["Amina", "Bo", "Cass", "Dee"]
    assert app.table.table.faults == []
    assert shown(app._plan_step)


def test_private_columns_are_not_in_the_table_until_they_are_asked_for():
    app = app_with(FAULTY)

    def texts():
        return [column["text"] for column in app.table.table.header]

    assert "Faith" not in texts()
    assert "Zoroastrian" not in str(app.table.table.rows)
    assert app.table.table.any_private
    say_to(app, reveal=True)
    assert len(app.table.table.faults) == 2
    assert "Faith" in texts()
    assert "Zoroastrian" in str(app.table.table.rows)
    say_to(app, reveal=False)
    assert "Zoroastrian" not in str(app.table.table.rows) + everything_shown(app)


def test_rows_come_and_go_and_come_back():
    app = app_with(sheet(6))
    say_to(app, remove=0)
    assert len(app.roster) == 5
    say_to(app, undo=True)
    assert len(app.roster) == 6
    say_to(app, redo=True)
    assert len(app.roster) == 5
    say_to(app, add=True)
    assert len(app.roster) == 5
    say_to(app, edit=[5, 0, "Zoë"])
    assert app.roster.people[-1].name == "Zoë"


def test_a_sheet_without_a_column_for_a_need_can_have_one():
    app = app_with(sheet(6))
    assert any("18" in heading for heading in app.table.table.addable)
    heading = next(heading for heading in app.table.table.addable if "quiet" in heading.casefold())
    say_to(app, column=heading)
    at = app.table.table.header[-1]["at"]
    say_to(app, edit=[2, at, "yes"])
    assert [person.quiet for person in app.roster] == [False, False, True, False, False, False]
    assert heading not in app.table.table.addable
    say_to(app, column="anything")
    assert len(app.table.table.header) == 3


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"edit": [99, 0, "x"]},
        {"edit": [0, 99, "x"]},
        {"edit": "x"},
        {"edit": [0, 0, 3]},
        {"remove": 99},
        {"remove": -1},
        {"undo": True},
    ],
)
def test_what_does_not_fit_the_sheet_changes_nothing(said):
    app = app_with(sheet(6))
    before = app.roster
    say_to(app, **said)
    assert app.roster == before
    assert app.table.history.at == 0


def test_an_evening_stays_where_its_people_stay_and_comes_back_with_them():
    app = planned(app_with(sheet(8, "name,organisation,ward", lambda place: ",x")))
    rounds = app.evening.evening.rounds
    say_to(app, edit=[0, 2, "y"])
    assert app.evening.evening.rounds == rounds
    assert shown(app.evening)
    assert str(say("table.earlier_sheet")) in app.rounds_note.value
    say_to(app, remove=3)
    assert not shown(app.evening)
    assert str(say("table.earlier_sheet")) in app.rounds_note.value
    assert len(app.roster) == 7
    say_to(app, undo=True)
    assert app.evening.evening.rounds == rounds
    assert shown(app.evening)
    say_to(app, undo=True)
    assert not shown(app.rounds_note)


def test_what_was_done_while_something_was_wrong_stays_when_it_is_mended():
    app = app_with(sheet(8))
    app.rounds.value = 3
    say_to(app, edit=[0, 0, ""])
    app.asking.panel.tables.value = "12"
    app.rounds.value = 4
    say_to(app, undo=True)
    assert app.asking.wishes.tables == 12
    assert app.rounds.value == 4
    assert len(app.roster) == 8


def test_a_correction_is_there_after_a_reload(store):
    app = app_with(sheet(6))
    say_to(app, edit=[2, 0, "Zoë"])
    assert [person.name for person in gathering().roster] == [person.name for person in app.roster]
    assert gathering().draft.name == "signup.csv"


def test_a_sheet_refused_at_first_is_there_to_be_mended_after_a_reload(store):
    app_with(FAULTY)
    again = gathering()
    assert again.roster is None
    say_to(again, edit=[0, 2, "no"])
    say_to(again, edit=[1, 0, "Bo"])
    assert len(again.roster) == 4
    assert len(gathering().roster) == 4


@pytest.mark.parametrize("write", [json_bytes, csv_bytes])
def test_who_met_at_an_earlier_gathering_does_not_meet_again(store, write):
    first = planned(app_with(sheet(8)))
    evening, roster = first.evening.evening, first.roster
    file = write(evening, roster)
    app = app_with(sheet(8))
    app.rounds.value = 2
    app.asking.earlier.file.choose("may.json" if file.startswith(b"{") else "may.csv", file)
    planned(app)
    met = {frozenset(pair) for pair in evening.pairs()}
    assert not met & {frozenset(pair) for pair in app.evening.evening.pairs()}
    again = gathering()
    assert again.asking.earlier.met_before() == app.asking.earlier.met_before()
    again.asking.earlier.list.children[0].children[1].click()
    assert again.asking.earlier.met_before() == []


def test_a_file_that_is_no_evening_is_told_kindly_and_counts_for_nothing():
    app = app_with(sheet(6))
    app.asking.earlier.file.choose("holiday.json", b"{}")
    assert shown(app.asking.earlier.fault)
    assert app.asking.earlier.evenings == ()


def test_two_who_were_made_one_can_be_two_again(store):
    app = app_with(b"name,organisation\nAmina,A\nBo,B\namina,A\nCass,C\nDee,D\n")
    app.duplicates.children[1].children[1].children[0].click()
    assert len(app.roster) == 4
    planned(app)
    again = gathering()
    assert len(again.roster) == 4
    again.duplicates.children[0].children[1].click()
    assert len(again.roster) == 5
    assert not shown(again.evening)
    assert again.duplicates.undecided
    assert len(gathering().roster) == 5


def test_a_made_up_room_cannot_take_the_place_of_a_real_one():
    app = gathering()
    assert shown(app.demo)
    app.sheet.choose("signup.csv", sheet(6))
    assert not shown(app.demo)
